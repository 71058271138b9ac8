/* The oracle: reads a node's store again, with nothing of the engine's memory, and says the first
 * thing that does not hold. */
#pragma once

#include "record/dossier.h"
#include "sim/world.h"

/* Each gives NULL, or a sentence in the arena. */

/* One store by itself: ids, headers, commitments, seals, receipts, sums, dossier rows; each record
 * once, and no record refused twice. */
const char *checks_store(const struct world *world, size_t node, struct arena *arena);
/* Two stores: each holds of their streams what the other holds, all of it receipted, nothing in an
 * outbox, and both fold their dossiers to the same state. */
const char *checks_same(const struct world *world, size_t one, size_t other, struct arena *arena);

/* The fold of a dossier, from its records. count: how many there are. */
bool checks_fold(struct store *store, const struct store_place *place, struct arena *arena,
                 struct dossier *out, size_t *count);
/* The number of the pair (node's institution, partner's); 0: none. */
uint32_t checks_pair(const struct world *world, size_t node, size_t partner, struct arena *arena);
/* All records of a pair, in order of arrival. */
bool checks_records(struct store *store, uint32_t pair, struct arena *arena,
                    struct store_record ***out, size_t *count);
