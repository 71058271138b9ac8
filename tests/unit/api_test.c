/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "mobility.pb-c.h"
#include "trust/evidence.h"

static struct exchange *exchange;

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

static const char *path_of(const char *format, const char *dossier)
{
    static char path[API_PATH_MAX];
    snprintf(path, sizeof path, format, dossier);
    return path;
}

static const char transcript[] =
    "{\"credit_record\":{\"components\":[{\"code\":\"B1\",\"title\":\"Parasitology\","
    "\"ects_hundredths\":550,\"grade\":\"15\",\"passed\":true},{\"code\":\"B2\",\"title\":"
    "\"Virology\",\"ects_hundredths\":2450,\"grade\":\"12\",\"passed\":true}],"
    "\"total_hundredths\":3000,\"issued_on\":\"2027-02-10\"}}";

/* ---- routes ------------------------------------------------------------------------------------
 */

static void the_routes_are_listed_as_they_are_served(void **)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/"), 200);
    assert_int_equal(exchange_number(exchange, "schema"), 1);
    size_t count = 0;
    while (api_row(count))
        count++;
    assert_int_equal(json_array_size(exchange_at(exchange, "routes")), count);
}

/* The one is made from tables of its own; see tests/e2e/openapi.py for what the answers are. */
static void every_route_is_in_the_document(void **)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/openapi.json"), 200);
    json_t *paths = json_incref(exchange_at(exchange, "paths"));
    for (size_t i = 0; api_row(i); i++) {
        char method[8] = "";
        for (size_t j = 0; api_row(i)->method[j]; j++)
            method[j] = (char)(api_row(i)->method[j] | 0x20);
        assert_non_null(json_object_get(json_object_get(paths, api_row(i)->pattern), method));
    }
    json_decref(paths);
}

static void a_second_backup_is_refused_while_one_is_made(void **)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/backups"), 200);
    assert_string_equal(exchange_text(exchange, "backup.state"), "none");
    assert_true(json_is_null(exchange_at(exchange, "backup.packed_at")));
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/backups", "{}"), 202);
    assert_string_equal(exchange_text(exchange, "backup.file"), "/db.copy");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/backups", "{}"), 503);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/backups", "{\"file\":\"x\"}"), 400);
    assert_int_equal(
        exchange_call(exchange, 0,
                      (struct exchange_call) {"DELETE", "/api/v1/backups", NULL, NULL}),
        200);
    assert_string_equal(exchange_text(exchange, "backup.state"), "none");
}

static void another_method_is_told_from_another_path(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/status", "{}"), 405);
    assert_string_equal(exchange->response.allow, "GET");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations/send"), 405);
    assert_string_equal(exchange->response.allow, "POST");
    assert_int_equal(
        exchange_call(exchange, 0,
                      (struct exchange_call) {"DELETE", "/api/v1/nominations", NULL, NULL}),
        405);
    assert_string_equal(exchange->response.allow, "GET, POST");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nothing"), 404);
    assert_string_equal(exchange_text(exchange, "error.code"), "not_found");
    assert_null(exchange->response.allow);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations//decision"), 404);
}

static void a_parameter_or_field_that_is_not_known_is_refused(void **)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?stat=pending"), 400);
    assert_string_equal(exchange_text(exchange, "error.code"), "usage");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox?limit=2&limit=3"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox?limit=0"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox?after=x"), 400);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/imports", "{\"content\":\"\",\"confrim\":true}"), 400);
    assert_string_equal(exchange_text(exchange, "error.field"), "confrim");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   "{\"partner\":\"itg.be\",\"nomination\":{\"person\":"
                                   "{\"emial\":\"a\"}}}"),
                     422);
    assert_string_equal(exchange_text(exchange, "error.field"), "nomination.person.emial");
    assert_string_equal(exchange_text(exchange, "error.expected"), "only fields of Person");
}

