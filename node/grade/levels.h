/* Tables of equivalence: where no distribution was published, what a grade of a scale is called in
 * levels (`A` to `F`, `B Good`). Published tables overlap, have gaps, and contradict each other: an
 * answer is the only one there is, or it is refused with the reason. It says how good a grade is
 * called, and not how rare it is. */
#pragma once

#include "grade/finding.h"

enum { LEVELS_ROWS_MAX = 400, LEVELS_TEXT_MAX = 64 };

/* Bounds are numbers, both included (`16`, `5,5`, `30L` for the honours above 30), or one text
 * twice. */
struct levels_row {
    const char *system; /* the scale: `IT 0-30L` */
    const char *level;
    const char *from, *to;
};

struct levels {
    const char *id;
    const struct levels_row *rows;
    size_t count;
};

/* Whether every row has a range. */
enum verdict levels_check(const struct levels *levels, struct arena *arena, struct finding *why);

/* The one row whose range holds the grade; of several rows of one level, the first. system NULL:
 * the only one that the table has. `30 e lode` is `30L`, and `A` is `A (4.00; 95-100)`. */
enum verdict levels_find(const struct levels *levels, const char *system, const char *grade,
                         struct arena *arena, const struct levels_row **out, struct finding *why);

/* Back: the one grade that this level is in another scale of the table. */
enum verdict levels_back(const struct levels *levels, const char *system, const char *level,
                         struct arena *arena, const struct levels_row **out, struct finding *why);
