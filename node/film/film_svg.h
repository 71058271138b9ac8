/* The one style sheet of all drawings of a world: colours that the colour-blind can tell apart,
 * light and dark, and on paper. */
#pragma once

#include "plot/svg.h"

#include <stdbool.h>
#include <stdint.h>

struct film_svg_frame {
    const char *id; /* of the title and the description within a page */
    const char *title, *description;
    int width, height;
    bool inside; /* of a page, which has the style sheet already */
};

void film_svg_begin(FILE *out, const struct film_svg_frame *frame);
/* The rules, without an element around them. */
void film_svg_style(FILE *out);

enum { FILM_SVG_TIME = 32 };
/* `0.025 s`, `12:34.500`, `2 d 03:04:05`. */
void film_svg_time(int64_t us, char out[static FILM_SVG_TIME]);
/* `37 s`, `12 min`, `3.5 h`: about so long. */
void film_svg_span(int64_t us, char out[static FILM_SVG_TIME]);
