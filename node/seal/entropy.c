#include "seal/entropy.h"

#include "seal/digest.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

void entropy_expand(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *label,
                    uint64_t counter, uint8_t *out, size_t size)
{
    uint8_t input[ENTROPY_LABEL_MAX + 1 + 8 + 8] = {0};
    size_t length = strlen(label);
    assert(length <= ENTROPY_LABEL_MAX && size <= ENTROPY_SIZE_MAX);
    memcpy(input, label, length);
    bytes_write_u64le(input + length + 1, counter);
    struct digest drawn;
    for (uint64_t block = 0; size > 0; block++) {
        bytes_write_u64le(input + length + 9, block);
        digest_keyed(DIGEST_ENTROPY, seed, (struct bytes) {input, length + 17}, &drawn);
        size_t step = size < DIGEST_SIZE ? size : DIGEST_SIZE;
        memcpy(out, drawn.bytes, step);
        out += step;
        size -= step;
    }
    sodium_memzero(&drawn, sizeof drawn);
}
