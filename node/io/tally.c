#include "io/tally.h"

/* From a fast disk and an idle node to what an administrator would call at night for. */
static const struct tally nothing = {
    .commits.bounds = {250, 500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 125000, 500000,
                       2000000},
    .events.bounds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048},
    .turns.bounds = {500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 125000, 250000, 1000000,
                     5000000},
};

void tally_start(struct tally *tally)
{
    *tally = nothing;
}

void tally_add(struct tally_spread *spread, int64_t value)
{
    spread->count++;
    spread->sum += value;
    for (size_t i = 0; i < TALLY_BOUNDS; i++) {
        if (value <= spread->bounds[i]) {
            spread->within[i]++;
            return;
        }
    }
}
