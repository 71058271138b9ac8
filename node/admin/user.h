/* The users of this node's API, and what their names and passwords may be. */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "seal/password.h"
#include "store/store.h"

enum {
    USER_NAME_MAX = 40,
    USER_UNITS_MAX = 64,
    USER_PASSWORD_MIN = 12, /* characters */
    USER_PAGE_MAX = 500,
};

/* NULL: fine; otherwise what it must be. */
const char *user_name_wrong(const char *name);
/* Length counts, not composition (NIST SP 800-63B, 5.1.1.2): long enough, not among the commonest,
 * and not the user's own name. */
const char *user_password_wrong(const char *password, const char *name);

/* NULL: there is none. */
enum fault user_get(struct store *store, const char *name, struct arena *arena,
                    Peregrin__User **out);
enum fault user_put(struct store *store, const Peregrin__User *user, struct arena *arena);
/* In order of names, above `after` (NULL: from the first). */
enum fault user_list(struct store *store, const char *after, size_t max, struct arena *arena,
                     Peregrin__User ***out, size_t *count);
/* With all its tokens and sessions. */
enum fault user_remove(struct store *store, const char *name, struct arena *arena);

/* How the password was salted, and what it costs; one that costs as much where there is none: so
 * that an unknown name takes the time of a known one. */
struct password_salt user_salt(const Peregrin__User *user);
/* False also where there is no user, no password, or it is disabled. */
bool user_fits(const Peregrin__User *user, const struct password_hash *hash);
