/* One row of a nomination list: read, checked, named. */
#pragma once

#include "admin/import.h"
#include "admin/import_cell.h"
#include "admin/import_dates.h"
#include "admin/import_partner.h"

/* What a row says, in the arena. partner and body are set unless the row is bad. */
struct import_row {
    size_t number;
    bool bad;
    const struct catalogue_institution *partner;
    Peregrin__Nomination *nomination;
    struct bytes body;         /* packed */
    struct bytes reference;    /* the cell that names the dossier or draft; size 0: none */
    size_t reference_place;    /* its column in the file, from 1 */
    struct digest key;         /* natural key: who, where, when, what */
    struct store_draft *draft; /* the draft with this key; NULL: none */
};

/* Which departments rows may be of. */
struct import_row_units {
    const Peregrin__Units *units; /* of `own` */
    const char *own;
    const char *otherwise; /* of rows that say none; NULL: none */
    struct scope scope;
    char today[UNIT_DATE_SIZE];
};
/* A code or a name becomes the code; a row that says none gets the importer's only one. False: the
 * problem says why not, without its row. */
bool import_row_unit(const struct import_row_units *ask, const char *said, const char **out,
                     struct import_problem *problem);

/* Reads a cell that is not empty; a problem without a code is none. `way` then tells what was
 * mended. */
enum fault import_row_cell(struct bytes cell, const struct import_cell_column *column,
                           struct import_cell_way *way, Peregrin__Nomination *into,
                           struct import_problem *problem);

/* Calls back for each problem of the row, each column at most once, and for each mended cell. */
struct import_row_reader {
    const struct sheet_header *header;
    const struct import_dates *dates;
    const struct import_partner_index *partners;
    const char *own;
    uint32_t year_now;
    bool fix;
    struct import_row_units units;
    struct arena *arena;
    void (*report)(void *self, const struct import_problem *problem);
    void (*fixed)(void *self, const struct import_fix *fix);
    void *self;
};

/* FAULT_MEMORY when the arena is spent. */
enum fault import_row_read(const struct import_row_reader *reader, const struct sheet_row *cells,
                           struct import_row *out);

/* Partner, student, year, term and kind: the row that says these again is the same row, whatever
 * the capitals of an identifier, and the capitals, accents and signs of a name. False when the
 * arena is spent. */
bool import_row_key(const char *partner, const Peregrin__Nomination *nomination,
                    struct arena *arena, struct digest *key);
/* Keys are no secrets, and each is compared with thousands: this ends at the first difference. */
bool import_row_same(const struct digest *left, const struct digest *right);
