/* links: base seal record rules */
#include "rules/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef bool form_of(struct bytes text);

/* The lists end with NULL. */
static void all_are(form_of *form, bool expected, const char *const texts[])
{
    for (size_t i = 0; texts[i]; i++)
        if (form(bytes_text(texts[i])) != expected)
            fail_msg("\"%s\" should be %s", texts[i], expected ? "taken" : "refused");
}

static void complete_addresses_are_taken(void **)
{
    all_are(form_email, true,
            (const char *const[]) {"name@host.example", "jana.novakova@uni.example", "a@b.eu",
                                   "o'brien+erasmus@student.uni.example", "J.Novak@Uni.Example",
                                   "josé.peña@universidad.example", "x_y=z@a-b.c-d.example",
                                   "i@xn--bcher-kva.xn--p1ai", NULL});
}

static void incomplete_addresses_are_refused(void **)
{
    all_are(form_email, false,
            (const char *const[]) {"",
                                   "j.novak@uni",
                                   "@uni.example",
                                   "name@",
                                   "name",
                                   "a@b@c.example",
                                   "a b@uni.example",
                                   " a@uni.example",
                                   "a@uni.example ",
                                   "a@uni.example\n",
                                   ".a@uni.example",
                                   "a.@uni.example",
                                   "a..b@uni.example",
                                   "a@.uni.example",
                                   "a@uni.example.",
                                   "a@uni..example",
                                   "a@-uni.example",
                                   "a@uni-.example",
                                   "a@uni_x.example",
                                   "a@127.0.0.1",
                                   "a@192.0.2.17",
                                   "a@[127.0.0.1]",
                                   "a@uni.e",
                                   "\"a b\"@uni.example",
                                   "a@uni.example;b@uni.example",
                                   "<a@uni.example>",
                                   "mailto:a@uni.example",
                                   "a@üni.example",
                                   "a\u00a0b@uni.example",
                                   "a\u200b@uni.example",
                                   "a\xff@uni.example",
                                   "a@uni.example, b",
                                   NULL});
}

static void an_address_keeps_the_lengths_of_the_protocol(void **)
{
    char text[300];
    int size = snprintf(text, sizeof text, "%064d@uni.example", 0);
    assert_true(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "%065d@uni.example", 0);
    assert_false(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "a@%063d.example", 0);
    assert_true(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "a@%064d.example", 0);
    assert_false(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "%064d@%060d.%060d.%059d.example", 0, 0, 0, 0);
    assert_int_equal(size, FORM_EMAIL_MAX);
    assert_true(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "%064d@%060d.%060d.%060d.example", 0, 0, 0, 0);
    assert_false(form_email((struct bytes) {(uint8_t *)text, (size_t)size}));
}

static void both_forms_of_the_student_identifier_are_taken(void **)
{
    all_are(form_esi, true,
            (const char *const[]) {"urn:schac:personalUniqueCode:int:esi:fr:12345678901",
                                   "urn:schac:personalUniqueCode:int:esi:es-ct:AB.12",
                                   "urn:schac:personalUniqueCode:int:esi:uhasselt.be:1234567",
                                   "urn:schac:personalUniqueCode:int:esi:math.uni.example:x",
                                   "urn:schac:personalUniqueCode:int:esi:hr:a:b_(c)%2Fd", NULL});
}

