/* The promise of a store: what was committed is there after any crash; what was not leaves no
 * trace.
 *
 * One port, kept by store_memory.c and store_sqlite.c and proved for both by tests/contract. All
 * calls stand between begin and commit or rollback, except those marked "any time" (they read the
 * last committed state, or inside a transaction its own). Results live in the arena that is passed.
 * A store is used by one thread. Nothing found is no fault: see each call. After a write that gave
 * a fault the transaction can only be rolled back: further writes and the commit give it too. An
 * arena that is spent is FAULT_MEMORY, and harms nothing. */
#pragma once

#include "base/fault.h"
#include "record/facts.h"
#include "stream/span.h"

enum {
    STORE_LANES = 2,
    STORE_NAME_MAX = 80,
    STORE_VALUE_MAX = 64 * 1024,
};

/* Names a dossier on this node. */
struct store_place {
    uint32_t pair;          /* (own institution, partner), see pair_open */
    bool opened_by_partner; /* two institutions may draw the same dossier name: these are two
                               dossiers */
    struct header_dossier dossier;
};

struct store_pair {
    uint32_t pair;
    const char *own, *partner; /* SCHAC */
};

enum store_flag {
    STORE_OURS = 1,            /* we are the author; otherwise the partner is */
    STORE_JUDGED = 2,          /* the rules were applied once, or it came back: never again */
    STORE_RECEIPTED = 4,       /* ours: a receipt has come. theirs: we gave one */
    STORE_RECOVERED = 8,       /* came back from the partner after a loss */
    STORE_NOT_UNDERSTOOD = 16, /* unknown schema or critical extension */
    STORE_ASIDE = 32,          /* it kept ending this node: nobody looks into its body any more */
};

struct store_record {
    int64_t serial; /* local number, ascending in the order of arrival; set by record_put */
    struct store_place place;
    uint32_t lane, index;
    struct digest id;
    uint64_t issued_at; /* minutes */
    uint32_t kind;
    uint32_t flags;                  /* STORE_... */
    struct bytes header, salt, body; /* salt and body empty: withheld or erased */
    int64_t seal;                    /* number from seal_put */
    uint32_t seal_index;
    struct bytes seal_path; /* n times 32; empty where the seal row has all leaves */
};

/* A seal or a receipt: packed Signed, and its tree's leaves in order (n times 32; empty: unknown).
 */
struct store_signed {
    int64_t number;
    uint32_t pair;
    struct bytes wire;
    struct bytes leaves;
};

struct store_receipt_link {
    int64_t receipt; /* number from receipt_put; 0: none */
    uint32_t index;
};

struct store_outbox_row {
    int64_t serial, seal;
    uint32_t code;  /* 0, or the verdict's number that made it stuck */
    uint64_t since; /* seconds: when it was queued */
};

/* What the fold said, for lists. One row for each dossier, replaced at each change. */
struct store_dossier {
    struct store_place place;
    uint32_t state;     /* enum dossier_state */
    int64_t revision;   /* serial of the nomination or amendment in force; 0: none */
    int64_t transcript; /* serial of the newest credit record; 0: none */
    uint32_t lengths[STORE_LANES];
    uint32_t incomplete, not_understood;
    bool forked[STORE_LANES];
    uint64_t changed_at; /* seconds */
    struct facts facts;  /* of a mobility, for reports */
};

/* A page of dossiers in ascending (pair, opened_by_partner, dossier). */
struct store_dossier_query {
    uint32_t pair;                   /* 0: all */
    uint64_t states;                 /* bit n: those in state n; 0: all */
    int opened_by_partner;           /* -1: both */
    const struct store_place *after; /* NULL: from the start */
    size_t max;
};

struct store_ready {
    int64_t number;
    uint32_t pair;
    uint32_t code;     /* 0: waiting; else why it was refused when its turn came */
    struct bytes wire; /* packed Submission */
};

/* A nomination that was imported and not yet sent. */
struct store_draft {
    int64_t number;
    uint32_t pair;
    struct digest row; /* natural key: the same row again is the same draft */
    struct bytes body; /* packed Nomination */
    uint64_t changed_at;
    bool sent;                     /* kept so that the same row is known again */
    struct header_dossier dossier; /* once sent */
};

/* Something that happened to a pair's records, told to whoever follows the feed. Codes and ids
 * only, never what a record says. */
struct store_event {
    int64_t cursor; /* set by event_put: ascending, never given twice */
    uint64_t at;    /* seconds */
    uint32_t kind;  /* enum feed_kind */
    uint32_t pair;
    int64_t serial;         /* of the record that it tells of; 0: of none */
    uint32_t before, state; /* enum dossier_state: of a change from one to the other */
    uint32_t code;          /* 0, or a verdict's number */

