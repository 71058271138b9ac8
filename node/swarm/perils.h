/* The classes of faults that a drawn world may know: a row for each. */
#pragma once

#include "swarm/dice.h"
#include "swarm/draw.h"
#include "swarm/lines.h"

struct perils_class {
    const char *name;  /* and the label of its stream */
    uint32_t permille; /* of the seeds that have it */
    bool early;        /* its lines stand before the nodes are named */
    void (*draw)(const struct draw_world *world, struct dice *dice, struct lines *lines);
};

/* NULL past the end. */
const struct perils_class *perils_class(size_t number);
