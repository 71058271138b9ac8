/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

#include "notice.pb-c.h"
#include "record/codec.h"

/* What helmo.be tells its partners about itself, and itg.be hears. */
enum { HOME = 0, HOST = 1 };

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

#define SHEET(weeks, more)                                                                 \
    "{\"factsheet\":{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":\"01-31\","      \
    "\"nominations\":\"05-01\"}],\"zone\":\"Europe/Brussels\",\"transcript_weeks\":" weeks \
    "}" more "}"
#define TABLE(scheme, field)                                                                \
    "{\"grading_table\":{\"scheme\":\"" scheme "\"" field ",\"grades\":[{\"grade\":\"20\"," \
    "\"count\":3,\"passing\":true},{\"grade\":\"9\",\"count\":40,\"passing\":false}]}}"
#define COURSES(year)                                                        \
    "{\"course_list\":{\"year\":\"" year "\",\"courses\":[{\"code\":\"B1\"," \
    "\"title\":\"Biology\",\"ects_hundredths\":600}]}}"

static const char *publish(const char *path, const char *body)
{
    char whole[API_PATH_MAX];
    snprintf(whole, sizeof whole, "/api/v1/%s", path);
    assert_int_equal(exchange_post(exchange, HOME, whole, body), 200);
    const char *result = exchange_text(exchange, "results[0].result");
    exchange_run(exchange);
    return result;
}

static size_t listed(size_t node, const char *query)
{
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/notices?limit=100%s%s", *query ? "&" : "", query);
    assert_int_equal(exchange_get(exchange, node, path), 200);
    return json_array_size(exchange_at(exchange, "notices"));
}

static json_int_t revisions(size_t node)
{
    assert_int_equal(listed(node, "kind=factsheet"), 1);
    return json_integer_value(exchange_at(exchange, "notices[0].revisions"));
}

static void what_is_published_is_received_by_each_partner_with_its_receipt(void **)
{
    assert_string_equal(publish("factsheets", SHEET("5", "")), "published");
    assert_int_equal(listed(HOME, "direction=outgoing"), 2); /* itg.be, and a third one */
    assert_string_equal(exchange_text(exchange, "notices[0].delivery"), "delivered");
    assert_false(json_is_null(exchange_at(exchange, "notices[0].receipted_at")));
    assert_int_equal(listed(HOST, "direction=incoming&partner=helmo.be&kind=factsheet"), 1);
    char path[API_PATH_MAX];
    snprintf(path, sizeof path, "/api/v1/notices/%s",
             exchange_text(exchange, "notices[0].dossier"));
    assert_int_equal(exchange_get(exchange, HOST, path), 200);
    assert_string_equal(exchange_text(exchange, "notice.zone"), "Europe/Brussels");
    assert_string_equal(exchange_text(exchange, "delivery"), "received");
}

static void the_same_again_changes_nothing_and_another_is_a_revision_of_the_same(void **)
{
    char dossier[HEADER_DOSSIER_TEXT];
    assert_string_equal(publish("factsheets", SHEET("5", "")), "published");
    snprintf(dossier, sizeof dossier, "%s", exchange_text(exchange, "results[0].dossier"));
    assert_string_equal(publish("factsheets", SHEET("5", "")), "unchanged");
    assert_int_equal(revisions(HOST), 1);
    assert_string_equal(publish("factsheets", SHEET("4", "")), "revised");
    assert_string_equal(exchange_text(exchange, "results[0].dossier"), dossier);
    assert_int_equal(revisions(HOST), 2);
    assert_string_equal(publish("factsheets", SHEET("5", "")), "revised");
    assert_int_equal(revisions(HOST), 3);
}

static void a_try_and_one_partner_only_reach_nobody_else(void **)
{
    assert_string_equal(publish("factsheets", SHEET("5", ",\"dry_run\":true")), "published");
    assert_int_equal(listed(HOME, ""), 0);
    assert_string_equal(publish("factsheets", SHEET("5", ",\"partner\":\"itg.be\"")), "published");
    assert_int_equal(listed(HOME, ""), 1);
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/factsheets",
                                   SHEET("5", ",\"partner\":\"nobody.be\"")),
                     404);
}

static void what_breaks_a_rule_is_said_to_nobody(void **)
{
    assert_int_equal(exchange_post(exchange, HOME, "/api/v1/factsheets", SHEET("53", "")), 422);
    assert_string_equal(exchange_text(exchange, "error.rule"), "factsheet.transcript_weeks");
    assert_int_equal(listed(HOME, ""), 0);
}

#define IN_ZONE(zone)                                                  \
    "{\"terms\":[{\"term\":1,\"starts\":\"09-15\",\"ends\":\"01-31\"," \
    "\"nominations\":\"05-01\"}],\"zone\":\"" zone "\"}"

static void a_zone_that_nobody_knows_is_refused_with_what_comes_near(void **)
{
    static const struct {
        const char *body, *hint;
    } rows[] = {{"{\"factsheet\":" IN_ZONE("Europe/Brusels") "}", "Perhaps Europe/Brussels"},
                {"{\"factsheet\":" IN_ZONE("Europe/Brusels") ",\"dry_run\":true}",
                 "Perhaps Europe/Brussels"},
                {"{\"factsheet\":" IN_ZONE("Mars/Olympus") "}", "days begin and end."}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(exchange_post(exchange, HOME, "/api/v1/factsheets", rows[i].body), 422);
        assert_string_equal(exchange_text(exchange, "error.rule"), "factsheet.zone");
        assert_string_equal(exchange_text(exchange, "error.field"), "factsheet.zone");
        assert_non_null(strstr(exchange_text(exchange, "error.expected"), "Europe/Brussels"));
        assert_non_null(strstr(exchange_text(exchange, "error.got"), "does not know"));
        assert_non_null(strstr(exchange_text(exchange, "error.hint"), rows[i].hint));
    }
    assert_int_equal(listed(HOME, ""), 0);
}

