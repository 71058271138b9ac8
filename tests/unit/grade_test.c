/* links: base grade */
/* Grading tables and what becomes of a grade: every reason for a refusal, and what holds for tables
 * that nobody thought of. */
#include "grade/convert.h"
#include "grade/decimal.h"
#include "grade/levels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

enum { BUDGET = 1 << 20, SEEDS = 400, GRADES_MOST = 24 };

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

/* ---- numbers ---------------------------------------------------------------------------------
 */

static void numbers_are_read_exactly_and_come_back(void **)
{
    static const struct {
        const char *text;
        unsigned places;
        int64_t units;
        const char *back;
    } cases[] = {
        {"0.5", 6, 500000, "0.5"},  {"15,71", 2, 1571, "15.71"},
        {"-3", 1, -30, "-3"},       {"02", 0, 2, "2"},
        {"1,0", 1, 10, "1"},        {"5.50", 1, 55, "5.5"},
        {"-0.05", 2, -5, "-0.05"},  {"0", 2, 0, "0"},
        {"+7", 0, 7, "7"},          {"999999999999", 6, 999999999999000000, "999999999999"},
        {"10.000000", 0, 10, "10"}, {"0.000001", 6, 1, "0.000001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t units = 99;
        assert_true(decimal_read(bytes_text(cases[i].text), cases[i].places, &units));
        assert_int_equal(units, cases[i].units);
        assert_string_equal(decimal_text(units, cases[i].places, arena), cases[i].back);
    }
}

static void what_is_no_number_is_refused(void **)
{
    static const char *const texts[] = {
        "",    "-",  ".5", "5.",    "1.2.3", "1e3",           " 1", "1 ",    "0x1",
        "--1", "1-", "½",  "1.001", "inf",   "1000000000000", "+",  "1,00,", "1,,0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t units = 7;
        assert_false(decimal_read(bytes_text(texts[i]), 2, &units));
        assert_int_equal(units, 7);
    }
}

/* ---- tables ----------------------------------------------------------------------------------
 */

/* Grades best first with these counts; a label for each rank. */
static struct grading counts_make(const char *const labels[], const uint32_t counts[], size_t count)
{
    struct grading_grade *grades = arena_take_array(arena, count + 1, sizeof *grades);
    for (size_t i = 0; i < count; i++)
        grades[i] = (struct grading_grade) {
            .label = labels[i], .rank = (uint32_t)i + 1, .has_count = true, .count = counts[i]};
    return (struct grading) {.id = "T", .grades = grades, .count = count};
}

static struct grading percents_make(const char *const labels[], const char *const percents[],
                                    size_t count)
{
    struct grading_grade *grades = arena_take_array(arena, count + 1, sizeof *grades);
    for (size_t i = 0; i < count; i++) {
        int64_t units;
        assert_true(decimal_read(bytes_text(percents[i]), 6, &units));
        grades[i] = (struct grading_grade) {.label = labels[i],
                                            .rank = (uint32_t)i + 1,
                                            .has_percent = true,
                                            .percent = (uint32_t)units};
    }
    return (struct grading) {.id = "P", .grades = grades, .count = count};
}

static struct grading_cut cut_of(const struct grading *grading)
{
    struct grading_cut cut;
    struct finding why = {0};
    enum verdict verdict = grading_cut(grading, arena, &cut, &why);
    if (verdict)
        fail_msg("%s: %s", finding_row(why.reason)->code, why.got);
    return cut;
}

static void refused(const struct grading *grading, enum finding_reason reason, const char *got)
{
    struct grading_cut cut;
    struct finding why = {0};
    enum verdict verdict = grading_cut(grading, arena, &cut, &why);
    assert_int_equal(verdict, finding_row(reason)->verdict);
    assert_string_equal(finding_row(why.reason)->code, finding_row(reason)->code);
    assert_string_equal(why.got, got);
}

static const char *const five[] = {"A", "B", "C", "D", "E"};

static void each_reason_against_a_table_has_its_case(void **)
{
    static const uint32_t counts[] = {10, 10, 10, 10, 10};
    struct grading table = counts_make(five, counts, 5);
    struct grading_grade *grades = (struct grading_grade *)table.grades;
    (void)cut_of(&table);
    table.count = 1;
    refused(&table, FINDING_TABLE_EMPTY, "1");
    table.count = 5;
    grades[2].label = "B";
    refused(&table, FINDING_TWICE, "`B`");
    grades[2].label = " C";
    refused(&table, FINDING_LABEL, "row 3");
    grades[2].label = "C";
    grades[2].rank = 0;
    refused(&table, FINDING_UNORDERED, "`C` without one");
    grades[2].rank = 6;
    refused(&table, FINDING_UNORDERED, "`C` with rank 6 of 5 grades");
    grades[2].rank = 2;
    refused(&table, FINDING_UNORDERED, "`B` and `C` with rank 2");
    grades[2].rank = 3;
    grades[3].has_count = false;
    refused(&table, FINDING_SHARES, "`D` with neither");
    grades[3].has_percent = true;
    refused(&table, FINDING_SHARES, "4 counts and 1 percentages for 5 grades");
    grades[3].has_percent = false;
    grades[3].has_count = true;
    table.with_fails = true;
    refused(&table, FINDING_PASSING_UNSAID, "`A` without it");
    table.with_fails = false;
    grades[2].passing = GRADING_FAILS;
    refused(&table, FINDING_FAILS_BETWEEN, "`C`, which fails, above `D`");
    for (size_t i = 1; i < 5; i++)
        grades[i].passing = GRADING_FAILS;
    refused(&table, FINDING_UNRANKED, "1");
}

static void a_long_label_counts_characters_and_not_bytes(void **)
{
    static const char *const labels[] = {"éééééééééééééééééééééééééééééééé", "B"};
    static const char *const longer[] = {"ééééééééééééééééééééééééééééééééé", "B"};
    static const uint32_t counts[] = {20, 20};
    struct grading table = counts_make(labels, counts, 2);
    (void)cut_of(&table);
    table = counts_make(longer, counts, 2);
    refused(&table, FINDING_LABEL, "row 1");
}

static void counts_of_29_are_too_few_and_30_are_enough(void **)
{
    static const uint32_t few[] = {9, 20}, enough[] = {10, 20}, many[] = {2000000000, 1};
    struct grading table = counts_make(five, few, 2);
    refused(&table, FINDING_FEW, "29");
    table = counts_make(five, enough, 2);
    assert_int_equal(cut_of(&table).total, 30);
    table = counts_make(five, many, 2);
    refused(&table, FINDING_MANY, "2000000001");
}

static void grades_that_failed_do_not_count_towards_the_30(void **)
{
    static const uint32_t counts[] = {15, 14, 500};
    struct grading table = counts_make(five, counts, 3);
    ((struct grading_grade *)table.grades)[2].passing = GRADING_FAILS;
    refused(&table, FINDING_FEW, "29");
}

static void percentages_sum_to_100_within_a_half(void **)
{
    static const struct {
        const char *second, *got;
    } cases[] = {{"49.5", NULL}, {"49.499999", "99.499999"},
                 {"50.5", NULL}, {"50.500001", "100.500001"},
                 {"10", "60"},   {"50", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const percents[] = {"50", cases[i].second};
        struct grading table = percents_make(five, percents, 2);
        if (cases[i].got)
            refused(&table, FINDING_SUM, cases[i].got);
        else
            assert_false(cut_of(&table).counted);
    }
}

static void a_table_that_one_grade_alone_fills_has_no_ranks(void **)
{
    static const uint32_t counts[] = {100, 0};
    struct grading table = counts_make(five, counts, 2);
    refused(&table, FINDING_UNRANKED, "1 that was ever given");
}

/* ---- conversions -----------------------------------------------------------------------------
 */

static const char *becomes(const struct grading *host, const struct grading *home,
                           const char *grade, enum convert_rule rule)
{
    struct grading_cut from = cut_of(host), to = cut_of(home);
    struct convert_answer answer;
    struct finding why = {0};
    enum verdict verdict = convert_grade(&from, &to, grade, rule, arena, &answer, &why);
    return verdict ? finding_row(why.reason)->code : grading_label(&to, answer.home);
}

static void the_three_rules_choose_among_what_overlaps(void **)
{
    /* The host's B reaches from 20 to 60, the home's 2, 3 and 4 share that: 20-30, 30-55, 55-60. */
    static const char *const numbers[] = {"1", "2", "3", "4"};
    static const uint32_t host_counts[] = {20, 40, 40}, home_counts[] = {10, 20, 25, 45};
    struct grading host = counts_make(five, host_counts, 3);
    struct grading home = counts_make(numbers, home_counts, 4);
    assert_string_equal(becomes(&host, &home, "B", CONVERT_MAXIMUM), "2");
    assert_string_equal(becomes(&host, &home, "B", CONVERT_MIDDLE), "3");
    assert_string_equal(becomes(&host, &home, "B", CONVERT_MINIMUM), "4");
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MAXIMUM), "1");
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MINIMUM), "2");
    assert_string_equal(becomes(&host, &home, "C", CONVERT_MAXIMUM), "4");
}

