/* Ed25519 over `context 0x00 u64le(length) bytes`: a signature for one purpose serves no other. */
#pragma once

#include "base/bytes.h"

enum {
    SEAL_SIGNATURE_SIZE = 64,
    SEAL_PUBLIC_SIZE = 32,
    SEAL_SECRET_SIZE = 64,
    SEAL_SEED_SIZE = 32,
    SEAL_STATEMENT_INLINE = 8192,         /* up to here nothing can fail */
    SEAL_STATEMENT_MAX = 4 * 1024 * 1024, /* a catalogue of some thousand institutions */
};

/* One for each kind of statement; the strings are the table at the top of seal.c. */
enum seal_context {
    SEAL_CONTEXT_SEAL,      /* `peregrin/seal/1` */
    SEAL_CONTEXT_RECEIPT,   /* `peregrin/receipt/1` */
    SEAL_CONTEXT_RECOVER,   /* `peregrin/recover/1` */
    SEAL_CONTEXT_CATALOGUE, /* `peregrin/catalogue/1` */
    SEAL_CONTEXT_ROOT,      /* `peregrin/root/1` */
    SEAL_CONTEXT_KEY,       /* `peregrin/key/1` */
    SEAL_CONTEXT_COUNT
};

void seal_key_pair(const uint8_t seed[static SEAL_SEED_SIZE],
                   uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   uint8_t secret_key[static SEAL_SECRET_SIZE]);

/* The public half of a secret key. */
void seal_public(const uint8_t secret_key[static SEAL_SECRET_SIZE],
                 uint8_t public_key[static SEAL_PUBLIC_SIZE]);

/* A statement above SEAL_STATEMENT_MAX bytes is a bug here. False only when a statement above
 * SEAL_STATEMENT_INLINE bytes finds no memory in the machine. */
bool seal_sign(enum seal_context context, const uint8_t secret_key[static SEAL_SECRET_SIZE],
               struct bytes statement, uint8_t signature[static SEAL_SIGNATURE_SIZE]);

/* False also for a statement above SEAL_STATEMENT_MAX bytes. */
bool seal_verify(enum seal_context context, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                 struct bytes statement, const uint8_t signature[static SEAL_SIGNATURE_SIZE]);
