/* The table of all commands, and what is read off it: lookup, help, manual page, completion. */
#pragma once

#include "command/command_noun.h"

/* NULL past the end; rows of all nouns in their order. */
const struct command_noun *command_table_noun(size_t index);
const struct command_row *command_table_row(size_t index);
const struct command_flag *command_table_common(size_t index);

/* The row of a command; NULL when there is none. verb NULL: the noun alone. */
const struct command_row *command_table_find(const char *noun, const char *verb);
bool command_table_is_noun(const char *noun);
/* A flag of the row or a common one, by name (length without dashes and value) or letter. row may
 * be NULL. */
const struct command_flag *command_table_flag(const struct command_row *row, const char *name,
                                              size_t length);
const struct command_flag *command_table_letter(const struct command_row *row, char letter);

/* What was probably meant; NULL when nothing comes near. noun NULL: a noun is looked for. */
const char *command_table_near_word(const char *noun, const char *typed);
const char *command_table_near_flag(const struct command_row *row, const char *typed,
                                    size_t length);
