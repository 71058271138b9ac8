#include "seal/key.h"

#include "seal/base64.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* The lines of a key file, in their order. The last one comes in one of two forms. */
enum line { LINE_FORMAT, LINE_KIND, LINE_OWNER, LINE_ID, LINE_SECRET, LINE_COUNT };

static const char *const labels[LINE_COUNT] = {
    [LINE_FORMAT] = "peregrin-key ", [LINE_KIND] = "kind: ",
    [LINE_OWNER] = "owner: ",        [LINE_ID] = "id: ",
    [LINE_SECRET] = "seed: ",
};
static const char sealed_label[] = "sealed: ";

static const char *const kinds[KEY_KIND_COUNT] = {
    [KEY_SIGN] = "sign",
    [KEY_TRANSPORT] = "transport",
    [KEY_ROOT] = "root",
};

/* Where the parts stand in the box of a sealed key. */
enum {
    BOX_SALT = 0,
    BOX_OPS = BOX_SALT + KEY_SALT_SIZE,
    BOX_MEMORY = BOX_OPS + 4,
    BOX_NONCE = BOX_MEMORY + 4,
    BOX_SECRET = BOX_NONCE + KEY_NONCE_SIZE,
};

static_assert(BOX_SECRET + SEAL_SEED_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
              KEY_SEALED_SIZE);
static_assert(KEY_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);
static_assert(KEY_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

/* Takes `label` from the front of a view. */
static bool take_label(struct bytes *view, const char *label)
{
    size_t length = strlen(label);
    if (view->size < length || memcmp(view->data, label, length) != 0)
        return false;
    *view = (struct bytes) {view->data + length, view->size - length};
    return true;
}

static bool read_name(struct bytes value, size_t max, char *out)
{
    if (value.size == 0 || value.size > max)
        return false;
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] <= ' ' || value.data[i] > '~')
            return false;
    memcpy(out, value.data, value.size);
    out[value.size] = '\0';
    return true;
}

static bool read_kind(struct bytes value, enum key_kind *kind)
{
    for (size_t i = 0; i < KEY_KIND_COUNT; i++) {
        if (bytes_equal(value, bytes_text(kinds[i]))) {
            *kind = (enum key_kind)i;
            return true;
        }
    }
    return false;
}

static bool read_exactly(struct bytes text, uint8_t *out, size_t size)
{
    size_t length;
    return base64_read(text, out, size, &length) && length == size;
}

static bool read_line(enum line line, struct bytes text, struct key *key)
{
    if (line == LINE_SECRET && take_label(&text, sealed_label)) {
        key->sealed = true;
        return read_exactly(text, key->box, KEY_SEALED_SIZE);
    }
    if (!take_label(&text, labels[line]))
        return false;
    switch (line) {
    case LINE_FORMAT: return bytes_equal(text, bytes_text("1"));
    case LINE_KIND: return read_kind(text, &key->kind);
    case LINE_OWNER: return read_name(text, KEY_OWNER_MAX, key->owner);
    case LINE_ID: return read_name(text, KEY_ID_MAX, key->id);
    case LINE_SECRET: return read_exactly(text, key->seed, SEAL_SEED_SIZE);
    case LINE_COUNT: break;
    }
    return false;
}

/* The next line without its end; text moves behind it. */
static struct bytes next_line(struct bytes *text)
{
    const uint8_t *end = text->size ? memchr(text->data, '\n', text->size) : NULL;
    size_t length = end ? (size_t)(end - text->data) : text->size;
    struct bytes line = {text->data, length};
    size_t taken = length + (end != NULL);
    *text = (struct bytes) {text->data + taken, text->size - taken};
    return line;
}

enum verdict key_read(struct bytes text, struct key *key, size_t *line)
{
    struct key read = {0};
    bool good = text.size < KEY_FILE_MAX;
    size_t at = 0;
    for (; good && at < LINE_COUNT; at++)
        good = text.size > 0 && read_line((enum line)at, next_line(&text), &read);
    if (good && text.size > 0) {
        good = false;
        at++;
    }
    if (good)
        *key = read;
    else
        *line = at ? at : 1;
    sodium_memzero(&read, sizeof read);
    return good ? VERDICT_FINE : VERDICT_MALFORMED;
}

/* All lines before the secret: also the associated data of its box. */
static size_t write_name(const struct key *key, char out[static KEY_FILE_MAX])
{
    assert(key->kind < KEY_KIND_COUNT);
    int length = snprintf(out, KEY_FILE_MAX, "%s1\n%s%s\n%s%s\n%s%s\n", labels[LINE_FORMAT],
                          labels[LINE_KIND], kinds[key->kind], labels[LINE_OWNER], key->owner,
                          labels[LINE_ID], key->id);
    assert(length > 0 && length < KEY_FILE_MAX / 2);
    return (size_t)length;
}

