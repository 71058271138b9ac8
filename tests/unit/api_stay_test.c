/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "mobility.pb-c.h"

/* A student of helmo.be at itg.be, from the answer to the recognition. */
enum { HOME = 0, HOST = 1 };

static struct exchange *exchange;
static char dossier[HEADER_DOSSIER_TEXT];

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    exchange_nominate(exchange, HOME, HOST, dossier);
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

#define TRANSCRIPT(grade)                                                                \
    "{\"credit_record\":{\"components\":[{\"code\":\"B1\",\"title\":\"Parasitology\","   \
    "\"ects_hundredths\":550,\"grade\":\"" grade "\",\"passed\":true},{\"code\":\"B2\"," \
    "\"title\":\"Virology\",\"ects_hundredths\":0,\"grade\":\"7\",\"passed\":false}],"   \
    "\"total_hundredths\":550,\"issued_on\":\"2027-02-10\"}}"

static const char transcript[] = TRANSCRIPT("15"), regraded[] = TRANSCRIPT("16");

#define RECOGNITION(ects, reason)                                                            \
    "{\"recognition\":{\"groups\":[{\"components\":[0],\"home\":[{\"title\":\"Parasites\","  \
    "\"ects_hundredths\":" ects "}]" reason "},{\"components\":[1],\"reason\":\"failed\"}]," \
    "\"total_hundredths\":" ects ",\"rule\":\"Table of 2026\",\"decided_on\":\"2027-03-01\"}}"

/* Says it in the dossier, and both nodes settle. */
static int say(size_t node, const char *resource, const char *body)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/%s", dossier, resource);
    int status = exchange_post(exchange, node, path, body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

static const char *show(size_t node)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossier);
    assert_int_equal(exchange_get(exchange, node, path), 200);
    return exchange_text(exchange, "state");
}

static void accept(void)
{
    assert_int_equal(say(HOST, "decision", "{\"outcome\":\"accept\"}"), 201);
}

static void a_place_on_the_waiting_list_is_told_and_listed(void **)
{
    assert_int_equal(say(HOST, "decision", "{\"outcome\":\"waitlist\",\"comment\":\"perhaps\"}"),
                     201);
    assert_string_equal(show(HOME), "waitlisted");
    assert_string_equal(exchange_text(exchange, "decision.outcome"), "waitlist");
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/nominations?state=waitlisted"), 200);
    assert_string_equal(exchange_text(exchange, "nominations[0].dossier"), dossier);
    /* Nobody comes yet. */
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/stays"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "stays")), 0);
    accept();
    assert_string_equal(show(HOME), "accepted");
}

static void a_stay_is_listed_with_its_days(void **)
{
    accept();
    assert_int_equal(say(HOST, "arrival", "{\"date\":\"2026-09-10\"}"), 201);
    assert_int_equal(say(HOST, "arrival", "{\"date\":\"2026-09-12\",\"comment\":\"late\"}"), 201);
    assert_int_equal(say(HOME, "extension", "{\"end\":\"2027-06-30\"}"), 201);
    assert_string_equal(show(HOST), "extending");
    assert_string_equal(exchange_text(exchange, "stay.arrival.date"), "2026-09-12");
    assert_string_equal(exchange_text(exchange, "stay.arrival.issuer"), "itg.be");
    assert_string_equal(exchange_text(exchange, "stay.extending.end"), "2027-06-30");
    assert_true(json_is_null(exchange_at(exchange, "stay.extension")));
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/stays?direction=outgoing"), 200);
    assert_string_equal(exchange_text(exchange, "stays[0].arrived_on"), "2026-09-12");
    assert_string_equal(exchange_text(exchange, "stays[0].asked_end"), "2027-06-30");
    assert_true(json_is_null(exchange_at(exchange, "stays[0].end")));

    accept();
    assert_int_equal(say(HOST, "departure", "{\"date\":\"2027-06-29\"}"), 201);
    assert_string_equal(show(HOME), "departed");
    assert_string_equal(exchange_text(exchange, "stay.extension.end"), "2027-06-30");
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/stays?state=departed"), 200);
    assert_string_equal(exchange_text(exchange, "stays[0].end"), "2027-06-30");
    assert_string_equal(exchange_text(exchange, "stays[0].departed_on"), "2027-06-29");
    assert_string_equal(exchange_text(exchange, "stays[0].family_name"), "Peeters");
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/stays?state=arrived"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "stays")), 0);
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/stays?state=asleep"), 400);
}

static void a_day_that_does_not_fit_is_told_with_its_rule(void **)
{
    static const struct {
        size_t node;
        const char *resource, *body, *field;
        int status;
    } rows[] = {
        {HOST, "arrival", "{}", "date", 422},
        {HOST, "arrival", "{\"date\":\"2026-02-30\"}", "date", 422},
        {HOST, "arrival", "{\"date\":20260910}", "date", 422},
        {HOST, "arrival", "{\"date\":\"2030-01-01\"}", "date", 422},
        {HOST, "arrival", "{\"day\":\"2026-09-10\"}", "day", 422},
        {HOST, "departure", "{\"date\":\"2027-01-01\"}", NULL, 409},
        {HOME, "arrival", "{\"date\":\"2026-09-10\"}", NULL, 409},
        {HOME, "extension", "{\"end\":\"2027-06-30\"}", NULL, 409},
    };
    accept();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int status = say(rows[i].node, rows[i].resource, rows[i].body);
        const char *field = exchange_text(exchange, "error.field");
        if (status != rows[i].status || (rows[i].field && strcmp(field, rows[i].field) != 0))
            fail_msg("row %zu: %d, %s", i, status, field ? field : "no field");
        assert_non_null(exchange_text(exchange, "error.hint"));
    }
    assert_string_equal(show(HOST), "accepted");
    assert_int_equal(json_array_size(exchange_at(exchange, "records")), 2);
}

