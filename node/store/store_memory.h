/* The store of the simulator and of most tests: the same promise, kept in memory with an undo log.
 */
#pragma once

#include "store/store.h"

/* NULL when the machine has no memory. */
struct store *store_memory_open(void);

/* What a backup taken now would hold: an independent copy of the last committed state. */
struct store *store_memory_copy(const struct store *store);

/* For whoever proves a node. Rows put, written over or removed since it was opened, what was taken
 * back included; and a digest over all that it holds now. */
uint64_t store_memory_writes(const struct store *store);
void store_memory_digest(const struct store *store, struct digest *out);
