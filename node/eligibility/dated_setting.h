/* Which settings there are, and what they may be: one row for each. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum dated_unit {
    DATED_DAY,      /* days, both ends included */
    DATED_MONTH,    /* months of thirty days, see period.h */
    DATED_HOUR,     /* of an hour */
    DATED_CREDIT,   /* hundredths of an ECTS credit */
    DATED_YES,      /* 0 or 1 */
    DATED_DATE,     /* days since 1970 */
    DATED_REGION,   /* 0: a programme country; otherwise the number of a region, 1 to 14 */
    DATED_SEVERITY, /* off, warn, refuse: enum eligibility_severity */
    DATED_UNITS
};

struct dated_setting {
    const char *name;
    const char *units; /* words: `day month` */
    const char *of;    /* what stands in the column `of`; empty: nothing */
    const char *effect;
};
const struct dated_setting *dated_setting(size_t index); /* NULL past the end */
const struct dated_setting *dated_setting_find(const char *name);
const char *dated_setting_unit(enum dated_unit unit); /* `day` */
