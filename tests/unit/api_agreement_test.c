/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "record/header.h"

/* An agreement between helmo.be and itg.be, from the first proposal to its end, and what
 * nominations find in it. */
enum { HOME = 0, HOST = 1 };

static struct exchange *exchange;
static char dossier[HEADER_DOSSIER_TEXT];

#define CONDITION(id, places)                                                              \
    "{\"id\":\"" id "\",\"sending\":\"helmo.be\",\"mobility\":\"studies\",\"first_year\":" \
    "\"2026/2027\",\"last_year\":\"2027/2028\",\"places\":" places ",\"tenth_months\":50," \
    "\"isced_f\":[\"091\"],\"eqf\":[6]}"
#define TERMS(conditions)                                                                 \
    "{\"reference\":\"2027-LIEGE-ANTWERP\",\"conditions\":[" conditions "],\"contacts\":" \
    "[{\"name\":\"Mobility office\",\"email\":\"mobility@helmo.example\"}]}"

#define PROPOSAL "{\"partner\":\"itg.be\",\"terms\":" TERMS(CONDITION("c1", "1")) "}"

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/agreements", PROPOSAL), 201);
    snprintf(dossier, sizeof dossier, "%s", exchange_text(exchange, "dossier"));
    exchange_run(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

static const char *path_of(const char *resource)
{
    static char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/agreements/%s%s%s", dossier, *resource ? "/" : "",
             resource);
    return path;
}

static int say(size_t node, const char *resource, const char *body)
{
    int status = exchange_post(exchange, node, path_of(resource), body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

static const char *state(size_t node)
{
    assert_int_equal(exchange_get(exchange, node, path_of("")), 200);
    return exchange_text(exchange, "state");
}

/* Approves what is open. */
static int approve(size_t node)
{
    char body[256];
    state(node);
    snprintf(body, sizeof body, "{\"terms\":\"%s\"}", exchange_text(exchange, "open"));
    return say(node, "approval", body);
}

static void a_proposal_waits_for_the_partner_and_says_so(void **)
{
    assert_string_equal(state(HOST), "offered");
    assert_string_equal(exchange_text(exchange, "must_act"), "itg.be");
    assert_string_equal(exchange_text(exchange, "offers[0].conditions[0].mobility"), "studies");
    assert_string_equal(exchange_text(exchange, "contacts[0].contacts[0].name"), "Mobility office");
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/agreements?state=offered"), 200);
    assert_string_equal(exchange_text(exchange, "agreements[0].reference"), "2027-LIEGE-ANTWERP");
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/agreements?state=accepted"), 400);
    /* Neither a nomination nor a stay. */
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/nominations"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 0);
}

/* What the real proposal would be refused for, and nothing is said. */
static void terms_are_checked_as_a_proposal_is_and_not_said(void **)
{
    static const struct {
        const char *body, *field;
        int status;
    } rows[] = {
        {"{\"terms\":" TERMS(CONDITION("c1", "1")) "}", NULL, 200},
        {"{\"partner\":\"itg.be\",\"terms\":" TERMS(CONDITION("c1", "1")) "}", NULL, 200},
        {"{\"partner\":\"nobody.example\",\"terms\":" TERMS(CONDITION("c1", "1")) "}", "partner",
         404},
        {"{\"terms\":" TERMS(CONDITION("c1", "-1")) "}", "terms.conditions[0].places", 422},
        {"{\"terms\":" TERMS(CONDITION("c1", "1") "," CONDITION("c1", "2")) "}",
         "terms.conditions[1].id", 422},
        {"{\"terms\":{\"conditions\":[{\"id\":\"c1\",\"mobility\":\"holiday\"}]}}",
         "terms.conditions[0].mobility", 422},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int status = exchange_post(exchange, HOME, "/api/v1/agreements/check", rows[i].body);
        const char *field = exchange_text(exchange, "error.field");
        if (status != rows[i].status || (rows[i].field && (!field || strcmp(field, rows[i].field))))
            fail_msg("row %zu: %d, %s", i, status, field ? field : "no field");
    }
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/agreements"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "agreements")), 1);
}

static void the_same_proposal_again_is_the_one_that_waits(void **)
{
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/agreements", PROPOSAL), 200);
    assert_string_equal(exchange_text(exchange, "dossier"), dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/agreements"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "agreements")), 1);
    assert_int_equal(say(HOST, "declination", "{\"reason\":\"capacity\"}"), 201);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/agreements", PROPOSAL), 201);
    assert_string_not_equal(exchange_text(exchange, "dossier"), dossier);
}

static void what_is_approved_is_named(void **)
{
    assert_int_equal(say(HOST, "approval", "{}"), 400);
    assert_int_equal(say(HOST, "approval",
                         "{\"terms\":\"00000000000000000000000000000000000000000000000000000000"
                         "00000000\"}"),
                     409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "agreement.offer");
    assert_non_null(strstr(exchange_text(exchange, "error.hint"), "open: "));
    assert_int_equal(approve(HOST), 201);
    for (size_t node = 0; node < 2; node++)
        assert_string_equal(state(node), "in_force");
    assert_string_equal(exchange_text(exchange, "terms.conditions[0].id"), "c1");
}

static void an_answer_with_other_terms_shows_what_it_changes(void **)
{
    assert_int_equal(approve(HOST), 201);
    assert_int_equal(
        say(HOST, "terms", "{\"terms\":" TERMS(CONDITION("c1", "3") "," CONDITION("c2", "2")) "}"),
        201);
    assert_string_equal(state(HOME), "change_countered");
    assert_string_equal(exchange_text(exchange, "must_act"), "helmo.be");
    assert_int_equal(exchange_get(exchange, HOME, path_of("differences")), 200);
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].id"), "c1");
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].change"), "changed");
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].field"), "places");
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].before"), "1");
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].after"), "3");
    assert_string_equal(exchange_text(exchange, "changes.conditions[1].change"), "added");
    assert_int_equal(say(HOME, "declination", "{\"reason\":\"capacity\",\"comment\":\"Not now\"}"),
                     201);
    assert_string_equal(state(HOST), "in_force");
    assert_string_equal(exchange_text(exchange, "terms.conditions[0].id"), "c1");
    assert_int_equal(json_array_size(exchange_at(exchange, "terms.conditions")), 1);
}

