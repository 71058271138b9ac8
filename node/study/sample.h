/* Values of which the exact percentiles are wanted: all of them are kept. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialised it is empty. */
struct sample {
    int64_t *values;
    size_t count, room;
    bool sorted;
};

/* False when the machine has no memory. */
bool sample_add(struct sample *sample, int64_t value);
void sample_free(struct sample *sample);

/* The nearest rank: the smallest value that at least so many permille of all are not above; 1000 is
 * the largest one. 0 of an empty sample. */
int64_t sample_rank(struct sample *sample, unsigned permille);
