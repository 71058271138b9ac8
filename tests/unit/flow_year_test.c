/* links: base seal record flow */
/* The deeds of a year: when people do what they do, and what is never done. */
#include "flow/flow_calendar.h"
#include "flow/flow_make.h"
#include "flow/flow_year.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY  (INT64_C(86400) * 1000000)
#define HOUR (INT64_C(3600) * 1000000)

enum { ARENA = 512 * 1024 * 1024, COUNT = 400 };

struct fixture {
    struct arena *arena;
    struct flow_network network;
    struct flow_settings settings;
    uint32_t students;
};

static struct fixture fixture;

static int begin(void **)
{
    fixture = (struct fixture) {.arena = arena_open(ARENA), .settings = flow_year_defaults()};
    if (!fixture.arena || flow_make(COUNT, 11, fixture.arena, &fixture.network))
        return -1;
    fixture.students = (uint32_t)flow_students(&fixture.network);
    return 0;
}

static int end(void **)
{
    arena_close(fixture.arena);
    return 0;
}

static struct flow_year year_of(const struct flow_settings *settings, uint64_t seed)
{
    struct flow_year year;
    enum fault fault = flow_year(&fixture.network, seed, settings, fixture.arena, &year);
    assert_int_equal(fault, FAULT_NONE);
    return year;
}

/* part is `permille` of whole, give or take. */
static void share(const char *what, uint64_t part, uint64_t whole, uint64_t permille, uint64_t give)
{
    assert_true(whole > 0);
    uint64_t found = part * 1000 / whole;
    if (found + give < permille || found > permille + give)
        fail_msg("%s: %llu of thousand, not %llu", what, (unsigned long long)found,
                 (unsigned long long)permille);
}

static size_t count(const struct flow_year *year, enum flow_kind kind, int64_t first, int64_t last)
{
    size_t found = 0;
    for (size_t i = 0; i < year->count; i++) {
        const struct flow_deed *deed = &year->deeds[i];
        found += deed->kind == kind && deed->at_us >= first * DAY && deed->at_us < (last + 1) * DAY;
    }
    return found;
}

/* ---- the peaks ---- */

/* Days after 1 April 2026, counted by hand. */
enum {
    MAY_6 = 35,
    MAY_15 = 44,
    OCTOBER_1 = 183,
    NOVEMBER_6 = 219,
    NOVEMBER_15 = 228,
    FEBRUARY_1 = 306,
    MARCH_31 = 364,
    JUNE_1 = 426,
    JULY_31 = 486,
    END = 700,
};

static void nominations_come_in_two_peaks_and_late(void **)
{
    struct flow_year year = year_of(&fixture.settings, 1);
    size_t spring = count(&year, FLOW_NOMINATE, 0, MAY_15),
           autumn = count(&year, FLOW_NOMINATE, OCTOBER_1, NOVEMBER_15);
    size_t all = count(&year, FLOW_NOMINATE, 0, END);
    share("in both peaks", spring + autumn, all, 1000, 2);
    share("in spring", spring, all, 667, 10);
    share("last ten days of spring", count(&year, FLOW_NOMINATE, MAY_6, MAY_15), spring, 500, 40);
    share("last ten days of autumn", count(&year, FLOW_NOMINATE, NOVEMBER_6, NOVEMBER_15), autumn,
          500, 40);
}

/* Answers, transcripts and recognitions of each mobility. */
struct stay {
    int64_t at[FLOW_KINDS];
    uint32_t seen[FLOW_KINDS], from, to;
};

static struct stay *stays_of(const struct flow_year *year)
{
    struct stay *stays = arena_take_array(fixture.arena, fixture.students, sizeof *stays);
    assert_non_null(stays);
    for (size_t i = 0; i < year->count; i++) {
        const struct flow_deed *deed = &year->deeds[i];
        if (deed->kind >= FLOW_SLEEP)
            continue;
        assert_true(deed->number < fixture.students);
        struct stay *stay = &stays[deed->number];
        bool home = deed->kind == FLOW_NOMINATE || deed->kind == FLOW_RECOGNISE;
        stay->seen[deed->kind]++;
        stay->at[deed->kind] = deed->at_us;
        if (deed->kind == FLOW_NOMINATE) {
            stay->from = deed->from;
            stay->to = deed->to;
        }
        assert_int_equal(deed->from, home ? stay->from : stay->to);
        assert_int_equal(deed->to, home ? stay->to : stay->from);
    }
    return stays;
}

