#include "sim/tenure.h"

#include "sim/parse.h"

/* Fields of evidence.proto; the key's is that of both. */
enum { STATEMENT_KEY = 5, SEAL_TIME = 8, RECEIPT_TIME = 9 };

static const char *wrong_by(const struct catalogue *catalogue, const char *signer,
                            struct bytes statement, uint32_t time)
{
    const struct catalogue_institution *institution = catalogue_institution(catalogue, signer);
    uint64_t made = parse_field(statement, time).value;
    for (size_t i = 0; institution && i < institution->key_count; i++) {
        const struct catalogue_key *key = &institution->keys[i];
        if (!bytes_equal(parse_field(statement, STATEMENT_KEY).stuff, digest_bytes(&key->digest)))
            continue;
        if (key->revoked_at != UINT64_MAX)
            return "its key was revoked before it was taken";
        return made < key->from || made >= key->until ? "its key was not in force when it was made"
                                                      : NULL;
    }
    return "whoever took it did not know its key";
}

const char *tenure_seal(const struct catalogue *catalogue, const char *signer,
                        struct bytes statement)
{
    return wrong_by(catalogue, signer, statement, SEAL_TIME);
}

const char *tenure_receipt(const struct catalogue *catalogue, const char *signer, struct bytes wire)
{
    return wrong_by(catalogue, signer, parse_field(wire, 1).stuff, RECEIPT_TIME);
}
