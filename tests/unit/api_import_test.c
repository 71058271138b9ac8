/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
/* Lists through the API: files as bytes, what has to be asked, amendments, and lists back. */
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

#define HEADER    "partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f\\n"
#define ROW(MAIL) "itg.be,Peeters,An,2005-04-03," MAIL ",studies,2026/2027,1,6,0913\\n"

static int import(const char *body)
{
    return exchange_post(exchange, 0, "/api/v1/imports", body);
}

static void a_file_s_bytes_are_taken_as_well_as_its_text(void **)
{
    /* "hello" is no list; it is read all the same. */
    assert_int_equal(import("{\"content_base64\":\"aGVsbG8=\"}"), 200);
    assert_string_equal(exchange_text(exchange, "problems[0].rule"), "import.header");
    assert_int_equal(import("{\"content_base64\":\"JVBERi0xLjQ=\",\"confirm\":true}"), 422);
    assert_string_equal(exchange_text(exchange, "problems[0].code"), "not_understood");
}

static void a_request_that_is_odd_is_refused_with_its_field(void **)
{
    static const struct {
        const char *body, *field;
    } rows[] = {
        {"{}", "content"},
        {"{\"content\":\"a\",\"content_base64\":\"YQ==\"}", "content"},
        {"{\"content_base64\":\"not base64!\"}", "content_base64"},
        {"{\"content\":\"a\",\"dates\":\"ymd\"}", "dates"},
        {"{\"content\":\"a\",\"encoding\":\"ebcdic\"}", "encoding"},
        {"{\"content\":\"a\",\"amend\":\"yes\"}", "amend"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(import(rows[i].body), 400);
        assert_string_equal(exchange_text(exchange, "error.field"), rows[i].field);
    }
}

static void an_open_order_of_dates_is_said_and_one_word_settles_it(void **)
{
#define OPEN HEADER "itg.be,Peeters,An,03/04/2005,an@example.org,studies,2026/2027,1,6,0913\\n"
    assert_int_equal(import("{\"content\":\"" OPEN "\"}"), 200);
    assert_true(json_is_true(exchange_at(exchange, "dates_open")));
    assert_string_equal(exchange_text(exchange, "problems[0].code"), "ambiguous");
    assert_int_equal(exchange_number(exchange, "problems[0].place"), 4);
    assert_int_equal(import("{\"content\":\"" OPEN "\",\"dates\":\"dmy\"}"), 200);
    assert_false(json_is_true(exchange_at(exchange, "dates_open")));
    assert_int_equal(exchange_number(exchange, "ready"), 1);
}

static void what_was_sent_is_amended_on_demand_and_once(void **)
{
    assert_int_equal(import("{\"content\":\"" HEADER ROW("an@example.org") "\",\"confirm\":true}"),
                     200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    exchange_run(exchange);
    assert_int_equal(import("{\"content\":\"" HEADER ROW("new@example.org") "\"}"), 200);
    assert_int_equal(exchange_number(exchange, "differ"), 1);
    assert_int_equal(exchange_number(exchange, "bad"), 0);
    assert_string_equal(exchange_text(exchange, "amendments[0].fields[0]"), "person.email");
    assert_int_equal(import("{\"content\":\"" HEADER ROW("new@example.org") "\",\"confirm\":true}"),
                     200);
    assert_null(exchange_at(exchange, "amended"));
    assert_int_equal(import("{\"content\":\"" HEADER ROW(
                         "new@example.org") "\",\"confirm\":true,\"amend\":true}"),
                     200);
    assert_int_equal(json_array_size(exchange_at(exchange, "amended")), 1);
    exchange_run(exchange);
    assert_int_equal(import("{\"content\":\"" HEADER ROW(
                         "new@example.org") "\",\"confirm\":true,\"amend\":true}"),
                     200);
    assert_int_equal(exchange_number(exchange, "unchanged"), 1);
    assert_int_equal(json_array_size(exchange_at(exchange, "amended")), 0);
}

/* Capitals say nothing new of a name, an address or an identifier; another accent does. */
static void a_row_that_differs_by_capitals_alone_amends_nothing(void **)
{
#define LOUD(NAME) "itg.be," NAME ",2005-04-03,AN@example.org,studies,2026/2027,1,6,0913\\n"
    assert_int_equal(import("{\"content\":\"" HEADER ROW("an@example.org") "\",\"confirm\":true}"),
                     200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    exchange_run(exchange);
    assert_int_equal(import("{\"content\":\"" HEADER LOUD("PEETERS,AN") "\"}"), 200);
    assert_int_equal(exchange_number(exchange, "unchanged"), 1);
    assert_int_equal(exchange_number(exchange, "differ"), 0);
    assert_int_equal(import("{\"content\":\"" HEADER LOUD("P\u00c9ETERS,AN") "\"}"), 200);
    assert_int_equal(exchange_number(exchange, "differ"), 1);
    assert_string_equal(exchange_text(exchange, "amendments[0].fields[0]"), "person.family_name");
}

/* Who names the dossier corrects it, capitals and all. */
static void capitals_are_corrected_where_the_row_names_its_dossier(void **)
{
    char body[1024];
    assert_int_equal(import("{\"content\":\"" HEADER ROW("an@example.org") "\",\"confirm\":true}"),
                     200);
    assert_int_equal(exchange_post(exchange, 0, "/api/v1/nominations/send", "{\"all\":true}"), 200);
    exchange_run(exchange);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/nominations"), 200);
    snprintf(body, sizeof body,
             "{\"content\":\"dossier," HEADER
             "%s,itg.be,PEETERS,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\\n\"}",
             exchange_text(exchange, "nominations[0].dossier"));
    assert_int_equal(import(body), 200);
    assert_int_equal(exchange_number(exchange, "differ"), 1);
}

static void a_list_comes_back_in_the_columns_of_import(void **)
{
    assert_int_equal(import("{\"content\":\"" HEADER ROW("an@example.org") "\",\"confirm\":true}"),
                     200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/exports/nominations?format=csv"), 200);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/exports/nominations?format=pdf"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/exports/nominations?lang=de"), 400);
    assert_int_equal(exchange_get(exchange, 0, "/api/v1/exports/nominations?partner=nobody.be"),
                     404);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, open_exchange, close_exchange)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(a_file_s_bytes_are_taken_as_well_as_its_text),
        CLAIM(a_request_that_is_odd_is_refused_with_its_field),
        CLAIM(an_open_order_of_dates_is_said_and_one_word_settles_it),
        CLAIM(what_was_sent_is_amended_on_demand_and_once),
        CLAIM(a_row_that_differs_by_capitals_alone_amends_nothing),
        CLAIM(capitals_are_corrected_where_the_row_names_its_dossier),
        CLAIM(a_list_comes_back_in_the_columns_of_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
