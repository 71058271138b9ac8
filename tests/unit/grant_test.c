/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Calls, envelopes and grants: the queue, the ledger, and a balance that is never below zero. */
#include "admin/grant.h"
#include "exchange.h"

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

static int post(const char *path, const char *body)
{
    return exchange_post(exchange, 0, path, body);
}

static void open_envelope(const char *cents)
{
    char body[128];
    snprintf(body, sizeof body, "{\"title\":\"Erasmus\",\"amount_cents\":%s}", cents);
    assert_int_equal(post("/api/v1/envelopes", body), 201);
}

static void open_call(const char *more)
{
    char body[512];
    /* One title may be that of two calls as long as one of them alone is open. */
    snprintf(body, sizeof body, "{\"title\":\"%s\",\"envelope\":1%s}",
             strstr(more, "training") ? "Summer" : "Spring", more);
    assert_int_equal(post("/api/v1/calls", body), 201);
}

static int apply(int cents, const char *more)
{
    static int others; /* each of them is somebody else */
    char body[512];
    snprintf(body, sizeof body,
             "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"Peeters\",\"country\":\"PL\","
             "\"reference\":\"%d\",\"amount_cents\":%d%s}",
             ++others, cents, more);
    return post("/api/v1/grants", body);
}

static int number(const char *path)
{
    return exchange_number(exchange, path);
}

/* The ledger added up by somebody who knows only its words. */
static void the_ledger_adds_up(void)
{
    json_int_t balance = 0;
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/envelopes/1?limit=500"), 200);
    const json_t *ledger = exchange_at(exchange, "ledger");
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        const json_t *entry = json_array_get(ledger, i);
        const char *what = json_string_value(json_object_get(entry, "what"));
        json_int_t cents = json_integer_value(json_object_get(entry, "cents"));
        bool out = strcmp(what, "allotted") == 0 || strcmp(what, "lowered") == 0;
        balance += out ? -cents : cents;
        assert_true(balance >= 0);
        assert_int_equal(balance, json_integer_value(json_object_get(entry, "balance_cents")));
    }
    assert_int_equal(balance, number("envelope.balance_cents"));
    json_int_t has = number("envelope.amount_cents") - balance, granted = 0;
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants?limit=500"), 200);
    const json_t *grants = exchange_at(exchange, "grants");
    for (size_t i = 0; i < json_array_size(grants); i++)
        granted += json_integer_value(json_object_get(json_array_get(grants, i), "amount_cents"));
    assert_int_equal(granted, has);
}

/* ---- the envelope ------------------------------------------------------------------------------
 */

static void what_is_allotted_leaves_the_envelope_and_comes_back_when_released(void **)
{
    open_envelope("9000000");
    open_call("");
    assert_int_equal(apply(120000, ""), 201);
    assert_int_equal(number("grant.number"), 1);
    assert_int_equal(post("/api/v1/grants/1/allot", "{}"), 200);
    assert_int_equal(number("envelope.balance_cents"), 8880000);
    assert_int_equal(
        post("/api/v1/grants/1/release", "{\"reason\":\"shorter stay\",\"amount_cents\":20000}"),
        200);
    assert_int_equal(number("grant.amount_cents"), 100000);
    assert_int_equal(post("/api/v1/grants/1/release", "{\"reason\":\"gone\"}"), 200);
    assert_string_equal(exchange_text(exchange, "grant.state"), "released");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/envelopes/1"), 200);
    assert_int_equal(number("envelope.balance_cents"), 9000000);
    assert_int_equal(json_array_size(exchange_at(exchange, "ledger")), 4);
    assert_string_equal(exchange_text(exchange, "ledger[2].reason"), "shorter stay");
    assert_int_equal(number("ledger[2].balance_cents"), 8900000);
    assert_int_equal(number("ledger[2].grant"), 1);
    assert_non_null(exchange_text(exchange, "ledger[2].by"));
}

