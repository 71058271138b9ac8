/* Lists of words in one text, divided by blanks, and words that are nearly another. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The word stands in the list; an empty word stands in none, and a NULL list is empty. */
bool words_hold(const char *list, const char *word);

/* How many letters must be put in, taken out, changed or swapped with their neighbour; SIZE_MAX
 * where one of them is longer than WORDS_APART_MAX. */
enum { WORDS_APART_MAX = 64 };
size_t words_apart(const char *left, size_t left_size, const char *right, size_t right_size);
