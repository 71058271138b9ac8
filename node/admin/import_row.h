/* One row of a nomination list: read, checked, named. */
#pragma once

#include "admin/import.h"
#include "admin/import_cell.h"
#include "admin/import_csv.h"
#include "admin/import_partner.h"

/* What the header says: a column for each cell of a row, NULL where it is not known. */
struct import_row_header {
    const struct import_cell_column *columns[IMPORT_CSV_CELLS_MAX];
    size_t count;
};

/* What a row says, in the arena. partner and body are set unless the row is bad. */
struct import_row {
    size_t number;
    bool bad;
    const struct catalogue_institution *partner;
    struct bytes body;         /* packed Nomination */
    struct digest key;         /* natural key: who, where, when, what */
    struct store_draft *draft; /* the draft with this key; NULL: none */
};

/* Calls back for each problem of the row, each column at most once. */
typedef void import_row_report(void *self, const struct import_problem *problem);
struct import_row_reader {
    const struct import_row_header *header;
    const struct import_partner_index *partners;
    const char *own;
    struct arena *arena;
    import_row_report *report;
    void *self;
};

/* FAULT_MEMORY when the arena is spent. */
enum fault import_row_read(const struct import_row_reader *reader,
                           const struct import_csv_row *cells, struct import_row *out);
