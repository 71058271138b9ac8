/* links: base seal record stream */
#include "stream/retry.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct instant noon = {1700000000000000};

static int64_t delay_us(const struct retry *retry)
{
    return retry->next.us - noon.us;
}

static void each_failure_doubles_the_delay_up_to_the_cap(void **)
{
    struct retry retry = {0};
    int64_t full_us = RETRY_DELAY_MS_MIN * 1000;
    for (unsigned i = 0; i < 40; i++) {
        retry_failed(&retry, noon, 0);
        assert_int_equal(delay_us(&retry), full_us / 2);
        full_us *= 2;
        if (full_us > (int64_t)RETRY_DELAY_MS_MAX * 1000)
            full_us = (int64_t)RETRY_DELAY_MS_MAX * 1000;
    }
    assert_int_equal(retry.attempts, 40);
}

static void the_dice_choose_between_half_and_whole(void **)
{
    int64_t least = INT64_MAX, most = 0;
    for (uint64_t dice = 0; dice < 200000; dice += 7) {
        struct retry retry = {.attempts = 1};
        retry_failed(&retry, noon, dice * 0x9e3779b97f4a7c15u);
        int64_t us = delay_us(&retry);
        least = us < least ? us : least;
        most = us > most ? us : most;
        assert_true(us >= 250000 && us <= 500000);
    }
    assert_true(least < 251000 && most > 499000);
    struct retry retry = {0};
    retry_failed(&retry, noon, UINT64_MAX);
    assert_true(delay_us(&retry) <= 250000);
}

static void a_reset_lets_us_try_at_once(void **)
{
    struct retry retry = {0};
    for (unsigned i = 0; i < 10; i++)
        retry_failed(&retry, noon, 9);
    retry_reset(&retry);
    assert_int_equal(retry.next.us, 0);
    assert_int_equal(retry.attempts, 0);
}

static void the_count_of_attempts_does_not_overflow(void **)
{
    struct retry retry = {.attempts = UINT32_MAX};
    retry_failed(&retry, noon, 0);
    assert_int_equal(retry.attempts, UINT32_MAX);
    assert_int_equal(delay_us(&retry), (int64_t)RETRY_DELAY_MS_MAX * 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failure_doubles_the_delay_up_to_the_cap),
        cmocka_unit_test(the_dice_choose_between_half_and_whole),
        cmocka_unit_test(a_reset_lets_us_try_at_once),
        cmocka_unit_test(the_count_of_attempts_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
