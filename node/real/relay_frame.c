#include "real/relay_frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t greeting[] = {0, 'S', 'P', 0}; /* then the socket's type, and two zeros */

bool relay_frame_feed(struct relay_frame *frame, struct bytes piece)
{
    assert(frame->taken <= frame->size);
    if (frame->taken) {
        memmove(frame->data, frame->data + frame->taken, frame->size - frame->taken);
        frame->size -= frame->taken;
        frame->taken = 0;
    }
    if (frame->size + piece.size > frame->room) {
        size_t room = 2 * (frame->size + piece.size);
        uint8_t *grown = realloc(frame->data, room);
        if (!grown)
            return false;
        frame->data = grown;
        frame->room = room;
    }
    if (piece.size)
        memcpy(frame->data + frame->size, piece.data, piece.size);
    frame->size += piece.size;
    return true;
}

static uint64_t length_of(const uint8_t head[static RELAY_FRAME_HEAD])
{
    uint64_t length = 0;
    for (size_t i = 0; i < RELAY_FRAME_HEAD; i++)
        length = length << 8 | head[i];
    return length;
}

enum relay_frame_state relay_frame_next(struct relay_frame *frame, struct bytes *wire)
{
    const uint8_t *data = frame->data + frame->taken;
    size_t left = frame->size - frame->taken, size = RELAY_FRAME_GREETING;
    if (frame->hostile)
        return RELAY_FRAME_HOSTILE;
    if (left < size) /* a head is as long as a greeting */
        return RELAY_FRAME_WAITS;
    bool greets = !frame->greeted;
    if (greets) {
        frame->hostile = memcmp(data, greeting, sizeof greeting) != 0;
    } else {
        uint64_t length = length_of(data);
        frame->hostile = length > RELAY_FRAME_MAX;
        size = frame->hostile ? size : RELAY_FRAME_HEAD + (size_t)length;
    }
    if (frame->hostile)
        return RELAY_FRAME_HOSTILE;
    if (left < size)
        return RELAY_FRAME_WAITS;
    frame->greeted = true;
    frame->taken += size;
    *wire = (struct bytes) {data, size};
    return greets ? RELAY_FRAME_GREETS : RELAY_FRAME_WHOLE;
}

void relay_frame_free(struct relay_frame *frame)
{
    free(frame->data);
    *frame = (struct relay_frame) {0};
}