static void before_anything_is_in_force_terms_are_compared_with_what_they_answer(void **)
{
    assert_int_equal(exchange_get(exchange, HOST, path_of("differences")), 200);
    assert_true(json_is_null(exchange_at(exchange, "from")));
    assert_int_equal(exchange_get(exchange, HOST,
                                  path_of("differences?from="
                                          "00000000000000000000000000000000"
                                          "00000000000000000000000000000000")),
                     404);
    assert_int_equal(say(HOST, "terms", "{\"terms\":" TERMS(CONDITION("c1", "3")) "}"), 201);
    assert_int_equal(exchange_get(exchange, HOME, path_of("differences")), 200);
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].before"), "1");
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].after"), "3");
    assert_int_equal(say(HOME, "terms", "{\"terms\":" TERMS(CONDITION("c1", "2")) "}"), 201);
    assert_int_equal(exchange_get(exchange, HOST, path_of("differences")), 200);
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].before"), "3");
    assert_int_equal(approve(HOST), 201);
    /* Nothing is open: what is in force, with what it answered. */
    assert_int_equal(exchange_get(exchange, HOST, path_of("differences")), 200);
    assert_string_equal(exchange_text(exchange, "changes.conditions[0].fields[0].after"), "2");
}

static void a_declination_has_a_reason_and_what_is_ones_own_is_taken_back(void **)
{
    assert_int_equal(say(HOST, "declination", "{}"), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "declination.reason");
    assert_int_equal(say(HOME, "taking_back", "{}"), 201);
    assert_string_equal(state(HOST), "taken_back");
    assert_int_equal(say(HOME, "taking_back", "{}"), 409);
    assert_int_equal(say(HOST, "terms", "{\"terms\":" TERMS(CONDITION("c1", "2")) "}"), 201);
    assert_string_equal(state(HOME), "countered");
}

