#include "seal/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { CHECK_SIZE = 5, WHOLE_SIZE = SECRET_SIZE + CHECK_SIZE, BITS = 5 };

static const char *const prefixes[] = {[SECRET_TOKEN] = "pgn_", [SECRET_SESSION] = "pgs_"};
static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567"; /* RFC 4648, section 6 */

static_assert(sizeof prefixes / sizeof *prefixes == SECRET_KIND_COUNT);
static_assert(SECRET_TEXT_LENGTH == SECRET_PREFIX_LENGTH + WHOLE_SIZE * 8 / BITS);

/* Three digests of one secret, each under its own word. */
static void digest_as(const char *word, const struct secret *secret, struct digest *out)
{
    uint8_t input[SECRET_PREFIX_LENGTH + SECRET_SIZE];
    assert(secret->kind < SECRET_KIND_COUNT);
    memcpy(input, prefixes[secret->kind], SECRET_PREFIX_LENGTH);
    memcpy(input + SECRET_PREFIX_LENGTH, secret->bytes, SECRET_SIZE);
    digest_of_pair(DIGEST_SECRET, (struct bytes) {(const uint8_t *)word, SECRET_PREFIX_LENGTH},
                   (struct bytes) {input, sizeof input}, out);
    sodium_memzero(input, sizeof input);
}

void secret_write(const struct secret *secret, char out[static SECRET_TEXT_LENGTH + 1])
{
    uint8_t whole[WHOLE_SIZE];
    struct digest check;
    digest_as("sum:", secret, &check);
    memcpy(whole, secret->bytes, SECRET_SIZE);
    memcpy(whole + SECRET_SIZE, check.bytes, CHECK_SIZE);
    memcpy(out, prefixes[secret->kind], SECRET_PREFIX_LENGTH);
    char *end = out + SECRET_PREFIX_LENGTH;
    for (size_t bit = 0; bit < WHOLE_SIZE * 8; bit += BITS) {
        unsigned two = (unsigned)whole[bit / 8] << 8;
        if (bit / 8 + 1 < WHOLE_SIZE)
            two |= whole[bit / 8 + 1];
        *end++ = alphabet[two >> (16 - BITS - bit % 8) & 31];
    }
    *end = '\0';
    sodium_memzero(whole, sizeof whole);
}

static bool whole_read(const uint8_t *text, uint8_t whole[static WHOLE_SIZE])
{
    uint32_t held = 0, count = 0;
    size_t at = 0;
    for (size_t i = 0; i < WHOLE_SIZE * 8 / BITS; i++) {
        const char *letter = text[i] ? strchr(alphabet, text[i]) : NULL;
        if (!letter)
            return false;
        held = held << BITS | (uint32_t)(letter - alphabet);
        count += BITS;
        if (count >= 8) {
            count -= 8;
            whole[at++] = (uint8_t)(held >> count);
        }
    }
    assert(at == WHOLE_SIZE);
    return true;
}

bool secret_read(struct bytes text, enum secret_kind kind, struct secret *out)
{
    uint8_t whole[WHOLE_SIZE];
    struct secret read = {.kind = kind};
    struct digest check;
    if (text.size != SECRET_TEXT_LENGTH ||
        memcmp(text.data, prefixes[kind], SECRET_PREFIX_LENGTH) != 0 ||
        !whole_read(text.data + SECRET_PREFIX_LENGTH, whole))
        return false;
    memcpy(read.bytes, whole, SECRET_SIZE);
    digest_as("sum:", &read, &check);
    bool right = sodium_memcmp(check.bytes, whole + SECRET_SIZE, CHECK_SIZE) == 0;
    if (right)
        *out = read;
    sodium_memzero(whole, sizeof whole);
    return right;
}

void secret_digest(const struct secret *secret, struct digest *out)
{
    digest_as("kept", secret, out);
}

void secret_twin(const struct secret *secret, struct digest *out)
{
    digest_as("twin", secret, out);
}
