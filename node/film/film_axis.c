#include "film/film_axis.h"

#include "film/film_svg.h"

#include <assert.h>

enum { APART = 84 }; /* two times need so much room */

int film_axis_x(const struct film_axis *axis, int64_t us)
{
    assert(axis->until_us > 0);
    int64_t at = us < 0 ? 0 : us > axis->until_us ? axis->until_us : us;
    return axis->x + (int)((double)at / (double)axis->until_us * axis->width);
}

void film_axis_draw(const struct film_axis *axis, int y, int to_y, FILE *out)
{
    static const int64_t steps[] = {1,        2,        5,         10,        20,        50,
                                    100,      200,      500,       1000,      2000,      5000,
                                    10000,    15000,    30000,     60000,     120000,    300000,
                                    600000,   900000,   1800000,   3600000,   7200000,   21600000,
                                    43200000, 86400000, 172800000, 604800000, 2592000000};
    enum { STEP_COUNT = sizeof steps / sizeof *steps };
    size_t i = 0;
    while (i + 1 < STEP_COUNT && steps[i] * 1000 * axis->width < axis->until_us * APART)
        i++;
    int64_t step = steps[i] * 1000;
    for (int64_t us = 0; us <= axis->until_us; us += step) {
        char text[FILM_SVG_TIME] = "0";
        if (us)
            film_svg_span(us, text);
        svg_line(out, "grid", film_axis_x(axis, us), y, film_axis_x(axis, us), to_y + 5);
        svg_text(out, "small mid", film_axis_x(axis, us), to_y + 20, "%s", text);
    }
}
