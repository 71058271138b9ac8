#include "lab/lab_forest.h"

#include "film/film_svg.h"
#include "study/yearbook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGIN = 24,
    TOP = 112,
    ROW = 26,
    NAMES = 170,  /* the column of measures */
    PLOT = 520,   /* the width of the scale */
    VALUES = 280, /* the column of values, to its right */
    DOT = 5,
    FOOT = 64,
    TICK_ROOM = 60, /* of the name of a line of the scale */
};

static const double LEAST = 0.1; /* of the scale, to either side */

struct forest {
    const struct contrast *contrast;
    double low, high; /* the ends of the scale */
    int rows;
    FILE *out;
};

/* From a part of A to the scale: even around 0, by tens beyond 1 %. */
static double scaled(double part)
{
    double size = log10(1 + fabs(part) * 100);
    return part < 0 ? -size : size;
}

static bool is_drawn(enum measure measure, const struct paired *paired)
{
    return !measure_row(measure)->machine && paired->known && fabs(paired->one) > 0;
}

/* Nothing to draw it by, and not nothing. */
static bool is_told(enum measure measure, const struct paired *paired)
{
    return !measure_row(measure)->machine && fabs(paired->other) > 0 && !(fabs(paired->one) > 0);
}

static double low_of(const struct paired *paired)
{
    return (paired->difference - paired->half) / fabs(paired->one);
}

static double high_of(const struct paired *paired)
{
    return (paired->difference + paired->half) / fabs(paired->one);
}

static int x_of(const struct forest *forest, double part)
{
    double x = (scaled(part) - forest->low) / (forest->high - forest->low);
    return MARGIN + NAMES + (int)lround(x * PLOT);
}

static struct forest forest_make(const struct contrast *contrast, FILE *out)
{
    struct forest forest = {contrast, scaled(-LEAST), scaled(LEAST), 0, out};
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct paired *paired = &contrast->of[m];
        forest.rows += is_told((enum measure)m, paired);
        if (!is_drawn((enum measure)m, paired))
            continue;
        forest.low = fmin(forest.low, scaled(low_of(paired)));
        forest.high = fmax(forest.high, scaled(high_of(paired)));
        forest.rows++;
    }
    forest.low *= 1.05;
    forest.high *= 1.05;
    return forest;
}

static void tick_text(double part, char *out, size_t size)
{
    if (!(fabs(part) > 0))
        snprintf(out, size, "0");
    else if (fabs(part) < 9)
        snprintf(out, size, "%+g %%", part * 100);
    else if (part < 999)
        snprintf(out, size, "%+g x", part);
    else
        snprintf(out, size, "%+gk x", part / 1000);
}

/* A line, and its name where there is room beside the last one that has its name: at *named. */
static void tick_draw(const struct forest *forest, double part, int *named)
{
    char text[32];
    int bottom = TOP + forest->rows * ROW, x = x_of(forest, part);
    if (scaled(part) < forest->low || scaled(part) > forest->high)
        return;
    svg_line(forest->out, fabs(part) > 0 ? "grid" : "lane", x, TOP - 12, x, bottom + 4);
    if (fabs(part) > 0 && abs(x - *named) < TICK_ROOM)
        return;
    tick_text(part, text, sizeof text);
    svg_text(forest->out, "small mid", x, bottom + 20, "%s", text);
    *named = x;
}

/* From 0 to both sides: it keeps its name. */
static void scale_draw(const struct forest *forest)
{
    static const double ticks[] = {0.1, 1, 10, 100, 1000, 10000, 1e5, 1e6};
    int up = 0;
    tick_draw(forest, 0, &up);
    int down = up;
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        tick_draw(forest, ticks[i], &up);
        tick_draw(forest, -ticks[i], &down);
    }
    svg_text(forest->out, "small", MARGIN + NAMES, TOP + forest->rows * ROW + 44,
             "B - A as a part of A; by tens beyond 1 %%");
}

static void values_draw(const struct forest *forest, enum measure measure, int y)
{
    const struct measure_row *row = measure_row(measure);
    const struct paired *paired = &forest->contrast->of[measure];
    int digits = row->digits ? row->digits : 1;
    char one[YEARBOOK_NUMBER_SIZE], other[YEARBOOK_NUMBER_SIZE];
    yearbook_number(paired->one, digits, one);
    yearbook_number(paired->other, digits, other);
    svg_text(forest->out, paired->differs ? "" : "small", MARGIN, y + 4, "%s%s", row->name,
             paired->differs ? " *" : "");
    svg_text(forest->out, "small", MARGIN + NAMES + PLOT + 16, y + 4, "%s \u2192 %s %s", one, other,
             row->unit);
}

static void interval_draw(const struct forest *forest, const struct paired *paired, int y)
{
    const char *class = paired->differs ? "records" : "session";
    int low = x_of(forest, low_of(paired)), high = x_of(forest, high_of(paired));
    int x = x_of(forest, paired->difference / fabs(paired->one));
    svg_line(forest->out, class, low, y, high, y);
    svg_line(forest->out, class, low, y - 4, low, y + 4);
    svg_line(forest->out, class, high, y - 4, high, y + 4);
    svg_path(forest->out, paired->differs ? "records-tip" : "hollow session-tip",
             "M%d %dl%d %dl%d %dl%d %dz", x - DOT, y, DOT, -DOT, DOT, DOT, -DOT, DOT);
}

void lab_forest_draw(const struct contrast *contrast, const char *one, const char *other, FILE *out)
{
    struct forest forest = forest_make(contrast, out);
    struct film_svg_frame frame = {
        .id = "comparison",
        .title = "Two scenarios compared",
        .description = "For each measure the difference and its 95 % interval, as a part of what "
                       "the first scenario has.",
        .width = 2 * MARGIN + NAMES + PLOT + VALUES,
        .height = TOP + forest.rows * ROW + FOOT,
    };
    film_svg_begin(out, &frame);
    svg_rect(out, "ground", 0, 0, frame.width, frame.height);
    svg_text(out, "title", MARGIN, 34, "%s", frame.title);
    svg_text(out, "", MARGIN, 58, "A  %s", one);
    svg_text(out, "", MARGIN, 78, "B  %s", other);
    svg_text(out, "small", MARGIN + NAMES + PLOT + 16, 78, "%zu seeds; * does not contain 0",
             contrast->seeds);
    scale_draw(&forest);
    int y = TOP + ROW / 2;
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct paired *paired = &contrast->of[m];
        if (!is_drawn((enum measure)m, paired) && !is_told((enum measure)m, paired))
            continue;
        values_draw(&forest, (enum measure)m, y);
        if (is_drawn((enum measure)m, paired))
            interval_draw(&forest, paired, y);
        else
            svg_text(out, "small", x_of(&forest, 0) + 10, y + 4,
                     "no mark: A is 0, and nothing a part of it");
        y += ROW;
    }
    svg_end(out);
}
