/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Rules about credits where they are asked: before a learning agreement, its approval, a transcript
 * and a recognition are signed. A student of helmo.be, from September to January, at itg.be. */
#include "exchange.h"

#include "admin/eligible.h"

enum { HOME = 0, HOST = 1 };

static struct exchange *exchange;
static struct arena *settings_arena;
static struct eligible eligible;
static char dossier[HEADER_DOSSIER_TEXT];

/* The institution's file over what is shipped; NULL: none. */
static void settings_take(const char *rows)
{
    static const char head[] = "setting,of,institution,from,until,value,unit,source\n";
    struct dated_refusal refusal;
    struct dated *settings;
    arena_reset(settings_arena);
    const char *text = rows ? arena_format(settings_arena, "%s%s", head, rows) : NULL;
    struct bytes over = text ? bytes_text(text) : (struct bytes) {0};
    assert_int_equal(eligibility_settings(over, settings_arena, &settings, &refusal), 0);
    eligible.settings = settings;
}

/* What the Institute of Tropical Medicine says of its units, and refuses. */
static const char house_rules[] = "credits.whole_only,,itg.be,,,yes,yes,house rules\n"
                                  "credits.unit_min,,itg.be,,,3,credit,house rules\n"
                                  "credits.week_max,,itg.be,,,1.5,credit,house rules\n"
                                  "severity,credits.whole,itg.be,,,refuse,severity,house rules\n"
                                  "severity,credits.unit,itg.be,,,refuse,severity,house rules\n"
                                  "severity,credits.week,itg.be,,,refuse,severity,house rules\n";

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    settings_arena = arena_open(4 << 20);
    settings_take(NULL);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange->apis[HOME].eligible = exchange->apis[HOST].eligible = &eligible;
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    arena_close(settings_arena);
    free(exchange);
    return 0;
}

static int say(size_t node, const char *resource, const char *body)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/%s", dossier, resource);
    int status = exchange_post(exchange, node, path, body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

/* The ids of what the last answer warns of, in their order, with where. */
static void assert_warned(const char *expected)
{
    char text[512] = "";
    const json_t *all = exchange_at(exchange, "warnings");
    assert_true(json_is_array(all));
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "%s%s %s", size ? "; " : "",
                 json_string_value(json_object_get(one, "rule")),
                 json_string_value(json_object_get(one, "field")));
        assert_non_null(json_string_value(json_object_get(one, "expected")));
        assert_non_null(json_string_value(json_object_get(one, "got")));
        assert_non_null(json_string_value(json_object_get(one, "remedy")));
    }
    assert_string_equal(text, expected);
}

static void assert_refused(const char *rule, const char *field, const char *expected,
                           const char *got)
{
    assert_string_equal(exchange_text(exchange, "error.code"), "refused_by_rule");
    assert_string_equal(exchange_text(exchange, "error.rule"), rule);
    assert_string_equal(exchange_text(exchange, "error.field"), field);
    assert_string_equal(exchange_text(exchange, "error.expected"), expected);
    assert_string_equal(exchange_text(exchange, "error.got"), got);
    assert_true(*exchange_text(exchange, "error.hint"));
    assert_int_equal(exchange_number(exchange, "error.exit"), 7);
}

#define UNIT(code, ects)                                                    \
    "{\"part\":\"host\",\"code\":\"" code "\",\"title\":\"Unit " code "\"," \
    "\"ects_hundredths\":" ects "}"
#define PLAN(units)                                                            \
    "{\"learning_agreement\":{\"units\":[" units "],\"start\":\"2026-09-14\"," \
    "\"end\":\"2027-01-29\",\"student_approved_on\":\"2026-05-20\","           \
    "\"student_approved_by\":\"account\"}}"

/* 138 of 300 days: 18.4 to 36.8 credits. */
static void a_plan_that_is_out_of_proportion_warns_the_home_and_the_host_that_approves(void **)
{
    assert_int_equal(say(HOST, "decision", "{\"outcome\":\"accept\"}"), 201);
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("A", "1839"))), 201);
    assert_warned("credits.proportional learning_agreement.units");
    assert_string_equal(exchange_text(exchange, "warnings[0].expected"), "18.4 to 36.8");
    assert_string_equal(exchange_text(exchange, "warnings[0].got"), "18.39");
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 201);
    assert_warned("credits.proportional units");
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("A", "1200") "," UNIT("B", "640"))),
                     422);
}

#define CHANGE                                                        \
    ",\"changes\":[{\"unit\":0,\"goes\":false,\"reason\":\"other\"}," \
    "{\"unit\":1,\"goes\":false,\"reason\":\"substitutes\"}]"
#define CHANGED(units)                                                         \
    "{\"learning_agreement\":{\"units\":[" units "],\"start\":\"2026-09-14\"," \
    "\"end\":\"2027-01-29\",\"student_approved_on\":\"2026-05-20\","           \
    "\"student_approved_by\":\"account\"" CHANGE "}}"

