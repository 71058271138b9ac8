/* A virtual world: real nodes' logic, real bytes, real stores in memory; time and network are made
 * up.
 *
 * Virtual time in microseconds, one queue ordered by (time, tie-break salted by the seed, serial).
 * The same seed and the same calls give the same sentences. */
#pragma once

#include "engine/engine.h"
#include "sim/hazard.h"

enum { WORLD_NODES_MAX = 16384, WORLD_CATALOGUES_MAX = 64 };

struct world;

/* Institutions named by SCHAC; node i serves institution i under the id `node.<schac>`. Keys come
 * from the seed. 2 <= count <= WORLD_NODES_MAX. NULL when memory is refused. */
struct world *world_open(uint64_t seed, const char *const *institutions, size_t count);

/* An institution that is not alone on its node, or whose node cannot be dialled. One that lodges
 * has no node of its own: wherever a node is named by its number, its host's is meant. */
struct world_member {
    const char *institution;
    const char *host; /* an institution before it in the list; NULL: it does not lodge */
    bool calls_out;   /* nobody can dial its node: it has no endpoint in the catalogue */
};
/* NULL also when a host is not there. */
struct world *world_open_members(uint64_t seed, const struct world_member *members, size_t count);

/* What a world is made of. */
struct world_pair {
    uint32_t one, other; /* members */
};
struct world_settings {
    uint64_t seed;
    const struct world_member *members;
    size_t count;                   /* 2 .. WORLD_NODES_MAX */
    const struct world_pair *pairs; /* who deals with whom; NULL: everyone with everyone */
    size_t pair_count;
    bool model;      /* signatures and key agreement are a model: fast, worth nothing outside */
    int64_t idle_us; /* sessions end after so much silence; 0: when their hour is over */
    bool on_disk;    /* stores are real SQLite on made-up disks, one for each node */
};
struct world *world_open_settings(const struct world_settings *settings);
void world_close(struct world *world);

struct instant world_now(const struct world *world);
/* When it began: every world begins at the same instant. */
struct instant world_beginning(void);

/* ---- what a network does, to every frame sent from now on ---- */

struct world_network {
    int64_t delay_us, jitter_us; /* one way */
    uint32_t loss_permille, duplicate_permille;
    uint32_t reorder_permille; /* frames that may overtake others of their connection */
    uint32_t tail_permille;    /* frames that take so much longer, and hold up those behind them */
    int64_t tail_us;
};
void world_network(struct world *world, struct world_network network);
/* No frame passes between the two, in either direction, until it is mended. */
void world_cut(struct world *world, size_t one, size_t other, bool cut);
/* What befalls some ways until everything is healed. It is copied; where institutions share a node,
 * whoever lodges stands where its host stands. */
void world_hazard(struct world *world, const struct hazard *hazard);
/* The network is as it was at the beginning, without cuts and hazards; what is held up arrives
 * within its ordinary delay. */
void world_heal(struct world *world);
/* Called for each frame that leaves, before the network's own faults; may drop it (false) or change
 * it in place. NULL: none. */
struct world_passing {
    size_t from, to;
    bool dialled;     /* on a connection that `from` dialled */
    const char *what; /* see outcome_frame */
    uint8_t *wire;
    size_t size;
};
typedef bool world_tap(void *self, struct world *world, const struct world_passing *passing);
void world_tap_set(struct world *world, world_tap *tap, void *self);
/* The connection of this frame breaks: what is under way on it, there and back, never arrives. */
void world_break(struct world *world, const struct world_passing *passing);
/* Puts a frame before a node as if it had come over the network from another: replay and forgery.
 */
void world_inject(struct world *world, const struct world_passing *passing);

/* ---- what happens to a node ---- */

/* At once: the process dies, what was in flight in it is gone, the store keeps what was committed.
 */
void world_stop(struct world *world, size_t node);
/* By loss of power: on a disk, what was not synced is gone but for single sectors that the dice let
 * stay (0: none does). */
void world_power_cut(struct world *world, size_t node, uint64_t dice);
/* Each commit takes so long from now on: so much later what it lets go leaves the node. */
void world_slow(struct world *world, size_t node, int64_t commit_us);
/* The node's disk; NULL: its store is in memory. */
struct disk;
struct disk *world_disk(const struct world *world, size_t node);
/* False: it cannot be opened, and stays down. */
bool world_start(struct world *world, size_t node);
bool world_up(const struct world *world, size_t node);

enum world_fall {
    WORLD_CRASH_BEFORE_COMMIT,
    WORLD_CRASH_AFTER_COMMIT, /* and before any frame leaves */
    WORLD_COMMIT_FAILS,       /* the disk refuses: rolled back, the engine is opened again */
};
/* At the node's next group with a frame of this name in it, or `submission`; NULL: not any more. */
void world_fall(struct world *world, size_t node, enum world_fall fall, const char *what);
/* The same at the end of so many more groups, whatever is in them; 0: not any more. */
void world_fall_in(struct world *world, size_t node, enum world_fall fall, uint64_t groups);
/* A backup, and going back to it (the node is stopped; start it afterwards). */
void world_backup(struct world *world, size_t node);
void world_restore(struct world *world, size_t node);
/* The same under a name, so that there can be several. False: there is none of this name. */
void world_backup_as(struct world *world, size_t node, const char *name);
bool world_restore_as(struct world *world, size_t node, const char *name);
/* From its next start on the node reads this catalogue and holds these signing keys; both are the
 * caller's, and outlive the world. NULL: it goes on with what it had. */
