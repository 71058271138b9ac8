#include "eligibility/dated_setting.h"

#include <assert.h>
#include <string.h>

static const struct dated_setting settings[] = {
    {"duration.min", "day month", "a kind of mobility", "the shortest stay"},
    {"duration.max", "day month", "a kind of mobility", "the longest stay"},
    {"duration.term", "yes", "a kind of mobility", "a whole academic term is long enough"},
    {"duration.cycle", "month day", "a kind of programme: usual or one-tier",
     "all stays of one study cycle together"},
    {"duration.total", "month day", "", "all stays of all study cycles together"},
    {"blended.virtual", "yes", "a kind of mobility", "a virtual part is compulsory"},
    {"blended.credits", "credit", "a kind of mobility", "the fewest ECTS credits"},
    {"teaching.hours", "hour", "teaching alone, or combined with training: teaching, combined",
     "the fewest hours of teaching in a week"},
    {"travel.days", "day", "a way of travelling: usual or green", "the most days of travel"},
    {"study.first_year", "yes", "a kind of mobility", "the first year of study comes before it"},
    {"graduate.within", "month day", "", "from the degree to the end of a traineeship"},
    {"country", "region", "a country of ISO 3166", "programme country, or in which region"},
    {"host.excluded", "yes", "a domain; what lies below it is meant as well",
     "no host of traineeships"},
    {"charter", "yes", "an institution's SCHAC domain", "holds the charter in these days"},
    {"call.notice", "month day", "", "from the application to the departure"},
    {"call.project_end", "date", "", "the last day of any stay of the project"},
    {"credits.year_max", "credit", "", "the credits of an academic year"},
    {"credits.hours_min", "hour", "", "the fewest hours of work for a credit"},
    {"credits.hours_max", "hour", "", "the most hours of work for a credit"},
    {"credits.whole_only", "yes", "", "a unit has whole credits only"},
    {"credits.unit_min", "credit", "", "the smallest unit"},
    {"credits.week_max", "credit", "", "the most that a full-time week yields"},
    {"credits.year_days", "day", "", "the days in which a year's credits are planned"},
    {"credits.apart", "credit", "", "how far a plan may be from proportional, in a year"},
    {"severity", "severity", "a rule's id", "what a rule does: off, warn, refuse"},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

static const char *const units[] = {
    [DATED_DAY] = "day",       [DATED_MONTH] = "month",       [DATED_HOUR] = "hour",
    [DATED_CREDIT] = "credit", [DATED_YES] = "yes",           [DATED_DATE] = "date",
    [DATED_REGION] = "region", [DATED_SEVERITY] = "severity",
};

static_assert(sizeof units / sizeof *units == DATED_UNITS, "one word for each");

const struct dated_setting *dated_setting(size_t index)
{
    return index < SETTINGS ? &settings[index] : NULL;
}

const struct dated_setting *dated_setting_find(const char *name)
{
    for (size_t i = 0; i < SETTINGS; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

const char *dated_setting_unit(enum dated_unit unit)
{
    assert((unsigned)unit < DATED_UNITS);
    return units[unit];
}
