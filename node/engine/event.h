/* What can happen to a node, and what comes of it: values only. */
#pragma once

#include "base/trace.h"
#include "rules/rules.h"
#include "store/store.h"
#include "trust/catalogue.h"

enum { EVENT_ENTROPY_SIZE = 32, EVENT_ROUTE_MAX = 64 };

enum event_kind {
    EVENT_WOKE,      /* time has come: see outcome.wake */
    EVENT_RECEIVED,  /* a frame */
    EVENT_SUBMITTED, /* a user's record */
    EVENT_SETTLED,   /* no more events wait: seal, receipt and send before the commit */
    EVENT_PING,      /* ask a partner's node for a sign of life */
    EVENT_ORDERED,   /* what is done about our stream to a partner by hand */
    EVENT_KIND_COUNT
};

/* Where a frame came from or goes to: a node that we dial, or the way back of a connection. */
struct event_way {
    const char *node;   /* dialled: the node's id; NULL: answer along route */
    struct bytes route; /* at most EVENT_ROUTE_MAX bytes, opaque to the core */
};

struct event_frame {
    struct event_way way;
    struct bytes wire;
};

/* A record that a user wants said. */
struct event_submission {
    const char *own, *partner; /* SCHAC */
    uint32_t kind;             /* Peregrin__Kind */
    bool opens;                /* a new dossier; otherwise the next two name one */
    bool opened_by_partner;
    struct header_dossier dossier;
    struct bytes target;  /* 32 bytes; empty: what is in force of what this kind is about */
    struct bytes body;    /* packed body of the kind */
    struct bytes request; /* idempotency key, 1 to 128 bytes; empty: none */
    bool found; /* the dossier was looked up for who asked to open one: no part of what was asked */
    bool over_quota; /* an acceptance that is wanted though no place is left */
};

/* A person's hand on our stream to a partner. */
enum event_order_kind {
    EVENT_SUSPEND, /* nothing more is sent until it is resumed; what comes is taken as ever */
    EVENT_RESUME,
    EVENT_RETRY, /* what the partner or its turn refused is tried again */
    EVENT_DROP,  /* a submission that was refused at its turn is given up */
};

enum { EVENT_REASON_MAX = 200 };

struct event_order {
    enum event_order_kind what;
    const char *own, *partner;            /* SCHAC */
    const char *reason;                   /* suspend: at most EVENT_REASON_MAX bytes; NULL: none */
    const struct header_dossier *dossier; /* retry: only of this name; NULL: of all */
    int64_t number;                       /* drop: of the submission */
};

struct event {
    enum event_kind kind;
    struct instant now;
    uint8_t entropy[EVENT_ENTROPY_SIZE]; /* fresh for each event */
    union {
        struct event_frame received;
        struct event_submission submitted;
        const char *ping_node;
        struct event_order ordered;
    };
};

/* What a submission or an order got. Durable once the group is committed. */
struct event_answer {
    enum verdict verdict;
    size_t moved; /* of an order: how many things are otherwise than before; 0: it was so already */
    struct rules_finding finding; /* when not fine */
    struct store_place place;
    uint32_t lane, index; /* without meaning while ready */
    struct digest id;     /* likewise */
    int64_t serial;       /* likewise; 0 where it is repeated */
    bool ready;           /* kept, waits for the write guard */
    bool repeated;        /* the same key, or the same words as stand: nothing was done */
};

struct outcome_frame {
    struct event_way way;
    const char *what; /* static: `opening`, `deliver`, ...; for drawings and for the simulator */
    struct bytes wire;
    struct outcome_frame *next;
};

/* Of one group of steps. Frames and sentences are let go only after the commit; all of it lives in
 * the group's arena. */
struct outcome {
    struct arena *arena;
    struct outcome_frame *first, *last;
    struct trace trace;
    struct event_answer answer; /* of the last EVENT_SUBMITTED or EVENT_ORDERED */
    struct instant wake;        /* call EVENT_WOKE then, at the latest */
    size_t told;                /* events that the feed got */
};
