/* links: base seal record trust wire rules channel stream store engine report sim flow study */
#include "seal/entropy.h"
#include "study/contrast.h"
#include "study/ordeal.h"
#include "study/sample.h"
#include "study/thin.h"
#include "study/yearbook.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 64 * 1024 * 1024, HEARD = 64 * 1024 };

static const int64_t DAY = 86400 * (int64_t)INSTANT_SECOND;

/* ---- percentiles ---- */

static void a_percentile_is_the_nearest_rank(void **)
{
    static const struct {
        int64_t values[10];
        size_t count;
        unsigned permille;
        int64_t rank;
    } cases[] = {
        {{15, 20, 35, 40, 50}, 5, 50, 15},
        {{15, 20, 35, 40, 50}, 5, 300, 20},
        {{50, 15, 40, 20, 35}, 5, 400, 20},
        {{50, 15, 40, 20, 35}, 5, 500, 35},
        {{50, 15, 40, 20, 35}, 5, 1000, 50},
        {{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 500, 5},
        {{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 900, 9},
        {{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 901, 10},
        {{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 1, 1},
        {{-4}, 1, 1, -4},
        {{7, 7, 7}, 3, 990, 7},
        {{0}, 0, 500, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample sample = {0};
        for (size_t v = 0; v < cases[i].count; v++)
            assert_true(sample_add(&sample, cases[i].values[v]));
        assert_int_equal(sample_rank(&sample, cases[i].permille), cases[i].rank);
        sample_free(&sample);
    }
}

static void what_is_added_after_a_look_counts_too(void **)
{
    struct sample sample = {0};
    for (int64_t i = 0; i < 5000; i++)
        assert_true(sample_add(&sample, 5000 - i));
    assert_int_equal(sample_rank(&sample, 990), 4950);
    assert_true(sample_add(&sample, -1));
    assert_int_equal(sample_rank(&sample, 1), 5); /* the sixth of 5,001 */
    sample_free(&sample);
}

/* ---- intervals ---- */

/* As printed in every table. */
static void students_t_is_that_of_the_tables(void **)
{
    static const struct {
        size_t freedom;
        double value;
    } table[] = {{1, 12.706}, {2, 4.303},  {3, 3.182},   {4, 2.776},  {5, 2.571},  {6, 2.447},
                 {7, 2.365},  {9, 2.262},  {10, 2.228},  {15, 2.131}, {19, 2.093}, {29, 2.045},
                 {30, 2.042}, {60, 2.000}, {120, 1.980}, {999, 1.962}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_true(fabs(paired_student(table[i].freedom) - table[i].value) < 0.0006);
}

static void an_interval_is_that_of_the_differences_of_pairs(void **)
{
    /* Differences 1, 2, 3: mean 2, deviation 1, half = 4.3027 / sqrt(3). */
    double one[] = {10, 200, 3000}, other[] = {11, 202, 3003};
    struct paired paired = paired_compare(one, other, 3);
    assert_true(paired.known && !paired.differs);
    assert_true(fabs(paired.difference - 2) < 1e-9);
    assert_true(fabs(paired.half - 2.48413) < 1e-4);
    assert_true(fabs(paired.one - 1070) < 1e-9);
    /* With twice the distance to 0 it does not contain it. */
    double further[] = {14, 205, 3006};
    assert_true(paired_compare(one, further, 3).differs);
}

static void equals_do_not_differ_and_one_pair_says_nothing(void **)
{
    double one[] = {3.25, 7.5, 1e12}, above[] = {4.25, 8.5, 1e12 + 1};
    struct paired same = paired_compare(one, one, 3);
    assert_true(same.known && !same.differs);
    assert_true(same.difference >= 0 && same.difference <= 0 && same.half <= 0);
    assert_true(paired_compare(one, above, 3).differs); /* always by one */
    struct paired single = paired_compare(one, above, 1);
    assert_true(!single.known && !single.differs);
}

static double dice(uint64_t counter)
{
    static const uint8_t seed[ENTROPY_SEED_SIZE] = {5};
    uint8_t bytes[8];
    entropy_expand(seed, "coverage", counter, bytes, sizeof bytes);
    return (double)(bytes_read_u64le(bytes) >> 11) / 9007199254740992.0;
}

/* Of 4,000 intervals over five pairs each, whose true difference is 0.5, about 95 % contain it. */
static void nineteen_of_twenty_intervals_contain_the_truth(void **)
{
    size_t contain = 0, tries = 4000;
    uint64_t counter = 0;
    for (size_t i = 0; i < tries; i++) {
        double one[5], other[5];
        for (size_t p = 0; p < 5; p++) {
            double noise = 0;
            for (int n = 0; n < 12; n++)
                noise += dice(counter++);
            one[p] = dice(counter++);
            other[p] = one[p] + noise - 6 + 0.5;
        }
        struct paired paired = paired_compare(one, other, 5);
        contain += fabs(paired.difference - 0.5) <= paired.half;
    }
    assert_in_range(contain, tries * 94 / 100, tries * 96 / 100);
}

/* ---- scenarios ---- */

static void every_scenario_can_be_chosen_by_its_name(void **)
{
    const struct scenario *scenario;
    size_t count = 0;
    for (; (scenario = scenario_at(count)); count++) {
        struct scenario_choice choice;
        struct scenario_refusal why;
        char text[256];
        assert_true(scenario_choose(scenario->name, &choice, &why));
        assert_ptr_equal(choice.scenario, scenario);
        assert_int_equal(scenario->kind, count);
        assert_true(strlen(scenario->sentence) > 20 && strlen(scenario->how) > 60);
        assert_true(scenario_text(&choice, text, sizeof text));
        assert_string_equal(text, scenario->name);
    }
    assert_int_equal(count, SCENARIO_COUNT);
}

static void parameters_are_read_and_written_back(void **)
{
    struct scenario_choice choice;
    struct scenario_refusal why;
    char text[256], small[8];
    assert_true(scenario_choose("dark:share=25,days=3,loss=100", &choice, &why));
    assert_int_equal(scenario_value(&choice, "share"), 25);
    assert_int_equal(scenario_value(&choice, "days"), 3);
    assert_int_equal(scenario_value(&choice, "loss"), 100);
    assert_int_equal(scenario_value(&choice, "day"), 0);
    assert_true(scenario_text(&choice, text, sizeof text));
    assert_string_equal(text, "dark:share=25,days=3,loss=100");
    assert_false(scenario_text(&choice, small, sizeof small));
    assert_true(scenario_set(&choice, "share=10,days=7,loss=0", &why));
    assert_true(scenario_text(&choice, text, sizeof text));
    assert_string_equal(text, "dark");
    assert_true(scenario_choose("cut-off:country=de", &choice, &why));
    assert_int_equal(scenario_value(&choice, "country"), scenario_country("DE"));
    assert_true(scenario_text(&choice, text, sizeof text));
    assert_string_equal(text, "cut-off:country=DE");
}

static void what_is_no_scenario_is_refused_with_what_there_is(void **)
{
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        {"", "there is no scenario ``: there are none, dark"},
        {"darkness", "there is no scenario `darkness`"},
        {"dark:", NULL},
        {"dark:share", "`share` is no NAME=VALUE"},
        {"dark:share=", "share is a whole number from 0 to 100 (%), not ``"},
        {"dark:share=101", "share is a whole number from 0 to 100 (%), not `101`"},
        {"dark:share=-1", "share is a whole number from 0 to 100"},
        {"dark:share=+5", "share is a whole number"},
        {"dark:share= 5", "share is a whole number"},
        {"dark:share=5x", "share is a whole number"},
        {"dark:share=0x10", "share is a whole number"},
        {"dark:share=99999999999999999999", "share is a whole number"},
        {"dark:days=0", "days is a whole number from 1 to 60"},
        {"dark:wings=1", "`wings` is no parameter of dark: it has share, days, day, loss"},
        {"dark:=1", "`` is no parameter of dark"},
        {"dark:share=5,,days=1", "`` is no NAME=VALUE"},
        {"none:share=5", "`share` is no parameter of none: it has loss"},
        {"cut-off:country=D", "country is a country's two letters"},
        {"cut-off:country=DEU", "country is a country's two letters"},
        {"cut-off:country=1A", "country is a country's two letters"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scenario_choice choice;
        struct scenario_refusal why = {0};
        bool chosen = scenario_choose(cases[i].text, &choice, &why);
        assert_int_equal(chosen, cases[i].sentence == NULL);
        if (cases[i].sentence)
            assert_non_null(strstr(why.text, cases[i].sentence));
    }
    char endless[2000];
    struct scenario_choice choice;
    struct scenario_refusal why;
    memset(endless, 'x', sizeof endless);
    memcpy(endless, "dark:", 5);
    endless[sizeof endless - 1] = '\0';
    assert_false(scenario_choose(endless, &choice, &why));
    assert_non_null(strstr(why.text, "too long"));
}

static bool members_change(const char *text, size_t institutions)
{
    struct scenario_choice choice;
    struct scenario_refusal why;
    assert_true(scenario_choose(text, &choice, &why));
    return scenario_members_change(&choice, institutions);
}

static void small_networks_keep_their_members_unless_it_is_set(void **)
{
    assert_false(members_change("none", 199));
    assert_true(members_change("none", 200));
    assert_true(members_change("none:membership=1", 2));
    assert_false(members_change("none:membership=0", 2000));
    assert_false(members_change("catalogue", 2));
    assert_true(members_change("catalogue:joins=5000", 2));
    assert_false(members_change("catalogue:joins=5000,membership=0", 2000));
}

/* ---- plans ---- */

enum { NODES = 50 };

struct planned {
    struct arena *arena;
    struct flow_institution institutions[NODES];
    struct flow_link links[NODES];
    struct flow_network network;
    struct flow_deed deeds[400];
    struct flow_year year;
};

static int planned_begin(void **state)
{
    struct planned *planned = calloc(1, sizeof *planned);
    for (uint32_t i = 0; i < NODES; i++) {
        planned->institutions[i] = (struct flow_institution) {"a.example", "BE", "A", NULL};
        if (i % 5 < 2)
            memcpy(planned->institutions[i].country, i % 5 ? "DE" : "FR", 3);
        planned->links[i] = (struct flow_link) {i, (i + 1) % NODES, 1};
    }
    /* 300 nominations, one a day; and 100 within the week of day 120. */
    for (size_t i = 0; i < 400; i++)
        planned->deeds[i] = (struct flow_deed) {.at_us = (int64_t)i * DAY, .kind = FLOW_NOMINATE};
    for (size_t i = 0; i < 100; i++)
        planned->deeds[120 + i].at_us = 120 * DAY + (int64_t)i * DAY / 15;
    for (size_t i = 220; i < 400; i++)
        planned->deeds[i].at_us = (int64_t)(i - 90) * DAY;
    planned->network =
        (struct flow_network) {planned->institutions, NODES, planned->links, NODES, 0};
    planned->year = (struct flow_year) {.deeds = planned->deeds, .count = 400};
    planned->arena = arena_open(ARENA);
    *state = planned;
    return planned->arena ? 0 : -1;
}

static int planned_end(void **state)
{
    struct planned *planned = *state;
    arena_close(planned->arena);
    free(planned);
    return 0;
}

static struct ordeal plan(struct planned *planned, const char *text, uint64_t seed)
{
    struct scenario_choice choice;
    struct scenario_refusal why;
    struct ordeal out;
    struct instant wednesday = {1775001600 * (int64_t)INSTANT_SECOND}; /* 2026-04-01 */
    assert_true(scenario_choose(text, &choice, &why));
    struct ordeal_case subject = {&planned->network, &planned->year, wednesday, &choice, seed};
    assert_true(ordeal_plan(&subject, planned->arena, &out, &why));
    assert_string_equal(why.text, "");
    for (size_t i = 1; i < out.count; i++)
        assert_true(out.acts[i - 1].at_us <= out.acts[i].at_us);
    return out;
}

static void the_busiest_days_are_found(void **state)
{
    struct planned *planned = *state;
    assert_int_equal(ordeal_busiest(&planned->year, FLOW_NOMINATE, 7), 120);
    assert_int_equal(ordeal_busiest(&planned->year, FLOW_TRANSCRIPT, 7), 0);
    struct flow_year nothing = {0};
    assert_int_equal(ordeal_busiest(&nothing, FLOW_NOMINATE, 7), 0);
}

static void a_tenth_is_a_tenth_and_another_seed_draws_others(void **state)
{
    struct planned *planned = *state;
    struct ordeal dark = plan(planned, "dark", 1), again = plan(planned, "dark", 1);
    struct ordeal other = plan(planned, "dark", 2), half = plan(planned, "dark:share=50", 1);
    size_t size = 0, size_half = 0;
    for (size_t i = 0; i < NODES; i++) {
        size += dark.circle[i];
        size_half += half.circle[i];
    }
    assert_int_equal(size, 5);
    assert_int_equal(dark.circled, 5);
    assert_int_equal(size_half, 25);
    assert_memory_equal(dark.circle, again.circle, NODES);
    assert_memory_not_equal(dark.circle, other.circle, NODES);
    assert_int_equal(dark.count, 10);
    assert_int_equal(dark.from_us, 120 * DAY);
    assert_int_equal(dark.until_us, 127 * DAY);
    assert_int_equal(plan(planned, "dark:share=0", 1).count, 0);
    assert_int_equal(plan(planned, "dark:share=100", 1).count, 2 * NODES);
}

static void a_country_is_all_of_it_and_by_itself_the_largest(void **state)
{
    struct planned *planned = *state;
    struct ordeal largest = plan(planned, "cut-off", 1),
                  named = plan(planned, "cut-off:country=FR", 1);
    assert_int_equal(largest.circled, 30);
    assert_int_equal(named.circled, 10);
    for (size_t i = 0; i < NODES; i++)
        assert_int_equal(named.circle[i], i % 5 == 0);
    struct scenario_choice choice;
    struct scenario_refusal why;
    struct ordeal out;
    assert_true(scenario_choose("slow:country=XX", &choice, &why));
    struct ordeal_case subject = {&planned->network, &planned->year, {0}, &choice, 1};
    assert_true(ordeal_plan(&subject, planned->arena, &out, &why));
    assert_non_null(strstr(why.text, "nobody in this network is in that country"));
}

static void no_catalogue_means_those_who_would_join_meanwhile(void **state)
{
    struct planned *planned = *state;
    struct ordeal nobody = plan(planned, "catalogue:day=10,days=20", 1);
    assert_int_equal(nobody.circled, 0);
    assert_non_null(strstr(nobody.idle, "nobody joins in that time"));
    for (uint32_t i = 8; i < 30; i++) /* from day 8 to day 29, counted from 0 */
        planned->deeds[i] =
            (struct flow_deed) {.at_us = (int64_t)i * DAY, .kind = FLOW_JOIN, .from = i, .to = i};
    struct ordeal some = plan(planned, "catalogue:day=10,days=20", 1);
    assert_int_equal(some.circled, 20);
    assert_null(some.idle);
    assert_true(!some.circle[8] && some.circle[9] && some.circle[28] && !some.circle[29]);
}

/* Day 120 after Wednesday 1 April is a Thursday; the Monday from then on is day 124. */
static void backups_come_back_on_a_monday_a_week_old(void **state)
{
    struct planned *planned = *state;
    struct ordeal restored = plan(planned, "restored", 1);
    int64_t monday = 124 * DAY + 6 * 3600 * (int64_t)INSTANT_SECOND;
    assert_int_equal(restored.count, 4 * NODES);
    for (size_t i = 0; i < restored.count; i++) {
        const struct ordeal_act *act = &restored.acts[i];
        static const enum ordeal_deed order[] = {ORDEAL_BACK_UP, ORDEAL_STOP, ORDEAL_RESTORE,
                                                 ORDEAL_START};
        assert_int_equal(act->deed, order[i / NODES]);
        assert_true(act->deed != ORDEAL_BACK_UP || act->at_us == monday - 7 * DAY);
        assert_true(act->deed != ORDEAL_RESTORE || act->at_us == monday);
    }
}

static void restarts_are_spread_over_the_hours_asked_for(void **state)
{
    struct planned *planned = *state;
    struct ordeal versions = plan(planned, "versions:share=100,hours=10,minutes=5,day=31", 1);
    int64_t hour = 3600 * (int64_t)INSTANT_SECOND, first = INT64_MAX, last = 0;
    assert_int_equal(versions.count, 2 * NODES);
    for (size_t i = 0; i < versions.count; i++) {
        int64_t at = versions.acts[i].at_us - 30 * DAY;
        first = at < first ? at : first;
        last = at > last ? at : last;
    }
    assert_true(first >= 0 && first < 2 * hour && last > 8 * hour && last < 10 * hour + hour / 12);
}

/* ---- networks and numbers ---- */

static void a_scaled_network_keeps_its_share_of_students(void **state)
{
    struct planned *planned = *state;
    struct flow_network tenth, same, more;
    for (size_t i = 0; i < NODES; i++)
        planned->links[i].students = 37;
    assert_true(thin_network(&planned->network, 1000, 1, planned->arena, &same));
    assert_memory_equal(same.links, planned->links, sizeof planned->links);
    assert_true(thin_network(&planned->network, 2500, 1, planned->arena, &more));
    assert_in_range(flow_students(&more), 37 * NODES * 24 / 10, 37 * NODES * 26 / 10);
    assert_true(thin_network(&planned->network, 100, 1, planned->arena, &tenth));
    assert_in_range(flow_students(&tenth), 3 * NODES, 4 * NODES);
    assert_int_equal(tenth.count, NODES);
    assert_true(thin_network(&planned->network, 1, 1, planned->arena, &tenth));
    assert_true(tenth.link_count < 10);
    for (size_t i = 0; i < tenth.link_count; i++)
        assert_int_equal(tenth.links[i].students, 1);
}

static void numbers_are_written_as_people_read_them(void **)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {{0, 0, "0"},
                 {999, 0, "999"},
                 {1000, 0, "1,000"},
                 {207790, 0, "207,790"},
                 {1234567.891, 2, "1,234,567.89"},
                 {-1234.5, 1, "-1,234.5"},
                 {-12, 0, "-12"},
                 {0.25, 3, "0.250"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[YEARBOOK_NUMBER_SIZE];
        yearbook_number(cases[i].value, cases[i].digits, text);
        assert_string_equal(text, cases[i].text);
    }
}

/* ---- what is written ---- */

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, HEARD);
    assert_true(file && text && fread(text, 1, HEARD - 1, file) > 0);
    fclose(file);
    return text;
}

/* In the section of this file, a row that begins with the column, its unit and its meaning. */
static void column_is_documented(const char *readme, const char *file,
                                 const struct measure_column *column)
{
    char title[64], row[512];
    snprintf(title, sizeof title, "\n### %s\n", file);
    snprintf(row, sizeof row, "\n| `%s` | %s | %s |\n", column->name, column->unit,
             column->meaning);
    const char *section = strstr(readme, title), *end = section ? strstr(section + 1, "\n### ") : 0;
    const char *found = section ? strstr(section, row) : NULL;
    if (!found || (end && found > end))
        fail_msg("node/study/README.md, under %s, lacks:%s", file, row);
}

static void every_column_is_explained_in_the_readme_as_it_is_written(void **)
{
    char *readme = read_all("node/study/README.md");
    for (int kind = 0; kind < MEASURE_FILES; kind++) {
        char *titles = NULL, *expected = NULL;
        size_t size, expected_size;
        FILE *file = open_memstream(&titles, &size);
        FILE *other = open_memstream(&expected, &expected_size);
        const struct measure_column *column;
        const char *name = measure_file_name((enum measure_file)kind);
        yearbook_titles(file, (enum measure_file)kind);
        fclose(file);
        for (size_t i = 0; (column = measure_column((enum measure_file)kind, i)); i++) {
            column_is_documented(readme, name, column);
            fprintf(other, "%s%s", i ? "," : "", column->name);
        }
        for (int m = 0; measure_file_has_all((enum measure_file)kind) && m < MEASURE_COUNT; m++) {
            const struct measure_row *row = measure_row((enum measure)m);
            struct measure_column as_column = {row->name, row->unit, row->meaning};
            column_is_documented(readme, "measures", &as_column);
            fprintf(other, ",%s", row->name);
        }
        fputc('\n', other);
        fclose(other);
        assert_string_equal(titles, expected);
        free(titles);
        free(expected);
    }
    free(readme);
}

static void every_scenario_is_explained_in_the_readme(void **)
{
    char *readme = read_all("node/study/README.md");
    const struct scenario *scenario;
    for (size_t i = 0; (scenario = scenario_at(i)); i++) {
        char row[256];
        snprintf(row, sizeof row, "\n| `%s` | %s |", scenario->name, scenario->sentence);
        assert_non_null(strstr(readme, row));
    }
    free(readme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_percentile_is_the_nearest_rank),
        cmocka_unit_test(what_is_added_after_a_look_counts_too),
        cmocka_unit_test(students_t_is_that_of_the_tables),
        cmocka_unit_test(an_interval_is_that_of_the_differences_of_pairs),
        cmocka_unit_test(equals_do_not_differ_and_one_pair_says_nothing),
        cmocka_unit_test(nineteen_of_twenty_intervals_contain_the_truth),
        cmocka_unit_test(every_scenario_can_be_chosen_by_its_name),
        cmocka_unit_test(parameters_are_read_and_written_back),
        cmocka_unit_test(what_is_no_scenario_is_refused_with_what_there_is),
        cmocka_unit_test(small_networks_keep_their_members_unless_it_is_set),
        cmocka_unit_test_setup_teardown(the_busiest_days_are_found, planned_begin, planned_end),
        cmocka_unit_test_setup_teardown(a_tenth_is_a_tenth_and_another_seed_draws_others,
                                        planned_begin, planned_end),
        cmocka_unit_test_setup_teardown(a_country_is_all_of_it_and_by_itself_the_largest,
                                        planned_begin, planned_end),
        cmocka_unit_test_setup_teardown(no_catalogue_means_those_who_would_join_meanwhile,
                                        planned_begin, planned_end),
        cmocka_unit_test_setup_teardown(backups_come_back_on_a_monday_a_week_old, planned_begin,
                                        planned_end),
        cmocka_unit_test_setup_teardown(restarts_are_spread_over_the_hours_asked_for, planned_begin,
                                        planned_end),
        cmocka_unit_test_setup_teardown(a_scaled_network_keeps_its_share_of_students, planned_begin,
                                        planned_end),
        cmocka_unit_test(numbers_are_written_as_people_read_them),
        cmocka_unit_test(every_column_is_explained_in_the_readme_as_it_is_written),
        cmocka_unit_test(every_scenario_is_explained_in_the_readme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
