/* One record for the second reading, from the bytes of its header. */
#pragma once

#include "seal/digest.h"

#include <stdint.h>

/* A record, as its header says it. */
struct said {
    struct digest id, previous, seen, target, supersedes;
    bool has_previous, has_seen, critical;
    uint64_t lane, index, seen_index, kind, schema, outcome, change;
    bool is_void;      /* a refusal names it */
    uint32_t question; /* of a revision that took effect: the question that it belongs to; or 0 */
};

bool refold_said_read(struct bytes header, struct said *out);
