/* Lists of numbers as a row keeps them: decimal, a blank behind each. Text, so that the rows can be
 * read, and made by plain SQL when an older database is brought up to date. */
#pragma once

#include "base/bytes.h"

enum { DATABASE_TEXT_NUMBER = 21 }; /* the most that one number takes, with its blank */

/* Writes at `at`, where DATABASE_TEXT_NUMBER bytes are free; returns what follows. */
char *database_text_put(char *at, uint64_t number);

/* Takes the first number off the text; false: there is none, or something else stands there. */
bool database_text_take(struct bytes *text, uint64_t *number);