static void where_two_overlap_evenly_the_middle_is_the_better(void **)
{
    static const uint32_t host_counts[] = {40, 20}, even[] = {20, 40}, off[] = {21, 39},
                          short_of[] = {19, 41};
    struct grading host = counts_make(five, host_counts, 2);
    struct grading home = counts_make(five, even, 2);
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MIDDLE), "A");
    home = counts_make(five, off, 2);
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MIDDLE), "A");
    home = counts_make(five, short_of, 2);
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MIDDLE), "B");
}

static void a_border_in_common_is_no_overlap(void **)
{
    /* A third and a third, from 30 and from 900: no float would say that they are the same. */
    static const uint32_t small_counts[] = {10, 20}, large[] = {300, 600};
    struct grading host = counts_make(five, small_counts, 2);
    struct grading home = counts_make(five, large, 2);
    for (enum convert_rule rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++) {
        assert_string_equal(becomes(&host, &home, "A", rule), "A");
        assert_string_equal(becomes(&host, &home, "B", rule), "B");
    }
}

static void a_grade_that_nobody_got_is_not_converted_and_not_given(void **)
{
    static const uint32_t host_counts[] = {0, 30, 10}, home_counts[] = {30, 0, 10};
    struct grading host = counts_make(five, host_counts, 3);
    struct grading home = counts_make(five, home_counts, 3);
    assert_string_equal(becomes(&host, &home, "A", CONVERT_MIDDLE), "grade.unused");
    assert_string_equal(becomes(&host, &home, "B", CONVERT_MINIMUM), "A");
    assert_string_equal(becomes(&host, &home, "C", CONVERT_MAXIMUM), "C");
}

