#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag add_flags[] = {
    {"own", "SCHAC", "whose department it is, where the node serves several institutions", 0},
    {"name", "NAME", "as people call it", 0},
    {"parent", "CODE", "the unit that it belongs to", 0},
    {"from", "DATE", "its first day (since ever)", 0},
    {"until", "DATE", "its last day (for good)", 0},
    {0}};

static const struct command_flag rename_flags[] = {
    {"own", "SCHAC", "whose department it is, where the node serves several institutions", 0},
    {"parent", "CODE", "the unit that it belongs to from now on; `-`: none", 0},
    {0}};

static const struct command_flag close_flags[] = {
    {"own", "SCHAC", "whose department it is, where the node serves several institutions", 0},
    {"until", "DATE", "its last day; `-`: it is open again", 0},
    {0}};

static const struct command_flag unassigned_flags[] = {
    {"own", "SCHAC", "which institution, where the node serves several", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "unit",
        .verb = "add",
        .arguments = "CODE",
        .least = 1,
        .most = 1,
        .run = office_unit_add,
        .summary = "Add a department.",
        .more = "Nominations name it by its code, in the column `unit` of lists; a user who has "
                "it (`user unit marta helmo.be/engineering`) sees its nominations and those of "
                "the units within it, and no others.",
        .example = "unit add engineering --name 'Engineering' --from 2026-09-01",
        .flags = add_flags,
    },
    {
        .noun = "unit",
        .verb = "list",
        .run = office_unit_list,
        .summary = "The departments of this node's institutions.",
        .example = "unit list",
    },
    {
        .noun = "unit",
        .verb = "rename",
        .arguments = "CODE NAME",
        .least = 2,
        .most = 2,
        .run = office_unit_rename,
        .summary = "Give a department another name, or another place. Its code stays.",
        .example = "unit rename engineering 'Engineering and Design'",
        .flags = rename_flags,
    },
    {
        .noun = "unit",
        .verb = "close",
        .arguments = "CODE",
        .least = 1,
        .most = 1,
        .run = office_unit_close,
        .summary = "Say a department's last day: nothing new is given to it afterwards.",
        .more = "What it has stays its own, and its coordinators go on with it.",
        .example = "unit close engineering --until 2027-08-31",
        .flags = close_flags,
    },
    {
        .noun = "unit",
        .verb = "unassigned",
        .arguments = "show|hide",
        .least = 1,
        .most = 1,
        .run = office_unit_unassigned,
        .summary = "Whether users of departments see what no department has.",
        .example = "unit unassigned show",
        .flags = unassigned_flags,
    },
    {0},
};

const struct command_noun noun_unit = {
    .name = "unit",
    .group = COMMAND_GROUP_NODE,
    .summary = "departments of the institution",
    .rows = rows,
};
