/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* What calls, envelopes and grants take: countries, currencies, and the dossier of whom they are
 * for. */
#include "exchange.h"

static struct exchange *exchange;

static int post(const char *path, const char *body)
{
    return exchange_post(exchange, 0, path, body);
}

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    assert_int_equal(post("/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":100}"), 201);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

/* Each has a title of its own; who applies does so to the newest. */
static int64_t newest;

static int open_call(const char *more)
{
    static int titles;
    char body[512];
    snprintf(body, sizeof body, "{\"title\":\"Spring %d\",\"envelope\":1%s}", ++titles, more);
    int status = post("/api/v1/calls", body);
    newest = status == 201 ? exchange_number(exchange, "call.number") : newest;
    return status;
}

static int apply(const char *more)
{
    static int others; /* each of them is somebody else */
    char body[512];
    snprintf(body, sizeof body,
             "{\"call\":%d,\"kind\":\"studies\",\"family_name\":\"Peeters\","
             "\"reference\":\"%d\",\"amount_cents\":10%s}",
             (int)newest, ++others, more);
    return post("/api/v1/grants", body);
}

/* ---- countries and currencies ------------------------------------------------------------------
 */

static void a_country_is_one_of_the_standard_however_the_programme_writes_it(void **)
{
    static const struct {
        const char *said, *kept;
    } rows[] = {{"PL", "PL"}, {"EL", "GR"}, {"GR", "GR"}, {"UK", "GB"},
                {"GB", "GB"}, {"fr", "FR"}, {"pl", "PL"}, {"XK", "XK"},
                {"ZZ", NULL}, {"EU", NULL}, {"P", NULL},  {"POL", NULL}};
    assert_int_equal(open_call(",\"own_country\":false"), 201);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char more[64];
        snprintf(more, sizeof more, ",\"country\":\"%s\"", rows[i].said);
        int status = apply(more);
        if (!rows[i].kept && status < 400)
            fail_msg("%s: %d", rows[i].said, status);
        if (rows[i].kept) {
            assert_int_equal(status, 201);
            assert_string_equal(exchange_text(exchange, "grant.country"), rows[i].kept);
        }
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char more[64];
        snprintf(more, sizeof more, ",\"countries\":[\"%s\"]", rows[i].said);
        assert_int_equal(open_call(more), rows[i].kept ? 201 : 400);
    }
}

static void a_call_for_a_country_takes_it_under_both_its_codes(void **)
{
    assert_int_equal(open_call(",\"countries\":[\"EL\",\"GB\"]"), 201);
    assert_string_equal(exchange_text(exchange, "call.countries[0]"), "GR");
    assert_int_equal(apply(",\"country\":\"GR\""), 201);
    assert_int_equal(apply(",\"country\":\"EL\""), 201);
    assert_int_equal(apply(",\"country\":\"UK\""), 201);
    assert_int_equal(apply(",\"country\":\"PL\""), 422);
}

static void one_s_own_country_is_the_same_under_both_its_codes(void **)
{
    static const char *const pairs[][2] = {{"GR", "EL"}, {"EL", "GR"}, {"GB", "UK"}, {"UK", "gb"}};
    assert_int_equal(open_call(""), 201);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char more[96];
        snprintf(more, sizeof more, ",\"country\":\"%s\",\"nationality\":\"%s\"", pairs[i][0],
                 pairs[i][1]);
        assert_int_equal(apply(more), 422);
    }
    assert_int_equal(apply(",\"country\":\"GR\",\"nationality\":\"UK\""), 201);
}

static void a_currency_is_one_of_the_standard(void **)
{
    static const struct {
        const char *code;
        int status;
    } rows[] = {{"EUR", 201}, {"CZK", 201}, {"KZT", 201}, {"AED", 201}, {"ZWG", 201},
                {"XXQ", 400}, {"eur", 400}, {"EU", 400},  {"EURO", 400}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[128];
        snprintf(body, sizeof body, "{\"title\":\"E%zu\",\"amount_cents\":1,\"currency\":\"%s\"}",
                 i, rows[i].code);
        assert_int_equal(post("/api/v1/envelopes", body), rows[i].status);
    }
}

/* ---- whose mobility it is ----------------------------------------------------------------------
 */

static int apply_for(const char *dossier, const char *more)
{
    char all[256];
    snprintf(all, sizeof all, ",\"country\":\"PL\",\"dossier\":\"%s\"%s", dossier, more);
    return apply(all);
}

static int apply_as(const char *family, const char *given, const char *dossier)
{
    char body[512];
    snprintf(body, sizeof body,
             "{\"call\":%d,\"kind\":\"studies\",\"family_name\":\"%s\",\"given_names\":\"%s\","
             "\"country\":\"PL\",\"amount_cents\":10,\"dossier\":\"%s\"}",
             (int)newest, family, given, dossier);
    return post("/api/v1/grants", body);
}

