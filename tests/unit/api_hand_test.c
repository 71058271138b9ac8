/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "admin/hand.h"
#include "trust/evidence_bundle.h"

#include <string.h>

/* helmo.be, whose catalogue does not have itg.be yet, keeps it by hand; then it joins. */
enum { HOME = 0, HOST = 1 };

static struct exchange *exchange;
static struct arena *kept;
static struct catalogue lonely;
static char dossier[HEADER_DOSSIER_TEXT];

/* A node that is started again reads what its store and its catalogue say now. */
static void trust(const struct catalogue *catalogue)
{
    world_trusts(exchange->world, HOME, (struct world_trust) {.catalogue = catalogue});
    world_stop(exchange->world, HOME);
    assert_true(world_start(exchange->world, HOME));
    exchange->apis[HOME].store = world_store(exchange->world, HOME);
    exchange->apis[HOME].catalogue = catalogue;
    exchange_run(exchange);
}

static int open_exchange(void **)
{
    static struct catalogue_institution others[EXCHANGE_NODES];
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    kept = arena_open(1024 * 1024);
    const struct catalogue *whole = world_catalogue(exchange->world);
    lonely = *whole;
    lonely.institutions = others;
    lonely.institution_count = 0;
    for (size_t i = 0; i < whole->institution_count; i++)
        if (strcmp(whole->institutions[i].schac, "itg.be") != 0)
            others[lonely.institution_count++] = whole->institutions[i];
    exchange->apis[HOME].catalogue = &lonely;
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    arena_close(kept);
    return 0;
}

static int ask(const char *method, const char *path, const char *body)
{
    return exchange_call(exchange, HOME, (struct exchange_call) {method, path, body, NULL});
}

#define ITG "{\"partner\":\"itg.be\",\"name\":\"Тропический институт\",\"country\":\"BE\"%s}"

static int name_partner(const char *more)
{
    char body[512];
    snprintf(body, sizeof body, ITG, more);
    return ask("POST", "/api/v1/hand-partners", body);
}

static void by_hand(void)
{
    assert_int_equal(name_partner(",\"email\":\"office@itg.example\""), 201);
    assert_int_equal(hand_partner_join(exchange->apis[HOME].store, kept, &lonely), FAULT_NONE);
    assert_int_equal(lonely.by_hand_count, 1);
    trust(&lonely);
    exchange_nominate(exchange, HOME, HOST, dossier);
}

static int mark(const char *state, const char *more)
{
    char path[API_PATH_MAX], body[1200];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/mark", dossier);
    snprintf(body, sizeof body, "{\"state\":\"%s\"%s}", state, more);
    return ask("POST", path, body);
}

static void show(void)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossier);
    assert_int_equal(ask("GET", path, NULL), 200);
}

/* The sentence of the last refusal. */
static void refused(const char *sentence)
{
    assert_non_null(strstr(exchange_text(exchange, "error.message"), sentence));
}

static void each_refusal_says_what_is_wrong(void **)
{
    assert_int_equal(ask("GET", "/api/v1/handovers/uhasselt.be", NULL), 404);
    refused("no nominations wait for this partner's answer");
    by_hand();
    assert_int_equal(name_partner(",\"email\":\"x\""), 400);
    refused("this is no e-mail address");
    assert_int_equal(name_partner(",\"erasmus_code\":\"x\""), 400);
    refused("this is no Erasmus code");
    assert_int_equal(ask("POST", "/api/v1/hand-partners",
                         "{\"partner\":\"uni.example\",\"name\":\"\",\"country\":\"BE\"}"),
                     400);
    refused("this is no name");
    assert_int_equal(ask("DELETE", "/api/v1/hand-partners/itg.be", NULL), 409);
    refused("there are nominations for this partner");
    assert_int_equal(mark("accepted", ",\"date\":\"2099-01-01\""), 400);
    refused("this day has not come yet");
    assert_int_equal(mark("accepted", ",\"comment\":\"\\u0007\""), 400);
    refused("this comment is too long, or no text");
    assert_int_equal(mark("accepted", ""), 200);
    assert_int_equal(mark("arrived", ",\"date\":\"2026-09-10\""), 200);
    assert_int_equal(mark("departed", ",\"date\":\"2026-09-09\""), 400);
    refused("this is before the arrival");
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal", dossier);
    assert_int_equal(ask("POST", path, "{\"reason\":\"student\"}"), 201);
    assert_int_equal(mark("accepted", ""), 409);
    refused("the nomination does not wait for the partner");
}

