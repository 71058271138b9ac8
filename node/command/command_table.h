/* The table of all commands, and what is read off it: lookup, help, manual page, completion. */
#pragma once

#include "command/command_noun.h"

/* NULL past the end; rows of all nouns in their order. */
const struct command_noun *command_table_noun(size_t index);
const struct command_row *command_table_row(size_t index);

/* The row of a command; NULL when there is none. verb NULL: the noun alone. */
const struct command_row *command_table_find(const char *noun, const char *verb);
bool command_table_is_noun(const char *noun);
/* What was probably meant; NULL when nothing comes near. noun NULL: a noun is looked for. */
const char *command_table_near_word(const char *noun, const char *typed);
/* The title of a group of nouns. */
const char *command_table_group(enum command_group group);
/* What the exit statuses mean, in their order; NULL past the end. */
struct command_table_status {
    enum command_exit status;
    const char *text;
};
const struct command_table_status *command_table_exit(size_t index);
