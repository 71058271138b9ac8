/* Plots of reports, as SVG: bars to both sides, shares over the years with the line that is aimed
 * at, days as a distribution. Whole numbers in, text out.
 *
 * Each has a caption below it and says in words what it shows; marks differ in more than colour.
 * Light, dark and paper follow whoever looks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct plot_frame {
    const char *id; /* unique within a page */
    const char *title, *caption;
    bool inside; /* of a page, which has plot_style already */
};

/* The rules, without an element around them. */
void plot_style(FILE *out);

/* `out` to the left, `in` to the right, under the names of the sides. */
enum { PLOT_HIDDEN = -1, PLOT_FEW = -2 };
struct plot_bar {
    const char *name;
    int64_t out, in; /* PLOT_HIDDEN: not shown; PLOT_FEW: fewer than five */
};
struct plot_sides {
    const char *left, *right;
};
void plot_bars(FILE *out, const struct plot_frame *frame, const struct plot_sides *sides,
               const struct plot_bar *bars, size_t count);

/* Shares in tenths of a percent, for each of the columns; PLOT_HIDDEN: there is none. */
enum { PLOT_LINES_MAX = 4 };
struct plot_line {
    const char *name;
    const int64_t *tenths;
    int64_t aim; /* its target; PLOT_HIDDEN: none */
};
void plot_lines(FILE *out, const struct plot_frame *frame, const char *const columns[],
                size_t column_count, const struct plot_line *lines, size_t count);

/* How often each number of days came: counts[0] for none, the last for so many and more. limit:
 * where they are late; 0: nowhere. */
void plot_days(FILE *out, const struct plot_frame *frame, const uint32_t *counts, size_t days,
               size_t limit);
