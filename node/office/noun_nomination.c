#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag import_flags[] = {
    {"own", "SCHAC", "the institution that speaks, when the node serves several", 0},
    {"sheet", "NAME", "which sheet of a workbook (the one that looks like a list)", 0},
    {"rows", "LIST", "only these rows, as 3,7-20", 0},
    {"hidden", NULL, "hidden rows as well", 0},
    {"dates", "ORDER", "of 03/04/2005: dmy or mdy (asked where no cell shows it)", 0},
    {"fix", NULL, "take the nearest name or word where a cell is not understood", 0},
    {"skip-bad", NULL, "keep the good rows though others are bad", 0},
    {"amend", NULL, "amend what was sent where the list says something else", 0},
    {"errors", "FILE", "where the copy with an ERRORS column goes (beside the list)", 0},
    {"no-errors", NULL, "no copy with an ERRORS column", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag template_flags[] = {
    {"lang", "en|fr|nl", "the language of the titles (as programs name them)", 0},
    {"xlsx", "FILE", "a workbook, with lists to choose from and a sheet that explains", 0},
    {0}};

static const struct command_flag export_flags[] = {
    {"out", "FILE", "a workbook where it ends in .xlsx, else CSV (CSV on the terminal)", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"year", "YEAR", "only of this academic year, as 2026/2027", 0},
    {"own", "SCHAC", "only of this institution, when the node serves several", 0},
    {"lang", "en|fr|nl", "the language of the titles (as programs name them)", 0},
    {0}};

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {"state",
     "ready|empty|pending|accepted|reopened|refused|withdrawn|transcript|void|"
     "waitlisted|arrived|extending|departed|recognised|revoked",
     "only in this state", 0},
    {0}};

static const struct command_flag send_flags[] = {{"all", NULL, "every draft", 0}, {0}};

