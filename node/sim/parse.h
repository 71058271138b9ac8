/* Protobuf as its specification has it, for those who look at stores as strangers do: it shares no
 * line with the code that wrote what is read here. */
#pragma once

#include "base/bytes.h"

/* One field of a message. */
struct parse_field {
    uint32_t number;
    uint64_t value;     /* of a varint */
    struct bytes stuff; /* of what has a length */
};

/* False at the end, and where it cannot be read: then something is left. */
bool parse_next(struct bytes *rest, struct parse_field *out);

/* The last one of this number; all zero where there is none. */
struct parse_field parse_field(struct bytes message, uint32_t number);

/* That field is this text. */
bool parse_says(struct bytes message, uint32_t number, const char *text);
