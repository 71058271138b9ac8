#include "study/sample.h"

#include <assert.h>
#include <stdlib.h>

enum { ROOM_FIRST = 1024, PERMILLE = 1000 };

bool sample_add(struct sample *sample, int64_t value)
{
    if (sample->count == sample->room) {
        size_t room = sample->room ? 2 * sample->room : ROOM_FIRST;
        int64_t *values = realloc(sample->values, room * sizeof *values);
        if (!values)
            return false;
        sample->values = values;
        sample->room = room;
    }
    sample->values[sample->count++] = value;
    sample->sorted = false;
    return true;
}

void sample_free(struct sample *sample)
{
    free(sample->values);
    *sample = (struct sample) {0};
}

static int ascending(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

int64_t sample_rank(struct sample *sample, unsigned permille)
{
    assert(permille >= 1 && permille <= PERMILLE);
    if (sample->count == 0)
        return 0;
    if (!sample->sorted)
        qsort(sample->values, sample->count, sizeof *sample->values, ascending);
    sample->sorted = true;
    size_t rank = (sample->count * permille + PERMILLE - 1) / PERMILLE;
    return sample->values[rank - 1];
}
