/* links: base seal record grade report sheet */
/* Grading tables out of spreadsheets: both forms, what is hostile in them, and the tables that
 * institutions have really published, each against each. */
#include "report/grade_view.h"
#include "sheet/sheet_grading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET = 64 << 20, FILE_MAX = 1 << 20 };

static struct arena *arena;

static int arena_setup(void **)
{
    arena = arena_open(BUDGET);
    return !arena;
}

static int arena_teardown(void **)
{
    arena_close(arena);
    return 0;
}

static struct sheet_grading read_text(const char *text)
{
    struct sheet_grading tables;
    assert_int_equal(sheet_grading_read(bytes_text(text), NULL, arena, &tables), FAULT_NONE);
    return tables;
}

static const char *unusable(const struct grading *grading)
{
    struct grading_cut cut;
    struct finding why = {0};
    return grading_cut(grading, arena, &cut, &why) ? finding_row(why.reason)->code : NULL;
}

/* ---- what is read ----------------------------------------------------------------------------
 */

static void a_distribution_is_read_whatever_the_order_of_its_columns(void **)
{
    struct sheet_grading tables = read_text("Our grades of 2026\n"
                                            "Percent;Grade;Rank;Table id;Passing;Institution\n"
                                            "60,5 %;\"1,0\";1;DE;ja;Uni\n"
                                            "10;\"4,0\";2;DE;yes;\n"
                                            "29.5;\"5,0\";3;DE;no;\n");
    assert_null(tables.refusal.expected);
    assert_int_equal(tables.problem_count, 0);
    assert_int_equal(tables.count, 1);
    struct grading *grading = &tables.tables[0].grading;
    assert_string_equal(tables.tables[0].institution, "Uni");
    assert_null(tables.tables[0].period);
    assert_int_equal(grading->count, 3);
    assert_string_equal(grading->grades[0].label, "1,0");
    assert_int_equal(grading->grades[0].percent, 60500000);
    assert_int_equal(grading->grades[2].passing, GRADING_FAILS);
    assert_null(unusable(grading));
}

static void labels_stay_the_texts_that_they_are(void **)
{
    struct sheet_grading tables = read_text("table_id,rank_best_first,grade,count\n"
                                            "IT,1,30 e lode,10\nIT,2,30,20\n"
                                            "DK,2,02,15\nDK,1,12,15\nDK,3,-3,7\n");
    static const char *const labels[] = {"02", "12", "-3"};
    assert_int_equal(tables.count, 2);
    assert_string_equal(tables.tables[0].grading.grades[0].label, "30 e lode");
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(tables.tables[1].grading.grades[i].label, labels[i]);
    assert_true(sheet_grading_fails(&tables.tables[1], "-3"));
    assert_false(sheet_grading_fails(&tables.tables[1], "00"));
    assert_int_equal(tables.tables[1].grading.grades[0].passing, GRADING_PASSES);
    assert_int_equal(tables.tables[1].grading.grades[2].passing, GRADING_FAILS);
}

static void levels_are_read_with_their_bounds(void **)
{
    struct sheet_grading tables = read_text("table_id,system,target_grade,from,to\n"
                                            "X,IT 0-30L,A,30,30L\nX,IT 0-30L,B,29,29\n"
                                            "Y,DE,A,\"1,0\",1.5\n");
    assert_int_equal(tables.count, 2);
    assert_int_equal(tables.tables[0].levels.count, 2);
    assert_int_equal(tables.tables[0].grading.count, 0);
    assert_string_equal(tables.tables[1].levels.rows[0].from, "1,0");
}

/* ---- what is hostile -------------------------------------------------------------------------
 */

static void what_is_no_table_is_refused_with_what_to_do(void **)
{
    static const char *const texts[] = {
        "",
        "\n\n\n",
        "hello",
        "table_id,grade,rank\nX,A,1\n",                 /* no share */
        "rank,grade,count\n1,A,10\n",                   /* no table */
        "table_id,grade,count,count\nX,A,1,1\n",        /* twice */
        "table_id,system,target_grade,from\nX,S,A,1\n", /* no end */
        "PK\003\004 not a workbook",
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct sheet_grading tables = read_text(texts[i]);
        assert_non_null(tables.refusal.expected);
        assert_non_null(tables.refusal.remedy);
        assert_int_equal(tables.count, 0);
    }
}

