/* Which of day and month comes first: what a column's cells show by themselves. */
#pragma once

#include "admin/import_title.h"
#include "sheet/sheet_date.h"

struct import_dates {
    enum sheet_date_order orders[SHEET_COLUMNS_MAX]; /* of each column that holds dates */
    const char *forms; /* how dates are written; NULL: there are none */
    bool open;         /* some cell's order has to be asked */
};

/* One cell that can only be read in one way settles its column; the other columns of the file
 * settle one that has none. wanted: what the user said. FAULT_MEMORY when the arena is spent. */
enum fault import_dates_look(const struct sheet_header *header, enum sheet_date_order wanted,
                             struct arena *arena, struct import_dates *out);
