/* links: base seal */
#include "seal/entropy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

static const uint8_t seed[ENTROPY_SEED_SIZE] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                                11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                                22, 23, 24, 25, 26, 27, 28, 29, 30, 31};

/* Computed with Python's hashlib. */
static void the_draw_is_that_of_another_implementation(void **)
{
    uint8_t drawn[40];
    char hex[81];
    entropy_expand(seed, "salt", 258, drawn, sizeof drawn);
    sodium_bin2hex(hex, sizeof hex, drawn, sizeof drawn);
    assert_string_equal(hex, "e7d8907456761540947332833af4a610341ad4129f4997e1ff72750b3e5fd0d6"
                             "79200530bf2ba999");
}

static void the_same_seed_label_and_counter_give_the_same_bytes(void **)
{
    uint8_t first[ENTROPY_SIZE_MAX], second[ENTROPY_SIZE_MAX];
    entropy_expand(seed, "salt", 1, first, sizeof first);
    entropy_expand(seed, "salt", 1, second, sizeof second);
    assert_memory_equal(first, second, sizeof first);
}

static void another_seed_label_or_counter_gives_other_bytes(void **)
{
    const uint8_t other_seed[ENTROPY_SEED_SIZE] = {1};
    uint8_t draws[4][32];
    entropy_expand(seed, "salt", 1, draws[0], 32);
    entropy_expand(seed, "salt", 2, draws[1], 32);
    entropy_expand(seed, "salt2", 1, draws[2], 32);
    entropy_expand(other_seed, "salt", 1, draws[3], 32);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(draws[i], draws[j], 32);
}

static void no_block_comes_twice(void **)
{
    uint8_t drawn[ENTROPY_SIZE_MAX];
    entropy_expand(seed, "salt", 1, drawn, sizeof drawn);
    for (size_t i = 0; i < sizeof drawn; i += 32)
        for (size_t j = 0; j < i; j += 32)
            assert_memory_not_equal(drawn + i, drawn + j, 32);
}

static void a_short_draw_is_the_beginning_of_a_long_one(void **)
{
    uint8_t whole[100], part[101];
    entropy_expand(seed, "salt", 1, whole, sizeof whole);
    for (size_t size = 0; size <= sizeof whole; size++) {
        memset(part, 0xee, sizeof part);
        entropy_expand(seed, "salt", 1, part, size);
        assert_memory_equal(part, whole, size);
        assert_int_equal(part[size], 0xee);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_draw_is_that_of_another_implementation),
        cmocka_unit_test(the_same_seed_label_and_counter_give_the_same_bytes),
        cmocka_unit_test(another_seed_label_or_counter_gives_other_bytes),
        cmocka_unit_test(no_block_comes_twice),
        cmocka_unit_test(a_short_draw_is_the_beginning_of_a_long_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
