#include "command/command_table.h"

#include "command/command_help.h"
#include "command/command_verbs.h"

#include <assert.h>
#include <string.h>

static const struct command_flag common[] = {
    {"socket", "PATH", "the node's socket (else PEREGRIN_SOCKET, else the configuration's)", 0},
    {"config", "FILE", "the node's configuration", 'c'},
    {"json", NULL, "the result as JSON, stable for programs", 0},
    {"plain", NULL, "tables as tab-separated values without a heading", 0},
    {"dry-run", NULL, "say what would happen; change nothing", 'n'},
    {"yes", NULL, "answer yes to every question", 'y'},
    {"no-input", NULL, "never ask; fail instead", 0},
    {"quiet", NULL, "the result only", 'q'},
    {"verbose", NULL, "say more", 'v'},
    {"no-color", NULL, "no colours (as NO_COLOR and TERM=dumb)", 0},
    {"help", NULL, "help for this command", 'h'},
};

#define MANY COMMAND_ARGUMENTS_MAX

/* The flags of the rows below; an empty row ends each. */
static const struct command_flag no_flags[] = {{0}};
static const struct command_flag init_flags[] = {
    {"institution", "SCHAC", "the institution, as its SCHAC domain: helmo.be", 0},
    {"name", "NAME", "its name", 0},
    {"country", "CC", "its country: BE", 0},
    {"network", "NETWORK", "the federation's name (demo)", 0},
    {"node", "ID", "the node's id in the catalogue (the institution)", 0},
    {"listen", "ADDRESS", "where the node listens: tcp://192.0.2.7:4100", 0},
    {"endpoint", "ADDRESS", "where partners reach it, if that is another address", 0},
    {"anchor", "HEX", "the anchor of the federation, when you have it already", 0},
    {"dir", "DIR", "where to make it (the node's id)", 0},
    {0}};
static const struct command_flag ping_flags[] = {{"timeout", "SECONDS", "how long to wait (10)", 0},
                                                 {0}};
