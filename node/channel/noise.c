#include "channel/noise.h"

#include "base/try.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

/* The handshake pattern, section 7.5 of the specification: each message is an `e`, then two DH
 * whose names say whose keys meet, the initiator's first. */
enum token { TOKEN_ES, TOKEN_SS, TOKEN_EE, TOKEN_SE };

static const enum token pattern[2][2] = {
    {TOKEN_ES, TOKEN_SS}, /* -> e, es, ss */
    {TOKEN_EE, TOKEN_SE}, /* <- e, ee, se */
};

/* Exactly HASHLEN bytes, so it is the first hash as it stands (section 5.2, InitializeSymmetric).
 */
static const char protocol_name[] = "Noise_KK_25519_ChaChaPoly_SHA256";

enum { NONCE_SIZE = crypto_aead_chacha20poly1305_ietf_NPUBBYTES };

static_assert(sizeof protocol_name - 1 == NOISE_HASH_SIZE, "the name needs no hashing");
static_assert(crypto_hash_sha256_BYTES == NOISE_HASH_SIZE, "SHA-256");
static_assert(crypto_auth_hmacsha256_BYTES == NOISE_HASH_SIZE, "HMAC-SHA-256");
static_assert((int)AGREE_SIZE == (int)NOISE_KEY_SIZE, "X25519");
static_assert(crypto_aead_chacha20poly1305_ietf_ABYTES == NOISE_TAG_SIZE, "Poly1305");

static void write_nonce(uint64_t nonce, uint8_t out[static NONCE_SIZE])
{
    memset(out, 0, 4);
    bytes_write_u64le(out + 4, nonce);
}

void noise_encrypt(const uint8_t key[static NOISE_KEY_SIZE], uint64_t nonce,
                   struct bytes associated, struct bytes plain, uint8_t *out)
{
    uint8_t wide[NONCE_SIZE];
    write_nonce(nonce, wide);
    unsigned long long size = 0;
    int failed = crypto_aead_chacha20poly1305_ietf_encrypt(
        out, &size, plain.data, plain.size, associated.data, associated.size, NULL, wide, key);
    assert(!failed && size == plain.size + NOISE_TAG_SIZE);
}

bool noise_decrypt(const uint8_t key[static NOISE_KEY_SIZE], uint64_t nonce,
                   struct bytes associated, struct bytes sealed, uint8_t *out)
{
    if (sealed.size < NOISE_TAG_SIZE)
        return false;
    uint8_t wide[NONCE_SIZE];
    write_nonce(nonce, wide);
    return crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.data, sealed.size,
                                                     associated.data, associated.size, wide,
                                                     key) == 0;
}

/* REKEY(k) = the first 32 bytes of ENCRYPT(k, maxnonce, zerolen, zeros), section 4.2. */
void noise_rekey(uint8_t key[static NOISE_KEY_SIZE])
{
    static const uint8_t zeros[NOISE_KEY_SIZE];
    uint8_t box[NOISE_KEY_SIZE + NOISE_TAG_SIZE];
    noise_encrypt(key, UINT64_MAX, (struct bytes) {0}, (struct bytes) {zeros, sizeof zeros}, box);
    memcpy(key, box, NOISE_KEY_SIZE);
    sodium_memzero(box, sizeof box);
}

static void hmac(const uint8_t key[static NOISE_HASH_SIZE], struct bytes input,
                 uint8_t out[static NOISE_HASH_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, NOISE_HASH_SIZE);
    crypto_auth_hmacsha256_update(&state, input.data, input.size);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

/* HKDF with two outputs, section 4.3. Either output may be the chaining key itself. */
static void derive(const uint8_t chaining[static NOISE_HASH_SIZE], struct bytes material,
                   uint8_t first[static NOISE_HASH_SIZE], uint8_t second[static NOISE_HASH_SIZE])
{
    uint8_t temporary[NOISE_HASH_SIZE], block[NOISE_HASH_SIZE + 1];
    hmac(chaining, material, temporary);
    block[0] = 1;
    hmac(temporary, (struct bytes) {block, 1}, block);
    memcpy(first, block, NOISE_HASH_SIZE);
    block[NOISE_HASH_SIZE] = 2;
    hmac(temporary, (struct bytes) {block, sizeof block}, second);
    sodium_memzero(temporary, sizeof temporary);
    sodium_memzero(block, sizeof block);
}

static void mix_hash(struct noise *noise, struct bytes input)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, noise->hash, NOISE_HASH_SIZE);
    crypto_hash_sha256_update(&state, input.data, input.size);
    crypto_hash_sha256_final(&state, noise->hash);
}

static void mix_public(struct noise *noise, const uint8_t public_key[static NOISE_KEY_SIZE])
{
    mix_hash(noise, (struct bytes) {public_key, NOISE_KEY_SIZE});
}

