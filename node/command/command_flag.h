/* The flags of commands: those of a row and the common ones, and the words that a flag takes. */
#pragma once

#include "command/command_work.h"

enum { COMMAND_FLAG_WORD = 32 };

const struct command_flag *command_flag_common(size_t index); /* NULL past the end */

/* A flag of the row or a common one, by name (length without dashes and value) or letter. row may
 * be NULL. */
const struct command_flag *command_flag_find(const struct command_row *row, const char *name,
                                             size_t length);
const struct command_flag *command_flag_letter(const struct command_row *row, char letter);

/* A flag whose argument is written `one|two|three` takes these words only: that text, else NULL. */
const char *command_flag_words(const struct command_flag *flag);
/* What stands for its value in help: WORD where it takes words. */
const char *command_flag_placeholder(const struct command_flag *flag);
bool command_flag_has_word(const char *words, const char *word);
/* The nearest of them; "" and 0 where none comes near. */
size_t command_flag_near_word(const char *words, const char *typed,
                              char out[static COMMAND_FLAG_WORD]);

/* What was probably meant; NULL when nothing comes near. */
const char *command_flag_near(const struct command_row *row, const char *typed, size_t length);

/* `one, two or three`: the words that a flag takes. */
void command_flag_say_words(FILE *to, const struct command_flag *flag);
