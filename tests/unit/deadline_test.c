/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
#include "admin/deadline.h"
#include "admin/zone.h"
#include "admin/zone_near.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void is(int64_t day, const char *date)
{
    char text[DEADLINE_DATE_SIZE];
    deadline_date(day, text);
    assert_string_equal(text, date);
}

static void a_month_and_day_is_a_day_of_its_year(void **)
{
    is(deadline_day(1970, "01-01"), "1970-01-01");
    is(deadline_day(2026, "05-15"), "2026-05-15");
    is(deadline_day(2028, "12-31"), "2028-12-31");
    is(deadline_day(2100, "03-01"), "2100-03-01");
    assert_int_equal(deadline_day(1970, "01-01"), 0);
    assert_int_equal(deadline_day(2026, "11-22"), 20779);
}

static void the_29th_of_february_is_the_last_of_february(void **)
{
    is(deadline_day(2028, "02-29"), "2028-02-29");
    is(deadline_day(2027, "02-29"), "2027-02-28");
    is(deadline_day(2100, "02-29"), "2100-02-28");
    is(deadline_day(2000, "02-29"), "2000-02-29");
}

static void every_day_is_written_and_read_alike(void **)
{
    for (int64_t day = 0; day < 366 * 140; day++) {
        char text[DEADLINE_DATE_SIZE];
        deadline_date(day, text);
        assert_int_equal(deadline_day(deadline_year(day), text + 5), day);
    }
}

static struct deadline_term term(const char *starts, const char *nominations, bool southern,
                                 int year)
{
    Peregrin__NoticeTerm body = PEREGRIN__NOTICE_TERM__INIT;
    struct deadline_term out;
    body.starts = (char *)starts;
    body.nominations = (char *)nominations;
    deadline_of_term(&body, southern, year, &out);
    return out;
}

static void a_northern_year_begins_in_its_first_and_ends_in_its_second_calendar_year(void **)
{
    struct deadline_term autumn = term("09-20", "05-01", false, 2026);
    is(autumn.starts, "2026-09-20");
    is(autumn.nominations, "2026-05-01");
    struct deadline_term spring = term("02-03", "10-30", false, 2026);
    is(spring.starts, "2027-02-03");
    is(spring.nominations, "2026-10-30");
    is(term("02-03", "01-15", false, 2026).nominations, "2027-01-15");
    is(term("07-01", "02-29", false, 2026).nominations, "2026-02-28");
    is(term("06-30", NULL, false, 2026).starts, "2027-06-30");
    assert_false(term("06-30", NULL, false, 2026).has_nominations);
}

static void a_southern_year_is_the_calendar_year(void **)
{
    struct deadline_term first = term("03-01", "11-15", true, 2027);
    is(first.starts, "2027-03-01");
    is(first.nominations, "2026-11-15");
    is(term("08-01", "05-15", true, 2027).nominations, "2027-05-15");
}

/* A nomination as a home says it: year, term (0: none), first day or NULL. */
static bool found(bool southern, const char *year, uint32_t number, const char *start,
                  struct deadline_term *out)
{
    Peregrin__NoticeTerm terms[2] = {PEREGRIN__NOTICE_TERM__INIT, PEREGRIN__NOTICE_TERM__INIT};
    Peregrin__NoticeTerm *list[] = {&terms[0], &terms[1]};
    Peregrin__Factsheet sheet = PEREGRIN__FACTSHEET__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    static const char *const days[2][2][3] = {
        {{"09-15", "01-31", "05-01"}, {"02-01", "06-30", "11-01"}},
        {{"03-01", "07-10", "11-15"}, {"08-01", "12-05", "05-15"}},
    };
    for (uint32_t i = 0; i < 2; i++) {
        terms[i].has_term = true;
        terms[i].term = i + 1;
        terms[i].starts = (char *)days[southern][i][0];
        terms[i].ends = (char *)days[southern][i][1];
        terms[i].nominations = (char *)days[southern][i][2];
    }
    sheet.terms = list;
    sheet.n_terms = 2;
    sheet.southern = southern;
    nomination.year = (char *)year;
    nomination.has_term = number != 0;
    nomination.term = number;
    nomination.start = (char *)start;
    return deadline_term_find(&sheet, &nomination, out);
}

static void a_term_ends_on_the_first_such_day_after_its_beginning(void **)
{
    struct deadline_term out;
    assert_true(found(false, "2026/2027", 1, NULL, &out));
    is(out.starts, "2026-09-15");
    is(out.ends, "2027-01-31");
    assert_true(found(false, "2026/2027", 2, NULL, &out));
    is(out.ends, "2027-06-30");
}

