/* links: base engine */
#include "engine/attend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { PLACES = 5 };

static const struct instant never = {INT64_MAX};

static int begin(void **state)
{
    static struct attend attend;
    *state = &attend;
    if (!attend_open(&attend, PLACES))
        return -1;
    assert_int_equal(attend_gather(&attend, (struct instant) {1}), PLACES);
    for (size_t i = 0; i < PLACES; i++)
        attend_settled(&attend, i, never, false);
    return 0;
}

static int end(void **state)
{
    attend_close(*state);
    return 0;
}

static void who_was_not_touched_and_is_not_due_is_left_alone(void **state)
{
    struct attend *attend = *state;
    assert_int_equal(attend_gather(attend, (struct instant) {1000}), 0);
    attend_touch(attend, 3);
    attend_touch(attend, 3);
    attend_settled(attend, 1, (struct instant) {1000}, false);
    assert_int_equal(attend_gather(attend, (struct instant) {999}), 1);
    assert_int_equal(attend->places[0], 3);
    assert_int_equal(attend_gather(attend, (struct instant) {1000}), 1);
    assert_int_equal(attend->places[0], 1);
}

static void the_first_that_is_due_says_when_to_wake(void **state)
{
    struct attend *attend = *state;
    assert_int_equal(attend_wake(attend).us, INT64_MAX);
    attend_settled(attend, 4, (struct instant) {70}, false);
    attend_settled(attend, 2, (struct instant) {50}, false);
    assert_int_equal(attend_wake(attend).us, 50);
    attend_settled(attend, 2, never, false);
    assert_int_equal(attend_wake(attend).us, 70);
}

static void a_node_is_busy_as_long_as_one_place_is(void **state)
{
    struct attend *attend = *state, fresh;
    assert_true(attend_open(&fresh, 1));
    assert_true(attend_busy(&fresh)); /* nobody looked yet */
    attend_close(&fresh);
    assert_false(attend_busy(attend));
    attend_settled(attend, 0, never, true);
    attend_settled(attend, 1, never, true);
    attend_settled(attend, 0, never, false);
    assert_true(attend_busy(attend));
    attend_settled(attend, 1, never, false);
    attend_settled(attend, 1, never, false);
    assert_false(attend_busy(attend));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_was_not_touched_and_is_not_due_is_left_alone, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_first_that_is_due_says_when_to_wake, begin, end),
        cmocka_unit_test_setup_teardown(a_node_is_busy_as_long_as_one_place_is, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