static void another_spelling_of_a_student_identifier_is_refused(void **)
{
    all_are(form_esi, false,
            (const char *const[]) {"",
                                   "1234567",
                                   "urn:schac:personalUniqueCode:int:esi:",
                                   "urn:schac:personalUniqueCode:int:esi:fr",
                                   "urn:schac:personalUniqueCode:int:esi:fr:",
                                   "urn:schac:personalUniqueCode:int:esi::1",
                                   "urn:schac:personalUniqueCode:int:esi:FR:1",
                                   "urn:schac:personalUniqueCode:int:esi:zz:1",
                                   "urn:schac:personalUniqueCode:int:esi:es-:1",
                                   "urn:schac:personalUniqueCode:int:esi:es-CT:1",
                                   "urn:schac:personalUniqueCode:int:esi:es-cttt:1",
                                   "urn:schac:personalUniqueCode:int:esi:Uhasselt.be:1",
                                   "urn:schac:personalUniqueCode:int:esi:uhasselt:1",
                                   "urn:schac:personaluniquecode:int:esi:fr:1",
                                   "URN:schac:personalUniqueCode:int:esi:fr:1",
                                   "urn:schac:personalUniqueCode:be:esi:fr:1",
                                   "urn:mace:terena.org:schac:personalUniqueCode:int:esi:fr:1",
                                   "urn:schac:personalUniqueCode:int:esi:fr:1 2",
                                   "urn:schac:personalUniqueCode:int:esi:fr:1/2",
                                   "urn:schac:personalUniqueCode:int:esi:fr:1%2",
                                   "urn:schac:personalUniqueCode:int:esi:fr:1%2G",
                                   "urn:schac:personalUniqueCode:int:esi:fr:1%00",
                                   "urn:schac:personalUniqueCode:int:esi:fr:é",
                                   " urn:schac:personalUniqueCode:int:esi:fr:1",
                                   NULL});
}

static void a_student_identifier_has_at_most_255_characters(void **)
{
    char text[300];
    int size = snprintf(text, sizeof text, "urn:schac:personalUniqueCode:int:esi:fr:%0215d", 0);
    assert_int_equal(size, FORM_ESI_MAX);
    assert_true(form_esi((struct bytes) {(uint8_t *)text, (size_t)size}));
    size = snprintf(text, sizeof text, "urn:schac:personalUniqueCode:int:esi:fr:%0216d", 0);
    assert_false(form_esi((struct bytes) {(uint8_t *)text, (size_t)size}));
}

static void an_academic_year_names_two_years_in_a_row(void **)
{
    all_are(form_year, true,
            (const char *const[]) {"2026/2027", "2000/2001", "2099/2100", "2009/2010", NULL});
    all_are(form_year, false,
            (const char *const[]) {"", "2026", "2026/27", "2026-2027", "2026/2028", "2027/2026",
                                   "2026/2026", "1999/2000", "2100/2101", "2026/2027 ", "2o26/2027",
                                   "2026/202:", NULL});
}

static void codes_of_the_lists_are_taken_as_they_are_written(void **)
{
    all_are(form_country, true, (const char *const[]) {"AD", "BE", "GB", "GR", "KZ", "ZW", NULL});
    all_are(
        form_country, false,
        (const char *const[]) {"", "B", "be", "EL", "UK", "AA", "ZZ", "BEL", "BE ", "E ", NULL});
    all_are(form_language, true, (const char *const[]) {"aa", "kk", "nl", "zu", NULL});
    all_are(form_language, false,
            (const char *const[]) {"", "NL", "nld", "xx", "zz", "a ", "n", NULL});
    all_are(form_cefr, true, (const char *const[]) {"A1", "A2", "B1", "B2", "C1", "C2", NULL});
    all_are(form_cefr, false, (const char *const[]) {"", "A0", "A3", "a1", "D1", "B2+", "B", NULL});
    all_are(form_isced_f, true,
            (const char *const[]) {"0000", "0110", "0610", "0613", "0912", "9999", NULL});
    all_are(form_isced_f, false,
            (const char *const[]) {"", "06", "061", "0600", "0100", "1234", "613", "06.1", "06130",
                                   NULL});
}

static void a_language_tag_has_the_shape_of_bcp_47(void **)
{
    all_are(form_language_tag, true,
            (const char *const[]) {"fr", "uk-Latn", "de-CH-1996", "zh-Hant-TW", "gsw", "sr-Cyrl",
                                   NULL});
    all_are(form_language_tag, false,
            (const char *const[]) {"", "f", "FR", "xx", "fr-", "-fr", "fr--BE", "fr_BE", "french",
                                   "fr-abcdefghi", "fr-aaaaaaaa-bbbbbbbb-cccccccc-ddddddd", NULL});
}

