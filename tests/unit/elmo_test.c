/* links: base seal record grade report elmo */
/* ELMO: what goes out comes in again, the schema agrees, and hostile documents reach nothing. */
#include "elmo/elmo.h"
#include "report/json_record.h"
#include "report/json_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARENA = 64 * 1024 * 1024, ROOM = 12 * 1024 * 1024 };

static struct arena *arena;
static struct elmo_file file;
static struct elmo_misfit misfit;

static int open_arena(void **)
{
    arena = arena_open(ARENA);
    return arena ? 0 : -1;
}

static int close_arena(void **)
{
    arena_close(arena);
    return 0;
}

static const char record_text[] =
    "{\"components\":[{\"code\":\"B1\",\"title\":\"Économie & <droit>\",\"title_language\":\"fr\","
    "\"isced_f\":\"0311\",\"hours\":150,\"ects_hundredths\":550,\"grade\":\"30 e lode\",\"scheme\":"
    "\"it-30\",\"passed\":true,\"term\":2,\"language\":\"it\",\"distribution\":[{\"grade\":"
    "\"30 e lode\",\"count\":3},{\"grade\":\"30\",\"count\":0}]},"
    "{\"title\":\"Қазақ тілі\",\"ects_hundredths\":0,\"grade\":\"-3\",\"passed\":false},"
    "{\"code\":\"02\",\"title\":\"Lab\",\"ects_hundredths\":225,\"grade\":\"02\",\"scheme\":"
    "\"it-30\",\"passed\":true}],\"start\":\"2027-02-01\",\"end\":\"2027-06-30\","
    "\"total_hundredths\":775,\"issued_on\":\"2027-07-10\",\"comment\":\"Late\"}";

static Peregrin__CreditRecord *record_make(void)
{
    json_t *object;
    ProtobufCMessage *message;
    struct json_text_place place;
    struct json_record_misfit wrong;
    assert_int_equal(json_text_read(bytes_text(record_text), &object, &place), VERDICT_FINE);
    assert_int_equal(
        json_record_read(object, &peregrin__credit_record__descriptor, "", arena, &message, &wrong),
        VERDICT_FINE);
    json_decref(object);
    return (Peregrin__CreditRecord *)message;
}

static const char *record_say(const Peregrin__CreditRecord *record)
{
    json_t *object = json_record_write(&record->base, arena);
    char *text = json_dumps(object, JSON_SORT_KEYS | JSON_COMPACT);
    json_decref(object);
    const char *kept = arena_text(arena, bytes_text(text));
    free(text);
    return kept;
}

static size_t noted(const char *element)
{
    for (size_t i = 0; i < file.note_count; i++)
        if (strcmp(file.notes[i].element, element) == 0)
            return file.notes[i].count;
    return 0;
}

static struct bytes write_of(Peregrin__CreditRecord *record)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    person.family_name = (char *)"Nováková";
    person.given_names = (char *)"Jana";
    person.birth_date = (char *)"2004-02-29";
    person.nationality = (char *)"CZ";
    person.esi = (char *)"urn:schac:personalUniqueCode:int:esi:helmo.be:1";
    person.has_gender = true;
    person.gender = 2;
    struct elmo_transcript transcript = {
        "01KAMB3Q8W2T5Y7Z9C4D6F8G0H", {"qmu.kz", "Қарағанды", "KZ"}, &person, record, 1800000000};
    struct bytes xml = elmo_write(&transcript, arena);
    assert_non_null(xml.data);
    return xml;
}

static struct bytes write_it(void)
{
    return write_of(record_make());
}

static void what_goes_out_comes_in_again(void **)
{
    struct bytes xml = write_it();
    assert_int_equal(elmo_read(xml, arena, &file, &misfit), VERDICT_FINE);
    assert_int_equal(file.count, 1);
    const struct elmo_report *report = &file.reports[0];
    assert_string_equal(record_say(report->record), record_say(record_make()));
    assert_string_equal(report->dossier, "01KAMB3Q8W2T5Y7Z9C4D6F8G0H");
    assert_string_equal(report->esi, "urn:schac:personalUniqueCode:int:esi:helmo.be:1");
    assert_string_equal(report->family_name, "Nováková");
    assert_string_equal(report->birth_date, "2004-02-29");
    assert_string_equal(report->issuer, "qmu.kz");
}

