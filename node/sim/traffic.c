#include "sim/traffic.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 64 };

static bool sooner(const struct traffic_frame *left, const struct traffic_frame *right)
{
    if (left->due != right->due)
        return left->due < right->due;
    return left->tie != right->tie ? left->tie < right->tie : left->serial < right->serial;
}

static void swap(struct traffic *traffic, size_t a, size_t b)
{
    struct traffic_frame kept = traffic->frames[a];
    traffic->frames[a] = traffic->frames[b];
    traffic->frames[b] = kept;
}

static bool grow(struct traffic *traffic)
{
    size_t room = traffic->room ? 2 * traffic->room : ROOM_MIN;
    struct traffic_frame *frames = realloc(traffic->frames, room * sizeof *frames);
    if (!frames)
        return false;
    traffic->frames = frames;
    traffic->room = room;
    return true;
}

bool traffic_push(struct traffic *traffic, struct traffic_frame frame)
{
    uint8_t *wire = malloc(frame.size ? frame.size : 1);
    if (!wire || (traffic->count == traffic->room && !grow(traffic))) {
        free(wire);
        return false;
    }
    memcpy(wire, frame.wire, frame.size);
    frame.wire = wire;
    size_t at = traffic->count++;
    traffic->frames[at] = frame;
    while (at > 0 && sooner(&traffic->frames[at], &traffic->frames[(at - 1) / 2])) {
        swap(traffic, at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
    return true;
}

const struct traffic_frame *traffic_first(const struct traffic *traffic)
{
    return traffic->count ? &traffic->frames[0] : NULL;
}

struct traffic_frame traffic_pop(struct traffic *traffic)
{
    assert(traffic->count);
    struct traffic_frame first = traffic->frames[0];
    traffic->frames[0] = traffic->frames[--traffic->count];
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < traffic->count && sooner(&traffic->frames[child], &traffic->frames[least]))
                least = child;
        if (least == at)
            return first;
        swap(traffic, at, least);
        at = least;
    }
}

void traffic_clear(struct traffic *traffic)
{
    while (traffic->count)
        free(traffic_pop(traffic).wire);
    free(traffic->frames);
    *traffic = (struct traffic) {0};
}
