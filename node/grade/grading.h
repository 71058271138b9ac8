/* A grading table: the grades of an institution in their order, and how often each was given.
 *
 * Grades are texts (`30 e lode`, `-3`, `02`): the order is what the table says and nothing else. */
#pragma once

#include "grade/finding.h"
#include "grade/ratio.h"

enum {
    GRADING_MAX = 100,         /* grades in a table */
    GRADING_LABEL_MAX = 32,    /* characters */
    GRADING_COUNT_MIN = 30,    /* grades that passed, where counts exist */
    GRADING_PERCENT = 1000000, /* a percentage's unit: `0.5` is 500,000 */
};

enum grading_passing { GRADING_UNSAID, GRADING_PASSES, GRADING_FAILS };

struct grading_grade {
    const char *label;
    uint32_t rank; /* 1 is the best; 0: not said */
    enum grading_passing passing;
    bool has_count, has_percent;
    uint32_t count, percent; /* percent in units of GRADING_PERCENT */
};

struct grading {
    const char *id;
    const struct grading_grade *grades; /* in any order */
    size_t count;
    /* The shares are of all grades, not only of those that pass: then each must say which it is.
     * Otherwise a grade that does not say it passes. */
    bool with_fails;
};

/* The grades that pass, best first, as intervals from 0 (the best) to `total`: that of place i is
 * from borders[i] to borders[i + 1]. */
struct grading_cut {
    const struct grading *grading;
    size_t count;
    uint16_t places[GRADING_MAX]; /* in the table */
    uint64_t borders[GRADING_MAX + 1];
    uint64_t total;
    bool counted; /* from counts; otherwise from percentages */
};

/* Fine, or the first reason why the table cannot be used. */
enum verdict grading_cut(const struct grading *grading, struct arena *arena,
                         struct grading_cut *out, struct finding *why);

const char *grading_label(const struct grading_cut *cut, size_t place);
struct ratio grading_border(const struct grading_cut *cut, size_t place);
