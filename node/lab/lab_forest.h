/* A comparison drawn: for each measure the difference and its interval, as a part of what the first
 * scenario has. */
#pragma once

#include "study/contrast.h"

#include <stdio.h>

/* As SVG. `one` and `other`: the two scenarios' texts. */
void lab_forest_draw(const struct contrast *contrast, const char *one, const char *other,
                     FILE *out);
