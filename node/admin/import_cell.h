/* The columns of a nomination list, and what people write in their cells. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "mobility.pb-c.h"

enum { IMPORT_CELL_COLUMNS = 20, IMPORT_CELL_PARTNER = 0 };

struct import_cell_column {
    const char *name;
    const char *path; /* of the field in a nomination; NULL: the partner, who stands beside it */
    const char *expected; /* what a cell may hold */
    bool needed;          /* the column itself: without it nothing can be read */
    /* VERDICT_INVALID when the cell cannot be read; VERDICT_TOO_LARGE when the arena is spent. */
    enum verdict (*read)(struct bytes cell, const struct import_cell_column *column,
                         Peregrin__Nomination *nomination, struct arena *arena);
};

/* number < IMPORT_CELL_COLUMNS, in the order of the template. */
const struct import_cell_column *import_cell_column(size_t number);

/* From a header's cell, whatever its case and blanks; NULL when we do not know it. */
const struct import_cell_column *import_cell_named(struct bytes title);
/* Of a field that the rules name (`person.email`, `languages.level`); NULL when no column fills it.
 */
const struct import_cell_column *import_cell_of_field(const char *path);
