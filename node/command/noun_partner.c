#include "command/command_noun.h"
#include "command/command_verbs.h"

static const struct command_flag ping_flags[] = {{"timeout", "SECONDS", "how long to wait (10)", 0},
                                                 {0}};

static const struct command_flag suspend_flags[] = {
    {"reason", "TEXT", "why, for whoever looks at the status; no names of people", 0},
    {"own", "SCHAC", "only for this institution of the node (all)", 0},
    {0}};

static const struct command_flag resume_flags[] = {
    {"own", "SCHAC", "only for this institution of the node (all)", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "partner",
        .verb = "list",
        .run = command_partner_list,
        .summary = "Every partner and how it is reached.",
        .example = "partner list",
    },
    {
        .noun = "partner",
        .verb = "show",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = command_partner_show,
        .summary = "One partner in full.",
        .example = "partner show uni-a.example",
    },
    {
        .noun = "partner",
        .verb = "ping",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = command_ping_run,
        .summary = "Go the way to a partner's node, hop by hop, and wait for its answer.",
        .more = "Address, connection, greeting, session: each with its time, and the first that "
                "fails with what to do. A node that cannot be dialled is waited for. Exit status "
                "10: it did not answer.",
        .example = "partner ping uni-a.example",
        .flags = ping_flags,
    },
    {
        .noun = "partner",
        .verb = "suspend",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = command_steer_suspend,
        .summary = "Send nothing more to a partner until it is resumed.",
        .more = "Nothing is lost: what is said meanwhile waits in the outbox, also through "
                "restarts. What the partner sends is still taken and receipted.",
        .example = "partner suspend uni-a.example --reason \"asked for by phone\"",
        .flags = suspend_flags,
    },
    {
        .noun = "partner",
        .verb = "resume",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = command_steer_resume,
        .summary = "Send a suspended partner again what waits for it.",
        .example = "partner resume uni-a.example",
        .flags = resume_flags,
    },
    {0},
};

const struct command_noun noun_partner = {
    .name = "partner",
    .group = COMMAND_GROUP_NODE,
    .summary = "partners and how they are reached",
    .rows = rows,
};
