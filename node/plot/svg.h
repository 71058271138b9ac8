/* SVG as text: escaped, in whole pixels. Whoever draws brings the style sheet. */
#pragma once

#include <stddef.h>
#include <stdio.h>

struct svg_frame {
    const char *id;    /* of the title and the description within a page */
    const char *class; /* of the drawing, which its style sheet begins with */
    const char *title, *description;
    const char *style; /* NULL: the page has it already */
    int width, height;
};

void svg_begin(FILE *out, const struct svg_frame *frame);
void svg_end(FILE *out);

/* Text between tags or in an attribute: what XML cannot hold, and what turns the direction of
 * writing, is shown as a replacement character. */
void svg_escape(FILE *out, const char *text);

void svg_rect(FILE *out, const char *class, int x, int y, int width, int height);
void svg_line(FILE *out, const char *class, int x, int y, int to_x, int to_y);
void svg_path(FILE *out, const char *class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void svg_text(FILE *out, const char *class, int x, int y, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* What follows up to the end belongs together, and has a title that a pointer shows. */
void svg_group(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void svg_group_end(FILE *out);

/* How wide a text of this many letters may become, in pixels, at this size. */
int svg_width(size_t letters, int size);
