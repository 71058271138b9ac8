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

static int open_call(const char *more)
{
    char body[512];
    snprintf(body, sizeof body, "{\"title\":\"Spring\",\"envelope\":1%s}", more);
    return post("/api/v1/calls", body);
}

static int apply(const char *more)
{
    char body[512];
    snprintf(body, sizeof body,
             "{\"call\":1,\"kind\":\"studies\",\"family_name\":\"Peeters\",\"amount_cents\":10%s}",
             more);
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
        snprintf(body, sizeof body, "{\"title\":\"E\",\"amount_cents\":1,\"currency\":\"%s\"}",
                 rows[i].code);
        assert_int_equal(post("/api/v1/envelopes", body), rows[i].status);
    }
}

#define SCENE(TEST) cmocka_unit_test_setup_teardown(TEST, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(a_country_is_one_of_the_standard_however_the_programme_writes_it),
        SCENE(a_call_for_a_country_takes_it_under_both_its_codes),
        SCENE(one_s_own_country_is_the_same_under_both_its_codes),
        SCENE(a_currency_is_one_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
