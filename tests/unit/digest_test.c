/* links: base seal */
#include "seal/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

static struct bytes text(const char *text_)
{
    return bytes_text(text_);
}

static void no_purpose_gives_the_digest_of_another(void **)
{
    struct digest all[DIGEST_COUNT];
    for (size_t i = 0; i < DIGEST_COUNT; i++) {
        digest_of((enum digest_purpose)i, text("the same bytes"), &all[i]);
        for (size_t j = 0; j < i; j++)
            assert_false(digest_equal(&all[i], &all[j]));
    }
}

/* Computed with Python's hashlib: an implementation that is not libsodium. */
static void the_digests_are_those_of_another_implementation(void **)
{
    static const struct {
        enum digest_purpose purpose;
        const char *hex;
    } known[] = {
        {DIGEST_RECORD, "d75b78623926842ddfdb03be44f17bea331a9e84dbdafc407c36ea6de1f77cc4"},
        {DIGEST_BODY, "376d2d9880157d37b6fc9facb4e626a81c716a2c9a032b363b91815fe4829e0c"},
        {DIGEST_SET, "b960290414032238263fc6fe82f770aa65223a51f0265492e9c31fba06010c4d"},
        {DIGEST_TREE, "3d200d05924dc774b21c6e64bb21244cd0a5bad4699c249a828751a1e3692cb8"},
        {DIGEST_KEY, "6ca3d3e486ae3bc8bd25e7dbfce912e007dc5b515d930a8a253a10315512bf2f"},
        {DIGEST_ANCHOR, "108c8a7f779c7b0b73216dba156d173aac157cb82ed37370224c8d5a2f456802"},
        {DIGEST_CATALOGUE, "9613d2f16c2ccddd5c0d075dd1c018b171c8bbe308ecccf7f315624ae409b2b8"},
        {DIGEST_GATE, "379a7e40a7d38281a94099579ac188f929b879380a7cef2af047913080a26799"},
        {DIGEST_STALE, "84849749ecc7e940bcc42a62accc759e654577c06236c2c9bf2c7231c968832c"},
        {DIGEST_ENTROPY, "b56eeeba48917633af939a67e212dd8149313c1d6dbb3bc5eebf462a5fdcf601"},
        {DIGEST_REQUEST, "52db5412c64632e95dd19667525b7367ced5cfee198bd3bba32e29c433018760"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct digest digest;
        char hex[65];
        digest_of(known[i].purpose, text("abc"), &digest);
        sodium_bin2hex(hex, sizeof hex, digest.bytes, 32);
        assert_string_equal(hex, known[i].hex);
    }
}

static void a_pair_is_one_after_the_other(void **)
{
    struct digest pair, whole;
    digest_of_pair(DIGEST_BODY, text("ab"), text("c"), &pair);
    digest_of(DIGEST_BODY, text("abc"), &whole);
    assert_true(digest_equal(&pair, &whole));
}

static void a_keyed_digest_depends_on_its_key(void **)
{
    const uint8_t key[32] = {1}, other_key[32] = {2};
    struct digest first, second, plain;
    digest_keyed(DIGEST_GATE, key, text("abc"), &first);
    digest_keyed(DIGEST_GATE, other_key, text("abc"), &second);
    digest_of(DIGEST_GATE, text("abc"), &plain);
    assert_false(digest_equal(&first, &second));
    assert_false(digest_equal(&first, &plain));
}

static void nothing_has_a_digest_too(void **)
{
    struct digest nothing, empty;
    digest_of(DIGEST_RECORD, (struct bytes) {0}, &nothing);
    digest_of(DIGEST_RECORD, text(""), &empty);
    assert_true(digest_equal(&nothing, &empty));
}

static void only_32_bytes_are_a_digest(void **)
{
    uint8_t bytes[33] = {7};
    struct digest digest = {{9}};
    assert_false(digest_from((struct bytes) {bytes, 31}, &digest));
    assert_false(digest_from((struct bytes) {bytes, 33}, &digest));
    assert_false(digest_from((struct bytes) {NULL, 0}, &digest));
    assert_int_equal(digest.bytes[0], 9);
    assert_true(digest_from((struct bytes) {bytes, 32}, &digest));
    assert_memory_equal(digest.bytes, bytes, 32);
    assert_true(bytes_equal(digest_bytes(&digest), (struct bytes) {bytes, 32}));
}

static void the_order_is_that_of_the_bytes(void **)
{
    const struct digest low = {{1, 255}}, high = {{2}}, high_again = {{2}};
    assert_int_equal(digest_compare(&low, &high), -1);
    assert_int_equal(digest_compare(&high, &low), 1);
    assert_int_equal(digest_compare(&high, &high_again), 0);
    assert_true(digest_equal(&high, &high_again));
    assert_false(digest_equal(&low, &high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_purpose_gives_the_digest_of_another),
        cmocka_unit_test(the_digests_are_those_of_another_implementation),
        cmocka_unit_test(a_pair_is_one_after_the_other),
        cmocka_unit_test(a_keyed_digest_depends_on_its_key),
        cmocka_unit_test(nothing_has_a_digest_too),
        cmocka_unit_test(only_32_bytes_are_a_digest),
        cmocka_unit_test(the_order_is_that_of_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
