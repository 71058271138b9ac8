/* Words as people write them, made comparable: without case, accents, blanks and signs. */
#pragma once

#include "base/arena.h"

/* Small letters and digits only: `Prénom(s)` is `prenoms`, `Ł` is `l`. NULL when the arena is spent
 * or it is no UTF-8. */
const char *sheet_fold(struct bytes text, struct arena *arena);

/* How many letters must be put in, taken out or changed (Levenshtein); texts of more than
 * SHEET_FOLD_APART_MAX letters are SIZE_MAX apart. */
enum { SHEET_FOLD_APART_MAX = 64 };
size_t sheet_fold_apart(const char *left, const char *right);

/* Whether the word stands in a list whose words are divided by blanks. */
bool sheet_fold_in(const char *words, const char *word);
