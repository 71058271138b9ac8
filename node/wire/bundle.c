#include "wire/bundle.h"

#include "wire/frame.h"

#include <assert.h>
#include <string.h>

enum { MARK = 0, MARK_SIZE = 1, SIZE_SIZE = 2 };

static_assert((int)MARK != (int)FRAME_VERSION, "no frame begins with the mark");

static size_t size_at(const uint8_t *at)
{
    return at[0] | (size_t)at[1] << 8;
}

static bool bundles(struct bytes frame)
{
    struct frame read;
    return frame_read(frame, &read) == VERDICT_FINE && read.type == FRAME_TRANSPORT;
}

bool bundle_next(struct bundle *bundle, struct bytes *frame)
{
    struct bytes *rest = &bundle->rest;
    if (!bundle->several) {
        *frame = *rest;
        *rest = (struct bytes) {0};
        return frame->data;
    }
    if (rest->size < SIZE_SIZE)
        return false;
    size_t size = size_at(rest->data);
    if (size > rest->size - SIZE_SIZE)
        return false; /* torn, which bundle_open has seen */
    *frame = (struct bytes) {rest->data + SIZE_SIZE, size};
    *rest = (struct bytes) {frame->data + size, rest->size - SIZE_SIZE - size};
    return true;
}

static bool holds(struct bundle look)
{
    struct bytes frame;
    size_t count = 0;
    for (; bundle_next(&look, &frame); count++)
        if (!bundles(frame))
            return false;
    return look.rest.size == 0 && count >= 2;
}

struct bundle bundle_open(struct bytes message)
{
    struct bundle whole = {message, false}, several = {.several = true};
    if (message.size < MARK_SIZE || message.size > FRAME_SIZE_MAX || message.data[0] != MARK)
        return whole;
    several.rest = (struct bytes) {message.data + MARK_SIZE, message.size - MARK_SIZE};
    return holds(several) ? several : whole;
}

size_t bundle_count(const struct bytes *frames, size_t count)
{
    size_t size = MARK_SIZE, fit = 0;
    while (fit < count && fit < BUNDLE_FRAMES_MAX && frames[fit].size <= BUNDLE_FRAME_SIZE_MAX &&
           size + SIZE_SIZE + frames[fit].size <= BUNDLE_SIZE_MAX && bundles(frames[fit]))
        size += SIZE_SIZE + frames[fit++].size;
    return fit ? fit : 1;
}

size_t bundle_size(const struct bytes *frames, size_t count)
{
    size_t size = MARK_SIZE;
    assert(count >= 2);
    for (size_t i = 0; i < count; i++)
        size += SIZE_SIZE + frames[i].size;
    return size;
}

void bundle_write(const struct bytes *frames, size_t count, uint8_t *out)
{
    assert(count >= 2);
    *out++ = MARK;
    for (size_t i = 0; i < count; i++) {
        assert(frames[i].size <= BUNDLE_FRAME_SIZE_MAX);
        *out++ = (uint8_t)frames[i].size;
        *out++ = (uint8_t)(frames[i].size >> 8);
        memcpy(out, frames[i].data, frames[i].size);
        out += frames[i].size;
    }
}
