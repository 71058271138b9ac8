/* The ways in: tokens of programs and sessions of browsers, each kept under its secret's digest. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "local.pb-c.h"
#include "seal/secret.h"
#include "store/store.h"

enum {
    PASS_TOKENS = 1,
    PASS_SESSIONS = 2,
    PASS_NAME_MAX = 40, /* of a token */
    PASS_LIST_MAX = 2000,
    PASS_DAYS_MAX = 3660,
};

/* What expired is not found. NULL: there is none. */
enum fault pass_token_get(struct store *store, const struct digest *digest, struct instant now,
                          struct arena *arena, Peregrin__Token **out);
enum fault pass_token_put(struct store *store, const struct digest *digest,
                          const Peregrin__Token *token, struct arena *arena);

enum fault pass_session_get(struct store *store, const struct digest *digest, struct instant now,
                            struct arena *arena, Peregrin__Session **out);
/* Takes the occasion to remove what has expired. */
enum fault pass_session_put(struct store *store, const struct digest *digest,
                            const Peregrin__Session *session, struct arena *arena);
enum fault pass_session_remove(struct store *store, const struct digest *digest);

/* Tokens of this user (NULL: of all), the expired ones too, ordered by digest. */
enum fault pass_token_list(struct store *store, const char *user, struct arena *arena,
                           Peregrin__Token ***out, size_t *count);
/* The user's token of this name; *found false: there is none. */
enum fault pass_token_remove(struct store *store, const char *user, const char *name,
                             struct arena *arena, bool *found);
/* All of the user's, of the kinds PASS_... */
enum fault pass_remove_all(struct store *store, const char *user, unsigned kinds,
                           struct arena *arena);