static const struct command_flag import_flags[] = {
    {"own", "SCHAC", "the institution that speaks, when the node serves several", 0},
    {"skip-bad", NULL, "keep the good rows though others are bad", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};
static const struct command_flag list_flags[] = {
    {"direction", "WORD", "incoming or outgoing", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {"state", "STATE", "pending, accepted, reopened, refused, withdrawn or transcript", 0},
    {0}};
static const struct command_flag transcript_list_flags[] = {
    {"direction", "WORD", "incoming or outgoing", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};
static const struct command_flag outbox_flags[] = {{"partner", "SCHAC", "only of this partner", 0},
                                                   {"limit", "N", "at most so many (all)", 0},
                                                   {0}};
static const struct command_flag draft_flags[] = {{"limit", "N", "at most so many (all)", 0}, {0}};
static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};
static const struct command_flag send_flags[] = {{"all", NULL, "every draft", 0}, {0}};
static const struct command_flag accept_flags[] = {
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag refuse_flags[] = {
    {"reason", "CODE", "places, level, field, language, documents, deadline or other", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag withdraw_flags[] = {
    {"reason", "CODE", "student, home, duplicate or other", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag amend_flags[] = {
    {"set", "FIELD=VALUE", "a field's new value; may come more than once", 0},
    {"clear", "FIELD", "leave a field empty; may come more than once", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag transcript_import_flags[] = {
    {"skip-bad", NULL, "issue the good though others are bad", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};
static const struct command_flag issue_flags[] = {
    {"supersedes", "ID", "the record that this one replaces", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag export_flags[] = {
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"armour", NULL, "as text that survives e-mail", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};
static const struct command_flag verify_flags[] = {
    {"anchor", "HEX", "the federation's anchor, as the authority says it", 0},
    {"root", "FILE", "or the root file, when you trust this copy", 0},
    {0}};
static const struct command_flag key_flags[] = {
    {"kind", "KIND", "sign, transport or root", 0},
    {"owner", "NAME", "institution, node or federation", 0},
    {"id", "ID", "the key's id, unique with its owner", 0},
    {0}};
static const struct command_flag passphrase_flags[] = {
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0}, {0}};
static const struct command_flag found_flags[] = {
    {"network", "NETWORK", "the federation's name", 0},
    {"dir", "DIR", "where to make it (the federation's name)", 0},
    {"keys", "N", "how many root keys (3)", 0},
    {"threshold", "K", "how many of them must sign (2)", 0},
    {0}};
static const struct command_flag next_flags[] = {
    {"dir", "DIR", "where the authority's files are (here)", 0},
    {"days", "N", "how long that version is valid (14)", 0},
    {0}};
static const struct command_flag sign_flags[] = {
    {"dir", "DIR", "where the authority's files are (here)", 0},
    {"key", "FILE", "a root key; may come more than once", 0},
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0},
    {0}};
static const struct command_flag show_flags[] = {
    {"dir", "DIR", "where the files are (here)", 0},
    {"draft", NULL, "the version that is being made", 0},
    {0}};
static const struct command_flag anchor_flags[] = {{"dir", "DIR", "where the files are (here)", 0},
                                                   {0}};
static const struct command_flag trust_flags[] = {
    {"dir", "DIR", "where the files are (here)", 0},
    {"anchor", "HEX", "the anchor, as the authority says it", 0},
    {0}};
static const struct command_flag help_flags[] = {{"man", NULL, "the manual page (troff)", 0}, {0}};

static const struct command_row rows[] = {
    {"init", NULL, NULL, 0, 0, command_init_run,
     "Make a node's directory: keys, configuration, enrolment card.",
     "Makes DIR/keys with one signing key for the institution and one transport key for the node "
     "(mode 0600), a commented DIR/peregrind.conf, and DIR/NODE.enrol: the public keys, to hand "
     "to the federation's authority. What exists is kept: to run it again is safe.",
     "init --institution helmo.be --name \"HELMo\" --country BE --network demo "
     "--listen tcp://192.0.2.7:4100 --dir helmo",
     init_flags},
    {"status", NULL, NULL, 0, 0, command_status_run, "One screen: is all well, and who must act?",
     NULL, "status", no_flags},
    {"partner", "list", NULL, 0, 0, command_partner_list, "Every partner and how it is reached.",
     NULL, "partner list", no_flags},
    {"partner", "show", "SCHAC", 1, 1, command_partner_show, "One partner in full.", NULL,
     "partner show uni-a.example", no_flags},
    {"partner", "ping", "SCHAC", 1, 1, command_partner_ping,
     "Ask a partner's node for a sign of life.", "Exit status 10: it did not answer in time.",
     "partner ping uni-a.example", ping_flags},
    {"nomination", "template", NULL, 0, 0, command_import_template,
     "The title row of a list of nominations, to begin a spreadsheet with.",
     "With --plain: every column with what it may hold, and whether it must be there.",
     "nomination template > spring.csv", no_flags},
    {"nomination", "import", "FILE", 1, 1, command_import_nominations,
     "Read a list of nominations (CSV) and keep the good rows as drafts.",
     "Shows what the file holds and every cell that needs you; stores only after a yes. The same "
     "file twice changes nothing. `-` reads standard input. Ends with 11 when rows need you and "
     "nothing was kept, with 8 when the good ones were kept beside them.",
     "nomination import spring.csv", import_flags},
    {"nomination", "list", NULL, 0, 0, command_nomination_list, "Nominations, newest change first.",
     NULL, "nomination list --direction incoming --state pending", list_flags},
    {"nomination", "show", "DOSSIER", 1, 1, command_nomination_show,
     "One dossier: the nomination, the answer and every record.", NULL,
     "nomination show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H", opener_flags},
    {"nomination", "send", "[NUMBER...]", 0, MANY, command_nomination_send,
     "Sign drafts and send them to their partners.",
     "NUMBER as in `draft list`. What a partner cannot take now waits in the outbox and is sent "
     "by itself.",
     "nomination send --all", send_flags},
    {"nomination", "accept", "DOSSIER...", 1, MANY, command_decide_accept,
     "Accept nominations that a partner sent.", NULL,
     "nomination accept 01KAMB3Q8W2T5Y7Z9C4D6F8G0H", accept_flags},
    {"nomination", "refuse", "DOSSIER...", 1, MANY, command_decide_refuse,
     "Refuse nominations that a partner sent.", NULL,
     "nomination refuse 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason places", refuse_flags},
    {"nomination", "withdraw", "DOSSIER...", 1, MANY, command_decide_withdraw,
     "Take back nominations that you sent. It is final.", NULL,
     "nomination withdraw 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason student", withdraw_flags},
    {"nomination", "amend", "DOSSIER", 1, 1, command_decide_amend,
     "Correct a nomination that you sent.",
     "Names, e-mail and the like keep the partner's answer; a change of who or what re-opens it.",
     "nomination amend 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --set person.email=j.novak@uni.example",
     amend_flags},
    {"draft", "list", NULL, 0, 0, command_nomination_draft_list,
     "Imported nominations that were not sent yet.", NULL, "draft list", draft_flags},
    {"draft", "remove", "NUMBER...", 1, MANY, command_nomination_draft_remove, "Forget drafts.",
     NULL, "draft remove 17", no_flags},
    {"transcript", "import", "FILE", 1, 1, command_transcript_import,
     "Read transcripts (CSV) and issue one for each accepted student.",
     "Columns: dossier or esi, code, title, isced_f, hours, ects, grade, scheme, passed, term, "
     "language, and when known start, end, issued_on. Rows of one student make one transcript. "
     "Shows what would be issued; issues after a yes. To run it again issues nothing twice.",
     "transcript import grades.csv", transcript_import_flags},
    {"transcript", "issue", "DOSSIER FILE", 2, 2, command_transcript_issue,
     "Issue the transcript of one dossier from a CSV or JSON file.", NULL,
     "transcript issue 01KAMB3Q8W2T5Y7Z9C4D6F8G0H grades.csv", issue_flags},
    {"transcript", "list", NULL, 0, 0, command_transcript_list, "Transcripts sent and received.",
     NULL, "transcript list --direction incoming", transcript_list_flags},
    {"transcript", "show", "DOSSIER", 1, 1, command_transcript_show,
     "The transcript of one dossier.", NULL, "transcript show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
     opener_flags},
    {"record", "show", "DOSSIER LANE.INDEX", 2, 2, command_record_show,
     "One signed record with its seal and receipt.", NULL,
     "record show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H 0.0", opener_flags},
    {"record", "export", "DOSSIER LANE.INDEX", 2, 2, command_record_export,
     "Write the evidence of one record to a file that proves it to a stranger.", NULL,
     "record export 01KAMB3Q8W2T5Y7Z9C4D6F8G0H 0.0 --out nomination.evidence", export_flags},
    {"record", "verify", "FILE", 1, 1, command_record_verify,
     "Check an evidence file against the federation's anchor. Needs no node.",
     "Says VALID with issuer, time and key, or the first thing that does not hold (exit status 9).",
     "record verify nomination.evidence --anchor 5f0c...", verify_flags},
    {"outbox", "list", NULL, 0, 0, command_status_outbox, "What waits to be delivered, and why.",
     NULL, "outbox list", outbox_flags},
    {"audit", "verify", NULL, 0, 0, command_status_audit,
     "Check every record, seal and receipt that this node holds.",
     "Exit status 11 when something does not hold; the first fault is named.", "audit verify",
     no_flags},
    {"key", "new", "FILE", 1, 1, command_key_new, "Make a secret key in a file (mode 0600).", NULL,
     "key new sign.key --kind sign --owner helmo.be --id 2026-a", key_flags},
    {"key", "show", "FILE", 1, 1, command_key_show, "What a key file is, without its secret.", NULL,
     "key show sign.key", passphrase_flags},
    {"key", "fingerprint", "FILE", 1, 1, command_key_fingerprint,
     "The public key's fingerprint, to compare by telephone.", NULL, "key fingerprint sign.key",
     passphrase_flags},
    {"key", "seal", "FILE", 1, 1, command_key_seal, "Seal a key file with a passphrase.",
     "Without the passphrase nobody can use the key again, not even you.", "key seal sign.key",
     passphrase_flags},
    {"catalogue", "new", NULL, 0, 0, command_authority_new,
     "Begin a federation: root keys and the root file.",
     "For the federation's authority. Afterwards move the root keys apart: whoever holds "
     "THRESHOLD of them is the authority.",
     "catalogue new --network demo --dir authority --keys 3 --threshold 2", found_flags},
    {"catalogue", "add", "CARD...", 1, MANY, command_enrol_run,
     "Put enrolment cards into the next version of the catalogue.",
     "Compare the fingerprints that are shown with the institution by another way (telephone) "
     "before you sign: a first enrolment rests on this alone.",
     "catalogue add helmo.enrol --dir authority", next_flags},
    {"catalogue", "renew", NULL, 0, 0, command_authority_renew,
     "Begin the next version without a change, to renew its date.", NULL,
     "catalogue renew --dir authority", next_flags},
    {"catalogue", "sign", NULL, 0, 0, command_authority_sign,
     "Sign the next version with a root key; enough signatures publish it.", NULL,
     "catalogue sign --dir authority --key authority/root-1.key", sign_flags},
    {"catalogue", "show", "[FILE]", 0, 1, command_catalogue_show,
     "Institutions, nodes and keys of a catalogue.", NULL, "catalogue show --dir authority",
     show_flags},
    {"catalogue", "anchor", "[FILE]", 0, 1, command_catalogue_anchor,
     "The digest of the root file: what everyone must get by hand.", NULL,
     "catalogue anchor --dir authority", anchor_flags},
    {"catalogue", "verify", NULL, 0, 0, command_catalogue_verify,
     "Check root and catalogue against the anchor.", NULL,
     "catalogue verify --dir trust --anchor 5f0c...", trust_flags},
    {"config", "check", "[FILE]", 0, 1, command_config_check,
     "Read a configuration as the node would; name file and line of what is wrong.", NULL,
     "config check peregrind.conf", no_flags},
    {"config", "sample", NULL, 0, 0, command_config_sample,
     "A commented configuration with every setting.", NULL, "config sample > peregrind.conf",
     no_flags},
    {"config", "explain", "[SETTING]", 0, 1, command_config_explain,
     "What a setting does, its unit and its default.", NULL, "config explain listen", no_flags},
    {"version", NULL, NULL, 0, 0, command_help_version, "The version of this program.", NULL,
     "version", no_flags},
    {"help", NULL, "[COMMAND...]", 0, 2, command_help_run, "Help, also for one command.", NULL,
     "help nomination send", help_flags},
    {"completion", NULL, "SHELL", 1, 1, command_help_completion, "A completion script: bash.", NULL,
     "completion bash > /etc/bash_completion.d/peregrin", no_flags},
};

enum { ROWS = sizeof rows / sizeof *rows, COMMON = sizeof common / sizeof *common };

const struct command_row *command_table_row(size_t index)
{
    return index < ROWS ? &rows[index] : NULL;
}

const struct command_flag *command_table_common(size_t index)
{
    return index < COMMON ? &common[index] : NULL;
}

const struct command_row *command_table_find(const char *noun, const char *verb)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].noun, noun) != 0 || !rows[i].verb != !verb)
            continue;
        if (!verb || strcmp(rows[i].verb, verb) == 0)
            return &rows[i];
    }
    return NULL;
}

bool command_table_is_noun(const char *noun)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].noun, noun) == 0)
            return true;
    return false;
}

/* The flags of the row, then the common ones; NULL past the end. */
static const struct command_flag *flag_at(const struct command_row *row, size_t index)
{
    size_t own = 0;
    while (row && row->flags[own].name)
        own++;
    return index < own ? &row->flags[index] : command_table_common(index - own);
}

const struct command_flag *command_table_flag(const struct command_row *row, const char *name,
                                              size_t length)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (strlen(flag->name) == length && memcmp(flag->name, name, length) == 0)
            return flag;
    return NULL;
}

