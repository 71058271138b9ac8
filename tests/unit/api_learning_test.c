/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

/* The learning agreement of a student of helmo.be at itg.be. */
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

#define UNIT(code, ects)                                                    \
    "{\"part\":\"host\",\"code\":\"" code "\",\"title\":\"Unit " code "\"," \
    "\"ects_hundredths\":" ects "}"
#define PLAN(units, more)                                                      \
    "{\"learning_agreement\":{\"units\":[" units "],\"start\":\"2026-09-14\"," \
    "\"end\":\"2027-01-29\",\"student_approved_on\":\"2026-05-20\","           \
    "\"student_approved_by\":\"account\"" more "}}"

static int say(size_t node, const char *resource, const char *body)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s/%s", dossier, resource);
    int status = exchange_post(exchange, node, path, body);
    if (status == 201)
        exchange_run(exchange);
    return status;
}

static const char *state(size_t node)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/nominations/%s", dossier);
    assert_int_equal(exchange_get(exchange, node, path), 200);
    return exchange_text(exchange, "learning.state");
}

static size_t listed(size_t node, const char *query)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/learning-agreements%s", query);
    assert_int_equal(exchange_get(exchange, node, path), 200);
    return json_array_size(exchange_at(exchange, "learning_agreements"));
}

static void accept(void)
{
    assert_int_equal(say(HOST, "decision", "{\"outcome\":\"accept\"}"), 201);
}

static void before_the_acceptance_there_is_no_learning_agreement(void **)
{
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B1", "550"), "")), 409);
    assert_int_equal(listed(HOME, ""), 0);
    accept();
    assert_string_equal(state(HOME), "none");
    assert_string_equal(exchange_text(exchange, "learning.waits_for"), "home");
    assert_int_equal(listed(HOME, "?waits=own"), 1);
    assert_int_equal(listed(HOST, "?waits=own"), 0);
    assert_int_equal(listed(HOST, "?waits=partner&learning=none"), 1);
}

static void a_cycle_is_shown_on_both_sides_with_who_must_act(void **)
{
    accept();
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B1", "550"), "")), 201);
    assert_string_equal(state(HOST), "proposed");
    assert_string_equal(exchange_text(exchange, "learning.newest.units[0].part"), "host");
    assert_string_equal(exchange_text(exchange, "learning.waits_for"), "host");
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"refuse\"}"), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "learning_decision.comment_given");
    assert_int_equal(
        say(HOST, "learning-decision", "{\"outcome\":\"refuse\",\"comment\":\"No lab then.\"}"),
        201);
    assert_string_equal(state(HOME), "commented");
    assert_int_equal(listed(HOME, "?waits=own&learning=commented"), 1);

    assert_int_equal(
        say(HOME, "learning-agreement", PLAN(UNIT("B1", "550") "," UNIT("B2", "450"), "")), 201);
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 201);
    assert_string_equal(state(HOME), "approved");
    assert_int_equal(listed(HOME, "?learning=approved"), 1);
    assert_string_equal(exchange_text(exchange, "learning_agreements[0].approved_ects"), "10.0");
    assert_int_equal(listed(HOME, "?waits=own"), 0);
    assert_int_equal(listed(HOME, "?waits=partner"), 0);
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 409);
}

static void a_change_needs_its_reasons_and_leaves_the_approved_one_standing(void **)
{
    accept();
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B1", "550"), "")), 201);
    assert_int_equal(say(HOST, "learning-decision", "{\"outcome\":\"accept\"}"), 201);
    assert_int_equal(say(HOST, "arrival", "{\"date\":\"2026-09-10\"}"), 201);
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B3", "600"), "")), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "learning.change_explained");
    assert_int_equal(
        say(HOME, "learning-agreement",
            PLAN(UNIT("B3", "600"), ",\"changes\":[{\"unit\":0,\"reason\":\"substitutes\"},"
                                    "{\"unit\":0,\"goes\":true,\"reason\":\"conflict\"}]")),
        201);
    assert_string_equal(state(HOST), "change_proposed");
    assert_int_equal(listed(HOST, "?waits=own"), 1);
    assert_string_equal(exchange_text(exchange, "learning_agreements[0].ects"), "6.0");
    assert_string_equal(exchange_text(exchange, "learning_agreements[0].approved_ects"), "5.5");
    assert_int_equal(
        say(HOST, "learning-decision", "{\"outcome\":\"refuse\",\"comment\":\"Full.\"}"), 201);
    assert_string_equal(state(HOME), "change_commented");
}

static void who_names_an_older_one_is_told(void **)
{
    char older[2 * DIGEST_SIZE + 1], body[API_PATH_MAX];
    accept();
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B1", "550"), "")), 201);
    snprintf(older, sizeof older, "%s", exchange_text(exchange, "id"));
    assert_int_equal(say(HOME, "learning-agreement", PLAN(UNIT("B2", "550"), "")), 201);
    snprintf(body, sizeof body, "{\"outcome\":\"accept\",\"revision\":\"%s\"}", older);
    assert_int_equal(say(HOST, "learning-decision", body), 409);
    assert_int_equal(listed(HOME, "?learning=proposed"), 1);
    assert_int_equal(json_integer_value(exchange_at(exchange, "learning_agreements[0].revisions")),
                     2);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/learning-agreements?waits=nobody"), 400);
    assert_int_equal(exchange_get(exchange, HOME, "/api/v1/learning-agreements?learning=x"), 400);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(before_the_acceptance_there_is_no_learning_agreement),
        TEST(a_cycle_is_shown_on_both_sides_with_who_must_act),
        TEST(a_change_needs_its_reasons_and_leaves_the_approved_one_standing),
        TEST(who_names_an_older_one_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