static void who_asks_for_more_than_is_left_hears_what_there_is(void **)
{
    open_envelope("9000000");
    open_call("");
    assert_int_equal(apply(8975000, ""), 201);
    assert_int_equal(apply(120000, ""), 201);
    assert_int_equal(post("/api/v1/grants/1/allot", "{}"), 200);
    assert_int_equal(post("/api/v1/grants/2/allot", "{}"), 409);
    assert_string_equal(exchange_text(exchange, "error.code"), "envelope_spent");
    assert_string_equal(exchange_text(exchange, "error.message"),
                        "90,000.00 € of which 250.00 € are left; this asks for 1,200.00 €");
    assert_string_equal(exchange_text(exchange, "error.expected"), "at most 250.00 €");
    assert_string_equal(exchange_text(exchange, "error.got"), "1,200.00 €");
    assert_non_null(exchange_text(exchange, "error.hint"));
    /* Not a cent more, and to the last cent. */
    assert_int_equal(post("/api/v1/grants/2/allot", "{\"amount_cents\":25001}"), 409);
    assert_int_equal(post("/api/v1/grants/2/allot", "{\"amount_cents\":25000}"), 200);
    assert_int_equal(number("envelope.balance_cents"), 0);
}

static void an_envelope_is_raised_with_a_reason(void **)
{
    open_envelope("100");
    assert_int_equal(post("/api/v1/envelopes/1/raise", "{\"amount_cents\":50}"), 400);
    assert_int_equal(
        post("/api/v1/envelopes/1/raise", "{\"amount_cents\":50,\"reason\":\"interim report\"}"),
        200);
    assert_int_equal(number("envelope.balance_cents"), 150);
    assert_int_equal(post("/api/v1/envelopes/1/raise",
                          "{\"amount_cents\":1000000000000,\"reason\":\"too much\"}"),
                     400);
    assert_int_equal(post("/api/v1/envelopes/9/raise", "{\"amount_cents\":1,\"reason\":\"x\"}"),
                     404);
}

static void an_envelope_is_lowered_as_far_as_it_is_not_allotted(void **)
{
    open_envelope("500000");
    open_call("");
    assert_int_equal(apply(120000, ""), 201);
    assert_int_equal(post("/api/v1/grants/1/allot", "{}"), 200);
    assert_int_equal(
        post("/api/v1/envelopes/1/lower", "{\"amount_cents\":380001,\"reason\":\"typed twice\"}"),
        409);
    assert_string_equal(exchange_text(exchange, "error.code"), "envelope_spent");
    assert_int_equal(post("/api/v1/envelopes/1/lower", "{\"amount_cents\":1}"), 400);
    assert_int_equal(
        post("/api/v1/envelopes/1/lower", "{\"amount_cents\":380000,\"reason\":\"typed twice\"}"),
        200);
    assert_int_equal(number("envelope.balance_cents"), 0);
    assert_int_equal(number("envelope.amount_cents"), 120000);
    the_ledger_adds_up();
}

static void the_same_key_allots_once(void **)
{
    static const struct exchange_call call = {"POST", "/api/v1/grants/1/allot", "{}", "key-1"};
    open_envelope("500000");
    open_call("");
    assert_int_equal(apply(120000, ""), 201);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(exchange_call(exchange, 0, call), 200);
        assert_int_equal(number("envelope.balance_cents"), 380000);
    }
    assert_int_equal(post("/api/v1/grants/1/allot", "{}"), 409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "grant.state");
}

/* ---- what is damaged --------------------------------------------------------------------------
 */

/* A value as no code of ours would write it. */
static void rot(const char *name, const ProtobufCMessage *message)
{
    struct store *store = world_store(exchange->world, 0);
    uint8_t wire[512];
    size_t size = protobuf_c_message_pack(message, wire);
    assert_false(store->begin(store));
    assert_false(store->value_put(store, name, (struct bytes) {wire, size}));
    assert_false(store->commit(store));
}

