/* links: channel */
#include "channel/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_new_window_takes_any_counter_but_the_last(void **)
{
    struct window window = {0};
    assert_true(window_fresh(&window, 0));
    assert_true(window_fresh(&window, 12345));
    assert_true(window_fresh(&window, UINT64_MAX - 1));
    assert_false(window_fresh(&window, UINT64_MAX));
}

static void a_marked_counter_is_not_fresh_again(void **)
{
    struct window window = {0};
    for (uint64_t counter = 0; counter < 3 * WINDOW_PLACES; counter++) {
        assert_true(window_fresh(&window, counter));
        window_mark(&window, counter);
        assert_false(window_fresh(&window, counter));
    }
}

static void asking_changes_nothing(void **)
{
    struct window window = {0}, before;
    window_mark(&window, 7);
    before = window;
    assert_true(window_fresh(&window, 8));
    assert_false(window_fresh(&window, 7));
    assert_memory_equal(&window, &before, sizeof window);
}

static void the_oldest_place_is_2048_below_the_next(void **)
{
    struct window window = {0};
    window_mark(&window, WINDOW_PLACES + 99); /* next is 2048 + 100 */
    for (uint64_t counter = 0; counter < 100; counter++)
        assert_false(window_fresh(&window, counter));
    assert_true(window_fresh(&window, 100));
    window_mark(&window, 100);
    assert_false(window_fresh(&window, 100));
    assert_true(window_fresh(&window, 101));
}

/* A place is used again by a counter one window later: what it said before must not count. */
static void a_skipped_place_is_forgotten(void **)
{
    const uint64_t jumps[] = {2, 63, 64, 65, WINDOW_PLACES - 1, WINDOW_PLACES, WINDOW_PLACES + 1};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        struct window window = {0};
        for (uint64_t counter = 0; counter < WINDOW_PLACES; counter++)
            window_mark(&window, counter);
        uint64_t landed = WINDOW_PLACES - 1 + jumps[i];
        window_mark(&window, landed);
        for (uint64_t counter = WINDOW_PLACES; counter < landed; counter++)
            assert_true(window_fresh(&window, counter) == (landed - counter < WINDOW_PLACES));
        assert_false(window_fresh(&window, landed));
    }
}

/* Against the plainest model: a set of all that was marked, and the largest. */
static void it_agrees_with_a_plain_set(void **)
{
    enum { RANGE = 8 * WINDOW_PLACES, STEPS = 40000 };
    static bool marked[RANGE];
    struct window window = {0};
    uint64_t next = 0, dice = 1;
    for (size_t i = 0; i < STEPS; i++) {
        dice = dice * 6364136223846793005ull + 1442695040888963407ull;
        uint64_t base = (uint64_t)i * (RANGE - 2 * WINDOW_PLACES) / STEPS;
        uint64_t counter = base + (dice >> 33) % (2 * WINDOW_PLACES);
        bool fresh = counter >= next || (next - counter <= WINDOW_PLACES && !marked[counter]);
        assert_true(window_fresh(&window, counter) == fresh);
        if (fresh && dice >> 63) {
            window_mark(&window, counter);
            marked[counter] = true;
            next = counter >= next ? counter + 1 : next;
        }
    }
    assert_true(next > RANGE / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_window_takes_any_counter_but_the_last),
        cmocka_unit_test(a_marked_counter_is_not_fresh_again),
        cmocka_unit_test(asking_changes_nothing),
        cmocka_unit_test(the_oldest_place_is_2048_below_the_next),
        cmocka_unit_test(a_skipped_place_is_forgotten),
        cmocka_unit_test(it_agrees_with_a_plain_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
