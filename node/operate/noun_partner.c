#include "office/office_verbs.h"
#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag ping_flags[] = {{"timeout", "SECONDS", "how long to wait (10)", 0},
                                                 {0}};

static const struct command_flag suspend_flags[] = {
    {"reason", "TEXT", "why, for whoever looks at the status; no names of people", 0},
    {"own", "SCHAC", "only for this institution of the node (all)", 0},
    {0}};

static const struct command_flag resume_flags[] = {
    {"own", "SCHAC", "only for this institution of the node (all)", 0}, {0}};

static const struct command_flag list_flags[] = {
    {"by-hand", NULL, "only those that run no node, with their addresses", 0}, {0}};

static const struct command_flag add_flags[] = {
    {"name", "TEXT", "its name", 0},
    {"country", "CODE", "its country, as BE", 0},
    {"email", "ADDRESS", "of its office", 0},
    {"erasmus", "CODE", "its Erasmus code, as lists name it", 0},
    {0}};

static const struct command_flag handover_flags[] = {
    {"out", "DIR", "the folder for the three files", 0},
    {"year", "YEAR", "only of this academic year, as 2026/2027", 0},
    {"all", NULL, "also those for which an answer is kept", 0},
    {"language", "CODE", "of paper and titles, beside English: en, fr, nl", 0},
    {"own", "SCHAC", "of this institution of the node", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "partner",
        .verb = "list",
        .run = operate_partner_list,
        .summary = "Every partner and how it is reached.",
        .example = "partner list",
        .flags = list_flags,
    },
    {
        .noun = "partner",
        .verb = "add",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = office_hand_add,
        .summary = "Name a partner that runs no node, or change what is known of it.",
        .more = "Nominations to it are signed and kept as to any other; they go by e-mail, and its "
                "answers are kept by hand. Once the catalogue has it, everything goes by itself.",
        .example = "partner add uni-x.example --name \"University X\" --country CH "
                   "--email incoming@uni-x.example",
        .flags = add_flags,
    },
    {
        .noun = "partner",
        .verb = "forget",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = office_hand_forget,
        .summary = "Forget a partner by hand, to which nothing was said.",
        .example = "partner forget uni-x.example",
    },
    {
        .noun = "partner",
        .verb = "handover",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = office_hand_over,
        .summary = "Write what is to be sent by e-mail: nominations as PDF, CSV and evidence.",
        .more = "Those that wait for an answer, at most 200, what was changed since it was "
                "answered, and what was withdrawn in the last 60 days, marked as that. The "
                "evidence is attached to the PDF, too; anybody can verify it without a node: "
                "`record verify FILE --anchor HEX`.",
        .example = "partner handover uni-x.example --out for-uni-x --language fr",
        .flags = handover_flags,
    },
    {
        .noun = "partner",
        .verb = "show",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = operate_partner_show,
        .summary = "One partner in full.",
        .example = "partner show uni-a.example",
    },
    {
        .noun = "partner",
        .verb = "ping",
        .arguments = "SCHAC",
        .least = 1,
        .most = 1,
        .run = operate_ping_run,
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
        .run = operate_steer_suspend,
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
        .run = operate_steer_resume,
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