static void a_body_that_is_no_json_is_refused(void **)
{
    static const char *const bodies[] = {
        "{\"partner\"",        "nonsense",          "[1]",
        "{\"a\":\"\\u0000\"}", "{\"a\":1,\"a\":2}", "{\"a\":\"\xff\"}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations", bodies[i]), 400);
        assert_string_equal(exchange_text(exchange, "error.code"), "usage");
        assert_int_equal(exchange_number(exchange, "error.exit"), 2);
        assert_non_null(strstr(exchange_text(exchange, "error.hint"), "one JSON object"));
    }
    struct api_request request = {.method = "POST",
                                  .path = "/api/v1/nominations",
                                  .content_type = "text/plain",
                                  .body = bytes_text("{}"),
                                  .caller.owner = true,
                                  .correlation_id = "c9"};
    assert_int_equal(api_serve(&exchange->apis[0], &request, exchange->arena, &exchange->response),
                     FAULT_NONE);
    assert_int_equal(exchange->response.status, 415);
    assert_non_null(
        strstr((const char *)exchange->response.body.data, "\"correlation_id\":\"c9\""));
}

static void the_status_tells_node_partners_and_counters(void **)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/status"), 200);
    assert_string_equal(exchange_text(exchange, "node"), "node.helmo.be");
    assert_string_equal(exchange_text(exchange, "institutions[0]"), "helmo.be");
    assert_int_equal(exchange_number(exchange, "catalogue.institutions"), EXCHANGE_NODES);
    assert_int_equal(json_array_size(exchange_at(exchange, "partners")), EXCHANGE_NODES - 1);
    assert_string_equal(exchange_text(exchange, "partners[0].partner"), "itg.be");
    assert_string_equal(exchange_text(exchange, "partners[0].state"), "connected");
    assert_string_equal(exchange_text(exchange, "partners[0].guard"), "lifted");
    assert_true(json_object_size(exchange_at(exchange, "counters")) > 5);
    assert_int_equal(exchange_number(exchange, "totals.drafts"), 0);
}

static void a_ping_goes_to_the_partners_node(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/partners/itg.be/ping", NULL), 200);
    assert_true(json_is_true(exchange_at(exchange, "sent")));
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/partners/no.such/ping", NULL), 404);
    assert_string_equal(exchange_text(exchange, "error.code"), "unknown");
}

/* ---- a student's way ---------------------------------------------------------------------------
 */

static void a_nomination_is_decided_and_ends_with_a_transcript(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "state"), "pending");
    assert_string_equal(exchange_text(exchange, "direction"), "outgoing");
    assert_string_equal(exchange_text(exchange, "delivery"), "delivered");
    assert_string_equal(exchange_text(exchange, "family_name"), "Peeters");
    assert_string_equal(exchange_text(exchange, "kind"), "studies");
    assert_string_equal(exchange_text(exchange, "nomination.person.email"), "an@example.org");
    assert_non_null(exchange_text(exchange, "records[0].receipted_at"));

    assert_int_equal(exchange_get(exchange, 1, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "direction"), "incoming");
    assert_string_equal(exchange_text(exchange, "delivery"), "received");
    assert_int_equal(exchange_post(exchange, 1, path_of("/api/v1/nominations/%s/decision", dossier),
                                   "{\"outcome\":\"accept\",\"comment\":\"welcome\"}"),
                     201);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "state"), "accepted");
    assert_string_equal(exchange_text(exchange, "decision.outcome"), "accept");
    assert_string_equal(exchange_text(exchange, "decision.comment"), "welcome");
    assert_string_equal(exchange_text(exchange, "decision.revision"),
                        exchange_text(exchange, "revision"));

    assert_int_equal(exchange_post(exchange, 1,
                                   path_of("/api/v1/nominations/%s/transcript", dossier),
                                   transcript),
                     201);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/transcripts?direction=incoming"), 200);
    assert_string_equal(exchange_text(exchange, "transcripts[0].total_ects"), "30.0");
    assert_int_equal(exchange_number(exchange, "transcripts[0].components"), 2);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/transcripts?direction=outgoing"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "transcripts")), 0);
    assert_int_equal(exchange_get(exchange, 1, "/api/v1/outbox"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 0);
}

