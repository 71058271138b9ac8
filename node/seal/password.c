#include "seal/password.h"

#include <assert.h>
#include <sodium.h>

enum { PASSES_MAX = 16, MEMORY_KIB_MAX = 1024 * 1024, KIB = 1024 };

static_assert(PASSWORD_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);

bool password_derive(struct bytes text, const struct password_salt *salt, struct password_hash *out)
{
    if (text.size > PASSWORD_TEXT_MAX || salt->passes == 0 || salt->passes > PASSES_MAX ||
        salt->memory_kib == 0 || salt->memory_kib > MEMORY_KIB_MAX)
        return false;
    return crypto_pwhash(out->bytes, sizeof out->bytes, (const char *)text.data, text.size,
                         salt->bytes, salt->passes, (size_t)salt->memory_kib * KIB,
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

bool password_equal(const struct password_hash *left, const struct password_hash *right)
{
    assert(left && right);
    return sodium_memcmp(left->bytes, right->bytes, sizeof left->bytes) == 0;
}
