/* Rare paths that each night must have been on, seen from outside: by what nodes say and answer, by
 * what happens to frames and processes, by what the stores hold in the end. */
#pragma once

#include "sim/world.h"

enum { PROBE_MAX = 64 };

struct probe_way;

/* One world, watched. Zero-initialised it has seen nothing. */
struct probe {
    uint64_t visited; /* a bit for each row */
    struct world *world;
    struct probe_way *ways; /* [from][to] */
    bool *restored;         /* nodes */
};

/* A story's watch: handed on as they are, self is the probe. */
void probe_begin(void *self, struct world *world);
void probe_note(void *self, const struct world_event *event);
void probe_end(void *self, struct world *world);

/* `session replaced`; NULL past the end. */
const char *probe_name(size_t row);
