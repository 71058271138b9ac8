/* The nouns of the CLI: each has its own table of commands, in a noun_NAME.c. */
#pragma once

#include "command/command_work.h"

enum command_group {
    COMMAND_GROUP_YEAR,
    COMMAND_GROUP_NODE,
    COMMAND_GROUP_FEDERATION,
    COMMAND_GROUP_PROGRAM,
    COMMAND_GROUP_COUNT
};

struct command_noun {
    const char *name;
    enum command_group group;       /* who works with it: help's order */
    const char *summary;            /* for the manual: `peregrin-NAME - SUMMARY` */
    const struct command_row *rows; /* an empty one ends them; all have this noun */
};
