/* What happened, said to whoever follows the node: a row in the transaction of what it tells.
 *
 * A row holds codes and numbers; what a record says of a person is never in it. */
#pragma once

#include "engine/peer.h"

/* Stored as numbers: one that was used is never used for something else. */
enum feed_kind {
    FEED_NONE = 0,
    FEED_RECORD_WRITTEN = 1,     /* by us, sealed in the same commit */
    FEED_RECORD_RECEIVED = 2,    /* from the partner, receipted in the same commit */
    FEED_RECORD_DELIVERED = 3,   /* the partner's receipt has come */
    FEED_RECORD_STUCK = 4,       /* the partner could not take it; code says why */
    FEED_RECORD_REFUSED = 5,     /* the partner's broke a rule; code says which verdict */
    FEED_DOSSIER_CHANGED = 6,    /* from one state to another */
    FEED_SUBMISSION_WAITS = 7,   /* for the write guard */
    FEED_SUBMISSION_FAILED = 8,  /* its turn came and the dossier had moved on; code says why */
    FEED_RECORD_RESTORED = 9,    /* ours, lost here, came back from the partner */
    FEED_PARTNER_SUSPENDED = 10, /* by hand: nothing is sent to it */
    FEED_PARTNER_RESUMED = 11,
    FEED_DOSSIER_MARKED = 12, /* by hand, from one state to another: the partner runs no node */
    FEED_KIND_COUNT
};

enum {
    FEED_KEPT = 1000000,     /* events; older ones are forgotten */
    FEED_TRIM_EVERY = 10000, /* events between two looks */
};

struct feed_text {
    const char *code, *sentence;
};

/* NULL for a number that is no kind. */
const struct feed_text *feed_text(uint32_t kind);
/* FEED_NONE for a code that is none. */
enum feed_kind feed_find(struct bytes code);

/* Of one record of a pair; code 0: none. */
enum fault feed_record(struct step *step, enum feed_kind kind, uint32_t pair, int64_t serial,
                       uint32_t code);
/* serial: the record that brought the dossier there. */
enum fault feed_state(struct step *step, uint32_t pair, int64_t serial, uint32_t before,
                      uint32_t state);
/* At the end of a group. */
enum fault feed_settle(struct step *step);
