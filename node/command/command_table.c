#include "command/command_table.h"

#include "command/command_near.h"

#include <assert.h>
#include <string.h>

/* In the order of help: a new noun is a row here, a line in command_noun.h and its own file. */
static const struct command_noun *const nouns[] = {
    &noun_nomination, &noun_inbox,      &noun_draft,       &noun_stay,    &noun_agreement,
    &noun_learning,   &noun_transcript, &noun_recognition, &noun_report,  &noun_factsheet,
    &noun_course,     &noun_deadline,   &noun_grade,       &noun_rules,   &noun_call,
    &noun_envelope,   &noun_grant,      &noun_record,      &noun_status,  &noun_doctor,
    &noun_partner,    &noun_outbox,     &noun_event,       &noun_webhook, &noun_audit,
    &noun_user,       &noun_unit,       &noun_backup,      &noun_init,    &noun_config,
    &noun_key,        &noun_catalogue,  &noun_help,        &noun_version, &noun_completion,
};

static const struct command_flag common[] = {
    {"socket", "PATH", "the node's socket (else PEREGRIN_SOCKET, else the configuration's)", 0},
    {"config", "FILE", "the node's configuration", 'c'},
    {"url", "URL", "a node elsewhere: https://HOST:PORT; with --token-file", 0},
    {"token-file", "FILE", "the token for --url; only its owner may read the file", 0},
    {"ca-file", "FILE", "who vouches for the certificate of --url (the system's authorities)", 0},
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

enum { NOUNS = sizeof nouns / sizeof *nouns, COMMON = sizeof common / sizeof *common };

const struct command_noun *command_table_noun(size_t index)
{
    return index < NOUNS ? nouns[index] : NULL;
}

const struct command_row *command_table_row(size_t index)
{
    for (size_t i = 0; i < NOUNS; i++)
        for (const struct command_row *row = nouns[i]->rows; row->noun; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

const struct command_flag *command_table_common(size_t index)
{
    return index < COMMON ? &common[index] : NULL;
}

static const struct command_noun *noun_find(const char *name)
{
    for (size_t i = 0; i < NOUNS; i++)
        if (strcmp(nouns[i]->name, name) == 0)
            return nouns[i];
    return NULL;
}

const struct command_row *command_table_find(const char *noun, const char *verb)
{
    const struct command_noun *found = noun_find(noun);
    for (const struct command_row *row = found ? found->rows : NULL; row && row->noun; row++)
        if (!row->verb == !verb && (!verb || strcmp(row->verb, verb) == 0))
            return row;
    return NULL;
}

bool command_table_is_noun(const char *noun)
{
    return noun_find(noun);
}

/* The flags of the row, then the common ones; NULL past the end. */
static const struct command_flag *flag_at(const struct command_row *row, size_t index)
{
    size_t own = 0;
    while (row && row->flags && row->flags[own].name)
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

const char *command_table_words(const struct command_flag *flag)
{
    return flag->argument && strchr(flag->argument, '|') ? flag->argument : NULL;
}

const char *command_table_placeholder(const struct command_flag *flag)
{
    return command_table_words(flag) ? "WORD" : flag->argument;
}

/* The word at the front of `a|b|c`, and what is behind it; false at the end. */
static bool next_word(const char **words, char word[static COMMAND_TABLE_WORD])
{
    size_t size = strcspn(*words, "|");
    if (!**words)
        return false;
    assert(size < COMMAND_TABLE_WORD);
    memcpy(word, *words, size);
    word[size] = '\0';
    *words += size + ((*words)[size] == '|');
    return true;
}

bool command_table_has_word(const char *words, const char *word)
{
    char one[COMMAND_TABLE_WORD];
    while (next_word(&words, one))
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

size_t command_table_near_of(const char *words, const char *typed,
                             char out[static COMMAND_TABLE_WORD])
{
    char one[COMMAND_TABLE_WORD];
    struct command_near near = command_near_start(typed, strlen(typed));
    out[0] = '\0';
    while (next_word(&words, one)) {
        command_near_consider(&near, one);
        if (near.word == one)
            strcpy(out, one);
        near.word = NULL;
    }
    return strlen(out);
}

const char *command_table_near_word(const char *noun, const char *typed)
{
    struct command_near near = command_near_start(typed, strlen(typed));
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++) {
        if (!noun)
            command_near_consider(&near, row->noun);
        else if (strcmp(row->noun, noun) == 0 && row->verb)
            command_near_consider(&near, row->verb);
    }
    return near.word;
}

const char *command_table_near_flag(const struct command_row *row, const char *typed, size_t length)
{
    struct command_near near = command_near_start(typed, length);
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        command_near_consider(&near, flag->name);
    return near.word;
}

void command_table_say_words(FILE *to, const struct command_flag *flag)
{
    const char *words = command_table_words(flag);
    for (const char *at = words; at && *at;) {
        size_t size = strcspn(at, "|");
        bool last = !at[size] || !strchr(at + size + 1, '|');
        fprintf(to, "%.*s%s", (int)size, at, !at[size] ? "" : last ? " or " : ", ");
        at += size + (at[size] == '|');
    }
}

static const char *const groups[] = {
    [COMMAND_GROUP_YEAR] = "The year's work",
    [COMMAND_GROUP_NODE] = "The node",
    [COMMAND_GROUP_FEDERATION] = "The federation",
    [COMMAND_GROUP_PROGRAM] = "This program",
};

static_assert(sizeof groups / sizeof *groups == COMMAND_GROUP_COUNT, "one title for each");

static const struct command_table_status exits[] = {
    {COMMAND_DONE, "done"},
    {COMMAND_UNEXPECTED, "something unexpected"},
    {COMMAND_USAGE, "the command was not understood"},
    {COMMAND_CONFIG, "the configuration or a key file cannot be used"},
    {COMMAND_NO_NODE, "the node is not reachable"},
    {COMMAND_NOT_PERMITTED, "not permitted"},
    {COMMAND_NOT_FOUND, "not found"},
    {COMMAND_REFUSED, "refused by a state or a rule"},
    {COMMAND_PARTLY, "partly done"},
    {COMMAND_TRUST, "a signature or the trust behind it does not hold"},
    {COMMAND_NO_PARTNER, "the partner is not reachable"},
    {COMMAND_PROBLEMS, "a check found problems"},
    {COMMAND_INTERRUPTED, "interrupted"},
};

const char *command_table_group(enum command_group group)
{
    assert((unsigned)group < COMMAND_GROUP_COUNT);
    return groups[group];
}

const struct command_table_status *command_table_exit(size_t index)
{
    return index < sizeof exits / sizeof *exits ? &exits[index] : NULL;
}