static void no_more_than_500_partners_are_named(void **)
{
    char body[256];
    for (int i = 0; i < HAND_PARTNERS_MAX; i++) {
        snprintf(body, sizeof body,
                 "{\"partner\":\"u%d.example\",\"name\":\"U\",\"country\":\"BE\"}", i);
        assert_int_equal(ask("POST", "/api/v1/hand-partners", body), 201);
    }
    assert_int_equal(ask("POST", "/api/v1/hand-partners", body), 201);
    assert_int_equal(name_partner(""), 413);
    refused("there are 500 partners by hand");
}

static void a_partner_by_hand_has_a_name_that_no_institution_has(void **)
{
    static const struct {
        const char *body;
        int status;
    } rows[] = {
        {"{\"partner\":\"uhasselt.be\",\"name\":\"H\",\"country\":\"BE\"}", 409},
        {"{\"partner\":\"Uni.example\",\"name\":\"U\",\"country\":\"BE\"}", 400},
        {"{\"partner\":\"uni\",\"name\":\"U\",\"country\":\"BE\"}", 400},
        {"{\"partner\":\"uni.example\",\"name\":\"\",\"country\":\"BE\"}", 400},
        {"{\"partner\":\"uni.example\",\"name\":\"a\\nb\",\"country\":\"BE\"}", 400},
        {"{\"partner\":\"uni.example\",\"name\":\"U\",\"country\":\"XX\"}", 400},
        {"{\"partner\":\"uni.example\",\"name\":\"U\",\"country\":\"BE\",\"email\":\"x\"}", 400},
        {"{\"partner\":\"uni.example\",\"name\":\"U\",\"country\":\"BE\","
         "\"erasmus_code\":\"F NANTES12\"}",
         400},
        {"{\"partner\":\"uni.example\",\"name\":\"U\",\"country\":\"FR\","
         "\"erasmus_code\":\"F  NANTES12\"}",
         201},
        {"{\"partner\":\"uni.example\",\"name\":\"V\",\"country\":\"FR\"}", 201},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(ask("POST", "/api/v1/hand-partners", rows[i].body), rows[i].status);
    assert_int_equal(ask("GET", "/api/v1/hand-partners", NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "partners")), 1);
    assert_string_equal(exchange_text(exchange, "partners[0].name"), "V");
    assert_int_equal(ask("DELETE", "/api/v1/hand-partners/uni.example", NULL), 200);
    assert_int_equal(ask("DELETE", "/api/v1/hand-partners/uni.example", NULL), 404);
}

/* A row with a code that two have would be nobody's. */
static void an_erasmus_code_names_one_institution(void **)
{
    static const char body[] = "{\"partner\":\"%s\",\"name\":\"U\",\"country\":\"FR\","
                               "\"erasmus_code\":\"%s\"}";
    static const struct {
        const char *partner, *code;
        int status;
    } rows[] = {
        {"uni.example", "B  HASSELT22", 409}, /* of the catalogue */
        {"uni.example", "B  LIEGE37", 409},   /* our own */
        {"uni.example", "F  NANTES12", 201},   {"uni.example", "F  NANTES12", 201},
        {"other.example", "F  NANTES12", 409}, {"other.example", "F  NANTES13", 201},
    };
    static struct catalogue_institution named[EXCHANGE_NODES];
    static Peregrin__Institution entries[EXCHANGE_NODES];
    static Peregrin__Alias alias[2], *aliases[2] = {&alias[0], &alias[1]};
    struct catalogue catalogue = lonely;
    char text[256];
    for (size_t i = 0; i < lonely.institution_count; i++) {
        named[i] = lonely.institutions[i];
        entries[i] = *named[i].entry;
        named[i].entry = &entries[i];
        size_t nth = strcmp(named[i].schac, "uhasselt.be") == 0 ? 0 : 1;
        if (nth && strcmp(named[i].schac, "helmo.be") != 0)
            continue;
        peregrin__alias__init(&alias[nth]);
        alias[nth].scheme = (char *)"erasmus";
        alias[nth].value = (char *)(nth ? "B  LIEGE37" : "B HASSELT22");
        entries[i].aliases = &aliases[nth];
        entries[i].n_aliases = 1;
    }
    catalogue.institutions = named;
    exchange->apis[HOME].catalogue = &catalogue;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, body, rows[i].partner, rows[i].code);
        assert_int_equal(ask("POST", "/api/v1/hand-partners", text), rows[i].status);
        if (rows[i].status == 409)
            refused("has this Erasmus code");
    }
}