    /* Read from the record, by event_list only. */
    struct store_place place;
    uint32_t lane, index, record_kind;
};

/* A small value, by its name. */
struct store_value {
    const char *name;
    struct bytes value;
};

/* The answer that was given to an idempotency key. */
struct store_request {
    bool found;
    struct digest content; /* of what was asked, to refuse another content under the same key */
    struct bytes answer;
};

struct store {
    size_t undone; /* how often what a transaction had said was taken back */

    /* One transaction at a time; nothing else may fail because of a rollback. A commit that gives a
     * fault has rolled back. */
    enum fault (*begin)(struct store *);
    enum fault (*commit)(struct store *);
    void (*rollback)(struct store *);
    bool (*inside)(const struct store *); /* a transaction is open */
    void (*close)(struct store *);

    /* --- pairs ------------------------------------------------------------------------------ */
    /* Finds or makes; numbers count from 1 and are never used again. */
    enum fault (*pair_open)(struct store *, const char *own, const char *partner, uint32_t *pair);
    enum fault (*pair_list)(struct store *, struct arena *, struct store_pair **, size_t *count);

    /* --- records ---------------------------------------------------------------------------- */
    /* Sets record->serial. The pair's summary follows in the same transaction. The caller has seen
     * by record_find that this (place, lane, index, id) is not here (a bug otherwise); another id
     * at the same index is a fork and is kept. */
    enum fault (*record_put)(struct store *, struct store_record *record);
    /* *serial 0: not here. Any time. */
    enum fault (*record_find)(struct store *, const struct store_place *, uint32_t lane,
                              uint32_t index, const struct digest *id, int64_t *serial);
    /* NULL: no such serial. Any time. */
    enum fault (*record_get)(struct store *, int64_t serial, struct arena *,
                             struct store_record **);
    /* All records of a dossier, ordered by (lane, index, id). with_bodies false: salt and body are
     * empty. Any time. */
    enum fault (*record_list)(struct store *, const struct store_place *, bool with_bodies,
                              struct arena *, struct store_record **, size_t *count);
    /* In order of serial, for audits and exports: those above `after`, at most max. Any time. */
    enum fault (*record_scan)(struct store *, int64_t after, size_t max, struct arena *,
                              struct store_record **, size_t *count);
    /* Not STORE_OURS and not STORE_RECEIPTED; the record is here (a bug otherwise). */
    enum fault (*record_flag)(struct store *, int64_t serial, uint32_t set, uint32_t clear);
    /* A withheld body that came back; only where there is none. */
    enum fault (*record_fill)(struct store *, int64_t serial, struct bytes salt, struct bytes body);

    /* --- seals and receipts ------------------------------------------------------------------- */
    enum fault (*seal_put)(struct store *, struct store_signed *seal); /* sets number */
    enum fault (*seal_get)(struct store *, int64_t number, struct arena *,
                           struct store_signed **); /* NULL: none; any time */
    /* After sealing: own records are put first with seal 0, then named here. Sealed again:
     * replaced. */
    enum fault (*record_sealed)(struct store *, int64_t serial, int64_t seal, uint32_t index);
    enum fault (*receipt_put)(struct store *, struct store_signed *receipt); /* sets number */
    enum fault (*receipt_get)(struct store *, int64_t number, struct arena *,
                              struct store_signed **); /* NULL: none; any time */
    /* Once for each record (a bug otherwise); sets STORE_RECEIPTED in effect: the flag is derived.
     */
    enum fault (*receipt_link)(struct store *, int64_t serial, struct store_receipt_link link);
    enum fault (*receipt_of)(struct store *, int64_t serial,
                             struct store_receipt_link *); /* any time */

    /* --- the stream -----------------------------------------------------------------------------
     */
    /* All records of a pair by us (ours) or by the partner, kept incrementally: O(1), any time.
     * unreceipted: ours: rows in the outbox; theirs: records without a receipt link. */
    enum fault (*summary)(struct store *, uint32_t pair, bool ours, struct summary *,
                          uint64_t *unreceipted);
    /* Over from <= (issued_at, id) < to. Any time. */
    enum fault (*span_sum)(struct store *, uint32_t pair, bool ours, struct span_point from,
                           struct span_point to, struct summary *);
    /* Ascending. serials: of the same records; NULL: not wanted. Any time. */
    enum fault (*span_list)(struct store *, uint32_t pair, bool ours, struct span_point from,
                            struct span_point to, struct span_point *out, int64_t *serials,
                            size_t max, size_t *count);
    /* *serial 0: not here. Reads through the point's minute: not for many. Any time. */
    enum fault (*span_find)(struct store *, uint32_t pair, bool ours,
                            const struct span_point *point, int64_t *serial);

