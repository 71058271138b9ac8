/* A seed becomes a story: a world, what its people do, what befalls it, and then that it heals and
 * comes to rest within a bound, with everything as it must be.
 *
 * Each class of faults draws from a stream of its own: whether it is on, how hard, and its lines.
 * Switched off, all other lines stay as they are. */
#pragma once

#include "base/arena.h"

#include <stdint.h>

/* Who plays, and who knows whom: what the classes draw from. */
enum { DRAW_NODES_MAX = 12, DRAW_DOSSIERS_MAX = 64 };

struct draw_dossier {
    char name[24];
    size_t home, host; /* of the names */
    int64_t from_ms;   /* it is nominated then */
};

struct draw_world {
    uint64_t seed;
    bool tiny;
    const char *names[DRAW_NODES_MAX];
    size_t count;
    size_t crook; /* who would be one */
    struct draw_dossier dossiers[DRAW_DOSSIERS_MAX];
    size_t dossier_count;
    int64_t chaos_ms; /* how long faults last */
};

/* Of that seed, without lines. */
void draw_world(uint64_t seed, struct draw_world *out);

/* The text of a story. `without`: a bit for each class that is switched off, whatever the seed
 * says. NULL when the arena is spent. */
char *draw_story(uint64_t seed, uint64_t without, struct arena *arena);

/* The classes of faults by number; NULL past the end. */
const char *draw_class(size_t number);
/* Whether the seed has it. */
bool draw_has(uint64_t seed, size_t number);
