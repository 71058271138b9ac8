/* Days, working hours and summers, in the country of whoever works. All times are microseconds
 * since the year's 1 April, 00:00 UTC; days are counted from it, and 0 is 1 April. */
#pragma once

#include "flow/flow.h"

#define FLOW_CALENDAR_MINUTE (INT64_C(60) * 1000000)
#define FLOW_CALENDAR_HOUR   (60 * FLOW_CALENDAR_MINUTE)
#define FLOW_CALENDAR_DAY    (24 * FLOW_CALENDAR_HOUR)

enum { FLOW_CALENDAR_YEAR_LEAST = 1970, FLOW_CALENDAR_YEAR_MOST = 2200 };

struct flow_calendar {
    uint32_t year;   /* of 1 April */
    int64_t day_one; /* since 1970 */
    /* Summer time, of this year and the two after it. */
    int64_t summer_from_us[3], summer_until_us[3];
};

struct flow_calendar flow_calendar(uint32_t year);
/* The day of a date; `years` after the year's own. */
int64_t flow_calendar_day(const struct flow_calendar *calendar, uint32_t years, uint32_t month,
                          uint32_t day);
bool flow_calendar_weekend(const struct flow_calendar *calendar, int64_t day);
/* When it is so many minutes after midnight of that day in a country. Countries that are not known
 * have Central European time. */
int64_t flow_calendar_at(const struct flow_calendar *calendar, const char *country, int64_t day,
                         uint32_t minutes);
/* This time, where people work then, or else some time in the next morning on which they do. */
int64_t flow_calendar_working(const struct flow_calendar *calendar, const char *country,
                              int64_t at_us);
/* When a country's summer weeks begin, days after 1 July. */
uint32_t flow_calendar_summer(const char *country);
