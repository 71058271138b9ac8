/* links: base seal record trust wire rules channel stream store engine io */
#include "io/hasher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>

enum { PATIENCE_MS = 20000 };

static struct hasher *hasher;
static const struct password_salt cheap = {.bytes = {5}, .passes = 1, .memory_kib = 8};
static const struct password_salt dear = {
    .bytes = {5}, .passes = PASSWORD_PASSES, .memory_kib = PASSWORD_MEMORY_KIB};

static int open_hasher(void **)
{
    return hasher_open(&hasher, NULL);
}

static int close_hasher(void **)
{
    hasher_close(hasher);
    return 0;
}

static enum hasher_state ask(uint64_t number, const char *text, const struct password_salt *salt,
                             struct password_hash *out)
{
    struct password_salt used = *salt;
    return hasher_ask(hasher, number, bytes_text(text), &used, out);
}

/* Asks again each time that something is done. */
static enum hasher_state wait_for(uint64_t number, const char *text, struct password_hash *out)
{
    enum hasher_state state;
    while ((state = ask(number, text, &cheap, out)) == HASHER_LATER) {
        struct pollfd done = {hasher_descriptor(hasher), POLLIN, 0};
        assert_int_equal(poll(&done, 1, PATIENCE_MS), 1);
        hasher_seen(hasher);
    }
    return state;
}

static void a_hash_is_what_the_loop_would_have_derived(void **)
{
    struct password_hash here, there;
    assert_int_equal(ask(1, "seven herons", &cheap, &there), HASHER_LATER);
    assert_int_equal(wait_for(1, "seven herons", &there), HASHER_DONE);
    assert_true(password_derive(bytes_text("seven herons"), &cheap, &here));
    assert_true(password_equal(&here, &there));
}

static void the_salt_that_it_was_begun_with_comes_back(void **)
{
    struct password_salt first = cheap, second = cheap;
    struct password_hash hash, right;
    first.bytes[0] = 1;
    second.bytes[0] = 2;
    assert_int_equal(hasher_ask(hasher, 7, bytes_text("x"), &first, &hash), HASHER_LATER);
    enum hasher_state state;
    while ((state = hasher_ask(hasher, 7, bytes_text("x"), &second, &hash)) == HASHER_LATER) {
        struct pollfd done = {hasher_descriptor(hasher), POLLIN, 0};
        assert_int_equal(poll(&done, 1, PATIENCE_MS), 1);
        hasher_seen(hasher);
    }
    assert_int_equal(state, HASHER_DONE);
    assert_int_equal(second.bytes[0], 1);
    assert_true(password_derive(bytes_text("x"), &second, &right));
    assert_true(password_equal(&hash, &right));
}

static void too_many_at_once_are_turned_away_and_all_others_done(void **)
{
    struct password_hash hash;
    size_t begun = 0;
    while (begun < 2 * HASHER_JOBS_MAX && ask(begun + 1, "x", &dear, &hash) == HASHER_LATER)
        begun++;
    assert_int_equal(begun, HASHER_JOBS_MAX);
    assert_int_equal(ask(99, "x", &cheap, &hash), HASHER_BUSY);
    for (uint64_t i = 1; i <= begun; i++)
        assert_int_equal(wait_for(i, "x", &hash), HASHER_DONE);
    assert_int_equal(ask(99, "x", &cheap, &hash), HASHER_LATER);
}

static void what_cannot_be_derived_is_told(void **)
{
    struct password_salt odd = cheap;
    struct password_hash hash;
    odd.passes = 0;
    assert_int_equal(ask(3, "x", &odd, &hash), HASHER_LATER);
    assert_int_equal(wait_for(3, "x", &hash), HASHER_FAILED);
}

static void an_answer_is_given_once(void **)
{
    struct password_hash hash;
    assert_int_equal(ask(4, "x", &cheap, &hash), HASHER_LATER);
    assert_int_equal(wait_for(4, "x", &hash), HASHER_DONE);
    assert_int_equal(ask(4, "x", &cheap, &hash), HASHER_LATER); /* another job */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_hash_is_what_the_loop_would_have_derived, open_hasher,
                                        close_hasher),
        cmocka_unit_test_setup_teardown(the_salt_that_it_was_begun_with_comes_back, open_hasher,
                                        close_hasher),
        cmocka_unit_test_setup_teardown(too_many_at_once_are_turned_away_and_all_others_done,
                                        open_hasher, close_hasher),
        cmocka_unit_test_setup_teardown(what_cannot_be_derived_is_told, open_hasher, close_hasher),
        cmocka_unit_test_setup_teardown(an_answer_is_given_once, open_hasher, close_hasher),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
