#include "cli/cli_help.h"
#include "cli/cli_nouns.h"

static const struct command_row rows[] = {
    {
        .noun = "version",
        .run = cli_help_version,
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
