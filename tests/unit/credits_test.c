/* links: base seal record grade rules eligibility */
/* Credits as exact decimals, and each rule about them on both sides of its limit. */
#include "base/instant.h"
#include "eligibility/eligibility.h"
#include "eligibility/eligibility_credits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena *arena;

static int arena_setup(void **)
{
    arena = arena_open(1 << 24);
    return !arena;
}

static int arena_teardown(void **)
{
    arena_close(arena);
    return 0;
}

static void credits_are_hundredths_and_nothing_finer(void **)
{
    static const struct {
        const char *text;
        bool fits;
        uint32_t hundredths;
    } cases[] = {{"6", true, 600},     {"5.5", true, 550},
                 {"2,25", true, 225},  {"0", true, 0},
                 {"5.500", true, 550}, {"5.505", false, 0},
                 {"-1", false, 0},     {"42949672.95", true, 4294967295},
                 {"+1", false, 0},     {"42949672.96", false, 0},
                 {"", false, 0},       {"six", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t hundredths = 0;
        assert_int_equal(credits_read(bytes_text(cases[i].text), &hundredths), cases[i].fits);
        assert_int_equal(hundredths, cases[i].hundredths);
    }
    assert_string_equal(credits_text(550, arena), "5.5");
    assert_string_equal(credits_text(5, arena), "0.05");
}

static void sums_are_exact_in_any_order_or_refused(void **)
{
    uint32_t list[300], sum = 0, back = 0;
    uint64_t state = 5, plain = 0;
    for (size_t round = 0; round < 200; round++) {
        plain = 0;
        for (size_t i = 0; i < 300; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            list[i] = (uint32_t)(state >> 33) % 6001;
            plain += list[i];
        }
        assert_true(credits_sum(list, 300, &sum));
        assert_int_equal(sum, plain);
        back = 0;
        for (size_t i = 300; i-- > 0;)
            assert_true(credits_add(&back, list[i]));
        assert_int_equal(back, sum);
    }
    static const uint32_t full[] = {UINT32_MAX, 1};
    sum = 77;
    assert_false(credits_sum(full, 2, &sum));
    assert_int_equal(sum, 77);
    assert_true(credits_sum(full, 1, &sum));
    assert_false(credits_add(&sum, 1));
    assert_int_equal(sum, UINT32_MAX);
}

/* ---- rules -----------------------------------------------------------------------------------
 */

static struct credits_limits limits_make(void)
{
    static const struct {
        const char *name, *value;
    } settings[] = {{"credits.year_max", "60"},   {"credits.hours_min", "25"},
                    {"credits.hours_max", "30"},  {"credits.whole_only", "1"},
                    {"credits.unit_min", "3"},    {"credits.week_max", "1.5"},
                    {"credits.year_days", "300"}, {"credits.apart", "19.8"}};
    struct credits_limits limits = credits_rules_none();
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        assert_true(credits_rules_set(&limits, settings[i].name, bytes_text(settings[i].value)));
    return limits;
}

struct heard {
    enum credits_rule rule;
    size_t count;
    size_t element;
    const char *expected, *got;
};

static void hear(void *self, const struct credits_finding *finding)
{
    struct heard *heard = self;
    assert_non_null(finding->expected);
    assert_non_null(finding->got);
    if (finding->rule != heard->rule)
        return;
    heard->count++;
    heard->element = finding->element;
    heard->expected = finding->expected;
    heard->got = finding->got;
}

static struct heard ask(enum credits_rule rule, const struct credits_subject *subject)
{
    struct credits_limits limits = limits_make();
    struct heard heard = {.rule = rule};
    (void)credits_rules_check(subject, &limits, arena, hear, &heard);
    return heard;
}

static void each_rule_has_both_sides_of_its_limit(void **)
{
    static const struct {
        enum credits_rule rule;
        struct credits_unit unit;
        uint32_t total, days;
        bool planned;
        const char *expected, *got; /* NULL: it holds */
        size_t agreed, listed;
        const char *end, *until;
    } cases[] = {
        {CREDITS_LISTED, {.awarded = 600}, 600, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_LISTED, {.awarded = 600}, 600, 0, false, NULL, NULL, 3, 3, NULL, NULL},
        {CREDITS_LISTED,
         {.awarded = 600},
         600,
         0,
         false,
         "all 3 units agreed",
         "2 of them",
         3,
         2,
         NULL,
         NULL},
        {CREDITS_YEAR_MAX, {.awarded = 6000}, 6000, 366, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_YEAR_MAX,
         {.awarded = 6001},
         6001,
         366,
         false,
         "at most 60",
         "60.01",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_YEAR_MAX, {.awarded = 6001}, 6001, 367, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_YEAR_MAX,
         {.awarded = 6001},
         6001,
         0,
         false,
         "at most 60",
         "60.01",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_HOURS,
         {.awarded = 600, .hours = 150},
         600,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         NULL,
         NULL},
        {CREDITS_HOURS,
         {.awarded = 600, .hours = 149},
         600,
         0,
         false,
         "150 to 180 hours",
         "149 hours",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_HOURS,
         {.awarded = 600, .hours = 180},
         600,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         NULL,
         NULL},
        {CREDITS_HOURS,
         {.awarded = 600, .hours = 181},
         600,
         0,
         false,
         "150 to 180 hours",
         "181 hours",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_HOURS, {.awarded = 600}, 600, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_HOURS,
         {.offered = 300, .hours = 10, .failed = true},
         0,
         0,
         false,
         "75 to 90 hours",
         "10 hours",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_WHOLE, {.awarded = 500}, 500, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_WHOLE, {.awarded = 550}, 550, 0, false, "whole credits", "5.5", 0, 0, NULL, NULL},
        {CREDITS_UNIT_MIN, {.awarded = 300}, 300, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_UNIT_MIN, {.awarded = 299}, 299, 0, false, "at least 3", "2.99", 0, 0, NULL, NULL},
        {CREDITS_UNIT_MIN,
         {.awarded = 0, .failed = true},
         0,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         NULL,
         NULL},
        {CREDITS_WEEK_MAX, {.awarded = 300}, 300, 14, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_WEEK_MAX, {.awarded = 301}, 301, 14, false, "at most 3", "3.01", 0, 0, NULL, NULL},
        {CREDITS_WEEK_MAX, {.awarded = 450}, 450, 15, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_WEEK_MAX, {.awarded = 150}, 150, 5, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_WEEK_MAX, {.awarded = 9900}, 9900, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_ALL_OR_NONE,
         {.awarded = 600, .offered = 600},
         600,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         NULL,
         NULL},
        {CREDITS_ALL_OR_NONE,
         {.awarded = 0, .offered = 600},
         0,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         NULL,
         NULL},
        {CREDITS_ALL_OR_NONE,
         {.awarded = 300, .offered = 600},
         300,
         0,
         false,
         "6 or 0",
         "3",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_ALL_OR_NONE,
         {.awarded = 600, .offered = 300},
         600,
         0,
         false,
         "3 or 0",
         "6",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_FAILED, {.awarded = 0, .failed = true}, 0, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_FAILED,
         {.awarded = 1, .failed = true},
         1,
         0,
         false,
         "0",
         "0.01",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_SUM, {.awarded = 600}, 600, 0, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_SUM, {.awarded = 600}, 601, 0, false, "6", "6.01", 0, 0, NULL, NULL},
        {CREDITS_SUM, {.awarded = 600}, 599, 0, false, "6", "5.99", 0, 0, NULL, NULL},
        {CREDITS_PROPORTIONAL, {.awarded = 2010}, 2010, 150, true, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_PROPORTIONAL,
         {.awarded = 2009},
         2009,
         150,
         true,
         "20.1 to 39.9",
         "20.09",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_PROPORTIONAL, {.awarded = 3990}, 3990, 150, true, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_PROPORTIONAL,
         {.awarded = 3991},
         3991,
         150,
         true,
         "20.1 to 39.9",
         "39.91",
         0,
         0,
         NULL,
         NULL},
        {CREDITS_PROPORTIONAL, {.awarded = 3991}, 3991, 150, false, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_PROPORTIONAL, {.awarded = 100}, 100, 0, true, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_PROPORTIONAL, {.awarded = 6000}, 6000, 365, true, NULL, NULL, 0, 0, NULL, NULL},
        {CREDITS_PERIOD,
         {.awarded = 600},
         600,
         0,
         false,
         NULL,
         NULL,
         0,
         0,
         "2027-01-29",
         "2027-01-29"},
        {CREDITS_PERIOD,
         {.awarded = 600},
         600,
         0,
         false,
         "2027-01-29 at the latest",
         "2027-01-30",
         0,
         0,
         "2027-01-30",
         "2027-01-29"},
        {CREDITS_PERIOD, {.awarded = 600}, 600, 0, false, NULL, NULL, 0, 0, "2027-01-30", NULL},
        {CREDITS_PERIOD, {.awarded = 600}, 600, 0, false, NULL, NULL, 0, 0, NULL, "2027-01-29"},
    };
    bool held[CREDITS_RULES] = {false}, broken[CREDITS_RULES] = {false};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct credits_subject subject = {&cases[i].unit,   1,
                                                cases[i].total,   cases[i].days,
                                                cases[i].planned, cases[i].agreed,
                                                cases[i].listed,  cases[i].end,
                                                cases[i].until,   0};
        struct heard heard = ask(cases[i].rule, &subject);
        assert_int_equal(heard.count, cases[i].expected ? 1 : 0);
        (cases[i].expected ? broken : held)[cases[i].rule] = true;
        if (!cases[i].expected)
            continue;
        assert_string_equal(heard.expected, cases[i].expected);
        assert_string_equal(heard.got, cases[i].got);
    }
    for (size_t i = 0; i < CREDITS_RULES; i++)
        assert_true(held[i] && broken[i]);
}

