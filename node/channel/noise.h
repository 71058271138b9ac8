/* Noise_KK_25519_ChaChaPoly_SHA256 (revision 34): both static keys are known beforehand.
 *
 *   -> s    <- s    ...    -> e, es, ss    <- e, ee, se
 */
#pragma once

#include "base/bytes.h"
#include "base/verdict.h"
#include "seal/agree.h"

enum {
    NOISE_KEY_SIZE = 32,
    NOISE_TAG_SIZE = 16,
    NOISE_HASH_SIZE = 32,
    NOISE_MESSAGE_MIN = NOISE_KEY_SIZE + NOISE_TAG_SIZE, /* e and an empty payload */
};

struct noise_keys {
    const uint8_t *own_secret; /* X25519, 32 bytes each */
    const uint8_t *own_public;
    const uint8_t *peer_public;
    const struct agree *agree; /* NULL: X25519 */
};

/* A handshake in progress. Plain memory: the caller wipes it with noise_wipe. */
struct noise {
    bool initiator;
    unsigned messages; /* passed so far: 0, 1 or 2 */
    const struct agree *agree;
    uint8_t hash[NOISE_HASH_SIZE];
    uint8_t chaining[NOISE_HASH_SIZE];
    uint8_t key[NOISE_KEY_SIZE];
    uint8_t own_secret[NOISE_KEY_SIZE], own_public[NOISE_KEY_SIZE], peer_public[NOISE_KEY_SIZE];
    uint8_t ephemeral_secret[NOISE_KEY_SIZE], ephemeral_public[NOISE_KEY_SIZE];
    uint8_t peer_ephemeral[NOISE_KEY_SIZE];
};

/* What a finished handshake leaves. */
struct noise_result {
    uint8_t hash[NOISE_HASH_SIZE]; /* session id */
    uint8_t send[NOISE_KEY_SIZE], receive[NOISE_KEY_SIZE];
};

void noise_start(struct noise *noise, bool initiator, struct noise_keys keys,
                 struct bytes prologue);
/* Message 1 (initiator) or 2 (responder): out has room for NOISE_MESSAGE_MIN + payload.size.
 * ephemeral: 32 fresh bytes. VERDICT_FORGED when a DH gives all zero. */
enum verdict noise_write(struct noise *noise, const uint8_t ephemeral[static NOISE_KEY_SIZE],
                         struct bytes payload, uint8_t *out);
/* Opens a message; payload has room for wire.size - NOISE_MESSAGE_MIN. After anything but fine the
 * handshake is dead and must be wiped. */
enum verdict noise_read(struct noise *noise, struct bytes wire, uint8_t *payload);
/* After message 2. */
void noise_finish(const struct noise *noise, struct noise_result *out);
void noise_wipe(struct noise *noise);

/* One AEAD box with the Noise nonce (4 zero bytes, u64le). out: plain.size + 16. */
void noise_encrypt(const uint8_t key[static NOISE_KEY_SIZE], uint64_t nonce,
                   struct bytes associated, struct bytes plain, uint8_t *out);
/* out: sealed.size - 16; all zero or untouched unless true. */
bool noise_decrypt(const uint8_t key[static NOISE_KEY_SIZE], uint64_t nonce,
                   struct bytes associated, struct bytes sealed, uint8_t *out);
/* REKEY(k) of the specification, section 4.2. */
void noise_rekey(uint8_t key[static NOISE_KEY_SIZE]);
