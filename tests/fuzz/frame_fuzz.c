/* links: base wire */
#include "wire/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What is read writes the same header again, and its parts lie within the whole. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct frame frame;
    if (frame_read((struct bytes) {data, size}, &frame))
        return 0;
    uint8_t header[FRAME_HEADER_SIZE];
    frame_write_header(frame.type, frame.session, frame.counter, header);
    assert(memcmp(header, data, sizeof header) == 0);
    assert(frame.header.size + frame.payload.size == size);
    assert(frame.payload.data == data + FRAME_HEADER_SIZE);
    return 0;
}
