/* Stories: events at virtual times in readable lines, then a line `--`, then every sentence that
 * the nodes say, in order. The lines that can be told stand in the table of story_table.c. */
#pragma once

#include "sim/world.h"

struct story {
    char *said;         /* what the nodes said: the lower half; malloc */
    char *wrong;        /* `line 7: ...`, or NULL: all that was expected held; malloc */
    size_t size;        /* of said */
    struct digest hash; /* of all that happened: the same text, the same hash */
    uint64_t events;    /* see world_events */
    int64_t virtual_us; /* how long it was in the world */
};
/* Who watches the world of a story from its beginning on. begun: once, when there is a world and
 * before anything else; ended: before the world goes. Each of them may be NULL. */
struct story_watch {
    world_watcher *watcher;
    void (*begun)(void *self, struct world *world);
    void (*ended)(void *self, struct world *world);
    /* For each dossier, before the end: what the story calls it, and what the nodes do. */
    void (*named)(void *self, const char *name, const struct header_dossier *id);
    void *self;
};

/* Plays the upper half of a text. False when the machine has no memory. */
bool story_play(struct bytes text, struct story *out);
/* The same, watched; watch may be NULL. */
bool story_play_watched(struct bytes text, const struct story_watch *watch, struct story *out);
void story_free(struct story *story);

/* What is wrong with a story is a line that is none, and not something that does not hold. */
bool story_untold(const char *wrong);

/* A text whose lines may end in CR LF, with lines that end in LF. False: the arena is spent. */
bool story_plain(struct bytes text, struct arena *arena, struct bytes *out);
/* The two halves of a text: views of it. The lower one is empty where there is no `--`. */
void story_halves(struct bytes text, struct bytes *upper, struct bytes *lower);
/* The first line in which a lower half differs from what was said; room is for its sentence. False:
 * they are the same. */
bool story_differs(const struct story *story, struct bytes lower, char *out, size_t room);

/* A pattern of the table and what it means, for documentation; NULL past the end. */
const char *story_pattern(size_t row);
