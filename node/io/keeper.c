#include "io/keeper.h"

#include "io/file.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* One key: its secret half is in the locked block, at the same index. */
struct entry {
    enum key_kind kind;
    struct digest digest; /* of the public key */
};

struct keeper {
    size_t count;
    struct entry *entries;
    uint8_t (*secrets)[SEAL_SECRET_SIZE]; /* transport: the first 32 bytes */
    bool locked;
    struct suite_key *signers;
    struct suite_keys suite;
};

/* What is needed while files are read; locked and wiped as well. */
struct bench {
    uint8_t text[KEY_FILE_MAX];
    uint8_t passphrase[KEEPER_PASSPHRASE_MAX];
    size_t passphrase_size;
    struct key key;
};

static enum fault read_passphrase(const struct keeper_settings *settings, struct bench *bench,
                                  struct reason *reason)
{
    size_t size = 0;
    if (settings->passphrase_file)
        TRY(file_read_secret(settings->passphrase_file, bench->passphrase, sizeof bench->passphrase,
                             &size, reason));
    else if (settings->passphrase_descriptor >= 0)
        TRY(file_read_descriptor(settings->passphrase_descriptor, bench->passphrase,
                                 sizeof bench->passphrase, &size, reason));
    if (size > 0 && bench->passphrase[size - 1] == '\n')
        size--;
    if (size > 0 && bench->passphrase[size - 1] == '\r')
        size--;
    bench->passphrase_size = size;
    return FAULT_NONE;
}

static enum fault unseal(struct bench *bench, const char *path, struct reason *reason)
{
    struct bytes passphrase = {bench->passphrase, bench->passphrase_size};
    if (passphrase.size == 0)
        return reason_give(reason, FAULT_KEY,
                           "%s: is sealed with a passphrase; give it with --passphrase-file", path);
    switch (key_unseal(&bench->key, passphrase)) {
    case VERDICT_FINE: return FAULT_NONE;
    case VERDICT_TOO_LARGE:
        return reason_give(reason, FAULT_KEY,
                           "%s: needs more memory to unseal than there is or is allowed", path);
    default:
        return reason_give(reason, FAULT_KEY, "%s: the passphrase is wrong, or the file is damaged",
                           path);
    }
}

static enum fault read_key(const char *path, struct bench *bench, struct reason *reason)
{
    size_t size, line;
    TRY(file_read_secret(path, bench->text, sizeof bench->text, &size, reason));
    if (key_read((struct bytes) {bench->text, size}, &bench->key, &line))
        return reason_give(reason, FAULT_KEY, "%s:%zu: this is not a key file's line", path, line);
    if (bench->key.kind == KEY_ROOT)
        return reason_give(reason, FAULT_KEY,
                           "%s: is a root key of the federation; keep it off this machine", path);
    return bench->key.sealed ? unseal(bench, path, reason) : FAULT_NONE;
}

static enum fault take_key(struct keeper *keeper, const char *path, struct bench *bench,
                           struct reason *reason)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    TRY(read_key(path, bench, reason));
    struct entry *entry = &keeper->entries[keeper->count];
    key_public(&bench->key, public_key);
    entry->kind = bench->key.kind;
    digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, &entry->digest);
    if (keeper_holds(keeper, entry->kind, &entry->digest))
        return reason_give(reason, FAULT_KEY, "%s: the same key is given twice", path);
    uint8_t *secret = keeper->secrets[keeper->count++];
    if (entry->kind == KEY_TRANSPORT)
        memcpy(secret, bench->key.seed, sizeof bench->key.seed);
    else
        seal_key_pair(bench->key.seed, public_key, secret);
    return FAULT_NONE;
}

static enum fault take_all(struct keeper *keeper, const struct keeper_settings *settings,
                           struct reason *reason)
{
    struct bench *bench = sodium_malloc(sizeof *bench);
    if (!bench)
        return reason_give(reason, FAULT_MEMORY, "no memory for the keys");
    enum fault fault = read_passphrase(settings, bench, reason);
    for (size_t i = 0; i < settings->count && !fault; i++)
        fault = take_key(keeper, settings->paths[i], bench, reason);
    sodium_free(bench);
    return fault;
}

static void make_suite(struct keeper *keeper)
{
    size_t count = 0;
    for (size_t i = 0; i < keeper->count; i++)
        if (keeper->entries[i].kind == KEY_SIGN)
            keeper->signers[count++] =
                (struct suite_key) {keeper->entries[i].digest, keeper->secrets[i]};
    keeper->suite = (struct suite_keys) {keeper->signers, count};
}

static bool make_room(struct keeper *keeper, size_t count)
{
    keeper->entries = calloc(count + 1, sizeof *keeper->entries);
    keeper->signers = calloc(count + 1, sizeof *keeper->signers);
    keeper->secrets = sodium_allocarray(count + 1, sizeof *keeper->secrets);
    /* sodium_malloc locks too, but does not say whether it could. */
    keeper->locked = keeper->secrets &&
                     sodium_mlock(keeper->secrets, (count + 1) * sizeof *keeper->secrets) == 0;
    return keeper->entries && keeper->signers && keeper->secrets;
}

enum fault keeper_open(const struct keeper_settings *settings, struct keeper **out,
                       struct reason *reason)
{
    if (sodium_init() < 0)
        return reason_give(reason, FAULT_KEY, "libsodium cannot start");
    if (settings->count > KEEPER_KEYS_MAX)
        return reason_give(reason, FAULT_KEY, "more than %d keys", KEEPER_KEYS_MAX);
    struct keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper || !make_room(keeper, settings->count)) {
        keeper_close(keeper);
        return reason_give(reason, FAULT_MEMORY, "no memory for the keys");
    }
    enum fault fault = take_all(keeper, settings, reason);
    if (fault) {
        keeper_close(keeper);
        return fault;
    }
    make_suite(keeper);
    sodium_mprotect_readonly(keeper->secrets);
    *out = keeper;
    return FAULT_NONE;
}

void keeper_close(struct keeper *keeper)
{
    if (!keeper)
        return;
    sodium_free(keeper->secrets);
    free(keeper->signers);
    free(keeper->entries);
    free(keeper);
}

bool keeper_locked(const struct keeper *keeper)
{
    return keeper->locked;
}

struct suite keeper_suite(struct keeper *keeper)
{
    return suite_over(&keeper->suite);
}

static const uint8_t *find(const struct keeper *keeper, enum key_kind kind,
                           const struct digest *public_key)
{
    for (size_t i = 0; i < keeper->count; i++)
        if (keeper->entries[i].kind == kind && digest_equal(&keeper->entries[i].digest, public_key))
            return keeper->secrets[i];
    return NULL;
}

bool keeper_holds(const struct keeper *keeper, enum key_kind kind, const struct digest *public_key)
{
    return find(keeper, kind, public_key) != NULL;
}

const uint8_t *keeper_transport(const struct keeper *keeper, const struct digest *public_key)
{
    return find(keeper, KEY_TRANSPORT, public_key);
}
