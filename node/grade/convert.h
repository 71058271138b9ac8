/* A grade of the host becomes one of the home.
 *
 * In both tables the grades that pass stand best first, each as an interval of exact fractions of
 * all that passed. The home grades that can be meant are those whose interval overlaps the host
 * grade's: a border in common is no overlap. Which of them it is, is the home's published rule:
 *
 *   minimum  the worst of them
 *   middle   the one that holds the middle of the host grade's interval; where the middle falls on
 *            the border of two, which overlap it evenly there, the better
 *   maximum  the best of them
 *
 * A better host grade never becomes a worse home grade: two host grades have at most one home grade
 * in common. */
#pragma once

#include "grade/grading.h"

enum convert_rule { CONVERT_NONE, CONVERT_MINIMUM, CONVERT_MIDDLE, CONVERT_MAXIMUM, CONVERT_COUNT };

/* NULL for a number that is no rule; CONVERT_NONE for a word that is none. */
const char *convert_rule_word(unsigned rule);
enum convert_rule convert_rule_find(const char *word);

struct convert_answer {
    size_t host;        /* place of the grade in the host's cut */
    size_t first, last; /* places of the overlapping grades in the home's cut, best first */
    size_t home;        /* the one that it is */
};

/* Fine, or why this grade is not converted. */
enum verdict convert_grade(const struct grading_cut *host, const struct grading_cut *home,
                           const char *grade, enum convert_rule rule, struct arena *arena,
                           struct convert_answer *out, struct finding *why);
