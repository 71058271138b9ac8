/* The node as a pure function: step(engine, event) -> outcome, in the store's open transaction.
 *
 * The shell: begin; step for each event that waits; step EVENT_SETTLED; commit; then let the
 * outcome's frames go. When a step or the commit gives a fault: rollback, let nothing go, close the
 * engine and open it again: all that it keeps in memory can be had again from the store and the
 * partners. */
#pragma once

#include "engine/event.h"

struct crumb;
struct engine;

/* One institution that this node speaks for. */
struct engine_institution {
    const char *schac;
};

enum { ENGINE_SCRATCH = 64 * 1024 * 1024 };

struct engine_settings {
    const char *node;                /* own node id in the catalogue */
    const uint8_t *transport_secret; /* X25519, 32 bytes; held by the caller */
    struct suite suite;
    struct store *store;
    const struct catalogue *catalogue; /* held by the caller while the engine is open */
    uint8_t run_id[16];
    struct arena *scratch, *parse; /* ENGINE_SCRATCH and MESSAGE_ARENA, of the caller, who may lend
                                    * them to many engines that step in turn; NULL: its own */
    struct crumb *crumb; /* outlives the process; held by the caller; NULL: there is none */
    struct instant now;
    int64_t idle_us; /* a session of ours ends after so much silence; 0: when its hour is over */
    uint8_t entropy[EVENT_ENTROPY_SIZE];
};

/* Reads what the store holds. `why` gets a sentence (static text) when the settings cannot be used:
 * node not in the catalogue, key unknown to it. Opens and ends a transaction of its own. */
enum fault engine_open(const struct engine_settings *settings, struct engine **out,
                       const char **why);
void engine_close(struct engine *engine);

enum fault engine_step(struct engine *engine, const struct event *event, struct outcome *outcome);

/* Bytes of its working memory that the last step took. */
size_t engine_memory(const struct engine *engine);

/* Something waits for a partner, for a guard or for the next step. Between groups. */
bool engine_busy(const struct engine *engine);

/* How it stands with one partner institution: facts for status, lists and metrics. */
struct engine_partner {
    uint32_t pair;
    const char *own, *partner, *node;
    bool dialled; /* our session to its node is reconciled */
    bool heard;   /* its session to us is live */
    bool guard_armed;
    const char *waits_for; /* sentence: what happens next, or who must act; as long as the engine */
    bool by_hand;          /* it runs no node: nothing is on its way, and nothing waits */
    uint64_t outbox, stuck;    /* records without a receipt; of these refused as they came */
    uint64_t in_flight;        /* of these under way in this session, */
    uint64_t in_flight_bytes;  /* and what they weigh */
    uint64_t ready, refused;   /* submissions that wait; that did not hold when their turn came */
    bool suspended;            /* by hand: nothing is sent */
    struct instant last_heard; /* zero: never since the start */
    struct instant next_try;
    uint32_t attempts;
    int64_t round_trip_us;      /* of the last ping; 0: none */
    struct instant since;       /* of what waits_for says: since then it is so, or silent */
    uint64_t catalogue_version; /* that its node said last; 0: not since the start */
};
/* False past the end. */
bool engine_partner(const struct engine *engine, size_t index, struct engine_partner *out);

/* What was counted since the start, by kind and by verdict; kinds beyond the last count as 0. */
enum { ENGINE_KINDS = 64 };
struct engine_tally {
    uint64_t said[ENGINE_KINDS], taken[ENGINE_KINDS];
    uint64_t frames_refused[VERDICT_COUNT], records_refused[VERDICT_COUNT];
};
const struct engine_tally *engine_tally(const struct engine *engine);

/* What was at hand when an earlier process of this node died; false past the end. */
struct engine_suspect {
    struct digest id;
    const char *from;  /* the node that sent it */
    const char *fatal; /* what of it: `its body` */
    uint64_t at;       /* seconds: the last time */
    bool aside;        /* it is neither read nor judged any more */
    bool kept;         /* then: it is held and refused; otherwise the partner keeps it, stuck */
    bool fresh;        /* it was the end of the last process */
};
bool engine_suspect(const struct engine *engine, size_t index, struct engine_suspect *out);

/* Between steps somebody looks into a record that came from there: should the process end over it,
 * the next one finds that. False: it is set aside, nobody looks. Afterwards: engine_unhand. */
bool engine_at_hand(const struct engine *engine, const char *from, const struct digest *id);
void engine_unhand(const struct engine *engine);

/* Counters by name since the start, for status and metrics; NULL past the end. */
struct engine_counter {
    const char *name;
    uint64_t value;
};
bool engine_counter(const struct engine *engine, size_t index, struct engine_counter *out);
