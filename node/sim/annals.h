/* What happened in a virtual world, told in order to whoever watches, and its hash. */
#pragma once

#include "sim/world.h"

enum { ANNALS_WATCHERS_MAX = 4 };

struct annals {
    struct {
        world_watcher *call;
        void *self;
    } watchers[ANNALS_WATCHERS_MAX];
    size_t count;
    uint64_t lanes[2]; /* of the hash */
};

/* Not more than ANNALS_WATCHERS_MAX. */
void annals_watch(struct annals *annals, world_watcher *watcher, void *self);
/* wire: of a frame that leaves, else empty; the hash knows it, and no watcher does. */
void annals_tell(struct annals *annals, const struct world_event *event, struct bytes wire);
void annals_hash(const struct annals *annals, struct digest *out);