static void a_rule_that_is_off_is_silent_and_names_its_unit_when_on(void **)
{
    const struct credits_unit units[] = {{.awarded = 600}, {.awarded = 250}, {.awarded = 400}};
    const struct credits_subject subject = {units, 3, 1250, 0, false, 0, 0, NULL, NULL, 0};
    struct heard heard = ask(CREDITS_UNIT_MIN, &subject);
    assert_int_equal(heard.count, 1);
    assert_int_equal(heard.element, 1);
    struct credits_limits limits = limits_make();
    assert_true(credits_rules_set(&limits, "credits.unit", bytes_text("off")));
    heard = (struct heard) {.rule = CREDITS_UNIT_MIN};
    assert_int_equal(credits_rules_check(&subject, &limits, arena, hear, &heard), 1);
    assert_int_equal(heard.count, 0); /* the one that is left is that of whole credits */
}

static void a_sum_beyond_the_limit_is_no_sum(void **)
{
    const struct credits_unit units[] = {{.awarded = UINT32_MAX}, {.awarded = 2}};
    const struct credits_subject subject = {units, 2, 1, 0, false, 0, 0, NULL, NULL, 0};
    assert_string_equal(ask(CREDITS_SUM, &subject).got, "a larger one");
}

static void settings_are_known_by_name_and_within_their_limits(void **)
{
    static const struct {
        const char *name, *value;
        bool fits;
    } cases[] = {{"credits.week_max", "1.5", true},
                 {"credits.week_max", "-1", false},
                 {"credits.hours_max", "30", true},
                 {"credits.hours_max", "30.5", false},
                 {"credits.year_max", "1001", false},
                 {"credits.weeks", "1", false},
                 {"credits.sum", "warn", true},
                 {"credits.sum", "maybe", false},
                 {"", "1", false}};
    struct credits_limits limits = credits_rules_none();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(credits_rules_set(&limits, cases[i].name, bytes_text(cases[i].value)),
                         cases[i].fits);
    assert_int_equal(limits.week_max, 150);
    assert_int_equal(limits.hours_max, 30);
    assert_int_equal(limits.severities[CREDITS_SUM], CREDITS_WARNS);
    for (size_t i = 0; credits_rules_setting(i); i++)
        assert_true(credits_rules_set(&limits, credits_rules_setting(i), bytes_text("1")));
}

