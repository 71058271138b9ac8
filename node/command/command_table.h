/* The table of all commands, and what is read off it: lookup, help, manual page, completion. */
#pragma once

#include "command/command_noun.h"

enum { COMMAND_TABLE_WORD = 32 };

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

/* A flag whose argument is written `one|two|three` takes these words only: that text, else NULL. */
const char *command_table_words(const struct command_flag *flag);
/* What stands for its value in help: WORD where it takes words. */
const char *command_table_placeholder(const struct command_flag *flag);
bool command_table_has_word(const char *words, const char *word);
/* The nearest of them; "" and 0 where none comes near. */
size_t command_table_near_of(const char *words, const char *typed,
                             char out[static COMMAND_TABLE_WORD]);

/* What was probably meant; NULL when nothing comes near. noun NULL: a noun is looked for. */
const char *command_table_near_word(const char *noun, const char *typed);
const char *command_table_near_flag(const struct command_row *row, const char *typed,
                                    size_t length);

/* `one, two or three`: the words that a flag takes. */
void command_table_say_words(FILE *to, const struct command_flag *flag);
/* The title of a group of nouns. */
const char *command_table_group(enum command_group group);
/* What the exit statuses mean, in their order; NULL past the end. */
struct command_table_status {
    enum command_exit status;
    const char *text;
};
const struct command_table_status *command_table_exit(size_t index);