static void what_the_rules_refuse_is_told_with_its_field(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations",
                                   "{\"partner\":\"itg.be\",\"nomination\":{\"person\":{"
                                   "\"family_name\":\"Peeters\",\"given_names\":\"An\",\"email\":"
                                   "\"an@\"},\"mobility\":\"studies\",\"year\":\"2026/2027\"}}"),
                     422);
    assert_string_equal(exchange_text(exchange, "error.code"), "invalid");
    assert_non_null(strstr(exchange_text(exchange, "error.field"), "nomination."));
    /* Nothing of what was sent stands in the answer. */
    assert_null(memmem(exchange->response.body.data, exchange->response.body.size, "Peeters", 7));
    assert_null(memmem(exchange->response.body.data, exchange->response.body.size, "an@", 3));
}

static void a_decision_in_the_wrong_place_is_refused(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    /* The home cannot decide. */
    int status = exchange_post(exchange, 0, path_of("/api/v1/nominations/%s/decision", dossier),
                               "{\"outcome\":\"accept\"}");
    assert_true(status == 409 || status == 422);
    assert_int_equal(
        exchange_post(exchange, 0,
                      path_of("/api/v1/nominations/%s/decision", "00000000000000000000000000"),
                      "{\"outcome\":\"accept\"}"),
        404);
    assert_int_equal(exchange_post(exchange, 0, path_of("/api/v1/nominations/%s/decision", "x"),
                                   "{\"outcome\":\"accept\"}"),
                     400);
}

static void an_amendment_and_a_withdrawal_change_the_state(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_post(exchange, 1, path_of("/api/v1/nominations/%s/decision", dossier),
                                   "{\"outcome\":\"accept\"}"),
                     201);
    exchange_run(exchange);
    char body[1024] = "{\"nomination\":" EXCHANGE_NOMINATION "}";
    char *term = strstr(body, "\"term\":1");
    assert_non_null(term);
    term[strlen("\"term\":")] = '2';
    assert_int_equal(
        exchange_post(exchange, 0, path_of("/api/v1/nominations/%s/amendment", dossier), body),
        201);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "state"), "reopened");
    assert_int_equal(exchange_number(exchange, "term"), 2);
    assert_int_equal(exchange_post(exchange, 0,
                                   path_of("/api/v1/nominations/%s/withdrawal", dossier),
                                   "{\"reason\":\"student\"}"),
                     201);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?state=withdrawn"), 200);
    assert_string_equal(exchange_text(exchange, "nominations[0].dossier"), dossier);
}

/* ---- idempotency -------------------------------------------------------------------------------
 */

static void the_same_key_again_does_nothing_again(void **)
{
    char first[HEADER_DOSSIER_TEXT];
    struct exchange_call call = {"POST", "/api/v1/nominations",
                                 "{\"partner\":\"itg.be\",\"nomination\":" EXCHANGE_NOMINATION "}",
                                 "key-1"};
    assert_int_equal(exchange_call(exchange, 0, call), 201);
    snprintf(first, sizeof first, "%s", exchange_text(exchange, "dossier"));
    assert_int_equal(exchange_call(exchange, 0, call), 200);
    assert_string_equal(exchange_text(exchange, "dossier"), first);
    assert_true(json_is_true(exchange_at(exchange, "repeated")));
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 1);
    call.body = "{\"partner\":\"uhasselt.be\",\"nomination\":" EXCHANGE_NOMINATION "}";
    assert_int_equal(exchange_call(exchange, 0, call), 409);
    assert_string_equal(exchange_text(exchange, "error.code"), "duplicate");
    call.key = "two words";
    assert_int_equal(exchange_call(exchange, 0, call), 400);
}

