/* Pairs drawn at random so that each institution has the number of partners that it should have. */
#pragma once

#include "flow/flow.h"

struct flow_wire_pair {
    uint32_t one, other; /* one < other */
};

struct flow_wire {
    struct flow_wire_pair *pairs; /* each once, sorted */
    size_t count;
};

struct flow_wire_plan {
    const struct flow_institution *institutions; /* their countries are looked at */
    const uint32_t *degrees;                     /* partners wanted, each less than count */
    uint32_t count;
    uint64_t seed;
};

/* No pair stands within one country. Where the degrees wanted cannot all be had, some institutions
 * get fewer. FAULT_MEMORY when the arena is spent. */
enum fault flow_wire(const struct flow_wire_plan *plan, struct arena *arena, struct flow_wire *out);
