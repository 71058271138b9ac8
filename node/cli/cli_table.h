/* The table of all commands, and what is read off it: lookup, help, manual page, completion. */
#pragma once

#include "command/command_noun.h"

/* NULL past the end; rows of all nouns in their order. */
const struct command_noun *cli_table_noun(size_t index);
const struct command_row *cli_table_row(size_t index);

/* The row of a command; NULL when there is none. verb NULL: the noun alone. */
const struct command_row *cli_table_find(const char *noun, const char *verb);
bool cli_table_is_noun(const char *noun);
/* What was probably meant; NULL when nothing comes near. noun NULL: a noun is looked for. */
const char *cli_table_near_word(const char *noun, const char *typed);
/* The title of a group of nouns. */
const char *cli_table_group(enum command_group group);
/* What the exit statuses mean, in their order; NULL past the end. */
struct cli_table_status {
    enum command_exit status;
    const char *text;
};
const struct cli_table_status *cli_table_exit(size_t index);
