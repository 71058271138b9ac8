/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include <string.h>

/* What is due between helmo.be, the home, and itg.be, the host. The world's clock stands in
 * November 2026. */
enum { HOME = 0, HOST = 1 };

static struct exchange *exchange;
static char dossier[HEADER_DOSSIER_TEXT];

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

static const char sheet[] =
    "{\"factsheet\":{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":\"01-31\","
    "\"nominations\":\"05-01\"},{\"term\":2,\"starts\":\"02-01\",\"ends\":\"06-30\","
    "\"nominations\":\"02-29\",\"applications\":\"12-15\"}],\"zone\":\"Europe/Brussels\","
    "\"decision_weeks\":3,\"transcript_weeks\":4},\"partner\":\"helmo.be\"}";

static void publish(void)
{
    assert_int_equal(exchange_post(exchange, HOST, "/api/v1/factsheets", sheet), 200);
    exchange_run(exchange);
}

static void say(size_t node, const char *resource, const char *body)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/%s", dossier, resource);
    assert_int_equal(exchange_post(exchange, node, path, body), 201);
    exchange_run(exchange);
}

/* The date of the only line of this kind; NULL: there is none. */
static const char *due(size_t node, const char *kind, const char *must_act)
{
    assert_int_equal(exchange_get(exchange, node, "/api/v1/deadlines?days=730"), 200);
    const json_t *list = exchange_at(exchange, "deadlines");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *line = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(line, "kind")), kind) != 0)
            continue;
        assert_string_equal(json_string_value(json_object_get(line, "must_act")), must_act);
        return json_string_value(json_object_get(line, "date"));
    }
    return NULL;
}

static void a_partner_s_calendar_is_due_on_its_days(void **)
{
    assert_null(due(HOME, "nominations", "helmo.be"));
    publish();
    assert_non_null(due(HOME, "nominations", "helmo.be"));
    assert_string_equal(exchange_text(exchange, "deadlines[0].zone"), "Europe/Brussels");
    assert_non_null(due(HOME, "applications", "students"));
    /* What the host says of itself is no deadline of its own. */
    assert_null(due(HOST, "nominations", "itg.be"));
}

static void each_state_has_the_day_that_it_waits_for(void **)
{
    publish();
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    assert_non_null(due(HOME, "decision", "itg.be"));
    say(HOST, "decision", "{\"outcome\":\"accept\"}");
    assert_null(due(HOME, "decision", "itg.be"));
    assert_non_null(due(HOME, "learning", "helmo.be"));
    say(HOST, "arrival", "{\"date\":\"2026-09-10\"}");
    say(HOST, "departure", "{\"date\":\"2027-01-29\"}");
    assert_string_equal(due(HOST, "transcript", "itg.be"), "2027-02-26");
    assert_string_equal(due(HOME, "transcript", "itg.be"), "2027-02-26");
    say(HOST, "transcript",
        "{\"credit_record\":{\"components\":[{\"title\":\"Virology\",\"ects_hundredths\":500,"
        "\"grade\":\"12\",\"passed\":true}],\"total_hundredths\":500,"
        "\"issued_on\":\"2027-02-10\"}}");
    assert_null(due(HOME, "transcript", "itg.be"));
    assert_string_equal(due(HOST, "recognition", "helmo.be"), "2027-03-17");
}

/* What the host's factsheet says of its results, and a stay of the first term that ended so. */
static const char *transcript_due(const char *results, const char *departed)
{
    static char text[1024];
    snprintf(text, sizeof text,
             "{\"factsheet\":{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":\"01-31\"%s},"
             "{\"term\":2,\"starts\":\"02-01\",\"ends\":\"06-30\",\"results\":\"07-10\"}],"
             "\"zone\":\"Europe/Brussels\",\"transcript_weeks\":4},\"partner\":\"helmo.be\"}",
             results);
    assert_int_equal(exchange_post(exchange, HOST, "/api/v1/factsheets", text), 200);
    exchange_run(exchange);
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    say(HOST, "decision", "{\"outcome\":\"accept\"}");
    say(HOST, "arrival", "{\"date\":\"2026-09-10\"}");
    snprintf(text, sizeof text, "{\"date\":\"%s\"}", departed);
    say(HOST, "departure", text);
    const char *day = due(HOME, "transcript", "itg.be");
    snprintf(text, sizeof text, "%s", day ? day : "");
    assert_string_equal(due(HOST, "transcript", "itg.be"), text);
    return text;
}

