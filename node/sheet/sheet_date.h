/* Dates as people write them: 2027-02-01, 1.2.2027, 01/02/27, 1 février 2027, 46419. */
#pragma once

#include "base/arena.h"

/* Which of day and month comes first where nothing else says it. */
enum sheet_date_order { SHEET_DATE_ASK, SHEET_DATE_DMY, SHEET_DATE_MDY };

struct sheet_date {
    uint32_t year, month, day; /* where settled; else first and second are as written */
    uint32_t first, second;
    bool short_year;              /* of two digits */
    bool open;                    /* 01/02/2027: it is the order that settles it */
    enum sheet_date_order proves; /* 25/03/2027 shows the order of its column */
    const char *form;             /* as people say it: `d.m.yyyy`; static */
};

/* False when it is no date at all. A time of day behind it is left out. Folds words in the arena.
 */
bool sheet_date_read(struct bytes cell, struct arena *arena, struct sheet_date *out);

/* As `YYYY-MM-DD`; NULL when the order has to be asked, there is no such day, or the arena is
 * spent. year_last: the latest that a year of two digits may mean. */
const char *sheet_date_text(const struct sheet_date *date, enum sheet_date_order order,
                            uint32_t year_last, struct arena *arena);