/* ---- out of the dated settings ---------------------------------------------------------------
 */

static const struct dated *settings_read(const char *over)
{
    struct dated *settings;
    struct dated_refusal refusal;
    const char *text =
        arena_format(arena, "setting,of,institution,from,until,value,unit,source\n%s", over);
    assert_int_equal(eligibility_settings(bytes_text(text), arena, &settings, &refusal),
                     VERDICT_FINE);
    return settings;
}

static int64_t day_of(const char *text)
{
    int64_t day;
    assert_true(instant_date(bytes_text(text), &day));
    return day;
}

static void limits_hold_for_an_institution_on_a_day(void **)
{
    const struct dated *settings =
        settings_read("credits.whole_only,,itg.be,,,yes,yes,house rules\n"
                      "credits.unit_min,,itg.be,,,3,credit,house rules\n"
                      "credits.week_max,,itg.be,2026-09-01,,1.5,credit,house rules\n"
                      "severity,credits.week,itg.be,,,refuse,severity,house rules\n");
    struct credits_limits itg = eligibility_credits(settings, "itg.be", day_of("2026-09-01"));
    struct credits_limits before = eligibility_credits(settings, "itg.be", day_of("2026-08-31"));
    struct credits_limits other = eligibility_credits(settings, "helmo.be", day_of("2026-09-01"));
    assert_int_equal(itg.week_max, 150);
    assert_int_equal(itg.unit_min, 300);
    assert_int_equal(itg.whole, 1);
    assert_int_equal(itg.severities[CREDITS_WEEK_MAX], CREDITS_REFUSES);
    assert_int_equal(before.week_max, 0);
    assert_int_equal(other.week_max, 0);
    assert_int_equal(other.whole, 0);
    assert_int_equal(other.severities[CREDITS_WEEK_MAX], CREDITS_WARNS);
    assert_int_equal(other.year_max, CREDITS_YEAR);
    assert_int_equal(other.hours_min, 25);
    assert_int_equal(other.hours_max, 30);
    assert_int_equal(other.year_days, 300);
    assert_int_equal(other.apart, 2000);
}