static void every_mobility_is_told_in_its_order(void **)
{
    fixture.settings.membership = false;
    struct flow_year year = year_of(&fixture.settings, 1);
    const struct stay *stays = stays_of(&year);
    size_t refused = 0, corrected = 0, transcripts = 0;
    assert_int_equal(year.cut_short, 0);
    for (uint32_t i = 0; i < fixture.students; i++) {
        const struct stay *stay = &stays[i];
        assert_int_equal(stay->seen[FLOW_NOMINATE], 1);
        assert_int_equal(stay->seen[FLOW_ACCEPT] + stay->seen[FLOW_REFUSE], 1);
        assert_int_equal(stay->seen[FLOW_TRANSCRIPT], stay->seen[FLOW_ACCEPT]);
        assert_int_equal(stay->seen[FLOW_RECOGNISE], stay->seen[FLOW_ACCEPT]);
        assert_true(stay->seen[FLOW_CORRECT] <= stay->seen[FLOW_TRANSCRIPT]);
        refused += stay->seen[FLOW_REFUSE];
        corrected += stay->seen[FLOW_CORRECT];
        transcripts += stay->seen[FLOW_TRANSCRIPT];
        if (!stay->seen[FLOW_ACCEPT])
            continue;
        assert_true(stay->at[FLOW_NOMINATE] < stay->at[FLOW_ACCEPT]);
        assert_true(stay->at[FLOW_ACCEPT] < stay->at[FLOW_TRANSCRIPT]);
        assert_true(!stay->seen[FLOW_CORRECT] ||
                    stay->at[FLOW_TRANSCRIPT] < stay->at[FLOW_CORRECT]);
        assert_true(stay->at[FLOW_CORRECT] < stay->at[FLOW_RECOGNISE]);
        assert_true(stay->at[FLOW_TRANSCRIPT] < stay->at[FLOW_RECOGNISE]);
    }
    share("refused", refused, fixture.students, 30, 10);
    share("corrected", corrected, transcripts, 300, 20);
}

/* With nothing that would put them off, they take as long as it says. */
static void answers_and_recognitions_take_as_long_as_is_said(void **)
{
    fixture.settings = (struct flow_settings) {.year = 2026};
    struct flow_year year = year_of(&fixture.settings, 1);
    const struct stay *stays = stays_of(&year);
    size_t soon = 0, late = 0, recognised = 0;
    for (uint32_t i = 0; i < fixture.students; i++) {
        int64_t answer = stays[i].at[FLOW_ACCEPT] - stays[i].at[FLOW_NOMINATE];
        int64_t recognition = stays[i].at[FLOW_RECOGNISE] - stays[i].at[FLOW_TRANSCRIPT];
        soon += answer <= 3 * DAY;
        late += answer > 10 * DAY;
        recognised += recognition <= 14 * DAY;
        assert_in_range(answer, HOUR, 30 * DAY);
        assert_in_range(recognition, DAY, 70 * DAY);
    }
    share("answered within three days", soon, fixture.students, 500, 20);
    share("answered after ten", late, fixture.students, 100, 15);
    share("recognised within two weeks", recognised, fixture.students, 500, 20);
    assert_int_equal(count(&year, FLOW_CORRECT, 0, END), 0);
    assert_int_equal(count(&year, FLOW_REFUSE, 0, END), 0);
}

static void transcripts_come_in_winter_and_in_summer(void **)
{
    fixture.settings.summers = false;
    fixture.settings.membership = false;
    struct flow_year year = year_of(&fixture.settings, 1);
    size_t winter = count(&year, FLOW_TRANSCRIPT, FEBRUARY_1, MARCH_31),
           summer = count(&year, FLOW_TRANSCRIPT, JUNE_1, JULY_31);
    assert_int_equal(winter + summer, count(&year, FLOW_TRANSCRIPT, 0, END));
    share("in winter", winter, winter + summer, 400, 20);
}

