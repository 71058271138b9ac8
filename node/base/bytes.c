#include "base/bytes.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

bool bytes_equal(struct bytes left, struct bytes right)
{
    return left.size == right.size &&
           (left.size == 0 || memcmp(left.data, right.data, left.size) == 0);
}

struct bytes bytes_text(const char *text)
{
    assert(text);
    return (struct bytes) {(const uint8_t *)text, strlen(text)};
}

int bytes_compare(struct bytes left, struct bytes right)
{
    size_t shorter = left.size < right.size ? left.size : right.size;
    int order = shorter ? memcmp(left.data, right.data, shorter) : 0;
    if (order == 0)
        return left.size < right.size ? -1 : left.size > right.size;
    return order < 0 ? -1 : 1;
}

/* Of eight bytes at once: a borrow, a carry or a byte of its own sets a high bit where one is below
 * 0x20, is 0x7F or above. (A borrow can reach the next byte only from one that is itself too low.)
 */
size_t bytes_printable(struct bytes text, size_t from)
{
    const uint64_t high = 0x8080808080808080, each = 0x0101010101010101;
    size_t at = from;
    assert(from <= text.size);
    for (; text.size - at >= 8; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, sizeof eight);
        if (((eight - 0x20 * each) | (eight + each) | eight) & high)
            break;
    }
    return at - from;
}

void bytes_write_u64le(uint8_t out[static 8], uint64_t value)
{
    value = htole64(value);
    memcpy(out, &value, sizeof value);
}

uint64_t bytes_read_u64le(const uint8_t in[static 8])
{
    uint64_t value;
    memcpy(&value, in, sizeof value);
    return le64toh(value);
}

void bytes_write_u32le(uint8_t out[static 4], uint32_t value)
{
    value = htole32(value);
    memcpy(out, &value, sizeof value);
}

uint32_t bytes_read_u32le(const uint8_t in[static 4])
{
    uint32_t value;
    memcpy(&value, in, sizeof value);
    return le32toh(value);
}