static void a_severity_is_of_a_rule_that_there_is(void **)
{
    struct dated *settings;
    struct dated_refusal refusal;
    for (unsigned i = 0; i < CREDITS_RULES; i++)
        (void)settings_read(arena_format(arena, "severity,%s,,,,off,severity,us\n",
                                         credits_rules_row((enum credits_rule)i)->id));
    assert_int_equal(eligibility_settings(bytes_text("setting,of,from,until,value,unit,source\n"
                                                     "severity,credits.weeks,,,off,severity,us\n"),
                                          arena, &settings, &refusal),
                     VERDICT_MALFORMED);
}

struct ids {
    const char *text;
};

static void ids_add(void *self, const struct eligibility_finding *finding)
{
    struct ids *ids = self;
    assert_int_equal(finding->answer, ELIGIBILITY_BROKEN);
    assert_true(*finding->expected && *finding->got && *finding->source);
    ids->text = arena_format(arena, "%s%s %s;", ids->text, finding->rule->id, finding->rule->field);
}

static Peregrin__Component component_make(const char *code, uint32_t hundredths, bool passed)
{
    Peregrin__Component unit = PEREGRIN__COMPONENT__INIT;
    unit.code = (char *)code;
    unit.has_ects_hundredths = unit.has_passed = true;
    unit.ects_hundredths = hundredths;
    unit.passed = passed;
    return unit;
}

static Peregrin__LearningUnit unit_make(uint32_t part, const char *code, uint32_t hundredths)
{
    Peregrin__LearningUnit unit = PEREGRIN__LEARNING_UNIT__INIT;
    unit.has_part = unit.has_ects_hundredths = true;
    unit.part = part;
    unit.code = (char *)code;
    unit.ects_hundredths = hundredths;
    return unit;
}

