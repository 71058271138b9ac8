/* links: base seal record stream */
#include "stream/summary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct digest id(uint8_t number)
{
    return (struct digest) {{number, 1, 2, 3}};
}

static void the_order_of_adding_does_not_matter(void **)
{
    struct summary up = {0}, down = {0};
    for (uint8_t i = 0; i < 200; i++) {
        struct digest rising = id(i), falling = id((uint8_t)(199 - i));
        summary_add(&up, &rising);
        summary_add(&down, &falling);
    }
    assert_true(summary_equal(&up, &down));
    assert_int_equal(up.count, 200);
}

static void other_sets_have_other_summaries(void **)
{
    struct summary left = {0}, right = {0}, twice = {0};
    struct digest one = id(1), two = id(2);
    summary_add(&left, &one);
    summary_add(&right, &two);
    assert_false(summary_equal(&left, &right));
    summary_add(&twice, &one);
    summary_add(&twice, &one);
    assert_false(summary_equal(&left, &twice));
    struct summary counted = left;
    counted.count++;
    assert_false(summary_equal(&left, &counted));
}

static void removing_undoes_adding(void **)
{
    struct summary summary = {0}, empty = {0};
    for (uint8_t i = 0; i < 100; i++) {
        struct digest added = id(i);
        summary_add(&summary, &added);
    }
    for (uint8_t i = 0; i < 100; i++) {
        struct digest removed = id((uint8_t)(i * 7 % 100));
        summary_remove(&summary, &removed);
    }
    assert_true(summary_equal(&summary, &empty));
}

static void merging_is_adding_all_and_subtracting_undoes_it(void **)
{
    struct summary all = {0}, left = {0}, right = {0};
    for (uint8_t i = 0; i < 100; i++) {
        struct digest added = id(i);
        summary_add(&all, &added);
        summary_add(i % 3 ? &left : &right, &added);
    }
    struct summary merged = left;
    summary_merge(&merged, &right);
    assert_true(summary_equal(&merged, &all));
    summary_subtract(&merged, &left);
    assert_true(summary_equal(&merged, &right));
}

/* Carries and borrows run over all 32 bytes, and off the end. */
static void the_sum_is_modulo_two_to_the_256(void **)
{
    struct summary ones = {1, {0}}, one = {1, {1}}, sum;
    memset(ones.sum, 0xff, sizeof ones.sum);
    sum = ones;
    summary_merge(&sum, &one);
    for (size_t i = 0; i < sizeof sum.sum; i++)
        assert_int_equal(sum.sum[i], 0);
    summary_subtract(&sum, &one);
    assert_memory_equal(sum.sum, ones.sum, sizeof sum.sum);
    /* Little endian: 0x00ff + 1 = 0x0100. */
    struct summary low = {1, {0xff}};
    summary_merge(&low, &one);
    assert_int_equal(low.sum[0], 0);
    assert_int_equal(low.sum[1], 1);
}

/* The digest `set`, and nothing else, is added. */
static void one_id_gives_its_set_digest(void **)
{
    struct summary summary = {0};
    struct digest one = id(1), expected;
    summary_add(&summary, &one);
    digest_of(DIGEST_SET, digest_bytes(&one), &expected);
    assert_memory_equal(summary.sum, expected.bytes, DIGEST_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(other_sets_have_other_summaries),
        cmocka_unit_test(removing_undoes_adding),
        cmocka_unit_test(merging_is_adding_all_and_subtracting_undoes_it),
        cmocka_unit_test(the_sum_is_modulo_two_to_the_256),
        cmocka_unit_test(one_id_gives_its_set_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
