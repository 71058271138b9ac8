/* links: base seal */
/* Any text is either a key file, and then writing and reading it again changes nothing, or it is
 * malformed in a line that it has or lacks. */
#include "seal/key.h"

#include <assert.h>
#include <string.h>

enum { CHEAP_KIBIBYTES = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t lines_of(const uint8_t *data, size_t size)
{
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    return lines;
}

static void go_round(const struct key *key)
{
    char text[KEY_FILE_MAX];
    struct key again;
    size_t line, length = key_write(key, text);
    enum verdict verdict = key_read((struct bytes) {(const uint8_t *)text, length}, &again, &line);
    assert(verdict == VERDICT_FINE);
    assert(memcmp(key, &again, sizeof again) == 0);
}

/* Costs that are allowed and yet take long are left to the unit tests. */
static bool cheap(const struct key *key)
{
    return bytes_read_u32le(key->box + KEY_SALT_SIZE + 4) <= CHEAP_KIBIBYTES ||
           bytes_read_u32le(key->box + KEY_SALT_SIZE) > KEY_OPS_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct key key;
    size_t line = 0;
    enum verdict verdict = key_read((struct bytes) {data, size}, &key, &line);
    if (verdict) {
        assert(verdict == VERDICT_MALFORMED && line >= 1 && line <= 6);
        assert(size >= KEY_FILE_MAX || line <= lines_of(data, size) + 1);
        return 0;
    }
    go_round(&key);
    if (key.sealed && cheap(&key)) {
        verdict = key_unseal(&key, bytes_text("a long sentence"));
        assert(key.sealed == (verdict != VERDICT_FINE));
    }
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    if (!key.sealed)
        key_public(&key, public_key);
    return 0;
}
