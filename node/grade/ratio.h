/* A place between nothing and all, exactly: so many of so many. */
#pragma once

#include "base/arena.h"

/* Products of two numbers up to this, doubled, are numbers of 64 bits. */
enum { RATIO_MAX = 2000000000 };

struct ratio {
    uint64_t over, under; /* over <= under, 1 <= under <= RATIO_MAX */
};

/* -1, 0 or 1. */
int ratio_compare(struct ratio left, struct ratio right);
/* Their middle against a third: -1, 0 or 1. Both of the same `under`. */
int ratio_middle_compare(struct ratio left, struct ratio right, struct ratio other);

/* In hundredths of a percent, rounded half up; *exact: nothing was rounded. */
uint32_t ratio_percent_hundredths(struct ratio ratio, bool *exact);
/* `37.5 %`; what is rounded to two places begins with `~`. NULL when the arena is spent. */
const char *ratio_text(struct ratio ratio, struct arena *arena);
