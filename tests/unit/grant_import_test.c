/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Applications from a list: each bad cell named, nothing kept before yes, the same list once. */
#include "admin/import_number.h"
#include "exchange.h"

static struct exchange *exchange;

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    exchange_run(exchange);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/envelopes",
                                   "{\"title\":\"Erasmus\",\"amount_cents\":9000000}"),
                     201);
    assert_int_equal(
        exchange_post(exchange, 0, "/api/v1/calls",
                      "{\"title\":\"Spring\",\"envelope\":1,\"kinds\":[\"studies\",\"training\"],"
                      "\"groups\":[\"Fewer opportunities\",\"distance\"],"
                      "\"criteria\":[\"Marks\",\"Motivation\"],\"order\":\"points\"}"),
        201);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

/* The rows behind a header. */
static int import(const char *rows, const char *more)
{
    static char body[1 << 16];
    static const char header[] = "family_name,given_names,kind,country,start,end,group,amount,"
                                 "Marks,Motivation,reference\\n";
    snprintf(body, sizeof body, "{\"content\":\"%s%s\"%s}", header, rows, more);
    return exchange_post(exchange, 0, "/api/v1/calls/1/import", body);
}

static const char confirm[] = ",\"confirm\":true", skip[] = ",\"confirm\":true,\"skip_bad\":true";

static int number(const char *path)
{
    return exchange_number(exchange, path);
}

static const char *text(const char *path)
{
    return exchange_text(exchange, path);
}

static size_t kept(void)
{
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants?limit=500"), 200);
    return json_array_size(exchange_at(exchange, "grants"));
}

static const char three[] = "Peeters,An,studies,PL,2199-02-01,2199-06-30,distance,1200,10,5,A1\\n"
                            "Novák,Jana,studies,CZ,,,,\\\"1.200,50\\\",20,9,A2\\n"
                            "Maes,Eva,training,Poland,,,fewer OPPORTUNITIES,€ 800,1,0,A3\\n";

static void nothing_is_stored_before_yes_and_numbers_follow_the_rows(void **)
{
    assert_int_equal(import(three, ""), 200);
    assert_int_equal(number("ready"), 3);
    assert_int_equal(number("stored"), 0);
    assert_int_equal(number("asked_cents"), 120000 + 120050 + 80000);
    assert_int_equal(kept(), 0);
    assert_int_equal(import(three, confirm), 200);
    assert_int_equal(number("stored"), 3);
    assert_int_equal(number("first"), 1);
    assert_int_equal(number("last"), 3);
    assert_int_equal(kept(), 3);
    assert_string_equal(text("grants[1].family_name"), "Novák");
    assert_int_equal(number("grants[1].asked_cents"), 120050);
    assert_int_equal(number("grants[1].points"), 29);
    assert_int_equal(number("grants[0].group"), 1);
    assert_int_equal(number("grants[1].group"), 2);
    assert_int_equal(number("grants[2].group"), 0);
    assert_string_equal(text("grants[2].country"), "PL");
    assert_string_equal(text("grants[2].kind"), "training");
}

static void the_same_list_again_changes_nothing(void **)
{
    assert_int_equal(import(three, confirm), 200);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(import(three, confirm), 200);
        assert_int_equal(number("unchanged"), 3);
        assert_int_equal(number("stored"), 0);
    }
    assert_int_equal(kept(), 3);
}

static void a_row_that_says_something_else_changes_what_waits_under_its_number(void **)
{
    assert_int_equal(import(three, confirm), 200);
    assert_int_equal(
        import("Peeters,Anna,studies,PL,2199-02-01,2199-06-30,distance,1200,90,5,A1\\n", confirm),
        200);
    assert_int_equal(number("changed"), 1);
    assert_int_equal(number("changes[0].number"), 1);
    assert_string_equal(text("changes[0].fields[0]"), "given_names");
    assert_int_equal(kept(), 3);
    assert_string_equal(text("grants[0].given_names"), "Anna");
    assert_int_equal(number("grants[0].points"), 95);
    /* The group first, then the points: its place has changed with them. */
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls/1/plan"), 200);
    assert_int_equal(number("grants[0].number"), 3);
    assert_int_equal(number("grants[1].number"), 1);
    assert_int_equal(number("grants[2].number"), 2);
}

