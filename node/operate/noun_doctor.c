#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag flags[] = {
    {"deep", NULL, "read the whole database, when no node has it open", 0},
    {"partner", "SCHAC", "of the partners only this one", 0},
    {0},
};

static const struct command_row rows[] = {
    {
        .noun = "doctor",
        .run = operate_doctor_run,
        .summary = "Look at everything a node stands on; say what to do about what is wrong.",
        .more = "Configuration, keys, catalogue, database, clock, limits, then each partner from "
                "its address to its answer. Works without a running node, too: it says so first "
                "and looks at what lies on the disk. Changes nothing. Exit status 11: something "
                "failed.",
        .example = "doctor -c /etc/peregrin/peregrind.conf",
        .flags = flags,
    },
    {0},
};

const struct command_noun noun_doctor = {
    .name = "doctor",
    .group = COMMAND_GROUP_NODE,
    .summary = "every check alone, each with its remedy",
    .rows = rows,
};