/* ---- nights, weekends, summers ---- */

static void people_work_in_the_daytime_on_weekdays(void **)
{
    struct flow_year year = year_of(&fixture.settings, 1);
    assert_true(year.count > 0);
    for (size_t i = 0; i < year.count; i++) {
        const struct flow_deed *deed = &year.deeds[i];
        if (deed->kind >= FLOW_SLEEP)
            continue;
        /* 1 April 2026 was a Wednesday; from 8 in Turkey to 17 in Portugal. */
        assert_true((deed->at_us / DAY + 2) % 7 < 5);
        assert_in_range(deed->at_us % DAY, 5 * HOUR, 17 * HOUR);
    }
}

static void people_may_work_at_any_hour(void **)
{
    size_t nightly = 0;
    fixture.settings.working_hours = false;
    struct flow_year year = year_of(&fixture.settings, 1);
    for (size_t i = 0; i < year.count; i++)
        nightly += year.deeds[i].kind == FLOW_NOMINATE && year.deeds[i].at_us % DAY < 4 * HOUR;
    share("between midnight and four", nightly, count(&year, FLOW_NOMINATE, 0, END), 167, 30);
}

/* With all that switches nodes off, and people who would work at any time. */
static void nothing_is_done_at_a_node_that_is_off(void **)
{
    bool off[COUNT] = {0};
    size_t pauses[FLOW_RESTS] = {0};
    fixture.settings.working_hours = false;
    fixture.settings.nights = true;
    struct flow_year year = year_of(&fixture.settings, 1);
    for (size_t i = 0; i < year.count; i++) {
        const struct flow_deed *deed = &year.deeds[i];
        if (deed->kind == FLOW_SLEEP || deed->kind == FLOW_WAKE) {
            assert_int_equal(off[deed->from], deed->kind == FLOW_WAKE);
            off[deed->from] = deed->kind == FLOW_SLEEP;
            assert_true(deed->number < FLOW_RESTS);
            pauses[deed->number] += deed->kind == FLOW_SLEEP;
        } else if (deed->kind < FLOW_SLEEP)
            assert_false(off[deed->from]);
    }
    assert_int_equal(pauses[FLOW_SUMMER], 2 * COUNT);
    share("patches", pauses[FLOW_PATCH], COUNT * 20, 1000, 100);
    assert_true(pauses[FLOW_NIGHT] > (size_t)COUNT * 540);
}

static void countries_go_on_holiday_one_after_the_other(void **)
{
    int64_t first[2] = {INT64_MAX, INT64_MAX}, last[2] = {0, 0};
    struct flow_year year = year_of(&fixture.settings, 1);
    for (size_t i = 0; i < year.count; i++) {
        const struct flow_deed *deed = &year.deeds[i];
        const char *country = fixture.network.institutions[deed->from].country;
        bool south = strcmp(country, "IT") == 0;
        if (deed->kind != FLOW_SLEEP || deed->number != FLOW_SUMMER || deed->at_us > 300 * DAY ||
            (!south && strcmp(country, "FI") != 0))
            continue;
        first[south] = deed->at_us < first[south] ? deed->at_us : first[south];
        last[south] = deed->at_us > last[south] ? deed->at_us : last[south];
    }
    assert_in_range(first[0] / DAY, 91, 104);  /* 1 to 14 July */
    assert_in_range(first[1] / DAY, 122, 135); /* 1 to 14 August */
    assert_true(last[0] < first[1] && last[0] > first[0] && last[1] > first[1]);
}