struct world_trust {
    const struct catalogue *catalogue;
    const struct suite_keys *keys;
};
void world_trusts(struct world *world, size_t node, struct world_trust trust);
/* From its next start on the node has this store, the caller's to open and to close; for a stopped
 * node. After a fault it stays down: the caller sees to the store and starts it. */
void world_house(struct world *world, size_t node, struct store *store);
/* The node's clock shows the world's time plus this. */
void world_clock(struct world *world, size_t node, int64_t offset_us);
/* From now on it gains so much in each day; below zero it loses. Less than a day. */
void world_clock_rate(struct world *world, size_t node, int64_t gains_us);

/* ---- what people do ---- */

/* Verdict internal when the node fell over it: the user has no answer. */
struct event_answer world_submit(struct world *world, size_t node,
                                 const struct event_submission *submission);
void world_ping(struct world *world, size_t node, size_t other);
/* A hand on the node's stream to a partner. */
struct event_answer world_order(struct world *world, size_t node, const struct event_order *order);

/* ---- running ---- */

void world_run(struct world *world, int64_t for_us);
/* Until nothing but timers is left and no node has work: true; at most so long. */
bool world_settle(struct world *world, int64_t at_most_us);
/* Groups made so far, over all nodes: what the world's idleness costs. */
uint64_t world_groups(const struct world *world);
/* Frames that arrived, wakes and submissions so far. */
uint64_t world_events(const struct world *world);

/* ---- looking ---- */

size_t world_count(const struct world *world);
struct store *world_store(const struct world *world, size_t node);
struct engine *world_engine(const struct world *world, size_t node); /* NULL: not up */
const struct catalogue *world_catalogue(const struct world *world);
/* The one that this node reads. */
const struct catalogue *world_catalogue_at(const struct world *world, size_t node);
/* The one of this version, if a node ever read it; NULL: none did. */
const struct catalogue *world_catalogue_of(const struct world *world, uint64_t version);
const char *world_institution(const struct world *world, size_t node);
/* Their nodes know each other; nobody deals with itself. */
bool world_deals(const struct world *world, size_t one, size_t other);
/* The number of an institution; false: none has this name. */
bool world_find(const struct world *world, const char *institution, size_t *node);
struct suite world_suite(const struct world *world, size_t node);
/* Called for each sentence that a node says, after the commit. */
typedef void world_listener(void *self, struct instant at, size_t node,
                            const struct trace_sentence *sentence);
void world_listen(struct world *world, world_listener *listener, void *self);

/* ---- watching ---- */

enum world_deed {
    WORLD_LEFT,      /* a frame */
    WORLD_ARRIVED,   /* before a node that is up */
    WORLD_LOST,      /* it will not arrive, or this copy of it */
    WORLD_SAID,      /* a sentence, after the commit */
    WORLD_STARTED,   /* what: NULL */
    WORLD_STOPPED,   /* its process is gone */
    WORLD_BACKED_UP, /* what it holds was put aside */
    WORLD_RESTORED,  /* what was put aside is what it holds */
    WORLD_CUT,
    WORLD_MENDED,
    WORLD_SUBMITTED, /* and committed, or refused; before the frames that leave because of it */
    WORLD_CLOCK,     /* set; what: NULL */
    WORLD_DEEDS
};
/* What a node did over one frame; of a store on a disk and of real signatures nothing is known. */
struct world_work {
    uint64_t writes;   /* rows put, written over or removed */
    uint64_t verified; /* signatures that it looked at */
    size_t memory;     /* bytes of its working memory */
    bool changed;      /* its store holds something else; of some frames only */
};
struct world_event {
    enum world_deed deed;
    struct instant at;
    size_t node, other; /* a frame: from, to; a cut: its two ends; otherwise other is node */
    const char *what;   /* a frame: see outcome_frame; otherwise what was done, or NULL */
    /* lost: `loss`, `cut`, `half-open`, `broken`, `tap`, `down`, `restarted`; stopped: `told`,
     * `before commit`, `after commit`, `fault`; otherwise NULL */
    const char *why;
    uint64_t frame; /* numbered from 1 as they leave; an arrival names the departure; 0: injected */
    size_t size;
    bool dialled;                          /* a frame: on a connection that its sender dialled */
    bool refused;                          /* arrived: the node refused it */
    struct world_work work;                /* likewise, over it */
    const struct trace_sentence *sentence; /* said */
    const struct event_submission *submission; /* submitted */
    const struct event_answer *answer;         /* likewise; verdict internal: it fell over it */
};
/* Everything that happens, in order: for drawings, measures and oracles. The event and all that it
 * points to are there during the call only, but for what and why (static text). The watcher may
 * look at the world and not touch it. At most four; they do not see the beginning. */
typedef void world_watcher(void *self, const struct world_event *event);
void world_watch(struct world *world, world_watcher *watcher, void *self);
/* Over all events so far, the beginning and the bytes of all frames included: the same seed and the
 * same calls give the same hash, whoever compiled it. */
void world_hash(const struct world *world, struct digest *out);
