#include "report/table.h"

#include "report/text.h"

#include <assert.h>
#include <string.h>

enum {
    GAP = 2,
    INDENT = 4,
    SHRUNK_MIN = 8,
    TAIL_MIN = 9,     /* `…` and eight characters */
    CUT_AT_EASE = 20, /* longer cells are cut before a column is left away */
};

static const char ellipsis[] = "\xE2\x80\xA6";

struct table_row {
    struct table_row *next;
    struct bytes cells[TABLE_COLUMNS_MAX];
};

void table_start(struct table *table, struct arena *arena, const struct table_column *columns,
                 size_t column_count)
{
    assert(column_count > 0 && column_count <= TABLE_COLUMNS_MAX);
    *table = (struct table) {.columns = columns, .column_count = column_count, .arena = arena};
}

void table_add(struct table *table, const char *const cells[])
{
    struct table_row *row = arena_take(table->arena, sizeof *row);
    for (size_t i = 0; row && i < table->column_count; i++) {
        row->cells[i] = text_calm(bytes_text(cells[i] ? cells[i] : ""), table->arena);
        if (!row->cells[i].data)
            row = NULL;
    }
    if (!row) {
        table->spent = true;
        return;
    }
    if (table->last)
        table->last->next = row;
    else
        table->first = row;
    table->last = row;
}

struct widths {
    size_t terminal; /* 0: any */
    size_t columns[TABLE_COLUMNS_MAX];
    bool below; /* the sentences are */
    bool gone[TABLE_COLUMNS_MAX];
};

static bool goes_below(const struct table *table, const struct widths *widths, size_t column)
{
    return widths->below && table->columns[column].shrinks == TABLE_BELOW;
}

static bool in_line(const struct table *table, const struct widths *widths, size_t column)
{
    return !widths->gone[column] && !goes_below(table, widths, column);
}

static void widen(size_t *width, struct bytes cell)
{
    size_t own = text_width(cell);
    if (own > *width)
        *width = own;
}

static struct widths natural_widths(const struct table *table)
{
    struct widths widths = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        widen(&widths.columns[i], bytes_text(table->columns[i].title));
        for (const struct table_row *row = table->first; row; row = row->next)
            widen(&widths.columns[i], row->cells[i]);
    }
    return widths;
}

static size_t line_width(const struct table *table, const struct widths *widths)
{
    size_t sum = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (in_line(table, widths, i))
            sum += widths->columns[i] + (sum ? GAP : 0);
    return sum;
}

static size_t excess(const struct table *table, const struct widths *widths)
{
    size_t line = line_width(table, widths);
    return line > widths->terminal ? line - widths->terminal : 0;
}

/* The widest of the columns that may be shortened so, one by one. */
static void narrow(const struct table *table, struct widths *widths, enum table_shrink which,
                   size_t least)
{
    for (size_t over = excess(table, widths); over > 0; over--) {
        size_t *widest = NULL;
        for (size_t i = 0; i < table->column_count; i++)
            if (table->columns[i].shrinks == which && (!widest || widths->columns[i] > *widest))
                widest = &widths->columns[i];
        if (!widest || *widest <= least)
            return;
        --*widest;
    }
}

static void leave_away(const struct table *table, struct widths *widths, enum table_shrink which)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].shrinks == which && excess(table, widths))
            widths->gone[i] = true;
}

/* In this order, as far as it must be: sentences go below, long cells are cut, names keep their
 * ends, columns go, cells are cut short. */
static void shrink(const struct table *table, struct widths *widths)
{
    widths->below = excess(table, widths);
    narrow(table, widths, TABLE_CUT, CUT_AT_EASE);
    narrow(table, widths, TABLE_TAIL, TAIL_MIN);
    for (enum table_shrink which = TABLE_GOES_FIRST; which <= TABLE_GOES_THIRD; which++)
        leave_away(table, widths, which);
    narrow(table, widths, TABLE_CUT, SHRUNK_MIN);
}

/* Appends; with data NULL it only counts, so that one pass measures and the next writes. */
struct sink {
    uint8_t *data;
    size_t size;
};

static void put(struct sink *sink, struct bytes bytes)
{
    if (sink->data && bytes.size)
        memcpy(sink->data + sink->size, bytes.data, bytes.size);
    sink->size += bytes.size;
}

static void put_blanks(struct sink *sink, size_t count)
{
    if (sink->data)
        memset(sink->data + sink->size, ' ', count);
    sink->size += count;
}

/* How many bytes at the end fit: whole characters, counted from the front. */
static size_t tail_size(struct bytes cell, size_t width)
{
    size_t all = text_width(cell);
    return cell.size - text_fit(cell, all > width ? all - width : 0);
}