/* Who reads is told; who writes has changed nothing, and the node stops as for any damage. */
static void is_corrupt(const char *method, const char *path)
{
    struct store *store = world_store(exchange->world, 0);
    bool reads = strcmp(method, "GET") == 0;
    const struct api_request request = {
        .method = method,
        .path = path,
        .content_type = "application/json",
        .body = bytes_text(reads ? "" : "{}"),
        .now = world_now(exchange->world),
        .caller = exchange->caller,
    };
    struct api_response response;
    arena_reset(exchange->arena);
    enum fault fault = api_serve(&exchange->apis[0], &request, exchange->arena, &response);
    if (reads) {
        assert_int_equal(fault, FAULT_NONE);
        json_t *json = json_loadb((const char *)response.body.data, response.body.size, 0, NULL);
        const json_t *error = json_object_get(json, "error");
        assert_string_equal(json_string_value(json_object_get(error, "code")), "corrupt");
        assert_string_equal(json_string_value(json_object_get(error, "message")),
                            "the database is damaged");
        json_decref(json);
        return;
    }
    assert_int_equal(fault, FAULT_CORRUPT);
    store->rollback(store);
    exchange->nodes[0].open = false;
}

static void a_balance_that_cannot_be_is_a_fault_and_no_end_of_the_node(void **)
{
    static const struct {
        uint32_t number;
        uint64_t cents, allotted, released;
    } rows[] = {
        {1, 100, 50, 51},                  /* more came back than went */
        {1, 100, 101, 0},                  /* more went than there was */
        {1, UINT64_MAX, 0, 0},             /* more than an envelope can have */
        {1, 100, UINT64_MAX, UINT64_C(9)}, /* far beyond */
        {7, 100, 0, 0},                    /* another one's place */
    };
    open_envelope("100");
    open_call("");
    assert_int_equal(apply(10, ""), 201);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Peregrin__Envelope envelope = PEREGRIN__ENVELOPE__INIT;
        envelope.has_number = envelope.has_cents = true;
        envelope.has_allotted = envelope.has_released = true;
        envelope.number = rows[i].number;
        envelope.cents = rows[i].cents;
        envelope.allotted = rows[i].allotted;
        envelope.released = rows[i].released;
        envelope.own = "helmo.be";
        envelope.title = "Erasmus";
        envelope.currency = "EUR";
        rot("envelope/0000000001", &envelope.base);
        is_corrupt("GET", "/api/v1/envelopes/1");
        is_corrupt("GET", "/api/v1/envelopes");
        is_corrupt("GET", "/api/v1/calls/1/plan");
        is_corrupt("POST", "/api/v1/grants/1/allot");
    }
}

static void an_application_that_cannot_be_is_a_fault(void **)
{
    static const struct {
        uint32_t state;
        uint64_t cents;
        uint32_t envelope;
    } rows[] = {
        {GRANT_WAITING, 5, 1},   /* waits and has */
        {GRANT_ALLOTTED, 0, 1},  /* has nothing */
        {GRANT_ALLOTTED, 5, 0},  /* from nowhere */
        {GRANT_STATES, 0, 0},    /* no state */
        {GRANT_WITHDRAWN, 0, 0}, /* sound, but in the queue */
    };
    open_envelope("100");
    open_call("");
    assert_int_equal(apply(10, ""), 201);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Peregrin__Grant grant = PEREGRIN__GRANT__INIT;
        grant.has_number = grant.has_call = grant.has_state = grant.has_cents = true;
        grant.has_envelope = grant.has_asked = true;
        grant.number = grant.call = 1;
        grant.asked = 10;
        grant.state = rows[i].state;
        grant.cents = rows[i].cents;
        grant.envelope = rows[i].envelope;
        grant.own = "helmo.be";
        rot("grant/0000000001", &grant.base);
        is_corrupt("GET", "/api/v1/calls/1/plan");
        is_corrupt("POST", "/api/v1/calls/1/allot");
        if (rows[i].state != GRANT_WITHDRAWN)
            is_corrupt("GET", "/api/v1/grants");
    }
}

/* ---- the queue ---------------------------------------------------------------------------------
 */

