/* A spreadsheet's file on the user's side: what the node is asked about is read here as well, so
 * that the user's own cells can be shown to him without travelling. */
#pragma once

#include "command/command_work.h"
#include "sheet/sheet_pick.h"

struct command_sheet {
    const char *path;
    struct sheet_book book;
    struct sheet sheet; /* once its rows were read */
    struct sheet_header header;
};

/* The first sheet of a file that we wrote ourselves and people filled in, under --encoding. What
 * cannot be read is said. */
enum command_exit command_sheet_load(struct command_work *work, const char *path, size_t rows_max,
                                     struct sheet *out);

/* Opens the file, whatever it is. A guess at its letters is told, as is what makes it unreadable:
 * then COMMAND_PROBLEMS. */
enum command_exit command_sheet_open(struct command_work *work, const char *path,
                                     struct command_sheet *out);
/* Reads the sheet that is picked. */
enum command_exit command_sheet_rows(struct command_work *work, const struct sheet_pick *pick,
                                     struct command_sheet *sheet);

/* Where a sheet was asked for that is not there: those that are. */
void command_sheet_tabs(struct command_work *work, const struct command_sheet *sheet);

/* A cell as text; empty when the row is NULL or shorter. */
const char *command_sheet_cell(struct command_work *work, const struct sheet_row *row,
                               size_t column);
/* The title of a column as it stands in the file. */
const char *command_sheet_title(struct command_work *work, const struct command_sheet *sheet,
                                size_t column);

/* NAME.errors.csv of NAME.csv: the same name with a word before its ending. */
const char *command_sheet_beside(struct command_work *work, const struct command_sheet *sheet,
                                 const char *word);
/* Writes a file of the user's: asks before it replaces one. COMMAND_PARTLY when it was left. */
enum command_exit command_sheet_save(struct command_work *work, const char *path,
                                     struct bytes content);
