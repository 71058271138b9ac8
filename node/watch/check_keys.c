#include "watch/check_keys.h"

#include "io/file.h"
#include "seal/key.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOON_SECONDS = 30 * 86400 };

/* The catalogue's word on one key file. */
struct listed {
    const struct catalogue_key *keys;
    size_t count;
    const char *where; /* `helmo.be`; NULL: nobody of this name */
};

static struct listed listed_under(const struct check_keys *what, const struct key *key)
{
    const struct catalogue *catalogue = what->catalogue;
    if (key->kind == KEY_TRANSPORT) {
        const struct catalogue_node *node = catalogue_node(catalogue, key->owner);
        return node ? (struct listed) {node->keys, node->key_count, node->id} : (struct listed) {0};
    }
    const struct catalogue_institution *institution = catalogue_institution(catalogue, key->owner);
    return institution
               ? (struct listed) {institution->keys, institution->key_count, institution->schac}
               : (struct listed) {0};
}

/* A sealed file does not show its public half: then its name must do. */
static const struct catalogue_key *find(const struct listed *listed, const struct key *key)
{
    struct digest digest = {0};
    if (!key->sealed) {
        uint8_t public_key[SEAL_PUBLIC_SIZE];
        key_public(key, public_key);
        digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, &digest);
    }
    for (size_t i = 0; i < listed->count; i++)
        if (key->sealed ? strcmp(listed->keys[i].id, key->id) == 0
                        : digest_equal(&listed->keys[i].digest, &digest))
            return &listed->keys[i];
    return NULL;
}

static void check_end(const struct catalogue_key *entry, const char *path, struct instant now,
                      struct check_list *list)
{
    uint64_t seconds = (uint64_t)(now.us / INSTANT_SECOND);
    char until[INSTANT_TEXT_SIZE];
    if (entry->revoked_at != UINT64_MAX) {
        check_add(list, CHECK_KEY_END, CHECK_FAILED, path, "key %s is revoked", entry->id);
        return;
    }
    if (entry->until == UINT64_MAX) {
        check_add(list, CHECK_KEY_END, CHECK_FINE, path, "no end is set");
        return;
    }
    instant_text((struct instant) {(int64_t)entry->until * INSTANT_SECOND}, until);
    bool ended = seconds >= entry->until, soon = seconds + SOON_SECONDS >= entry->until;
    check_add(list, CHECK_KEY_END,
              ended  ? CHECK_FAILED
              : soon ? CHECK_NOTED
                     : CHECK_FINE,
              path, "%s %s", ended ? "ended" : "until", until);
}

static void check_entry(const struct check_keys *what, const struct key *key, const char *path,
                        struct check_list *list)
{
    const char *use = key->kind == KEY_TRANSPORT ? "transport" : "signing";
    if (!what->catalogue) {
        check_add(list, CHECK_KEY_ENTRY, CHECK_SKIPPED, path, "no catalogue is believed");
        return;
    }
    if (key->kind == KEY_ROOT) {
        check_add(list, CHECK_KEY_ENTRY, CHECK_FAILED, path,
                  "is a root key of the federation: it has no place on a node");
        return;
    }
    struct listed listed = listed_under(what, key);
    const struct catalogue_key *entry = find(&listed, key);
    if (!entry) {
        check_add(list, CHECK_KEY_ENTRY, CHECK_FAILED, path,
                  listed.where ? "the catalogue does not name %s key %s for %s"
                               : "%s key %s: the catalogue does not know %s",
                  use, key->id, key->owner);
        return;
    }
    check_add(list, CHECK_KEY_ENTRY, CHECK_FINE, path, "%s key %s of %s%s", use, key->id,
              key->owner, key->sealed ? ", sealed: compared by name" : "");
    check_end(entry, path, what->now, list);
}

/* Who runs the node: the owner of its database, where there is one yet. */
static uid_t node_user(const struct config *config)
{
    struct stat status;
    return stat(config->database, &status) == 0 ? status.st_uid : geteuid();
}

/* As file_read_secret demands it of the node's own user. */
static bool is_private(const struct check_keys *what, const char *path, struct check_list *list)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return true; /* the reading will say why */
    if (status.st_mode & (S_IRWXG | S_IRWXO)) {
        check_add(list, CHECK_KEY_FILE, CHECK_FAILED, path, "others may read it (mode %04o)",
                  (unsigned)status.st_mode & 07777u);
        return false;
    }
    if (status.st_uid != 0 && status.st_uid != node_user(what->config)) {
        check_add(list, CHECK_KEY_FILE, CHECK_FAILED, path,
                  "belongs to user %u, and the node runs as %u", (unsigned)status.st_uid,
                  (unsigned)node_user(what->config));
        return false;
    }
    return true;
}

static void check_one(const struct check_keys *what, const char *path, struct check_list *list)
{
    struct bytes text = {0};
    struct reason reason;
    struct key key;
    size_t line = 0;
    if (!is_private(what, path, list))
        return;
    if (file_read(path, KEY_FILE_MAX, &text, &reason)) {
        check_add(list, CHECK_KEY_FILE, CHECK_FAILED, path, "%s", reason.text);
        return;
    }
    bool read = key_read(text, &key, &line) == VERDICT_FINE;
    explicit_bzero((void *)text.data, text.size);
    file_free(&text);
    if (read) {
        check_add(list, CHECK_KEY_FILE, CHECK_FINE, path, "mode 0600");
        check_entry(what, &key, path, list);
    } else {
        check_add(list, CHECK_KEY_FILE, CHECK_FAILED, path, "is no key file: line %zu", line);
    }
    explicit_bzero(&key, sizeof key);
}

void check_keys_run(const struct check_keys *what, struct check_list *list)
{
    for (size_t i = 0; i < what->config->keys.count; i++)
        check_one(what, what->config->keys.values[i], list);
}
