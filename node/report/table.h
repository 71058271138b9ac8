/* A text table, aligned by the width that people see. */
#pragma once

#include "base/arena.h"

enum { TABLE_COLUMNS_MAX = 16 };

/* What becomes of a column where the line is too long for the terminal. A sentence that says what
 * to do is never cut: it goes below its row. */
enum table_shrink {
    TABLE_WHOLE,
    TABLE_CUT, /* with `…` */
    TABLE_BELOW,
    TABLE_TAIL, /* `…` and its end: for names that differ there */
    /* Whole, and left away before another column is cut short: which goes first, and so on. */
    TABLE_GOES_FIRST,
    TABLE_GOES_SECOND,
    TABLE_GOES_THIRD,
};

struct table_column {
    const char *title;
    bool right; /* numbers stand to the right */
    enum table_shrink shrinks;
};

struct table_row;

/* Rows are added in order; all of it lives in the arena. */
struct table {
    const struct table_column *columns;
    size_t column_count;
    struct arena *arena;
    struct table_row *first, *last;
    bool spent; /* the arena was: the table is not whole, and no text is made of it */
    /* The escape sequence before a cell, or NULL; asked for the columns whose bit is set. */
    const char *(*paint)(struct bytes cell);
    unsigned painted;
};

/* 1 to TABLE_COLUMNS_MAX columns, held by the caller. */
void table_start(struct table *table, struct arena *arena, const struct table_column *columns,
                 size_t column_count);
/* column_count cells; NULL is empty. Copied. */
void table_add(struct table *table, const char *const cells[]);

/* Title line and rows without columns in which nothing stands, two blanks between columns, no
 * blanks at line ends. width: columns of the terminal, 0 for any; sentences below their row are
 * indented, and broken between words. Data is NULL when the arena is spent. */
struct bytes table_text(const struct table *table, size_t width);
/* For programs: tab-separated, without titles, nothing cut. */
struct bytes table_plain(const struct table *table);
