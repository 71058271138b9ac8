/* CSV into rows of cells, whatever of comma, semicolon and tab separates them. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

enum { IMPORT_CSV_CELLS_MAX = 64, IMPORT_CSV_CELL_MAX = 16 * 1024 };

/* Cells are UTF-8 in NFC without blanks at their ends; `="0012"` has become `0012`. */
struct import_csv_row {
    size_t number; /* as a spreadsheet counts, from 1; blank rows count and are left out */
    const struct bytes *cells;
    size_t cell_count;
    struct import_csv_row *next;
};

struct import_csv {
    struct import_csv_row *first;
    size_t row_count;
    /* What makes the file unreadable, or NULL, and what to do. */
    const char *expected, *remedy;
};

/* At most rows_max rows are read. FAULT_MEMORY when the arena is spent. */
enum fault import_csv_read(struct bytes content, size_t rows_max, struct arena *arena,
                           struct import_csv *out);
