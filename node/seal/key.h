/* Key files: text in, key out, and back. A file holds one secret key:
 *
 *   peregrin-key 1
 *   kind: sign            (sign: Ed25519; transport: X25519; root: Ed25519 of the authority)
 *   owner: helmo.be       (institution, node or federation)
 *   id: 2026-a
 *   seed: <base64 of 32 bytes>
 *
 * or, sealed with a passphrase (Argon2id, XChaCha20-Poly1305), in the place of the seed:
 *
 *   sealed: <base64 of salt 16, ops u32le, memory KiB u32le, nonce 24, box 48>
 *
 * The lines before it are the box's associated data: a sealed key cannot be given another name. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "seal/seal.h"

enum key_kind { KEY_SIGN, KEY_TRANSPORT, KEY_ROOT, KEY_KIND_COUNT };

enum {
    KEY_OWNER_MAX = 64,
    KEY_ID_MAX = 32,
    KEY_FILE_MAX = 1024,
    KEY_SEALED_SIZE = 96,
    KEY_SALT_SIZE = 16,
    KEY_NONCE_SIZE = 24,
    KEY_OPS_MAX = 4,
    KEY_MEMORY_MAX = 1 << 30, /* bytes */
};

struct key {
    enum key_kind kind;
    char owner[KEY_OWNER_MAX + 1]; /* printable ASCII without spaces, as is the id */
    char id[KEY_ID_MAX + 1];
    bool sealed;                  /* then only `box` holds the seed */
    uint8_t seed[SEAL_SEED_SIZE]; /* for transport: the X25519 secret itself */
    uint8_t box[KEY_SEALED_SIZE];
};

/* VERDICT_MALFORMED with the line number in *line when the text is not a key file. */
enum verdict key_read(struct bytes text, struct key *key, size_t *line);
/* Writes at most KEY_FILE_MAX bytes, an end included; returns the length without it. */
size_t key_write(const struct key *key, char out[static KEY_FILE_MAX]);

/* Argon2id at the libsodium "moderate" cost unless ops and memory (bytes, whole KiB) are given, as
 * tests do. salt and nonce are fresh entropy. Afterwards key->seed is wiped. False when memory is
 * refused; then the key is as it was. */
bool key_seal(struct key *key, struct bytes passphrase, const uint8_t salt[static KEY_SALT_SIZE],
              const uint8_t nonce[static KEY_NONCE_SIZE], uint64_t ops, size_t memory);
/* VERDICT_FORGED: wrong passphrase or a damaged file. VERDICT_TOO_LARGE, before any work: a cost
 * above KEY_OPS_MAX or KEY_MEMORY_MAX; or no memory for it. Not fine leaves the key as it was. */
enum verdict key_unseal(struct key *key, struct bytes passphrase);

/* Public half: Ed25519 for sign and root, X25519 for transport. Not for a sealed key. */
void key_public(const struct key *key, uint8_t public_key[static SEAL_PUBLIC_SIZE]);
