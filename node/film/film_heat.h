/* The heat map: nodes from top to bottom, time from left to right, the darker the busier; when a
 * node was down or cut off, and what befell it. */
#pragma once

#include "film/film.h"

/* inside: of a page, see film_svg_begin. */
void film_heat_draw(const struct film *film, bool inside, FILE *out);
