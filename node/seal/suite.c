#include "seal/suite.h"

#include <assert.h>

static enum fault sign(void *self, const struct digest *key, enum seal_context context,
                       struct bytes statement, uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    const struct suite_keys *held = self;
    for (size_t i = 0; i < held->count; i++) {
        const struct suite_key *candidate = &held->keys[i];
        if (digest_equal(&candidate->key, key))
            return seal_sign(context, candidate->secret, statement, signature) ? FAULT_NONE
                                                                               : FAULT_MEMORY;
    }
    return FAULT_KEY;
}

static bool verify(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   enum seal_context context, struct bytes statement,
                   const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    return seal_verify(context, public_key, statement, signature);
}

struct suite suite_over(struct suite_keys *keys)
{
    assert(keys && (keys->keys || keys->count == 0));
    return (struct suite) {.self = keys, .sign = sign, .verify = verify};
}
