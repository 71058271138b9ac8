/* What the daemon counts of its own work since the start, for metrics and readiness. */
#pragma once

#include "base/fault.h"
#include "base/instant.h"

#include <stddef.h>
#include <stdint.h>

enum { TALLY_BOUNDS = 12 };

/* How the values of one kind are spread: how many were at most each of a few bounds. */
struct tally_spread {
    int64_t bounds[TALLY_BOUNDS];  /* ascending, in the values' unit */
    uint64_t within[TALLY_BOUNDS]; /* how many were at most the bound, and above the one before */
    uint64_t count;
    int64_t sum;
};

struct tally {
    uint64_t groups, faults;     /* groups that were committed, and that failed */
    enum fault fault;            /* the last one */
    struct instant fault_at;     /* zero: none yet */
    struct tally_spread commits; /* microseconds that a commit took */
    struct tally_spread events;  /* how many events shared one */
    struct tally_spread turns;   /* microseconds that a turn of the loop took: what came waited */
};

void tally_start(struct tally *tally);
void tally_add(struct tally_spread *spread, int64_t value);
