#include "sim/parse.h"

static bool varint_read(struct bytes *rest, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; shift < 64 && rest->size; shift += 7) {
        uint8_t byte = *rest->data++;
        rest->size--;
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool parse_next(struct bytes *rest, struct parse_field *out)
{
    uint64_t tag, length;
    *out = (struct parse_field) {0};
    if (!rest->size || !varint_read(rest, &tag))
        return false;
    out->number = (uint32_t)(tag >> 3);
    if ((tag & 7) == 0)
        return varint_read(rest, &out->value);
    if ((tag & 7) != 2 || !varint_read(rest, &length) || length > rest->size)
        return false;
    out->stuff = (struct bytes) {rest->data, (size_t)length};
    rest->data += length;
    rest->size -= (size_t)length;
    return true;
}

struct parse_field parse_field(struct bytes message, uint32_t number)
{
    struct parse_field field, found = {0};
    while (parse_next(&message, &field))
        if (field.number == number)
            found = field;
    return found;
}

bool parse_says(struct bytes message, uint32_t number, const char *text)
{
    return bytes_equal(parse_field(message, number).stuff, bytes_text(text));
}