static void a_decision_with_its_key_again_is_made_once(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", dossier);
    struct exchange_call call = {"POST", path, "{\"outcome\":\"accept\"}", "decision-1"};
    assert_int_equal(exchange_call(exchange, 1, call), 201);
    assert_int_equal(exchange_call(exchange, 1, call), 200);
    assert_true(json_is_true(exchange_at(exchange, "repeated")));
    assert_int_equal(exchange_get(exchange, 1, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "records")), 2);
}

static void a_decision_names_the_revision_that_was_seen(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], path[API_PATH_MAX], body[256], seen[128];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 1, path_of("/api/v1/nominations/%s", dossier)), 200);
    snprintf(seen, sizeof seen, "%s", exchange_text(exchange, "revision"));
    snprintf(path, sizeof path, "/api/v1/nominations/%s/decision", dossier);
    assert_int_equal(
        exchange_post(exchange, 1, path, "{\"outcome\":\"accept\",\"revision\":\"00ff\"}"), 400);
    snprintf(body, sizeof body, "{\"outcome\":\"accept\",\"revision\":\"%s\"}", seen);
    assert_int_equal(exchange_post(exchange, 1, path, body), 201);
    assert_int_equal(exchange_get(exchange, 1, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "decision.revision"), seen);
}

static void a_batch_answers_for_each_item(void **)
{
    const char *body = "{\"partner\":\"itg.be\",\"items\":["
                       "{\"key\":\"a\",\"nomination\":" EXCHANGE_NOMINATION "},"
                       "{\"key\":\"b\",\"nomination\":{}},"
                       "{\"key\":\"a\",\"nomination\":" EXCHANGE_NOMINATION "},"
                       "{\"nomination\":{}}]}";
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/batch", body), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "results")), 4);
    assert_non_null(exchange_text(exchange, "results[0].dossier"));
    assert_string_equal(exchange_text(exchange, "results[1].error.code"), "invalid");
    assert_string_equal(exchange_text(exchange, "results[1].key"), "b");
    assert_true(json_is_true(exchange_at(exchange, "results[2].repeated")));
    assert_string_equal(exchange_text(exchange, "results[3].error.field"), "key");
}

/* ---- drafts and imports ------------------------------------------------------------------------
 */

#define HEADER  "partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f\\n"
#define ROW_AN  "itg.be,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\\n"
#define ROW_JAN "itg.be,Janssens,Jan,2004-01-31,jan@example.org,studies,2026/2027,1,6,0913\\n"
#define ROW_BAD "itg.be,Maes,Eva,2004-01-31,eva@,studies,2026/2027,1,6,0913\\n"

static void a_preview_stores_nothing(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports",
                                   "{\"content\":\"" HEADER ROW_AN "\",\"confirm\":false}"),
                     200);
    assert_int_equal(exchange_number(exchange, "ready"), 1);
    assert_int_equal(exchange_number(exchange, "stored"), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "drafts")), 0);
}

static void a_bad_row_keeps_the_others_out_unless_it_is_skipped(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports",
                                   "{\"content\":\"" HEADER ROW_AN ROW_BAD "\",\"confirm\":true}"),
                     422);
    assert_int_equal(exchange_number(exchange, "stored"), 0);
    assert_int_equal(exchange_number(exchange, "problems[0].row"), 3);
    assert_string_equal(exchange_text(exchange, "problems[0].column"), "email");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/imports",
                                   "{\"content\":\"" HEADER ROW_AN ROW_BAD
                                   "\",\"confirm\":true,\"skip_bad\":true}"),
                     200);
    assert_int_equal(exchange_number(exchange, "stored"), 1);
}

