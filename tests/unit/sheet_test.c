/* links: base seal record report sheet */
#include "sheet/sheet_cell.h"
#include "sheet/sheet_date.h"
#include "report/plain.h"
#include "sheet/sheet_number.h"
#include "sheet/sheet_pick.h"
#include "sheet/sheet_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 32 * 1024 * 1024, YEAR_LAST = 2046 };

static struct arena *arena;

static int start(void **)
{
    arena = arena_open(ARENA);
    return arena ? 0 : -1;
}

static int finish(void **)
{
    arena_close(arena);
    return 0;
}

/* ---- words and dates ---------------------------------------------------------------------------
 */

static void words_are_the_same_without_case_accents_and_signs(void **)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"Pr\xC3\xA9nom(s)", "prenoms"},
        {"FAMILY-NAME *", "familyname"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xC5\x81\xC3\xB3"
         "d\xC5\xBA",
         "lodz"},
        {"S\xC3\xB8ren \xC3\x86re", "sorenaere"},
        {"e\xCC\x81t\xC3\xA9", "ete"},
        {"  ", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(plain_word(bytes_text(rows[i].text), arena), rows[i].folded);
    assert_null(plain_word(bytes_text("\xC3("), arena));
    assert_string_equal(plain_words(bytes_text(" Dupuis-Lema\u00eetre, \u00c9. "), arena),
                        "dupuis lemaitre e");
}

static const char *date(const char *text, enum sheet_date_order order)
{
    struct sheet_date read;
    return sheet_date_read(bytes_text(text), arena, &read)
               ? sheet_date_text(&read, order, YEAR_LAST, arena)
               : NULL;
}

static void dates_are_read_as_people_write_them(void **)
{
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"2027-02-01", "2027-02-01"},
        {"1.2.2027", "2027-02-01"},
        {"1. 2. 2027", "2027-02-01"},
        {"1 February 2027", "2027-02-01"},
        {"1er f\xC3\xA9vrier 2027", "2027-02-01"},
        {"1 febr 2027", NULL},
        {"1 feb 27", "2027-02-01"},
        {"Feb 1st, 2027", "2027-02-01"},
        {"20270201", "2027-02-01"},
        {"46419", "2027-02-01"},
        {"25/12/27", "2027-12-25"},
        {"25-12-1965", "1965-12-25"},
        {"31/04/2027", NULL},
        {"2027-13-01", NULL},
        {"2027-02-01T09:30:00", "2027-02-01"},
        {"1/2", NULL},
        {"1.2.2027.3", NULL},
        {"99999999999", NULL},
        {"", NULL},
        {"-", NULL},
        {"1 2 3 4", NULL},
        {"7305", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *read = date(rows[i].text, SHEET_DATE_ASK);
        if (!rows[i].iso && read)
            print_message("%s was read as %s\n", rows[i].text, read);
        if (rows[i].iso && (!read || strcmp(read, rows[i].iso) != 0))
            print_message("%s was read as %s\n", rows[i].text, read ? read : "nothing");
        assert_true(!read == !rows[i].iso);
        if (read)
            assert_string_equal(read, rows[i].iso);
    }
    assert_null(date("01/02/2027", SHEET_DATE_ASK));
    assert_string_equal(date("01/02/2027", SHEET_DATE_DMY), "2027-02-01");
    assert_string_equal(date("01/02/2027", SHEET_DATE_MDY), "2027-01-02");
    assert_string_equal(date("3.4.65", SHEET_DATE_ASK), "1965-04-03");
}

static void a_day_that_never_was_is_none(void **)
{
    char text[SHEET_NUMBER_DATE_SIZE];
    assert_true(sheet_number_date(59, text));
    assert_string_equal(text, "1900-02-28");
    assert_false(sheet_number_date(60, text));
    assert_true(sheet_number_date(61, text));
    assert_string_equal(text, "1900-03-01");
    assert_false(sheet_number_date(0, text));
    assert_false(sheet_number_date(2958466, text));
    for (uint32_t serial = 1; serial < 60000; serial += 7) {
        if (sheet_number_date(serial, text))
            assert_int_equal(sheet_number_serial(bytes_text(text)), serial);
    }
}

