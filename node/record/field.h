/* The fields of a message that the scanner has let through, one after the other, as views: for what
 * is read so often that unpacking would be most of its cost. */
#pragma once

#include "base/bytes.h"

struct field {
    uint32_t number;
    uint64_t value;       /* of a varint */
    struct bytes content; /* of all else, and of the varint its own bytes */
};

/* Takes the next field off `rest`; false at the end. The bytes must have passed scan_check (a bug
 * otherwise), without extensions of fixed size. */
bool field_next(struct bytes *rest, struct field *out);