static void a_list_does_not_change_what_has_its_money(void **)
{
    assert_int_equal(import(three, confirm), 200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(import(three, confirm), 200);
    assert_int_equal(number("unchanged"), 3);
    assert_int_equal(import("Peeters,An,studies,PL,,,distance,9000,10,5,A1\\n", confirm), 422);
    assert_string_equal(text("problems[0].rule"), "grant.state");
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants/1"), 200);
    assert_int_equal(number("grant.amount_cents"), 120000);
}

static void each_bad_cell_is_named_and_the_good_rows_may_be_kept(void **)
{
    static const struct {
        const char *row, *column;
    } rows[] = {
        {",An,studies,PL,,,,1,1,1,\\n", "family_name"},
        {"X,An,holiday,PL,,,,1,1,1,\\n", "kind"},
        {"X,An,,PL,,,,1,1,1,\\n", "kind"},
        {"X,An,studies,Nowhere,,,,1,1,1,\\n", "country"},
        {"X,An,studies,P1,,,,1,1,1,\\n", "country"},
        {"X,An,studies,PL,soon,,,1,1,1,\\n", "start"},
        {"X,An,studies,PL,2199-02-30,,,1,1,1,\\n", "start"},
        {"X,An,studies,PL,2199-02-02,2199-02-01,,1,1,1,\\n", "end"},
        {"X,An,studies,PL,,,poor,1,1,1,\\n", "group"},
        {"X,An,studies,PL,,,,,1,1,\\n", "amount"},
        {"X,An,studies,PL,,,,0,1,1,\\n", "amount"},
        {"X,An,studies,PL,,,,much,1,1,\\n", "amount"},
        {"X,An,studies,PL,,,,\\\"1,2,3\\\",1,1,\\n", "amount"},
        {"X,An,studies,PL,,,,1,-1,1,\\n", "Marks"},
        {"X,An,studies,PL,,,,1,1,#N/A,\\n", "Motivation"},
        {"X,An,studies,PL,,,,1,1,1,7\\u0008\\n",
         "reference"}, /* kept, it could not be read again */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(import(rows[i].row, confirm), 422);
        if (json_array_size(exchange_at(exchange, "problems")) != 1 ||
            strcmp(text("problems[0].column"), rows[i].column) != 0)
            fail_msg("row %zu: %.*s", i, (int)exchange->response.body.size,
                     (const char *)exchange->response.body.data);
        assert_int_equal(number("problems[0].row"), 2);
        assert_non_null(text("problems[0].expected"));
        assert_non_null(text("problems[0].remedy"));
        assert_int_equal(kept(), 0);
    }
    assert_int_equal(
        import("Maes,Eva,holiday,PL,,,,1,1,1,\\nNovák,Jana,studies,PL,,,,1,1,1,\\n", skip), 200);
    assert_int_equal(number("bad"), 1);
    assert_int_equal(kept(), 1);
}

static void who_does_not_fit_the_call_is_told_by_its_rule(void **)
{
    assert_int_equal(import("X,An,doctoral,PL,,,,1,1,1,\\nX,Bo,studies,BE,,,,1,1,1,\\n", confirm),
                     422);
    assert_string_equal(text("problems[0].column"), "kind");
    assert_string_equal(text("problems[1].column"), "country");
    assert_non_null(text("problems[1].rule"));
    assert_int_equal(kept(), 0);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls/1/close", "{}"), 200);
    assert_int_equal(import(three, confirm), 422);
    assert_int_equal(kept(), 0);
}

static void the_same_applicant_twice_is_one_unless_a_reference_tells_them_apart(void **)
{
    assert_int_equal(
        import("Dupuis,Zoé,studies,PL,,,,1,1,1,\\nDUPUIS,Zoe,studies,CZ,,,,1,1,1,\\n", confirm),
        422);
    assert_string_equal(text("problems[0].code"), "duplicate");
    assert_int_equal(
        import("Dupuis,Zoé,studies,PL,,,,1,1,1,1\\nDUPUIS,Zoe,studies,CZ,,,,1,1,1,2\\n", confirm),
        200);
    assert_int_equal(kept(), 2);
}

static void points_are_given_to_who_waits_and_move_the_queue(void **)
{
    assert_int_equal(import(three, confirm), 200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/2/score",
                                   "{\"scores\":[1,2],\"note\":\"committee\"}"),
                     200);
    assert_int_equal(number("grant.points"), 3);
    assert_string_equal(text("grant.note"), "committee");
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/2/score", "{\"scores\":[1]}"), 400);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/2/score", "{\"points\":-1}"), 400);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/2/score", "{}"), 400);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/1/score", "{\"points\":999999}"),
                     200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/calls/1/plan"), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "grants")), 3);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls/1/allot", "{}"), 200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/grants/2/score", "{\"points\":1}"), 409);
    assert_string_equal(text("error.rule"), "grant.state");
}