static void the_first_to_come_is_the_first_to_get_unless_a_reason_is_given(void **)
{
    open_envelope("500000");
    open_call("");
    assert_int_equal(apply(120000, ""), 201);
    assert_int_equal(apply(100000, ""), 201);
    assert_int_equal(post("/api/v1/grants/2/allot", "{}"), 409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "grant.turn");
    assert_string_equal(exchange_text(exchange, "error.expected"), "application 1");
    assert_int_equal(post("/api/v1/grants/2/allot", "{\"out_of_turn\":\"leaves tomorrow\"}"), 200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/envelopes/1"), 200);
    assert_string_equal(exchange_text(exchange, "ledger[1].reason"), "leaves tomorrow");
}

static void a_plan_says_what_will_be_done_and_does_nothing(void **)
{
    open_envelope("250000");
    open_call("");
    for (int i = 0; i < 4; i++)
        assert_int_equal(apply(100000, ""), 201);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls/1/plan"), 200);
        assert_int_equal(json_array_size(exchange_at(exchange, "grants")), 2);
        assert_int_equal(number("left_cents"), 50000);
        assert_int_equal(number("first_waiting"), 3);
        assert_string_equal(exchange_text(exchange, "ends"),
                            "application 3 asks for 1,000.00 €, and 500.00 € are left");
    }
    assert_int_equal(post("/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "grants")), 2);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants?state=waiting"), 200);
    assert_int_equal(number("grants[0].number"), 3);
}