static void drafts_are_sent_once(void **)
{
    struct exchange_call import = {"POST", "/api/v1/imports",
                                   "{\"content\":\"" HEADER ROW_AN ROW_JAN "\",\"confirm\":true}",
                                   "import-1"};
    assert_int_equal(exchange_call(exchange, 0, import), 200);
    assert_int_equal(exchange_number(exchange, "stored"), 2);
    /* Word for word, though a second run would say that all is unchanged. */
    assert_int_equal(exchange_call(exchange, 0, import), 200);
    assert_int_equal(exchange_number(exchange, "stored"), 2);

    assert_int_equal(exchange_get(exchange, 0, "/api/v1/drafts?limit=1"), 200);
    assert_string_equal(exchange_text(exchange, "drafts[0].family_name"), "Peeters");
    int number = exchange_number(exchange, "drafts[0].number");
    char body[64];
    snprintf(body, sizeof body, "{\"numbers\":[%d]}", number);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", body), 200);
    char dossier[HEADER_DOSSIER_TEXT];
    snprintf(dossier, sizeof dossier, "%s", exchange_text(exchange, "sent[0].dossier"));
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", body), 200);
    assert_string_equal(exchange_text(exchange, "sent[0].dossier"), dossier);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "sent")), 1);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 2);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"numbers\":[999]}"),
                     200);
    assert_string_equal(exchange_text(exchange, "refused[0].error.code"), "not_found");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{}"), 400);
}

static void a_draft_is_removed_and_a_sent_one_is_not(void **)
{
    exchange_post(exchange, 0, "/api/v1/imports",
                  "{\"content\":\"" HEADER ROW_AN ROW_JAN "\",\"confirm\":true}");
    exchange_get(exchange, 0, "/api/v1/drafts");
    int first = exchange_number(exchange, "drafts[0].number");
    int second = exchange_number(exchange, "drafts[1].number");
    char path[64], body[64];
    snprintf(path, sizeof path, "/api/v1/drafts/%d", first);
    assert_int_equal(
        exchange_call(exchange, 0, (struct exchange_call) {"DELETE", path, NULL, NULL}), 200);
    assert_int_equal(
        exchange_call(exchange, 0, (struct exchange_call) {"DELETE", path, NULL, NULL}), 404);
    snprintf(body, sizeof body, "{\"numbers\":[%d]}", second);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", body), 200);
    snprintf(path, sizeof path, "/api/v1/drafts/%d", second);
    assert_int_equal(
        exchange_call(exchange, 0, (struct exchange_call) {"DELETE", path, NULL, NULL}), 404);
}

/* ---- lists and waiting -------------------------------------------------------------------------
 */

static void a_list_goes_on_where_its_page_ended(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    size_t count = 0;
    for (size_t i = 0; i < 5; i++)
        exchange_nominate(exchange, 0, 1 + i % 2, dossier);
    char path[API_PATH_MAX] = "/api/v1/nominations?limit=2";
    while (*path) {
        assert_int_equal(exchange_get(exchange, 0, path), 200);
        count += json_array_size(exchange_at(exchange, "nominations"));
        const char *next = exchange_text(exchange, "next");
        if (next)
            snprintf(path, sizeof path, "/api/v1/nominations?limit=2&after=%s", next);
        else
            *path = '\0';
    }
    assert_int_equal(count, 5);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?partner=uhasselt.be"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 2);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?direction=incoming"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?partner=nobody.be"), 404);
}

static void what_waits_shows_in_the_outbox(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    world_cut(exchange->world, 0, 1, true);
    for (size_t i = 0; i < 3; i++)
        exchange_nominate(exchange, 0, 1, dossier);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox?limit=2"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 2);
    assert_string_equal(exchange_text(exchange, "outbox[0].state"), "queued");
    assert_string_equal(exchange_text(exchange, "outbox[0].kind"), "nomination");
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/outbox?limit=2&after=%s", exchange_text(exchange, "next"));
    assert_int_equal(exchange_get(exchange, 0, path), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "outbox")), 1);
    assert_string_equal(exchange_text(exchange, "outbox[0].dossier"), dossier);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "delivery"), "queued");
}

