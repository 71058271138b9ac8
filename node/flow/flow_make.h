/* A network like the real one, for those who have no data: degrees, sizes and countries drawn after
 * what is published of the Erasmus year 2013/14. */
#pragma once

#include "flow/flow.h"

/* The network that was published. */
enum {
    FLOW_MAKE_PUBLISHED = 2574,
    FLOW_MAKE_PUBLISHED_LINKS = 77077,
    FLOW_MAKE_PUBLISHED_STUDENTS = 207790,
    FLOW_MAKE_LEAST = 2,
    FLOW_MAKE_MOST = 10000,
};

/* `count` institutions, FLOW_MAKE_LEAST to FLOW_MAKE_MOST. With FLOW_MAKE_PUBLISHED its statistics
 * are near the published ones; with others the shape of the degrees is kept, as far as so few have
 * room for it. FAULT_MEMORY when the arena is spent. */
enum fault flow_make(uint32_t count, uint64_t seed, struct arena *arena, struct flow_network *out);
