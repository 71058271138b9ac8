#include "admin/pass.h"

#include "admin/keep.h"

#include <stdio.h>
#include <string.h>

static const char tokens[] = "token/", sessions[] = "session/";

/* `token/` and 64 hexadecimal digits. */
static void name_of(const char *prefix, const struct digest *digest,
                    char out[static STORE_NAME_MAX + 1])
{
    size_t length = strlen(prefix);
    memcpy(out, prefix, length);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(out + length + 2 * i, 3, "%02x", digest->bytes[i]);
}

enum fault pass_token_get(struct store *store, const struct digest *digest, struct instant now,
                          struct arena *arena, Peregrin__Token **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *found;
    name_of(tokens, digest, name);
    TRY(keep_get(store, name, &peregrin__token__descriptor, arena, &found));
    Peregrin__Token *token = (Peregrin__Token *)found;
    *out = token && token->user && token->expires_at > instant_seconds(now) ? token : NULL;
    return FAULT_NONE;
}

enum fault pass_token_put(struct store *store, const struct digest *digest,
                          const Peregrin__Token *token, struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    name_of(tokens, digest, name);
    return keep_put(store, name, &token->base, arena);
}

enum fault pass_session_get(struct store *store, const struct digest *digest, struct instant now,
                            struct arena *arena, Peregrin__Session **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *found;
    name_of(sessions, digest, name);
    TRY(keep_get(store, name, &peregrin__session__descriptor, arena, &found));
    Peregrin__Session *session = (Peregrin__Session *)found;
    *out = session && session->user && session->expires_at > instant_seconds(now) ? session : NULL;
    return FAULT_NONE;
}

static enum fault remove_expired(struct store *store, uint64_t now, struct arena *arena)
{
    struct keep_row *rows;
    size_t count;
    TRY(keep_list(store, sessions, NULL, PASS_LIST_MAX, &peregrin__session__descriptor, arena,
                  &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (((const Peregrin__Session *)rows[i].message)->expires_at <= now)
            TRY(store->value_remove(store, rows[i].name));
    return FAULT_NONE;
}

enum fault pass_session_put(struct store *store, const struct digest *digest,
                            const Peregrin__Session *session, struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    TRY(remove_expired(store, session->created_at, arena));
    name_of(sessions, digest, name);
    return keep_put(store, name, &session->base, arena);
}

enum fault pass_session_remove(struct store *store, const struct digest *digest)
{
    char name[STORE_NAME_MAX + 1];
    name_of(sessions, digest, name);
    return store->value_remove(store, name);
}

enum fault pass_token_list(struct store *store, const char *user, struct arena *arena,
                           Peregrin__Token ***out, size_t *count)
{
    struct keep_row *rows;
    size_t found, kept = 0;
    TRY(keep_list(store, tokens, NULL, PASS_LIST_MAX, &peregrin__token__descriptor, arena, &rows,
                  &found));
    Peregrin__Token **list = arena_take_array(arena, found + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found; i++) {
        Peregrin__Token *token = (Peregrin__Token *)rows[i].message;
        if (!user || (token->user && strcmp(token->user, user) == 0))
            list[kept++] = token;
    }
    *out = list;
    *count = kept;
    return FAULT_NONE;
}

enum fault pass_token_remove(struct store *store, const char *user, const char *name,
                             struct arena *arena, bool *found)
{
    struct keep_row *rows;
    size_t count;
    *found = false;
    TRY(keep_list(store, tokens, NULL, PASS_LIST_MAX, &peregrin__token__descriptor, arena, &rows,
                  &count));
    for (size_t i = 0; i < count; i++) {
        const Peregrin__Token *token = (const Peregrin__Token *)rows[i].message;
        if (!token->user || !token->name || strcmp(token->user, user) != 0 ||
            strcmp(token->name, name) != 0)
            continue;
        *found = true;
        TRY(store->value_remove(store, rows[i].name));
    }
    return FAULT_NONE;
}

static enum fault remove_tokens(struct store *store, const char *user, struct arena *arena)
{
    Peregrin__Token **list;
    size_t count;
    bool found;
    TRY(pass_token_list(store, user, arena, &list, &count));
    for (size_t i = 0; i < count; i++)
        TRY(pass_token_remove(store, user, list[i]->name ? list[i]->name : "", arena, &found));
    return FAULT_NONE;
}

enum fault pass_remove_all(struct store *store, const char *user, unsigned kinds,
                           struct arena *arena)
{
    struct keep_row *rows;
    size_t count = 0;
    if (kinds & PASS_TOKENS)
        TRY(remove_tokens(store, user, arena));
    if (kinds & PASS_SESSIONS)
        TRY(keep_list(store, sessions, NULL, PASS_LIST_MAX, &peregrin__session__descriptor, arena,
                      &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const Peregrin__Session *session = (const Peregrin__Session *)rows[i].message;
        if (session->user && strcmp(session->user, user) == 0)
            TRY(store->value_remove(store, rows[i].name));
    }
    return FAULT_NONE;
}
