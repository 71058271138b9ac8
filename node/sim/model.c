#include "sim/model.h"

#include "sim/chance.h"

#include <string.h>

/* ---- signatures: a number under the world's secret, of key, context and statement ---- */

/* The number that follows from another one and from these bytes. */
static uint64_t number_after(uint64_t number, struct bytes bytes)
{
    uint8_t tail[8] = {0};
    size_t whole = bytes.size & ~(size_t)7;
    for (size_t i = 0; i < whole; i += 8)
        number = chance_draw(number, 0, bytes_read_u64le(bytes.data + i));
    if (bytes.size > whole)
        memcpy(tail, bytes.data + whole, bytes.size - whole);
    return chance_draw(number, bytes.size, bytes_read_u64le(tail));
}

/* All of it goes with the number: a byte that was changed makes another seal. */
static void seal_of(const struct model *model, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                    enum seal_context context, struct bytes statement,
                    uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    uint64_t number = number_after(context, (struct bytes) {model->secret, sizeof model->secret});
    number = number_after(number, (struct bytes) {public_key, SEAL_PUBLIC_SIZE});
    number = number_after(number, statement);
    for (size_t i = 0; i < SEAL_SIGNATURE_SIZE; i += 8)
        bytes_write_u64le(signature + i, chance_draw(number, 0, i));
}

static enum fault sign(void *self, const struct digest *key, enum seal_context context,
                       struct bytes statement, uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    const struct model *model = self;
    for (size_t i = 0; i < model->keys->count; i++) {
        const struct suite_key *held = &model->keys->keys[i];
        if (!digest_equal(&held->key, key))
            continue;
        /* libsodium keeps the public key behind the seed. */
        const uint8_t *public_key = held->secret + SEAL_SECRET_SIZE - SEAL_PUBLIC_SIZE;
        seal_of(model, public_key, context, statement, signature);
        return FAULT_NONE;
    }
    return FAULT_KEY;
}

static bool verify(void *self, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   enum seal_context context, struct bytes statement,
                   const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    struct model *model = self;
    uint8_t right[SEAL_SIGNATURE_SIZE];
    model->verified++;
    seal_of(model, public_key, context, statement, right);
    return memcmp(right, signature, sizeof right) == 0;
}

struct suite model_suite(struct model *model)
{
    return (struct suite) {.self = model, .sign = sign, .verify = verify, .agree = &model_agree};
}

/* ---- key agreement ---- */

static const uint64_t PRIME = ((uint64_t)1 << 61) - 1;
static const uint64_t GENERATOR = 37; /* of the whole group */

static uint64_t multiply(uint64_t left, uint64_t right)
{
    unsigned __int128 product = (unsigned __int128)left * right;
    uint64_t sum = (uint64_t)(product & PRIME) + (uint64_t)(product >> 61);
    return sum >= PRIME ? sum - PRIME : sum;
}

static uint64_t power(uint64_t base, uint64_t exponent)
{
    uint64_t result = 1;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = multiply(result, base);
        base = multiply(base, base);
    }
    return result;
}

/* Of all 32 bytes, so that no two secrets are one. */
static uint64_t exponent_of(const uint8_t secret[static AGREE_SIZE])
{
    uint64_t folded = 0;
    for (size_t i = 0; i < AGREE_SIZE; i += 8)
        folded = chance_draw(folded, 0, bytes_read_u64le(secret + i));
    return folded % (PRIME - 1);
}

/* The number, and behind it bytes that go with it: a byte that was changed makes another key. */
static bool number_write(uint64_t number, uint8_t out[static AGREE_SIZE])
{
    bytes_write_u64le(out, number);
    for (size_t i = 8; i < AGREE_SIZE; i += 8)
        bytes_write_u64le(out + i, chance_draw(number, 0, i));
    return number > 1;
}

static bool number_read(const uint8_t in[static AGREE_SIZE], uint64_t *number)
{
    uint8_t right[AGREE_SIZE];
    *number = bytes_read_u64le(in);
    return *number < PRIME && number_write(*number, right) && memcmp(right, in, AGREE_SIZE) == 0;
}

static bool public_of(const uint8_t secret[static AGREE_SIZE],
                      uint8_t public_key[static AGREE_SIZE])
{
    return number_write(power(GENERATOR, exponent_of(secret)), public_key);
}

static bool shared(const uint8_t secret[static AGREE_SIZE],
                   const uint8_t public_key[static AGREE_SIZE], uint8_t out[static AGREE_SIZE])
{
    uint64_t number;
    return number_read(public_key, &number) &&
           number_write(power(number, exponent_of(secret)), out);
}

const struct agree model_agree = {public_of, shared};
