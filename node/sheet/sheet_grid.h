/* One sheet of a workbook as rows. */
#pragma once

#include "sheet/sheet_book.h"

/* As sheet_read, of a workbook. */
enum fault sheet_grid_read(struct sheet_book *book, size_t tab, size_t rows_max,
                           struct arena *arena, struct sheet *out);
