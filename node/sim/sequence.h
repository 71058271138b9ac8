/* The places of records in their lanes, at who wrote them and at who took them. */
#pragma once

#include "sim/ledger.h"

/* Each gives NULL, or a sentence in the arena. */

/* Between two of whom neither was ever restored each lane arrived in its order: what comes back
 * comes as it can. clocks: one was set. */
const char *sequence_ordered(const struct world *world, const struct ledger *ledger, bool clocks,
                             struct arena *arena);
/* Nobody wrote two records for one place. */
const char *sequence_single(const struct world *world, const struct ledger *ledger,
                            struct arena *arena);