static void what_is_stuck_says_why_and_what_to_do(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    struct store *store = world_store(exchange->world, 0);
    struct store_record *records;
    size_t count;
    world_cut(exchange->world, 0, 1, true);
    exchange_nominate(exchange, 0, 1, dossier);
    assert_int_equal(store->record_scan(store, 0, 9, exchange->arena, &records, &count),
                     FAULT_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(
        store->outbox_code(store, records[0].place.pair, records[0].serial, VERDICT_FORGED),
        FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox"), 200);
    assert_string_equal(exchange_text(exchange, "outbox[0].state"), "stuck");
    assert_string_equal(exchange_text(exchange, "outbox[0].code"), "forged");
    assert_string_equal(exchange_text(exchange, "outbox[0].remedy"),
                        verdict_text(VERDICT_FORGED)->remedy);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "records[0].delivery"), "stuck");
    assert_string_equal(exchange_text(exchange, "records[0].code"), "forged");
}

static void a_name_that_two_institutions_drew_is_asked_for(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    struct store *store = world_store(exchange->world, 0);
    struct store_dossier_query query = {.opened_by_partner = -1, .max = 9};
    struct store_dossier *rows;
    size_t count;
    exchange_nominate(exchange, 0, 1, dossier);
    assert_int_equal(store->dossier_list(store, &query, exchange->arena, &rows, &count),
                     FAULT_NONE);
    struct store_dossier twin = {.place = rows[0].place};
    twin.place.opened_by_partner = true;
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->dossier_put(store, &twin), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 400);
    assert_string_equal(exchange_text(exchange, "error.field"), "opener");
    assert_int_equal(
        exchange_get(exchange, 0, path_of("/api/v1/nominations/%s?opener=helmo.be", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "direction"), "outgoing");
    assert_int_equal(
        exchange_get(exchange, 0, path_of("/api/v1/nominations/%s?opener=itg.be", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "direction"), "incoming");
}

static void what_waits_for_the_guard_is_ready_and_shown(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    world_cut(exchange->world, 0, 1, true);
    world_stop(exchange->world, 0);
    world_start(exchange->world, 0);
    exchange_nominate(exchange, 0, 1, dossier);
    assert_true(json_is_true(exchange_at(exchange, "ready")));
    assert_true(json_is_null(exchange_at(exchange, "id")));
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "state"), "ready");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations?state=ready"), 200);
    assert_string_equal(exchange_text(exchange, "nominations[0].dossier"), dossier);
    assert_string_equal(exchange_text(exchange, "nominations[0].family_name"), "Peeters");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/outbox"), 200);
    assert_string_equal(exchange_text(exchange, "outbox[0].state"), "ready");
    world_cut(exchange->world, 0, 1, false);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/nominations/%s", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "state"), "pending");
}

/* ---- proof -------------------------------------------------------------------------------------
 */

enum { ROOTS = 1 };

/* Another authority's catalogue over the same keys: evidence needs the bytes, which the world does
 * not keep. */
