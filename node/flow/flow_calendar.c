#include "flow/flow_calendar.h"

#include <assert.h>
#include <string.h>

enum { OPENS = 8 * 60, CLOSES = 17 * 60 };

/* Where clocks and summers are others than in the middle of Europe. Minutes east of Greenwich in
 * winter; days after 1 July on which the summer weeks begin. */
static const struct country {
    const char *name;
    int32_t east;
    bool summer_time;
    uint32_t summer;
} countries[] = {
    {"BG", 120, true, 28}, {"CY", 120, true, 31}, {"DK", 60, true, 4},  {"EE", 120, true, 4},
    {"ES", 60, true, 31},  {"FI", 120, true, 0},  {"FR", 60, true, 24}, {"GR", 120, true, 31},
    {"IE", 0, true, 20},   {"IS", 0, false, 4},   {"IT", 60, true, 31}, {"LT", 120, true, 10},
    {"LV", 120, true, 10}, {"MD", 120, true, 28}, {"MT", 60, true, 31}, {"NO", 60, true, 0},
    {"PT", 0, true, 31},   {"RO", 120, true, 28}, {"SE", 60, true, 0},  {"TR", 180, false, 31},
    {"UA", 120, true, 28}, {"UK", 0, true, 24},   {"GB", 0, true, 24},
};
static const struct country elsewhere = {"", 60, true, 17};

static const struct country *country_of(const char *name)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (strcmp(countries[i].name, name) == 0)
            return &countries[i];
    return &elsewhere;
}

/* Since 1970, in the Gregorian calendar; years begin in March, so that the leap day is their last.
 */
static int64_t days_since_1970(uint32_t year, uint32_t month, uint32_t day)
{
    enum { DAYS_UNTIL_1970 = 719468 };
    int64_t years = (int64_t)year - (month < 3);
    int64_t since_march = (month + 9) % 12;
    return years * 365 + years / 4 - years / 100 + years / 400 + (since_march * 153 + 2) / 5 + day -
           1 - DAYS_UNTIL_1970;
}

int64_t flow_calendar_day(const struct flow_calendar *calendar, uint32_t years, uint32_t month,
                          uint32_t day)
{
    return days_since_1970(calendar->year + years, month, day) - calendar->day_one;
}

/* Monday is 0. */
static int64_t weekday(const struct flow_calendar *calendar, int64_t day)
{
    enum { OF_1970 = 3 };
    int64_t since = calendar->day_one + day + OF_1970;
    return (since % 7 + 7) % 7;
}

bool flow_calendar_weekend(const struct flow_calendar *calendar, int64_t day)
{
    return weekday(calendar, day) >= 5;
}

/* The last Sunday of a month of 31 days, at 01:00 UTC. */
static int64_t last_sunday(const struct flow_calendar *calendar, uint32_t years, uint32_t month)
{
    int64_t day = flow_calendar_day(calendar, years, month, 31);
    day -= (weekday(calendar, day) + 1) % 7;
    return day * FLOW_CALENDAR_DAY + FLOW_CALENDAR_HOUR;
}

/* Directive 2000/84/EC: from the last Sunday of March to the last of October. */
struct flow_calendar flow_calendar(uint32_t year)
{
    assert(year >= FLOW_CALENDAR_YEAR_LEAST && year <= FLOW_CALENDAR_YEAR_MOST);
    struct flow_calendar calendar = {.year = year, .day_one = days_since_1970(year, 4, 1)};
    for (uint32_t years = 0; years < 3; years++) {
        calendar.summer_from_us[years] = last_sunday(&calendar, years, 3);
        calendar.summer_until_us[years] = last_sunday(&calendar, years, 10);
    }
    return calendar;
}

static bool in_summer_time(const struct flow_calendar *calendar, int64_t at_us)
{
    for (size_t i = 0; i < 3; i++)
        if (at_us >= calendar->summer_from_us[i] && at_us < calendar->summer_until_us[i])
            return true;
    return false;
}

static int64_t east(const struct flow_calendar *calendar, const struct country *country,
                    int64_t at_us)
{
    int64_t winter = country->east * FLOW_CALENDAR_MINUTE;
    bool shifted = country->summer_time && in_summer_time(calendar, at_us);
    return shifted ? winter + FLOW_CALENDAR_HOUR : winter;
}

int64_t flow_calendar_at(const struct flow_calendar *calendar, const char *country, int64_t day,
                         uint32_t minutes)
{
    int64_t local = day * FLOW_CALENDAR_DAY + minutes * FLOW_CALENDAR_MINUTE;
    const struct country *here = country_of(country);
    return local - east(calendar, here, local - here->east * FLOW_CALENDAR_MINUTE);
}

int64_t flow_calendar_working(const struct flow_calendar *calendar, const char *country,
                              int64_t at_us)
{
    enum { SPREAD_MINUTES = 120 };
    assert(at_us >= 0);
    int64_t local = at_us + east(calendar, country_of(country), at_us);
    int64_t day = local / FLOW_CALENDAR_DAY;
    int64_t minute = local % FLOW_CALENDAR_DAY / FLOW_CALENDAR_MINUTE;
    bool weekend = flow_calendar_weekend(calendar, day);
    if (!weekend && minute >= OPENS && minute < CLOSES)
        return at_us;
    day += weekend || minute >= CLOSES;
    while (flow_calendar_weekend(calendar, day))
        day++;
    return flow_calendar_at(calendar, country, day, OPENS) +
           at_us % (SPREAD_MINUTES * FLOW_CALENDAR_MINUTE);
}

uint32_t flow_calendar_summer(const char *country)
{
    return country_of(country)->summer;
}