static void a_stay_without_a_term_is_of_the_one_that_it_begins_in_or_near(void **)
{
    struct deadline_term out;
    assert_true(found(false, "2026/2027", 0, "2027-01-31", &out));
    is(out.starts, "2026-09-15");
    assert_true(found(false, "2026/2027", 0, "2027-02-01", &out));
    is(out.starts, "2027-02-01");
    assert_true(found(false, "2026/2027", 0, "2026-08-25", &out));
    is(out.starts, "2026-09-15");
    assert_false(found(false, "2026/2027", 0, NULL, &out));
    assert_false(found(false, "2026/2027", 3, NULL, &out));
    assert_false(found(false, NULL, 1, NULL, &out));
}

/* Of 2026/2027 a northern home sends to the south in 2026 and in 2027: the day says which. */
static void of_two_southern_years_the_first_day_says_which(void **)
{
    struct deadline_term out;
    assert_true(found(true, "2026/2027", 1, NULL, &out));
    is(out.starts, "2026-03-01");
    is(out.nominations, "2025-11-15");
    assert_true(found(true, "2026/2027", 1, "2027-03-01", &out));
    is(out.starts, "2027-03-01");
    is(out.ends, "2027-07-10");
    is(out.nominations, "2026-11-15");
    assert_true(found(true, "2026/2027", 2, "2026-08-01", &out));
    is(out.nominations, "2026-05-15");
    assert_true(found(true, "2026/2027", 0, "2026-12-05", &out));
    is(out.starts, "2026-08-01");
    assert_true(found(true, "2026/2027", 0, "2027-02-20", &out));
    is(out.starts, "2027-03-01");
    /* In the north the year says it, whatever the day. */
    assert_true(found(false, "2026/2027", 1, "2027-09-15", &out));
    is(out.starts, "2026-09-15");
}

static void transcripts_have_five_weeks_unless_the_institution_says_another(void **)
{
    int64_t left = deadline_day(2027, "01-29");
    is(deadline_weeks(left, 0), "2027-03-05");
    is(deadline_weeks(left, 4), "2027-02-26");
    is(deadline_weeks(deadline_day(2028, "02-01"), 4), "2028-02-29");
}

/* A zone of two types: an hour east, from `change` on two. */
static struct bytes zone_file(uint8_t *room, int64_t change)
{
    size_t size = 0;
    memset(room, 0, 256);
    memcpy(room, "TZif2", 5);
    room[39] = 1; /* one type, of no length in the first block but its own */
    size = 44 + 6;
    memcpy(room + size, "TZif2", 5);
    room[size + 35] = 1; /* times */
    room[size + 39] = 2; /* types */
    size += 44;
    for (int i = 0; i < 8; i++)
        room[size + (size_t)i] = (uint8_t)((uint64_t)change >> (56 - 8 * i));
    room[size + 8] = 1;
    size += 9;
    room[size + 2] = 3600 >> 8;
    room[size + 3] = 3600 & 255;
    room[size + 8] = 7200 >> 8;
    room[size + 9] = 7200 & 255;
    return (struct bytes) {room, size + 12};
}

static void a_zone_has_the_offset_of_its_last_change(void **)
{
    uint8_t room[256];
    int32_t offset;
    struct bytes file = zone_file(room, 1000000);
    assert_true(zone_offset(file, 999999, &offset));
    assert_int_equal(offset, 3600);
    assert_true(zone_offset(file, 1000000, &offset));
    assert_int_equal(offset, 7200);
}

/* Cut anywhere or changed in any octet it gives an answer or none, and nothing beyond is read: the
 * sanitizers look on. */
static void a_damaged_zone_does_no_harm(void **)
{
    uint8_t room[256];
    int32_t offset;
    struct bytes file = zone_file(room, 1000000);
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *cut = malloc(size + 1);
        memcpy(cut, file.data, size);
        assert_false(zone_offset((struct bytes) {cut, size}, 2000000, &offset));
        free(cut);
    }
    for (size_t at = 0; at < file.size; at++)
        for (int bit = 0; bit < 8; bit++) {
            uint8_t *changed = malloc(file.size);
            memcpy(changed, file.data, file.size);
            changed[at] ^= (uint8_t)(1 << bit);
            (void)zone_offset((struct bytes) {changed, file.size}, 2000000, &offset);
            free(changed);
        }
}

static void a_zone_that_is_not_here_counts_in_utc(void **)
{
    int64_t day;
    assert_false(zone_today("Nowhere/Atall", 86400 * 3 - 1, &day));
    assert_int_equal(day, 2);
    assert_false(zone_today("../../../etc/passwd", 86400 * 3, &day));
    assert_int_equal(day, 3);
}

static Peregrin__NoticeTerm results_term(uint32_t number, const char *starts, const char *ends,
                                         const char *results)
{
    Peregrin__NoticeTerm term = PEREGRIN__NOTICE_TERM__INIT;
    term.has_term = true;
    term.term = number;
    term.starts = (char *)starts;
    term.ends = (char *)ends;
    term.results = (char *)results;
    return term;
}