/* What would be refused is, and what would be kept is not. */
static void asked_what_would_be_kept_the_node_keeps_nothing(void **)
{
    static const char hand[] = "/api/v1/hand-partners", groups[] = "/api/v1/groups";
    assert_int_equal(ask("POST", hand,
                         "{\"partner\":\"itg.be\",\"name\":\"ITG\",\"country\":\"BE\","
                         "\"email\":\"bad\",\"dry_run\":true}"),
                     400);
    assert_int_equal(ask("POST", hand,
                         "{\"partner\":\"itg.be\",\"name\":\"ITG\",\"country\":\"BE\","
                         "\"dry_run\":true}"),
                     201);
    assert_int_equal(ask("GET", hand, NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "partners")), 0);
    assert_int_equal(
        ask("POST", groups, "{\"code\":\"BAD\",\"add\":[\"uhasselt.be\"],\"dry_run\":true}"), 400);
    assert_int_equal(
        ask("POST", groups, "{\"code\":\"south\",\"add\":[\"nowhere\"],\"dry_run\":true}"), 404);
    assert_int_equal(
        ask("POST", groups, "{\"code\":\"south\",\"add\":[\"uhasselt.be\"],\"dry_run\":true}"),
        200);
    assert_int_equal(json_array_size(exchange_at(exchange, "group.partners")), 1);
    assert_int_equal(ask("GET", groups, NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "groups")), 0);
}

static void groups_and_reports_know_it(void **)
{
    by_hand();
    assert_int_equal(ask("POST", "/api/v1/groups", "{\"code\":\"south\",\"add\":[\"itg.be\"]}"),
                     200);
    assert_int_equal(ask("GET", "/api/v1/reports/partners", NULL), 200);
    struct bytes report = exchange->response.body;
    assert_non_null(memmem(report.data, report.size, "\"BE\"", 4));
}

static void what_is_said_to_it_is_signed_and_waits_for_nobody(void **)
{
    by_hand();
    show();
    assert_string_equal(exchange_text(exchange, "state"), "pending");
    assert_string_equal(exchange_text(exchange, "delivery"), "by_hand");
    assert_string_equal(exchange_text(exchange, "records[0].delivery"), "by_hand");
    assert_int_equal(ask("GET", "/api/v1/outbox", NULL), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 0);
    assert_int_equal(ask("GET", "/api/v1/status", NULL), 200);
    assert_int_equal(exchange_number(exchange, "totals.outbox"), 0);
    assert_false(engine_busy(world_engine(exchange->world, HOME)));
    assert_int_equal(ask("DELETE", "/api/v1/hand-partners/itg.be", NULL), 409);
}

/* An agreement is what both say: nobody says the other half by hand. */
static void nothing_but_a_mobility_is_said_to_it(void **)
{
    struct event_submission submission = {.own = "helmo.be",
                                          .partner = "itg.be",
                                          .kind = PEREGRIN__KIND__KIND_FACTSHEET,
                                          .opens = true,
                                          .body = bytes_text("")};
    by_hand();
    struct event_answer answer = world_submit(exchange->world, HOME, &submission);
    assert_int_equal(answer.verdict, VERDICT_NOT_PERMITTED);
}

static void a_mark_is_shown_as_what_it_is(void **)
{
    by_hand();
    assert_int_equal(mark("accepted", ",\"date\":\"2026-05-12\",\"comment\":\"by e-mail\""), 200);
    show();
    assert_string_equal(exchange_text(exchange, "state"), "pending");
    assert_string_equal(exchange_text(exchange, "by_hand.state"), "accepted");
    assert_string_equal(exchange_text(exchange, "by_hand.date"), "2026-05-12");
    assert_string_equal(exchange_text(exchange, "by_hand.comment"), "by e-mail");
    assert_non_null(strstr(exchange_text(exchange, "by_hand.sentence"), "signed nothing"));
    assert_int_equal(json_array_size(exchange_at(exchange, "records")), 1);
    assert_int_equal(ask("GET", "/api/v1/stays", NULL), 200);
    assert_string_equal(exchange_text(exchange, "stays[0].by_hand.state"), "accepted");
    assert_int_equal(ask("GET", "/api/v1/reports/balance", NULL), 200);
    assert_int_equal(exchange_number(exchange, "tables[0].rows[0].out"), 1);
    assert_int_equal(ask("GET", "/api/v1/events", NULL), 200);
    const json_t *events = exchange_at(exchange, "events");
    const json_t *last = json_array_get(events, json_array_size(events) - 1);
    assert_string_equal(json_string_value(json_object_get(last, "type")), "dossier.marked");
    assert_string_equal(json_string_value(json_object_get(last, "state")), "accepted");
}

