/* One direction of a connection as nanomsg speaks it (SP over TCP): a greeting of eight bytes, then
 * messages, each behind its length in eight bytes, the highest first. Fed in pieces of any size,
 * it gives the greeting and whole frames, as they stood on the wire. */
#pragma once

#include "base/bytes.h"

enum {
    RELAY_FRAME_GREETING = 8,
    RELAY_FRAME_HEAD = 8,
    RELAY_FRAME_MAX = 1 << 20, /* payload of one frame: more than any node sends */
};

struct relay_frame {
    uint8_t *data;
    size_t size, room, taken; /* data[taken..size) is not read yet */
    bool greeted, hostile;
};

enum relay_frame_state {
    RELAY_FRAME_WAITS, /* for more bytes */
    RELAY_FRAME_GREETS,
    RELAY_FRAME_WHOLE,
    RELAY_FRAME_HOSTILE, /* this is not the protocol; and it stays so */
};

/* False when the machine has no memory. Zero-initialised it is empty. */
bool relay_frame_feed(struct relay_frame *frame, struct bytes piece);
/* The next whole thing, head included; the view dies with the next feed. */
enum relay_frame_state relay_frame_next(struct relay_frame *frame, struct bytes *wire);
void relay_frame_free(struct relay_frame *frame);
