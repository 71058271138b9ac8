/* A stranger's reading of one store: from its bytes and the catalogue's keys alone, with a parser,
 * a tree and ladders of its own, so that it shares no mistake with the code that wrote it. */
#pragma once

#include "sim/ledger.h"
#include "sim/world.h"

/* Each record of this node's store: its id, place and commitment, its seal, and its receipt where
 * it has one. The ledger knows when records were taken; without one (NULL) their receipts say it.
 * NULL, or the first thing that does not hold (a sentence in the arena). */
const char *reread_store(const struct world *world, size_t node, const struct ledger *ledger,
                         struct arena *arena);
