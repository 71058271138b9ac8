#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag log_flags[] = {{"last", "N", "the newest so many (30)", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "audit",
        .verb = "verify",
        .run = operate_status_audit,
        .summary = "Check every record, seal and receipt that this node holds.",
        .more = "Exit status 11 when something does not hold; the first fault is named.",
        .example = "audit verify",
    },
    {
        .noun = "audit",
        .verb = "log",
        .run = operate_journal_log,
        .summary = "Who changed what, and what was tried in vain.",
        .more = "Each entry names the one before by its digest. Exit status 11 when one does not.",
        .example = "audit log --last 100",
        .flags = log_flags,
    },
    {
        .noun = "audit",
        .verb = "export",
        .run = operate_journal_export,
        .summary = "The whole journal as CSV; with --json an object on each line.",
        .more = "No names of students are in it. Cells that a spreadsheet would take for a formula "
                "are made text. Exit status 11 when an entry does not follow the one before.",
        .example = "audit export > journal.csv",
    },
    {0},
};

const struct command_noun noun_audit = {
    .name = "audit",
    .group = COMMAND_GROUP_NODE,
    .summary = "every record checked again, and who changed what",
    .rows = rows,
};
