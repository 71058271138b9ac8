#include "eligibility/period.h"

#include "base/instant.h"

#include <assert.h>
#include <string.h>

enum { DAY_SECONDS = 86400, YEAR_MONTHS = 12 };

void period_text(int64_t day, char out[static PERIOD_DATE_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {day * DAY_SECONDS * INSTANT_SECOND}, text);
    memcpy(out, text, PERIOD_DATE_SIZE - 1);
    out[PERIOD_DATE_SIZE - 1] = '\0';
}

int64_t period_days(struct period period)
{
    assert(period.last >= period.first);
    return period.last - period.first + 1;
}

int64_t period_months_after(int64_t day, int64_t months)
{
    struct instant_day date = instant_day_of(day);
    int64_t month = date.year * YEAR_MONTHS + date.month - 1 + months, found = day;
    assert(month >= 0 && month < 10000 * YEAR_MONTHS);
    date.year = month / YEAR_MONTHS;
    date.month = month % YEAR_MONTHS + 1;
    while (!instant_days(date, &found))
        date.day--;
    return found;
}

int64_t period_counted(struct period period)
{
    struct instant_day first = instant_day_of(period.first), last = instant_day_of(period.last);
    int64_t end = period.last + 1; /* what is whole is over before this day */
    int64_t months = (last.year - first.year) * YEAR_MONTHS + last.month - first.month + 1;
    assert(period.last >= period.first);
    while (months > 0 && period_months_after(period.first, months) > end)
        months--;
    int64_t rest = end - period_months_after(period.first, months);
    assert(rest >= 0 && rest <= PERIOD_MONTH_DAYS);
    return months * PERIOD_MONTH_DAYS + rest;
}
