#include "admin/user.h"

#include "admin/keep.h"
#include "admin/pass.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static const char prefix[] = "user/";

static_assert(sizeof prefix + USER_NAME_MAX <= STORE_NAME_MAX);

/* What is tried first, of those that are long enough. */
static const char *const commonest[] = {
    "password",   "passw0rd",     "qwertyuiop",    "qwerty",     "azerty",   "letmein",
    "iloveyou",   "welcome",      "administrator", "admin",      "peregrin", "erasmus",
    "changeme",   "abcdefghijkl", "motdepasse",    "wachtwoord", "passwort", "secret",
    "university", "universite",   "universiteit",
};

/* ---- what a name and a password may be --------------------------------------------------------
 */

const char *user_name_wrong(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > USER_NAME_MAX)
        return "give 1 to 40 characters";
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._@-") != length || name[0] == '-' ||
        name[0] == '.')
        return "give small letters, digits, and . _ @ -, beginning with a letter or digit";
    return NULL;
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* How many different bytes there are. */
static size_t variety(const char *text)
{
    bool seen[256] = {false};
    size_t count = 0;
    for (; *text; text++) {
        count += !seen[(unsigned char)*text];
        seen[(unsigned char)*text] = true;
    }
    return count;
}

/* The word, also with digits and marks behind it, and the word again and again. */
static bool is_made_of(const char *text, const char *word)
{
    size_t length = strlen(word);
    bool found = false;
    while (length > 0 && strncasecmp(text, word, length) == 0) {
        text += length;
        found = true;
    }
    return found && text[strspn(text, "0123456789!?.-_#*$@+")] == '\0';
}

/* `123456789012`, `abcdefghijkl`: each character one more, or one less, than the one before. */
static bool is_staircase(const char *text)
{
    size_t steps = 0, length = strlen(text);
    for (size_t i = 1; i < length; i++) {
        int step = text[i] - text[i - 1];
        steps += step == 1 || step == -1 || step == 0;
    }
    return length > 1 && steps + 2 >= length;
}

const char *user_password_wrong(const char *password, const char *name)
{
    enum { VARIETY_MIN = 5 };
    if (characters(password) < USER_PASSWORD_MIN)
        return "give at least 12 characters; a few words are easier to remember than signs";
    if (strlen(password) > PASSWORD_TEXT_MAX)
        return "give at most 1024 bytes";
    if (variety(password) < VARIETY_MIN || is_staircase(password))
        return "this one is guessed at once; a few words are easier to remember than signs";
    if (is_made_of(password, name))
        return "it may not be the user's name";
    for (size_t i = 0; i < sizeof commonest / sizeof *commonest; i++)
        if (is_made_of(password, commonest[i]))
            return "this one is among the commonest; a few words are easier to remember than signs";
    return NULL;
}

/* ---- as the store keeps them ------------------------------------------------------------------
 */

static void name_of(const char *user, char out[static STORE_NAME_MAX + 1])
{
    assert(!user_name_wrong(user));
    memcpy(out, prefix, sizeof prefix - 1);
    strcpy(out + sizeof prefix - 1, user);
}

enum fault user_get(struct store *store, const char *name, struct arena *arena,
                    Peregrin__User **out)
{
    char at[STORE_NAME_MAX + 1];
    ProtobufCMessage *found = NULL;
    *out = NULL;
    if (user_name_wrong(name)) /* nobody can have it */
        return FAULT_NONE;
    name_of(name, at);
    TRY(keep_get(store, at, &peregrin__user__descriptor, arena, &found));
    *out = (Peregrin__User *)found;
    return found && !(*out)->name ? FAULT_CORRUPT : FAULT_NONE;
}

enum fault user_put(struct store *store, const Peregrin__User *user, struct arena *arena)
{
    char at[STORE_NAME_MAX + 1];
    name_of(user->name, at);
    return keep_put(store, at, &user->base, arena);
}

enum fault user_list(struct store *store, const char *after, size_t max, struct arena *arena,
                     Peregrin__User ***out, size_t *count)
{
    char at[STORE_NAME_MAX + 1];
    struct keep_row *rows;
    if (after)
        name_of(after, at);
    TRY(keep_list(store, prefix, after ? at : NULL, max, &peregrin__user__descriptor, arena, &rows,
                  count));
    Peregrin__User **users = arena_take_array(arena, *count + 1, sizeof *users);
    if (!users)
        return FAULT_MEMORY;
    for (size_t i = 0; i < *count; i++)
        users[i] = (Peregrin__User *)rows[i].message;
    *out = users;
    return FAULT_NONE;
}

enum fault user_remove(struct store *store, const char *name, struct arena *arena)
{
    char at[STORE_NAME_MAX + 1];
    name_of(name, at);
    TRY(pass_remove_all(store, name, PASS_TOKENS | PASS_SESSIONS, arena));
    return store->value_remove(store, at);
}

struct password_salt user_salt(const Peregrin__User *user)
{
    struct password_salt salt = {.passes = PASSWORD_PASSES, .memory_kib = PASSWORD_MEMORY_KIB};
    if (!user || user->salt.len != PASSWORD_SALT_SIZE)
        return salt;
    memcpy(salt.bytes, user->salt.data, PASSWORD_SALT_SIZE);
    salt.passes = user->passes;
    salt.memory_kib = user->memory_kib;
    return salt;
}

bool user_fits(const Peregrin__User *user, const struct password_hash *hash)
{
    struct password_hash kept = {0};
    bool has = user && user->hash.len == PASSWORD_HASH_SIZE &&
               user->salt.len == PASSWORD_SALT_SIZE && !user->disabled;
    if (has)
        memcpy(kept.bytes, user->hash.data, PASSWORD_HASH_SIZE);
    return password_equal(&kept, hash) && has;
}
