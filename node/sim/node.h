/* One node of a virtual world: the shell's part, made up. It opens and closes the engine, groups
 * events into commits, and falls where it is told to. */
#pragma once

#include "sim/ceremony.h"
#include "sim/drift.h"
#include "sim/housing.h"
#include "sim/model.h"
#include "sim/vault.h"
#include "sim/view.h"
#include "sim/world.h"

/* Where a node's sentences and frames go after a commit. */
struct node_outlet {
    void *self;
    void (*sentence)(void *self, size_t node, const struct trace_sentence *sentence);
    void (*frame)(void *self, size_t node, const struct outcome_frame *frame);
    /* The group is kept, and nothing of it has left yet. */
    void (*kept)(void *self, size_t node);
    void (*stopped)(void *self, size_t node, const char *why);
    void (*started)(void *self, size_t node);
};

/* Its dice: the same seed gives the same entropy for each event. */
struct node_dice {
    uint8_t seed[ENTROPY_SEED_SIZE];
    uint64_t events; /* the key of their stream, see chance.h */
    uint64_t count;
};

enum { NODE_INSTITUTIONS_MAX = 8, NODE_TRANSPORTS_MAX = 4 };

struct node {
    size_t number;
    struct node
        *host; /* itself, unless its institution lodges: then it has keys and nothing else */
    const struct node *twin_of; /* NULL: it is no second one; see twin.h */
    char id[80];
    struct ceremony_keys keys;
    struct suite_key signs[NODE_INSTITUTIONS_MAX];
    struct suite_keys suite_keys;
    struct key transports[NODE_TRANSPORTS_MAX]; /* that came after the first; the newest last */
    size_t transport_count;
    bool models;        /* its suite is the model's */
    struct model model; /* of suite_keys */
    struct node_dice dice;
    const struct catalogue *catalogue; /* as the federation has it */
    const char **deals;                /* ids of the nodes in its view, itself among them */
    size_t deal_count;                 /* 0: it has no view, and reads the whole */
    struct view *view;                 /* since its last start; NULL: none */
    struct arena *scratch, *parse;     /* the world's */
    struct housing home;
    struct store *store; /* of its home, or another's; NULL: it cannot be opened */
    struct vault vault;
    bool housed;           /* the store is another's, who starts the node again after a fault */
    struct engine *engine; /* NULL: it is down */
    struct drift clock;
    int64_t idle_us;      /* see engine_settings */
    int64_t wake;         /* world's time */
    uint32_t faults;      /* since its last commit */
    int64_t recovers;     /* world's time: then it tries to start again; 0: it does not */
    int64_t slow_us;      /* its disk takes so long for a commit: so much later its frames leave */
    uint64_t process;     /* counts the starts */
    const char *falls_at; /* NULL: it does not */
    uint64_t falls_in;    /* at the end of so many more groups; 0: it does not */
    enum world_fall fall;
};

/* Of whom, and in what world. */
struct node_birth {
    const uint8_t *seed; /* ENTROPY_SEED_SIZE bytes */
    size_t number;
    const char *institution;
    bool model, on_disk;
    struct arena *scratch, *parse; /* of the world, or NULL */
};
/* False when memory is refused. */
bool node_make(struct node *node, const struct node_birth *birth);
/* The same without a node of its own. False when the host is full. */
bool node_lodge(struct node *node, const struct node_birth *birth, struct node *host);
/* It holds one more key; the secret is the caller's and outlives it. False: it holds too many. */
bool node_signs_also(struct node *node, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                     const uint8_t *secret);
bool node_dials_also(struct node *node, const uint8_t seed[static SEAL_SEED_SIZE],
                     uint8_t public_key[static SEAL_PUBLIC_SIZE]);
/* What it signs with now, real or of the model. */
struct suite node_suite(struct node *node);
/* From its next start on it sees these nodes only. False when memory is refused. */
bool node_deals_with(struct node *node, const char *const *ids, size_t count);
void node_free(struct node *node);

bool node_start(struct node *node, int64_t now);
/* After a fault, when its pause is over. False: it failed again, and pauses longer. */
bool node_recover(struct node *node, int64_t now);
/* Its process is gone. */
void node_stop(struct node *node);
/* Its machine has no power any more; dice: see disk_cut. */
void node_cut(struct node *node, uint64_t dice);
/* Goes on with this store, which it takes over. Of a node that is down. */
void node_moves(struct node *node, struct housing home);

/* A group: begin, steps, settled, commit; then what leaves. */
struct node_group {
    struct node *node;
    int64_t now;
    struct outcome outcome;
    enum fault fault;
    bool falls; /* what the node falls at was in it */
};
/* Frames that the node refused since it started. */
uint64_t node_refused(const struct node *node);
/* What it did since it was made; memory: in its last step. */
struct world_work node_work(const struct node *node);
/* Over all that its store holds; false: it is not in memory. */
bool node_holds(const struct node *node, struct digest *out);
/* The arena is reset. */
void node_group_begin(struct node_group *group, struct node *node, struct arena *arena,
                      int64_t now);
void node_group_step(struct node_group *group, struct event *event, const char *what);
/* False: the node fell, and nothing of the group was let go. */
bool node_group_end(struct node_group *group, const struct node_outlet *outlet);
