/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* A person's hand on what goes to partners. */
#include "exchange.h"

enum { HELMO, ITG };

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

static int suspend(const char *body)
{
    return exchange_post(exchange, HELMO, "/api/v1/partners/itg.be/suspend", body);
}

static int resume(void)
{
    return exchange_post(exchange, HELMO, "/api/v1/partners/itg.be/resume", "{}");
}

static int total(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "totals.%s", name);
    assert_int_equal(exchange_get(exchange, HELMO, "/api/v1/status"), 200);
    return exchange_number(exchange, path);
}

/* As many as the outbox lists in this state; `number` of the last. */
static size_t listed(const char *state, json_int_t *number)
{
    size_t found = 0;
    assert_int_equal(exchange_get(exchange, HELMO, "/api/v1/outbox"), 200);
    const json_t *list = exchange_at(exchange, "outbox");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *line = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(line, "state")), state) != 0)
            continue;
        found++;
        if (number)
            *number = json_integer_value(json_object_get(line, "number"));
    }
    return found;
}

static void a_suspended_partner_gets_nothing_and_loses_nothing(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    assert_int_equal(suspend("{\"reason\":\"asked for by phone\"}"), 200);
    assert_int_equal(exchange_number(exchange, "changed"), 1);
    assert_string_equal(exchange_text(exchange, "partners[0].state"), "suspended");
    assert_non_null(strstr(exchange_text(exchange, "partners[0].sentence"), "suspended by hand"));
    assert_non_null(strstr(exchange_text(exchange, "partners[0].sentence"), "asked for by phone"));
    exchange_nominate(exchange, HELMO, ITG, dossier);
    exchange_run(exchange);
    assert_int_equal(total("outbox"), 1);
    assert_int_equal(listed("queued", NULL), 1);
    assert_non_null(strstr(exchange_text(exchange, "outbox[0].sentence"), "suspended by hand"));
    world_stop(exchange->world, HELMO);
    world_start(exchange->world, HELMO);
    exchange_run(exchange);
    assert_int_equal(total("outbox"), 1);
    assert_non_null(strstr(exchange_text(exchange, "partners[0].sentence"), "asked for by phone"));
    assert_int_equal(resume(), 200);
    assert_int_equal(exchange_number(exchange, "changed"), 1);
    exchange_run(exchange);
    assert_int_equal(total("outbox"), 0);
    assert_string_equal(exchange_text(exchange, "partners[0].state"), "connected");
}

static void twice_is_as_once(void **)
{
    assert_int_equal(resume(), 200);
    assert_int_equal(exchange_number(exchange, "changed"), 0);
    assert_int_equal(suspend("{\"reason\":\"first\"}"), 200);
    assert_int_equal(suspend("{\"reason\":\"second\"}"), 200);
    assert_int_equal(exchange_number(exchange, "changed"), 0);
    assert_non_null(strstr(exchange_text(exchange, "partners[0].sentence"), "first"));
    assert_int_equal(exchange_get(exchange, HELMO, "/api/v1/events?kind=partner.suspended"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "events")), 1);
    assert_string_equal(exchange_text(exchange, "events[0].partner"), "itg.be");
    assert_null(exchange_text(exchange, "events[0].dossier"));
}

static void what_cannot_be_suspended_is_refused(void **)
{
    static const char *const bodies[] = {
        "{\"reason\":\"two\\nlines\"}", "{\"reason\":\"\\u001b[31m\"}",  "{\"reason\":7}",
        "{\"because\":\"x\"}",          "{\"reason\":\"\",\"own\":[1]}", "[]"};
    char long_one[EVENT_REASON_MAX + 64];
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_in_range(suspend(bodies[i]), 400, 422);
    snprintf(long_one, sizeof long_one, "{\"reason\":\"%0*d\"}", EVENT_REASON_MAX + 1, 0);
    assert_int_equal(suspend(long_one), 400);
    assert_string_equal(exchange_text(exchange, "error.field"), "reason");
    assert_int_equal(suspend("{\"own\":\"uhasselt.be\"}"), 404);
    assert_int_equal(exchange_post(exchange, HELMO, "/api/v1/partners/no.such/suspend", "{}"), 404);
    assert_int_equal(exchange_get(exchange, HELMO, "/api/v1/partners"), 200);
    assert_string_equal(exchange_text(exchange, "partners[0].state"), "connected");
    snprintf(long_one, sizeof long_one, "{\"reason\":\"%0*d\"}", EVENT_REASON_MAX, 0);
    assert_int_equal(suspend(long_one), 200);
}

