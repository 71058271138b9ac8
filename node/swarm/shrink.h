/* A failing story made small: lines, nodes, names and times go, as long as what is left fails in
 * the same way. Every candidate is a whole replay, so that what is handed back was seen to fail. */
#pragma once

#include "base/bytes.h"

/* Plays a text. *wrong: what did not hold, as `struct story` says it, malloc; NULL: all held.
 * False: no memory. */
typedef bool shrink_player(void *self, struct bytes text, char **wrong);

/* story_play, here and now. apart_play does it in a process of its own. */
bool shrink_plays(void *self, struct bytes text, char **wrong);

enum { SHRINK_REPLAYS = 1000, SHRINK_SECONDS = 300 };

struct shrink_progress {
    size_t replays, replays_max;
    size_t lines_before, lines;
    const char *deed; /* what is tried: `fewer lines` */
};
/* False: it ends with what it has. */
typedef bool shrink_teller(void *self, const struct shrink_progress *progress);

struct shrink_settings {
    size_t replays_max;   /* 0: SHRINK_REPLAYS */
    unsigned seconds_max; /* 0: SHRINK_SECONDS */
    shrink_player *play;  /* NULL: shrink_plays */
    void *play_self;
    shrink_teller *tell; /* NULL: nobody is told */
    void *tell_self;
    const char *origin; /* the command that shows it as it was found; NULL: not said */
};

struct shrunk {
    char *text;  /* a story with its header; malloc */
    char *wrong; /* how it fails; malloc */
    size_t replays, lines_before, lines;
    bool finished; /* nothing was left to try; otherwise it was ended before */
};

enum shrink_result {
    SHRINK_SHRUNK,
    SHRINK_HOLDS,  /* the story does not fail: nothing is made */
    SHRINK_UNTOLD, /* it cannot be told: `wrong` alone says why */
    SHRINK_NO_MEMORY,
};
enum shrink_result shrink_story(struct bytes text, const struct shrink_settings *settings,
                                struct shrunk *out);
void shrink_free(struct shrunk *shrunk);
