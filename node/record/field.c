#include "record/field.h"

#include <assert.h>

enum { WIRE_VARINT = 0, WIRE_LENGTH = 2 };

static uint64_t varint(struct bytes *rest)
{
    uint64_t sum = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        assert(rest->size > 0);
        uint8_t byte = *rest->data;
        *rest = (struct bytes) {rest->data + 1, rest->size - 1};
        sum |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return sum;
}

bool field_next(struct bytes *rest, struct field *out)
{
    if (rest->size == 0)
        return false;
    uint64_t tag = varint(rest);
    const uint8_t *begins = rest->data;
    uint64_t value = varint(rest);
    assert((tag & 7) == WIRE_VARINT || ((tag & 7) == WIRE_LENGTH && value <= rest->size));
    *out = (struct field) {.number = (uint32_t)(tag >> 3), .value = value};
    if ((tag & 7) == WIRE_VARINT) {
        out->content = (struct bytes) {begins, (size_t)(rest->data - begins)};
    } else {
        out->content = (struct bytes) {rest->data, (size_t)value};
        *rest = (struct bytes) {rest->data + value, rest->size - (size_t)value};
    }
    return true;
}
