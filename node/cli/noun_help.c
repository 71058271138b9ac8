#include "cli/cli_help.h"
#include "cli/cli_nouns.h"

static const struct command_flag help_flags[] = {
    {"man", NULL,
     "the page of a noun, peregrin, peregrind, peregrind.conf (troff); list: all names", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "help",
        .arguments = "[COMMAND...]",
        .most = 2,
        .run = cli_help_run,
        .summary = "Help, also for one command.",
        .example = "help nomination send",
        .flags = help_flags,
    },
    {0},
};

const struct command_noun noun_help = {
    .name = "help", .group = COMMAND_GROUP_PROGRAM, .summary = "help for a command", .rows = rows};
