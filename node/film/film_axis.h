/* A time axis: from the world's beginning, from left to right. */
#pragma once

#include <stdint.h>
#include <stdio.h>

struct film_axis {
    int x, width;     /* where it lies on the paper */
    int64_t until_us; /* at its right end; above 0 */
};

int film_axis_x(const struct film_axis *axis, int64_t us);
/* Lines from y to to_y at round times, and below them the times. */
void film_axis_draw(const struct film_axis *axis, int y, int to_y, FILE *out);