static void what_fails_or_is_unknown_is_refused(void **)
{
    static const uint32_t counts[] = {20, 20, 5};
    struct grading host = counts_make(five, counts, 3);
    ((struct grading_grade *)host.grades)[2].passing = GRADING_FAILS;
    assert_string_equal(becomes(&host, &host, "C", CONVERT_MIDDLE), "grade.fails");
    assert_string_equal(becomes(&host, &host, "c", CONVERT_MIDDLE), "grade.unknown");
    assert_string_equal(becomes(&host, &host, "", CONVERT_MIDDLE), "grade.unknown");
    assert_string_equal(becomes(&host, &host, "B", CONVERT_MIDDLE), "B");
}

static void labels_are_texts_and_the_order_is_said(void **)
{
    /* Danish 7-step, German 1,0 is the best, Italian honours: none is in the order of its text. */
    static const char *const danish[] = {"12", "10", "7", "4", "02", "00", "-3"};
    static const char *const german[] = {"1,0", "1,3", "2,0", "3,0", "4,0"};
    static const char *const italian[] = {"30 e lode", "30", "28", "24", "18"};
    static const uint32_t seven[] = {10, 25, 30, 25, 10, 8, 2}, fifths[] = {10, 25, 30, 25, 10};
    struct grading dk = counts_make(danish, seven, 7), de = counts_make(german, fifths, 5),
                   it = counts_make(italian, fifths, 5);
    for (size_t i = 5; i < 7; i++)
        ((struct grading_grade *)dk.grades)[i].passing = GRADING_FAILS;
    assert_string_equal(becomes(&dk, &de, "12", CONVERT_MIDDLE), "1,0");
    assert_string_equal(becomes(&dk, &it, "12", CONVERT_MIDDLE), "30 e lode");
    assert_string_equal(becomes(&it, &dk, "18", CONVERT_MIDDLE), "02");
    assert_string_equal(becomes(&de, &dk, "4,0", CONVERT_MINIMUM), "02");
    assert_string_equal(becomes(&dk, &de, "-3", CONVERT_MIDDLE), "grade.fails");
    assert_string_equal(becomes(&dk, &de, "2", CONVERT_MIDDLE), "grade.unknown");
    assert_string_equal(becomes(&de, &dk, "1.0", CONVERT_MIDDLE), "grade.unknown");
}

