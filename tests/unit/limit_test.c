/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "api/api_limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct api_limit *limit;
static struct instant now;

static int open_limit(void **)
{
    limit = api_limit_open((uint8_t[32]) {4});
    now = (struct instant) {1000 * (int64_t)INSTANT_SECOND};
    return limit ? 0 : -1;
}

static int close_limit(void **)
{
    api_limit_close(limit);
    return 0;
}

static void wait_seconds(int64_t seconds)
{
    now.us += seconds * INSTANT_SECOND;
}

static uint32_t take(const char *key)
{
    return api_limit_take(limit, API_LIMIT_LOGIN_PAIR, key, now);
}

static void so_many_at_once_and_then_one_by_one(void **)
{
    for (int i = 0; i < 5; i++)
        assert_int_equal(take("a"), 0);
    assert_int_equal(take("a"), 61);
    wait_seconds(30);
    assert_int_equal(take("a"), 31);
    wait_seconds(30);
    assert_int_equal(take("a"), 0);
    assert_int_not_equal(take("a"), 0);
}

static void what_it_says_is_when_there_is_one(void **)
{
    uint32_t wait = 0;
    while (wait == 0)
        wait = take("a");
    wait_seconds(wait);
    assert_int_equal(take("a"), 0);
}

static void no_more_than_the_burst_is_saved_up(void **)
{
    assert_int_equal(take("a"), 0);
    wait_seconds(365 * 86400);
    for (int i = 0; i < 5; i++)
        assert_int_equal(take("a"), 0);
    assert_int_not_equal(take("a"), 0);
}

static void keys_and_kinds_do_not_meddle(void **)
{
    for (int i = 0; i < 6; i++)
        (void)take("a");
    assert_int_not_equal(take("a"), 0);
    assert_int_equal(take("b"), 0);
    assert_int_equal(api_limit_take(limit, API_LIMIT_LOGIN_USER, "a", now), 0);
}

static void a_clock_that_goes_back_gives_nothing_away(void **)
{
    for (int i = 0; i < 5; i++)
        assert_int_equal(take("a"), 0);
    wait_seconds(-100000);
    assert_int_not_equal(take("a"), 0);
    wait_seconds(60);
    assert_int_equal(take("a"), 0);
}

static void the_right_one_is_forgiven(void **)
{
    for (int i = 0; i < 5; i++)
        (void)take("a");
    api_limit_forgive(limit, API_LIMIT_LOGIN_PAIR, "a", now);
    for (int i = 0; i < 5; i++)
        assert_int_equal(take("a"), 0);
    assert_int_not_equal(take("a"), 0);
}

/* Who is tried again and again stays known while a thousand strangers come once. */
static void a_thousand_strangers_do_not_wash_away_who_is_attacked(void **)
{
    char key[32];
    for (int i = 0; i < 5; i++)
        (void)take("a");
    for (int i = 0; i < 1000; i++) {
        now.us += 1000;
        snprintf(key, sizeof key, "stranger %d", i);
        assert_int_equal(take(key), 0);
        if (i % 100 == 0)
            assert_int_not_equal(take("a"), 0);
    }
    assert_int_not_equal(take("a"), 0);
}

static void without_limits_there_is_no_limit(void **)
{
    for (int i = 0; i < 100; i++)
        assert_int_equal(api_limit_take(NULL, API_LIMIT_LOGIN_ALL, "", now), 0);
    api_limit_forgive(NULL, API_LIMIT_LOGIN_ALL, "", now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(so_many_at_once_and_then_one_by_one, open_limit,
                                        close_limit),
        cmocka_unit_test_setup_teardown(what_it_says_is_when_there_is_one, open_limit, close_limit),
        cmocka_unit_test_setup_teardown(no_more_than_the_burst_is_saved_up, open_limit,
                                        close_limit),
        cmocka_unit_test_setup_teardown(keys_and_kinds_do_not_meddle, open_limit, close_limit),
        cmocka_unit_test_setup_teardown(a_clock_that_goes_back_gives_nothing_away, open_limit,
                                        close_limit),
        cmocka_unit_test_setup_teardown(the_right_one_is_forgiven, open_limit, close_limit),
        cmocka_unit_test_setup_teardown(a_thousand_strangers_do_not_wash_away_who_is_attacked,
                                        open_limit, close_limit),
        cmocka_unit_test_setup_teardown(without_limits_there_is_no_limit, open_limit, close_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
