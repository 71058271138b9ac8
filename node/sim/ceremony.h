/* A federation made from a seed: keys for everybody, a root and a signed catalogue. */
#pragma once

#include "seal/entropy.h"
#include "seal/key.h"
#include "trust/catalogue.h"

struct ceremony_keys {
    const char *institution;
    char node[80];
    bool lodges;    /* the node is another institution's, which stands for its key */
    bool calls_out; /* nobody can dial the node */
    uint8_t sign_secret[SEAL_SECRET_SIZE], sign_public[SEAL_PUBLIC_SIZE];
    struct key transport;
    uint8_t transport_public[SEAL_PUBLIC_SIZE];
};

/* agree: NULL is X25519. The same name has the same keys in every world of this seed. */
void ceremony_keys_make(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *institution,
                        const char *node, const struct agree *agree, struct ceremony_keys *out);

/* Root (2 of 3) and catalogue 1 over all of them. False when memory is refused. */
bool ceremony_files(const uint8_t seed[static ENTROPY_SEED_SIZE],
                    const struct ceremony_keys *const *keys, size_t count, struct instant now,
                    struct arena *arena, struct catalogue_files *out);

/* Who signs a later one: the root's keys, one too few of them, or as many that are none of them. */
enum ceremony_hand { CEREMONY_ROOT, CEREMONY_ONE_TOO_FEW, CEREMONY_STRANGERS };
bool ceremony_issue(const uint8_t seed[static ENTROPY_SEED_SIZE],
                    const Peregrin__CatalogueStatement *statement, enum ceremony_hand hand,
                    struct arena *arena, struct bytes *out);

/* The same, read back as every node reads it. False when
 * memory is refused. */
bool ceremony_catalogue(const uint8_t seed[static ENTROPY_SEED_SIZE],
                        const struct ceremony_keys *const *keys, size_t count, struct instant now,
                        const struct suite *suite, struct arena *arena, struct catalogue **out);