static void rules_have_one_word_each(void **)
{
    for (unsigned rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++)
        assert_int_equal(convert_rule_find(convert_rule_word(rule)), rule);
    assert_int_equal(convert_rule_find("average"), CONVERT_NONE);
    assert_int_equal(convert_rule_find(""), CONVERT_NONE);
    assert_null(convert_rule_word(CONVERT_COUNT));
    assert_null(convert_rule_word(CONVERT_NONE));
}

/* ---- tables that nobody thought of -----------------------------------------------------------
 */

static uint64_t dice_state;

static uint32_t dice(uint32_t sides)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(dice_state >> 33) % sides;
}

static struct grading drawn(char names[GRADES_MOST][8], uint32_t counts[GRADES_MOST])
{
    static const uint32_t sizes[] = {2, 20, 1000, 1000000};
    const char *labels[GRADES_MOST];
    size_t count = 2 + dice(GRADES_MOST - 2);
    uint32_t size = sizes[dice(4)];
    for (size_t i = 0; i < count; i++) {
        memcpy(names[i], (char[]) {'g', (char)('a' + i), 0}, 3);
        labels[i] = names[i];
        counts[i] = dice(size);
    }
    counts[0] += 30;
    counts[count - 1] += 1;
    return counts_make(labels, counts, count);
}

/* The place of what a host place becomes; SIZE_MAX: refused. */
static size_t place_of(const struct grading_cut *host, const struct grading_cut *home, size_t place,
                       enum convert_rule rule)
{
    struct convert_answer answer;
    struct finding why;
    if (convert_grade(host, home, grading_label(host, place), rule, arena, &answer, &why)) {
        assert_int_equal(why.reason, FINDING_GRADE_UNUSED);
        return SIZE_MAX;
    }
    assert_int_equal(answer.host, place);
    return answer.home;
}

static void pair_check(const struct grading_cut *host, const struct grading_cut *home)
{
    size_t before[CONVERT_COUNT] = {0};
    for (size_t i = 0; i < host->count; i++) {
        size_t best = place_of(host, home, i, CONVERT_MAXIMUM);
        size_t middle = place_of(host, home, i, CONVERT_MIDDLE);
        size_t worst = place_of(host, home, i, CONVERT_MINIMUM);
        if (best == SIZE_MAX) {
            assert_int_equal(host->borders[i], host->borders[i + 1]);
            continue;
        }
        assert_true(best <= middle && middle <= worst && worst < home->count);
        assert_true(before[CONVERT_MAXIMUM] <= best && before[CONVERT_MIDDLE] <= middle &&
                    before[CONVERT_MINIMUM] <= worst);
        assert_true(before[CONVERT_MINIMUM] <= best); /* at most one grade in common */
        before[CONVERT_MAXIMUM] = best;
        before[CONVERT_MIDDLE] = middle;
        before[CONVERT_MINIMUM] = worst;
    }
}

static void conversion_is_monotone_for_any_tables(void **)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        char host_names[GRADES_MOST][8], home_names[GRADES_MOST][8];
        uint32_t host_counts[GRADES_MOST], home_counts[GRADES_MOST];
        dice_state = seed;
        arena_reset(arena);
        struct grading host = drawn(host_names, host_counts);
        struct grading home = drawn(home_names, home_counts);
        struct grading_cut from = cut_of(&host), to = cut_of(&home);
        pair_check(&from, &to);
        pair_check(&to, &from);
    }
}

static void a_table_becomes_itself(void **)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        char names[GRADES_MOST][8];
        uint32_t counts[GRADES_MOST], scaled[GRADES_MOST];
        const char *labels[GRADES_MOST];
        dice_state = seed;
        arena_reset(arena);
        struct grading table = drawn(names, counts);
        for (size_t i = 0; i < table.count; i++) {
            scaled[i] = counts[i] * 7;
            labels[i] = names[i];
        }
        struct grading larger = counts_make(labels, scaled, table.count);
        struct grading_cut cut = cut_of(&table), other = cut_of(&larger);
        for (size_t i = 0; i < cut.count; i++)
            for (enum convert_rule rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++) {
                size_t place = counts[i] ? i : SIZE_MAX;
                assert_int_equal(place_of(&cut, &cut, i, rule), place);
                assert_int_equal(place_of(&cut, &other, i, rule), place);
            }
    }
}

