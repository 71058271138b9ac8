/* The columns of a nomination list, and what people write in their cells. */
#pragma once

#include "admin/import_title.h"
#include "base/verdict.h"
#include "mobility.pb-c.h"
#include "sheet/sheet_date.h"

/* How cells are read, and what came of the last one. */
struct import_cell_way {
    struct arena *arena;
    enum sheet_date_order order;
    uint32_t year_now;
    bool fix;         /* take the nearest where nothing fits */
    const char *near; /* what was probably meant, of our own words: never a piece of the cell */
    bool fixed;       /* it was taken */
    bool asks;        /* a date that the order settles, which is not known */
};

struct import_cell_column {
    const char *name;
    const char *path; /* of the field in a nomination; NULL: the partner, who stands beside it */
    const char *expected; /* what a cell may hold */
    bool needed;          /* the column itself: without it nothing can be read */
    /* VERDICT_INVALID when the cell cannot be read; VERDICT_TOO_LARGE when the arena is spent. */
    enum verdict (*read)(struct bytes cell, const struct import_cell_column *column,
                         Peregrin__Nomination *nomination, struct import_cell_way *way);
};

/* number < IMPORT_TITLE_COLUMNS, in the order of the template. */
const struct import_cell_column *import_cell_column(size_t number);
bool import_cell_is_date(const struct import_cell_column *column);
/* Of a field that the rules name (`person.email`, `languages.level`); NULL when no column fills it.
 */
const struct import_cell_column *import_cell_of_field(const char *path);

/* What a program shows where a formula has no value. */
bool import_cell_is_error(struct bytes cell);
