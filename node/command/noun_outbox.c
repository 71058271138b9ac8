#include "command/command_noun.h"
#include "command/command_verbs.h"

static const struct command_flag outbox_flags[] = {{"partner", "SCHAC", "only of this partner", 0},
                                                   {"limit", "N", "at most so many (all)", 0},
                                                   {0}};

static const struct command_row rows[] = {
    {
        .noun = "outbox",
        .verb = "list",
        .run = command_status_outbox,
        .summary = "What waits to be delivered, and why.",
        .example = "outbox list",
        .flags = outbox_flags,
    },
    {0},
};

const struct command_noun noun_outbox = {
    .name = "outbox",
    .group = COMMAND_GROUP_NODE,
    .summary = "what partners have not yet taken",
    .rows = rows,
};
