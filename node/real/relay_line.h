/* One connection through the relay: two ends, a way in each direction, and what is done to the
 * frames on them. */
#pragma once

#include "real/relay_draw.h"
#include "real/relay_frame.h"

#include <stdatomic.h>

enum { RELAY_LINE_KEPT = 32 };

/* The frames of one node in one direction, over all of its connections: counted, and the last ones
 * kept, for replays. */
struct relay_book {
    uint64_t way, number;
    struct bytes kept[RELAY_LINE_KEPT]; /* owned; the frame of number n at n modulo the size */
};

/* What holds for all lines. */
struct relay_deal {
    uint64_t seed;
    _Atomic uint32_t set; /* faults that are drawn now; none: everything passes at once */
    _Atomic uint64_t frames, counts[REAL_FAULT_RELAY_COUNT];
};

struct relay_item;

struct relay_way {
    struct relay_book *book;
    struct relay_frame in;
    struct relay_item *first, **last; /* in order; what is due leaves */
    struct relay_item *aside;         /* held until the next frame has passed */
    int64_t hole_until;               /* swallows everything until then */
    struct relay_frame out;           /* as a buffer of bytes only */
};

struct relay_line {
    int ends[2];              /* 0: who dialled; 1: the node */
    struct relay_way ways[2]; /* 0: from who dialled to the node */
    bool over, reset;         /* to be closed */
};

/* Takes both descriptors over. `books`: of the node's two directions. */
void relay_line_open(struct relay_line *line, const int ends[2], struct relay_book *books);
void relay_line_close(struct relay_line *line);

/* The end has something to read. */
void relay_line_read(struct relay_line *line, size_t end, struct relay_deal *deal, int64_t now_ms);
/* Sends what is due and has room. */
void relay_line_pump(struct relay_line *line, const struct relay_deal *deal, int64_t now_ms);
/* When something is due next; INT64_MAX: nothing waits. */
int64_t relay_line_due(const struct relay_line *line);
/* Something is left for this end that it has not taken. */
bool relay_line_blocked(const struct relay_line *line, size_t end);
