/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "exchange.h"

/* Grading tables through the API: kept as they were published, listed with the reason why one
 * cannot be used, and one conversion. */
enum { HOME = 0 };

static struct exchange *exchange;

static int open_exchange(void **)
{
    exchange = calloc(1, sizeof *exchange);
    exchange_open(exchange);
    return 0;
}

static int close_exchange(void **)
{
    exchange_close(exchange);
    free(exchange);
    return 0;
}

#define TABLES "/api/v1/grades/tables"

/* Grades A, B, F with these counts; more: further members of the table. */
#define OBJECT(id, a, b, more)                                         \
    "{\"id\":\"" id "\",\"institution\":\"Haute école\",\"grades\":[" \
    "{\"grade\":\"A\",\"rank\":1,\"count\":" a "},"                    \
    "{\"grade\":\"B\",\"rank\":2,\"count\":" b "},"                    \
    "{\"grade\":\"F\",\"rank\":3,\"count\":5,\"passing\":false}]" more "}"
#define TABLE(id, a, b, more) "{\"table\":" OBJECT(id, a, b, more) "}"
#define LEVELS                                                                 \
    "{\"table\":{\"id\":\"IT\",\"levels\":["                                   \
    "{\"scale\":\"IT 0-30L\",\"level\":\"A\",\"from\":\"30\",\"to\":\"30L\"}," \
    "{\"scale\":\"BE\",\"level\":\"A\",\"from\":\"18\",\"to\":\"18\"}]}}"

static int keep(const char *body)
{
    return exchange_post(exchange, HOME, TABLES, body);
}

static void a_table_is_kept_listed_shown_and_removed(void **)
{
    assert_int_equal(keep(TABLE("BE_X.1", "20", "30", "")), 200);
    assert_string_equal(exchange_text(exchange, "kept"), "new");
    assert_int_equal(keep(LEVELS), 200);
    assert_int_equal(exchange_get(exchange, HOME, TABLES), 200);
    assert_int_equal(json_array_size(exchange_at(exchange, "tables")), 2);
    assert_string_equal(exchange_text(exchange, "tables[0].id"), "BE_X.1");
    assert_string_equal(exchange_text(exchange, "tables[0].institution"), "Haute école");
    assert_string_equal(exchange_text(exchange, "tables[1].kind"), "levels");
    assert_true(json_is_null(exchange_at(exchange, "tables[0].unusable")));
    assert_int_equal(exchange_get(exchange, HOME, TABLES "/BE_X.1"), 200);
    assert_string_equal(exchange_text(exchange, "table.grades[1].grade"), "B");
    assert_int_equal(exchange_delete(exchange, HOME, TABLES "/BE_X.1"), 200);
    assert_int_equal(exchange_get(exchange, HOME, TABLES "/BE_X.1"), 404);
    assert_int_equal(exchange_delete(exchange, HOME, TABLES "/../user"), 404);
}

static void another_table_takes_an_id_only_when_it_is_said(void **)
{
    assert_int_equal(keep(TABLE("X", "20", "30", "")), 200);
    assert_int_equal(keep(TABLE("X", "20", "30", "")), 200);
    assert_string_equal(exchange_text(exchange, "kept"), "unchanged");
    assert_true(keep(TABLE("X", "21", "30", "")) >= 400);
    assert_string_equal(exchange_text(exchange, "error.code"), "duplicate");
    assert_int_equal(exchange_get(exchange, HOME, TABLES "/X"), 200);
    assert_int_equal(json_integer_value(exchange_at(exchange, "table.grades[0].count")), 20);
    assert_int_equal(keep("{\"replace\":true,\"table\":" OBJECT("X", "21", "30", "") "}"), 200);
}

static void a_table_that_cannot_be_used_is_kept_with_the_reason(void **)
{
    assert_int_equal(keep(TABLE("FEW", "9", "20", "")), 200);
    assert_int_equal(keep(TABLE("FAILS", "20", "20", ",\"with_fails\":true")), 200);
    assert_int_equal(exchange_get(exchange, HOME, TABLES), 200);
    assert_string_equal(exchange_text(exchange, "tables[1].unusable.code"), "grade.few");
    assert_string_equal(exchange_text(exchange, "tables[1].unusable.got"), "29");
    assert_string_equal(exchange_text(exchange, "tables[0].unusable.code"), "grade.passing");
}

