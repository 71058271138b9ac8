#include "trust/ballot.h"

#include <assert.h>

static struct bytes view_of(ProtobufCBinaryData data)
{
    return (struct bytes) {data.data, data.len};
}

static const Peregrin__Signature *signature_naming(const Peregrin__Signed *signed_,
                                                   const struct digest *key)
{
    for (size_t i = 0; i < signed_->n_signatures; i++) {
        const Peregrin__Signature *signature = signed_->signatures[i];
        if (bytes_equal(view_of(signature->key_digest), digest_bytes(key)))
            return signature;
    }
    return NULL;
}

bool ballot_carried(const struct ballot *ballot, const Peregrin__Signed *signed_,
                    const struct suite *suite)
{
    assert(ballot->threshold >= 1 && ballot->key_count <= BALLOT_KEYS_MAX);
    uint32_t good = 0;
    for (size_t i = 0; i < ballot->key_count; i++) {
        assert(ballot->keys[i].len == SEAL_PUBLIC_SIZE);
        struct digest key;
        digest_of(DIGEST_KEY, view_of(ballot->keys[i]), &key);
        const Peregrin__Signature *signature = signature_naming(signed_, &key);
        if (signature && signature->signature.len == SEAL_SIGNATURE_SIZE)
            good += suite->verify(suite->self, ballot->keys[i].data, ballot->context,
                                  view_of(signed_->statement), signature->signature.data);
    }
    return good >= ballot->threshold;
}