static void an_erasmus_code_keeps_its_inner_blanks(void **)
{
    all_are(form_erasmus, true,
            (const char *const[]) {"B  LIEGE37", "F  NANTES12", "CZ PRAHA07", "LUXLUX-VIL01",
                                   "D  MUNCHEN02", "E  BARCELO126", "IRLDUBLIN01", NULL});
    all_are(form_erasmus, false,
            (const char *const[]) {"",
                                   "F NANTES12",
                                   "D MUNCHEN02",
                                   "BLIEGE37",
                                   "CZPRAHA07",
                                   "b  liege37",
                                   "B  LIEGE",
                                   "B  LIEGE3",
                                   "B  LIEGE1234",
                                   "B   LIEGE37",
                                   "   LIEGE37",
                                   " B LIEGE37",
                                   "B B LIEGE37",
                                   "B  -LIEGE37",
                                   "B  LIEGE-37",
                                   "B  LI--GE37",
                                   "B  37",
                                   "B  LIÈGE37",
                                   "B  LIEGE37 ",
                                   "B  ABCDEFGHIJK01",
                                   NULL});
}

static bool name(struct bytes text)
{
    return form_line(text, 1, 5);
}

static bool comment(struct bytes text)
{
    return form_text(text, 0, 5);
}

static void a_field_may_be_named_by_its_first_digits(void **)
{
    all_are(form_isced_f_any, true, (const char *const[]) {"09", "091", "0913", "00", "99", NULL});
    all_are(form_isced_f_any, false,
            (const char *const[]) {"0", "11", "094", "0914x", "0924", "091 ", "", NULL});
}

static void a_day_of_any_year_has_a_month_and_a_day(void **)
{
    all_are(form_month_day, true, (const char *const[]) {"01-01", "02-29", "04-30", "12-31", NULL});
    all_are(form_month_day, false,
            (const char *const[]) {"", "1-1", "00-10", "13-01", "02-30", "04-31", "05-00", "05/01",
                                   "2026-05-01", "05-1x", NULL});
}

static void a_time_zone_is_a_name_and_never_a_path(void **)
{
    all_are(form_zone, true,
            (const char *const[]) {"UTC", "Europe/Brussels", "America/Argentina/Ushuaia",
                                   "Etc/GMT+5", "America/Port-au-Prince", NULL});
    all_are(form_zone, false,
            (const char *const[]) {"", "/etc/passwd", "Europe/", "Europe//Brussels", "../Europe",
                                   "Europe/../x", "Europe/.x", "5/6", "Europe/Br ussels",
                                   "Europe/Bruss\xc3\xa9",
                                   "Europe/"
                                   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                   NULL});
}

static void texts_are_counted_in_code_points(void **)
{
    all_are(name, true, (const char *const[]) {"Ż", "Çağlı", "Łódź", "𝒜𝒜𝒜𝒜𝒜", "a b", NULL});
    all_are(name, false, (const char *const[]) {"", "abcdef", "Çağlıi", NULL});
    all_are(comment, true, (const char *const[]) {"", "a\nb", "a\tb", "Çağlı", NULL});
}

static void texts_have_no_blank_ends_and_no_control_characters(void **)
{
    static const char *const refused[] = {" a",
                                          "a ",
                                          "\na",
                                          "a\n",
                                          "\u00a0a",
                                          "a\u2003",
                                          "\ufeffa",
                                          "a\u3000",
                                          "a\x01z",
                                          "a\x7f",
                                          "a\xc2\x85"
                                          "z",
                                          "a\rz",
                                          NULL};
    all_are(name, false, refused);
    all_are(comment, false, refused);
    all_are(name, false,
            (const char *const[]) {"a\nb", "a\tb", "a\u2028b", "a\u202eb", "a\u2066b", NULL});
}

static void broken_utf_8_is_refused(void **)
{
    static const char *const refused[] = {"\x80",
                                          "a\xc3",
                                          "\xc0\xaf",
                                          "\xe0\x80\xaf",
                                          "\xed\xa0\x80",
                                          "\xf0\x80\x80\xaf",
                                          "\xf4\x90\x80\x80",
                                          "\xf8\x88\x80\x80",
                                          "\xff",
                                          "\xc3(",
                                          "\xe2\x82",
                                          NULL};
    all_are(name, false, refused);
    all_are(comment, false, refused);
    all_are(form_email, false, refused);
}

static void nothing_at_all_is_refused_everywhere_but_as_a_comment(void **)
{
    static form_of *const forms[] = {
        form_email,     form_esi,     form_year,    form_isced_f,  form_isced_f_any,
        form_month_day, form_zone,    form_country, form_language, form_language_tag,
        form_cefr,      form_erasmus, name};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_false(forms[i]((struct bytes) {0}));
    assert_true(comment((struct bytes) {0}));
}

