/* A report as tables, before it is dressed: what the API gives as JSON, and others as CSV, as a
 * page with plots, or at a terminal. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

enum { FIGURES_CELLS = 12, FIGURES_TABLES = 12 };

enum figures_style {
    FIGURES_TEXT,
    FIGURES_NUMBER,
    FIGURES_HUNDREDTHS, /* of a credit; cents */
    FIGURES_SHARE,      /* over of under, in percent with one decimal */
    FIGURES_MEAN,       /* over by under, with one decimal */
};

/* Shared by all reports: a name for programs means the same in each. */
struct figures_column {
    const char *name, *title;
    enum figures_style style;
};

/* One of its column's style. Nothing where under is 0 of a share or a mean; few: in a public form,
 * see figures_hide.h. */
enum figures_cell_state { FIGURES_THERE, FIGURES_NOTHING, FIGURES_FEW, FIGURES_KEPT_BACK };
struct figures_cell {
    enum figures_cell_state state;
    const char *text;
    int64_t number; /* over */
    uint64_t under;
};

struct figures_table {
    const char *name, *title, *note; /* note NULL: none */
    const struct figures_column *const *columns;
    size_t column_count;
    struct figures_cell (*rows)[FIGURES_CELLS];
    size_t count, room;
};

/* Nothing where it is NULL or empty. */
struct figures_cell figures_table_words(const char *said);
struct figures_cell figures_table_number(enum figures_cell_state state, int64_t value);
struct figures_cell figures_table_ratio(enum figures_cell_state state, uint64_t over,
                                        uint64_t under);

/* A row more; NULL: the arena is spent. */
struct figures_cell *figures_table_row(struct figures_table *table, struct arena *arena);

/* For people, and for CSV: `fewer than 5`, `hidden`, empty for nothing. NULL: the arena is spent.
 */
const char *figures_table_text(const struct figures_cell *cell, enum figures_style style,
                               struct arena *arena);
/* Tenths, rounded half up. */
int64_t figures_table_tenths(uint64_t over, uint64_t under, uint64_t times);

/* All tables as one: a line of titles with every column that one of them has, and before each row
 * which table it is of. Cells that a program would take for a formula are made harmless. */
enum fault figures_table_csv(const struct figures_table *tables, size_t count, struct arena *arena,
                             struct bytes *out);
