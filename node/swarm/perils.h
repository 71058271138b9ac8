/* The classes of faults that a drawn world may know: a row for each. */
#pragma once

#include "swarm/dice.h"
#include "swarm/draw.h"
#include "swarm/lines.h"

/* What a class draws from, and where its lines go. */
struct peril {
    const struct draw_world *world;
    struct dice *dice;
    struct lines *lines;
    struct lines *after; /* at 0: as soon as everything healed */
    struct lines *last;  /* at 0: when all was looked at, and binds nobody any more */
};

struct perils_class {
    const char *name;  /* and the label of its stream */
    uint32_t permille; /* of the seeds that have it */
    bool early;        /* its lines stand before the nodes are named */
    void (*draw)(const struct peril *peril);
};

/* NULL past the end. */
const struct perils_class *perils_class(size_t number);

/* ---- what several of them draw ---- */

enum { PERILS_TIMES_MAX = 6 }; /* of most faults in one world */

const char *perils_node(const struct peril *peril);
int64_t perils_time(const struct peril *peril);
/* From a time on, for so long; at the latest all ends with the healing. */
int64_t perils_later(const struct peril *peril, int64_t at_ms);

struct perils_two {
    const char *one, *other;
};
struct perils_two perils_two(const struct peril *peril);