static void what_is_taken_back_is_named(void **)
{
    accept();
    assert_int_equal(say(HOST, "revocation", "{\"reason\":\"documents\"}"), 400);
    assert_string_equal(exchange_text(exchange, "error.field"), "of");
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"nomination\",\"reason\":\"error\"}"), 400);
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"transcript\",\"reason\":\"error\"}"), 409);
    assert_int_equal(say(HOME, "revocation", "{\"of\":\"acceptance\",\"reason\":\"error\"}"), 409);
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"acceptance\"}"), 422);
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"acceptance\",\"reason\":\"ill\"}"), 422);
    assert_int_equal(
        say(HOST, "revocation", "{\"of\":\"acceptance\",\"reason\":\"error\",\"record\":\"00\"}"),
        400);
    assert_string_equal(show(HOST), "accepted");
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"acceptance\",\"reason\":\"documents\"}"),
                     201);
    assert_string_equal(show(HOME), "revoked");
    assert_string_equal(exchange_text(exchange, "revocation.reason"), "documents");
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/stays"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "stays")), 0);
}

/* Whoever looked at an older state says nothing of the newer one. */
static void a_revocation_of_another_record_than_the_one_in_force_is_refused(void **)
{
    char body[256], first[128];
    accept();
    assert_int_equal(say(HOST, "transcript", transcript), 201);
    show(HOST);
    snprintf(first, sizeof first, "%s", exchange_text(exchange, "transcript"));
    assert_int_equal(say(HOST, "transcript", regraded), 201);
    snprintf(body, sizeof body, "{\"of\":\"transcript\",\"reason\":\"error\",\"record\":\"%s\"}",
             first);
    assert_int_equal(say(HOST, "revocation", body), 409);
    assert_string_equal(show(HOME), "transcript");
    assert_int_equal(say(HOST, "revocation", "{\"of\":\"transcript\",\"reason\":\"error\"}"), 201);
    assert_string_equal(show(HOME), "accepted");
    assert_true(json_is_null(exchange_at(exchange, "transcript")));
}

static void a_recognition_is_signed_listed_and_replaced(void **)
{
    char body[1024], newest[128];
    accept();
    assert_int_equal(say(HOME, "recognition", RECOGNITION("550", "")), 409);
    assert_int_equal(say(HOST, "transcript", transcript), 201);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/recognitions?state=transcript"), 200);
    assert_string_equal(exchange_text(exchange, "recognitions[0].total_ects"), "5.5");
    assert_true(json_is_null(exchange_at(exchange, "recognitions[0].recognised_ects")));

    assert_int_equal(say(HOST, "recognition", RECOGNITION("550", "")), 409);
    assert_int_equal(say(HOME, "recognition", RECOGNITION("300", "")), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "recognition.less");
    assert_int_equal(say(HOME, "recognition", RECOGNITION("300", ",\"reason\":\"level\"")), 201);
    assert_string_equal(show(HOST), "recognised");
    assert_int_equal(exchange_number(exchange, "recognition.groups[0].home[0].ects_hundredths"),
                     300);
    assert_int_equal(exchange_number(exchange, "recognition.groups[1].components[0]"), 1);
    snprintf(newest, sizeof newest, "%s", exchange_text(exchange, "recognition.id"));

    /* Replaced only by who has seen it, where it is named. */
    snprintf(body, sizeof body, "{\"supersedes\":\"%064d\",%s", 0, RECOGNITION("550", "") + 1);
    assert_int_equal(say(HOME, "recognition", body), 409);
    snprintf(body, sizeof body, "{\"supersedes\":\"%s\",%s", newest, RECOGNITION("550", "") + 1);
    assert_int_equal(say(HOME, "recognition", body), 201);
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/recognitions?direction=incoming"), 200);
    assert_string_equal(exchange_text(exchange, "recognitions[0].recognised_ects"), "5.5");
    assert_string_equal(exchange_text(exchange, "recognitions[0].decided_on"), "2027-03-01");

    assert_int_equal(say(HOST, "transcript", regraded), 201);
    assert_string_equal(show(HOME), "transcript");
    assert_true(json_is_null(exchange_at(exchange, "recognition")));
}

/* The transcript that was proposed is not the newest any more: the places of its list would name
 * others. */
static void a_recognition_of_an_older_transcript_is_refused(void **)
{
    char body[1024];
    accept();
    assert_int_equal(say(HOST, "transcript", transcript), 201);
    show(HOME);
    snprintf(body, sizeof body, "{\"transcript\":\"%s\",%s", exchange_text(exchange, "transcript"),
             RECOGNITION("550", "") + 1);
    assert_int_equal(say(HOST, "transcript", regraded), 201);
    assert_int_equal(say(HOME, "recognition", body), 409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "recognition.target");
    assert_string_equal(show(HOME), "transcript");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_place_on_the_waiting_list_is_told_and_listed),
        CLAIM(a_stay_is_listed_with_its_days),
        CLAIM(a_day_that_does_not_fit_is_told_with_its_rule),
        CLAIM(what_is_taken_back_is_named),
        CLAIM(a_revocation_of_another_record_than_the_one_in_force_is_refused),
        CLAIM(a_recognition_is_signed_listed_and_replaced),
        CLAIM(a_recognition_of_an_older_transcript_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
