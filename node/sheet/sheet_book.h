/* A workbook (.xlsx): which sheets it has, and what they share. */
#pragma once

#include "sheet/sheet_number.h"
#include "sheet/sheet_strings.h"

struct sheet_parts {
    struct sheet_strings strings;
    const struct sheet_number_style *styles; /* by a cell's s= */
    size_t style_count;
    bool since_1904;
};

/* Fills tabs and parts of a book whose content is known to be a ZIP archive, or refuses it: also
 * other workbooks that are ZIP archives, by their name. */
enum fault sheet_book_open(struct sheet_book *book, struct arena *arena);
