/* What is to be said of each mobility, in the order of the calendar, and what it waits for: a node
 * that is down, or a record of the other side that has not come. */
#pragma once

#include "flow/flow_year.h"
#include "study/clerk.h"

enum agenda_side { AGENDA_HOME, AGENDA_HOST };

struct agenda_mobility {
    struct clerk_mobility names;
    uint32_t first, last; /* of the deeds that wait, from 1; 0: none */
    uint32_t beside;      /* the next that waits for the same node, from 1 */
    uint32_t unseen[2];   /* records of each side that have no receipt */
    bool ended;           /* one was refused: nothing follows */
    bool listed;          /* among those that wait for a node, or are ready */
};

struct agenda {
    const struct flow_year *year;
    struct agenda_mobility *mobilities;
    size_t count;
    uint32_t *behind;  /* of each deed: the one of the same mobility behind it, from 1 */
    uint32_t *waiting; /* of each node: the first mobility that waits for it, from 1 */
    size_t nodes;
    uint32_t ready; /* the first that may go on, from 1; joined by `beside` */
    uint64_t waits; /* deeds */
};

/* All in the arena. False: it is spent, or the year is not of this network. */
bool agenda_open(struct agenda *agenda, const struct flow_network *network,
                 const struct flow_year *year, struct arena *arena);

struct agenda_mobility *agenda_of(struct agenda *agenda, uint32_t number);
enum agenda_side agenda_side(enum flow_kind kind);

/* A deed of the year has come: behind those of its mobility that wait. */
void agenda_add(struct agenda *agenda, size_t deed);
/* The deed that is next; NULL: none. */
const struct flow_deed *agenda_next(const struct agenda *agenda, const struct agenda_mobility *);
void agenda_done(struct agenda *agenda, struct agenda_mobility *mobility);

/* It goes on when this node is up. */
void agenda_wait_node(struct agenda *agenda, struct agenda_mobility *mobility, uint32_t node);
/* It may go on. */
void agenda_wake(struct agenda *agenda, struct agenda_mobility *mobility);
void agenda_wake_node(struct agenda *agenda, uint32_t node);
/* One that may go on, and it is no longer listed; NULL: none. */
struct agenda_mobility *agenda_take_ready(struct agenda *agenda);