static void marks_follow_each_other_and_take_each_other_back(void **)
{
    static const struct {
        const char *state, *more;
        int status;
    } rows[] = {
        {"arrived", "", 409},
        {"waitlisted", "", 200},
        {"transcript", "", 409},
        {"accepted", ",\"date\":\"2026-02-30\"", 400},
        {"accepted", ",\"date\":\"2099-01-01\"", 400},
        {"recognised", "", 400},
        {"revoked", "", 400},
        {"accepted", "", 200},
        {"departed", "", 409},
        {"arrived", ",\"date\":\"2026-09-10\"", 200},
        {"departed", ",\"date\":\"2026-09-09\"", 400},
        {"departed", ",\"date\":\"2026-09-10\"", 200},
        {"transcript", "", 200},
        {"pending", "", 200},
    };
    by_hand();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(mark(rows[i].state, rows[i].more), rows[i].status);
    show();
    assert_true(json_is_null(exchange_at(exchange, "by_hand")));
    assert_int_equal(json_array_size(exchange_at(exchange, "marks")), 6);
}

static void no_more_than_64_marks_are_kept_of_one(void **)
{
    char comment[1024];
    by_hand();
    for (int i = 0; i < 70; i++)
        assert_int_equal(mark(i % 2 ? "refused" : "accepted", ""), 200);
    show();
    assert_int_equal(json_array_size(exchange_at(exchange, "marks")), HAND_MARKS_MAX);
    snprintf(comment, sizeof comment, ",\"comment\":\"%0500d\"", 1);
    assert_int_equal(mark("accepted", comment), 200);
    snprintf(comment, sizeof comment, ",\"comment\":\"%0501d\"", 1);
    assert_int_equal(mark("accepted", comment), 400);
}

static void where_a_partner_can_speak_nobody_speaks_for_it(void **)
{
    trust(world_catalogue(exchange->world));
    exchange_nominate(exchange, HOME, HOST, dossier);
    assert_int_equal(mark("accepted", ""), 403);
    refused("the partner runs a node and answers itself");
    exchange_nominate(exchange, HOST, HOME, dossier);
    exchange_run(exchange);
    assert_int_equal(mark("accepted", ""), 403);
    refused("the answer to this nomination is your own");
}

static void what_goes_by_e_mail_is_what_waits_for_an_answer(void **)
{
    static const char handover[] = "/api/v1/handovers/itg.be";
    struct bytes window, content;
    size_t evidences = 0;
    assert_int_equal(ask("GET", handover, NULL), 404);
    by_hand();
    assert_int_equal(ask("GET", handover, NULL), 200);
    assert_string_equal(exchange_text(exchange, "email"), "office@itg.example");
    assert_string_equal(exchange_text(exchange, "dossiers[0]"), dossier);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/list?language=fr", NULL), 200);
    window = exchange->response.body;
    assert_non_null(memmem(window.data, window.size, dossier, strlen(dossier)));
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/list?language=de", NULL), 400);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be?year=2030/2031", NULL), 404);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/evidence", NULL), 200);
    window = exchange->response.body;
    for (enum evidence_bundle_part part = EVIDENCE_BUNDLE_MORE;
         window.size && part != EVIDENCE_BUNDLE_BROKEN;) {
        part = evidence_bundle_next(part, &window, &content);
        evidences += part == EVIDENCE_BUNDLE_EVIDENCE;
        assert_int_not_equal(part, EVIDENCE_BUNDLE_MORE);
    }
    assert_int_equal(evidences, 1);
    assert_int_equal(mark("accepted", ""), 200);
    assert_int_equal(ask("GET", handover, NULL), 404);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be?all=yes", NULL), 200);
}

/* The nomination with another term, which asks again. */
static void amend(const char *before, const char *after)
{
    char path[API_PATH_MAX], body[1024];
    snprintf(body, sizeof body, "{\"nomination\":%s}", EXCHANGE_NOMINATION);
    char *said = strstr(body, before);
    assert_true(said && strlen(before) == strlen(after));
    memcpy(said, after, strlen(after));
    snprintf(path, sizeof path, "/api/v1/nominations/%s/amendment", dossier);
    assert_int_equal(ask("POST", path, body), 201);
    assert_string_equal(exchange_text(exchange, "delivery"), "by_hand");
}

