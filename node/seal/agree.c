#include "seal/agree.h"

#include <assert.h>
#include <sodium.h>

static_assert(crypto_scalarmult_BYTES == AGREE_SIZE, "X25519");
static_assert(crypto_scalarmult_SCALARBYTES == AGREE_SIZE, "X25519");

static bool public_of(const uint8_t secret[static AGREE_SIZE],
                      uint8_t public_key[static AGREE_SIZE])
{
    return crypto_scalarmult_base(public_key, secret) == 0;
}

static bool shared(const uint8_t secret[static AGREE_SIZE],
                   const uint8_t public_key[static AGREE_SIZE], uint8_t out[static AGREE_SIZE])
{
    return crypto_scalarmult(out, secret, public_key) == 0;
}

const struct agree agree_x25519 = {public_of, shared};

const struct agree *agree_of(const struct agree *agree)
{
    return agree ? agree : &agree_x25519;
}
