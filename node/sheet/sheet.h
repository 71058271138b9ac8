/* Spreadsheets: bytes in, rows out, whatever program saved them.
 *
 * What a file is, is seen by its content and never by its name. Everything that is read has a
 * limit, and what cannot be read is refused with what to do; a refusal is no fault. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

enum {
    SHEET_SIZE_MAX = 8 * 1024 * 1024,
    SHEET_COLUMNS_MAX = 256,
    SHEET_CELL_MAX = 16 * 1024,
    SHEET_TABS_MAX = 255,
};

enum sheet_form { SHEET_CSV, SHEET_XLSX };
enum sheet_kind { SHEET_TEXT, SHEET_NUMBER, SHEET_DATE };

/* Cells are UTF-8 in NFC without blanks at their ends, as a person sees them: a date is YYYY-MM-DD,
 * a truth TRUE or FALSE, an error what the program shows (`#N/A`); `="0012"` has become `0012`. */
struct sheet_row {
    size_t number; /* as a spreadsheet counts, from 1; blank rows count and are left out */
    const struct bytes *cells;
    const uint8_t *kinds; /* enum sheet_kind of each cell */
    size_t cell_count;
    bool hidden; /* by hand or by a filter */
    struct sheet_row *next;
};

struct sheet {
    const char *name; /* of the sheet in a workbook; NULL in CSV */
    struct sheet_row *first;
    size_t row_count;
};

/* What makes a file unreadable: `expected` NULL where nothing does. */
struct sheet_refusal {
    const char *code, *expected, *remedy;
};

struct sheet_tab {
    const char *name;
    const char *part; /* in the file */
    bool hidden;
};

struct sheet_parts; /* what the sheets of a workbook share */

struct sheet_book {
    enum sheet_form form;
    struct bytes content;
    struct sheet_tab *tabs; /* one without a name in CSV */
    size_t tab_count;
    /* CSV: what its letters were taken for, as people say it; the name of the other choice where
     * that was a guess; what stands between the cells; all of it as UTF-8. */
    const char *encoding, *otherwise;
    char separator;
    struct bytes text;
    const struct sheet_parts *parts;
    struct sheet_refusal refusal;
};

/* encoding: `cp1250` or `cp1252` for CSV that is no UTF-8; NULL: by its letters. The book borrows
 * the content. FAULT_MEMORY when the arena is spent. */
enum fault sheet_open(struct bytes content, const char *encoding, struct arena *arena,
                      struct sheet_book *out);

/* The rows of one sheet, at most rows_max; with more, the book is refused. Only of a book that was
 * not refused. */
enum fault sheet_read(struct sheet_book *book, size_t tab, size_t rows_max, struct arena *arena,
                      struct sheet *out);

/* By its number; NULL when that row is blank or not there. */
const struct sheet_row *sheet_row(const struct sheet *sheet, size_t number);
/* Empty when the row is NULL or shorter. */
struct bytes sheet_cell(const struct sheet_row *row, size_t column);
