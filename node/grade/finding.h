/* Why a table cannot be used, or a grade not be converted: one row for each reason. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"

enum finding_reason {
    FINDING_NONE,
    /* of a table with a distribution */
    FINDING_TABLE_MISSING,
    FINDING_TABLE_EMPTY,
    FINDING_LABEL,
    FINDING_TWICE,
    FINDING_UNORDERED,
    FINDING_SHARES,
    FINDING_SUM,
    FINDING_PASSING_UNSAID,
    FINDING_FAILS_BETWEEN,
    FINDING_FEW,
    FINDING_MANY,
    FINDING_UNRANKED,
    /* of a grade in it */
    FINDING_GRADE_UNKNOWN,
    FINDING_GRADE_FAILS,
    FINDING_GRADE_UNUSED,
    FINDING_RULE_UNKNOWN,
    FINDING_MIXED,
    /* of a table of levels */
    FINDING_LEVEL_BOUNDS,
    FINDING_SYSTEM_UNKNOWN,
    FINDING_LEVEL_UNKNOWN,
    FINDING_LEVEL_OUTSIDE,
    FINDING_LEVEL_GAP,
    FINDING_LEVEL_TWO,
    FINDING_LEVEL_RANGE,
    FINDING_COUNT
};

struct finding_row {
    enum verdict verdict;
    const char *code;     /* stable: `grade.sum` */
    const char *sentence; /* what does not hold */
    const char *expected; /* what would */
    const char *remedy;
};
/* Of a reason but FINDING_NONE. */
const struct finding_row *finding_row(enum finding_reason reason);

struct finding {
    enum finding_reason reason;
    const char *table; /* its id; NULL: none is meant */
    const char *got;   /* what stands in its place; NULL when there was no room to say it */
};

/* Fills in what was found, and gives its verdict; `got` as printf, into the arena. */
enum verdict finding_say(struct finding *out, enum finding_reason reason, const char *table,
                         struct arena *arena, const char *got, ...)
    __attribute__((format(printf, 5, 6)));

/* `TABLE: what does not hold: what stands there`, in the arena; the bare sentence when that is
 * spent.
 */
const char *finding_sentence(const struct finding *why, struct arena *arena);
