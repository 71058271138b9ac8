/* Rows in, bytes out: CSV and workbooks. What a program would take for a formula is made harmless,
 * so that nobody's name is computed; reading takes that back. */
#pragma once

#include "sheet/sheet.h"

/* A cell that somebody has to look at: coloured, with a note. */
struct sheet_mark {
    size_t row, column; /* row from 1, column from 0 */
    const char *note;   /* NULL: the colour alone */
};

/* What a column may hold, to choose from. */
struct sheet_choice {
    size_t column;
    const char *const *words; /* NULL ends them */
};

struct sheet_writing {
    const char *name;               /* of the sheet */
    const struct sheet_row *rows;   /* where their numbers leave some out, rows stay blank */
    size_t header_row;              /* bold, and stays in sight; 0: none */
    const struct sheet_mark *marks; /* in the order of rows */
    size_t mark_count;
    const struct sheet_choice *choices; /* for the rows behind the header */
    size_t choice_count;
    size_t width; /* of the columns, in letters; 0: as it comes */
};

/* marked: with the mark by which Excel sees UTF-8. FAULT_MEMORY when the arena is spent. */
enum fault sheet_write_csv(const struct sheet_writing *writing, char separator, bool marked,
                           struct arena *arena, struct bytes *out);

/* A workbook of these sheets; notes and choices are workbooks' alone. FAULT_FILE when the machine
 * has no room for it. */
enum fault sheet_write_xlsx(const struct sheet_writing *sheets, size_t count, struct arena *arena,
                            struct bytes *out);
