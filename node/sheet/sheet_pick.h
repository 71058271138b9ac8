/* Which sheet of a workbook holds the list, and where its header is. */
#pragma once

#include "sheet/sheet_title.h"

/* What a list is known by. */
struct sheet_pick {
    const char *name; /* of the sheet, whatever its case; NULL: the one with most titles that we
                         know, of those that are not hidden */
    const struct sheet_title *titles;
    size_t title_count;
    size_t known_min; /* titles that a header has at least */
    size_t rows_max;
};

/* The sheet with its rows and its header; header->row 0 where none is known. Refused (in the book)
 * when it is too large or no sheet has this name. Only of a book that was not refused. */
enum fault sheet_pick(struct sheet_book *book, const struct sheet_pick *pick, struct arena *arena,
                      struct sheet *sheet, struct sheet_header *header);
