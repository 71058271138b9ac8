/* The strict scanner: walks raw protobuf by descriptor before protobuf-c may parse it.
 *
 * Fine means: the bytes are the one canonical encoding of some message of this type, so that
 * unpacking and packing again gives the same bytes. Refused: fields out of order or twice,
 * over-long varints, values that do not fit, wrong wire types, groups, unpacked repeated scalars,
 * invalid UTF-8, NUL or control characters in text (except newline and tab), both members of a
 * oneof, empty packed fields, unknown fields. */
#pragma once

#include "base/bytes.h"
#include "base/verdict.h"

#include <protobuf-c/protobuf-c.h>

struct scan_limits {
    size_t bytes_max;
    uint32_t depth_max;  /* messages inside messages; the outermost is 1; at most 16 */
    uint32_t fields_max; /* in all, nested ones and repeated elements included */
    /* Unknown fields with these numbers are let through in any message, in order and each at most
     * once: an extension that repeats wraps its elements in one message. 0, 0: none. */
    uint32_t extension_first, extension_last;
};

/* VERDICT_TOO_LARGE above bytes_max or fields_max, VERDICT_MALFORMED for all else. No memory. */
enum verdict scan_check(const ProtobufCMessageDescriptor *type, struct bytes wire,
                        const struct scan_limits *limits);

/* What any text field may hold: UTF-8 without NUL and control characters, but newline and tab. */
bool scan_text(struct bytes text);