static void a_plan_in_proportion_is_told_nothing_and_house_rules_bind_their_house_alone(void **)
{
    settings_take(house_rules);
    assert_int_equal(
        say(HOME, "learning-agreement", CHANGED(UNIT("A", "1200") "," UNIT("B", "640"))), 201);
    assert_warned("");
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 422);
    assert_refused("credits.whole", "units[1].ects_hundredths", "whole credits", "6.4");
    assert_int_equal(say(HOST, "learning-decision",
                         "{\"outcome\":\"refuse\",\"comment\":\"Whole credits, please.\"}"),
                     201);
    assert_warned("");
    assert_int_equal(
        say(HOME, "learning-agreement", CHANGED(UNIT("A", "1200") "," UNIT("B", "700"))), 201);
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 201);
    assert_warned("");
    settings_take(NULL);
}

#define PASSED(code, ects, more)                                                       \
    "{\"code\":\"" code "\",\"title\":\"Unit " code "\",\"ects_hundredths\":" ects "," \
    "\"grade\":\"14\",\"passed\":true" more "}"
#define FAILED(code, ects)                                                             \
    "{\"code\":\"" code "\",\"title\":\"Unit " code "\",\"ects_hundredths\":" ects "," \
    "\"grade\":\"8\",\"passed\":false}"
#define RECORD(units, total)                                                   \
    "{\"credit_record\":{\"components\":[" units "],\"start\":\"2026-09-14\"," \
    "\"end\":\"2027-01-29\",\"issued_on\":\"2027-02-10\",\"total_hundredths\":" total "}}"

static void a_transcript_that_does_not_add_up_is_refused_with_both_sums(void **)
{
    assert_int_equal(say(HOST, "arrival", "{\"date\":\"2026-09-14\"}"), 201);
    assert_int_equal(say(HOST, "departure", "{\"date\":\"2027-01-29\"}"), 201);
    assert_int_equal(
        say(HOST, "transcript", RECORD(PASSED("A", "1200", "") "," FAILED("B", "0"), "1900")), 422);
    assert_refused("credits.sum", "credit_record.total_hundredths", "12", "19");
    assert_int_equal(
        say(HOST, "transcript", RECORD(PASSED("A", "1200", "") "," FAILED("B", "700"), "1900")),
        422);
    assert_refused("credits.failed", "credit_record.components[1].ects_hundredths", "0", "7");
}

static void a_transcript_is_held_against_house_rules_hours_and_what_was_agreed(void **)
{
    settings_take(house_rules);
    assert_int_equal(say(HOST, "transcript", RECORD(PASSED("A", "1250", ""), "1250")), 422);
    assert_refused("credits.whole", "credit_record.components[0].ects_hundredths", "whole credits",
                   "12.5");
    assert_int_equal(say(HOST, "transcript", RECORD(PASSED("A", "200", ""), "200")), 422);
    assert_refused("credits.unit", "credit_record.components[0].ects_hundredths", "at least 3",
                   "2");
    /* Twenty weeks were begun. */
    assert_int_equal(say(HOST, "transcript", RECORD(PASSED("A", "3100", ""), "3100")), 422);
    assert_refused("credits.week", "credit_record.total_hundredths", "at most 30", "31");
    settings_take("severity,credits.whole_unit,itg.be,,,refuse,severity,house rules\n");
    assert_int_equal(
        say(HOST, "transcript", RECORD(PASSED("A", "600", "") "," FAILED("B", "0"), "600")), 422);
    assert_refused("credits.whole_unit", "credit_record.components[0].ects_hundredths", "12 or 0",
                   "6");
    settings_take(NULL);
    assert_int_equal(say(HOST, "transcript", RECORD(PASSED("A", "1200", ",\"hours\":299"), "1200")),
                     201);
    assert_warned("credits.hours credit_record.components[0].hours; "
                  "credits.listed credit_record.total_hundredths");
    assert_int_equal(say(HOST, "transcript",
                         RECORD(PASSED("A", "1200", ",\"hours\":300") "," FAILED(
                                    "B", "0") "," PASSED("C", "700", ""),
                                "1900")),
                     201);
    assert_warned("");
}

#define DATED(days, total)                         \
    "{\"credit_record\":{\"components\":[" PASSED( \
        "A", total, "") "]," days "\"issued_on\":\"2027-02-10\",\"total_hundredths\":" total "}}"

