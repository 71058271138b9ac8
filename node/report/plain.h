/* What people write, made comparable: without case, accents and signs. */
#pragma once

#include "base/arena.h"

/* Small letters and digits only: `Prénom(s)` is `prenoms`, `Ł` is `l`. NULL when the arena is spent
 * or it is no UTF-8. */
const char *plain_word(struct bytes text, struct arena *arena);
/* The same with one blank between words: `Dupuis-Lemaître` is `dupuis lemaitre`. */
const char *plain_words(struct bytes text, struct arena *arena);
/* The same in small letters, all else kept: accents, signs, blanks. */
const char *plain_small(struct bytes text, struct arena *arena);
