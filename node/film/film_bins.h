/* How busy each node was, and what befell it, in spans of time of one width: whatever the length of
 * a run, there are at most FILM_BINS of them. */
#pragma once

#include "sim/world.h"

enum { FILM_BINS = 240 };

enum film_mark {
    FILM_DOWN = 1,     /* for a part of the span at least */
    FILM_DIED = 2,     /* its process went otherwise than it was told */
    FILM_STOPPED = 4,  /* it was told to */
    FILM_RESTORED = 8, /* a backup took the place of what it held */
    FILM_CUT = 16,     /* from a partner at least */
    FILM_CLOCK = 32,   /* its clock was set */
    FILM_LOST = 64,    /* a frame of it got lost */
    FILM_REFUSED = 128 /* it refused a frame */
};

struct film_bin {
    uint32_t frames; /* that it sent or took */
    uint32_t marks;  /* of enum film_mark */
};

struct film_bins {
    struct film_bin *cells; /* node after node, FILM_BINS for each */
    bool *down;
    uint32_t *cuts; /* of each node: how many partners it is cut from now */
    size_t nodes;
    int64_t width_us, until_us;
};

/* False: no memory. */
bool film_bins_open(struct film_bins *bins, size_t nodes);
void film_bins_close(struct film_bins *bins);
/* us from the world's beginning, never less than before. */
void film_bins_take(struct film_bins *bins, const struct world_event *event, int64_t us);
/* What lasts goes on until then. */
void film_bins_until(struct film_bins *bins, int64_t us);
