/* The world of a year: a node for each institution, and whom each deals with. */
#pragma once

#include "flow/flow.h"
#include "sim/world.h"
#include "study/scenario.h"

struct venue {
    const struct flow_network *network;
    const struct scenario_choice *choice;
    uint64_t seed;
    bool real, on_disk; /* see year_settings */
};

/* Node i is that of institution i. NULL: no memory. */
struct world *venue_open(const struct venue *venue, struct arena *arena);
/* What the network of this scenario does to every frame. */
void venue_network(struct world *world, const struct scenario_choice *choice);
