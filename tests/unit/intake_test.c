/* links: base seal record stream */
#include "stream/intake.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void only_the_next_position_is_taken(void **)
{
    struct intake intake = {.open = true};
    for (uint64_t position = 0; position < 5; position++) {
        assert_int_equal(intake_place(&intake, position), INTAKE_NEXT);
        assert_int_equal(intake_place(&intake, position + 1), INTAKE_AHEAD);
        assert_int_equal(intake_place(&intake, UINT64_MAX), INTAKE_AHEAD);
        intake_take(&intake, 10, 1000);
        for (uint64_t before = 0; before <= position; before++)
            assert_int_equal(intake_place(&intake, before), INTAKE_AGAIN);
    }
    assert_int_equal(intake.next, 5);
}

static void credit_stays_one_window_ahead_of_what_was_taken(void **)
{
    struct intake intake = {.open = true};
    struct flight_credit credit = intake_credit(&intake);
    assert_int_equal(credit.records, INTAKE_WINDOW_RECORDS);
    assert_int_equal(credit.bytes, INTAKE_WINDOW_BYTES);
    intake_take(&intake, 512, 60000);
    intake_take(&intake, 0, 100); /* refused whole: the position counts */
    credit = intake_credit(&intake);
    assert_int_equal(credit.records, INTAKE_WINDOW_RECORDS + 512);
    assert_int_equal(credit.bytes, INTAKE_WINDOW_BYTES + 60100);
    assert_int_equal(intake.next, 2);
}

static void no_credit_is_given_while_it_is_not_open(void **)
{
    struct intake intake = {0};
    struct flight_credit credit = intake_credit(&intake);
    assert_int_equal(credit.records, 0);
    assert_int_equal(credit.bytes, 0);
    intake_take(&intake, 5, 50);
    credit = intake_credit(&intake);
    assert_int_equal(credit.records, 5);
    assert_int_equal(credit.bytes, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_next_position_is_taken),
        cmocka_unit_test(credit_stays_one_window_ahead_of_what_was_taken),
        cmocka_unit_test(no_credit_is_given_while_it_is_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
