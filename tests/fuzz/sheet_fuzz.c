/* links: base seal record report sheet */
/* Whatever can be read as a spreadsheet can be written, and reads back the same: as CSV with each
 * separator, and a workbook as a workbook. The same bytes give the same rows twice, and what is
 * refused has a code, a sentence and a remedy. */
#include "fuzz/zip_mutator.h"
#include "sheet/sheet_cell.h"
#include "sheet/sheet_date.h"
#include "sheet/sheet_encoding.h"
#include "sheet/sheet_write.h"

#include <assert.h>

enum {
    BUDGET = 64 * 1024 * 1024,
    SIZE_MAX_READ = 64 * 1024,
    TABS_MAX = 3,
    ROWS_MAX = 300,
    LAST_ROW_MAX = 2000, /* blank rows are written, too */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    return zip_mutator_change(data, size, size_max, seed);
}

static bool refused(const struct sheet_book *book)
{
    const struct sheet_refusal *refusal = &book->refusal;
    assert(!refusal->expected || (refusal->code && refusal->remedy && *refusal->remedy));
    return refusal->expected;
}

/* Ascending, no row blank, no cell with blanks at its ends or what a text must not have. */
static void rows_check(const struct sheet *sheet)
{
    size_t count = 0, before = 0;
    for (const struct sheet_row *row = sheet->first; row; row = row->next, count++) {
        bool blank = true;
        assert(row->number > before && row->cell_count <= SHEET_COLUMNS_MAX);
        before = row->number;
        for (size_t i = 0; i < row->cell_count; i++) {
            struct bytes cell = row->cells[i];
            blank = blank && cell.size == 0;
            assert(cell.size == 0 || cell.data);
            assert(cell.size == 0 || !memchr(cell.data, 0, cell.size));
            assert(cell.size == 0 || !strchr(" \t\r\n", cell.data[0]));
            assert(row->kinds[i] <= SHEET_DATE);
        }
        assert(!blank);
    }
    assert(count == sheet->row_count);
}

static void rows_compare(const struct sheet *wanted, const struct sheet *got)
{
    const struct sheet_row *one = wanted->first, *other = got->first;
    for (; one && other; one = one->next, other = other->next) {
        assert(one->number == other->number);
        for (size_t i = 0; i < one->cell_count || i < other->cell_count; i++)
            assert(bytes_equal(sheet_cell(one, i), sheet_cell(other, i)));
    }
    assert(!one && !other);
}

/* Written and read, it is the same. */
static void go_round(const struct sheet *sheet, struct bytes written, struct arena *arena)
{
    struct sheet_book book;
    struct sheet again = {0};
    enum fault fault = sheet_open(written, NULL, arena, &book);
    if (fault)
        return;
    assert(!refused(&book));
    fault = sheet_read(&book, 0, ROWS_MAX, arena, &again);
    if (fault)
        return;
    assert(!refused(&book));
    rows_compare(sheet, &again);
}

/* Composed letters can be longer than what was read; and rows may lie far below. */
static bool may_be_written(const struct sheet *sheet)
{
    for (const struct sheet_row *row = sheet->first; row; row = row->next) {
        if (row->number > LAST_ROW_MAX)
            return false;
        for (size_t i = 0; i < row->cell_count; i++)
            if (row->cells[i].size > SHEET_CELL_MAX)
                return false;
    }
    return true;
}

static void write_all(const struct sheet *sheet, enum sheet_form form, struct arena *arena)
{
    static const char separators[] = {',', ';', '\t'};
    const struct sheet_writing writing = {.name = "List", .rows = sheet->first};
    struct bytes written;
    for (size_t i = 0; i < sizeof separators; i++)
        if (sheet_write_csv(&writing, separators[i], i != 1, arena, &written) == FAULT_NONE)
            go_round(sheet, written, arena);
    if (form == SHEET_XLSX && sheet_write_xlsx(&writing, 1, arena, &written) == FAULT_NONE)
        go_round(sheet, written, arena);
}

/* A cell that is a date stays it. */
static void dates_check(const struct sheet *sheet, struct arena *arena)
{
    for (const struct sheet_row *row = sheet->first; row; row = row->next)
        for (size_t i = 0; i < row->cell_count; i++) {
            struct sheet_date date;
            if (!sheet_date_read(row->cells[i], arena, &date))
                continue;
            assert(date.form);
            const char *text = sheet_date_text(&date, SHEET_DATE_DMY, 2030, arena);
            if (!text)
                continue;
            assert(strlen(text) == 10 && sheet_date_read(bytes_text(text), arena, &date));
            const char *again = sheet_date_text(&date, SHEET_DATE_MDY, 2030, arena);
            assert(!again || strcmp(text, again) == 0);
        }
}

static void read_tab(struct sheet_book book, size_t tab, struct arena *arena)
{
    struct sheet sheet = {0}, twice = {0};
    struct sheet_book other = book;
    if (sheet_read(&book, tab, ROWS_MAX, arena, &sheet) || refused(&book))
        return;
    rows_check(&sheet);
    if (sheet_read(&other, tab, ROWS_MAX, arena, &twice))
        return;
    assert(!refused(&other));
    rows_compare(&sheet, &twice);
    if (may_be_written(&sheet))
        write_all(&sheet, book.form, arena);
    dates_check(&sheet, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sheet_book book;
    if (size > SIZE_MAX_READ)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    if (sheet_open((struct bytes) {data, size}, NULL, arena, &book) == FAULT_NONE &&
        !refused(&book)) {
        assert(book.tab_count > 0 && book.tab_count <= SHEET_TABS_MAX);
        for (size_t tab = 0; tab < book.tab_count && tab < TABS_MAX; tab++)
            read_tab(book, tab, arena);
    }
    arena_close(arena);
    return 0;
}