static void clocks_change_where_they_do(void **)
{
    struct flow_calendar calendar = flow_calendar(2026);
    int64_t saturday = flow_calendar_day(&calendar, 0, 10, 24);
    assert_int_equal(flow_calendar_at(&calendar, "DE", 0, 480), 6 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "DE", saturday, 480), saturday * DAY + 6 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "DE", saturday + 1, 480),
                     (saturday + 1) * DAY + 7 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "FI", saturday + 1, 480),
                     (saturday + 1) * DAY + 6 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "PT", saturday + 1, 480),
                     (saturday + 1) * DAY + 8 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "TR", 0, 480), 5 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "TR", saturday + 1, 480),
                     (saturday + 1) * DAY + 5 * HOUR);
    assert_int_equal(flow_calendar_at(&calendar, "??", 0, 480), 6 * HOUR);
}

static void days_are_counted_over_leap_years(void **)
{
    struct flow_calendar calendar = flow_calendar(2027);
    assert_int_equal(calendar.day_one, 20909);
    assert_int_equal(flow_calendar_day(&calendar, 1, 4, 1), 366);
    assert_int_equal(flow_calendar_day(&calendar, 1, 2, 29), 334);
    calendar = flow_calendar(2099);
    assert_int_equal(flow_calendar_day(&calendar, 1, 4, 1), 365);
    calendar = flow_calendar(2026);
    assert_int_equal(flow_year_beginning(&fixture.settings).us, INT64_C(1775001600) * 1000000);
    assert_false(flow_calendar_weekend(&calendar, 2));
    assert_true(flow_calendar_weekend(&calendar, 3));
    assert_true(flow_calendar_weekend(&calendar, 4));
    assert_false(flow_calendar_weekend(&calendar, 5));
}

/* ---- the list of members ---- */

static void members_join_leave_and_change_at_the_rates(void **)
{
    struct flow_network network;
    struct flow_year year;
    fixture.settings.rates = (struct flow_rates) {1000, 500, 2000, 300};
    enum fault fault = flow_make(4000, 2, fixture.arena, &network);
    assert_int_equal(fault, FAULT_NONE);
    network.link_count = 0;
    fault = flow_year(&network, 3, &fixture.settings, fixture.arena, &year);
    assert_int_equal(fault, FAULT_NONE);
    /* 600 days of 4000: 6575 member-years. */
    share("joins", count(&year, FLOW_JOIN, 0, END), 6575, 100, 10);
    share("leaves", count(&year, FLOW_LEAVE, 0, END), 6575, 45, 8);
    share("renames", count(&year, FLOW_RENAME, 0, END), 6575, 185, 15);
    share("codes", count(&year, FLOW_CODE, 0, END), 6575, 29, 6);
}

static void nothing_happens_with_those_who_are_no_members(void **)
{
    enum { MEMBER, NOT_YET, NO_MORE };
    uint8_t state[COUNT] = {0};
    fixture.settings.rates = (struct flow_rates) {2000, 1000, 0, 0};
    struct flow_year year = year_of(&fixture.settings, 1);
    for (size_t i = 0; i < year.count; i++)
        if (year.deeds[i].kind == FLOW_JOIN)
            state[year.deeds[i].from] = NOT_YET;
    for (size_t i = 0; i < year.count; i++) {
        const struct flow_deed *deed = &year.deeds[i];
        if (deed->kind < FLOW_SLEEP)
            assert_true(state[deed->from] == MEMBER && state[deed->to] == MEMBER);
        if (deed->kind == FLOW_JOIN)
            state[deed->from] = MEMBER;
        if (deed->kind == FLOW_LEAVE)
            state[deed->from] = NO_MORE;
    }
    assert_true(year.cut_short > 0);
}

/* ---- one thing changed, all else as it was ---- */

static size_t only(const struct flow_year *year, enum flow_kind first, enum flow_kind last,
                   struct flow_deed **out)
{
    size_t kept = 0;
    *out = arena_take_array(fixture.arena, year->count, sizeof **out);
    assert_non_null(*out);
    for (size_t i = 0; i < year->count; i++)
        if (year->deeds[i].kind >= first && year->deeds[i].kind <= last)
            (*out)[kept++] = year->deeds[i];
    return kept;
}

