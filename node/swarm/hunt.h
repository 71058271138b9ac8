/* The state of a search for a smaller story: the best one so far, and whether another one fails in
 * the same way. */
#pragma once

#include "swarm/cut.h"
#include "swarm/likeness.h"
#include "swarm/shrink.h"

#include <time.h>

struct hunt {
    const struct shrink_settings *settings;
    struct arena *arena;
    struct cut best;  /* its last line is the one that fails, where that is known */
    bool line_known;  /* the failure names its line, and that is the last one */
    const char *kind; /* see likeness_kind */
    struct likeness_open open;
    uint64_t *tried; /* digests of texts, an open table */
    size_t tried_room;
    size_t replays, replays_max, lines_before;
    time_t end; /* of CLOCK_MONOTONIC, seconds */
    const char *deed;
    unsigned seeds;     /* a candidate that does not fail is tried under so many other seeds, too */
    bool over, refused; /* nothing more is tried; because there is no memory */
};

enum hunt_begun { HUNT_FAILS, HUNT_HOLDS, HUNT_UNTOLD, HUNT_NO_MEMORY };
/* Of a text that cannot be told: *untold says why, malloc; otherwise NULL. */
enum hunt_begun hunt_begin(struct hunt *hunt, struct bytes text,
                           const struct shrink_settings *settings, struct arena *arena,
                           char **untold);
void hunt_end(struct hunt *hunt);

/* Plays a candidate (lines NULL: memory was refused), unless it was tried before. True: it fails in
 * the same way, and is now the best. */
bool hunt_try(struct hunt *hunt, struct cut candidate);
/* The best one with another word in one line. */
bool hunt_word(struct hunt *hunt, size_t line, size_t word, const char *other);
/* One replay, whatever was tried. */
bool hunt_play(struct hunt *hunt, struct bytes text, char **wrong);