static void a_transcript_is_held_against_the_agreement_and_the_weeks(void **)
{
    const struct eligibility_credits_case subject = {
        settings_read("credits.week_max,,itg.be,,,1.5,credit,house rules\n"), "itg.be",
        day_of("2026-09-01"), false};
    Peregrin__Component list[] = {component_make("A", 600, true), component_make("B", 300, true),
                                  component_make("C", 0, false)};
    Peregrin__Component *components[] = {&list[0], &list[1], &list[2]};
    Peregrin__LearningUnit planned[] = {
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "A", 600),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "B", 600),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOME, "C", 600)};
    Peregrin__LearningUnit *units[] = {&planned[0], &planned[1], &planned[2]};
    Peregrin__CreditRecord record = PEREGRIN__CREDIT_RECORD__INIT;
    Peregrin__LearningAgreement agreed = PEREGRIN__LEARNING_AGREEMENT__INIT;
    struct ids ids = {""};
    record.components = components;
    record.n_components = 3;
    record.has_total_hundredths = true;
    record.total_hundredths = 900;
    record.start = "2026-09-07"; /* a Monday; six weeks end on the 18th of October */
    record.end = "2026-10-18";
    agreed.units = units;
    agreed.n_units = 3;
    assert_true(
        eligibility_credits_transcript(&subject, &record, NULL, NULL, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
    assert_true(
        eligibility_credits_transcript(&subject, &record, NULL, &agreed, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.whole_unit components[1].ects_hundredths;");
    record.end = "2026-10-11";
    record.total_hundredths = 901;
    ids.text = "";
    assert_true(
        eligibility_credits_transcript(&subject, &record, NULL, NULL, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.week total_hundredths;credits.sum total_hundredths;");
}

/* Eight weeks and a day yield 13.5 credits, however long the transcript says that it was. */
static void a_transcript_has_the_weeks_of_the_stay_and_ends_with_it(void **)
{
    const struct eligibility_credits_case subject = {
        settings_read("credits.week_max,,itg.be,,,1.5,credit,house rules\n"), "itg.be",
        day_of("2026-09-01"), false};
    static const struct {
        const char *start, *end, *issued;
        struct eligibility_credits_stay stay;
        uint32_t total;
        const char *ids;
    } cases[] = {
        {"2026-09-07",
         "2026-11-02",
         "2026-11-20",
         {"2026-09-07", "2026-11-02", "2026-11-02"},
         1350,
         ""},
        {"2026-09-07",
         "2026-11-02",
         "2026-11-20",
         {"2026-09-07", "2026-11-01", "2026-11-01"},
         1350,
         "credits.week total_hundredths;credits.period end;"},
        {"2026-09-07", "2027-01-29", "2027-02-20", {"2026-09-07", "2026-11-02", NULL}, 1350, ""},
        {"2026-09-07",
         "2027-01-29",
         "2027-02-20",
         {"2026-09-07", "2026-11-02", NULL},
         1351,
         "credits.week total_hundredths;"},
        {"2026-09-07", "2026-11-02", "2026-11-02", {NULL, NULL, NULL}, 1350, ""},
        {"2026-09-07", "2026-11-02", "2026-11-01", {NULL, NULL, NULL}, 1350, "credits.period end;"},
        {NULL, NULL, NULL, {"2026-09-07", "2026-11-02", "2026-11-02"}, 1350, ""},
        {NULL,
         NULL,
         NULL,
         {"2026-09-07", "2026-11-02", "2026-11-02"},
         1351,
         "credits.week total_hundredths;"},
        /* Half of a long stay has half of its weeks. */
        {"2026-09-07",
         "2026-11-02",
         "2026-11-20",
         {"2026-09-07", "2027-06-30", NULL},
         1351,
         "credits.week total_hundredths;"},
        /* Of another time altogether: the stay is what there was. */
        {"2027-09-07",
         "2027-12-31",
         "2028-01-20",
         {"2026-09-07", "2026-11-02", "2026-11-02"},
         1351,
         "credits.week total_hundredths;credits.period end;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Peregrin__Component unit = component_make("A", cases[i].total, true);
        Peregrin__Component *components[] = {&unit};
        Peregrin__CreditRecord record = PEREGRIN__CREDIT_RECORD__INIT;
        struct ids ids = {""};
        record.components = components;
        record.n_components = 1;
        record.total_hundredths = cases[i].total;
        record.start = (char *)cases[i].start;
        record.end = (char *)cases[i].end;
        record.issued_on = (char *)cases[i].issued;
        assert_true(eligibility_credits_transcript(&subject, &record, &cases[i].stay, NULL, arena,
                                                   ids_add, &ids));
        assert_string_equal(ids.text, cases[i].ids);
    }
}

static void a_plan_counts_what_is_taken_at_the_host(void **)
{
    const struct eligibility_credits_case subject = {settings_read(""), "itg.be",
                                                     day_of("2026-09-01"), false};
    Peregrin__LearningUnit planned[] = {
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "A", 2000),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOME, "B", 3000)};
    Peregrin__LearningUnit *units[] = {&planned[0], &planned[1]};
    Peregrin__LearningAgreement plan = PEREGRIN__LEARNING_AGREEMENT__INIT;
    struct ids ids = {""};
    plan.units = units;
    plan.n_units = 2;
    plan.start = "2026-09-01";
    plan.end = "2027-01-28"; /* 150 days, half of a year: 20 to 40 credits */
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
    planned[0].ects_hundredths = 1999;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.proportional units;");
    ids.text = "";
    planned[0].ects_hundredths = 4001;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.proportional units;");
}

/* Three weeks yield 4.5 credits, at the host and at a distance together. */
static void a_plan_s_weeks_hold_what_is_taken_at_a_distance_as_well(void **)
{
    const struct eligibility_credits_case subject = {
        settings_read("credits.week_max,,,,,1.5,credit,house rules\n"
                      "severity,credits.proportional,,,,off,severity,house rules\n"),
        "itg.be", day_of("2026-09-01"), false};
    Peregrin__LearningUnit planned[] = {
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "A", 300),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_VIRTUAL, "B", 150),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOME, "C", 600)};
    Peregrin__LearningUnit *units[] = {&planned[0], &planned[1], &planned[2]};
    Peregrin__LearningAgreement plan = PEREGRIN__LEARNING_AGREEMENT__INIT;
    struct ids ids = {""};
    plan.units = units;
    plan.n_units = 3;
    plan.start = "2026-09-07";
    plan.end = "2026-09-27";
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
    planned[1].ects_hundredths = 151;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.week units;");
}

/* Each of its units, and where the home itself asks, those that it lets go as well. */
static void a_home_that_gives_no_small_units_plans_none(void **)
{
    struct eligibility_credits_case subject = {
        settings_read("credits.unit_min,,helmo.be,,,3,credit,house rules\n"
                      "credits.whole_only,,helmo.be,,,yes,yes,house rules\n"
                      "severity,credits.proportional,,,,off,severity,house rules\n"),
        "helmo.be", day_of("2026-09-01"), true};
    Peregrin__LearningUnit planned[] = {
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "A", 300),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOME, "B", 300)};
    Peregrin__LearningUnit *units[] = {&planned[0], &planned[1]};
    Peregrin__LearningAgreement plan = PEREGRIN__LEARNING_AGREEMENT__INIT;
    struct ids ids = {""};
    plan.units = units;
    plan.n_units = 2;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
    planned[1].ects_hundredths = 299;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.whole units[1].ects_hundredths;"
                                  "credits.unit units[1].ects_hundredths;");
    ids.text = "";
    subject.home = false;
    assert_true(eligibility_credits_plan(&subject, &plan, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
}

/* What was not taken has a line as well: agreed is what the host planned with. */
static void a_unit_that_was_agreed_and_is_not_listed_is_missed(void **)
{
    const struct eligibility_credits_case subject = {settings_read(""), "itg.be",
                                                     day_of("2026-09-01"), false};
    Peregrin__Component list[] = {component_make("A", 600, true), component_make(NULL, 0, false)};
    Peregrin__Component *components[] = {&list[0], &list[1]};
    Peregrin__LearningUnit planned[] = {
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, "A", 600),
        unit_make(PEREGRIN__LEARNING_PART__LEARNING_HOST, NULL, 300)};
    Peregrin__LearningUnit *units[] = {&planned[0], &planned[1]};
    Peregrin__CreditRecord record = PEREGRIN__CREDIT_RECORD__INIT;
    Peregrin__LearningAgreement agreed = PEREGRIN__LEARNING_AGREEMENT__INIT;
    struct ids ids = {""};
    list[1].title = planned[1].title = "Field work";
    record.components = components;
    record.n_components = 2;
    record.total_hundredths = 600;
    agreed.units = units;
    agreed.n_units = 2;
    assert_true(
        eligibility_credits_transcript(&subject, &record, NULL, &agreed, arena, ids_add, &ids));
    assert_string_equal(ids.text, "");
    record.n_components = 1;
    assert_true(
        eligibility_credits_transcript(&subject, &record, NULL, &agreed, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.listed total_hundredths;");
}

static void a_recognition_has_the_home_s_units_and_the_days_of_the_stay(void **)
{
    const struct eligibility_credits_case subject = {
        settings_read("credits.whole_only,,itg.be,,,yes,yes,house rules\n"
                      "credits.unit_min,,itg.be,,,3,credit,house rules\n"
                      "credits.week_max,,itg.be,,,1.5,credit,house rules\n"),
        "itg.be", day_of("2026-09-01"), false};
    Peregrin__HomeComponent list[] = {PEREGRIN__HOME_COMPONENT__INIT,
                                      PEREGRIN__HOME_COMPONENT__INIT,
                                      PEREGRIN__HOME_COMPONENT__INIT};
    Peregrin__HomeComponent *home[] = {&list[0], &list[1], &list[2]};
    Peregrin__RecognitionGroup one = PEREGRIN__RECOGNITION_GROUP__INIT,
                               two = PEREGRIN__RECOGNITION_GROUP__INIT;
    Peregrin__RecognitionGroup *groups[] = {&one, &two};
    Peregrin__Recognition recognition = PEREGRIN__RECOGNITION__INIT;
    Peregrin__CreditRecord transcript = PEREGRIN__CREDIT_RECORD__INIT;
    struct ids ids = {""};
    list[0].ects_hundredths = 300;
    list[1].ects_hundredths = list[2].ects_hundredths = 600;
    one.home = home;
    one.n_home = 1;
    two.home = home + 1;
    two.n_home = 2;
    recognition.groups = groups;
    recognition.n_groups = 2;
    recognition.total_hundredths = 1500;
    transcript.start = "2026-09-07"; /* ten weeks yield fifteen credits */
    transcript.end = "2026-11-15";
    assert_true(eligibility_credits_recognition(&subject, &recognition, &transcript, NULL, arena,
                                                ids_add, &ids));
    assert_string_equal(ids.text, "");
    list[0].ects_hundredths = 299;
    list[2].ects_hundredths = 650;
    recognition.total_hundredths = 1549;
    assert_true(
        eligibility_credits_recognition(&subject, &recognition, NULL, NULL, arena, ids_add, &ids));
    assert_string_equal(ids.text, "credits.whole groups[0].home[0].ects_hundredths;"
                                  "credits.whole groups[1].home[1].ects_hundredths;"
                                  "credits.unit groups[0].home[0].ects_hundredths;");
    ids.text = "";
    recognition.total_hundredths = 1550;
    assert_true(eligibility_credits_recognition(&subject, &recognition, &transcript, NULL, arena,
                                                ids_add, &ids));
    assert_non_null(strstr(ids.text, "credits.week total_hundredths;"));
    assert_non_null(strstr(ids.text, "credits.sum total_hundredths;"));
}

/* What the file calls a setting, the rules do, too. */
static void settings_have_one_name(void **)
{
    for (size_t i = 0; credits_rules_setting(i); i++)
        assert_non_null(dated_setting_find(credits_rules_setting(i)));
    for (unsigned i = 0; i < CREDITS_RULES; i++)
        for (size_t j = 0; j < 3 && credits_rules_row((enum credits_rule)i)->settings[j]; j++)
            assert_non_null(
                dated_setting_find(credits_rules_row((enum credits_rule)i)->settings[j]));
}

static void every_rule_says_what_it_compares_and_what_to_do(void **)
{
    for (unsigned i = 0; i < CREDITS_RULES; i++) {
        const struct credits_rules_row *row = credits_rules_row((enum credits_rule)i);
        assert_true(*row->compares && *row->sentence && *row->remedy && row->severity);
        assert_memory_equal(row->id, "credits.", 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credits_are_hundredths_and_nothing_finer),
        cmocka_unit_test(sums_are_exact_in_any_order_or_refused),
        cmocka_unit_test(each_rule_has_both_sides_of_its_limit),
        cmocka_unit_test(a_rule_that_is_off_is_silent_and_names_its_unit_when_on),
        cmocka_unit_test(a_sum_beyond_the_limit_is_no_sum),
        cmocka_unit_test(settings_are_known_by_name_and_within_their_limits),
        cmocka_unit_test(limits_hold_for_an_institution_on_a_day),
        cmocka_unit_test(a_severity_is_of_a_rule_that_there_is),
        cmocka_unit_test(settings_have_one_name),
        cmocka_unit_test(a_transcript_is_held_against_the_agreement_and_the_weeks),
        cmocka_unit_test(a_transcript_has_the_weeks_of_the_stay_and_ends_with_it),
        cmocka_unit_test(a_plan_counts_what_is_taken_at_the_host),
        cmocka_unit_test(a_plan_s_weeks_hold_what_is_taken_at_a_distance_as_well),
        cmocka_unit_test(a_home_that_gives_no_small_units_plans_none),
        cmocka_unit_test(a_unit_that_was_agreed_and_is_not_listed_is_missed),
        cmocka_unit_test(a_recognition_has_the_home_s_units_and_the_days_of_the_stay),
        cmocka_unit_test(every_rule_says_what_it_compares_and_what_to_do),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
