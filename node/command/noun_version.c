#include "command/command_help.h"
#include "command/command_noun.h"

static const struct command_row rows[] = {
    {
        .noun = "version",
        .run = command_help_version,
        .summary = "The version of this program.",
        .example = "version",
    },
    {0},
};

const struct command_noun noun_version = {
    .name = "version",
    .group = COMMAND_GROUP_PROGRAM,
    .summary = "the version of this program",
    .rows = rows,
};
