/* One message of the network carries one frame, or several that go the same way at the same time:
 * small ones cost less together than each alone.
 *
 *   0  zero     1 byte: no frame begins so
 *   1  size     2 bytes, little endian      of the frame that follows; and so on to the end
 *
 * Two frames at least, each a transport frame of a whole header; the whole is at most as large as a
 * frame may be. */
#pragma once

#include "base/bytes.h"

enum {
    BUNDLE_FRAMES_MAX = 64,       /* of ours; a reader takes what fits */
    BUNDLE_FRAME_SIZE_MAX = 8192, /* of ours: larger ones go alone */
    BUNDLE_SIZE_MAX = 32 * 1024,  /* of ours */
};

/* What is left of a message. */
struct bundle {
    struct bytes rest;
    bool several;
};

/* What is no bundle, or one that is torn anywhere, is one frame: whoever reads that will say what
 * is wrong with it. */
struct bundle bundle_open(struct bytes message);
/* The next frame; false: there is none. */
bool bundle_next(struct bundle *bundle, struct bytes *frame);

/* How many of these frames, from the first, one message carries: 1 is a frame as it is. */
size_t bundle_count(const struct bytes *frames, size_t count);
/* The size of a message of so many (at least two). */
size_t bundle_size(const struct bytes *frames, size_t count);
void bundle_write(const struct bytes *frames, size_t count, uint8_t *out);
