#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_flag publish_flags[] = {
    {"partner", "SCHAC", "only to this partner (all)", 0},
    {"own", "SCHAC", "the institution that speaks, where the node has several", 0},
    {0}};

static const struct command_flag show_flags[] = {
    {"ours", NULL, "what we told this partner, not what it told us", 0}, {0}};

static const struct command_flag retract_flags[] = {
    {"comment", "TEXT", "a word for the partner's staff", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "factsheet",
        .verb = "template",
        .run = office_publish_factsheet_template,
        .summary = "Write a factsheet (JSON) to fill in.",
        .example = "factsheet template",
    },
    {
        .noun = "factsheet",
        .verb = "publish",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_publish_factsheet,
        .summary = "Tell all partners your calendar, deadlines and requirements.",
        .more = "Published again it is a new revision; where nothing changed, nothing is said. "
                "With --dry-run the rules are asked and nothing is signed; -v names each partner.",
        .example = "factsheet publish factsheet.json",
        .flags = publish_flags,
    },
    {
        .noun = "factsheet",
        .verb = "show",
        .arguments = "PARTNER",
        .least = 1,
        .most = 1,
        .run = office_publish_factsheet_show,
        .summary = "What a partner says of itself.",
        .example = "factsheet show uhasselt.be",
        .flags = show_flags,
    },
    {
        .noun = "factsheet",
        .verb = "list",
        .run = office_publish_factsheet_list,
        .summary = "Factsheets of partners, and ours with each partner's receipt.",
        .example = "factsheet list --direction outgoing",
        .flags = list_flags,
    },
    {
        .noun = "factsheet",
        .verb = "retract",
        .arguments = "PARTNER",
        .least = 1,
        .most = 1,
        .run = office_publish_factsheet_retract,
        .summary = "Take back what one partner was told.",
        .example = "factsheet retract uhasselt.be",
        .flags = retract_flags,
    },
    {0},
};

const struct command_noun noun_factsheet = {
    .name = "factsheet",
    .group = COMMAND_GROUP_YEAR,
    .summary = "calendar, deadlines and requirements, ours and the partners'",
    .rows = rows,
};
