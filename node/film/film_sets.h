/* The set-full plot: for each record when it was said, stored at the partner and receipted, and
 * whether both hold it in the end. */
#pragma once

#include "film/film.h"

/* inside: of a page, see film_svg_begin. False: no memory. */
bool film_sets_draw(const struct film *film, bool inside, FILE *out);
