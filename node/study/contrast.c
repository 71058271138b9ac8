#include "study/contrast.h"

#include <assert.h>

void contrast_make(const struct measures *one, const struct measures *other, size_t count,
                   struct contrast *out)
{
    double left[CONTRAST_SEEDS_MAX], right[CONTRAST_SEEDS_MAX];
    assert(count >= 1 && count <= CONTRAST_SEEDS_MAX);
    out->seeds = count;
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        for (size_t i = 0; i < count; i++) {
            left[i] = one[i].values[m];
            right[i] = other[i].values[m];
        }
        out->of[m] = paired_compare(left, right, count);
    }
}