    /* --- the outbox: own records without a receipt, in order of serial -------------------------
     */
    /* Replaces a row of the same serial. */
    enum fault (*outbox_put)(struct store *, uint32_t pair, const struct store_outbox_row *row);
    /* Those above `after`, at most max; rows with a code are left out unless `stuck`. Any time. */
    enum fault (*outbox_next)(struct store *, uint32_t pair, int64_t after, bool stuck, size_t max,
                              struct arena *, struct store_outbox_row **, size_t *count);
    enum fault (*outbox_remove)(struct store *, uint32_t pair, int64_t serial); /* absent: fine */
    enum fault (*outbox_code)(struct store *, uint32_t pair, int64_t serial, uint32_t code);

    /* --- dossiers
     * --------------------------------------------------------------------------------- */
    enum fault (*dossier_put)(struct store *, const struct store_dossier *); /* replaces */
    enum fault (*dossier_get)(struct store *, const struct store_place *, bool *found,
                              struct store_dossier *); /* any time */
    enum fault (*dossier_list)(struct store *, const struct store_dossier_query *, struct arena *,
                               struct store_dossier **, size_t *count); /* any time */

    /* --- what waits for the write guard ----------------------------------------------------------
     */
    enum fault (*ready_put)(struct store *, struct store_ready *); /* sets number */
    enum fault (*ready_list)(struct store *, uint32_t pair, int64_t after, size_t max,
                             struct arena *, struct store_ready **,
                             size_t *count); /* any time; pair 0: all */
    enum fault (*ready_remove)(struct store *, int64_t number);
    enum fault (*ready_code)(struct store *, int64_t number, uint32_t code);

    /* --- drafts
     * -------------------------------------------------------------------------------------- */
    /* Finds by (pair, row): *draft NULL when absent. Any time. */
    enum fault (*draft_find)(struct store *, uint32_t pair, const struct digest *row,
                             struct arena *, struct store_draft **);
    enum fault (*draft_put)(struct store *,
                            struct store_draft *); /* number 0: new, else replaces */
    enum fault (*draft_list)(struct store *, bool sent, int64_t after, size_t max, struct arena *,
                             struct store_draft **, size_t *count); /* any time */
    enum fault (*draft_remove)(struct store *, int64_t number);

    /* --- idempotency keys and small values
     * --------------------------------------------------------- */
    enum fault (*request_get)(struct store *, const struct digest *key, struct arena *,
                              struct store_request *); /* any time */
    enum fault (*request_put)(struct store *, const struct digest *key,
                              const struct store_request *);
    /* Counters of the gate, catalogue version, run ids: name at most STORE_NAME_MAX. Absent: size
     * 0. */
    enum fault (*value_get)(struct store *, const char *name, struct arena *,
                            struct bytes *); /* any time */
    enum fault (*value_put)(struct store *, const char *name, struct bytes value);
    enum fault (*value_remove)(struct store *, const char *name); /* absent: fine */
    /* Ascending by the bytes of the names, those that begin with prefix (not empty) and are above
     * `after` (NULL: from the first), at most max. Any time. */
    enum fault (*value_list)(struct store *, const char *prefix, const char *after, size_t max,
                             struct arena *, struct store_value **, size_t *count);

    /* --- the feed: what happened, in the order of happening -------------------------------------
     */
    enum fault (*event_put)(struct store *, struct store_event *event); /* sets cursor */
    /* In order of cursor: those above `after`, at most max. Any time. */
    enum fault (*event_list)(struct store *, int64_t after, size_t max, struct arena *,
                             struct store_event **, size_t *count);
    /* As event_list, but places have the pair alone; event_place fills in what the record says. */
    enum fault (*event_scan)(struct store *, int64_t after, size_t max, struct arena *,
                             struct store_event **, size_t *count);
    enum fault (*event_place)(struct store *, struct arena *, struct store_event *event);
    /* The cursors that are there now; both 0: none. Without a gap between them. Any time. */
    enum fault (*event_bounds)(struct store *, int64_t *oldest, int64_t *newest);
    /* Leaves the newest `keep`, at least one: the numbers go on from it. */
    enum fault (*event_trim)(struct store *, size_t keep);
};