/* The calendar of agreements, which says this. */
static const char *assert_calendar(const char *said)
{
    static char text[4096];
    struct exchange_call call = {"GET", "/api/v1/calendars/agreements", NULL, NULL};
    assert_int_equal(exchange_call(exchange, HOME, call), 200);
    const struct bytes *body = &exchange->response.body;
    assert_in_range(body->size, 1, sizeof text - 1);
    memcpy(text, body->data, body->size);
    text[body->size] = '\0';
    assert_non_null(strstr(text, said));
    return text;
}

static void it_ends_with_notice_only(void **)
{
    assert_int_equal(approve(HOST), 201);
    assert_int_equal(say(HOME, "termination", "{\"last_year\":\"2024/2025\"}"), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "termination.notice");
    assert_non_null(strstr(exchange_text(exchange, "error.hint"), "partner's consent"));
    assert_int_equal(say(HOME, "termination", "{\"last_year\":\"2026/2027\"}"), 201);
    assert_string_equal(state(HOST), "ended");
    assert_string_equal(exchange_text(exchange, "termination.last_year"), "2026/2027");
    /* Until then it holds; the year after has no places more. */
    assert_string_equal(exchange_text(exchange, "last_year"), "2026/2027");
    assert_int_equal(exchange_get(exchange, HOST, path_of("places")), 200);
    assert_int_equal(exchange_number(exchange, "places[0].places"), 1);
    assert_int_equal(exchange_number(exchange, "places[1].places"), 0);
    assert_calendar("DTSTART;VALUE=DATE:20270930\r\n");
}

static void contacts_change_and_nothing_is_asked_again(void **)
{
    assert_int_equal(approve(HOST), 201);
    assert_int_equal(say(HOME, "contacts", "{\"contacts\":[{\"name\":\"Marta\"}]}"), 201);
    assert_string_equal(state(HOST), "in_force");
    assert_string_equal(exchange_text(exchange, "contacts[0].contacts[0].name"), "Marta");
}

