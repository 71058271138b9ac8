/* CSV into rows of cells, whatever of comma, semicolon and tab separates them. */
#pragma once

#include "sheet/sheet.h"

/* What stands between the cells: said in a first line `sep=;`, or seen in the first lines. */
char sheet_csv_separator(struct bytes text);

/* book->text into rows; a refusal stands in the book. FAULT_MEMORY when the arena is spent. */
enum fault sheet_csv_read(struct sheet_book *book, size_t rows_max, struct arena *arena,
                          struct sheet *out);
