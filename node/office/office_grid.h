/* A file with a row of known titles and rows of cells below it, read and written: for what people
 * fill in at a desk. Titles stand in any order and in any case; other columns are left alone. */
#pragma once

#include "command/command_work.h"
#include "sheet/sheet.h"

enum { OFFICE_GRID_COLUMNS = 16, OFFICE_GRID_ROWS = 1000 };

struct office_grid_problem {
    size_t row; /* 0: in the whole */
    const char *column, *cell, *expected;
};

struct office_grid {
    struct command_work *work;
    const char *const *titles; /* end with NULL */
    size_t places[OFFICE_GRID_COLUMNS];
    struct sheet sheet;
    const struct sheet_row *first; /* below the titles; NULL: none */
    struct office_grid_problem *problems;
    size_t problem_count;
};

/* Reads CSV or a workbook. The first `needed` titles must be there; otherwise that is said, with
 * the command that writes a file to begin with. */
enum command_exit office_grid_read(struct command_work *work, const char *path,
                                   const char *const *titles, size_t needed, const char *begin,
                                   struct office_grid *out);

/* Text of a cell, empty where there is none. */
const char *office_grid_cell(const struct office_grid *grid, const struct sheet_row *row,
                             size_t column);
/* A row in which nothing is said. */
bool office_grid_blank(const struct office_grid *grid, const struct sheet_row *row);

/* `6`, `5.5`, `2,25` as hundredths; -1: none of these, and that is noted. */
json_int_t office_grid_hundredths(struct office_grid *grid, const struct sheet_row *row,
                                  size_t column);
/* A whole number; -1: none, and that is noted unless the cell is empty. */
json_int_t office_grid_number(struct office_grid *grid, const struct sheet_row *row, size_t column);
/* yes, no, true, false, 1, 0: 1 or 0; -1: empty; -2: something else, and that is noted. */
int office_grid_yes(struct office_grid *grid, const struct sheet_row *row, size_t column);

void office_grid_complain(struct office_grid *grid, size_t row, size_t column, const char *cell,
                          const char *expected);
/* COMMAND_DONE when there are no problems; otherwise says them all. */
enum command_exit office_grid_verdict(struct office_grid *grid, const char *done);

/* CSV of the titles and these cells, a row after the other; data NULL: the arena is spent. */
struct bytes office_grid_write(struct command_work *work, const char *const *titles,
                               const char *const *cells, size_t rows);