/* Every grade's interval, compared by multiplication in 128 bits and by nothing else. */
static void an_answer_is_what_plain_arithmetic_says(void **)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        char host_names[GRADES_MOST][8], home_names[GRADES_MOST][8];
        uint32_t host_counts[GRADES_MOST], home_counts[GRADES_MOST];
        dice_state = seed + 100000;
        arena_reset(arena);
        struct grading host = drawn(host_names, host_counts);
        struct grading home = drawn(home_names, home_counts);
        struct grading_cut from = cut_of(&host), to = cut_of(&home);
        for (size_t i = 0; i < from.count; i++) {
            size_t first = SIZE_MAX, last = 0, middle = SIZE_MAX;
            unsigned __int128 a = from.borders[i], b = from.borders[i + 1], h = from.total;
            for (size_t j = 0; j < to.count && a < b; j++) {
                unsigned __int128 c = to.borders[j], d = to.borders[j + 1], t = to.total;
                unsigned __int128 low = a * t > c * h ? a * t : c * h;
                unsigned __int128 high = b * t < d * h ? b * t : d * h;
                if (low >= high)
                    continue;
                first = first == SIZE_MAX ? j : first;
                last = j;
                if ((a + b) * t > 2 * c * h && (a + b) * t <= 2 * d * h)
                    middle = j;
            }
            assert_int_equal(place_of(&from, &to, i, CONVERT_MAXIMUM), first);
            assert_int_equal(place_of(&from, &to, i, CONVERT_MINIMUM),
                             first == SIZE_MAX ? SIZE_MAX : last);
            assert_int_equal(place_of(&from, &to, i, CONVERT_MIDDLE), middle);
        }
    }
}

/* ---- levels ----------------------------------------------------------------------------------
 */

static const struct levels_row level_rows[] = {
    {"IT 0-30L", "F", "0", "17"},
    {"IT 0-30L", "B", "29", "29"},
    {"IT 0-30L", "A", "30", "30L"},
    {"NL 1-10", "E", "6", "6"},
    {"NL 1-10", "D", "6.6", "7.0"},
    {"NL 1-10", "C", "7.0", "8.0"},
    {"KZ", "A", "A (4.00; 95-100)", "A (4.00; 95-100)"},
    {"KZ", "A", "A- (3.67; 90-94)", "A- (3.67; 90-94)"},
    {"KZ", "C", "B (3.00; 80-84)", "B (3.00; 80-84)"},
    {"DE 1-5", "A", "1.0", "1.5"},
    {"DE 1-5", "B", "1,6", "2,0"},
};
static const struct levels levels = {"L", level_rows, sizeof level_rows / sizeof *level_rows};

static void a_level_is_unique_or_refused_with_the_reason(void **)
{
    static const struct {
        const char *system, *grade, *level;
        enum finding_reason reason;
    } cases[] = {
        {"IT 0-30L", "30 e lode", "A", 0},
        {"IT 0-30L", "30L", "A", 0},
        {"IT 0-30L", "30", "A", 0},
        {"IT 0-30L", "17", "F", 0},
        {"IT 0-30L", "18", NULL, FINDING_LEVEL_GAP},
        {"IT 0-30L", "29L", NULL, FINDING_LEVEL_GAP},
        {"IT 0-30L", "31", NULL, FINDING_LEVEL_OUTSIDE},
        {"IT 0-30L", "-3", NULL, FINDING_LEVEL_OUTSIDE},
        {"IT 0-30L", "lode", NULL, FINDING_LEVEL_UNKNOWN},
        {"NL 1-10", "6.5", NULL, FINDING_LEVEL_GAP},
        {"NL 1-10", "6,9", "D", 0},
        {"NL 1-10", "7", NULL, FINDING_LEVEL_TWO},
        {"NL 1-10", "7.1", "C", 0},
        {"KZ", "A", "A", 0},
        {"KZ", "A-", "A", 0},
        {"KZ", "B", "C", 0},
        {"KZ", "B (3.00; 80-84)", "C", 0},
        {"KZ", "C", NULL, FINDING_LEVEL_UNKNOWN},
        {"KZ", "", NULL, FINDING_LEVEL_UNKNOWN},
        {"KZ", "85", NULL, FINDING_LEVEL_UNKNOWN},
        {"DE 1-5", "1,0", "A", 0},
        {"DE 1-5", "1.5", "A", 0},
        {"DE 1-5", "1.6", "B", 0},
        {"DE 1-5", "1.55", NULL, FINDING_LEVEL_GAP},
        {"FR", "12", NULL, FINDING_SYSTEM_UNKNOWN},
        {NULL, "12", NULL, FINDING_SYSTEM_UNKNOWN},
    };
    struct finding why = {0};
    assert_int_equal(levels_check(&levels, arena, &why), VERDICT_FINE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct levels_row *row = NULL;
        why = (struct finding) {0};
        enum verdict verdict =
            levels_find(&levels, cases[i].system, cases[i].grade, arena, &row, &why);
        assert_int_equal(why.reason, cases[i].reason);
        assert_int_equal(verdict, cases[i].reason ? finding_row(cases[i].reason)->verdict : 0);
        if (cases[i].level)
            assert_string_equal(row->level, cases[i].level);
    }
}

