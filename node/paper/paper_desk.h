/* The page that is being set, and how far it is filled. A document is set twice: first to count its
 * pages, on a surface that goes nowhere, then with their number on each. */
#pragma once

#include "paper/paper_sheet.h"
#include "paper/paper_type.h"

/* A4, in points. */
enum {
    PAPER_DESK_WIDTH = 595,
    PAPER_DESK_HEIGHT = 842,
    PAPER_DESK_MARGIN = 50,
    PAPER_DESK_TOP = 50,
    PAPER_DESK_BOTTOM = 782, /* below it is the foot */
    PAPER_DESK_ROOM = PAPER_DESK_WIDTH - 2 * PAPER_DESK_MARGIN,
    PAPER_DESK_PAGES_MAX = 500,
};

struct paper_desk {
    const struct paper_sheet *sheet;
    struct paper_type *type;
    cairo_t *cairo;
    double y;        /* where the next thing stands, from the top */
    int page, pages; /* the one that is set, from 1 on; of so many, 0: not known yet */
};

/* Sets the foot, and takes a new page. */
void paper_desk_turn(struct paper_desk *desk);
/* The foot of the last page, which leaves the surface. */
void paper_desk_close(struct paper_desk *desk);
/* Takes a new page unless so much is left on this one. */
void paper_desk_need(struct paper_desk *desk, double height);
/* What is left on this page. */
double paper_desk_left(const struct paper_desk *desk);

/* Lines of a text from the `from`th on that fit into `height`, at this place, as one tagged element
 * (tag NULL: ornament). Returns the first line that did not fit, or their number. *used is what
 * they took. Nothing is drawn where the cairo context is NULL: that measures. */
int paper_desk_lines(cairo_t *cairo, PangoLayout *layout, const char *tag, int from, double x,
                     double y, double height, double *used);

/* A text of any length, over as many pages as it takes. */
struct paper_desk_text {
    const char *tag;
    enum paper_type_style style;
    const char *text;
    double x, width;
    bool grey;
};
void paper_desk_put(struct paper_desk *desk, const struct paper_desk_text *text);

/* Ink, from black to white. */
void paper_desk_ink(cairo_t *cairo, bool grey);
/* A hairline over the width of the text, at this height. */
void paper_desk_rule(struct paper_desk *desk, double y);
