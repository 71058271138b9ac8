#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag add_flags[] = {
    {"kind", "KIND", "only this kind of event; may be given several times (all)", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "webhook",
        .verb = "add",
        .arguments = "URL",
        .least = 1,
        .most = 1,
        .run = operate_webhook_add,
        .summary = "Tell one more program what happens on this node.",
        .more = "Each event is sent as a POST of a few codes, signed with a secret that is shown "
                "once. What is not taken is tried again for a day.",
        .example = "webhook add https://sis.helmo.be/peregrin --kind record.received",
        .flags = add_flags,
    },
    {
        .noun = "webhook",
        .verb = "list",
        .run = operate_webhook_list,
        .summary = "Who is told, and how that goes.",
        .example = "webhook list",
    },
    {
        .noun = "webhook",
        .verb = "test",
        .arguments = "ID",
        .least = 1,
        .most = 1,
        .run = operate_webhook_test,
        .summary = "Send a message that tells of nothing, and say what came of it.",
        .example = "webhook test 0f3a5c7d9e1b",
    },
    {
        .noun = "webhook",
        .verb = "retry",
        .arguments = "ID",
        .least = 1,
        .most = 1,
        .run = operate_webhook_retry,
        .summary = "Try at once what waits, and the dead letters too.",
        .example = "webhook retry 0f3a5c7d9e1b",
    },
    {
        .noun = "webhook",
        .verb = "remove",
        .arguments = "ID",
        .least = 1,
        .most = 1,
        .run = operate_webhook_remove,
        .summary = "Tell it no more.",
        .example = "webhook remove 0f3a5c7d9e1b",
    },
    {0},
};

const struct command_noun noun_webhook = {
    .name = "webhook",
    .group = COMMAND_GROUP_NODE,
    .summary = "programs that are told what happens",
    .rows = rows,
};
