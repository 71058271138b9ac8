#include "eligibility/period.h"

#include "base/instant.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { DAY_SECONDS = 86400, YEAR_MONTHS = 12 };

struct date {
    int64_t year, month, day;
};

void period_text(int64_t day, char out[static PERIOD_DATE_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {day * DAY_SECONDS * INSTANT_SECOND}, text);
    memcpy(out, text, PERIOD_DATE_SIZE - 1);
    out[PERIOD_DATE_SIZE - 1] = '\0';
}

static int64_t digits(const char *text, size_t count)
{
    int64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static struct date date_of(int64_t day)
{
    char text[PERIOD_DATE_SIZE];
    period_text(day, text);
    return (struct date) {digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
}

int64_t period_days(struct period period)
{
    assert(period.last >= period.first);
    return period.last - period.first + 1;
}

int64_t period_months_after(int64_t day, int64_t months)
{
    struct date date = date_of(day);
    int64_t month = date.year * YEAR_MONTHS + date.month - 1 + months, found = day;
    char text[2 * INSTANT_TEXT_SIZE];
    bool real = false;
    assert(month >= 0 && month < 10000 * YEAR_MONTHS);
    for (; !real; date.day--) {
        snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(month / YEAR_MONTHS),
                 (int)(month % YEAR_MONTHS + 1), (int)date.day);
        real = instant_date(bytes_text(text), &found);
    }
    return found;
}

int64_t period_counted(struct period period)
{
    struct date first = date_of(period.first), last = date_of(period.last);
    int64_t end = period.last + 1; /* what is whole is over before this day */
    int64_t months = (last.year - first.year) * YEAR_MONTHS + last.month - first.month + 1;
    assert(period.last >= period.first);
    while (months > 0 && period_months_after(period.first, months) > end)
        months--;
    int64_t rest = end - period_months_after(period.first, months);
    assert(rest >= 0 && rest <= PERIOD_MONTH_DAYS);
    return months * PERIOD_MONTH_DAYS + rest;
}