static void a_level_goes_back_only_to_one_grade(void **)
{
    const struct levels_row *row;
    struct finding why = {0};
    assert_int_equal(levels_back(&levels, "IT 0-30L", "B", arena, &row, &why), VERDICT_FINE);
    assert_string_equal(row->from, "29");
    assert_int_not_equal(levels_back(&levels, "IT 0-30L", "A", arena, &row, &why), VERDICT_FINE);
    assert_int_equal(why.reason, FINDING_LEVEL_RANGE);
    assert_string_equal(why.got, "`A` from `30` to `30L`");
    assert_int_not_equal(levels_back(&levels, "KZ", "A", arena, &row, &why), VERDICT_FINE);
    assert_int_equal(why.reason, FINDING_LEVEL_RANGE);
    assert_int_not_equal(levels_back(&levels, "KZ", "E", arena, &row, &why), VERDICT_FINE);
    assert_int_equal(why.reason, FINDING_LEVEL_UNKNOWN);
}

static void a_row_without_a_range_spoils_its_table(void **)
{
    static const struct {
        const char *from, *to;
        bool fits;
    } cases[] = {{"1", "2", true},     {"2", "1", false},   {"A", "A", true},
                 {"A", "B", false},    {"", "1", false},    {"1", "", false},
                 {"30L", "30", false}, {"30", "30L", true}, {"1\n", "2", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct levels_row row = {"S", "L", cases[i].from, cases[i].to};
        const struct levels one = {"T", &row, 1};
        struct finding why = {0};
        assert_int_equal(levels_check(&one, arena, &why) == VERDICT_FINE, cases[i].fits);
        assert_int_equal(why.reason, cases[i].fits ? FINDING_NONE : FINDING_LEVEL_BOUNDS);
    }
}

/* ---- what is said ----------------------------------------------------------------------------
 */

static void every_reason_says_what_is_expected_and_what_to_do(void **)
{
    for (unsigned reason = 1; reason < FINDING_COUNT; reason++) {
        const struct finding_row *row = finding_row((enum finding_reason)reason);
        assert_true(row->verdict && *row->code && *row->sentence && *row->expected && *row->remedy);
        for (unsigned other = 1; other < reason; other++)
            assert_string_not_equal(row->code, finding_row((enum finding_reason)other)->code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_exactly_and_come_back),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(each_reason_against_a_table_has_its_case),
        cmocka_unit_test(a_long_label_counts_characters_and_not_bytes),
        cmocka_unit_test(counts_of_29_are_too_few_and_30_are_enough),
        cmocka_unit_test(grades_that_failed_do_not_count_towards_the_30),
        cmocka_unit_test(percentages_sum_to_100_within_a_half),
        cmocka_unit_test(a_table_that_one_grade_alone_fills_has_no_ranks),
        cmocka_unit_test(the_three_rules_choose_among_what_overlaps),
        cmocka_unit_test(where_two_overlap_evenly_the_middle_is_the_better),
        cmocka_unit_test(a_border_in_common_is_no_overlap),
        cmocka_unit_test(a_grade_that_nobody_got_is_not_converted_and_not_given),
        cmocka_unit_test(what_fails_or_is_unknown_is_refused),
        cmocka_unit_test(labels_are_texts_and_the_order_is_said),
        cmocka_unit_test(rules_have_one_word_each),
        cmocka_unit_test(conversion_is_monotone_for_any_tables),
        cmocka_unit_test(a_table_becomes_itself),
        cmocka_unit_test(an_answer_is_what_plain_arithmetic_says),
        cmocka_unit_test(a_level_is_unique_or_refused_with_the_reason),
        cmocka_unit_test(a_level_goes_back_only_to_one_grade),
        cmocka_unit_test(a_row_without_a_range_spoils_its_table),
        cmocka_unit_test(every_reason_says_what_is_expected_and_what_to_do),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