/* The published lists beside the repository, read only here. */
static FILE *shared_open(const char *name_)
{
    const char *shared = getenv("PEREGRIN_SHARED");
    char path[512];
    snprintf(path, sizeof path, "%s/data/%s", shared ? shared : "../shared", name_);
    return fopen(path, "r");
}

/* Counts the codes of the first column that the form takes; `taken` gets what it took. */
static size_t count_taken(FILE *file, form_of *form, size_t *rows)
{
    char line[1024];
    size_t taken = 0;
    *rows = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, ",")] = '\0';
        taken += form(bytes_text(line));
        ++*rows;
    }
    fclose(file);
    return taken;
}

static size_t count_possible(form_of *form, const char *alphabet, size_t width)
{
    size_t letters = strlen(alphabet), possible = 1, taken = 0;
    for (size_t i = 0; i < width; i++)
        possible *= letters;
    for (size_t i = 0; i < possible; i++) {
        uint8_t code[4];
        for (size_t j = 0, rest = i; j < width; j++, rest /= letters)
            code[j] = (uint8_t)alphabet[rest % letters];
        taken += form((struct bytes) {code, width});
    }
    return taken;
}

/* Every code of the list is taken, and of all possible codes no more than the list has. */
static void the_tables_are_the_published_lists(void **)
{
    static const struct {
        const char *file, *alphabet;
        form_of *form;
        size_t width, count, rows;
    } lists[] = {
        {"countries_iso3166.csv", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", form_country, 2, 249, 249},
        {"languages_iso639.csv", "abcdefghijklmnopqrstuvwxyz", form_language, 2, 184, 184},
        {"isced_f_2013.csv", "0123456789", form_isced_f, 4, 150, 220},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        assert_int_equal(count_possible(lists[i].form, lists[i].alphabet, lists[i].width),
                         lists[i].count);
        FILE *file = shared_open(lists[i].file);
        if (!file) {
            print_message("skip: %s is not here\n", lists[i].file);
            skip();
        }
        size_t rows;
        assert_int_equal(count_taken(file, lists[i].form, &rows), lists[i].count);
        assert_int_equal(rows, lists[i].rows);
    }
}

static void every_institution_of_the_charter_list_has_an_erasmus_code_of_this_form(void **)
{
    FILE *file = shared_open("institutions_eche_2026.csv");
    if (!file) {
        print_message("skip: institutions_eche_2026.csv is not here\n");
        skip();
    }
    size_t rows, taken = count_taken(file, form_erasmus, &rows);
    assert_true(rows > 6000);
    assert_int_equal(taken, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_addresses_are_taken),
        cmocka_unit_test(incomplete_addresses_are_refused),
        cmocka_unit_test(an_address_keeps_the_lengths_of_the_protocol),
        cmocka_unit_test(both_forms_of_the_student_identifier_are_taken),
        cmocka_unit_test(another_spelling_of_a_student_identifier_is_refused),
        cmocka_unit_test(a_student_identifier_has_at_most_255_characters),
        cmocka_unit_test(an_academic_year_names_two_years_in_a_row),
        cmocka_unit_test(codes_of_the_lists_are_taken_as_they_are_written),
        cmocka_unit_test(a_language_tag_has_the_shape_of_bcp_47),
        cmocka_unit_test(an_erasmus_code_keeps_its_inner_blanks),
        cmocka_unit_test(a_field_may_be_named_by_its_first_digits),
        cmocka_unit_test(a_day_of_any_year_has_a_month_and_a_day),
        cmocka_unit_test(a_time_zone_is_a_name_and_never_a_path),
        cmocka_unit_test(texts_are_counted_in_code_points),
        cmocka_unit_test(texts_have_no_blank_ends_and_no_control_characters),
        cmocka_unit_test(broken_utf_8_is_refused),
        cmocka_unit_test(nothing_at_all_is_refused_everywhere_but_as_a_comment),
        cmocka_unit_test(the_tables_are_the_published_lists),
        cmocka_unit_test(every_institution_of_the_charter_list_has_an_erasmus_code_of_this_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
