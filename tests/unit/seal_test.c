/* links: base seal */
#include "seal/suite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

static const uint8_t seed[SEAL_SEED_SIZE] = {1, 2, 3};

struct pair {
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret_key[SEAL_SECRET_SIZE];
    struct digest digest;
};

static struct pair pair_of(uint8_t number)
{
    uint8_t own[SEAL_SEED_SIZE] = {number};
    struct pair pair;
    seal_key_pair(own, pair.public_key, pair.secret_key);
    digest_of(DIGEST_KEY, (struct bytes) {pair.public_key, SEAL_PUBLIC_SIZE}, &pair.digest);
    return pair;
}

static void a_signature_for_one_purpose_serves_no_other(void **)
{
    struct pair pair = pair_of(1);
    struct bytes statement = bytes_text("who said it");
    for (size_t made = 0; made < SEAL_CONTEXT_COUNT; made++) {
        uint8_t signature[SEAL_SIGNATURE_SIZE];
        assert_true(seal_sign((enum seal_context)made, pair.secret_key, statement, signature));
        for (size_t used = 0; used < SEAL_CONTEXT_COUNT; used++)
            assert_int_equal(
                seal_verify((enum seal_context)used, pair.public_key, statement, signature),
                made == used);
    }
}

/* The bytes of the protocol's section 1, written out by hand. */
static void what_is_signed_is_context_zero_length_bytes(void **)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret_key[SEAL_SECRET_SIZE];
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    seal_key_pair(seed, public_key, secret_key);
    const uint8_t framed[] = "peregrin/receipt/1\0\x03\0\0\0\0\0\0\0abc";
    crypto_sign_detached(signature, NULL, framed, sizeof framed - 1, secret_key);
    assert_true(seal_verify(SEAL_CONTEXT_RECEIPT, public_key, bytes_text("abc"), signature));
}

static void any_changed_bit_breaks_the_signature(void **)
{
    struct pair pair = pair_of(1);
    uint8_t statement[] = "statement", signature[SEAL_SIGNATURE_SIZE];
    struct bytes view = {statement, sizeof statement};
    assert_true(seal_sign(SEAL_CONTEXT_SEAL, pair.secret_key, view, signature));
    for (size_t bit = 0; bit < 8 * sizeof statement; bit++) {
        statement[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, view, signature));
        statement[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof signature; bit++) {
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, view, signature));
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, view, signature));
}

static void another_key_does_not_verify(void **)
{
    struct pair pair = pair_of(1), other = pair_of(2);
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    assert_true(seal_sign(SEAL_CONTEXT_SEAL, pair.secret_key, bytes_text("abc"), signature));
    assert_false(seal_verify(SEAL_CONTEXT_SEAL, other.public_key, bytes_text("abc"), signature));
}

static void a_large_statement_is_signed_like_a_small_one(void **)
{
    struct pair pair = pair_of(1);
    uint8_t signature[SEAL_SIGNATURE_SIZE], *large = calloc(1, SEAL_STATEMENT_MAX + 1);
    assert_non_null(large);
    const size_t sizes[] = {0, SEAL_STATEMENT_INLINE, SEAL_STATEMENT_INLINE + 1,
                            SEAL_STATEMENT_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct bytes statement = {large, sizes[i]};
        assert_true(seal_sign(SEAL_CONTEXT_SEAL, pair.secret_key, statement, signature));
        assert_true(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, statement, signature));
        statement.size = sizes[i] + 1;
        assert_false(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, statement, signature));
    }
    free(large);
}

/* Signed in a frame of our own making, so that only the limit can refuse it. */
static void a_statement_above_the_maximum_is_refused(void **)
{
    struct pair pair = pair_of(1);
    static const char context[] = "peregrin/seal/1";
    size_t size = SEAL_STATEMENT_MAX + 1, prefix = sizeof context + 8;
    uint8_t signature[SEAL_SIGNATURE_SIZE], *framed = calloc(1, prefix + size);
    assert_non_null(framed);
    memcpy(framed, context, sizeof context);
    bytes_write_u64le(framed + sizeof context, size);
    crypto_sign_detached(signature, NULL, framed, prefix + size, pair.secret_key);
    struct bytes statement = {framed + prefix, size};
    assert_false(seal_verify(SEAL_CONTEXT_SEAL, pair.public_key, statement, signature));
    free(framed);
}

static void the_suite_signs_with_the_key_that_was_asked_for(void **)
{
    struct pair pairs[2] = {pair_of(1), pair_of(2)};
    const struct suite_key held[2] = {{pairs[0].digest, pairs[0].secret_key},
                                      {pairs[1].digest, pairs[1].secret_key}};
    struct suite_keys keys = {held, 2};
    struct suite suite = suite_over(&keys);
    for (size_t i = 0; i < 2; i++) {
        uint8_t signature[SEAL_SIGNATURE_SIZE];
        assert_int_equal(
            suite.sign(suite.self, &held[i].key, SEAL_CONTEXT_SEAL, bytes_text("abc"), signature),
            FAULT_NONE);
        assert_true(suite.verify(suite.self, pairs[i].public_key, SEAL_CONTEXT_SEAL,
                                 bytes_text("abc"), signature));
        assert_false(suite.verify(suite.self, pairs[1 - i].public_key, SEAL_CONTEXT_SEAL,
                                  bytes_text("abc"), signature));
    }
}

static void a_key_that_is_not_held_is_a_fault(void **)
{
    struct pair held_pair = pair_of(1), absent = pair_of(2);
    const struct suite_key held[1] = {{held_pair.digest, held_pair.secret_key}};
    uint8_t signature[SEAL_SIGNATURE_SIZE] = {0};
    struct suite_keys keys = {held, 1}, none = {NULL, 0};
    struct suite suite = suite_over(&keys), empty = suite_over(&none);
    assert_int_equal(
        suite.sign(suite.self, &absent.digest, SEAL_CONTEXT_SEAL, bytes_text("abc"), signature),
        FAULT_KEY);
    assert_int_equal(
        empty.sign(empty.self, &held_pair.digest, SEAL_CONTEXT_SEAL, bytes_text("abc"), signature),
        FAULT_KEY);
    assert_true(sodium_is_zero(signature, sizeof signature));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signature_for_one_purpose_serves_no_other),
        cmocka_unit_test(what_is_signed_is_context_zero_length_bytes),
        cmocka_unit_test(any_changed_bit_breaks_the_signature),
        cmocka_unit_test(another_key_does_not_verify),
        cmocka_unit_test(a_large_statement_is_signed_like_a_small_one),
        cmocka_unit_test(a_statement_above_the_maximum_is_refused),
        cmocka_unit_test(the_suite_signs_with_the_key_that_was_asked_for),
        cmocka_unit_test(a_key_that_is_not_held_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
