/* links: base seal record stream */
#include "stream/ladder.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Every minute of a range is in exactly one slot of one run, and no minute beside it. */
static void check(uint64_t from, uint64_t to)
{
    struct ladder_run runs[LADDER_RUNS_MAX];
    size_t count = ladder_runs(from, to, runs);
    uint64_t covered = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t width = UINT64_C(1) << (LADDER_BITS * runs[i].rung);
        assert_true(runs[i].first < runs[i].end);
        assert_true(runs[i].first * width >= from && runs[i].end * width <= to);
        if (runs[i].rung < LADDER_RUNGS - 1)
            assert_true(runs[i].end - runs[i].first < 128);
        covered += (runs[i].end - runs[i].first) * width;
        for (size_t j = 0; j < i; j++) {
            uint64_t other = UINT64_C(1) << (LADDER_BITS * runs[j].rung);
            assert_true(runs[i].end * width <= runs[j].first * other ||
                        runs[j].end * other <= runs[i].first * width);
        }
    }
    assert_int_equal(covered, from < to ? to - from : 0);
}

static void the_runs_cover_a_range_exactly(void **)
{
    static const uint64_t edges[] = {
        0,    1,      63,     64,       65,       127,      128,       4095,          4096,
        4097, 262143, 262144, 16777215, 16777216, 29000000, 100000000, INT64_MAX - 1, INT64_MAX};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (size_t j = 0; j < sizeof edges / sizeof *edges; j++)
            check(edges[i], edges[j]);
    uint64_t dice = 88172645463325252u;
    for (unsigned i = 0; i < 100000; i++) {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        uint64_t from = dice >> 33;
        check(from, from + (dice & 0xffffffff) % (UINT64_C(1) << i % 30));
    }
}

static void a_slot_holds_64_of_the_rung_below(void **)
{
    for (uint32_t rung = 1; rung < LADDER_RUNGS; rung++)
        for (uint64_t minute = 0; minute < 100000; minute += 37)
            assert_int_equal(ladder_slot(rung, minute), ladder_slot(rung - 1, minute) / 64);
    assert_int_equal(ladder_slot(0, 29000000), 29000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_runs_cover_a_range_exactly),
        cmocka_unit_test(a_slot_holds_64_of_the_rung_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