static void what_is_no_table_is_refused_by_its_field(void **)
{
    static const struct {
        const char *body, *field;
    } cases[] = {
        {TABLE("../x", "20", "30", ""), "table.id"},
        {TABLE("", "20", "30", ""), "table.id"},
        {"{\"table\":{\"id\":\"X\"}}", "table.grades"},
        {TABLE("X", "20", "30", ",\"imported_at\":1"), "table.imported_at"},
        {TABLE("X", "20", "30", ",\"period\":\"a\\nb\""), "table.institution"},
        {TABLE("X", "20", "30", ",\"period\":\"a\\u0001b\""), NULL},
        {TABLE("X", "20", "30", ",\"periods\":\"a\""), NULL},
        {TABLE("X", "\"many\"", "30", ""), NULL},
        {"{\"table\":{\"id\":\"X\",\"grades\":[{\"rank\":1}]}}", "table.grades"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int status = keep(cases[i].body);
        assert_true(status >= 400 && status < 500);
        if (cases[i].field)
            assert_string_equal(exchange_text(exchange, "error.field"), cases[i].field);
        assert_int_equal(exchange_get(exchange, HOME, TABLES), 200);
        assert_int_equal(json_array_size(exchange_at(exchange, "tables")), 0);
    }
}

static int convert(const char *body)
{
    return exchange_post(exchange, HOME, "/api/v1/grades/conversions", body);
}

static void one_conversion_explains_itself(void **)
{
    assert_int_equal(keep(TABLE("HOST", "10", "30", "")), 200);
    assert_int_equal(keep(TABLE("HOME", "30", "30", "")), 200);
    assert_int_equal(keep(LEVELS), 200);
    assert_int_equal(
        convert("{\"from\":\"HOST\",\"to\":\"HOME\",\"rule\":\"middle\",\"grade\":\"B\"}"), 200);
    assert_string_equal(exchange_text(exchange, "conversion.result"), "B");
    assert_string_equal(exchange_text(exchange, "conversion.by"), "distribution");
    assert_int_equal(json_array_size(exchange_at(exchange, "conversion.steps")), 6);
    assert_int_equal(
        convert("{\"from\":\"HOST\",\"to\":\"HOME\",\"rule\":\"maximum\",\"grade\":\"B\"}"), 200);
    assert_string_equal(exchange_text(exchange, "conversion.result"), "A");
    assert_int_equal(convert("{\"from\":\"IT/IT 0-30L\",\"grade\":\"30 e lode\"}"), 200);
    assert_string_equal(exchange_text(exchange, "conversion.by"), "levels");
    assert_string_equal(exchange_text(exchange, "conversion.result"), "A");
    assert_int_equal(convert("{\"from\":\"IT/IT 0-30L\",\"to\":\"IT/BE\",\"grade\":\"30\"}"), 200);
    assert_string_equal(exchange_text(exchange, "conversion.result"), "18");
}

static void a_conversion_that_cannot_be_is_refused_with_its_rule(void **)
{
    static const struct {
        const char *body, *rule;
    } cases[] = {
        {"{\"from\":\"HOST\",\"to\":\"HOME\",\"rule\":\"middle\",\"grade\":\"F\"}", "grade.fails"},
        {"{\"from\":\"HOST\",\"to\":\"HOME\",\"rule\":\"middle\",\"grade\":\"C\"}",
         "grade.unknown"},
        {"{\"from\":\"HOST\",\"to\":\"HOME\",\"rule\":\"mean\",\"grade\":\"A\"}", "grade.rule"},
        {"{\"from\":\"HOST\",\"to\":\"HOME\",\"grade\":\"A\"}", "grade.rule"},
        {"{\"from\":\"HOST\",\"to\":\"IT\",\"rule\":\"middle\",\"grade\":\"A\"}", "grade.mixed"},
        {"{\"from\":\"IT/IT 0-30L\",\"to\":\"HOME\",\"grade\":\"30\"}", "grade.mixed"},
        {"{\"from\":\"HOST\",\"grade\":\"A\"}", "grade.table"},
        {"{\"from\":\"IT/FR\",\"grade\":\"30\"}", "level.system"},
        {"{\"from\":\"IT\",\"grade\":\"30\"}", "level.system"},
    };
    assert_int_equal(keep(TABLE("HOST", "10", "30", "")), 200);
    assert_int_equal(keep(TABLE("HOME", "30", "30", "")), 200);
    assert_int_equal(keep(LEVELS), 200);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int status = convert(cases[i].body);
        assert_true(status >= 400 && status < 500);
        assert_string_equal(exchange_text(exchange, "error.rule"), cases[i].rule);
        assert_non_null(exchange_text(exchange, "error.expected"));
        assert_non_null(exchange_text(exchange, "error.got"));
        assert_non_null(exchange_text(exchange, "error.hint"));
    }
    assert_int_equal(convert("{\"from\":\"NOWHERE\",\"grade\":\"A\"}"), 404);
    assert_int_equal(convert("{\"from\":\"\",\"grade\":\"A\"}"), 404);
    assert_int_equal(convert("{\"from\":\"HOST\"}"), 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_table_is_kept_listed_shown_and_removed, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(another_table_takes_an_id_only_when_it_is_said,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(a_table_that_cannot_be_used_is_kept_with_the_reason,
                                        open_exchange, close_exchange),
        cmocka_unit_test_setup_teardown(what_is_no_table_is_refused_by_its_field, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(one_conversion_explains_itself, open_exchange,
                                        close_exchange),
        cmocka_unit_test_setup_teardown(a_conversion_that_cannot_be_is_refused_with_its_rule,
                                        open_exchange, close_exchange),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