static void results_are_those_of_the_term_and_never_before_the_last_day(void **)
{
    Peregrin__NoticeTerm first = results_term(1, "09-15", "01-31", "02-15");
    Peregrin__NoticeTerm second = results_term(2, "02-01", "06-30", "07-10");
    Peregrin__NoticeTerm *terms[] = {&first, &second};
    Peregrin__Factsheet sheet = PEREGRIN__FACTSHEET__INIT;
    int64_t day;
    sheet.terms = terms;
    sheet.n_terms = 2;
    Peregrin__Nomination stay = PEREGRIN__NOMINATION__INIT;
    stay.year = (char *)"2026/2027";
    static const struct {
        uint32_t term;
        bool longer;
        const char *last, *is;
    } rows[] = {
        {1, false, "01-31", "2027-02-15"}, {1, false, "02-15", "2027-02-15"},
        {1, false, "02-16", "2027-02-16"}, {2, false, "06-25", "2027-07-10"},
        {0, false, "02-15", "2027-02-15"}, {0, false, "02-16", "2027-07-10"},
        {1, true, "02-15", "2027-02-15"},  {1, true, "02-16", "2027-07-10"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t last = deadline_day(2027, rows[i].last);
        stay.has_term = rows[i].term != 0;
        stay.term = rows[i].term;
        assert_true(deadline_results(&sheet, &stay, rows[i].longer, last, &day));
        is(day, rows[i].is);
    }
    assert_false(deadline_results(&sheet, &stay, true, deadline_day(2027, "07-11"), &day));
    first.results = NULL;
    assert_false(deadline_results(&sheet, &stay, false, deadline_day(2027, "01-31"), &day));
}

/* Five weeks where nobody says, four where the institution does: the day and the one after it. */
static void the_weeks_are_counted_to_the_day(void **)
{
    int64_t results = deadline_day(2027, "02-15");
    is(deadline_weeks(results, 0), "2027-03-22");
    is(deadline_weeks(results, 4), "2027-03-15");
    assert_int_equal(deadline_weeks(results, 5), deadline_weeks(results, 0));
}

static void a_mistyped_zone_has_its_neighbours(void **)
{
    static const char list[] = "# version 2025b\nR d 1916 o - Jun 14 23s 1 S\n"
                               "Z Europe/Brussels 0:17:30 - LMT 1880\n0:17:30 - BMT 1892\n"
                               "Z Europe/Berlin 0:53:28 - LMT 1893\nZ Asia/Almaty 5 - +05\n"
                               "L Europe/Brussels Europe/Amsterdam\nL Asia/Almaty Asia/Atyrau";
    static const struct {
        const char *typed, *near;
    } rows[] = {
        {"Europe/Brusels", "Europe/Brussels"},
        {"Brussels", "Europe/Brussels"},
        {"Belgium/Brussels", "Europe/Brussels"},
        {"Europe/Amsterdm", "Europe/Amsterdam"},
        {"Asia/Atyra", "Asia/Atyrau"},
        {"Europe/Bruslin", "Europe/Berlin, Europe/Brussels"},
        {"Mars/Olympus", ""},
        {"", ""},
    };
    struct arena *room = arena_open(1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(zone_near(bytes_text(list), rows[i].typed, room), rows[i].near);
    for (size_t size = 0; size < sizeof list; size++)
        assert_non_null(zone_near((struct bytes) {(const uint8_t *)list, size}, "Brussels", room));
    assert_true(zone_any());
    assert_true(zone_known("Europe/Brussels"));
    assert_false(zone_known("Mars/Olympus"));
    assert_null(zone_near_here("Europe/Brusels", room)); /* no memory */
    arena_close(room);
    room = arena_open(1 << 20);
    assert_non_null(strstr(zone_near_here("Europe/Brusels", room), "Europe/Brussels"));
    arena_close(room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_and_day_is_a_day_of_its_year),
        cmocka_unit_test(the_29th_of_february_is_the_last_of_february),
        cmocka_unit_test(every_day_is_written_and_read_alike),
        cmocka_unit_test(a_northern_year_begins_in_its_first_and_ends_in_its_second_calendar_year),
        cmocka_unit_test(a_southern_year_is_the_calendar_year),
        cmocka_unit_test(a_term_ends_on_the_first_such_day_after_its_beginning),
        cmocka_unit_test(a_stay_without_a_term_is_of_the_one_that_it_begins_in_or_near),
        cmocka_unit_test(of_two_southern_years_the_first_day_says_which),
        cmocka_unit_test(transcripts_have_five_weeks_unless_the_institution_says_another),
        cmocka_unit_test(results_are_those_of_the_term_and_never_before_the_last_day),
        cmocka_unit_test(the_weeks_are_counted_to_the_day),
        cmocka_unit_test(a_zone_has_the_offset_of_its_last_change),
        cmocka_unit_test(a_damaged_zone_does_no_harm),
        cmocka_unit_test(a_zone_that_is_not_here_counts_in_utc),
        cmocka_unit_test(a_mistyped_zone_has_its_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