/* ---- refused at its turn ---- */

/* Nominated while the guard is armed, and then as if its turn had come and refused it. */
static json_int_t refused_make(void)
{
    char dossier[HEADER_DOSSIER_TEXT];
    struct store *store = world_store(exchange->world, HELMO);
    json_int_t number = 0;
    world_cut(exchange->world, HELMO, ITG, true);
    world_stop(exchange->world, HELMO);
    world_start(exchange->world, HELMO);
    exchange_nominate(exchange, HELMO, ITG, dossier);
    assert_int_equal(listed("ready", &number), 1);
    assert_true(number > 0);
    world_stop(exchange->world, HELMO);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->ready_code(store, number, VERDICT_OUT_OF_TURN), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    world_start(exchange->world, HELMO);
    return number;
}

static int drop(const char *number)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/outbox/%s", number);
    return exchange_call(exchange, HELMO, (struct exchange_call) {"DELETE", path, NULL, NULL});
}

static int drop_number(json_int_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)number);
    return drop(text);
}

static void what_was_refused_at_its_turn_is_stuck_in_the_totals_as_in_the_list(void **)
{
    refused_make();
    assert_int_equal(listed("stuck", NULL), 1);
    assert_int_equal(total("stuck"), 1);
    assert_int_equal(total("ready"), 0);
    assert_int_equal(exchange_number(exchange, "partners[0].stuck"), 1);
}

static void tried_again_it_has_its_turn(void **)
{
    refused_make();
    assert_int_equal(
        exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{\"partner\":\"uhasselt.be\"}"),
        200);
    assert_int_equal(exchange_number(exchange, "retried"), 0);
    assert_int_equal(exchange_post(exchange, HELMO, "/api/v1/outbox/retry",
                                   "{\"dossiers\":[\"01KAMB3Q8W2T5Y7Z9C4D6F8G0H\"]}"),
                     200);
    assert_int_equal(exchange_number(exchange, "retried"), 0);
    assert_int_equal(exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{}"), 200);
    assert_int_equal(exchange_number(exchange, "retried"), 1);
    assert_int_equal(exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{}"), 200);
    assert_int_equal(exchange_number(exchange, "retried"), 0);
    assert_int_equal(total("stuck"), 0);
    assert_int_equal(total("ready"), 1);
    world_cut(exchange->world, HELMO, ITG, false);
    exchange_run(exchange);
    assert_int_equal(total("ready") + total("outbox"), 0);
    assert_int_equal(exchange_get(exchange, ITG, "/api/v1/nominations?state=pending"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "nominations")), 1);
}

static void given_up_it_is_gone_and_only_it(void **)
{
    json_int_t waits = 0, refused = refused_make();
    char dossier[HEADER_DOSSIER_TEXT];
    exchange_nominate(exchange, HELMO, ITG, dossier);
    assert_int_equal(listed("ready", &waits), 1);
    assert_int_equal(drop_number(waits), 409);
    assert_int_equal(drop_number(refused), 200);
    assert_int_equal(exchange_number(exchange, "dropped"), refused);
    assert_int_equal(drop_number(refused), 404);
    assert_int_equal(total("stuck"), 0);
    assert_int_equal(total("ready"), 1);
}

static void what_is_no_number_of_a_submission_is_not_found(void **)
{
    static const char *const numbers[] = {"0", "-1", "x", "1x", "99", "999999999999999999999999"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_int_equal(drop(numbers[i]), 404);
    assert_int_equal(
        exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{\"dossiers\":[\"short\"]}"), 400);
    assert_int_equal(exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{\"dossiers\":[17]}"),
                     400);
    assert_int_equal(
        exchange_post(exchange, HELMO, "/api/v1/outbox/retry", "{\"partner\":\"no.such\"}"), 404);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_suspended_partner_gets_nothing_and_loses_nothing),
        CLAIM(twice_is_as_once),
        CLAIM(what_cannot_be_suspended_is_refused),
        CLAIM(what_was_refused_at_its_turn_is_stuck_in_the_totals_as_in_the_list),
        CLAIM(tried_again_it_has_its_turn),
        CLAIM(given_up_it_is_gone_and_only_it),
        CLAIM(what_is_no_number_of_a_submission_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
