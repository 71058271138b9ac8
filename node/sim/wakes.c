#include "sim/wakes.h"

#include <assert.h>
#include <stdlib.h>

bool wakes_open(struct wakes *wakes, size_t room)
{
    *wakes = (struct wakes) {
        .heap = calloc(room, sizeof *wakes->heap),
        .places = calloc(room, sizeof *wakes->places),
    };
    return wakes->heap && wakes->places;
}

void wakes_close(struct wakes *wakes)
{
    free(wakes->heap);
    free(wakes->places);
}

static bool sooner(const struct wakes_sleeper *left, const struct wakes_sleeper *right)
{
    if (left->at != right->at)
        return left->at < right->at;
    return left->tie != right->tie ? left->tie < right->tie : left->node < right->node;
}

static void put(struct wakes *wakes, size_t at, struct wakes_sleeper sleeper)
{
    wakes->heap[at] = sleeper;
    wakes->places[sleeper.node] = (uint32_t)at + 1;
}

static void rise(struct wakes *wakes, size_t at)
{
    struct wakes_sleeper sleeper = wakes->heap[at];
    for (; at > 0 && sooner(&sleeper, &wakes->heap[(at - 1) / 2]); at = (at - 1) / 2)
        put(wakes, at, wakes->heap[(at - 1) / 2]);
    put(wakes, at, sleeper);
}

static void sink(struct wakes *wakes, size_t at)
{
    struct wakes_sleeper sleeper = wakes->heap[at];
    for (size_t child; (child = 2 * at + 1) < wakes->count; at = child) {
        if (child + 1 < wakes->count && sooner(&wakes->heap[child + 1], &wakes->heap[child]))
            child++;
        if (!sooner(&wakes->heap[child], &sleeper))
            break;
        put(wakes, at, wakes->heap[child]);
    }
    put(wakes, at, sleeper);
}

static void take_out(struct wakes *wakes, size_t at)
{
    wakes->places[wakes->heap[at].node] = 0;
    struct wakes_sleeper last = wakes->heap[--wakes->count];
    if (at == wakes->count)
        return;
    put(wakes, at, last);
    rise(wakes, at);
    sink(wakes, wakes->places[last.node] - 1);
}

void wakes_set(struct wakes *wakes, size_t node, int64_t at, uint64_t tie)
{
    if (wakes->places[node])
        take_out(wakes, wakes->places[node] - 1);
    if (at == INT64_MAX)
        return;
    put(wakes, wakes->count, (struct wakes_sleeper) {at, tie, (uint32_t)node});
    rise(wakes, wakes->count++);
}

const struct wakes_sleeper *wakes_first(const struct wakes *wakes)
{
    return wakes->count ? &wakes->heap[0] : NULL;
}
