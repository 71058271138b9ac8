/* Sums over time at several widths, so that a long span costs about as much as a short one.
 *
 * Rung r counts in slots of 64^r minutes. A store keeps one summary for each slot in use on each
 * rung; a range of minutes is then a few runs of slots, wide ones in the middle, narrow ones at its
 * ends. */
#pragma once

#include "base/bytes.h"

enum {
    LADDER_RUNGS = 5,
    LADDER_BITS = 6,
    LADDER_RUNS_MAX = 2 * LADDER_RUNGS - 1,
};

/* Slots first <= slot < end of one rung. */
struct ladder_run {
    uint32_t rung;
    uint64_t first, end;
};

/* The slot of a minute. */
uint64_t ladder_slot(uint32_t rung, uint64_t minute);

/* Cuts from <= minute < to into runs that cover it exactly and do not overlap; returns how many. to
 * is at most INT64_MAX. */
size_t ladder_runs(uint64_t from, uint64_t to, struct ladder_run out[static LADDER_RUNS_MAX]);