static void say_sheet(Peregrin__Factsheet *sheet)
{
    struct arena *arena = arena_open(1 << 16);
    struct event_submission submission = {
        .own = "helmo.be",
        .partner = "itg.be",
        .kind = PEREGRIN__KIND__KIND_FACTSHEET,
        .opens = true,
        .body = codec_pack(&sheet->base, arena),
    };
    assert_int_equal(world_submit(exchange->world, HOME, &submission).verdict, VERDICT_FINE);
    arena_close(arena);
    exchange_run(exchange);
}

/* Its author's machine knows it, or its author is of another opinion: it is taken, and said. */
static void a_zone_that_is_not_known_here_is_told_where_it_is_shown(void **)
{
    static char zone[] = "Mars/Olympus", known[] = "Europe/Paris";
    Peregrin__NoticeTerm term = PEREGRIN__NOTICE_TERM__INIT, *terms[] = {&term};
    Peregrin__Factsheet sheet = PEREGRIN__FACTSHEET__INIT;
    term.has_term = true;
    term.term = 1;
    term.starts = "09-15";
    term.ends = "01-31";
    term.nominations = "05-01";
    sheet.n_terms = 1;
    sheet.terms = terms;
    char path[API_PATH_MAX];
    for (size_t i = 0; i < 2; i++) {
        sheet.zone = i ? known : zone;
        say_sheet(&sheet);
        assert_int_equal(listed(HOST, "kind=factsheet"), i + 1);
        snprintf(path, sizeof path, "notices[%zu].dossier", i);
        const char *dossier = exchange_text(exchange, path);
        snprintf(path, sizeof path, "/api/v1/notices/%s", dossier);
        assert_int_equal(exchange_get(exchange, HOST, path), 200);
        bool here = strcmp(exchange_text(exchange, "notice.zone"), known) == 0;
        assert_int_equal(json_is_true(exchange_at(exchange, "zone_known")), here);
        if (i == 0) {
            assert_int_equal(exchange_get(exchange, HOST, "/api/v1/deadlines?days=400"), 200);
            assert_true(json_is_false(exchange_at(exchange, "deadlines[0].zone_known")));
        }
    }
}

static void each_subject_is_a_dossier_of_its_own(void **)
{
    assert_string_equal(publish("grading-tables", TABLE("be-20", "")), "published");
    assert_string_equal(publish("grading-tables", TABLE("be-20", ",\"isced_f\":\"09\"")),
                        "published");
    assert_string_equal(publish("grading-tables", TABLE("be-20", ",\"eqf\":6")), "published");
    assert_string_equal(publish("grading-tables", TABLE("be-20", "")), "unchanged");
    assert_string_equal(publish("course-lists", COURSES("2026/2027")), "published");
    assert_string_equal(publish("course-lists", COURSES("2027/2028")), "published");
    assert_string_equal(publish("course-lists", COURSES("2026/2027")), "unchanged");
    assert_int_equal(listed(HOST, "kind=grading_table"), 3);
    assert_int_equal(listed(HOST, "kind=course_list"), 2);
    assert_int_equal(listed(HOST, "direction=outgoing"), 0);
    assert_int_equal(exchange_get(exchange, HOST, "/api/v1/notices?kind=rumour"), 400);
}

static void what_is_retracted_is_told_and_what_follows_is_new(void **)
{
    char path[API_PATH_MAX];
    assert_string_equal(publish("factsheets", SHEET("5", "")), "published");
    snprintf(path, sizeof path, "/api/v1/notices/%s/retraction",
             exchange_text(exchange, "results[0].dossier"));
    assert_int_equal(exchange_post(exchange, HOST, path, "{\"reason\":\"error\"}"), 409);
    assert_int_equal(exchange_post(exchange, HOME, path, "{\"reason\":\"error\"}"), 201);
    exchange_run(exchange);
    assert_int_equal(listed(HOST, "direction=incoming"), 1);
    assert_string_equal(exchange_text(exchange, "notices[0].state"), "retracted");
    assert_string_equal(publish("factsheets", SHEET("5", "")), "published");
    assert_int_equal(listed(HOST, "direction=incoming"), 2);
}

static void a_nomination_is_no_notice(void **)
{
    char dossier[HEADER_DOSSIER_TEXT], path[API_PATH_MAX];
    exchange_nominate(exchange, HOME, HOST, dossier);
    snprintf(path, sizeof path, "/api/v1/notices/%s", dossier);
    assert_int_equal(exchange_get(exchange, HOME, path), 404);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_published_is_received_by_each_partner_with_its_receipt),
        TEST(the_same_again_changes_nothing_and_another_is_a_revision_of_the_same),
        TEST(a_try_and_one_partner_only_reach_nobody_else),
        TEST(what_breaks_a_rule_is_said_to_nobody),
        TEST(a_zone_that_nobody_knows_is_refused_with_what_comes_near),
        TEST(a_zone_that_is_not_known_here_is_told_where_it_is_shown),
        TEST(each_subject_is_a_dossier_of_its_own),
        TEST(what_is_retracted_is_told_and_what_follows_is_new),
        TEST(a_nomination_is_no_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
