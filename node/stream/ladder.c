#include "stream/ladder.h"

#include <assert.h>

static const uint64_t width = 1u << LADDER_BITS;

uint64_t ladder_slot(uint32_t rung, uint64_t minute)
{
    assert(rung < LADDER_RUNGS);
    return minute >> (LADDER_BITS * rung);
}

size_t ladder_runs(uint64_t from, uint64_t to, struct ladder_run out[static LADDER_RUNS_MAX])
{
    assert(to <= INT64_MAX);
    size_t count = 0;
    for (uint32_t rung = 0; from < to; rung++) {
        uint64_t low = (from + width - 1) / width, high = to / width;
        if (rung == LADDER_RUNGS - 1 || low >= high) {
            out[count++] = (struct ladder_run) {rung, from, to};
            break;
        }
        if (from < low * width)
            out[count++] = (struct ladder_run) {rung, from, low * width};
        if (high * width < to)
            out[count++] = (struct ladder_run) {rung, high * width, to};
        from = low;
        to = high;
    }
    assert(count <= LADDER_RUNS_MAX);
    return count;
}
