/* Numbers as people write them, exactly: `0.5`, `15,71`, `-3`, `02`. There are no floats here. */
#pragma once

#include "base/arena.h"

enum { DECIMAL_PLACES_MAX = 6, DECIMAL_DIGITS_MAX = 12 };

/* In units of the last place: `5.5` with two places is 550. False when it is no number, has more
 * than DECIMAL_DIGITS_MAX digits before the point, or says something beyond the last place. */
bool decimal_read(struct bytes text, unsigned places, int64_t *units);

/* Back, without zeros at the end: 550 with two places is `5.5`. NULL when the arena is spent. */
const char *decimal_text(int64_t units, unsigned places, struct arena *arena);
