/* A spreadsheet's file on the user's side: in whatever encoding it was saved, as UTF-8 and as rows.
 */
#pragma once

#include "command/command_work.h"
#include "admin/import_csv.h"

struct command_sheet {
    const char *path;
    const char *encoding; /* what it was taken for, as people say it */
    struct bytes text;    /* UTF-8 */
    struct import_csv rows;
};

/* Reads the file. UTF-8, with and without its mark, and UTF-16 are seen; other bytes are Windows
 * 1250 or 1252, by --encoding or by their letters, and that is told. Says what is wrong. */
enum command_exit command_sheet_read(struct command_work *work, const char *path,
                                     struct command_sheet *out);

/* Of a row by its number; NULL when there is none. */
const struct import_csv_row *command_sheet_row(const struct command_sheet *sheet, size_t number);
/* A cell as text; empty when the row is shorter. */
const char *command_sheet_cell(struct command_work *work, const struct import_csv_row *row,
                               size_t column);
