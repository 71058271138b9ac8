#include "seal/seal.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char *const contexts[SEAL_CONTEXT_COUNT] = {
    [SEAL_CONTEXT_SEAL] = "peregrin/seal/1",
    [SEAL_CONTEXT_RECEIPT] = "peregrin/receipt/1",
    [SEAL_CONTEXT_RECOVER] = "peregrin/recover/1",
    [SEAL_CONTEXT_CATALOGUE] = "peregrin/catalogue/1",
    [SEAL_CONTEXT_ROOT] = "peregrin/root/1",
    [SEAL_CONTEXT_KEY] = "peregrin/key/1",
};

enum { CONTEXT_MAX = 24, PREFIX_MAX = CONTEXT_MAX + 1 + 8 };

static_assert(crypto_sign_BYTES == SEAL_SIGNATURE_SIZE);
static_assert(crypto_sign_PUBLICKEYBYTES == SEAL_PUBLIC_SIZE);
static_assert(crypto_sign_SECRETKEYBYTES == SEAL_SECRET_SIZE);
static_assert(crypto_sign_SEEDBYTES == SEAL_SEED_SIZE);

/* What is signed, in one piece, as Ed25519 wants it. Short statements never touch the heap. */
struct framed {
    uint8_t inline_[PREFIX_MAX + SEAL_STATEMENT_INLINE];
    uint8_t *heap;
    struct bytes all;
};

static bool frame(enum seal_context context, struct bytes statement, struct framed *framed)
{
    assert(context < SEAL_CONTEXT_COUNT);
    size_t length = strlen(contexts[context]) + 1;
    assert(length <= CONTEXT_MAX + 1);
    framed->heap = NULL;
    uint8_t *out = framed->inline_;
    if (statement.size > SEAL_STATEMENT_INLINE)
        out = framed->heap = malloc(PREFIX_MAX + statement.size);
    if (!out)
        return false;
    memcpy(out, contexts[context], length);
    bytes_write_u64le(out + length, statement.size);
    if (statement.size)
        memcpy(out + length + 8, statement.data, statement.size);
    framed->all = (struct bytes) {out, length + 8 + statement.size};
    return true;
}

void seal_key_pair(const uint8_t seed[static SEAL_SEED_SIZE],
                   uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   uint8_t secret_key[static SEAL_SECRET_SIZE])
{
    int failed = crypto_sign_seed_keypair(public_key, secret_key, seed);
    assert(!failed);
}

void seal_public(const uint8_t secret_key[static SEAL_SECRET_SIZE],
                 uint8_t public_key[static SEAL_PUBLIC_SIZE])
{
    int failed = crypto_sign_ed25519_sk_to_pk(public_key, secret_key);
    assert(!failed);
}

bool seal_sign(enum seal_context context, const uint8_t secret_key[static SEAL_SECRET_SIZE],
               struct bytes statement, uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    assert(statement.size <= SEAL_STATEMENT_MAX);
    struct framed framed;
    if (!frame(context, statement, &framed))
        return false;
    int failed =
        crypto_sign_detached(signature, NULL, framed.all.data, framed.all.size, secret_key);
    assert(!failed);
    free(framed.heap);
    return true;
}

bool seal_verify(enum seal_context context, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                 struct bytes statement, const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    struct framed framed;
    if (statement.size > SEAL_STATEMENT_MAX || !frame(context, statement, &framed))
        return false;
    int failed =
        crypto_sign_verify_detached(signature, framed.all.data, framed.all.size, public_key);
    free(framed.heap);
    return !failed;
}