void noise_start(struct noise *noise, bool initiator, struct noise_keys keys, struct bytes prologue)
{
    *noise = (struct noise) {.initiator = initiator, .agree = agree_of(keys.agree)};
    memcpy(noise->hash, protocol_name, NOISE_HASH_SIZE);
    memcpy(noise->chaining, protocol_name, NOISE_HASH_SIZE);
    memcpy(noise->own_secret, keys.own_secret, NOISE_KEY_SIZE);
    memcpy(noise->own_public, keys.own_public, NOISE_KEY_SIZE);
    memcpy(noise->peer_public, keys.peer_public, NOISE_KEY_SIZE);
    mix_hash(noise, prologue);
    /* The pre-messages `-> s` and `<- s`: the initiator's first, on both sides. */
    mix_public(noise, initiator ? noise->own_public : noise->peer_public);
    mix_public(noise, initiator ? noise->peer_public : noise->own_public);
}

static enum verdict mix_dh(struct noise *noise, enum token token)
{
    bool initiators_ephemeral = token == TOKEN_ES || token == TOKEN_EE;
    bool responders_ephemeral = token == TOKEN_EE || token == TOKEN_SE;
    bool own = noise->initiator ? initiators_ephemeral : responders_ephemeral;
    bool peer = noise->initiator ? responders_ephemeral : initiators_ephemeral;
    uint8_t shared[NOISE_KEY_SIZE];
    if (!noise->agree->shared(own ? noise->ephemeral_secret : noise->own_secret,
                              peer ? noise->peer_ephemeral : noise->peer_public, shared))
        return VERDICT_FORGED;
    derive(noise->chaining, (struct bytes) {shared, sizeof shared}, noise->chaining, noise->key);
    sodium_memzero(shared, sizeof shared);
    return VERDICT_FINE;
}

/* Both messages end with a fresh key that seals one box: its nonce is always zero. */
static enum verdict mix_pattern(struct noise *noise)
{
    TRY(mix_dh(noise, pattern[noise->messages][0]));
    return mix_dh(noise, pattern[noise->messages][1]);
}

/* The initiator writes message 0 and reads message 1; the responder the other way round. */
static bool own_turn(const struct noise *noise)
{
    return noise->messages < 2 && noise->initiator == (noise->messages == 0);
}

enum verdict noise_write(struct noise *noise, const uint8_t ephemeral[static NOISE_KEY_SIZE],
                         struct bytes payload, uint8_t *out)
{
    assert(own_turn(noise));
    memcpy(noise->ephemeral_secret, ephemeral, NOISE_KEY_SIZE);
    if (!noise->agree->public_of(ephemeral, noise->ephemeral_public))
        return VERDICT_FORGED;
    memcpy(out, noise->ephemeral_public, NOISE_KEY_SIZE);
    mix_public(noise, noise->ephemeral_public);
    TRY(mix_pattern(noise));
    uint8_t *box = out + NOISE_KEY_SIZE;
    noise_encrypt(noise->key, 0, (struct bytes) {noise->hash, NOISE_HASH_SIZE}, payload, box);
    mix_hash(noise, (struct bytes) {box, payload.size + NOISE_TAG_SIZE});
    noise->messages++;
    return VERDICT_FINE;
}

enum verdict noise_read(struct noise *noise, struct bytes wire, uint8_t *payload)
{
    assert(noise->messages < 2 && !own_turn(noise));
    if (wire.size < NOISE_MESSAGE_MIN)
        return VERDICT_MALFORMED;
    memcpy(noise->peer_ephemeral, wire.data, NOISE_KEY_SIZE);
    mix_public(noise, noise->peer_ephemeral);
    TRY(mix_pattern(noise));
    struct bytes box = {wire.data + NOISE_KEY_SIZE, wire.size - NOISE_KEY_SIZE};
    if (!noise_decrypt(noise->key, 0, (struct bytes) {noise->hash, NOISE_HASH_SIZE}, box, payload))
        return VERDICT_FORGED;
    mix_hash(noise, box);
    noise->messages++;
    return VERDICT_FINE;
}

void noise_finish(const struct noise *noise, struct noise_result *out)
{
    assert(noise->messages == 2);
    memcpy(out->hash, noise->hash, NOISE_HASH_SIZE);
    /* Split(), section 5.2: the first key is the initiator's to send with. */
    uint8_t *first = noise->initiator ? out->send : out->receive;
    uint8_t *second = noise->initiator ? out->receive : out->send;
    derive(noise->chaining, (struct bytes) {0}, first, second);
}

void noise_wipe(struct noise *noise)
{
    sodium_memzero(noise, sizeof *noise);
}