/* Departed on the 29th of January: nothing that the transcript says makes the stay longer. */
static void a_transcript_s_weeks_are_those_of_the_stay_and_its_end_is_no_later(void **)
{
    static const char last[] = DATED("\"end\":\"2027-01-29\",", "3000");
    static const char late[] = DATED("\"end\":\"2027-01-30\",", "3000");
    settings_take("credits.week_max,,itg.be,,,1.5,credit,house rules\n"
                  "severity,credits.period,itg.be,,,refuse,severity,house rules\n"
                  "severity,credits.week,itg.be,,,refuse,severity,house rules\n"
                  "severity,credits.whole_unit,itg.be,,,off,severity,house rules\n"
                  "severity,credits.listed,itg.be,,,off,severity,house rules\n");
    assert_int_equal(say(HOST, "transcript", late), 422);
    assert_refused("credits.period", "credit_record.end", "2027-01-29 at the latest", "2027-01-30");
    assert_int_equal(say(HOST, "transcript", DATED("", "3001")), 422);
    assert_refused("credits.week", "credit_record.total_hundredths", "at most 30", "30.01");
    assert_int_equal(
        say(HOST, "transcript", DATED("\"start\":\"2026-09-01\",\"end\":\"2027-02-09\",", "3001")),
        422);
    assert_refused("credits.week", "credit_record.total_hundredths", "at most 30", "30.01");
    assert_int_equal(say(HOST, "transcript", last), 201);
    assert_warned("");
    settings_take("severity,credits.whole_unit,,,,off,severity,house rules\n"
                  "severity,credits.listed,,,,off,severity,house rules\n");
    assert_int_equal(say(HOST, "transcript", late), 201);
    assert_warned("credits.period credit_record.end");
    settings_take(NULL);
    assert_int_equal(say(HOST, "transcript",
                         RECORD(PASSED("A", "1200", ",\"hours\":300") "," FAILED(
                                    "B", "0") "," PASSED("C", "700", ""),
                                "1900")),
                     201);
}

#define GIVEN(place, ects)                                                               \
    "{\"components\":[" place "],\"home\":[{\"code\":\"H" place "\",\"title\":\"Home\"," \
    "\"ects_hundredths\":" ects "}]}"
#define RECOGNITION(groups, total)                                          \
    "{\"recognition\":{\"groups\":[" groups "],\"total_hundredths\":" total \
    ",\"decided_on\":\"2027-02-20\"}}"

static void what_is_recognised_follows_the_rules_of_the_home(void **)
{
    settings_take("credits.whole_only,,helmo.be,,,yes,yes,house rules\n"
                  "severity,credits.whole,helmo.be,,,refuse,severity,house rules\n");
    assert_int_equal(
        say(HOME, "recognition", RECOGNITION(GIVEN("0", "1250") "," GIVEN("2", "700"), "1950")),
        422);
    assert_refused("credits.whole", "recognition.groups[0].home[0].ects_hundredths",
                   "whole credits", "12.5");
    assert_int_equal(
        say(HOME, "recognition", RECOGNITION(GIVEN("0", "1200") "," GIVEN("2", "700"), "1950")),
        422);
    assert_refused("credits.sum", "recognition.total_hundredths", "19", "19.5");
    /* Without a word about what was passed it is no recognition at all: that is the protocol's. */
    assert_int_equal(say(HOME, "recognition", RECOGNITION(GIVEN("0", "1200"), "1200")), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "recognition.complete");
    settings_take(NULL);
    assert_int_equal(
        say(HOME, "recognition", RECOGNITION(GIVEN("0", "5300") "," GIVEN("2", "800"), "6100")),
        201);
    assert_warned("credits.year recognition.total_hundredths");
    assert_int_equal(
        say(HOME, "recognition", RECOGNITION(GIVEN("0", "1200") "," GIVEN("2", "700"), "1900")),
        201);
    assert_warned("");
}

/* What a rule refuses is not signed, and a node without rules signs what the protocol allows. */
static void without_rules_nothing_is_said_of_them(void **)
{
    exchange->apis[HOME].eligible = NULL;
    assert_int_equal(
        say(HOME, "recognition", RECOGNITION(GIVEN("0", "5300") "," GIVEN("2", "800"), "6100")),
        201);
    assert_null(exchange_at(exchange, "warnings"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_plan_that_is_out_of_proportion_warns_the_home_and_the_host_that_approves),
        cmocka_unit_test(
            a_plan_in_proportion_is_told_nothing_and_house_rules_bind_their_house_alone),
        cmocka_unit_test(a_transcript_that_does_not_add_up_is_refused_with_both_sums),
        cmocka_unit_test(a_transcript_is_held_against_house_rules_hours_and_what_was_agreed),
        cmocka_unit_test(a_transcript_s_weeks_are_those_of_the_stay_and_its_end_is_no_later),
        cmocka_unit_test(what_is_recognised_follows_the_rules_of_the_home),
        cmocka_unit_test(without_rules_nothing_is_said_of_them),
    };
    return cmocka_run_group_tests(tests, open_exchange, close_exchange);
}