size_t key_write(const struct key *key, char out[static KEY_FILE_MAX])
{
    size_t length = write_name(key, out);
    struct bytes bytes = key->sealed ? (struct bytes) {key->box, KEY_SEALED_SIZE}
                                     : (struct bytes) {key->seed, SEAL_SEED_SIZE};
    char secret[KEY_SEALED_SIZE / 3 * 4 + 1];
    base64_write(bytes, secret, sizeof secret);
    int last = snprintf(out + length, KEY_FILE_MAX - length, "%s%s\n",
                        key->sealed ? sealed_label : labels[LINE_SECRET], secret);
    assert(last > 0 && length + (size_t)last < KEY_FILE_MAX);
    sodium_memzero(secret, sizeof secret);
    return length + (size_t)last;
}

/* The key of the box, from the costs and the salt that stand in it. False: memory is refused. */
static bool stretch(const uint8_t box[static KEY_SEALED_SIZE], struct bytes passphrase,
                    uint8_t out[static crypto_aead_xchacha20poly1305_ietf_KEYBYTES])
{
    return crypto_pwhash_argon2id(out, crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
                                  (const char *)passphrase.data, passphrase.size, box + BOX_SALT,
                                  bytes_read_u32le(box + BOX_OPS),
                                  (size_t)bytes_read_u32le(box + BOX_MEMORY) * 1024,
                                  crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0;
}

bool key_seal(struct key *key, struct bytes passphrase, const uint8_t salt[static KEY_SALT_SIZE],
              const uint8_t nonce[static KEY_NONCE_SIZE], uint64_t ops, size_t memory)
{
    ops = ops ? ops : crypto_pwhash_argon2id_OPSLIMIT_MODERATE;
    memory = memory ? memory : crypto_pwhash_argon2id_MEMLIMIT_MODERATE;
    assert(!key->sealed && ops <= KEY_OPS_MAX && memory <= KEY_MEMORY_MAX && memory % 1024 == 0);
    uint8_t box[KEY_SEALED_SIZE], secret[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    memcpy(box + BOX_SALT, salt, KEY_SALT_SIZE);
    bytes_write_u32le(box + BOX_OPS, (uint32_t)ops);
    bytes_write_u32le(box + BOX_MEMORY, (uint32_t)(memory / 1024));
    memcpy(box + BOX_NONCE, nonce, KEY_NONCE_SIZE);
    if (!stretch(box, passphrase, secret))
        return false;
    char name[KEY_FILE_MAX];
    size_t length = write_name(key, name);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box + BOX_SECRET, NULL, key->seed, SEAL_SEED_SIZE,
                                               (const uint8_t *)name, length, NULL, box + BOX_NONCE,
                                               secret);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(key->seed, sizeof key->seed);
    memcpy(key->box, box, sizeof box);
    key->sealed = true;
    return true;
}

/* Below libsodium's least cost nobody can have sealed: a damaged file. */
static enum verdict check_cost(const uint8_t box[static KEY_SEALED_SIZE])
{
    uint32_t ops = bytes_read_u32le(box + BOX_OPS), kibibytes = bytes_read_u32le(box + BOX_MEMORY);
    if (ops > KEY_OPS_MAX || kibibytes > KEY_MEMORY_MAX / 1024)
        return VERDICT_TOO_LARGE;
    if (ops < crypto_pwhash_argon2id_OPSLIMIT_MIN ||
        kibibytes < crypto_pwhash_argon2id_MEMLIMIT_MIN / 1024)
        return VERDICT_FORGED;
    return VERDICT_FINE;
}

enum verdict key_unseal(struct key *key, struct bytes passphrase)
{
    assert(key->sealed);
    TRY(check_cost(key->box));
    uint8_t secret[crypto_aead_xchacha20poly1305_ietf_KEYBYTES], seed[SEAL_SEED_SIZE];
    if (!stretch(key->box, passphrase, secret))
        return VERDICT_TOO_LARGE;
    char name[KEY_FILE_MAX];
    size_t length = write_name(key, name);
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        seed, NULL, NULL, key->box + BOX_SECRET, KEY_SEALED_SIZE - BOX_SECRET,
        (const uint8_t *)name, length, key->box + BOX_NONCE, secret);
    sodium_memzero(secret, sizeof secret);
    if (failed)
        return VERDICT_FORGED;
    memcpy(key->seed, seed, sizeof seed);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(key->box, sizeof key->box);
    key->sealed = false;
    return VERDICT_FINE;
}

void key_public(const struct key *key, uint8_t public_key[static SEAL_PUBLIC_SIZE])
{
    assert(!key->sealed);
    if (key->kind == KEY_TRANSPORT) {
        int failed = crypto_scalarmult_curve25519_base(public_key, key->seed);
        assert(!failed);
        return;
    }
    uint8_t secret[SEAL_SECRET_SIZE];
    seal_key_pair(key->seed, public_key, secret);
    sodium_memzero(secret, sizeof secret);
}
