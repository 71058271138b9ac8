/* How long a stay is, counted as the programme counts: in days, and in months of thirty days. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    PERIOD_MONTH_DAYS = 30,
    PERIOD_DATE_SIZE = 11,
};

/* Days since 1970, both included; last is not before first. */
struct period {
    int64_t first, last;
};

/* Every day from the first to the last, both included: 1 February to 31 March are 59 days, and 60
 * in a year with a 29 February. */
int64_t period_days(struct period period);

/* The length in days of months of thirty days: each whole month is 30, whatever the calendar gives
 * it, and the days that are left over are themselves, 30 at most. A month is whole when the day
 * before its day in the next month is over: from 15 January it ends on 14 February, from the 31st,
 * 30th or 29th of January on the day before the last of February. So 1 September to 31 August are
 * 360, with a 29 February and without. A longer stay never counts less. */
int64_t period_counted(struct period period);

/* The same day of the month so many months later, or the last of a month that is too short: of 30
 * December, two months later is 28 or 29 February. months may be negative. */
int64_t period_months_after(int64_t day, int64_t months);

/* `YYYY-MM-DD`; a day within the years 0 to 9999. */
void period_text(int64_t day, char out[static PERIOD_DATE_SIZE]);
