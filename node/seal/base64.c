#include "seal/base64.h"

#include <assert.h>
#include <sodium.h>

size_t base64_length(size_t size)
{
    assert(size <= SIZE_MAX / 2);
    return (size + 2) / 3 * 4;
}

void base64_write(struct bytes from, char *out, size_t room)
{
    assert(room > base64_length(from.size));
    sodium_bin2base64(out, room, from.data, from.size, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_read(struct bytes text, uint8_t *out, size_t room, size_t *size)
{
    *size = 0;
    return text.size == 0 || sodium_base642bin(out, room, (const char *)text.data, text.size, NULL,
                                               size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}
