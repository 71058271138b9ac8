/* SVG as text: escaped, in whole pixels, with one style sheet for all drawings: colours that the
 * colour-blind can tell apart, light and dark, and on paper. */
#pragma once

#include "base/bytes.h"

#include <stdio.h>

struct film_svg_frame {
    const char *id; /* of the title and the description within a page */
    const char *title, *description;
    int width, height;
    bool inside; /* of a page, which has the style sheet already */
};

void film_svg_begin(FILE *out, const struct film_svg_frame *frame);
void film_svg_end(FILE *out);
/* The rules, without an element around them. */
void film_svg_style(FILE *out);

/* Text between tags or in an attribute: what XML cannot hold, and what turns the direction of
 * writing, is shown as a replacement character. */
void film_svg_escape(FILE *out, const char *text);

void film_svg_rect(FILE *out, const char *class, int x, int y, int width, int height);
void film_svg_line(FILE *out, const char *class, int x, int y, int to_x, int to_y);
void film_svg_path(FILE *out, const char *class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void film_svg_text(FILE *out, const char *class, int x, int y, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* What follows up to the end belongs together, and has a title that a pointer shows. */
void film_svg_group(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void film_svg_group_end(FILE *out);

/* How wide a text of this many letters may become, in pixels, at this size. */
int film_svg_width(size_t letters, int size);

enum { FILM_SVG_TIME = 32 };
/* `0.025 s`, `12:34.500`, `2 d 03:04:05`. */
void film_svg_time(int64_t us, char out[static FILM_SVG_TIME]);
/* `37 s`, `12 min`, `3.5 h`: about so long. */
void film_svg_span(int64_t us, char out[static FILM_SVG_TIME]);
