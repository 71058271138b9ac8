/* The copy of the database that a backup is made from, while the node goes on: a slice at each turn
 * of the loop. One at a time, as `DATABASE.copy`; who asked for it takes it away. */
#pragma once

#include "store/store.h"

struct copying;

enum copying_state { COPYING_NONE, COPYING_RUNNING, COPYING_WHOLE, COPYING_FAILED };

struct copying_view {
    enum copying_state state;
    uint64_t number;      /* of this copy, within this run of the node */
    const char *file;     /* lives as long as the copying */
    uint64_t done, total; /* pages */
    enum fault fault;     /* why it failed */
};

/* Removes what an earlier run may have left. NULL when the machine has no memory. */
struct copying *copying_open(struct store *store, const char *database);
/* Before the store's close. The copy is removed. */
void copying_close(struct copying *copying);

/* False while one is running: it is nobody's to break off but by copying_end. */
bool copying_begin(struct copying *copying);
/* Breaks off, and removes the copy. */
void copying_end(struct copying *copying);
void copying_look(const struct copying *copying, struct copying_view *out);

/* A slice of a few milliseconds, in no transaction. False: nothing is left to do. */
bool copying_run(struct copying *copying);
