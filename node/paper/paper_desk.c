#include "paper/paper_desk.h"

#include <stdio.h>
#include <string.h>

enum { FOOT_Y = 796 };

void paper_desk_ink(cairo_t *cairo, bool grey)
{
    double level = grey ? 0.35 : 0;
    cairo_set_source_rgb(cairo, level, level, level);
}

void paper_desk_rule(struct paper_desk *desk, double y)
{
    cairo_set_source_rgb(desk->cairo, 0.6, 0.6, 0.6);
    cairo_set_line_width(desk->cairo, 0.4);
    cairo_move_to(desk->cairo, PAPER_DESK_MARGIN, y);
    cairo_line_to(desk->cairo, PAPER_DESK_MARGIN + PAPER_DESK_ROOM, y);
    cairo_stroke(desk->cairo);
    paper_desk_ink(desk->cairo, false);
}

double paper_desk_left(const struct paper_desk *desk)
{
    return PAPER_DESK_BOTTOM - desk->y;
}

/* ---- lines -------------------------------------------------------------------------------------
 */

/* How many lines from `from` on fit, and what they take. */
static int lines_fit(PangoLayout *layout, int from, double height, double *used)
{
    int line = 0, fit = from;
    double top = 0;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    *used = 0;
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        if (line == from)
            top = pango_units_to_double(box.y);
        double reach = pango_units_to_double(box.y + box.height) - top;
        if (line >= from && reach > height)
            break;
        if (line >= from) {
            *used = reach;
            fit = line + 1;
        }
        line++;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    return fit;
}

static void lines_show(cairo_t *cairo, PangoLayout *layout, int from, int to, double x, double y)
{
    int line = 0;
    double top = 0;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        if (line == from)
            top = pango_units_to_double(box.y);
        if (line >= from && line < to) {
            double base = pango_units_to_double(pango_layout_iter_get_baseline(at)) - top;
            cairo_move_to(cairo, x + pango_units_to_double(box.x), y + base);
            pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(at));
        }
        line++;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

int paper_desk_lines(cairo_t *cairo, PangoLayout *layout, const char *tag, int from, double x,
                     double y, double height, double *used)
{
    int to = lines_fit(layout, from, height, used);
    if (!cairo)
        return to;
    if (tag)
        cairo_tag_begin(cairo, tag, NULL);
    lines_show(cairo, layout, from, to, x, y);
    if (tag)
        cairo_tag_end(cairo, tag);
    return to;
}

void paper_desk_put(struct paper_desk *desk, const struct paper_desk_text *text)
{
    PangoLayout *layout = paper_type_layout(desk->type, text->style, text->text, text->width);
    int line = 0, lines = pango_layout_get_line_count(layout);
    while (line < lines && text->text[0] && desk->page <= PAPER_DESK_PAGES_MAX) {
        double used;
        paper_desk_ink(desk->cairo, text->grey);
        line = paper_desk_lines(desk->cairo, layout, text->tag, line, text->x, desk->y,
                                paper_desk_left(desk), &used);
        desk->y += used;
        if (line < lines)
            paper_desk_turn(desk);
    }
    paper_desk_ink(desk->cairo, false);
    g_object_unref(layout);
}

/* ---- pages -------------------------------------------------------------------------------------
 */

/* The template's braces, one after the other, become the page and the number of pages. */
static void number_write(const struct paper_desk *desk, char *out, size_t room)
{
    const int numbers[] = {desk->page, desk->pages};
    size_t used = 0, next = 0;
    for (const char *at = desk->sheet->page; *at && used + 1 < room; at++) {
        if (at[0] == '{' && at[1] == '}' && next < 2) {
            int size = snprintf(out + used, room - used, "%d", numbers[next++]);
            used += size > 0 ? (size_t)size : 0;
            at++;
        } else {
            out[used++] = *at;
        }
    }
    out[used < room ? used : room - 1] = '\0';
}

/* Ornament: it is no part of what is read aloud. */
static void set_foot(struct paper_desk *desk)
{
    enum { NUMBER_WIDTH = 110, NUMBER_ROOM = 200, FOOT_HEIGHT = 30 };
    char number[NUMBER_ROOM];
    double used;
    number_write(desk, number, sizeof number);
    PangoLayout *foot = paper_type_layout(desk->type, PAPER_TYPE_NOTE, desk->sheet->foot,
                                          PAPER_DESK_ROOM - NUMBER_WIDTH);
    PangoLayout *right = paper_type_layout(desk->type, PAPER_TYPE_NOTE, number, NUMBER_WIDTH);
    pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
    paper_desk_rule(desk, FOOT_Y - 4);
    paper_desk_ink(desk->cairo, true);
    paper_desk_lines(desk->cairo, foot, NULL, 0, PAPER_DESK_MARGIN, FOOT_Y, FOOT_HEIGHT, &used);
    paper_desk_lines(desk->cairo, right, NULL, 0,
                     PAPER_DESK_MARGIN + PAPER_DESK_ROOM - NUMBER_WIDTH, FOOT_Y, FOOT_HEIGHT,
                     &used);
    paper_desk_ink(desk->cairo, false);
    g_object_unref(foot);
    g_object_unref(right);
}

void paper_desk_close(struct paper_desk *desk)
{
    set_foot(desk);
    cairo_show_page(desk->cairo);
}

void paper_desk_turn(struct paper_desk *desk)
{
    paper_desk_close(desk);
    desk->page++;
    desk->y = PAPER_DESK_TOP;
}

void paper_desk_need(struct paper_desk *desk, double height)
{
    if (paper_desk_left(desk) < height && desk->y > PAPER_DESK_TOP)
        paper_desk_turn(desk);
}