static void files_make(struct arena *arena, struct catalogue_files *files, struct digest *anchor)
{
    const struct catalogue *catalogue = world_catalogue(exchange->world);
    uint8_t seed[ENTROPY_SEED_SIZE] = {0}, secret[SEAL_SECRET_SIZE], public_key[SEAL_PUBLIC_SIZE];
    ProtobufCBinaryData root_key = {SEAL_PUBLIC_SIZE, public_key};
    Peregrin__RootStatement root = PEREGRIN__ROOT_STATEMENT__INIT;
    Peregrin__CatalogueStatement statement = PEREGRIN__CATALOGUE_STATEMENT__INIT;
    Peregrin__Institution *institutions[EXCHANGE_NODES];
    Peregrin__Node nodes[EXCHANGE_NODES], *node_list[EXCHANGE_NODES];
    Peregrin__KeyEntry entries[EXCHANGE_NODES], *entry_list[EXCHANGE_NODES];
    struct ceremony_keys keys[EXCHANGE_NODES];
    seal_key_pair(seed, public_key, secret);
    bytes_write_u64le(seed, EXCHANGE_SEED);
    for (size_t i = 0; i < EXCHANGE_NODES; i++) {
        const char *name = catalogue->nodes[i].id;
        ceremony_keys_make(seed, exchange_names[i], name, NULL, &keys[i]);
        institutions[i] = (Peregrin__Institution *)(uintptr_t)catalogue->institutions[i].entry;
        struct catalogue_endorsement what = {catalogue->network,
                                             name,
                                             "k1",
                                             exchange_names[i],
                                             keys[i].transport_public,
                                             PEREGRIN__KEY_USE__KEY_USE_TRANSPORT};
        peregrin__key_entry__init(&entries[i]);
        entries[i].key_id = "k1";
        entries[i].has_public_key = entries[i].has_from = true;
        entries[i].public_key = (ProtobufCBinaryData) {SEAL_PUBLIC_SIZE, keys[i].transport_public};
        entries[i].from = catalogue->created;
        entries[i].endorsement = catalogue_endorse(&what, keys[i].sign_secret, arena);
        entry_list[i] = &entries[i];
        peregrin__node__init(&nodes[i]);
        nodes[i].id = (char *)(uintptr_t)name;
        nodes[i].n_keys = 1;
        nodes[i].keys = &entry_list[i];
        node_list[i] = &nodes[i];
    }
    root.network = statement.network = (char *)(uintptr_t)catalogue->network;
    root.has_version = root.has_threshold = root.has_created = root.has_expires = true;
    root.version = root.threshold = 1;
    root.created = statement.created = catalogue->created;
    root.expires = statement.expires = catalogue->expires;
    root.n_keys = ROOTS;
    root.keys = &root_key;
    statement.has_version = statement.has_created = statement.has_expires = true;
    statement.version = 1;
    statement.n_institutions = statement.n_nodes = EXCHANGE_NODES;
    statement.institutions = institutions;
    statement.nodes = node_list;
    assert_int_equal(catalogue_add_signature(catalogue_pack_root(&root, arena), SEAL_CONTEXT_ROOT,
                                             secret, arena, &files->root),
                     VERDICT_FINE);
    assert_int_equal(catalogue_add_signature(catalogue_pack(&statement, arena),
                                             SEAL_CONTEXT_CATALOGUE, secret, arena,
                                             &files->catalogue),
                     VERDICT_FINE);
    catalogue_anchor(files->root, anchor);
}

static void evidence_of_the_api_proves_the_record_to_a_stranger(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    struct arena *arena = arena_open(API_ARENA);
    struct suite suite = world_suite(exchange->world, 0);
    struct evidence_finding finding;
    struct digest anchor;
    struct bytes file;
    files_make(arena, &exchange->apis[1].files, &anchor);
    for (size_t i = 0; i < 3; i++)
        exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 1, path_of("/api/v1/records/%s/0.0/evidence", dossier)),
                     200);
    assert_string_equal(exchange->response.content_type, "application/octet-stream");
    assert_int_equal(evidence_check(exchange->response.body, &anchor, &suite, arena, &finding),
                     VERDICT_FINE);
    assert_null(finding.failed);
    assert_string_equal(finding.issuer, "helmo.be");
    assert_string_equal(finding.receipt_issuer, "itg.be");
    struct bytes binary = arena_copy(arena, exchange->response.body);
    assert_int_equal(
        exchange_get(exchange, 1, path_of("/api/v1/records/%s/0.0/evidence?armour=1", dossier)),
        200);
    assert_int_equal(evidence_unarmour(exchange->response.body, arena, &file), VERDICT_FINE);
    assert_true(bytes_equal(file, binary));
    arena_close(arena);
}

