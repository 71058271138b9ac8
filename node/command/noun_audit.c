#include "command/command_noun.h"
#include "command/command_verbs.h"

static const struct command_row rows[] = {
    {
        .noun = "audit",
        .verb = "verify",
        .run = command_status_audit,
        .summary = "Check every record, seal and receipt that this node holds.",
        .more = "Exit status 11 when something does not hold; the first fault is named.",
        .example = "audit verify",
    },
    {0},
};

const struct command_noun noun_audit = {
    .name = "audit",
    .group = COMMAND_GROUP_NODE,
    .summary = "every record read again and checked",
    .rows = rows,
};
