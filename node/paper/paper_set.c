#include "paper/paper_set.h"

#include "paper/paper_mark.h"
#include "paper/paper_table.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 6 };

/* ---- blocks ------------------------------------------------------------------------------------
 */

static struct paper_desk_text words(const char *tag, enum paper_type_style style, const char *text)
{
    return (struct paper_desk_text) {tag, style, text, PAPER_DESK_MARGIN, PAPER_DESK_ROOM, false};
}

/* The second language after the first, in grey. */
static void put_both(struct paper_desk *desk, struct paper_desk_text first, const char *second,
                     enum paper_type_style style)
{
    paper_desk_put(desk, &first);
    struct paper_desk_text other = first;
    other.text = second;
    other.style = style;
    other.tag = "P";
    other.grey = true;
    paper_desk_put(desk, &other);
}

static void set_heading(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    enum { WITH_WHAT_FOLLOWS = 70 };
    paper_desk_need(desk, WITH_WHAT_FOLLOWS);
    desk->y += GAP;
    put_both(desk, words("H2", PAPER_TYPE_HEADING, block->text), block->second, PAPER_TYPE_SECOND);
    desk->y += GAP / 2.0;
}

static void set_text(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    put_both(desk, words("P", PAPER_TYPE_TEXT, block->text), block->second, PAPER_TYPE_SECOND);
    desk->y += GAP;
}

static void set_note(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    put_both(desk, words("P", PAPER_TYPE_NOTE, block->text), block->second, PAPER_TYPE_NOTE);
    desk->y += GAP;
}

static void set_block(struct paper_desk *desk, const struct paper_sheet_block *block)
{
    static void (*const setters[])(struct paper_desk *, const struct paper_sheet_block *) = {
        [PAPER_SHEET_HEADING] = set_heading,   [PAPER_SHEET_TEXT] = set_text,
        [PAPER_SHEET_NOTE] = set_note,         [PAPER_SHEET_FACTS] = paper_table_facts,
        [PAPER_SHEET_TABLE] = paper_table_set,
    };
    setters[block->kind](desk, block);
}

/* Institution and title at the left, the code at the right, and what it is below it. */
static bool set_top(struct paper_desk *desk)
{
    const struct paper_sheet *sheet = desk->sheet;
    double low = desk->y;
    double beside = sheet->mark[0] ? PAPER_MARK_SIDE + 2 * GAP : 0;
    struct paper_desk_text text = words("P", PAPER_TYPE_STRONG, sheet->author);
    if (sheet->mark[0]) {
        if (!paper_mark_set(desk, sheet->mark))
            return false;
        desk->y += PAPER_MARK_SIDE;
        struct paper_desk_text about = words("P", PAPER_TYPE_NOTE, sheet->beside);
        about.x = PAPER_DESK_MARGIN + PAPER_DESK_ROOM - PAPER_MARK_SIDE;
        about.width = PAPER_MARK_SIDE;
        about.grey = true;
        paper_desk_put(desk, &about);
        low = desk->y;
        desk->y = PAPER_DESK_TOP;
    }
    text.width -= beside;
    paper_desk_put(desk, &text);
    desk->y += 2 * GAP;
    struct paper_desk_text title = words("H1", PAPER_TYPE_TITLE, sheet->title);
    title.width -= beside;
    put_both(desk, title, sheet->second, PAPER_TYPE_SECOND_TITLE);
    desk->y = (desk->y > low || desk->page > 1 ? desk->y : low) + GAP;
    return true;
}

/* ---- the document ------------------------------------------------------------------------------
 */

/* Returns the number of pages; 0: the code's text does not fit. */
static int set_all(struct paper_desk *desk)
{
    cairo_tag_begin(desk->cairo, "Document", NULL);
    bool fits = set_top(desk);
    for (size_t i = 0; fits && i < desk->sheet->block_count; i++)
        if (desk->page <= PAPER_DESK_PAGES_MAX)
            set_block(desk, &desk->sheet->blocks[i]);
    cairo_tag_end(desk->cairo, "Document");
    paper_desk_close(desk);
    return fits ? desk->page : 0;
}

struct sink {
    uint8_t *data;
    size_t size, room;
};

static cairo_status_t keep(void *self, const unsigned char *data, unsigned size)
{
    enum { PDF_MAX = 64 * 1024 * 1024, FIRST = 64 * 1024 };
    struct sink *sink = self;
    if (sink->size + size > PDF_MAX)
        return CAIRO_STATUS_WRITE_ERROR;
    if (sink->size + size > sink->room) {
        size_t room = 2 * (sink->size + size) + FIRST;
        uint8_t *more = realloc(sink->data, room);
        if (!more)
            return CAIRO_STATUS_NO_MEMORY;
        sink->data = more;
        sink->room = room;
    }
    memcpy(sink->data + sink->size, data, size);
    sink->size += size;
    return CAIRO_STATUS_SUCCESS;
}

static void tell_about(cairo_surface_t *surface, const struct paper_sheet *sheet)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sheet->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, sheet->author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, sheet->subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Peregrin");
    if (sheet->made_at[0])
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, sheet->made_at);
}

/* pages 0: counts them only. */
static int run(const struct paper_sheet *sheet, struct paper_type *type, int pages,
               struct sink *sink, bool *fine)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        sink ? keep : NULL, sink, PAPER_DESK_WIDTH, PAPER_DESK_HEIGHT);
    tell_about(surface, sheet);
    struct paper_desk desk = {sheet, type, cairo_create(surface), PAPER_DESK_TOP, 1, pages};
    int count = set_all(&desk);
    cairo_surface_finish(surface);
    *fine = cairo_status(desk.cairo) == CAIRO_STATUS_SUCCESS &&
            cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(desk.cairo);
    cairo_surface_destroy(surface);
    return count;
}

enum verdict paper_set(const struct paper_sheet *sheet, struct paper_type *type,
                       struct arena *arena, struct bytes *pdf)
{
    struct sink sink = {0};
    bool fine;
    int pages = run(sheet, type, 0, NULL, &fine);
    type->boxes = 0;
    if (pages == 0)
        return VERDICT_INVALID;
    if (!fine || pages > PAPER_DESK_PAGES_MAX)
        return VERDICT_TOO_LARGE;
    run(sheet, type, pages, &sink, &fine);
    *pdf = fine ? arena_copy(arena, (struct bytes) {sink.data, sink.size}) : (struct bytes) {0};
    free(sink.data);
    return pdf->data ? VERDICT_FINE : VERDICT_TOO_LARGE;
}
