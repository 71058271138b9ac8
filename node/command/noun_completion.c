#include "command/command_help.h"
#include "command/command_noun.h"

static const struct command_row rows[] = {
    {
        .noun = "completion",
        .arguments = "SHELL",
        .least = 1,
        .most = 1,
        .run = command_help_completion,
        .summary = "A completion script: bash.",
        .example = "completion bash > /etc/bash_completion.d/peregrin",
    },
    {0},
};

const struct command_noun noun_completion = {
    .name = "completion",
    .group = COMMAND_GROUP_PROGRAM,
    .summary = "completion scripts for shells",
    .rows = rows,
};
