/* Frames under way in a virtual world: a heap ordered by (due, tie, serial). */
#pragma once

#include "base/bytes.h"

struct traffic_frame {
    int64_t due;
    uint64_t tie, serial;
    size_t from, to;
    uint64_t process; /* of the receiver when it left: a connection dies with its process */
    uint64_t number;  /* as they leave; 0: injected */
    bool dialled;     /* it travels on a connection that `from` dialled */
    bool broken;      /* its connection is gone */
    const char *what; /* static: see outcome_frame */
    uint8_t *wire;    /* owned */
    size_t size;
};

struct traffic {
    struct traffic_frame *frames;
    size_t count, room;
};

/* Copies the wire, which frame->wire borrows; false when the machine has no memory. */
bool traffic_push(struct traffic *traffic, struct traffic_frame frame);
/* The frame that is due first; NULL: none is under way. Valid until the next change. */
const struct traffic_frame *traffic_first(const struct traffic *traffic);
/* Takes it out; the caller frees its wire. Not of an empty heap. */
struct traffic_frame traffic_pop(struct traffic *traffic);
void traffic_clear(struct traffic *traffic);
