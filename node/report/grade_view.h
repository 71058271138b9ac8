/* How a grade was converted, so that anybody can do it again with a pencil: both tables with their
 * intervals as exact numbers, and the steps as sentences. */
#pragma once

#include "grade/convert.h"
#include "grade/levels.h"

#include <jansson.h>

/* One table: with a distribution or of levels, the other NULL. */
struct grade_view_side {
    const struct grading *grading;
    const struct levels *levels;
    const char *scale; /* of a table of levels; NULL: its only one */
};

struct grade_view_ask {
    struct grade_view_side host, home; /* home of neither kind: the level itself is the answer */
    const char *grade;
    const char *rule; /* the word, or NULL: levels need none */
};

/* Fine with `{"by","grade","result","rule","level","host","home","steps"}` (NULL when memory is
 * spent; the caller owns it), or why there is no answer. */
enum verdict grade_view_convert(const struct grade_view_ask *ask, struct arena *arena, json_t **out,
                                struct finding *why);
