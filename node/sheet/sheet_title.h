/* Titles of columns: which of those that we know a header's cell means, in whatever language. */
#pragma once

#include "sheet/sheet.h"

enum { SHEET_TITLE_HEADER_ROWS = 20 };

/* A column that we know: its other titles, folded, divided by blanks. */
struct sheet_title {
    const char *name;
    const char *aliases;
};

/* What a header means: for each of its cells the index of a title; SHEET_TITLE_NONE: not known. */
enum { SHEET_TITLE_NONE = UINT16_MAX };
struct sheet_header {
    size_t row; /* as a spreadsheet counts; 0: there is none */
    uint16_t titles[SHEET_COLUMNS_MAX];
    size_t count; /* of cells */
    size_t known;
    const struct sheet_row *cells; /* its own row */
    const struct sheet_row *next;  /* the first row behind it */
};

/* Looks through the first rows for that with most titles that we know (the first of several): above
 * it people write what the list is. row 0 where none has known_min of them. FAULT_MEMORY when the
 * arena is spent. */
enum fault sheet_title_header(const struct sheet *sheet, const struct sheet_title *titles,
                              size_t count, size_t known_min, struct arena *arena,
                              struct sheet_header *out);

/* The row says the same titles again, as where lists were pasted together. */
bool sheet_title_again(const struct sheet_header *header, const struct sheet_row *row);

/* The index of the title that a cell means, or SHEET_TITLE_NONE. `Nom / Surname`, `E-mail *` and
 * `Birth date (dd/mm/yyyy)` are understood. */
uint16_t sheet_title_find(struct bytes cell, const struct sheet_title *titles, size_t count,
                          struct arena *arena);