const struct command_flag *command_table_letter(const struct command_row *row, char letter)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (flag->letter == letter && letter)
            return flag;
    return NULL;
}

enum { WORD_MAX = 24 };

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* How many letters must be put in, taken out, changed or swapped with their neighbour. */
static size_t distance(const char *left, size_t left_size, const char *right)
{
    size_t right_size = strlen(right);
    size_t cost[WORD_MAX + 1][WORD_MAX + 1];
    if (left_size > WORD_MAX || right_size > WORD_MAX)
        return SIZE_MAX;
    for (size_t i = 0; i <= left_size; i++) {
        for (size_t j = 0; j <= right_size; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t change = cost[i - 1][j - 1] + (left[i - 1] != right[j - 1]);
            cost[i][j] = smaller(change, smaller(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[left_size][right_size];
}

/* Keeps the nearest word; one mistake in three letters at most. */
static void consider(const char *typed, size_t length, const char *word, size_t *best,
                     const char **near)
{
    size_t apart = distance(typed, length, word);
    bool prefix = length >= 3 && strncmp(typed, word, length) == 0;
    if (prefix)
        apart = 1;
    if (apart < *best && (prefix || apart * 3 <= strlen(word) + 1)) {
        *best = apart;
        *near = word;
    }
}

const char *command_table_near_word(const char *noun, const char *typed)
{
    size_t best = SIZE_MAX;
    const char *near = NULL;
    for (size_t i = 0; i < ROWS; i++) {
        if (!noun)
            consider(typed, strlen(typed), rows[i].noun, &best, &near);
        else if (strcmp(rows[i].noun, noun) == 0 && rows[i].verb)
            consider(typed, strlen(typed), rows[i].verb, &best, &near);
    }
    return near;
}

const char *command_table_near_flag(const struct command_row *row, const char *typed, size_t length)
{
    size_t best = SIZE_MAX;
    const char *near = NULL;
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        consider(typed, length, flag->name, &best, &near);
    return near;
}
