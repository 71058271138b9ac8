/* Who sleeps until when: a heap of nodes, ordered by (time, tie, node). Each is in it once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wakes_sleeper {
    int64_t at;
    uint64_t tie;
    uint32_t node;
};

struct wakes {
    struct wakes_sleeper *heap;
    uint32_t *places; /* of each node in the heap, from 1; 0: it is not in it */
    size_t count;
};

/* For nodes 0 .. room - 1. False when memory is refused. */
bool wakes_open(struct wakes *wakes, size_t room);
void wakes_close(struct wakes *wakes);
/* INT64_MAX: it is not woken. */
void wakes_set(struct wakes *wakes, size_t node, int64_t at, uint64_t tie);
/* Who is woken first; NULL: nobody is. */
const struct wakes_sleeper *wakes_first(const struct wakes *wakes);
