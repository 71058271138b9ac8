/* links: base wire */
#include "wire/bundle.h"
#include "wire/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What is read writes the same header again, and its parts lie within the whole. */
static void frame_check(struct bytes wire)
{
    struct frame frame;
    if (frame_read(wire, &frame))
        return;
    uint8_t header[FRAME_HEADER_SIZE];
    frame_write_header(frame.type, frame.session, frame.counter, header);
    assert(memcmp(header, wire.data, sizeof header) == 0);
    assert(frame.header.size + frame.payload.size == wire.size);
    assert(frame.payload.data == wire.data + FRAME_HEADER_SIZE);
}

/* A bundle is two transport frames or more, and they are all of it: written again they are the same
 * message. */
static void bundle_check(struct bytes message, struct bundle bundle)
{
    struct bytes frames[BUNDLE_FRAMES_MAX], each;
    static uint8_t again[FRAME_SIZE_MAX];
    size_t count = 0, small = 0;
    for (; bundle_next(&bundle, &each); count++) {
        struct frame frame;
        assert(frame_read(each, &frame) == VERDICT_FINE && frame.type == FRAME_TRANSPORT);
        frame_check(each);
        if (count < BUNDLE_FRAMES_MAX)
            frames[count] = each;
        small += each.size <= BUNDLE_FRAME_SIZE_MAX;
    }
    assert(count >= 2);
    if (count > BUNDLE_FRAMES_MAX || small < count)
        return;
    assert(bundle_size(frames, count) == message.size);
    bundle_write(frames, count, again);
    assert(memcmp(again, message.data, message.size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes message = {data, size};
    struct bundle bundle = bundle_open(message);
    if (bundle.several)
        bundle_check(message, bundle);
    else
        frame_check(message);
    return 0;
}
