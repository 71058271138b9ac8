/* links: base seal record trust wire rules channel stream store engine sim */
#include "seal/key.h"
#include "sim/model.h"
#include "sim/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct signer {
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    struct suite_key key;
    struct suite_keys keys;
    struct model model;
    struct suite suite;
};

static void signer_make(struct signer *signer, uint8_t name, uint8_t world)
{
    uint8_t seed[SEAL_SEED_SIZE] = {name};
    *signer = (struct signer) {.model.secret = {world}, .model.keys = &signer->keys};
    seal_key_pair(seed, signer->public_key, signer->secret);
    digest_of(DIGEST_KEY, (struct bytes) {signer->public_key, SEAL_PUBLIC_SIZE}, &signer->key.key);
    signer->key.secret = signer->secret;
    signer->keys = (struct suite_keys) {&signer->key, 1};
    signer->suite = model_suite(&signer->model);
}

static struct bytes text(const char *words)
{
    return bytes_text(words);
}

/* ---- signatures ---- */

static void what_was_signed_holds_for_everybody_in_its_world(void **)
{
    struct signer one, other;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    signer_make(&one, 1, 7);
    signer_make(&other, 2, 7);
    assert_int_equal(
        one.suite.sign(one.suite.self, &one.key.key, SEAL_CONTEXT_SEAL, text("said"), signature),
        FAULT_NONE);
    assert_true(other.suite.verify(other.suite.self, one.public_key, SEAL_CONTEXT_SEAL,
                                   text("said"), signature));
}

static void what_was_not_signed_does_not_hold(void **)
{
    struct signer one, other, elsewhere;
    uint8_t signature[SEAL_SIGNATURE_SIZE], changed[SEAL_SIGNATURE_SIZE];
    signer_make(&one, 1, 7);
    signer_make(&other, 2, 7);
    signer_make(&elsewhere, 1, 8);
    assert_int_equal(
        one.suite.sign(one.suite.self, &one.key.key, SEAL_CONTEXT_SEAL, text("said"), signature),
        FAULT_NONE);
    assert_false(one.suite.verify(one.suite.self, one.public_key, SEAL_CONTEXT_SEAL, text("sayd"),
                                  signature));
    assert_false(one.suite.verify(one.suite.self, one.public_key, SEAL_CONTEXT_RECEIPT,
                                  text("said"), signature));
    assert_false(one.suite.verify(one.suite.self, other.public_key, SEAL_CONTEXT_SEAL, text("said"),
                                  signature));
    assert_false(elsewhere.suite.verify(elsewhere.suite.self, one.public_key, SEAL_CONTEXT_SEAL,
                                        text("said"), signature));
    for (size_t i = 0; i < SEAL_SIGNATURE_SIZE; i++) {
        memcpy(changed, signature, sizeof changed);
        changed[i] ^= 1;
        assert_false(one.suite.verify(one.suite.self, one.public_key, SEAL_CONTEXT_SEAL,
                                      text("said"), changed));
    }
}

static void nobody_signs_with_a_key_that_he_does_not_hold(void **)
{
    struct signer one, other;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    signer_make(&one, 1, 7);
    signer_make(&other, 2, 7);
    assert_int_equal(other.suite.sign(other.suite.self, &one.key.key, SEAL_CONTEXT_SEAL,
                                      text("said"), signature),
                     FAULT_KEY);
}

/* ---- key agreement ---- */

static void both_ends_agree_and_nobody_else(void **)
{
    uint8_t secrets[3][AGREE_SIZE] = {{1}, {2}, {[31] = 3}}, publics[3][AGREE_SIZE];
    uint8_t shared[3][AGREE_SIZE];
    for (size_t i = 0; i < 3; i++)
        assert_true(model_agree.public_of(secrets[i], publics[i]));
    assert_true(model_agree.shared(secrets[0], publics[1], shared[0]));
    assert_true(model_agree.shared(secrets[1], publics[0], shared[1]));
    assert_true(model_agree.shared(secrets[2], publics[0], shared[2]));
    assert_memory_equal(shared[0], shared[1], AGREE_SIZE);
    assert_memory_not_equal(shared[0], shared[2], AGREE_SIZE);
}

static void a_public_key_that_was_changed_agrees_with_nobody(void **)
{
    uint8_t secret[AGREE_SIZE] = {1}, public_key[AGREE_SIZE], shared[AGREE_SIZE];
    uint8_t zero[AGREE_SIZE] = {0};
    assert_true(model_agree.public_of(secret, public_key));
    assert_false(model_agree.shared(secret, zero, shared));
    for (size_t i = 0; i < AGREE_SIZE; i++) {
        public_key[i] ^= 1;
        assert_false(model_agree.shared(secret, public_key, shared));
        public_key[i] ^= 1;
    }
}

/* ---- a world of it ---- */

static char *told(const char *before)
{
    char line[1024];
    struct story story;
    int length = snprintf(line, sizeof line,
                          "%snodes helmo.be uhasselt.be\nsettle\n"
                          "corrupt next deliver from helmo.be to uhasselt.be\n"
                          "helmo.be nominates S1..S9 to uhasselt.be\nsettle\n"
                          "keep next deliver from uhasselt.be to helmo.be\n"
                          "uhasselt.be accepts S1..S9\nsettle\nreplay\nrun 1s\nexpect same\n"
                          "expect S1..S9 accepted at both\n",
                          before);
    assert_true(story_play((struct bytes) {(const uint8_t *)line, (size_t)length}, &story));
    assert_null(story.wrong);
    return story.said;
}

static void a_world_of_the_model_says_what_a_real_one_says(void **)
{
    char *real = told(""), *model = told("model\n");
    assert_string_equal(real, model);
    free(real);
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_signed_holds_for_everybody_in_its_world),
        cmocka_unit_test(what_was_not_signed_does_not_hold),
        cmocka_unit_test(nobody_signs_with_a_key_that_he_does_not_hold),
        cmocka_unit_test(both_ends_agree_and_nobody_else),
        cmocka_unit_test(a_public_key_that_was_changed_agrees_with_nobody),
        cmocka_unit_test(a_world_of_the_model_says_what_a_real_one_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
