#include "paper/paper_table.h"

#include <string.h>

enum { GAP = 8, PADDING = 3, CELLS_MAX = PAPER_SHEET_COLUMNS_MAX };

/* One row while it is set: of each cell the text, and how many of its lines stand already. */
struct row {
    size_t count;
    struct {
        PangoLayout *layout, *below; /* below: in the second language, or NULL */
        const char *tag;
        double x;
        int line;
    } cells[CELLS_MAX];
};

static void row_free(struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        g_object_unref(row->cells[i].layout);
        if (row->cells[i].below)
            g_object_unref(row->cells[i].below);
    }
}

static double layout_height(PangoLayout *layout)
{
    int height = 0;
    if (layout)
        pango_layout_get_size(layout, NULL, &height);
    return pango_units_to_double(height);
}

static double row_height(const struct row *row)
{
    double most = 0;
    for (size_t i = 0; i < row->count; i++) {
        double height = layout_height(row->cells[i].layout) + layout_height(row->cells[i].below);
        most = height > most ? height : most;
    }
    return most;
}

static bool row_done(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].line < pango_layout_get_line_count(row->cells[i].layout))
            return false;
    return true;
}

/* As many lines of each cell as this page takes. */
static void row_piece(struct paper_desk *desk, struct row *row)
{
    double most = 0, left = paper_desk_left(desk) - PADDING;
    cairo_tag_begin(desk->cairo, "TR", NULL);
    for (size_t i = 0; i < row->count; i++) {
        double used, more = 0;
        PangoLayout *below = row->cells[i].below;
        cairo_tag_begin(desk->cairo, row->cells[i].tag, NULL);
        row->cells[i].line =
            paper_desk_lines(desk->cairo, row->cells[i].layout, NULL, row->cells[i].line,
                             row->cells[i].x, desk->y, left, &used);
        paper_desk_ink(desk->cairo, true);
        if (below)
            paper_desk_lines(desk->cairo, below, NULL, 0, row->cells[i].x, desk->y + used,
                             left - used, &more);
        paper_desk_ink(desk->cairo, false);
        cairo_tag_end(desk->cairo, row->cells[i].tag);
        most = used + more > most ? used + more : most;
    }
    cairo_tag_end(desk->cairo, "TR");
    desk->y += most;
}

/* ---- facts -------------------------------------------------------------------------------------
 */

static void fact_make(struct paper_desk *desk, const char *const cells[], struct row *row)
{
    enum { LABEL = 160, VALUE = PAPER_DESK_ROOM - LABEL - GAP };
    struct paper_type *type = desk->type;
    *row = (struct row) {.count = 2};
    row->cells[0].layout = paper_type_layout(type, PAPER_TYPE_TEXT, cells[0], LABEL);
    if (cells[1][0])
        row->cells[0].below = paper_type_layout(type, PAPER_TYPE_SECOND, cells[1], LABEL);
    row->cells[0].tag = "TH";
    row->cells[0].x = PAPER_DESK_MARGIN;
    row->cells[1].layout = paper_type_layout(type, PAPER_TYPE_STRONG, cells[2], VALUE);
    row->cells[1].tag = "TD";
    row->cells[1].x = PAPER_DESK_MARGIN + LABEL + GAP;
}

void paper_table_facts(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    cairo_tag_begin(desk->cairo, "Table", NULL);
    for (size_t i = 0; i < block->row_count; i++) {
        struct row row;
        fact_make(desk, block->cells + 3 * i, &row);
        paper_desk_need(desk, row_height(&row) + PADDING);
        while (!row_done(&row) && desk->page <= PAPER_DESK_PAGES_MAX) {
            row_piece(desk, &row);
            if (!row_done(&row))
                paper_desk_turn(desk);
        }
        desk->y += PADDING;
        row_free(&row);
    }
    cairo_tag_end(desk->cairo, "Table");
}

/* ---- tables ------------------------------------------------------------------------------------
 */

