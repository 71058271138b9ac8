/* The ways between nodes, each in one direction: made when something first goes along it, so that a
 * world pays for the partners that its nodes have and not for all that they could have. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the network's dice decide. */
enum ways_purpose {
    WAYS_LOSS,
    WAYS_DUPLICATE,
    WAYS_JITTER,
    WAYS_REORDER,
    WAYS_TAIL,
    WAYS_PURPOSES
};

struct ways_way {
    uint32_t from, to;
    bool cut;
    int64_t newest[2];             /* due time on each connection; 1: the one that `from` dialled */
    uint64_t draws[WAYS_PURPOSES]; /* made so far */
};

struct ways {
    struct ways_way **slots; /* open addressing; a power of two */
    size_t count, room;
};

/* The way, made when there was none; stays where it is until ways_free. */
struct ways_way *ways_at(struct ways *ways, size_t from, size_t to);
/* NULL: nothing ever went along it. */
const struct ways_way *ways_find(const struct ways *ways, size_t from, size_t to);
/* None is cut, and nothing under way holds up what comes behind it. */
void ways_mend(struct ways *ways);
void ways_free(struct ways *ways);
