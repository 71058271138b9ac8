#include "cli/cli_help.h"
#include "cli/cli_nouns.h"

static const struct command_row rows[] = {
    {
        .noun = "completion",
        .arguments = "bash|zsh|fish",
        .least = 1,
        .most = 1,
        .run = cli_help_completion,
        .summary = "The completion script of a shell.",
        .more =
            "bash: /etc/bash_completion.d/peregrin. zsh: a file _peregrin in a folder of $fpath. "
            "fish: ~/.config/fish/completions/peregrin.fish.",
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
