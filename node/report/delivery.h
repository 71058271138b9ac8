/* Where a record is on its way: said once for lists, records and the outbox. */
#pragma once

#include "store/store.h"

enum delivery_state {
    DELIVERY_READY,     /* ours, without an index yet: the write guard is armed */
    DELIVERY_QUEUED,    /* ours, durable, and no receipt has come */
    DELIVERY_STUCK,     /* ours, refused as it came: a person must act */
    DELIVERY_DELIVERED, /* ours, and the partner's receipt is here */
    DELIVERY_RECEIVED,  /* theirs */
    DELIVERY_BY_HAND,   /* ours, and the partner runs no node: it goes by e-mail */
    DELIVERY_STATE_COUNT
};

struct delivery {
    enum delivery_state state;
    uint32_t code;  /* of what is stuck: the verdict's number */
    uint64_t since; /* seconds; 0: not in the outbox */
    struct store_receipt_link receipt;
};

/* Of a record that is in the store. */
enum fault delivery_of(struct store *store, const struct store_record *record, struct arena *arena,
                       struct delivery *out);

/* When the receipt was made, in seconds; 0 without a receipt. FAULT_CORRUPT when it cannot be read.
 */
enum fault delivery_receipted_at(struct store *store, const struct delivery *delivery,
                                 struct arena *arena, uint64_t *seconds);

/* `queued`, ... for programs, and a sentence that says who must act. */
const char *delivery_code(enum delivery_state state);
const char *delivery_sentence(enum delivery_state state);
