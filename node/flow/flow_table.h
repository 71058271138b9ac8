/* CSV with a first row of column names: rows of just the cells that are wanted, whatever their
 * order and whichever of comma, semicolon and tab separates them. */
#pragma once

#include "flow/flow.h"
#include "flow/flow_file.h"

enum { FLOW_TABLE_COLUMNS_MAX = 12, FLOW_TABLE_SIZE_MAX = 64 << 20 };

struct flow_table_column {
    const char *names; /* any of these, divided by blanks; small letters */
    bool needed;
};

struct flow_table {
    const struct flow_table_column *columns; /* up to one without names */
    /* The cells in the order of `columns`, empty where the row or the file has none; valid during
     * the call. False: enough. */
    bool (*row)(void *self, const struct bytes *cells, uint64_t line);
    void *self;
    /* A row that is too short is refused. A title that nobody knows is refused where the file lacks
     * a column: it may be that one, written otherwise. */
    bool strict;
};

/* FAULT_MEMORY when the arena is spent; what is wrong with the file stands in the refusal. */
enum fault flow_table_read(struct bytes content, const struct flow_table *table,
                           struct arena *arena, struct flow_refusal *refusal);