static void put_fitted(struct sink *sink, struct bytes cell, size_t width, enum table_shrink how)
{
    if (text_width(cell) <= width) {
        put(sink, cell);
    } else if (how == TABLE_TAIL) {
        size_t size = tail_size(cell, width - 1);
        put(sink, bytes_text(ellipsis));
        put(sink, (struct bytes) {cell.data + cell.size - size, size});
    } else {
        put(sink, (struct bytes) {cell.data, text_fit(cell, width - 1)});
        put(sink, bytes_text(ellipsis));
    }
}

static void put_cell(struct sink *sink, const struct table *table, size_t column, struct bytes cell,
                     size_t width)
{
    const char *color = table->painted & 1u << column ? table->paint(cell) : NULL;
    if (color)
        put(sink, bytes_text(color));
    put_fitted(sink, cell, width, table->columns[column].shrinks);
    if (color)
        put(sink, bytes_text("\033[0m"));
}

static void put_line(struct sink *sink, const struct table *table, const struct widths *widths,
                     const struct bytes *cells)
{
    size_t owed = 0; /* blanks that are written only before further text */
    for (size_t i = 0; i < table->column_count; i++) {
        if (!in_line(table, widths, i))
            continue;
        size_t room = widths->columns[i];
        size_t own = text_width(cells[i]);
        size_t fill = own < room ? room - own : 0;
        if (own > 0) {
            put_blanks(sink, owed + (table->columns[i].right ? fill : 0));
            put_cell(sink, table, i, cells[i], room);
            owed = table->columns[i].right ? 0 : fill;
        } else {
            owed += room;
        }
        owed += GAP;
    }
    put(sink, bytes_text("\n"));
}

/* Where several sentences stand below a row, each says which it is; gives the room this took. */
static size_t put_title(struct sink *sink, const struct table *table, size_t column)
{
    size_t sentences = 0;
    for (size_t i = 0; i < table->column_count; i++)
        sentences += table->columns[i].shrinks == TABLE_BELOW;
    put_blanks(sink, INDENT);
    if (sentences < 2)
        return 0;
    const char *title = table->columns[column].title;
    for (const char *letter = title; *letter; letter++) {
        char low = *letter >= 'A' && *letter <= 'Z' ? (char)(*letter + ('a' - 'A')) : *letter;
        put(sink, (struct bytes) {(const uint8_t *)&low, 1});
    }
    put(sink, bytes_text(": "));
    return strlen(title) + 2;
}

static void put_below(struct sink *sink, const struct table *table, const struct widths *widths,
                      const struct bytes *cells)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (!goes_below(table, widths, i) || !cells[i].size)
            continue;
        size_t indent = INDENT + put_title(sink, table, i);
        struct bytes lines = text_wrap(cells[i], widths->terminal, indent, table->arena);
        put(sink, lines.data ? lines : cells[i]);
        put(sink, bytes_text("\n"));
    }
}

static void put_all(struct sink *sink, const struct table *table, const struct widths *widths)
{
    struct bytes titles[TABLE_COLUMNS_MAX];
    for (size_t i = 0; i < table->column_count; i++)
        titles[i] = bytes_text(table->columns[i].title);
    put_line(sink, table, widths, titles);
    for (const struct table_row *row = table->first; row; row = row->next) {
        put_line(sink, table, widths, row->cells);
        put_below(sink, table, widths, row->cells);
    }
}

/* A column in which nothing stands says nothing. */
static bool is_empty(const struct table *table, size_t column)
{
    for (const struct table_row *row = table->first; row; row = row->next)
        if (row->cells[column].size)
            return false;
    return table->first;
}

struct bytes table_text(const struct table *table, size_t width)
{
    struct widths widths = natural_widths(table);
    widths.terminal = width;
    for (size_t i = 0; i < table->column_count; i++)
        widths.gone[i] = is_empty(table, i);
    if (width)
        shrink(table, &widths);
    struct sink sink = {0};
    put_all(&sink, table, &widths);
    sink = (struct sink) {.data = table->spent ? NULL : arena_take(table->arena, sink.size)};
    if (!sink.data)
        return (struct bytes) {0};
    put_all(&sink, table, &widths);
    return (struct bytes) {sink.data, sink.size};
}

static void put_plain(struct sink *sink, const struct table *table)
{
    for (const struct table_row *row = table->first; row; row = row->next)
        for (size_t i = 0; i < table->column_count; i++) {
            put(sink, row->cells[i]);
            put(sink, bytes_text(i + 1 < table->column_count ? "\t" : "\n"));
        }
}

struct bytes table_plain(const struct table *table)
{
    struct sink sink = {0};
    put_plain(&sink, table);
    sink = (struct sink) {.data = table->spent ? NULL : arena_take(table->arena, sink.size + 1)};
    if (!sink.data)
        return (struct bytes) {0};
    put_plain(&sink, table);
    return (struct bytes) {sink.data, sink.size};
}
