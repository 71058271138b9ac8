#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag inbox_flags[] = {
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many of a state (all)", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "inbox",
        .verb = "list",
        .run = office_inbox_list,
        .summary = "What partners asked and nobody here has answered for good.",
        .more = "Nominations to decide, those that changed after they were accepted, longer stays "
                "that are asked for, and the waiting list.",
        .example = "inbox list",
        .flags = inbox_flags,
    },
    {
        .noun = "inbox",
        .verb = "refused",
        .run = office_inbox_refused,
        .summary = "What partners sent that broke a rule: this node refused it by itself.",
        .example = "inbox refused",
        .flags = inbox_flags,
    },
    {0},
};

const struct command_noun noun_inbox = {
    .name = "inbox",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what partners sent and wait for",
    .rows = rows,
};
