/* links: base sim */
#include "sim/platter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIZE = 4 * PLATTER_SECTOR };

static void fill(struct platter *platter, int byte, size_t size, size_t at)
{
    uint8_t bytes[SIZE];
    memset(bytes, byte, sizeof bytes);
    assert_true(platter_put(platter, bytes, size, at));
}

static void expect(const struct platter *platter, int byte, size_t from, size_t to)
{
    assert_true(to <= platter->size);
    for (size_t i = from; i < to; i++)
        assert_int_equal(platter->cache[i], byte);
}

static void lose(struct platter *platter)
{
    uint64_t dice = 0;
    platter_lose(platter, &dice);
}

static void what_was_not_synced_goes_and_what_it_covered_comes_back(void **)
{
    struct platter platter = {0};
    fill(&platter, 'a', SIZE, 0);
    platter_sync(&platter, true);
    fill(&platter, 'b', 600, 100);
    fill(&platter, 'b', SIZE, SIZE);
    lose(&platter);
    assert_int_equal(platter.size, SIZE);
    expect(&platter, 'a', 0, SIZE);
    platter_free(&platter);
}

static void a_sync_that_failed_is_shown_and_never_reaches(void **)
{
    struct platter platter = {0};
    fill(&platter, 'a', SIZE, 0);
    platter_sync(&platter, true);
    fill(&platter, 'b', SIZE, 0);
    platter_sync(&platter, false);
    expect(&platter, 'b', 0, SIZE);
    fill(&platter, 'c', 10, SIZE - 10);
    platter_sync(&platter, true);
    lose(&platter);
    expect(&platter, 'a', 0, SIZE - PLATTER_SECTOR);
    expect(&platter, 'b', SIZE - PLATTER_SECTOR, SIZE - 10);
    expect(&platter, 'c', SIZE - 10, SIZE);
    platter_free(&platter);
}

static void a_gap_is_zero_whoever_was_there(void **)
{
    struct platter platter = {0};
    fill(&platter, 'a', SIZE, 0);
    platter_sync(&platter, true);
    platter_truncate(&platter, 10);
    fill(&platter, 'b', 10, 40 * SIZE);
    expect(&platter, 'a', 0, 10);
    expect(&platter, 0, 10, 40 * SIZE);
    lose(&platter);
    assert_int_equal(platter.size, SIZE);
    expect(&platter, 'a', 0, SIZE);
    platter_free(&platter);
}

/* The end was written before a sync failed, and the file is longer since. */
static void where_nothing_reached_the_platter_has_nothing(void **)
{
    struct platter platter = {0};
    fill(&platter, 'a', SIZE, 0);
    platter_sync(&platter, false);
    fill(&platter, 'b', SIZE, SIZE);
    platter_sync(&platter, true);
    lose(&platter);
    expect(&platter, 0, 0, SIZE);
    expect(&platter, 'b', SIZE, 2 * SIZE);
    platter_free(&platter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_synced_goes_and_what_it_covered_comes_back),
        cmocka_unit_test(a_sync_that_failed_is_shown_and_never_reaches),
        cmocka_unit_test(a_gap_is_zero_whoever_was_there),
        cmocka_unit_test(where_nothing_reached_the_platter_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
