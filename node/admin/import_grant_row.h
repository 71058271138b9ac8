/* One row of a list of applications: read, checked against its call, named. */
#pragma once

#include "admin/applicant.h"
#include "admin/grant.h"
#include "admin/import_dates.h"
#include "admin/import_row.h"

/* The titles of such a list: those of nominations, our own, and the call's criteria. */
enum import_grant_title {
    IMPORT_GRANT_COUNTRY = IMPORT_TITLE_COUNT,
    IMPORT_GRANT_GROUP,
    IMPORT_GRANT_POINTS,
    IMPORT_GRANT_AMOUNT,
    IMPORT_GRANT_REFERENCE,
    IMPORT_GRANT_CRITERIA,
    IMPORT_GRANT_TITLES = IMPORT_GRANT_CRITERIA + CALL_LIST_MAX,
};

struct import_grant_row {
    size_t number;
    bool bad;
    bool told[IMPORT_GRANT_TITLES]; /* a column's first problem is enough */
    Peregrin__Grant *grant;         /* without number, state and time */
    const char *key; /* who applies for what: a row that says it again is the same row */
};

struct import_grant_reader {
    const struct sheet_header *header;
    const struct sheet_title *titles; /* IMPORT_GRANT_TITLES of them */
    const struct import_dates *dates;
    const Peregrin__Call *call;
    struct call_asks asks;
    struct applicant_asks of;
    struct import_row_units units;
    uint32_t year_now;
    bool fix;
    struct arena *arena;
    void (*report)(void *self, const struct import_problem *problem);
    void (*fixed)(void *self, const struct import_fix *fix);
    void *self;
};

/* The columns that are read; others are told as ignored. */
bool import_grant_row_reads(size_t title);
/* Form alone: what the call says of it is asked by import_grant_row_takes(). FAULT_MEMORY when the
 * arena is spent. */
enum fault import_grant_row_read(const struct import_grant_reader *reader,
                                 const struct sheet_row *cells, struct import_grant_row *out);
/* A row that the call does not take becomes a bad one. */
enum fault import_grant_row_takes(const struct import_grant_reader *reader,
                                  struct import_grant_row *row);
/* By the office's reference, or else by the name and the kind, whatever capitals and accents.
 * NULL: the arena is spent. */
const char *import_grant_row_key(const Peregrin__Grant *grant, struct arena *arena);
/* One more problem of the row; column: its title's number, or IMPORT_GRANT_TITLES for none. */
void import_grant_row_tell(const struct import_grant_reader *reader, struct import_grant_row *row,
                           size_t column, struct import_problem problem);
