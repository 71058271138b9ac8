#include "base/instant.h"

#include <assert.h>
#include <stdio.h>

static int64_t floor_div(int64_t value, int64_t by)
{
    assert(by > 0);
    int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

uint64_t instant_minutes(struct instant at)
{
    return at.us < 0 ? 0 : (uint64_t)(at.us / (60 * (int64_t)INSTANT_SECOND));
}

uint64_t instant_seconds(struct instant at)
{
    return at.us < 0 ? 0 : (uint64_t)(at.us / INSTANT_SECOND);
}

struct instant instant_after(struct instant at, int64_t delay_us)
{
    return (struct instant) {at.us + delay_us};
}

bool instant_before(struct instant left, struct instant right)
{
    return left.us < right.us;
}

/* Days since 1970 of a proleptic Gregorian date; years begin in March so that the leap day is
 * the last of its year. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = floor_div(shifted, 400);
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

void instant_text(struct instant at, char out[static INSTANT_TEXT_SIZE])
{
    int64_t seconds = floor_div(at.us, INSTANT_SECOND);
    int64_t days = floor_div(seconds, 86400);
    unsigned rest = (unsigned)(seconds - days * 86400);
    int year, month, day;
    date_of(days, &year, &month, &day);
    /* Years beyond four digits do not occur in what we print; the field is cut, not overrun. */
    snprintf(out, INSTANT_TEXT_SIZE, "%04d-%02u-%02uT%02u:%02u:%02uZ", year, (unsigned)month % 100,
             (unsigned)day % 100, rest / 3600 % 100, rest / 60 % 60, rest % 60);
}

static bool digits_read(const uint8_t *text, int count, int64_t *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

struct instant_day instant_day_of(int64_t days)
{
    int year, month, day;
    date_of(days, &year, &month, &day);
    return (struct instant_day) {year, month, day};
}

bool instant_days(struct instant_day date, int64_t *days)
{
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    int64_t found = days_of(date.year, date.month, date.day);
    struct instant_day back = instant_day_of(found);
    if (back.year != date.year || back.month != date.month || back.day != date.day)
        return false;
    *days = found;
    return true;
}

bool instant_date(struct bytes text, int64_t *days)
{
    struct instant_day date;
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    return digits_read(text.data, 4, &date.year) && digits_read(text.data + 5, 2, &date.month) &&
           digits_read(text.data + 8, 2, &date.day) && instant_days(date, days);
}