/* U+FFFE and U+FFFF are in no XML; a body may hold them. */
static void what_xml_has_no_room_for_is_replaced_and_counted(void **)
{
    Peregrin__CreditRecord *record = record_make();
    record->components[0]->title = (char *)"A\xEF\xBF\xBF"
                                           "B\xEF\xBF\xBD"
                                           "C\xEF\xBF\xBC";
    record->components[0]->distribution[0]->grade = (char *)"\xEF\xBF\xBE";
    record->comment = (char *)"\xEF\xBF\xBF";
    struct bytes xml = write_of(record);
    assert_int_equal(elmo_read(xml, arena, &file, &misfit), VERDICT_FINE);
    assert_string_equal(file.reports[0].record->components[0]->title, "A\xEF\xBF\xBD"
                                                                      "B\xEF\xBF\xBD"
                                                                      "C\xEF\xBF\xBC");
    assert_non_null(strstr(arena_text(arena, xml), "<p:replaced>3</p:replaced>"));
    assert_int_equal(noted("replaced"), 1);
    assert_null(strstr(arena_text(arena, write_it()), "replaced"));
}

/* The schema is the federation's of results, and stands beside the checkout where it is at hand. */
static void the_schema_agrees(void **)
{
    static const char schema[] = "../shared/schemas/elmo-schemas-v2.1.1/schema.xsd";
    struct bytes xml = write_it();
    if (access(schema, R_OK) != 0 || system("command -v xmllint >/dev/null") != 0) {
        print_message("the schema or xmllint is not here\n");
        skip();
    }
    char path[] = "/tmp/elmo_test_XXXXXX", command[512];
    int out = mkstemp(path);
    assert_int_equal(write(out, xml.data, xml.size), xml.size);
    close(out);
    snprintf(command, sizeof command, "xmllint --nonet --noout --schema %s %s 2>&1", schema, path);
    int status = system(command);
    unlink(path);
    assert_int_equal(status, 0);
}

/* ---- documents of others -----------------------------------------------------------------------
 */

#define ROOT "<elmo xmlns='https://github.com/emrex-eu/elmo-schemas/tree/v2'>"
#define LEARNER                                                                               \
    "<learner><identifier type='nationalIdentifier'>7</identifier><givenNames>A</givenNames>" \
    "<familyName>B</familyName></learner>"
#define UNIT(title, inside)                                                                  \
    "<learningOpportunitySpecification><identifier type='local'>C</identifier><title>" title \
    "</title><specifies><learningOpportunityInstance>" inside                                \
    "</learningOpportunityInstance></specifies></learningOpportunitySpecification>"
#define PASSED(value) \
    "<status>passed</status><credit><scheme>ects</scheme><value>" value "</value></credit>"
#define ELMO(units)                                                                  \
    ROOT "<generatedDate>2027-01-01T00:00:00Z</generatedDate>" LEARNER               \
         "<report><issuer><identifier type='schac'>x.be</identifier></issuer>" units \
         "<issueDate>2027-07-10T23:30:00+02:00</issueDate></report></elmo>"

static enum verdict reads(const char *text)
{
    return elmo_read(bytes_text(text), arena, &file, &misfit);
}

static void what_is_not_kept_is_told(void **)
{
    assert_int_equal(reads(ELMO(UNIT("T", PASSED("5") "<level><type>EQF</type></level>"
                                                      "<level><type>NQF</type></level>"))),
                     VERDICT_FINE);
    assert_int_equal(noted("level"), 2);
    assert_int_equal(noted("identifier"), 1);
    assert_string_equal(file.reports[0].record->issued_on, "2027-07-10");
}

static void a_programme_is_its_parts(void **)
{
    assert_int_equal(
        reads(ELMO(
            "<learningOpportunitySpecification><identifier type='local'>P"
            "</identifier><title>Programme</title><specifies>"
            "<learningOpportunityInstance/></specifies><hasPart>" UNIT("One", PASSED("5.25")) "</hasPart><hasPart>" UNIT(
                "Two", PASSED("0.75")) "</hasPart></learningOpportunitySpecification>")),
        VERDICT_FINE);
    assert_int_equal(file.reports[0].record->n_components, 2);
    assert_int_equal(file.reports[0].record->total_hundredths, 600);
    assert_int_equal(noted("learningOpportunitySpecification"), 1);
}