static void a_cell_that_cannot_be_meant_is_named(void **)
{
    static const struct {
        const char *row, *column;
    } cases[] = {
        {"X,x,A,10,", "rank_best_first"},
        {"X,-1,A,10,", "rank_best_first"},
        {"X,1.5,A,10,", "rank_best_first"},
        {"X,1,,10,", "grade"},
        {"X,1,A,1e9,", "count"},
        {"X,1,A,4294967296,", "count"},
        {"X,1,A,99999999999999999999,", "count"},
        {"X,1,A,-5,", "count"},
        {"X,1,A,,1000.000001", "percent"},
        {"X,1,A,,-0.5", "percent"},
        {"X,1,A,,0.0000001", "percent"},
        {"X,1,A,,NaN", "percent"},
        {"X,1,A,,%", "percent"},
        {",1,A,10,", "table_id"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sheet_grading tables = read_text(arena_format(
            arena, "table_id,rank_best_first,grade,count,percent\n%s\n", cases[i].row));
        assert_int_equal(tables.problem_count, 1);
        assert_int_equal(tables.problems[0].row, 2);
        assert_string_equal(tables.problems[0].column, cases[i].column);
        assert_non_null(tables.problems[0].expected);
    }
}

static void limits_of_tables_and_texts_hold(void **)
{
    char *text = malloc(FILE_MAX);
    assert_non_null(text);
    size_t size = (size_t)sprintf(text, "table_id,rank,grade,count\n");
    for (size_t i = 0; i < SHEET_GRADING_TABLES_MAX + 150; i++)
        size += (size_t)sprintf(text + size, "T%zu,1,A,1\n", i);
    struct sheet_grading tables = read_text(text);
    assert_int_equal(tables.count, SHEET_GRADING_TABLES_MAX);
    assert_int_equal(tables.problem_count, SHEET_GRADING_PROBLEMS_MAX);
    size = (size_t)sprintf(text, "table_id,rank,grade,count\nT,1,");
    memset(text + size, 'x', SHEET_GRADING_TEXT_MAX + 1);
    strcpy(text + size + SHEET_GRADING_TEXT_MAX + 1, ",1\n");
    tables = read_text(text);
    assert_int_equal(tables.problem_count, 1);
    assert_string_equal(tables.problems[0].column, "grade");
    size = (size_t)sprintf(text, "table_id,rank,grade,count\n");
    for (size_t i = 0; i < SHEET_GRADING_ROWS_MAX + 1; i++)
        size += (size_t)sprintf(text + size, "T,%zu,%zu,1\n", i + 1, i);
    tables = read_text(text);
    assert_non_null(tables.refusal.expected);
    free(text);
}

static void a_table_of_101_grades_is_no_table(void **)
{
    const char *text = "table_id,rank,grade,count\n";
    for (size_t i = 0; i < 101; i++)
        text = arena_format(arena, "%sT,%zu,g%zu,1\n", text, i + 1, i);
    struct sheet_grading tables = read_text(text);
    assert_int_equal(tables.tables[0].grading.count, 101);
    assert_string_equal(unusable(&tables.tables[0].grading), "grade.count");
}

static void a_spent_arena_is_a_fault_and_not_half_a_table(void **)
{
    const char *text = "table_id,rank,grade,count\nT,1,A,20\nT,2,B,20\n";
    bool whole = false;
    for (size_t budget = 1024; !whole && budget < 1 << 22; budget += 997) {
        struct arena *small = arena_open(budget);
        struct sheet_grading tables;
        enum fault fault = sheet_grading_read(bytes_text(text), NULL, small, &tables);
        whole = !fault;
        assert_true(fault == FAULT_NONE || fault == FAULT_MEMORY);
        assert_int_equal(fault ? 1 : tables.tables[0].grading.count == 2, 1);
        arena_close(small);
    }
    assert_true(whole);
}

/* ---- what was really published ---------------------------------------------------------------
 */

/* False: the data is not here. */
static bool read_shared(const char *name, struct sheet_grading *tables)
{
    const char *shared = getenv("PEREGRIN_SHARED");
    const char *path = arena_format(arena, "%s/data/%s", shared ? shared : "../shared", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("%s is not here: PEREGRIN_SHARED says where the shared folder is\n", path);
        return false;
    }
    uint8_t *content = arena_take(arena, FILE_MAX);
    assert_non_null(content);
    struct bytes bytes = {content, fread(content, 1, FILE_MAX, file)};
    fclose(file);
    assert_int_equal(sheet_grading_read(bytes, NULL, arena, tables), FAULT_NONE);
    assert_null(tables->refusal.expected);
    return true;
}

static size_t place_in(const struct grading_cut *cut, const char *label)
{
    for (size_t i = 0; i < cut->count; i++)
        if (strcmp(grading_label(cut, i), label) == 0)
            return i;
    fail_msg("no grade %s", label);
    return 0;
}

/* Every passing grade under every rule: an answer with all its steps, monotone, between the bounds
 * of the rules; a table to itself gives the same. */
static size_t pair_check(const struct grading *host, const struct grading *home)
{
    struct grading_cut from, to;
    struct finding why = {0};
    size_t asked = 0;
    assert_int_equal(grading_cut(host, arena, &from, &why), VERDICT_FINE);
    assert_int_equal(grading_cut(home, arena, &to, &why), VERDICT_FINE);
    for (unsigned rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++) {
        size_t before = 0;
        for (size_t i = 0; i < from.count; i++, asked++) {
            const struct grade_view_ask ask = {.host = {.grading = host},
                                               .home = {.grading = home},
                                               .grade = grading_label(&from, i),
                                               .rule = convert_rule_word(rule)};
            json_t *told = NULL;
            assert_int_equal(grade_view_convert(&ask, arena, &told, &why), VERDICT_FINE);
            assert_non_null(told);
            assert_int_equal(json_array_size(json_object_get(told, "steps")), 6);
            size_t place = place_in(&to, json_string_value(json_object_get(told, "result")));
            assert_true(place >= before);
            assert_true(host != home || place == i);
            before = place;
            json_decref(told);
        }
    }
    return asked;
}

static void every_published_table_converts_to_every_other_or_says_why_not(void **)
{
    struct sheet_grading tables;
    size_t usable = 0, asked = 0;
    if (!read_shared("grading_tables.csv", &tables))
        skip();
    assert_int_equal(tables.problem_count, 0);
    assert_true(tables.count >= 6);
    for (size_t i = 0; i < tables.count; i++) {
        const struct grading *host = &tables.tables[i].grading;
        const char *reason = unusable(host);
        if (reason) {
            /* It counts its fails and does not say which they are. */
            assert_string_equal(host->id, "EWP_EXAMPLE");
            assert_string_equal(reason, "grade.passing");
            assert_true(sheet_grading_fails(&tables.tables[i], "F"));
            assert_null(unusable(host));
        }
        usable++;
    }
    for (size_t i = 0; i < tables.count; i++)
        for (size_t j = 0; j < tables.count; j++)
            asked += pair_check(&tables.tables[i].grading, &tables.tables[j].grading);
    print_message("%zu tables, %zu conversions\n", usable, asked);
    assert_true(asked >= 3 * 6 * 5 * 6);
}

/* Worked by hand: Louvain's 14 stands from 40.9 to 55.9 of 100.2, which is 40.82 % to 55.79 %;
 * Oslo's B from 15.71 % to 45.41 %, and its C follows; the middle of Louvain's is 48.3 %. */
static void a_real_grade_becomes_what_a_pencil_says(void **)
{
    static const char *const words[] = {"minimum", "middle", "maximum"};
    static const char *const results[] = {"C", "C", "B"};
    struct sheet_grading tables;
    if (!read_shared("grading_tables.csv", &tables))
        skip();
    for (size_t i = 0; i < 3; i++) {
        const struct grade_view_ask ask = {
            .host = {.grading = &sheet_grading_find(&tables, "BE_UCL")->grading},
            .home = {.grading = &sheet_grading_find(&tables, "NO_UIO")->grading},
            .grade = "14",
            .rule = words[i]};
        struct finding why;
        json_t *told;
        assert_int_equal(grade_view_convert(&ask, arena, &told, &why), VERDICT_FINE);
        assert_string_equal(json_string_value(json_object_get(told, "result")), results[i]);
        json_decref(told);
    }
}

/* Each bound as it was published: its own level, or the reason why it has none. */
static void every_published_level_is_found_or_refused_with_its_reason(void **)
{
    struct sheet_grading tables;
    size_t found = 0, two = 0;
    if (!read_shared("grade_scale_equivalences.csv", &tables))
        skip();
    assert_int_equal(tables.problem_count, 0);
    for (size_t i = 0; i < tables.count; i++) {
        const struct levels *levels = &tables.tables[i].levels;
        struct finding why = {0};
        assert_int_equal(levels_check(levels, arena, &why), VERDICT_FINE);
        for (size_t j = 0; j < levels->count; j++) {
            const struct levels_row *own = &levels->rows[j], *row;
            if (levels_find(levels, own->system, own->from, arena, &row, &why)) {
                assert_int_equal(why.reason, FINDING_LEVEL_TWO);
                two++;
            } else {
                assert_string_equal(row->level, own->level);
                found++;
            }
        }
    }
    print_message("%zu levels found, %zu in two ranges as published\n", found, two);
    assert_true(found > 60);
    /* Paris 7's chart for the Dutch scale ends a range where the next begins: 7.0, 8.0 and 9.0. */
    assert_int_equal(two, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_distribution_is_read_whatever_the_order_of_its_columns),
        cmocka_unit_test(labels_stay_the_texts_that_they_are),
        cmocka_unit_test(levels_are_read_with_their_bounds),
        cmocka_unit_test(what_is_no_table_is_refused_with_what_to_do),
        cmocka_unit_test(a_cell_that_cannot_be_meant_is_named),
        cmocka_unit_test(limits_of_tables_and_texts_hold),
        cmocka_unit_test(a_table_of_101_grades_is_no_table),
        cmocka_unit_test(a_spent_arena_is_a_fault_and_not_half_a_table),
        cmocka_unit_test(every_published_table_converts_to_every_other_or_says_why_not),
        cmocka_unit_test(a_real_grade_becomes_what_a_pencil_says),
        cmocka_unit_test(every_published_level_is_found_or_refused_with_its_reason),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
