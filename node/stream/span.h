/* Ranges of a stream in the order (issued_at, id), and how a difference is narrowed down.
 *
 * Pure: the caller gives what it holds through span_source; nothing is remembered between rounds.
 */
#pragma once

#include "base/arena.h"
#include "base/fault.h"
#include "stream/summary.h"

struct span_point {
    uint64_t minute;
    struct digest id;
};

/* Half open: from <= x < to. */
struct span {
    struct span_point from, to;
    struct summary held; /* what the speaker holds in it */
};

enum { SPAN_LIST_MAX = 128, SPAN_FANOUT = 16 };

/* Asks the store; faults are handed on. */
struct span_source {
    void *self;
    enum fault (*sum)(void *self, struct span_point from, struct span_point to,
                      struct summary *out);
    /* Ascending; at most max; *count tells how many were written. */
    enum fault (*list)(void *self, struct span_point from, struct span_point to,
                       struct span_point *out, size_t max, size_t *count);
};

/* The whole stream: from zero to the largest point. */
struct span span_whole(void);
int span_point_compare(const struct span_point *left, const struct span_point *right);

/* Splits into at most SPAN_FANOUT pieces by time, and inside one minute by id, each with the
 * speaker's summary. Pieces cover the whole and do not overlap. At least two unless the span has
 * one point. */
enum fault span_split(const struct span *whole, const struct span_source *source,
                      struct span out[static SPAN_FANOUT], size_t *count);

/* A range as a store sums it: whole minutes first <= m < end, and before and after them a part of
 * one minute each, in which points are looked at one by one (from and to equal: nothing). */
struct span_part {
    struct span_point from, to;
};
struct span_cut {
    struct span_part head, tail;
    uint64_t first_minute, end_minute;
};
struct span_cut span_cut(struct span_point from, struct span_point to);

/* Two ascending lists of the same span: what only the left and only the right has. The arrays have
 * room for left_count and right_count. */
struct span_difference {
    struct span_point *only_left, *only_right;
    size_t left_count, right_count;
};
struct span_list {
    const struct span_point *points;
    size_t count;
};
void span_compare(struct span_list left, struct span_list right, struct span_difference *out);