static void what_cannot_be_is_refused_where_it_stands(void **)
{
    static const struct {
        const char *text;
        const char *element;
    } wrong[] = {
        {ELMO(UNIT("T", PASSED("five"))), "value"},
        {ELMO(UNIT("T", PASSED("-1"))), "value"},
        {ELMO(UNIT("T", PASSED("5.001"))), "value"},
        {ELMO(UNIT("T", PASSED("1e3"))), "value"},
        {ELMO(UNIT("T", PASSED("99999999999"))), "value"},
        {ELMO(UNIT("T", "<status>in-progress</status>")), "status"},
        {ELMO(UNIT("T", "")), "learningOpportunityInstance"},
        {ELMO(UNIT("T", PASSED("5") "<engagementHours>12.5</engagementHours>")), "engagementHours"},
        {ELMO(UNIT("T", PASSED("5") "<resultDistribution><category label='A' count='x'/>"
                                    "</resultDistribution>")),
         "category"},
        {ELMO(""), "report"},
        {ROOT "</elmo>", "elmo"},
        {"<elmo/>", "elmo"},
        {"<elmo xmlns='urn:other'><report/></elmo>", "elmo"},
        {"<html/>", "html"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(reads(wrong[i].text), VERDICT_INVALID);
        assert_string_equal(misfit.element, wrong[i].element);
        assert_non_null(misfit.expected);
        assert_true(misfit.line > 0);
    }
}

/* ---- hostile documents -------------------------------------------------------------------------
 */

static void a_document_type_ends_the_reading(void **)
{
    static const char *const hostile[] = {
        "<!DOCTYPE elmo [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>" ROOT "&c;</elmo>",
        "<!DOCTYPE elmo [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" ROOT "&x;</elmo>",
        "<!DOCTYPE elmo SYSTEM 'http://127.0.0.1:9/elmo.dtd'>" ROOT "</elmo>",
        "<!DOCTYPE elmo [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]>" ROOT "</elmo>",
        "<!DOCTYPE elmo>" ROOT "</elmo>",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        assert_int_equal(reads(hostile[i]), VERDICT_MALFORMED);
        assert_string_equal(misfit.expected, "no document type");
    }
}

static void what_is_no_xml_is_refused(void **)
{
    static const char *const wrong[] = {
        "", "x", ROOT, "<elmo>\xFF</elmo>", "<a>&b;</a>", "<a></b>", "<?xml version='1.0'?>"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(reads(wrong[i]), VERDICT_MALFORMED);
}

static void what_is_too_large_is_refused(void **)
{
    char *text = malloc(ROOM);
    size_t at = (size_t)sprintf(text, "%s", ROOT);
    memset(text + at, 'x', 10 * 1024 * 1024);
    assert_int_equal(
        elmo_read((struct bytes) {(uint8_t *)text, at + 10 * 1024 * 1024}, arena, &file, &misfit),
        VERDICT_TOO_LARGE);
    at = 0;
    for (int i = 0; i < 100000; i++)
        at += (size_t)sprintf(text + at, "<a>");
    assert_int_equal(elmo_read((struct bytes) {(uint8_t *)text, at}, arena, &file, &misfit),
                     VERDICT_TOO_LARGE);
    at = (size_t)sprintf(text, "%s", ROOT);
    for (int i = 0; i < 100000; i++)
        at += (size_t)sprintf(text + at, "<a/>");
    at += (size_t)sprintf(text + at, "</elmo>");
    assert_int_equal(elmo_read((struct bytes) {(uint8_t *)text, at}, arena, &file, &misfit),
                     VERDICT_TOO_LARGE);
    at = (size_t)sprintf(text, "%s", ROOT LEARNER "<report>");
    for (int i = 0; i < 201; i++)
        at += (size_t)sprintf(text + at, "%s", UNIT("T", PASSED("1")));
    at += (size_t)sprintf(text + at, "</report></elmo>");
    assert_int_equal(elmo_read((struct bytes) {(uint8_t *)text, at}, arena, &file, &misfit),
                     VERDICT_TOO_LARGE);
    at = (size_t)sprintf(text, "%s",
                         ROOT LEARNER "<report><learningOpportunitySpecification>"
                                      "<title>");
    memset(text + at, 'x', 5000);
    at += 5000;
    at += (size_t)sprintf(text + at, "%s",
                          "</title><specifies><learningOpportunityInstance>" PASSED(
                              "1") "</learningOpportunityInstance></specifies>"
                                   "</learningOpportunitySpecification></report></elmo>");
    assert_int_equal(elmo_read((struct bytes) {(uint8_t *)text, at}, arena, &file, &misfit),
                     VERDICT_TOO_LARGE);
    assert_string_equal(misfit.element, "title");
    free(text);
}

/* `<report A0="" A1="" ...`, so many, then what follows. */
static size_t attributes(char *text, size_t at, int count)
{
    at += (size_t)sprintf(text + at, "<report");
    for (int i = 0; i < count; i++)
        at += (size_t)sprintf(text + at, " a%d%s''", i, i % 2 ? " = " : "=");
    return at + (size_t)sprintf(text + at, "/>");
}

/* Each would be compared with all before it, for many seconds. */
static void too_many_attributes_are_refused_at_once(void **)
{
    static const char *const before[] = {
        "",       "<!-- \" -->", "<?p '?>",        "<a b='>'/>",
        "<a \">", "<? ",         "<![CDATA[\"]]>", "<a b='\"' c=\"'\">"};
    char *text = malloc(ROOM);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t at = attributes(text, (size_t)sprintf(text, ROOT "%s", before[i]), 200000);
        at += (size_t)sprintf(text + at, "?></elmo>");
        clock_t began = clock();
        assert_true(elmo_read((struct bytes) {(uint8_t *)text, at}, arena, &file, &misfit) != 0);
        assert_true(clock() - began < 2 * CLOCKS_PER_SEC);
    }
    size_t at = attributes(text, (size_t)sprintf(text, ROOT), 41);
    sprintf(text + at, "</elmo>");
    assert_int_equal(reads(text), VERDICT_TOO_LARGE);
    assert_string_equal(misfit.expected, "fewer attributes");
    at = (size_t)sprintf(text, ROOT);
    for (int i = 0; i < 3001; i++)
        at = attributes(text, at, 40);
    sprintf(text + at, "</elmo>");
    assert_int_equal(reads(text), VERDICT_TOO_LARGE);
    assert_string_equal(misfit.expected, "fewer attributes");
    free(text);
}

static void an_encoding_that_hides_tags_is_refused(void **)
{
    static const struct {
        const char *name;
        bool fits;
    } encodings[] = {{"UTF-8", true},        {"iso-8859-1", true}, {"windows-1252", true},
                     {"US-ASCII", true},     {"UTF-7", false},     {"UTF-16", false},
                     {"ISO-2022-JP", false}, {"IBM037", false},    {"GB18030", false}};
    char text[4000];
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        sprintf(text, "<?xml version='1.0' encoding='%s'?>%s", encodings[i].name,
                ROOT LEARNER "<report>" UNIT("T", PASSED("1")) "</report></elmo>");
        assert_int_equal(reads(text) == VERDICT_FINE, encodings[i].fits);
    }
    static const uint8_t wide[] = {0xFF, 0xFE, '<', 0, 'a', 0, '/', 0, '>', 0};
    assert_int_equal(
        elmo_read((struct bytes) {(uint8_t *)(uintptr_t)wide, sizeof wide}, arena, &file, &misfit),
        VERDICT_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_out_comes_in_again),
        cmocka_unit_test(what_xml_has_no_room_for_is_replaced_and_counted),
        cmocka_unit_test(the_schema_agrees),
        cmocka_unit_test(what_is_not_kept_is_told),
        cmocka_unit_test(a_programme_is_its_parts),
        cmocka_unit_test(what_cannot_be_is_refused_where_it_stands),
        cmocka_unit_test(a_document_type_ends_the_reading),
        cmocka_unit_test(what_is_no_xml_is_refused),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(too_many_attributes_are_refused_at_once),
        cmocka_unit_test(an_encoding_that_hides_tags_is_refused),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
