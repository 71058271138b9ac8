/* Passwords, as the node keeps them: Argon2id (RFC 9106) with a salt for each. */
#pragma once

#include "base/bytes.h"

enum {
    PASSWORD_SALT_SIZE = 16,
    PASSWORD_HASH_SIZE = 32,
    PASSWORD_TEXT_MAX = 1024, /* bytes */
    /* libsodium's interactive limits: 64 MiB and two passes, some 60 to 120 ms of one core. That is
     * what each login costs us, and each guess an attacker who has the database. */
    PASSWORD_PASSES = 2,
    PASSWORD_MEMORY_KIB = 64 * 1024,
};

struct password_salt {
    uint8_t bytes[PASSWORD_SALT_SIZE];
    uint32_t passes, memory_kib;
};

struct password_hash {
    uint8_t bytes[PASSWORD_HASH_SIZE];
};

/* False when there is not so much memory, or the cost is none that we would have chosen. */
bool password_derive(struct bytes text, const struct password_salt *salt,
                     struct password_hash *out);

/* In constant time. */
bool password_equal(const struct password_hash *left, const struct password_hash *right);
