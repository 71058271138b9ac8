/* links: base seal record rules report */
#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "record/codec.h"
#include "report/json_record.h"
#include "report/json_text.h"
#include "report/problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **)
{
    arena = arena_open(4 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **)
{
    arena_close(arena);
    return 0;
}

static json_t *object_of(const char *text)
{
    json_t *object = NULL;
    struct json_text_place place;
    assert_int_equal(json_text_read(bytes_text(text), &object, &place), VERDICT_FINE);
    return object;
}

static const char nomination[] =
    "{\"person\":{\"family_name\":\"Nováková\",\"given_names\":\"Jana\",\"birth_date\":\"2004-02-29\","
    "\"gender\":2,\"nationality\":\"CZ\",\"email\":\"jana@example.org\"},\"mobility\":\"studies\","
    "\"year\":\"2026/2027\",\"term\":1,\"eqf\":6,\"isced_f\":\"0613\","
    "\"languages\":[{\"language\":\"en\",\"level\":\"B2\"},{\"language\":\"fr\"}],"
    "\"support\":false}";

static ProtobufCMessage *nomination_of(const char *text)
{
    json_t *object = object_of(text);
    ProtobufCMessage *message = NULL;
    struct json_record_misfit misfit;
    assert_int_equal(
        json_record_read(object, &peregrin__nomination__descriptor, "", arena, &message, &misfit),
        VERDICT_FINE);
    json_decref(object);
    return message;
}

static void a_record_goes_to_json_and_back(void **)
{
    ProtobufCMessage *message = nomination_of(nomination);
    const Peregrin__Nomination *read = (const Peregrin__Nomination *)message;
    assert_string_equal(read->person->family_name, "Nováková");
    assert_int_equal(read->mobility, PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES);
    assert_int_equal(read->n_languages, 2);
    assert_true(read->has_support);
    json_t *object = json_record_write(message, arena);
    struct bytes text = json_text_write(object, arena);
    json_decref(object);
    assert_string_equal(arena_text(arena, text), nomination);
}

static void what_was_read_is_canonical(void **)
{
    struct bytes wire = codec_pack(nomination_of(nomination), arena);
    struct scan_limits limits = {.bytes_max = 4096, .depth_max = 4, .fields_max = 64};
    assert_int_equal(scan_check(&peregrin__nomination__descriptor, wire, &limits), VERDICT_FINE);
}

static void bytes_and_codes_of_a_header_are_said_in_words(void **)
{
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    uint8_t target[3] = {0x00, 0xAB, 0x10};
    claim.has_target = true;
    claim.target = (ProtobufCBinaryData) {3, target};
    claim.has_outcome = true;
    claim.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    header.has_kind = true;
    header.kind = PEREGRIN__KIND__KIND_CREDIT_RECORD;
    header.claim = &claim;
    header.has_issued_at = true;
    header.issued_at = UINT64_MAX;
    json_t *object = json_record_write(&header.base, arena);
    struct bytes text = json_text_write(object, arena);
    json_decref(object);
    assert_string_equal(arena_text(arena, text),
                        "{\"kind\":\"credit_record\",\"issued_at\":\"18446744073709551615\","
                        "\"claim\":{\"outcome\":\"accept\",\"target\":\"00ab10\"}}");
}

static void a_number_without_a_word_stays_a_number(void **)
{
    ProtobufCMessage *message = nomination_of("{\"mobility\":77,\"year\":null}");
    assert_int_equal(((Peregrin__Nomination *)message)->mobility, 77);
    assert_null(((Peregrin__Nomination *)message)->year);
    json_t *object = json_record_write(message, arena);
    assert_int_equal(json_integer_value(json_object_get(object, "mobility")), 77);
    json_decref(object);
}

static void texts_are_brought_to_one_form(void **)
{
    ProtobufCMessage *message = nomination_of("{\"comment\":\"cafe\\u0301\"}");
    assert_string_equal(((Peregrin__Nomination *)message)->comment, "café");
}

static void what_does_not_fit_is_named_by_its_path(void **)
{
    static const struct {
        const char *json, *field, *expected;
    } rows[] = {
        {"{\"person\":{\"emial\":\"a\"}}", "nomination.person.emial", "only fields of Person"},
        {"{\"person\":{\"Jana Nová\":1}}", "nomination.person", "only fields of Person"},
        {"{\"person\":[]}", "nomination.person", "an object"},
        {"{\"year\":2026}", "nomination.year", "text"},
        {"{\"year\":\"a\\u0007\"}", "nomination.year", "text without control characters"},
        {"{\"term\":\"1\"}", "nomination.term", "a whole number"},
        {"{\"term\":1.5}", "nomination.term", "a whole number"},
        {"{\"term\":-1}", "nomination.term", "a whole number"},
        {"{\"term\":4294967296}", "nomination.term", "a whole number"},
        {"{\"support\":1}", "nomination.support", "true or false"},
        {"{\"languages\":{}}", "nomination.languages", "a list"},
        {"{\"languages\":[{},{\"level\":2}]}", "nomination.languages[1].level", "text"},
        {"{\"languages\":[null]}", "nomination.languages[0]", "an object"},
        {"{\"mobility\":\"holiday\"}", "nomination.mobility",
         "one of studies, traineeship, blended, doctoral, teaching, training, virtual"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *object = object_of(rows[i].json);
        ProtobufCMessage *message = NULL;
        struct json_record_misfit misfit = {0};
        assert_int_equal(json_record_read(object, &peregrin__nomination__descriptor, "nomination",
                                          arena, &message, &misfit),
                         VERDICT_INVALID);
        assert_null(message);
        assert_string_equal(misfit.field, rows[i].field);
        assert_string_equal(misfit.expected, rows[i].expected);
        json_decref(object);
    }
}

static void a_spent_arena_is_too_large(void **)
{
    struct arena *small = arena_open(300);
    json_t *object = object_of(nomination);
    ProtobufCMessage *message = NULL;
    struct json_record_misfit misfit;
    assert_int_equal(
        json_record_read(object, &peregrin__nomination__descriptor, "", small, &message, &misfit),
        VERDICT_TOO_LARGE);
    json_decref(object);
    arena_close(small);
}

static enum verdict reading(const char *text)
{
    json_t *object = NULL;
    struct json_text_place place;
    enum verdict verdict = json_text_read(bytes_text(text), &object, &place);
    json_decref(object);
    return verdict;
}

static void what_is_no_object_is_refused(void **)
{
    static const char *const texts[] = {
        "",
        "[]",
        "1",
        "{",
        "{\"a\":1,\"a\":2}",
        "{} x",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\xFF\"}",
        "{\"a\":1e999}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(reading(texts[i]), VERDICT_MALFORMED);
    assert_int_equal(reading("{\"a\":[{}]}"), VERDICT_FINE);
}

static void a_deep_or_crowded_text_takes_no_memory(void **)
{
    char deep[64] = "{\"a\":";
    memset(deep + 5, '[', JSON_TEXT_DEPTH_MAX);
    assert_int_equal(reading(deep), VERDICT_TOO_LARGE);

    size_t size = 2 * JSON_TEXT_VALUES_MAX;
    char *crowded = malloc(size + 16);
    strcpy(crowded, "{\"a\":[");
    for (size_t i = 0; i < size; i += 2)
        memcpy(crowded + 6 + i, "0,", 3);
    assert_int_equal(reading(crowded), VERDICT_TOO_LARGE);
    free(crowded);
    /* Brackets and commas inside of strings count for nothing. */
    assert_int_equal(reading("{\"a\":\"[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[\"}"), VERDICT_FINE);
}

static void the_place_of_an_error_is_told(void **)
{
    json_t *object = NULL;
    struct json_text_place place;
    assert_int_equal(json_text_read(bytes_text("{\n\"a\" 1}"), &object, &place), VERDICT_MALFORMED);
    assert_int_equal(place.line, 2);
}

static void a_problem_says_code_status_and_remedy(void **)
{
    struct problem problem = problem_of_verdict(VERDICT_OUT_OF_TURN, NULL);
    assert_int_equal(problem.status, 409);
    json_t *object = problem_json(&problem, "c1");
    assert_string_equal(json_string_value(json_object_get(object, "code")), "out_of_turn");
    assert_int_equal(json_integer_value(json_object_get(object, "exit")), 7);
    assert_string_equal(json_string_value(json_object_get(object, "correlation_id")), "c1");
    assert_null(json_object_get(object, "field"));
    json_decref(object);
    struct rules_finding finding = {.verdict = VERDICT_INVALID,
                                    .rule = "nomination.email",
                                    .field = "person.email",
                                    .expected = "x",
                                    .remedy = "y",
                                    .element = RULES_ELEMENT_NONE};
    problem = problem_of_finding(&finding, VERDICT_INVALID, "nomination", arena);
    assert_string_equal(problem.hint, "y");
    assert_string_equal(problem.field, "nomination.person.email");
    finding.field = "components.title";
    finding.element = 3;
    problem = problem_of_finding(&finding, VERDICT_INVALID, "credit_record", arena);
    assert_string_equal(problem.field, "credit_record.components[3].title");
    assert_int_equal(problem_of_fault(FAULT_DISK_FULL).status, 503);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_goes_to_json_and_back),
        cmocka_unit_test(what_was_read_is_canonical),
        cmocka_unit_test(bytes_and_codes_of_a_header_are_said_in_words),
        cmocka_unit_test(a_number_without_a_word_stays_a_number),
        cmocka_unit_test(texts_are_brought_to_one_form),
        cmocka_unit_test(what_does_not_fit_is_named_by_its_path),
        cmocka_unit_test(a_spent_arena_is_too_large),
        cmocka_unit_test(what_is_no_object_is_refused),
        cmocka_unit_test(a_deep_or_crowded_text_takes_no_memory),
        cmocka_unit_test(the_place_of_an_error_is_told),
        cmocka_unit_test(a_problem_says_code_status_and_remedy),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