/* Whatever the signs of a country's programs. */
static void sums_are_read_as_people_write_them(void **)
{
    static const struct {
        const char *cell;
        int64_t cents; /* -1: none */
    } rows[] = {
        {"1200", 120000},
        {"1200.5", 120050},
        {"1200,50", 120050},
        {"1.200,50", 120050},
        {"1,200.50", 120050},
        {"1.200", 120000},
        {"1,200", 120000},
        {"1 200", 120000},
        {"1'200.00", 120000},
        {"€ 1 200", 120000},
        {"1200 EUR", 120000},
        {"1200€", 120000},
        {"0", 0},
        {"0.01", 1},
        {"90,000.00", 9000000},
        {"1.234.567", 123456700},
        {"999999999999", 99999999999900},
        {"", -1},
        {"€", -1},
        {"-5", -1},
        {"1.2.3", -1},
        {"1,20,0", -1},
        {"1..200", -1},
        {"1200.", -1},
        {".50", -1},
        {"12e3", -1},
        {"1,200,50", -1},
        {"1.200.50", -1},
        {"12345678901234", -1},
        {"1234,567", -1},
        {"1,200.500", -1},
        {"1 200.5 0", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t cents = 0;
        bool read = import_number_cents(bytes_text(rows[i].cell), &cents);
        if (read != (rows[i].cents >= 0) || (read && cents != (uint64_t)rows[i].cents))
            fail_msg("`%s`: %d, %llu", rows[i].cell, read, (unsigned long long)cents);
    }
}

/* `Notes` is another word for the comment, `Score` one for the points; here they are criteria. */
static void a_criterion_of_the_call_comes_before_other_words_of_our_own_columns(void **)
{
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls",
                                   "{\"title\":\"Autumn\",\"envelope\":1,\"kinds\":[\"studies\"],"
                                   "\"criteria\":[\"Notes\",\"Score\"],\"order\":\"points\"}"),
                     201);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/calls/2/import",
                                   "{\"content\":\"family_name,kind,country,amount,comment,Notes,"
                                   "Score\\nPeeters,studies,PL,1200,by post,12,8\\n\","
                                   "\"confirm\":true}"),
                     200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/grants/1"), 200);
    assert_int_equal(number("grant.points"), 20);
    assert_int_equal(number("grant.scores[0]"), 12);
    assert_string_equal(text("grant.note"), "by post");
}

#define SCENE(TEST) cmocka_unit_test_setup_teardown(TEST, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(nothing_is_stored_before_yes_and_numbers_follow_the_rows),
        SCENE(the_same_list_again_changes_nothing),
        SCENE(a_row_that_says_something_else_changes_what_waits_under_its_number),
        SCENE(a_list_does_not_change_what_has_its_money),
        SCENE(each_bad_cell_is_named_and_the_good_rows_may_be_kept),
        SCENE(who_does_not_fit_the_call_is_told_by_its_rule),
        SCENE(the_same_applicant_twice_is_one_unless_a_reference_tells_them_apart),
        SCENE(points_are_given_to_who_waits_and_move_the_queue),
        SCENE(a_criterion_of_the_call_comes_before_other_words_of_our_own_columns),
        cmocka_unit_test(sums_are_read_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
