#include "figures/figures_table.h"

#include "grade/credits.h"
#include "sheet/sheet_write.h"

#include <assert.h>
#include <string.h>

struct figures_cell figures_table_words(const char *said)
{
    return (struct figures_cell) {.state = said && *said ? FIGURES_THERE : FIGURES_NOTHING,
                                  .text = said};
}

struct figures_cell figures_table_number(enum figures_cell_state state, int64_t value)
{
    return (struct figures_cell) {.state = state, .number = value};
}

struct figures_cell figures_table_ratio(enum figures_cell_state state, uint64_t over,
                                        uint64_t under)
{
    return (struct figures_cell) {
        .state = state || under ? state : FIGURES_NOTHING, .number = (int64_t)over, .under = under};
}

struct figures_cell *figures_table_row(struct figures_table *table, struct arena *arena)
{
    assert(table->column_count <= FIGURES_CELLS);
    if (table->count == table->room) {
        size_t room = table->room ? 2 * table->room : 16;
        struct figures_cell(*rows)[FIGURES_CELLS] = arena_take_array(arena, room, sizeof *rows);
        if (!rows)
            return NULL;
        if (table->count)
            memcpy(rows, table->rows, table->count * sizeof *rows);
        table->rows = rows;
        table->room = room;
    }
    return table->rows[table->count++];
}

int64_t figures_table_tenths(uint64_t over, uint64_t under, uint64_t times)
{
    assert(under > 0);
    return (int64_t)((2 * over * times * 10 + under) / (2 * under));
}

static const char *tenths_text(int64_t tenths, struct arena *arena)
{
    return arena_format(arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

const char *figures_table_text(const struct figures_cell *cell, enum figures_style style,
                               struct arena *arena)
{
    if (cell->state == FIGURES_KEPT_BACK)
        return "hidden";
    if (cell->state == FIGURES_FEW)
        return "fewer than 5";
    if (cell->state == FIGURES_NOTHING)
        return "";
    switch (style) {
    case FIGURES_TEXT: return cell->text;
    case FIGURES_NUMBER: return arena_format(arena, "%lld", (long long)cell->number);
    case FIGURES_HUNDREDTHS:
        return arena_format(arena, "%lld.%02lld", (long long)(cell->number / CREDITS_ONE),
                            (long long)(cell->number % CREDITS_ONE));
    case FIGURES_SHARE:
    case FIGURES_MEAN:
        if (!cell->under)
            return "";
        return tenths_text(figures_table_tenths((uint64_t)cell->number, cell->under,
                                                style == FIGURES_SHARE ? 100 : 1),
                           arena);
    }
    return "";
}

static enum fault row_put(struct sheet_row *row, size_t number, size_t cells, struct arena *arena,
                          struct bytes **out)
{
    struct bytes *list = arena_take_array(arena, cells + 1, sizeof *list);
    *row = (struct sheet_row) {.number = number, .cells = list, .cell_count = cells};
    *out = list;
    return list ? FAULT_NONE : FAULT_MEMORY;
}

/* Every column once, in the order in which they come. */
struct titles {
    const char *names[FIGURES_TABLES * FIGURES_CELLS];
    size_t count;
};

static size_t title_place(struct titles *titles, const char *name)
{
    size_t place = 0;
    while (place < titles->count && strcmp(titles->names[place], name) != 0)
        place++;
    if (place == titles->count)
        titles->names[titles->count++] = name;
    return place;
}

/* The table's name stands before all columns. */
static enum fault title_row(const struct titles *titles, struct sheet_row *row, struct arena *arena)
{
    struct bytes *cells;
    TRY(row_put(row, 1, 1 + titles->count, arena, &cells));
    cells[0] = bytes_text("table");
    for (size_t i = 0; i < titles->count; i++)
        cells[1 + i] = bytes_text(titles->names[i]);
    return FAULT_NONE;
}

static enum fault table_rows(const struct figures_table *table, struct titles *titles,
                             struct sheet_row *rows, size_t *count, struct arena *arena)
{
    uint8_t *kinds = arena_take(arena, 1 + titles->count);
    struct bytes *cells;
    for (size_t i = 0; kinds && i < 1 + titles->count; i++)
        kinds[i] = SHEET_TEXT;
    for (size_t i = 0; kinds && i < table->column_count; i++)
        if (table->columns[i]->style != FIGURES_TEXT)
            kinds[1 + title_place(titles, table->columns[i]->name)] = SHEET_NUMBER;
    for (size_t r = 0; kinds && r < table->count; r++, ++*count) {
        TRY(row_put(&rows[*count], *count + 1, 1 + titles->count, arena, &cells));
        rows[*count].kinds = kinds;
        cells[0] = bytes_text(table->name);
        for (size_t i = 0; i < table->column_count; i++) {
            const char *text =
                figures_table_text(&table->rows[r][i], table->columns[i]->style, arena);
            if (!text)
                return FAULT_MEMORY;
            cells[1 + title_place(titles, table->columns[i]->name)] = bytes_text(text);
        }
    }
    return kinds ? FAULT_NONE : FAULT_MEMORY;
}

enum fault figures_table_csv(const struct figures_table *tables, size_t count, struct arena *arena,
                             struct bytes *out)
{
    struct titles titles = {.count = 0};
    size_t all = 1, written = 1;
    assert(count <= FIGURES_TABLES);
    for (size_t i = 0; i < count; i++) {
        all += tables[i].count;
        for (size_t j = 0; j < tables[i].column_count; j++)
            (void)title_place(&titles, tables[i].columns[j]->name);
    }
    struct sheet_row *rows = arena_take_array(arena, all, sizeof *rows);
    if (!rows)
        return FAULT_MEMORY;
    TRY(title_row(&titles, rows, arena));
    for (size_t i = 0; i < count; i++)
        TRY(table_rows(&tables[i], &titles, rows, &written, arena));
    for (size_t i = 0; i + 1 < written; i++)
        rows[i].next = &rows[i + 1];
    const struct sheet_writing writing = {.name = "Report", .rows = rows};
    return sheet_write_csv(&writing, ',', false, arena, out);
}
