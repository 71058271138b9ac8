#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag add_flags[] = {
    {"name", "NAME", "as reports show it (its code)", 0},
    {"own", "SCHAC", "whose group, where the node serves several institutions", 0},
    {0}};

static const struct command_flag own_flags[] = {
    {"own", "SCHAC", "whose group, where the node serves several institutions", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "group",
        .verb = "add",
        .arguments = "CODE [PARTNER...]",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_group_add,
        .summary = "Put partners into a group, which is made when there is none.",
        .more = "A network, a region beyond the border, partners in the South: whatever your "
                "reports count apart. A partner may be in several groups. Nobody else is told.",
        .example = "group add euroregion uni-a.example uni-b.example --name 'Euroregion'",
        .flags = add_flags,
    },
    {
        .noun = "group",
        .verb = "drop",
        .arguments = "CODE PARTNER...",
        .least = 2,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_group_drop,
        .summary = "Take partners out of a group.",
        .example = "group drop euroregion uni-b.example",
        .flags = own_flags,
    },
    {
        .noun = "group",
        .verb = "list",
        .run = office_group_list,
        .summary = "The groups and who is in them.",
        .example = "group list",
    },
    {
        .noun = "group",
        .verb = "remove",
        .arguments = "CODE",
        .least = 1,
        .most = 1,
        .run = office_group_remove,
        .summary = "Remove a group; its partners stay partners.",
        .example = "group remove euroregion",
        .flags = own_flags,
    },
    {0},
};

const struct command_noun noun_group = {
    .name = "group",
    .group = COMMAND_GROUP_YEAR,
    .summary = "networks and regions that reports count apart",
    .rows = rows,
};
