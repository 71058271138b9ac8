/* links: base seal record trust wire rules channel stream store engine report */
#include "report/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct header_dossier dossier = {
    {0x01, 0x8A, 0x2B, 0x3C, 0x4D, 0x5E, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};

static bool finds(const char *text)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Łukasiewicz-Dupuis";
    person.given_names = "Éloïse Ana";
    person.email = "eloise@student.example";
    person.esi = "urn:schac:personalUniqueCode:int:esi:helmo.be:2604174";
    nomination.person = &person;
    nomination.year = "2026/2027";
    struct arena *arena = arena_open(1 << 16);
    bool spent, found = false;
    const struct search *search = search_open(bytes_text(text), arena, &spent);
    assert_false(spent);
    if (search)
        found = search_fits(search, &dossier, &nomination, arena);
    arena_close(arena);
    return found;
}

static void a_name_is_found_without_its_accents_and_in_any_order(void **)
{
    assert_true(finds("Łukasiewicz"));
    assert_true(finds("lukasiewicz eloise"));
    assert_true(finds("  ELOISE   dupuis "));
    assert_true(finds("e\xCC\x81loi\xCC\x88se")); /* decomposed */
    assert_true(finds("dupuis-ł"));
    assert_true(finds("luka"));
}

static void the_year_tells_two_stays_of_one_student_apart(void **)
{
    assert_true(finds("lukasiewicz 2026"));
    assert_true(finds("eloise 2026/2027"));
    assert_false(finds("lukasiewicz 2028"));
}

static void every_word_must_fit_the_beginning_of_one(void **)
{
    assert_false(finds("kasiewicz"));
    assert_false(finds("lukasiewicz paul"));
    assert_false(finds("eloisee"));
}

static void an_address_or_identifier_is_found_whole(void **)
{
    assert_true(finds("Eloise@Student.Example"));
    assert_true(finds("urn:schac:personaluniquecode:int:esi:helmo.be:2604174"));
    assert_false(finds("student.example"));
    assert_false(finds("2604174"));
}

static void a_dossier_is_found_by_an_end_of_its_name(void **)
{
    char name[HEADER_DOSSIER_TEXT], part[HEADER_DOSSIER_TEXT];
    header_dossier_text(&dossier, name);
    assert_true(finds(name));
    memcpy(part, name, 6);
    part[6] = '\0';
    assert_true(finds(part));
    assert_true(finds(name + 20));
    char cut[HEADER_DOSSIER_TEXT + 3];
    snprintf(cut, sizeof cut, "\u2026%s", name + 18);
    assert_true(finds(cut));
    assert_false(finds(name + 23)); /* three characters could be anybody's */
    part[5] = part[5] == '0' ? '1' : '0';
    assert_false(finds(part));
}

static void a_text_without_letters_looks_for_nothing(void **)
{
    struct arena *arena = arena_open(1 << 16);
    bool spent;
    assert_null(search_open(bytes_text(" -- '' "), arena, &spent));
    assert_false(spent);
    assert_null(search_open(bytes_text(""), arena, &spent));
    assert_false(spent);
    arena_close(arena);
}

static void a_body_that_is_gone_is_found_by_its_dossier_only(void **)
{
    char name[HEADER_DOSSIER_TEXT];
    struct arena *arena = arena_open(1 << 16);
    bool spent;
    header_dossier_text(&dossier, name);
    assert_true(search_fits(search_open(bytes_text(name), arena, &spent), &dossier, NULL, arena));
    assert_false(
        search_fits(search_open(bytes_text("eloise"), arena, &spent), &dossier, NULL, arena));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_without_its_accents_and_in_any_order),
        cmocka_unit_test(the_year_tells_two_stays_of_one_student_apart),
        cmocka_unit_test(every_word_must_fit_the_beginning_of_one),
        cmocka_unit_test(an_address_or_identifier_is_found_whole),
        cmocka_unit_test(a_dossier_is_found_by_an_end_of_its_name),
        cmocka_unit_test(a_text_without_letters_looks_for_nothing),
        cmocka_unit_test(a_body_that_is_gone_is_found_by_its_dossier_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