static const struct command_flag accept_flags[] = {
    {"over-quota", "REASON", "though no place is left, where the node's settings allow it", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag show_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {"rules", "now", "ask the rules of eligibility again, of what a partner sent", 0},
    {0}};

static const struct command_flag refuse_flags[] = {
    {"reason", "places|level|field|language|documents|deadline|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag revoke_flags[] = {
    {"reason", "error|places|documents|conduct|absent|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag withdraw_flags[] = {
    {"reason", "student|home|duplicate|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag amend_flags[] = {
    {"set", "FIELD=VALUE", "a field's new value; may come more than once", 0},
    {"clear", "FIELD", "leave a field empty; may come more than once", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag assign_flags[] = {
    {"unit", "CODE", "the department; `-`: none", 0},
    {"opener", "SCHAC", "who opened the dossier, where two have one of this name", 0},
    {0}};

static const struct command_flag mark_flags[] = {
    {"by-hand", "STATE",
     "accepted, refused, waitlisted, arrived, departed, transcript; pending takes a mark back", 0},
    {"date", "YYYY-MM-DD", "when it was so (today)", 0},
    {"comment", "TEXT", "for staff: who answered, and how", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "nomination",
        .verb = "template",
        .run = office_template_nominations,
        .summary = "The title row of a list of nominations, to begin a spreadsheet with.",
        .more = "With --plain: every column with what it may hold, and whether it must be there.",
        .example = "nomination template --xlsx spring.xlsx --lang fr",
        .flags = template_flags,
    },
    {
        .noun = "nomination",
        .verb = "import",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_import_nominations,
        .summary = "Read a list of nominations (.xlsx or CSV) and keep the good rows as drafts.",
        .more = "Shows what the file holds and every cell that needs you; stores only after a "
                "yes. The same file twice changes nothing; a row that differs from what was sent "
                "is amended with --amend. Titles may be English, French or Dutch, in any order, "
                "below whatever stands above them. Beside a list with problems a copy is put "
                "with an ERRORS column: mend it there and import the copy. `-` reads standard "
                "input. Ends with 11 when rows need you and nothing was kept, with 8 when the "
                "good ones were kept beside them.",
        .example = "nomination import spring.xlsx",
        .flags = import_flags,
    },
    {
        .noun = "nomination",
        .verb = "export",
        .run = office_export_nominations,
        .summary = "Drafts and nominations that you sent, as a list that `import` reads back.",
        .more = "Edit it and import it again: unchanged rows do nothing, changed ones change "
                "their draft, or offer an amendment. The column `dossier` says which row is "
                "which: leave it as it is.",
        .example = "nomination export --out nominations.xlsx",
        .flags = export_flags,
    },
    {
        .noun = "nomination",
        .verb = "list",
        .run = office_nomination_list,
        .summary = "Nominations in both directions.",
        .example = "nomination list --direction incoming --state pending",
        .flags = list_flags,
    },
    {
        .noun = "nomination",
        .verb = "show",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_nomination_show,
        .summary = "One dossier: the nomination, the answer and every record.",
        .more = "Wherever a command wants a DOSSIER, a part of the student's name does as well, an "
                "address, an identifier, or the first or last characters of the dossier's name.",
        .example = "nomination show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = show_flags,
    },
    {
        .noun = "nomination",
        .verb = "send",
        .arguments = "[NUMBER...]",
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_nomination_send,
        .summary = "Sign drafts and send them to their partners.",
        .more = "NUMBER as in `draft list`. Where rules of eligibility are not kept, a terminal is "
                "told and asked before anything is signed, unless --yes was given; elsewhere they "
                "are told beside the result. --dry-run tells them and sends nothing. What a "
                "partner cannot take now waits in the outbox and is sent by itself.",
        .example = "nomination send --all",
        .flags = send_flags,
    },
    {
        .noun = "nomination",
        .verb = "accept",
        .states = "pending waitlisted reopened extending",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_accept,
        .summary = "Accept nominations that a partner sent, or the longer stay it asks for.",
        .example = "nomination accept 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = accept_flags,
    },
    {
        .noun = "nomination",
        .verb = "refuse",
        .states = "pending waitlisted reopened extending",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_refuse,
        .summary = "Refuse nominations that a partner sent, or the longer stay it asks for.",
        .example = "nomination refuse 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason places",
        .flags = refuse_flags,
    },
    {
        .noun = "nomination",
        .verb = "waitlist",
        .states = "pending",
        .finds = "direction=incoming&state=pending",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_waitlist,
        .summary = "Put nominations that a partner sent on the waiting list.",
        .more = "They can be accepted or refused later.",
        .example = "nomination waitlist 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = accept_flags,
    },
    {
        .noun = "nomination",
        .verb = "mark",
        .states = "pending",
        .finds = "direction=outgoing&state=pending",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_hand_mark,
        .summary = "Keep by hand how far nominations have come with a partner without a node.",
        .more = "What it answered by e-mail: accepted, refused, waitlisted; then arrived, departed "
                "and transcript. A later mark takes an earlier one back, `pending` all of them. It "
                "is your word and nobody's signature; what the partner signs later counts.",
        .example = "nomination mark 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --by-hand accepted "
                   "--date 2026-05-12",
        .flags = mark_flags,
    },
    {
        .noun = "nomination",
        .verb = "revoke",
        .states = "accepted reopened arrived extending",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_revoke,
        .summary = "Take back what you have accepted. It is final.",
        .more = "The home is told at once, with the reason. After the departure it is too late.",
        .example = "nomination revoke 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason documents",
        .flags = revoke_flags,
    },
    {
        .noun = "nomination",
        .verb = "withdraw",
        .states = "pending waitlisted accepted reopened refused",
        .finds = "direction=outgoing",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_withdraw,
        .summary = "Take back nominations that you sent. It is final.",
        .example = "nomination withdraw 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason student",
        .flags = withdraw_flags,
    },
    {
        .noun = "nomination",
        .verb = "assign",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_unit_assign,
        .summary = "Give nominations to a department, on this node alone.",
        .more = "For those that do not say a department of ours: what partners sent, and our own "
                "of the time before there were units. It is not told to the partner.",
        .example = "nomination assign 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --unit health",
        .flags = assign_flags,
    },
    {
        .noun = "nomination",
        .verb = "amend",
        .states = "pending waitlisted accepted reopened arrived extending departed",
        .finds = "direction=outgoing",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_decide_amend,
        .summary = "Correct a nomination that you sent.",
        .more = "Names, e-mail and the like keep the partner's answer; a change of who or what "
                "re-opens it.",
        .example =
            "nomination amend 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --set person.email=j.novak@uni.example",
        .flags = amend_flags,
    },
    {0},
};

const struct command_noun noun_nomination = {.name = "nomination",
                                             .group = COMMAND_GROUP_YEAR,
                                             .summary =
                                                 "students nominated to partners, and by partners",
                                             .rows = rows};
