/* Two scenarios over the same seeds: each measure of one against the other's. */
#pragma once

#include "study/measure.h"
#include "study/paired.h"

struct contrast {
    size_t seeds;
    struct paired of[MEASURE_COUNT];
};

/* one[i] and other[i] were run with the same seed; count from 1, no more than CONTRAST_SEEDS_MAX.
 */
enum { CONTRAST_SEEDS_MAX = 1000 };
void contrast_make(const struct measures *one, const struct measures *other, size_t count,
                   struct contrast *out);