static int import(const char *dossier)
{
    char body[512], path[] = "/api/v1/calls/1/import";
    snprintf(
        body, sizeof body,
        "{\"content\":\"family_name,kind,country,amount,dossier\\nPeeters,studies,PL,1,%s\\n\","
        "\"confirm\":true}",
        dossier);
    int status = post(path, body);
    if (status < 300)
        return 1;
    assert_string_equal(exchange_text(exchange, "problems[0].rule"), "grant.dossier");
    assert_string_equal(exchange_text(exchange, "problems[0].column"), "dossier");
    return 0;
}

static void the_dossier_is_a_mobility_of_whom_the_grant_is_for(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], small[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_for(dossier, ""), 201);
    assert_string_equal(exchange_text(exchange, "grant.dossier"), dossier);
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_as("PEETERS", "An Marie", dossier), 201);
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_as("P\u00e9eters", "an", dossier), 201);
    for (size_t i = 0; i < sizeof small; i++)
        small[i] = (char)(dossier[i] >= 'A' ? dossier[i] + 'a' - 'A' : dossier[i]);
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_for(small, ""), 201);
    assert_string_equal(exchange_text(exchange, "grant.dossier"), dossier);
    assert_int_equal(import(dossier), 1);
    assert_int_equal(apply_as("Peeters", "Anna", dossier), 422);
    assert_int_equal(apply_as("Peeter", "An", dossier), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "grant.dossier");
    assert_non_null(exchange_text(exchange, "error.hint"));
}

static void a_dossier_that_is_not_there_or_is_no_mobility_is_refused(void **)
{
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_for("alfa", ""), 422);
    assert_string_equal(exchange_text(exchange, "error.field"), "dossier");
    assert_int_equal(apply_for("01KAMB3Q8W2T5Y7Z9C4D6F8G0H", ""), 404);
    assert_int_equal(import("01KAMB3Q8W2T5Y7Z9C4D6F8G0H"), 0);
    assert_int_equal(import("alfa"), 0);
    assert_int_equal(post("/api/v1/factsheets",
                          "{\"factsheet\":{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":"
                          "\"01-31\",\"nominations\":\"05-01\"}],\"zone\":\"Europe/Brussels\","
                          "\"transcript_weeks\":5}}"),
                     200);
    char notice[HEADER_DOSSIER_TEXT];
    snprintf(notice, sizeof notice, "%s", exchange_text(exchange, "results[0].dossier"));
    exchange_run(exchange);
    assert_int_equal(apply_for(notice, ""), 404);
}

static void a_mobility_that_does_not_take_place_gets_no_grant(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(open_call(""), 201);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal", dossier);
    assert_int_equal(post(path, "{\"reason\":\"student\"}"), 201);
    exchange_run(exchange);
    assert_int_equal(apply_for(dossier, ""), 409);
    assert_string_equal(exchange_text(exchange, "error.got"), "withdrawn");
    assert_int_equal(import(dossier), 0);
}

/* ---- the same again ----------------------------------------------------------------------------
 */

/* What was refused is there already, under this number. */
static void is_there(const char *rule, const char *got, const char *hint)
{
    assert_string_equal(exchange_text(exchange, "error.code"), "duplicate");
    assert_string_equal(exchange_text(exchange, "error.rule"), rule);
    assert_string_equal(exchange_text(exchange, "error.got"), got);
    assert_non_null(strstr(exchange_text(exchange, "error.hint"), hint));
}

static int apply_named(const char *family, const char *kind, const char *reference)
{
    char body[512];
    snprintf(body, sizeof body,
             "{\"call\":%d,\"kind\":\"%s\",\"family_name\":\"%s\",\"given_names\":\"An\","
             "\"country\":\"PL\",\"amount_cents\":10%s}",
             (int)newest, kind, family, reference);
    return post("/api/v1/grants", body);
}

static void the_same_person_applies_once_to_a_call(void **)
{
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_named("Peeters", "studies", ""), 201);
    assert_int_equal(apply_named("P\u00e9eters", "studies", ""), 409);
    is_there("grant.twice", "grant 1", "peregrin grant show 1");
    assert_int_equal(apply_named("Peeters", "training", ""), 201);
    assert_int_equal(apply_named("Peeter", "studies", ""), 201);
    assert_int_equal(apply_named("Peeters", "studies", ",\"reference\":\"2\""), 201);
    assert_int_equal(apply_named("Maes", "studies", ",\"reference\":\"2\""), 409);
    is_there("grant.twice", "grant 4", "--reference TEXT");
    assert_string_equal(exchange_text(exchange, "error.field"), "reference");
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_named("Peeters", "studies", ""), 201);
}