/* The list names the dossier, and says this of it. */
static void listed(const char *word)
{
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/list", NULL), 200);
    struct bytes list = exchange->response.body;
    const char *line = memmem(list.data, list.size, dossier, strlen(dossier));
    assert_non_null(line);
    size_t left = list.size - (size_t)(line - (const char *)list.data);
    const char *end = memchr(line, '\n', left);
    assert_non_null(memmem(line, end ? (size_t)(end - line) : left, word, strlen(word)));
}

static void what_was_changed_or_withdrawn_goes_out_as_that(void **)
{
    char path[API_PATH_MAX];
    by_hand();
    assert_int_equal(mark("accepted", ""), 200);
    amend("\"term\":1", "\"term\":2");
    listed("changed");
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be", NULL), 200);
    assert_string_equal(exchange_text(exchange, "changed[0]"), dossier);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/evidence", NULL), 200);
    size_t before = exchange->response.body.size;
    assert_int_equal(mark("accepted", ""), 200);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be", NULL), 404);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/withdrawal", dossier);
    assert_int_equal(ask("POST", path, "{\"reason\":\"student\"}"), 201);
    listed("withdrawn");
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be", NULL), 200);
    assert_string_equal(exchange_text(exchange, "withdrawn[0]"), dossier);
    assert_int_equal(json_array_size(exchange_at(exchange, "changed")), 0);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be/evidence", NULL), 200);
    assert_true(exchange->response.body.size > before + 200); /* both records */
}

static void a_mark_is_of_what_was_asked_then(void **)
{
    by_hand();
    assert_int_equal(mark("waitlisted", ""), 200);
    amend("\"term\":1", "\"term\":2");
    show();
    assert_true(json_is_null(exchange_at(exchange, "by_hand")));
    assert_int_equal(mark("accepted", ""), 200);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be", NULL), 404);
    amend("\"term\":1", "\"term\":1");
    show();
    assert_string_equal(exchange_text(exchange, "by_hand.state"), "reopened");
    assert_non_null(strstr(exchange_text(exchange, "by_hand.sentence"), "changed after"));
    assert_int_equal(json_array_size(exchange_at(exchange, "marks")), 2);
    assert_int_equal(mark("arrived", ""), 409);
    assert_int_equal(ask("GET", "/api/v1/handovers/itg.be", NULL), 200);
    assert_int_equal(mark("accepted", ""), 200);
    show();
    assert_string_equal(exchange_text(exchange, "by_hand.state"), "accepted");
}

static void when_it_joins_it_gets_all_and_its_own_word_counts(void **)
{
    char path[API_PATH_MAX];
    by_hand();
    assert_int_equal(mark("accepted", ""), 200);
    trust(world_catalogue(exchange->world));
    show();
    assert_string_equal(exchange_text(exchange, "delivery"), "delivered");
    assert_string_equal(exchange_text(exchange, "by_hand.state"), "accepted");
    snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", dossier);
    assert_int_equal(
        exchange_post(exchange, HOST, path, "{\"outcome\":\"refuse\",\"reason\":\"places\"}"), 201);
    exchange_run(exchange);
    show();
    assert_string_equal(exchange_text(exchange, "state"), "refused");
    assert_true(json_is_null(exchange_at(exchange, "by_hand")));
    assert_int_equal(json_array_size(exchange_at(exchange, "marks")), 1);
    assert_int_equal(ask("GET", "/api/v1/hand-partners", NULL), 200);
    assert_true(json_is_true(exchange_at(exchange, "partners[0].joined")));
    assert_int_equal(ask("DELETE", "/api/v1/hand-partners/itg.be", NULL), 200);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_partner_by_hand_has_a_name_that_no_institution_has),
        TEST(an_erasmus_code_names_one_institution),
        TEST(asked_what_would_be_kept_the_node_keeps_nothing),
        TEST(groups_and_reports_know_it),
        TEST(what_is_said_to_it_is_signed_and_waits_for_nobody),
        TEST(nothing_but_a_mobility_is_said_to_it),
        TEST(a_mark_is_shown_as_what_it_is),
        TEST(marks_follow_each_other_and_take_each_other_back),
        TEST(no_more_than_64_marks_are_kept_of_one),
        TEST(where_a_partner_can_speak_nobody_speaks_for_it),
        TEST(each_refusal_says_what_is_wrong),
        TEST(no_more_than_500_partners_are_named),
        TEST(what_goes_by_e_mail_is_what_waits_for_an_answer),
        TEST(what_was_changed_or_withdrawn_goes_out_as_that),
        TEST(a_mark_is_of_what_was_asked_then),
        TEST(when_it_joins_it_gets_all_and_its_own_word_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