static void the_waiting_move_up_when_money_comes_back(void **)
{
    open_envelope("200000");
    open_call("");
    for (int i = 0; i < 4; i++)
        assert_int_equal(apply(100000, ""), 201);
    assert_int_equal(post("/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(post("/api/v1/grants/3/release", "{\"reason\":\"stays at home\"}"), 200);
    assert_string_equal(exchange_text(exchange, "grant.state"), "withdrawn");
    assert_int_equal(post("/api/v1/grants/1/release", "{\"reason\":\"fell ill\",\"move_up\":true}"),
                     200);
    assert_int_equal(number("grants[0].number"), 4);
    assert_int_equal(number("left_cents"), 0);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants/4"), 200);
    assert_string_equal(exchange_text(exchange, "grant.state"), "allotted");
}

static void what_was_released_by_mistake_waits_again_at_its_old_place(void **)
{
    open_envelope("200000");
    open_call("");
    for (int i = 0; i < 3; i++)
        assert_int_equal(apply(100000, ""), 201);
    assert_int_equal(post("/api/v1/grants/1/return", "{}"), 409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "grant.state");
    assert_int_equal(post("/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(post("/api/v1/grants/1/release", "{\"reason\":\"wrong row\"}"), 200);
    assert_int_equal(post("/api/v1/grants/1/return", "{}"), 200);
    assert_string_equal(exchange_text(exchange, "grant.state"), "waiting");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls/1/plan"), 200);
    assert_int_equal(number("grants[0].number"), 1);
    assert_int_equal(number("first_waiting"), 3);
    assert_int_equal(post("/api/v1/grants/3/release", "{\"reason\":\"gone\"}"), 200);
    assert_int_equal(post("/api/v1/grants/3/return", "{}"), 200);
    assert_int_equal(post("/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(number("grants[0].number"), 1);
    the_ledger_adds_up();
}

static void the_order_is_the_one_that_the_call_says(void **)
{
    static const struct {
        const char *order;
        int numbers[4];
    } rows[] = {
        {"arrival", {1, 2, 3, 4}},
        {"group", {2, 4, 1, 3}},
        {"points", {4, 2, 1, 3}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char more[128];
        close_exchange(NULL);
        open_exchange(NULL);
        open_envelope("400");
        snprintf(more, sizeof more, ",\"groups\":[\"fewer opportunities\"],\"order\":\"%s\"",
                 rows[i].order);
        open_call(more);
        assert_int_equal(apply(100, ",\"points\":5"), 201);
        assert_int_equal(apply(100, ",\"group\":\"fewer opportunities\",\"points\":7"), 201);
        assert_int_equal(apply(100, ",\"points\":5"), 201);
        assert_int_equal(apply(100, ",\"group\":\"fewer opportunities\",\"points\":9"), 201);
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls/1/plan"), 200);
        for (size_t j = 0; j < 4; j++) {
            char at[32];
            snprintf(at, sizeof at, "grants[%zu].number", j);
            assert_int_equal(number(at), rows[i].numbers[j]);
        }
        assert_int_equal(apply(100, ",\"group\":\"nobody\""), 422);
        assert_string_equal(exchange_text(exchange, "error.rule"), "grant.group");
    }
}

/* ---- the report --------------------------------------------------------------------------------
 */

/* Of the table of this name, the row of this group. */
static const json_t *report_row(const char *table, const char *group)
{
    const json_t *tables = exchange_at(exchange, "tables");
    for (size_t i = 0; i < json_array_size(tables); i++) {
        const json_t *one = json_array_get(tables, i);
        const json_t *rows = json_object_get(one, "rows");
        if (strcmp(json_string_value(json_object_get(one, "name")), table) != 0)
            continue;
        for (size_t j = 0; j < json_array_size(rows); j++) {
            const json_t *row = json_array_get(rows, j);
            if (strcmp(json_string_value(json_object_get(row, "group")), group) == 0)
                return row;
        }
    }
    fail_msg("no row %s in %s", group, table);
    return NULL;
}

/* Each of a name's values: a number, a text, or null for `hidden`. */
static void row_has(const char *table, const char *group, const char *expected)
{
    const json_t *row = report_row(table, group);
    json_t *wanted = json_loads(expected, 0, NULL);
    const char *name;
    json_t *value;
    assert_non_null(wanted);
    json_object_foreach(wanted, name, value) if (!json_equal(value, json_object_get(row, name)))
        fail_msg("%s of %s in %s", name, group, table);
    json_decref(wanted);
}

/* Eleven students and four of staff, of whom six and three get a grant. */
static void year_of_grants(void)
{
    open_envelope("9000000");
    open_call(",\"groups\":[\"distance\"]");
    open_call(",\"kinds\":[\"training\"]");
    for (int i = 0; i < 11; i++)
        assert_int_equal(apply(100000 + i, i < 5 ? ",\"group\":\"distance\"" : ""), 201);
    for (int i = 0; i < 4; i++) {
        char body[160];
        snprintf(body, sizeof body,
                 "{\"call\":2,\"kind\":\"training\",\"family_name\":\"Peeters\","
                 "\"reference\":\"s%d\",\"country\":\"PL\",\"amount_cents\":50000}",
                 i);
        assert_int_equal(post("/api/v1/grants", body), 201);
    }
    for (int i = 1; i <= 6; i++) {
        char path[64];
        snprintf(path, sizeof path, "/api/v1/grants/%d/allot", i);
        assert_int_equal(post(path, "{}"), 200);
    }
    assert_int_equal(post("/api/v1/calls/2/allot", "{}"), 200);
    assert_int_equal(post("/api/v1/grants/15/release", "{\"reason\":\"ill\"}"), 200);
    assert_int_equal(post("/api/v1/grants/11/release", "{\"reason\":\"ill\"}"), 200);
}

static void the_report_counts_each_application_once_in_every_way(void **)
{
    year_of_grants();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants"), 200);
    row_has("all", "all",
            "{\"applications\":15,\"granted\":9,\"granted_sum\":\"7500.15\",\"waiting\":4,"
            "\"asked_sum\":\"4000.30\",\"given_back\":2,\"currency\":\"EUR\"}");
    row_has("envelope", "1 Erasmus",
            "{\"granted\":9,\"amount\":\"90000.00\",\"left\":\"82499.85\"}");
    row_has("call", "1 Spring", "{\"applications\":11,\"granted\":6,\"within\":\"1 Erasmus\"}");
    row_has("call", "2 Summer", "{\"applications\":4,\"granted\":3,\"mean\":\"500.0\"}");
    row_has("people", "students", "{\"applications\":11,\"granted\":6}");
    row_has("people", "staff", "{\"applications\":4,\"granted\":3,\"given_back\":1}");
    row_has("kind", "training", "{\"granted\":3,\"within\":\"staff\"}");
    row_has("group", "distance", "{\"applications\":5,\"granted\":5}");
    row_has("group", "no group", "{\"applications\":10,\"granted\":4}");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants?by=people"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "tables")), 2);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants?by=name"), 400);
}

static void the_public_report_rounds_and_tells_nothing_of_few(void **)
{
    year_of_grants();
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants?public=yes"), 200);
    row_has("all", "all",
            "{\"granted\":10,\"granted_sum\":\"10000.00\",\"applications\":null,"
            "\"waiting\":null,\"asked_sum\":null,\"given_back\":null}");
    row_has("call", "1 Spring", "{\"granted\":5,\"few\":[]}"); /* six */
    row_has("call", "2 Summer", "{\"granted\":null,\"granted_sum\":null,\"mean\":null}");
    row_has("envelope", "1 Erasmus",
            "{\"granted\":10,\"amount\":\"90000.00\",\"left\":\"80000.00\"}");
    assert_int_equal(json_array_size(exchange_at(exchange, "tables")), 3);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants?public=yes&by=kind"), 400);
    assert_int_equal(post("/api/v1/grants/6/release", "{\"reason\":\"ill\"}"), 200);
    for (int i = 1; i <= 4; i++) {
        char path[64];
        snprintf(path, sizeof path, "/api/v1/grants/%d/release", i);
        assert_int_equal(post(path, "{\"reason\":\"ill\"}"), 200);
    }
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/reports/grants?public=yes"), 200);
    row_has("all", "all", "{\"granted\":null,\"granted_sum\":null}");
    row_has("envelope", "1 Erasmus", "{\"granted\":null,\"left\":null}");
}

static void the_report_is_a_sheet_and_a_drawing_too(void **)
{
    static const struct {
        const char *format, *type, *holds;
    } rows[] = {
        {"csv", "text/csv; charset=utf-8", "distance,,EUR,5,5,5000.10"},
        {"svg", "image/svg+xml", "1 Spring"},
        {"html", "text/html; charset=utf-8", "82499.85"},
    };
    year_of_grants();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[128];
        snprintf(path, sizeof path, "/api/v1/reports/grants?format=%s", rows[i].format);
        assert_int_equal(exchange_get(exchange, 0, path), 200);
        assert_string_equal(exchange->response.content_type, rows[i].type);
        if (!memmem(exchange->response.body.data, exchange->response.body.size, rows[i].holds,
                    strlen(rows[i].holds)))
            fail_msg("%s has no %s: %.*s", rows[i].format, rows[i].holds,
                     (int)exchange->response.body.size, (const char *)exchange->response.body.data);
        assert_null(
            memmem(exchange->response.body.data, exchange->response.body.size, "Peeters", 7));
    }
}

/* ---- who may apply -----------------------------------------------------------------------------
 */

/* Each rule on both sides of its limit. The world's day is read from the first application. */
static void each_rule_of_a_call_has_two_sides(void **)
{
    static const struct {
        const char *call, *good, *bad, *rule, *expected;
    } rows[] = {
        {",\"kinds\":[\"studies\"]", "", ",\"kind\":\"training\"", "call.kind", "studies"},
        {",\"levels\":[6,7]", ",\"level\":7", ",\"level\":8", "call.level", "level 6, 7"},
        {",\"levels\":[6,7]", ",\"level\":6", "", "call.level", "level 6, 7"},
        {",\"countries\":[\"PL\",\"CZ\"]", "", ",\"country\":\"KZ\"", "call.country", "PL, CZ"},
        {"", "", ",\"country\":\"BE\"", "place.home", "another country than BE"},
        {"", ",\"nationality\":\"CZ\"", ",\"nationality\":\"PL\"", "place.origin", NULL},
        {",\"own_country\":true", ",\"nationality\":\"PL\"", ",\"country\":\"BE\"", "place.home",
         NULL},
        {",\"project_end\":\"2199-07-31\"", ",\"end\":\"2199-07-31\"", ",\"end\":\"2199-08-01\"",
         "call.project_end", "an end not after 2199-07-31"},
        {",\"notice_months\":2", ",\"start\":\"2199-01-01\"", ",\"start\":\"2001-01-01\"",
         "call.notice", NULL},
        {",\"notice_months\":2", ",\"start\":\"2199-01-01\"", "", "call.notice",
         "the first day of the stay"},
        {",\"closes\":\"2199-01-01\"", "", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        close_exchange(NULL);
        open_exchange(NULL);
        open_envelope("1000");
        open_call(rows[i].call);
        if (apply(1, rows[i].good) != 201)
            fail_msg("row %zu: %s", i, exchange_text(exchange, "error.rule"));
        if (!rows[i].bad)
            continue;
        char body[256];
        /* Names twice are refused: what is bad stands in place of the usual. */
        bool kind = strstr(rows[i].bad, "kind"), country = strstr(rows[i].bad, "\"country");
        snprintf(
            body, sizeof body, "{\"call\":1,\"family_name\":\"Peeters\",\"amount_cents\":1%s%s%s}",
            kind ? "" : ",\"kind\":\"studies\"", country ? "" : ",\"country\":\"PL\"", rows[i].bad);
        if (post("/api/v1/grants", body) != 422)
            fail_msg("row %zu: %d", i, exchange->response.status);
        assert_string_equal(exchange_text(exchange, "error.rule"), rows[i].rule);
        assert_non_null(exchange_text(exchange, "error.got"));
        assert_non_null(exchange_text(exchange, "error.hint"));
        if (rows[i].expected)
            assert_string_equal(exchange_text(exchange, "error.expected"), rows[i].expected);
    }
}

static void a_call_takes_applications_between_its_days_alone(void **)
{
    open_envelope("1000");
    open_call(",\"closes\":\"2001-01-01\"");
    assert_int_equal(apply(1, ""), 409);
    assert_string_equal(exchange_text(exchange, "error.rule"), "call.window");
    close_exchange(NULL);
    open_exchange(NULL);
    open_envelope("1000");
    open_call(",\"opens\":\"2199-01-01\"");
    assert_int_equal(apply(1, ""), 409);
    close_exchange(NULL);
    open_exchange(NULL);
    open_envelope("1000");
    open_call("");
    assert_int_equal(apply(1, ""), 201);
    assert_int_equal(post("/api/v1/calls/1/close", "{}"), 200);
    assert_string_equal(exchange_text(exchange, "call.state"), "closed");
    assert_int_equal(apply(1, ""), 409);
}

static void sums_and_names_that_are_none_are_refused(void **)
{
    static const struct {
        const char *path, *body, *field;
    } rows[] = {
        {"/api/v1/envelopes", "{\"title\":\"x\",\"amount_cents\":0}", "amount_cents"},
        {"/api/v1/envelopes", "{\"title\":\"x\",\"amount_cents\":-1}", "amount_cents"},
        {"/api/v1/envelopes", "{\"title\":\"x\",\"amount_cents\":1.5}", "amount_cents"},
        {"/api/v1/envelopes", "{\"title\":\"x\",\"amount_cents\":9223372036854775807}",
         "amount_cents"},
        {"/api/v1/envelopes", "{\"title\":\"\",\"amount_cents\":1}", "title"},
        {"/api/v1/envelopes", "{\"title\":\"x\",\"amount_cents\":1,\"currency\":\"euro\"}",
         "currency"},
        {"/api/v1/calls", "{\"title\":\"x\",\"opens\":\"2026-02-30\"}", "opens"},
        {"/api/v1/calls", "{\"title\":\"x\",\"opens\":\"2026-03-01\",\"closes\":\"2026-02-01\"}",
         "closes"},
        {"/api/v1/calls", "{\"title\":\"x\",\"kinds\":[\"holiday\"]}", "kinds"},
        {"/api/v1/calls", "{\"title\":\"x\",\"levels\":[9]}", "levels"},
        {"/api/v1/calls", "{\"title\":\"x\",\"countries\":[\"Poland\"]}", "countries"},
        {"/api/v1/calls", "{\"title\":\"x\",\"groups\":[1]}", "groups"},
        {"/api/v1/calls", "{\"title\":\"x\",\"order\":\"height\"}", "order"},
        {"/api/v1/calls", "{\"title\":\"x\",\"notice_months\":25}", "notice_months"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (post(rows[i].path, rows[i].body) != 400)
            fail_msg("row %zu: %d", i, exchange->response.status);
        assert_string_equal(exchange_text(exchange, "error.field"), rows[i].field);
    }
    assert_int_equal(post("/api/v1/calls", "{\"title\":\"x\",\"envelope\":7}"), 404);
}

static void a_list_that_is_too_long_opens_no_call(void **)
{
    static const char *const lists[] = {"kinds", "countries", "levels", "criteria", "groups"};
    static const char *const values[] = {"\"studies\"", "\"PL\"", "6", "\"marks\"", "\"g\""};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char body[2048];
        int size = snprintf(body, sizeof body, "{\"title\":\"x\",\"%s\":[%s", lists[i], values[i]);
        for (int j = 0; j < CALL_LIST_MAX; j++)
            size += snprintf(body + size, sizeof body - (size_t)size, ",%s", values[i]);
        snprintf(body + size, sizeof body - (size_t)size, "]}");
        assert_int_equal(post("/api/v1/calls", body), 413);
        assert_string_equal(exchange_text(exchange, "error.field"), lists[i]);
        assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls"), 200);
        assert_int_equal(json_array_size(exchange_at(exchange, "calls")), 0);
    }
}

/* ---- whatever the order ------------------------------------------------------------------------
 */

static uint32_t dice;

static uint32_t roll(uint32_t sides)
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % sides;
}

/* One act of somebody, as likely in vain as not. */
static void act(uint32_t *applied)
{
    char path[64], body[96];
    uint32_t grant = *applied ? 1 + roll(*applied) : 1;
    switch (roll(7)) {
    case 0: *applied += apply((int)(1 + roll(400)), "") == 201; return;
    case 1:
        snprintf(path, sizeof path, "/api/v1/grants/%u/allot", grant);
        snprintf(body, sizeof body, "{\"amount_cents\":%u,\"out_of_turn\":\"dice\"}",
                 1 + roll(400));
        break;
    case 2:
        snprintf(path, sizeof path, "/api/v1/grants/%u/release", grant);
        snprintf(body, sizeof body, "{\"reason\":\"dice\",\"amount_cents\":%u,\"move_up\":%s}",
                 1 + roll(300), roll(2) ? "true" : "false");
        break;
    case 3:
        snprintf(path, sizeof path, "/api/v1/calls/1/allot");
        snprintf(body, sizeof body, "{}");
        break;
    case 4:
        snprintf(path, sizeof path, "/api/v1/grants/%u/return", grant);
        snprintf(body, sizeof body, "{}");
        break;
    default:
        snprintf(path, sizeof path, "/api/v1/envelopes/1/%s", roll(2) ? "raise" : "lower");
        snprintf(body, sizeof body, "{\"amount_cents\":%u,\"reason\":\"dice\"}", 1 + roll(100));
    }
    post(path, body);
}

static void no_order_of_acts_overdraws_an_envelope_or_loses_a_cent(void **)
{
    enum { RUNS = 12, ACTS = 120 };
    for (uint32_t run = 0; run < RUNS; run++) {
        uint32_t applied = 0;
        close_exchange(NULL);
        open_exchange(NULL);
        dice = run * 2654435761u + 1;
        open_envelope("1000");
        open_call("");
        for (int i = 0; i < ACTS; i++)
            act(&applied);
        the_ledger_adds_up();
    }
}

#define SCENE(TEST) cmocka_unit_test_setup_teardown(TEST, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(what_is_allotted_leaves_the_envelope_and_comes_back_when_released),
        SCENE(who_asks_for_more_than_is_left_hears_what_there_is),
        SCENE(an_envelope_is_raised_with_a_reason),
        SCENE(an_envelope_is_lowered_as_far_as_it_is_not_allotted),
        SCENE(the_same_key_allots_once),
        SCENE(a_balance_that_cannot_be_is_a_fault_and_no_end_of_the_node),
        SCENE(an_application_that_cannot_be_is_a_fault),
        SCENE(the_first_to_come_is_the_first_to_get_unless_a_reason_is_given),
        SCENE(a_plan_says_what_will_be_done_and_does_nothing),
        SCENE(the_waiting_move_up_when_money_comes_back),
        SCENE(what_was_released_by_mistake_waits_again_at_its_old_place),
        SCENE(the_order_is_the_one_that_the_call_says),
        SCENE(the_report_counts_each_application_once_in_every_way),
        SCENE(the_public_report_rounds_and_tells_nothing_of_few),
        SCENE(the_report_is_a_sheet_and_a_drawing_too),
        SCENE(each_rule_of_a_call_has_two_sides),
        SCENE(a_call_takes_applications_between_its_days_alone),
        SCENE(sums_and_names_that_are_none_are_refused),
        SCENE(a_list_that_is_too_long_opens_no_call),
        SCENE(no_order_of_acts_overdraws_an_envelope_or_loses_a_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