static int nominate(void)
{
    char body[1024];
    snprintf(body, sizeof body,
             "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{\"family_name\":\"Nov\\u00e1k\","
             "\"given_names\":\"Jan\",\"birth_date\":\"2004-01-01\",\"email\":\"j@n.example\"},"
             "\"mobility\":\"studies\",\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,\"isced_f\":"
             "\"0913\",\"agreement\":\"%s\",\"condition\":\"c1\"}}",
             dossier);
    int status = exchange_post(exchange, HOME, "/api/v1/nominations", body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

static void places_are_counted_and_the_last_one_is_the_last(void **)
{
    char path[2][API_PATH_MAX];
    assert_int_equal(nominate(), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "nomination.agreement_in_force");
    assert_int_equal(approve(HOST), 201);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(nominate(), 201);
        snprintf(path[i], sizeof path[i], "/api/v1/nominations/%s/decision",
                 exchange_text(exchange, "dossier"));
    }
    assert_int_equal(exchange_post(exchange, HOST, path[0], "{\"outcome\":\"accept\"}"), 201);
    assert_int_equal(exchange_post(exchange, HOST, path[1], "{\"outcome\":\"accept\"}"), 422);
    assert_string_equal(exchange_text(exchange, "error.got"), "1 place, this would be the 2nd");
    const char *over = "{\"outcome\":\"accept\",\"over_quota\":\"a twin\"}";
    assert_int_equal(exchange_post(exchange, HOST, path[1], over), 403);
    exchange_run(exchange);
    for (size_t node = 0; node < 2; node++) {
        assert_int_equal(exchange_get(exchange, node, path_of("places?year=2026/2027")), 200);
        assert_int_equal(exchange_number(exchange, "places[0].granted"), 1);
        assert_int_equal(exchange_number(exchange, "places[0].asked"), 1);
        assert_int_equal(exchange_number(exchange, "places[0].left"), 0);
        assert_int_equal(json_is_true(exchange_at(exchange, "places[0].binding")), node == HOST);
    }
    exchange->apis[HOST].over_quota = true;
    assert_int_equal(exchange_post(exchange, HOST, path[1], over), 201);
    exchange_run(exchange);
    *strstr(path[1], "/decision") = '\0';
    assert_int_equal(exchange_get(exchange, HOME, path[1]), 200);
    assert_string_equal(exchange_text(exchange, "state"), "accepted");
    assert_string_equal(exchange_text(exchange, "decision.comment"), "Over quota: a twin");
}

static void the_calendar_tells_when_agreements_end(void **)
{
    char want[64];
    assert_int_equal(approve(HOST), 201);
    const char *text = assert_calendar("DTSTART;VALUE=DATE:20280930\r\n");
    snprintf(want, sizeof want, "UID:agreement-%s-out-2027@helmo.be\r\n", dossier);
    assert_non_null(strstr(text, want));
    size_t line = 0;
    for (const char *at = text; *at; at++) {
        line = at[0] == '\r' && at[1] == '\n' ? 0 : line + (at[0] != '\n');
        assert_true(line <= 75);
    }
}

#define ROW(partner, level, places, code, subject, expires)                         \
    "{\"partner\":\"" partner "\",\"bachelor\":\"" level "\",\"places\":\"" places  \
    "\",\"months_each\":\"5\",\"subject_code\":\"" code "\",\"subject\":\"" subject \
    "\",\"expires_on\":\"" expires "\"}"

/* One row for each outcome, good ones last. */
static const char *const list_rows[] = {
    ROW("nowhere.example", "1", "2", "0913", "Nursing", "2090-09-30"),
    ROW("itg.be", "0", "2", "0913", "Nursing", "2090-09-30"),
    ROW("itg.be", "x", "2", "0913", "Nursing", "2090-09-30"),
    ROW("itg.be", "1", "none", "0913", "Nursing", "2090-09-30"),
    ROW("itg.be", "1", "2", "1234", "Nursing", "2090-09-30"),
    ROW("itg.be", "1", "2", "0913", "Nursing", "2001-09-30"),
    ROW("itg.be", "1", "2", "0913", "Nursing", "soon"),
    ROW("helmo.be", "1", "2", "0913", "Nursing", "2029-09-30"),
    ROW("itg.be", "1", "2", "0913", "Nursing", "2029-09-30"),
    ROW("itg.be", "1", "3", "0520", "Engineering and engineering trades", "2029-09-30"),
    ROW("itg.be", "1", "0", "0913", "Nursing", "2029-09-30"),
    ROW("uhasselt.be", "1", "1", "710", "Engineering", "2029-09-30"),
};

static void import_rows(const char *more)
{
    char body[4096] = "{\"rows\":[";
    size_t size = strlen(body);
    for (size_t i = 0; i < sizeof list_rows / sizeof *list_rows; i++)
        size +=
            (size_t)snprintf(body + size, sizeof body - size, "%s%s", i ? "," : "", list_rows[i]);
    snprintf(body + size, sizeof body - size, "]%s}", more);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/agreements/import", body), 200);
}

static const char *text_at(const char *member, size_t index, const char *field)
{
    char path[64];
    snprintf(path, sizeof path, "%s[%zu].%s", member, index, field);
    return exchange_text(exchange, path);
}

static void each_row_of_a_list_is_taken_mended_or_refused_with_its_reason(void **)
{
    static const char *const problems[] = {
        "partner_unknown", "levels_none", "level", "places",
        "field",           "expired",     "date",  "partner_own"};
    static const char *const fixes[] = {"field_legacy", "field_zero", "field_broad"};
    import_rows("");
    assert_int_equal(exchange_number(exchange, "accepted"), 4);
    assert_int_equal(exchange_number(exchange, "mended"), 2);
    assert_int_equal(exchange_number(exchange, "refused"), 8);
    assert_int_equal(json_array_size(exchange_at(exchange, "problems")), 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(text_at("problems", i, "code"), problems[i]);
    assert_int_equal(json_array_size(exchange_at(exchange, "fixes")), 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(text_at("fixes", i, "code"), fixes[i]);
    assert_int_equal(json_array_size(exchange_at(exchange, "proposals")), 2);
    assert_int_equal(json_array_size(exchange_at(exchange, "said")), 0);
    import_rows(",\"until\":\"2029/2030\"");
    assert_int_equal(exchange_number(exchange, "refused"), 7);
}

static void a_list_proposes_one_agreement_to_each_partner(void **)
{
    import_rows(",\"confirm\":true");
    assert_int_equal(json_array_size(exchange_at(exchange, "said")), 2);
    assert_string_equal(text_at("said", 0, "partner"), "itg.be");
    snprintf(dossier, sizeof dossier, "%s", text_at("said", 0, "dossier"));
    exchange_run(exchange);
    assert_string_equal(state(HOST), "offered");
    assert_string_equal(exchange_text(exchange, "offers[0].conditions[1].isced_f[0]"), "071");
    assert_string_equal(exchange_text(exchange, "offers[0].conditions[1].last_year"), "2028/2029");
    /* As `propose` takes it: none for now. */
    assert_int_equal(exchange_number(exchange, "offers[0].conditions[2].places"), 0);
    assert_null(exchange_at(exchange, "offers[0].conditions[2].tenth_months"));
}

/* One row with so many letters of faculty, as often as wanted. */
static void import_same(size_t times, size_t letters)
{
    json_t *rows = json_array();
    char faculty[600];
    memset(faculty, 'F', sizeof faculty);
    faculty[letters] = '\0';
    for (size_t i = 0; i < times; i++)
        json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
                                              "partner_erasmus_code", "itg.be", "faculty", faculty,
                                              "bachelor", "1", "places", "2", "months_each", "5",
                                              "subject_code", "0913", "expires_on", "2029-09-30"));
    json_t *body = json_pack("{s:o}", "rows", rows);
    char *text = json_dumps(body, 0);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/agreements/import", text), 200);
    free(text);
    json_decref(body);
}

static void a_row_that_would_spoil_its_whole_proposal_is_refused_alone(void **)
{
    import_same(1, 500);
    assert_int_equal(exchange_number(exchange, "accepted"), 1);
    import_same(1, 501);
    assert_int_equal(exchange_number(exchange, "accepted"), 0);
    assert_string_equal(text_at("problems", 0, "code"), "terms.note");
    assert_string_equal(text_at("problems", 0, "column"), "faculty");
}

static void no_row_is_let_fall_where_terms_have_no_room(void **)
{
    import_same(100, 3);
    assert_int_equal(exchange_number(exchange, "accepted"), 100);
    import_same(101, 3);
    assert_int_equal(exchange_number(exchange, "accepted"), 100);
    assert_int_equal(exchange_number(exchange, "refused"), 1);
    assert_string_equal(text_at("problems", 0, "code"), "conditions_many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_row_of_a_list_is_taken_mended_or_refused_with_its_reason, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(a_list_proposes_one_agreement_to_each_partner,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_row_that_would_spoil_its_whole_proposal_is_refused_alone,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(no_row_is_let_fall_where_terms_have_no_room, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_proposal_waits_for_the_partner_and_says_so, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(terms_are_checked_as_a_proposal_is_and_not_said,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(the_same_proposal_again_is_the_one_that_waits,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(what_is_approved_is_named, open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(an_answer_with_other_terms_shows_what_it_changes,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(
            before_anything_is_in_force_terms_are_compared_with_what_they_answer, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(
            a_declination_has_a_reason_and_what_is_ones_own_is_taken_back, open_exchange,
            close_exchange),
        cmocka_unit_test_setup_teardown(it_ends_with_notice_only, open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(contacts_change_and_nothing_is_asked_again, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(places_are_counted_and_the_last_one_is_the_last,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(the_calendar_tells_when_agreements_end, open_exchange,
                                        close_exchange),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
