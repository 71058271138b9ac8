/* The sequence diagram: a lane for each node, time downwards, an arrow for each frame, and beside
 * it in words what was said and what befell whom. */
#pragma once

#include "film/film.h"

struct film_claim {
    const char *wrong; /* how it failed; NULL: everything held */
    const char *line;  /* the line of the story that failed; NULL: unknown */
};

/* inside: of a page, see film_svg_begin. False: no memory. */
bool film_sequence_draw(const struct film *film, const struct film_claim *claim, bool inside,
                        FILE *out);
