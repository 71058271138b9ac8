/* Records that people submitted: which of them wait for a receipt, and, at the end, where they are.
 *
 * Kept by way (from an author's node to its audience's), so that a receipt asks for those that it
 * could be for and no others. */
#pragma once

#include "study/gauge.h"

struct awaited_way {
    uint64_t key;         /* node and partner; 0: free */
    uint32_t first, last; /* of the records that wait, from 1; 0: none */
    uint32_t pair;        /* at the audience; 0: not yet asked for */
};

/* Zero-initialised it is empty. */
struct awaited {
    struct gauge_record *records;
    size_t count, room;
    struct awaited_way *ways; /* open addressing; a power of two */
    size_t way_count, way_room;
};

/* False when the machine has no memory. */
bool awaited_add(struct awaited *awaited, const struct gauge_record *record);
void awaited_free(struct awaited *awaited);

/* A receipt came to this node from this partner: what else waits for one stays. */
struct awaited_look {
    struct world *world;
    struct arena *arena; /* given back as it was */
    size_t node, partner;
    int64_t at; /* when the receipt came */
    gauge_receipted *receipted;
    void *self;
};
void awaited_look(struct awaited *awaited, const struct awaited_look *look);

/* Each record is looked for at its author and at its audience. */
struct awaited_audit {
    uint64_t lost;           /* never receipted, and not at its author */
    uint64_t lost_receipted; /* receipted, and not at both */
};
void awaited_audit(struct awaited *awaited, const struct world *world, struct arena *arena,
                   struct awaited_audit *out);
