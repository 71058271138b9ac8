/* The turns of a virtual world: whose is next, what the node makes of it, and where what leaves it
 * goes. And the insides of a world, for the files of this folder. */
#pragma once

#include "sim/annals.h"
#include "sim/deals.h"
#include "sim/network.h"
#include "sim/node.h"
#include "sim/twin.h"
#include "sim/wakes.h"
#include "sim/world.h"

struct world {
    uint8_t seed[ENTROPY_SEED_SIZE];
    struct world_settings settings; /* members and pairs are not kept */
    int64_t now;
    uint64_t groups, events, frames;
    struct node *nodes;
    struct node **by_id, **by_institution; /* ordered; lodgers have no id */
    uint64_t *marks;                       /* see chance.h */
    size_t count, id_count;
    size_t twins; /* behind the others in nodes, marks and busy */
    struct deals deals;
    struct arena *ground;          /* the catalogue */
    struct arena *table;           /* the group that is made just now */
    struct arena *scratch, *parse; /* of all its engines */
    struct catalogue *catalogue;
    const struct catalogue *believed[WORLD_CATALOGUES_MAX]; /* each version that a node reads */
    size_t believed_count;
    struct network network;
    struct wakes wakes;
    uint64_t wake_key;
    bool *busy; /* nodes that have work, by number */
    size_t busy_count;
    struct annals annals;
    struct world_event *submitted; /* told when its group is kept */
    world_tap *tap;
    void *tap_self;
    world_listener *listener;
    void *listener_self;
};

/* The node that serves this institution. */
struct node *turn_node(const struct world *world, size_t number);
/* The next event until then, and what comes of it; false: there is none. */
bool turn_next(struct world *world, int64_t until);
/* A group of one event; false: the node fell, or is down. */
bool turn_step(struct world *world, size_t number, struct event *event, const char *what,
               struct event_answer *answer);
/* The node came, went, or sleeps otherwise than before. */
void turn_note(struct world *world, const struct node *node);
/* At the world's time; both ends are the same unless it is told otherwise. */
void turn_tell(struct world *world, enum world_deed deed, size_t node, const char *why);
void turn_inject(struct world *world, const struct world_passing *passing);