static void the_same(const struct flow_settings *one, const struct flow_settings *other,
                     enum flow_kind first, enum flow_kind last)
{
    struct flow_year left = year_of(one, 1), right = year_of(other, 1);
    struct flow_deed *of_left, *of_right;
    size_t size = only(&left, first, last, &of_left);
    assert_int_equal(size, only(&right, first, last, &of_right));
    assert_true(size > 0);
    for (size_t i = 0; i < size; i++)
        assert_true(of_left[i].at_us == of_right[i].at_us && of_left[i].kind == of_right[i].kind &&
                    of_left[i].from == of_right[i].from && of_left[i].to == of_right[i].to &&
                    of_left[i].number == of_right[i].number);
}

static void switching_one_thing_off_leaves_the_rest_as_it_was(void **)
{
    struct flow_settings with = flow_year_defaults(), without = with;
    with.nights = true;
    the_same(&with, &without, FLOW_NOMINATE, FLOW_RECOGNISE);
    the_same(&with, &without, FLOW_JOIN, FLOW_CODE);
    with = without;
    without.corrected_permille = 0;
    the_same(&with, &without, FLOW_NOMINATE, FLOW_TRANSCRIPT);
    the_same(&with, &without, FLOW_SLEEP, FLOW_CODE);
    without = with;
    without.membership = false;
    the_same(&with, &without, FLOW_SLEEP, FLOW_WAKE);
    without = with;
    without.patches = false;
    the_same(&with, &without, FLOW_NOMINATE, FLOW_RECOGNISE);
    without = with;
    without.rates.leaves = 0;
    the_same(&with, &without, FLOW_JOIN, FLOW_JOIN);
}

static void the_same_seed_gives_the_same_year_in_order(void **)
{
    struct flow_year other = year_of(&fixture.settings, 2), year = year_of(&fixture.settings, 1);
    the_same(&fixture.settings, &fixture.settings, FLOW_NOMINATE, FLOW_CODE);
    for (size_t i = 1; i < year.count; i++)
        assert_true(year.deeds[i - 1].at_us <= year.deeds[i].at_us);
    assert_true(year.deeds[0].at_us >= 0);
    assert_true(other.deeds[0].at_us != year.deeds[0].at_us);
}

static void a_year_without_memory_is_a_fault(void **)
{
    struct flow_network network = fixture.network;
    struct flow_year year;
    size_t refused = 0;
    network.link_count = 20;
    for (size_t budget = 0; budget < 2 << 20; budget += 8192) {
        struct arena *arena = arena_open(budget);
        refused += flow_year(&network, 1, &fixture.settings, arena, &year) == FAULT_MEMORY;
        arena_close(arena);
    }
    assert_true(refused > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nominations_come_in_two_peaks_and_late, begin, end),
        cmocka_unit_test_setup_teardown(every_mobility_is_told_in_its_order, begin, end),
        cmocka_unit_test_setup_teardown(answers_and_recognitions_take_as_long_as_is_said, begin,
                                        end),
        cmocka_unit_test_setup_teardown(transcripts_come_in_winter_and_in_summer, begin, end),
        cmocka_unit_test_setup_teardown(people_work_in_the_daytime_on_weekdays, begin, end),
        cmocka_unit_test_setup_teardown(people_may_work_at_any_hour, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_done_at_a_node_that_is_off, begin, end),
        cmocka_unit_test_setup_teardown(countries_go_on_holiday_one_after_the_other, begin, end),
        cmocka_unit_test_setup_teardown(clocks_change_where_they_do, begin, end),
        cmocka_unit_test_setup_teardown(days_are_counted_over_leap_years, begin, end),
        cmocka_unit_test_setup_teardown(members_join_leave_and_change_at_the_rates, begin, end),
        cmocka_unit_test_setup_teardown(nothing_happens_with_those_who_are_no_members, begin, end),
        cmocka_unit_test_setup_teardown(switching_one_thing_off_leaves_the_rest_as_it_was, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_same_seed_gives_the_same_year_in_order, begin, end),
        cmocka_unit_test_setup_teardown(a_year_without_memory_is_a_fault, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
