#include "seal/digest.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const uint8_t personal[DIGEST_COUNT][crypto_generichash_blake2b_PERSONALBYTES] = {
    [DIGEST_RECORD] = "peregrin/rec/1",    [DIGEST_BODY] = "peregrin/body/1",
    [DIGEST_SET] = "peregrin/set/1",       [DIGEST_TREE] = "peregrin/tree/1",
    [DIGEST_KEY] = "peregrin/key/1",       [DIGEST_ANCHOR] = "peregrin/root/1",
    [DIGEST_CATALOGUE] = "peregrin/cat/1", [DIGEST_GATE] = "peregrin/gate/1",
    [DIGEST_STALE] = "peregrin/stale/1",   [DIGEST_ENTROPY] = "peregrin/seed/1",
    [DIGEST_REQUEST] = "peregrin/req/1",   [DIGEST_SECRET] = "peregrin/pass/1",
    [DIGEST_PRINT] = "peregrin/print/1",   [DIGEST_RULES] = "peregrin/rules/1",
};

/* An empty key is no key: then this is the plain hash. */
static void hash(enum digest_purpose purpose, struct bytes key, const struct bytes parts[static 2],
                 struct digest *out)
{
    assert(purpose < DIGEST_COUNT && personal[purpose][0]);
    crypto_generichash_blake2b_state state;
    int failed = crypto_generichash_blake2b_init_salt_personal(
        &state, key.data, key.size, DIGEST_SIZE, NULL, personal[purpose]);
    for (size_t i = 0; i < 2; i++)
        failed |= crypto_generichash_blake2b_update(&state, parts[i].data, parts[i].size);
    failed |= crypto_generichash_blake2b_final(&state, out->bytes, DIGEST_SIZE);
    assert(!failed);
    if (key.size)
        sodium_memzero(&state, sizeof state);
}

void digest_of(enum digest_purpose purpose, struct bytes input, struct digest *out)
{
    hash(purpose, (struct bytes) {0}, (struct bytes[2]) {input}, out);
}

void digest_of_pair(enum digest_purpose purpose, struct bytes first, struct bytes second,
                    struct digest *out)
{
    hash(purpose, (struct bytes) {0}, (struct bytes[2]) {first, second}, out);
}

void digest_keyed(enum digest_purpose purpose, const uint8_t key[static 32], struct bytes input,
                  struct digest *out)
{
    hash(purpose, (struct bytes) {key, 32}, (struct bytes[2]) {input}, out);
}

bool digest_equal(const struct digest *left, const struct digest *right)
{
    return memcmp(left->bytes, right->bytes, DIGEST_SIZE) == 0;
}

bool digest_equal_hidden(const struct digest *left, const struct digest *right)
{
    return sodium_memcmp(left->bytes, right->bytes, DIGEST_SIZE) == 0;
}

int digest_compare(const struct digest *left, const struct digest *right)
{
    int order = memcmp(left->bytes, right->bytes, DIGEST_SIZE);
    return order < 0 ? -1 : order > 0;
}

struct bytes digest_bytes(const struct digest *digest)
{
    return (struct bytes) {digest->bytes, DIGEST_SIZE};
}

bool digest_from(struct bytes view, struct digest *out)
{
    if (view.size != DIGEST_SIZE)
        return false;
    memcpy(out->bytes, view.data, DIGEST_SIZE);
    return true;
}
