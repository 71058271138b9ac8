/* The second port of the core: who can sign and verify, and by what keys are agreed on. The daemon
 * fills it from the keeper, tests from seeds, the simulator also with a model. */
#pragma once

#include "base/fault.h"
#include "seal/agree.h"
#include "seal/digest.h"
#include "seal/seal.h"

struct suite {
    void *self;
    /* With the secret key whose public key has this digest; FAULT_KEY when it is not held. */
    enum fault (*sign)(void *self, const struct digest *key, enum seal_context context,
                       struct bytes statement, uint8_t signature[static SEAL_SIGNATURE_SIZE]);
    bool (*verify)(void *self, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   enum seal_context context, struct bytes statement,
                   const uint8_t signature[static SEAL_SIGNATURE_SIZE]);
    const struct agree *agree; /* NULL: X25519 */
};

/* The real one over secret keys that the caller holds for as long as the suite is used. */
struct suite_key {
    struct digest key;     /* digest of the public key */
    const uint8_t *secret; /* SEAL_SECRET_SIZE bytes */
};
struct suite_keys {
    const struct suite_key *keys;
    size_t count;
};
struct suite suite_over(struct suite_keys *keys);
