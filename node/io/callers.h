/* Who stands at the listener, and how many of them a node bears. Whoever connects and greets may
 * stay, and so may thousands who say nothing more: told in the log while they are many, and all cut
 * before the node's own files, dials and API find no descriptor. */
#pragma once

#include "engine/engine.h"
#include "io/log.h"
#include "io/transport.h"

/* Zero-initialised it has not looked yet. */
struct callers {
    size_t count;     /* who stood there at the last look */
    int64_t look_ms;  /* steady: the next look */
    int64_t crowd_ms; /* steady: when they were many */
    int64_t cut_ms;   /* steady: when a cut was told */
    bool looked;
    bool crowded; /* was told, and is not over */
    bool deaf;    /* nobody listens since the last cut */
};

/* Above this all are cut: three quarters of the descriptors, the rest is the node's own; and no
 * more than the memory bears that their unfinished frames may take. */
size_t callers_max(void);

/* Looks, when it is time to; in how many milliseconds it wants to look again. */
int64_t callers_watch(struct callers *callers, struct transport *transport, struct log *log);

/* What the network counts, one row after the other; false when there are no more. */
bool callers_counter(const struct callers *callers, const struct transport *transport, size_t index,
                     struct engine_counter *out);
