/* Seals and receipts as a stranger verifies them: from the store's bytes and the catalogue. */
#pragma once

#include "sim/world.h"

struct witness_case {
    const struct world *world;
    struct store *store;
    struct arena *arena;
    const struct store_record *record;
    size_t author, audience; /* nodes */
};

/* NULL, or the first thing that does not hold (static text). */
const char *witness_seal(const struct witness_case *subject);
/* A record without a receipt has nothing that could be wrong. */
const char *witness_receipt(const struct witness_case *subject);
