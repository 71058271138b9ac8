#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag outbox_flags[] = {{"partner", "SCHAC", "only of this partner", 0},
                                                   {"limit", "N", "at most so many (all)", 0},
                                                   {0}};

static const struct command_flag retry_flags[] = {
    {"partner", "SCHAC", "only what is stuck for this partner", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "outbox",
        .verb = "list",
        .run = operate_status_outbox,
        .summary = "What waits to be delivered, and why.",
        .example = "outbox list",
        .flags = outbox_flags,
    },
    {
        .noun = "outbox",
        .verb = "show",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = operate_outbox_show,
        .summary = "What of one dossier waits to be delivered: since when, why, what to do.",
        .example = "outbox show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
    },
    {
        .noun = "outbox",
        .verb = "retry",
        .arguments = "[DOSSIER...]",
        .most = COMMAND_ARGUMENTS_MAX,
        .run = operate_steer_retry,
        .summary = "Try again what is stuck, once its cause was mended.",
        .more = "What a partner could not take is sent to it again; what was refused at its turn "
                "is judged again as the dossier stands now.",
        .example = "outbox retry --partner uni-a.example",
        .flags = retry_flags,
    },
    {
        .noun = "outbox",
        .verb = "drop",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = operate_steer_drop,
        .summary = "Give up a submission that was refused at its turn: it was never sent.",
        .more = "Its number stands in the list. What was sent cannot be dropped: withdraw it.",
        .example = "outbox drop 12",
    },
    {0},
};

const struct command_noun noun_outbox = {
    .name = "outbox",
    .group = COMMAND_GROUP_NODE,
    .summary = "what partners have not yet taken",
    .rows = rows,
};
