/* k of n: whether enough of these keys have signed. */
#pragma once

#include "evidence.pb-c.h"
#include "seal/suite.h"

enum { BALLOT_KEYS_MAX = 16 };

struct ballot {
    enum seal_context context;
    const ProtobufCBinaryData *keys; /* distinct Ed25519 public keys of 32 bytes */
    size_t key_count;                /* at most BALLOT_KEYS_MAX */
    uint32_t threshold;              /* at least 1 */
};

/* Each key counts once, by the first signature that names it: at most one verification for each
 * key, whatever stands in the file. Signatures of other keys do not count and do no harm. */
bool ballot_carried(const struct ballot *ballot, const Peregrin__Signed *signed_,
                    const struct suite *suite);