static void a_format_says_whether_a_number_is_a_date(void **)
{
    static const struct {
        const char *code;
        unsigned look;
    } rows[] = {
        {"dd/mm/yyyy", SHEET_NUMBER_DATE},
        {"[$-80C]d mmmm yyyy;@", SHEET_NUMBER_DATE},
        {"General", SHEET_NUMBER_PLAIN},
        {"0.00", SHEET_NUMBER_PLAIN},
        {"#,##0\\ \"days\"", SHEET_NUMBER_PLAIN},
        {"[Red]0", SHEET_NUMBER_PLAIN},
        {"h:mm:ss", SHEET_NUMBER_TIME},
        {"mmm", SHEET_NUMBER_DATE},
        {"0000", SHEET_NUMBER_PADDED},
        {"", SHEET_NUMBER_PLAIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(sheet_number_style(rows[i].code).look, rows[i].look);
}

/* ---- writing and reading back ------------------------------------------------------------------
 */

static struct sheet_row *row_of(size_t number, struct bytes *cells, uint8_t *kinds, size_t count)
{
    struct sheet_row *row = arena_take(arena, sizeof *row);
    *row =
        (struct sheet_row) {.number = number, .cells = cells, .kinds = kinds, .cell_count = count};
    return row;
}

static struct sheet read_back(struct bytes content, struct sheet_book *book)
{
    struct sheet sheet;
    assert_int_equal(sheet_open(content, NULL, arena, book), FAULT_NONE);
    assert_null(book->refusal.expected);
    assert_int_equal(sheet_read(book, 0, 100, arena, &sheet), FAULT_NONE);
    assert_null(book->refusal.expected);
    return sheet;
}

static void what_begins_like_a_formula_is_made_harmless_and_comes_back(void **)
{
    static const char *const texts[] = {
        "=1+1",     "+32 11",    "-",          "@SUM(A1)",
        "'t Hooft", "=\"x\",;y", "two\nlines", "Nov\xC3\xA1k \"J\""};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct bytes cells[COUNT], csv, xlsx;
    uint8_t kinds[COUNT] = {0};
    for (size_t i = 0; i < COUNT; i++)
        cells[i] = bytes_text(texts[i]);
    const struct sheet_writing writing = {.name = "List", .rows = row_of(3, cells, kinds, COUNT)};
    assert_int_equal(sheet_write_csv(&writing, ';', true, arena, &csv), FAULT_NONE);
    assert_int_equal(sheet_write_xlsx(&writing, 1, arena, &xlsx), FAULT_NONE);
    assert_null(memmem(csv.data, csv.size, ";=", 2));
    assert_null(memmem(csv.data, csv.size, "\n=", 2));
    assert_non_null(memmem(csv.data, csv.size, "'=1+1", 5));
    for (int form = 0; form < 2; form++) {
        struct sheet_book book;
        struct sheet sheet = read_back(form ? xlsx : csv, &book);
        assert_int_equal(book.form, form ? SHEET_XLSX : SHEET_CSV);
        assert_int_equal(sheet.row_count, 1);
        assert_int_equal(sheet.first->number, 3);
        for (size_t i = 0; i < COUNT; i++)
            assert_true(bytes_equal(sheet_cell(sheet.first, i), bytes_text(texts[i])));
    }
}

/* Each of these starts a formula in some program: alone, before a word, with either separator. */
static void each_character_that_starts_a_formula_is_made_harmless(void **)
{
    static const char starts[] = "=+-@\t\r";
    static const char *const tails[] = {"", "1", "cmd|' /C calc'!A0"};
    enum { TAILS = sizeof tails / sizeof *tails };
    for (size_t i = 0; starts[i]; i++)
        for (size_t j = 0; j < TAILS; j++) {
            char text[32], wanted[40];
            struct bytes cells[2] = {bytes_text("x"), {0}}, csv, xlsx;
            uint8_t kinds[2] = {0};
            struct sheet_book book;
            snprintf(text, sizeof text, "%c%s", starts[i], tails[j]);
            cells[1] = bytes_text(text);
            const struct sheet_writing writing = {.rows = row_of(1, cells, kinds, 2)};
            bool quoted = strchr("\t\r", starts[i]);
            snprintf(wanted, sizeof wanted, "%s'%s%s\r\n", quoted ? "\"" : "", text,
                     quoted ? "\"" : "");
            for (int comma = 0; comma < 2; comma++) {
                char separator = comma ? ',' : ';';
                assert_int_equal(sheet_write_csv(&writing, separator, false, arena, &csv),
                                 FAULT_NONE);
                assert_int_equal(csv.size, strlen(wanted) + 2);
                assert_memory_equal(csv.data + 2, wanted, strlen(wanted));
            }
            /* In a workbook it is a text, which no program computes. */
            assert_int_equal(sheet_write_xlsx(&writing, 1, arena, &xlsx), FAULT_NONE);
            struct sheet sheet = read_back(xlsx, &book);
            struct bytes cell = sheet_cell(sheet.first, 1);
            const char *seen = strchr("\t\r", starts[i]) ? tails[j] : text;
            assert_true(bytes_equal(cell, bytes_text(seen)));
            if (cell.size)
                assert_int_equal(sheet.first->kinds[1], SHEET_TEXT);
        }
}

static void a_workbook_keeps_numbers_and_dates_as_they_are(void **)
{
    struct bytes cells[] = {bytes_text("6"), bytes_text("5.5"), bytes_text("2005-04-25"),
                            bytes_text("0613"), bytes_text("123456789012345678")},
                 xlsx;
    uint8_t kinds[] = {SHEET_NUMBER, SHEET_NUMBER, SHEET_DATE, SHEET_NUMBER, SHEET_NUMBER};
    const struct sheet_writing writing = {.name = "List", .rows = row_of(1, cells, kinds, 5)};
    struct sheet_book book;
    assert_int_equal(sheet_write_xlsx(&writing, 1, arena, &xlsx), FAULT_NONE);
    struct sheet sheet = read_back(xlsx, &book);
    for (size_t i = 0; i < 5; i++)
        assert_true(bytes_equal(sheet_cell(sheet.first, i), cells[i]));
    assert_int_equal(sheet.first->kinds[0], SHEET_NUMBER);
    assert_int_equal(sheet.first->kinds[2], SHEET_DATE);
    assert_int_equal(sheet.first->kinds[3], SHEET_TEXT);
}

/* ---- the world fails ---------------------------------------------------------------------------
 */

/* A file is known by how it begins, and a sheet may begin as other files do. */
static void a_sheet_reads_back_whatever_its_first_cell_says(void **)
{
    static const char *const texts[] = {"sep=x",   "SEP=;", "<html>",     "<!DOCTYPE html>",
                                        "<table>", "<?xml", "%PDF-1.7",   "{\\rtf1",
                                        "Rar!",    "<head", "PK\003\004x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int marked = 0; marked < 2; marked++) {
            struct bytes cells[] = {bytes_text(texts[i]), bytes_text("b")}, csv;
            uint8_t kinds[2] = {0};
            struct sheet_book book;
            const struct sheet_writing writing = {.rows = row_of(1, cells, kinds, 2 - i % 2)};
            assert_int_equal(sheet_write_csv(&writing, ';', marked, arena, &csv), FAULT_NONE);
            struct sheet sheet = read_back(csv, &book);
            assert_int_equal(book.form, SHEET_CSV);
            assert_true(bytes_equal(sheet_cell(sheet.first, 0), cells[0]));
        }
}

/* Notes above a list, one cell each, say nothing of what stands between the cells. */
static void a_list_far_below_reads_back(void **)
{
    enum { ABOVE = 25 };
    struct sheet_row rows[ABOVE + 1];
    struct bytes cells[] = {bytes_text("one"), bytes_text("two, and more")}, csv;
    uint8_t kinds[2] = {0};
    struct sheet_book book;
    for (size_t i = 0; i <= ABOVE; i++)
        rows[i] = (struct sheet_row) {.number = 2 * i + 1,
                                      .cells = cells,
                                      .kinds = kinds,
                                      .cell_count = i < ABOVE ? 1 : 2,
                                      .next = i < ABOVE ? &rows[i + 1] : NULL};
    const struct sheet_writing writing = {.rows = rows};
    assert_int_equal(sheet_write_csv(&writing, ';', true, arena, &csv), FAULT_NONE);
    struct sheet sheet = read_back(csv, &book);
    assert_true(bytes_equal(sheet_cell(sheet_row(&sheet, rows[ABOVE].number), 1), cells[1]));
}

/* What was cleaned is clean: else a list that goes out and comes back has changed. */
static void cleaning_twice_changes_nothing(void **)
{
    static const char *const raws[] = {"'\u200B=1", "\u00A0'=1",    "=\"'=1\"",   "=\"\u200B'=1\"",
                                       "'\t'=1",    "\u200B=\"1\"", "''=1",       "=\" '\r'-1\"",
                                       "'=\u0338x", "' =1",         "'\uFEFF\t+1"};
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++) {
        struct bytes once, twice, csv;
        struct sheet_book book;
        uint8_t kinds[2] = {0};
        assert_true(sheet_cell_clean(bytes_text(raws[i]), arena, &once));
        struct bytes cells[] = {bytes_text("x"), once};
        const struct sheet_writing writing = {.rows = row_of(1, cells, kinds, 2)};
        assert_int_equal(sheet_write_csv(&writing, ',', true, arena, &csv), FAULT_NONE);
        twice = sheet_cell(read_back(csv, &book).first, 1);
        assert_true(bytes_equal(once, twice));
    }
}

static void a_spent_arena_is_a_fault_and_nothing_else(void **)
{
    struct bytes cells[] = {bytes_text("partner"), bytes_text("year")}, xlsx;
    uint8_t kinds[2] = {0};
    struct sheet_row *first = row_of(1, cells, kinds, 2);
    struct sheet_row *last = first;
    for (size_t i = 2; i < 60; i++, last = last->next)
        last->next = row_of(i, cells, kinds, 2);
    const struct sheet_writing writing = {.name = "List", .rows = first};
    assert_int_equal(sheet_write_xlsx(&writing, 1, arena, &xlsx), FAULT_NONE);
    size_t whole = 0;
    for (size_t budget = 64; budget < 4 * 1024 * 1024; budget = budget * 5 / 4) {
        struct arena *small = arena_open(budget);
        struct sheet_book book;
        struct sheet sheet = {0};
        enum fault fault = sheet_open(xlsx, NULL, small, &book);
        if (!fault && !book.refusal.expected)
            fault = sheet_read(&book, 0, 100, small, &sheet);
        assert_true(fault == FAULT_NONE || fault == FAULT_MEMORY);
        assert_true(fault || !book.refusal.expected);
        if (!fault)
            assert_int_equal(sheet.row_count, 59);
        whole += !fault;
        arena_close(small);
    }
    assert_true(whole > 0);
}

static void more_rows_than_wanted_are_refused(void **)
{
    struct sheet_book book;
    struct sheet sheet;
    assert_int_equal(sheet_open(bytes_text("a,b\n1,2\n3,4\n"), NULL, arena, &book), FAULT_NONE);
    assert_int_equal(sheet_read(&book, 0, 2, arena, &sheet), FAULT_NONE);
    assert_string_equal(book.refusal.code, "too_large");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLAIM(words_are_the_same_without_case_accents_and_signs),
        CLAIM(dates_are_read_as_people_write_them),
        CLAIM(a_day_that_never_was_is_none),
        CLAIM(a_format_says_whether_a_number_is_a_date),
        CLAIM(what_begins_like_a_formula_is_made_harmless_and_comes_back),
        CLAIM(each_character_that_starts_a_formula_is_made_harmless),
        CLAIM(a_workbook_keeps_numbers_and_dates_as_they_are),
        CLAIM(a_sheet_reads_back_whatever_its_first_cell_says),
        CLAIM(a_list_far_below_reads_back),
        CLAIM(cleaning_twice_changes_nothing),
        CLAIM(a_spent_arena_is_a_fault_and_nothing_else),
        CLAIM(more_rows_than_wanted_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