struct table {
    const struct paper_sheet_block *block;
    double x[CELLS_MAX], width[CELLS_MAX];
};

static void table_measure(const struct paper_sheet_block *block, struct table *table)
{
    double shares = 0, x = PAPER_DESK_MARGIN;
    double room = PAPER_DESK_ROOM - GAP * ((double)block->column_count - 1);
    table->block = block;
    for (size_t i = 0; i < block->column_count; i++)
        shares += block->columns[i].share;
    for (size_t i = 0; i < block->column_count; i++) {
        table->x[i] = x;
        table->width[i] = room * block->columns[i].share / shares;
        x += table->width[i] + GAP;
    }
}

static PangoLayout *cell_make(struct paper_desk *desk, const struct table *table, size_t column,
                              enum paper_type_style style, const char *text)
{
    PangoLayout *layout = paper_type_layout(desk->type, style, text, table->width[column]);
    if (table->block->columns[column].right)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    return layout;
}

static void head_make(struct paper_desk *desk, const struct table *table, struct row *row)
{
    const struct paper_sheet_block *block = table->block;
    *row = (struct row) {.count = block->column_count};
    for (size_t i = 0; i < row->count; i++) {
        row->cells[i].layout = cell_make(desk, table, i, PAPER_TYPE_HEAD, block->columns[i].text);
        if (block->columns[i].second[0])
            row->cells[i].below =
                cell_make(desk, table, i, PAPER_TYPE_SECOND, block->columns[i].second);
        row->cells[i].tag = "TH";
        row->cells[i].x = table->x[i];
    }
}

static void line_make(struct paper_desk *desk, const struct table *table, size_t nth,
                      struct row *row)
{
    const struct paper_sheet_block *block = table->block;
    bool strong = block->total && nth + 1 == block->row_count;
    *row = (struct row) {.count = block->column_count};
    for (size_t i = 0; i < row->count; i++) {
        row->cells[i].layout =
            cell_make(desk, table, i, strong ? PAPER_TYPE_STRONG : PAPER_TYPE_TEXT,
                      block->cells[nth * block->column_count + i]);
        row->cells[i].tag = "TD";
        row->cells[i].x = table->x[i];
    }
}

static double head_height(struct paper_desk *desk, const struct table *table)
{
    struct row head;
    head_make(desk, table, &head);
    double height = row_height(&head) + 3 * PADDING;
    row_free(&head);
    return height;
}

static void set_head(struct paper_desk *desk, const struct table *table)
{
    struct row head;
    head_make(desk, table, &head);
    row_piece(desk, &head);
    row_free(&head);
    paper_desk_rule(desk, desk->y + PADDING);
    desk->y += 2 * PADDING;
}

static void turn(struct paper_desk *desk, const struct table *table)
{
    paper_desk_turn(desk);
    set_head(desk, table);
}

static void set_line(struct paper_desk *desk, const struct table *table, size_t nth)
{
    struct row row;
    line_make(desk, table, nth, &row);
    if (paper_desk_left(desk) < row_height(&row) + PADDING)
        turn(desk, table);
    while (!row_done(&row) && desk->page <= PAPER_DESK_PAGES_MAX) {
        row_piece(desk, &row);
        if (!row_done(&row))
            turn(desk, table);
    }
    row_free(&row);
    paper_desk_rule(desk, desk->y + PADDING / 2.0);
    desk->y += PADDING;
}

void paper_table_set(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    enum { ONE_LINE = 16 };
    struct table table;
    table_measure(block, &table);
    paper_desk_need(desk, head_height(desk, &table) + ONE_LINE);
    cairo_tag_begin(desk->cairo, "Table", NULL);
    set_head(desk, &table);
    for (size_t i = 0; i < block->row_count && desk->page <= PAPER_DESK_PAGES_MAX; i++)
        set_line(desk, &table, i);
    cairo_tag_end(desk->cairo, "Table");
}