static void one_dossier_has_one_application_to_a_call(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply_for(dossier, ""), 201);
    assert_int_equal(apply_for(dossier, ""), 409);
    is_there("grant.twice", "grant 1", "one dossier has one application");
    assert_string_equal(exchange_text(exchange, "error.field"), "dossier");
}

static void no_two_that_are_open_have_one_title(void **)
{
    static const char call[] = "{\"title\":\"Autumn\",\"envelope\":1}";
    assert_int_equal(post("/api/v1/envelopes", "{\"title\":\"E\",\"amount_cents\":7}"), 409);
    is_there("envelope.twice", "envelope 1", "raise that one");
    assert_int_equal(post("/api/v1/envelopes", "{\"title\":\"F\",\"amount_cents\":7}"), 201);
    assert_int_equal(post("/api/v1/calls", call), 201);
    assert_int_equal(post("/api/v1/calls", call), 409);
    is_there("call.twice", "call 1", "close that one first");
    assert_int_equal(post("/api/v1/calls/1/close", "{}"), 200);
    assert_int_equal(post("/api/v1/calls", call), 201);
}

/* ---- what would be done ------------------------------------------------------------------------
 */

/* Refused as the act is, with the same code; and what would be taken leaves everything as it was.
 */
static void asked_what_would_be_done_the_node_refuses_the_same_and_does_nothing(void **)
{
    static const struct {
        const char *path, *body;
        int status;
    } rows[] = {
        {"/api/v1/envelopes/1/lower", "\"amount_cents\":91,\"reason\":\"r\"", 409},
        {"/api/v1/envelopes/1/lower", "\"amount_cents\":90,\"reason\":\"r\"", 200},
        {"/api/v1/envelopes/9/lower", "\"amount_cents\":90,\"reason\":\"r\"", 404},
        {"/api/v1/envelopes/1/raise", "\"amount_cents\":1000000000000,\"reason\":\"r\"", 400},
        {"/api/v1/envelopes/1/raise", "\"amount_cents\":90,\"reason\":\"r\"", 200},
        {"/api/v1/grants/1/release", "\"amount_cents\":11,\"reason\":\"r\"", 422},
        {"/api/v1/grants/1/release", "\"reason\":\"r\"", 200},
        {"/api/v1/grants/2/release", "\"reason\":\"r\"", 200},
        {"/api/v1/grants/9/release", "\"reason\":\"r\"", 404},
        {"/api/v1/grants/1/return", "", 409},
        {"/api/v1/grants/3/return", "", 200},
    };
    assert_int_equal(open_call(""), 201);
    assert_int_equal(apply(",\"country\":\"PL\""), 201);
    assert_int_equal(apply(",\"country\":\"PL\""), 201);
    assert_int_equal(apply(",\"country\":\"PL\""), 201);
    assert_int_equal(post("/api/v1/grants/1/allot", "{}"), 200);
    assert_int_equal(post("/api/v1/grants/3/release", "{\"reason\":\"ill\"}"), 200);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[128];
        snprintf(body, sizeof body, "{%s%s\"dry_run\":true}", rows[i].body,
                 rows[i].body[0] ? "," : "");
        int status = post(rows[i].path, body);
        if (status != rows[i].status)
            fail_msg("%s %s: %d", rows[i].path, body, status);
    }
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/envelopes/1"), 200);
    assert_int_equal(exchange_number(exchange, "envelope.balance_cents"), 90);
    assert_int_equal(json_array_size(exchange_at(exchange, "ledger")), 2);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants"), 200);
    assert_string_equal(exchange_text(exchange, "grants[0].state"), "allotted");
    assert_string_equal(exchange_text(exchange, "grants[1].state"), "waiting");
    assert_string_equal(exchange_text(exchange, "grants[2].state"), "withdrawn");
}

#define SCENE(TEST) cmocka_unit_test_setup_teardown(TEST, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(a_country_is_one_of_the_standard_however_the_programme_writes_it),
        SCENE(a_call_for_a_country_takes_it_under_both_its_codes),
        SCENE(one_s_own_country_is_the_same_under_both_its_codes),
        SCENE(a_currency_is_one_of_the_standard),
        SCENE(the_dossier_is_a_mobility_of_whom_the_grant_is_for),
        SCENE(a_dossier_that_is_not_there_or_is_no_mobility_is_refused),
        SCENE(a_mobility_that_does_not_take_place_gets_no_grant),
        SCENE(the_same_person_applies_once_to_a_call),
        SCENE(one_dossier_has_one_application_to_a_call),
        SCENE(no_two_that_are_open_have_one_title),
        SCENE(asked_what_would_be_done_the_node_refuses_the_same_and_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