static void a_transcript_is_due_so_many_weeks_from_the_results(void **)
{
    assert_string_equal(transcript_due(",\"results\":\"02-15\"", "2027-01-29"), "2027-03-15");
}

static const json_t *line_of(const char *kind)
{
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/deadlines?days=730"), 200);
    const json_t *list = exchange_at(exchange, "deadlines");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *line = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(line, "kind")), kind) == 0)
            return line;
    }
    return NULL;
}

static void a_transcript_is_late_from_the_day_after_on(void **)
{
    transcript_due(",\"results\":\"02-15\"", "2027-01-29");
    json_int_t left = json_integer_value(json_object_get(line_of("transcript"), "days_left"));
    exchange->later_us = left * 86400 * (int64_t)INSTANT_SECOND;
    assert_int_equal(json_integer_value(json_object_get(line_of("transcript"), "days_left")), 0);
    assert_true(json_is_false(json_object_get(line_of("transcript"), "late")));
    exchange->later_us += 86400 * (int64_t)INSTANT_SECOND;
    assert_true(json_is_true(json_object_get(line_of("transcript"), "late")));
}

static void who_leaves_after_the_results_is_counted_from_then(void **)
{
    assert_string_equal(transcript_due(",\"results\":\"02-15\"", "2027-02-16"), "2027-03-16");
}

static void where_the_term_says_no_results_the_departure_counts(void **)
{
    assert_string_equal(transcript_due("", "2027-01-29"), "2027-02-26");
}

static void without_a_factsheet_a_transcript_has_five_weeks(void **)
{
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    assert_null(due(HOME, "decision", "itg.be"));
    say(HOST, "decision", "{\"outcome\":\"accept\"}");
    say(HOST, "arrival", "{\"date\":\"2026-09-10\"}");
    say(HOST, "departure", "{\"date\":\"2027-01-29\"}");
    assert_string_equal(due(HOME, "transcript", "itg.be"), "2027-03-05");
}

static void a_calendar_has_each_day_once_and_no_names(void **)
{
    publish();
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/calendars/deadlines?days=730"), 200);
    char *text = strndup((const char *)exchange->response.body.data, exchange->response.body.size);
    assert_non_null(strstr(text, "BEGIN:VCALENDAR\r\n"));
    assert_non_null(strstr(text, "UID:deadline-nominations-itg.be-20"));
    assert_null(strstr(text, "Peeters"));
    for (const char *at = text; (at = strstr(at, "UID:")); at++) {
        char uid[128];
        snprintf(uid, sizeof uid, "%.*s\r\n", (int)strcspn(at, "\r"), at);
        assert_null(strstr(at + 1, uid));
    }
    free(text);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/deadlines?days=731"), 400);
}

/* The world's today. */
static int64_t today(void)
{
    int64_t day;
    char text[INSTANT_TEXT_SIZE];
    instant_text(world_now(exchange->world), text);
    assert_true(instant_date((struct bytes) {(const uint8_t *)text, 10}, &day));
    return day;
}

/* How many days of this kind, in any year, lie within so many from today on. */
static size_t days_within(const char *month_day, int days)
{
    size_t count = 0;
    for (int year = 2026; year < 2030; year++) {
        char date[16];
        int64_t day;
        snprintf(date, sizeof date, "%d-%s", year, month_day);
        assert_true(instant_date(bytes_text(date), &day));
        count += day >= today() && day <= today() + days;
    }
    return count;
}

static void two_years_have_all_the_days_of_two_years(void **)
{
    publish();
    for (int days = 1; days <= 730; days += 81) {
        char path[64];
        /* A day in a leap year's end of February is on neither side of these. */
        size_t count =
            days_within("05-01", days) + days_within("02-28", days) + days_within("12-15", days);
        snprintf(path, sizeof path, "/api/v1/deadlines?days=%d", days);
        assert_int_equal(exchange_get(exchange, HOME, path), 200);
        assert_int_equal(json_array_size(exchange_at(exchange, "deadlines")), count);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_partner_s_calendar_is_due_on_its_days),
        TEST(each_state_has_the_day_that_it_waits_for),
        TEST(a_transcript_is_due_so_many_weeks_from_the_results),
        TEST(a_transcript_is_late_from_the_day_after_on),
        TEST(who_leaves_after_the_results_is_counted_from_then),
        TEST(where_the_term_says_no_results_the_departure_counts),
        TEST(without_a_factsheet_a_transcript_has_five_weeks),
        TEST(a_calendar_has_each_day_once_and_no_names),
        TEST(two_years_have_all_the_days_of_two_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