static void a_record_shows_its_header_seal_and_receipt(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/records/%s/0.0", dossier)), 200);
    assert_string_equal(exchange_text(exchange, "dossier"), dossier);
    assert_string_equal(exchange_text(exchange, "header.issuer"), "helmo.be");
    assert_string_equal(exchange_text(exchange, "header.kind"), "nomination");
    assert_string_equal(exchange_text(exchange, "seal.issuer"), "helmo.be");
    assert_string_equal(exchange_text(exchange, "receipt.issuer"), "itg.be");
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/records/%s/0.1", dossier)), 404);
    assert_int_equal(exchange_get(exchange, 0, path_of("/api/v1/records/%s/2.0", dossier)), 400);
    assert_int_equal(
        exchange_get(exchange, 0, path_of("/api/v1/records/%s/0.0?opener=itg.be", dossier)), 404);
}

static void the_audit_of_an_honest_store_finds_nothing(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    for (size_t i = 0; i < 3; i++)
        exchange_nominate(exchange, 0, 1, dossier);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 1, "/api/v1/audit?max=2"), 200);
    assert_int_equal(exchange_number(exchange, "checked.records"), 2);
    char path[64];
    snprintf(path, sizeof path, "/api/v1/audit?max=2&after=%d", exchange_number(exchange, "next"));
    assert_int_equal(exchange_get(exchange, 1, path), 200);
    assert_int_equal(exchange_number(exchange, "checked.records"), 1);
    assert_true(json_is_null(exchange_at(exchange, "next")));
    assert_int_equal(json_array_size(exchange_at(exchange, "faults")), 0);
}

static void a_student_is_found_by_a_part_of_the_name(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, 0, 2, dossier);
    static const char search[] = "/api/v1/nominations/search";
    assert_int_equal(exchange_post(exchange, 0, search, "{\"text\":\"peet\"}"), 200);
    assert_string_equal(exchange_text(exchange, "nominations[0].dossier"), dossier);
    assert_int_equal(exchange_post(exchange, 0, search, "{\"text\":\"peetersen\"}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 0);
    assert_int_equal(exchange_post(exchange, 0, search, "{\"text\":\" ,\"}"), 400);
    assert_int_equal(exchange_post(exchange, 0, search, "{}"), 400);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/search?direction=incoming",
                                   "{\"text\":\"peet\"}"),
                     200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 0);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_student_is_found_by_a_part_of_the_name),
        CLAIM(the_routes_are_listed_as_they_are_served),
        CLAIM(every_route_is_in_the_document),
        CLAIM(a_second_backup_is_refused_while_one_is_made),
        CLAIM(another_method_is_told_from_another_path),
        CLAIM(a_parameter_or_field_that_is_not_known_is_refused),
        CLAIM(a_body_that_is_no_json_is_refused),
        CLAIM(the_status_tells_node_partners_and_counters),
        CLAIM(a_ping_goes_to_the_partners_node),
        CLAIM(a_nomination_is_decided_and_ends_with_a_transcript),
        CLAIM(what_the_rules_refuse_is_told_with_its_field),
        CLAIM(a_decision_in_the_wrong_place_is_refused),
        CLAIM(an_amendment_and_a_withdrawal_change_the_state),
        CLAIM(the_same_key_again_does_nothing_again),
        CLAIM(a_decision_with_its_key_again_is_made_once),
        CLAIM(a_decision_names_the_revision_that_was_seen),
        CLAIM(a_batch_answers_for_each_item),
        CLAIM(a_preview_stores_nothing),
        CLAIM(a_bad_row_keeps_the_others_out_unless_it_is_skipped),
        CLAIM(drafts_are_sent_once),
        CLAIM(a_draft_is_removed_and_a_sent_one_is_not),
        CLAIM(a_list_goes_on_where_its_page_ended),
        CLAIM(what_waits_shows_in_the_outbox),
        CLAIM(what_is_stuck_says_why_and_what_to_do),
        CLAIM(a_name_that_two_institutions_drew_is_asked_for),
        CLAIM(what_waits_for_the_guard_is_ready_and_shown),
        CLAIM(evidence_of_the_api_proves_the_record_to_a_stranger),
        CLAIM(a_record_shows_its_header_seal_and_receipt),
        CLAIM(the_audit_of_an_honest_store_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
