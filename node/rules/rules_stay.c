#include "rules/rules_stay.h"

#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    COMMENT_MAX = 2000,
    EARLY_DAYS_MAX = 62, /* before the nomination's first day: language courses, a summer term */
    STAY_DAYS_MAX = 2 * 366, /* sanity only: the programme's limits are dated settings */
};

static const Peregrin__StayDay *day(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__stay_day__descriptor);
    return (const Peregrin__StayDay *)subject->body;
}

static const Peregrin__Extension *extension(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__extension__descriptor);
    return (const Peregrin__Extension *)subject->body;
}

/* ---- the form ---- */

static bool date(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(day(subject)->date, &days);
}

static bool day_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(day(subject)->comment, COMMENT_MAX);
}

static bool end(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(extension(subject)->end, &days);
}

static bool extension_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(extension(subject)->comment, COMMENT_MAX);
}

static const struct rung arrival_form[] = {
    {.row = {"arrival.date", "date", "a date of the calendar, YYYY-MM-DD",
             "Enter the day on which the stay began."},
     .holds = date},
    {.row = {"arrival.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = day_comment},
};

static const struct rung departure_form[] = {
    {.row = {"departure.date", "date", "a date of the calendar, YYYY-MM-DD",
             "Enter the day on which the stay ended."},
     .holds = date},
    {.row = {"departure.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = day_comment},
};

static const struct rung extension_form[] = {
    {.row = {"extension.end", "end", "a date of the calendar, YYYY-MM-DD",
             "Enter the new last day of the stay."},
     .holds = end},
    {.row = {"extension.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = extension_comment},
};

/* ---- the dates by themselves ---- */

static bool date_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(day(subject)->date);
}

static bool end_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(extension(subject)->end);
}

static const struct rung arrival_dates[] = {
    {.row = {"arrival.date_plausible", "date", "a date in the years 2000 to 2100",
             "Correct the year."},
     .holds = date_plausible},
};

static const struct rung departure_dates[] = {
    {.row = {"departure.date_plausible", "date", "a date in the years 2000 to 2100",
             "Correct the year."},
     .holds = date_plausible},
};

static const struct rung extension_dates[] = {
    {.row = {"extension.end_plausible", "end", "a date in the years 2000 to 2100",
             "Correct the year."},
     .holds = end_plausible},
};

/* ---- what the dossier's other records say ---- */

static const char *nominated_start(const struct rules_case *subject)
{
    return subject->facts->nomination ? subject->facts->nomination->start : NULL;
}

/* An extension in force moves the last day. */
static const char *last_day(const struct rules_case *subject)
{
    if (subject->facts->extension)
        return subject->facts->extension->end;
    return subject->facts->nomination ? subject->facts->nomination->end : NULL;
}

static const char *arrival_day(const struct rules_case *subject)
{
    return subject->facts->arrival ? subject->facts->arrival->date : NULL;
}

static const char *departure_day(const struct rules_case *subject)
{
    return subject->facts->departure ? subject->facts->departure->date : NULL;
}

static bool arrival_in_period(const struct rules_case *subject, size_t)
{
    int64_t from, arrived;
    if (rung_date(nominated_start(subject), &from) && rung_date(day(subject)->date, &arrived) &&
        arrived < from - EARLY_DAYS_MAX)
        return false;
    return rung_dates_ordered(day(subject)->date, last_day(subject));
}

/* Where only a term was said. */
static bool arrival_in_year(const struct rules_case *subject, size_t)
{
    const char *year = subject->facts->nomination ? subject->facts->nomination->year : NULL;
    int64_t days;
    if (nominated_start(subject) || !rung_given(year, form_year) ||
        !rung_date(day(subject)->date, &days))
        return true;
    return memcmp(day(subject)->date, year, 4) == 0 || memcmp(day(subject)->date, year + 5, 4) == 0;
}

static bool arrival_before_departure(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(day(subject)->date, departure_day(subject));
}

static bool departure_after_arrival(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(arrival_day(subject), day(subject)->date);
}

static bool short_enough(const char *from, const char *until)
{
    int64_t first, last;
    return !rung_date(from, &first) || !rung_date(until, &last) || last - first <= STAY_DAYS_MAX;
}

static bool departure_stay_plausible(const struct rules_case *subject, size_t)
{
    return short_enough(arrival_day(subject), day(subject)->date);
}

/* A new end that is none would be no extension; an earlier one is a departure. */
static bool extension_later(const struct rules_case *subject, size_t)
{
    const char *nominated = subject->facts->nomination ? subject->facts->nomination->end : NULL;
    return !nominated || !rung_dates_ordered(extension(subject)->end, nominated) ||
           !end(subject, 0);
}

static bool extension_after_arrival(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(arrival_day(subject), extension(subject)->end);
}

static bool extension_stay_plausible(const struct rules_case *subject, size_t)
{
    return short_enough(arrival_day(subject), extension(subject)->end);
}

static const struct rung arrival_facts[] = {
    {.row = {"arrival.in_period", "date",
             "a day between two months before the nomination's first day and the last day",
             "Correct the day, or have the nomination amended first."},
     .holds = arrival_in_period},
    {.row = {"arrival.in_year", "date", "a day in one of the two years of the academic year",
             "Correct the day, or have the nomination amended first."},
     .holds = arrival_in_year},
    {.row = {"arrival.before_departure", "date", "not after the departure",
             "Correct the day, or the departure first."},
     .holds = arrival_before_departure},
};

static const struct rung departure_facts[] = {
    {.row = {"departure.after_arrival", "date", "not before the arrival",
             "Correct the day, or the arrival first."},
     .holds = departure_after_arrival},
    {.row = {"departure.stay_plausible", "date", "at most two years after the arrival",
             "Correct the day."},
     .holds = departure_stay_plausible},
};

static const struct rung extension_facts[] = {
    {.row = {"extension.later", "end", "a day after the nomination's last day",
             "Enter a later day; a stay that ends earlier ends by a departure."},
     .holds = extension_later},
    {.row = {"extension.after_arrival", "end", "not before the arrival", "Correct the day."},
     .holds = extension_after_arrival},
    {.row = {"extension.stay_plausible", "end", "at most two years after the arrival",
             "Correct the day."},
     .holds = extension_stay_plausible},
};

const struct rung_step rules_stay_arrival = {arrival_form,
                                             sizeof arrival_form / sizeof *arrival_form};
const struct rung_step rules_stay_arrival_dates = {arrival_dates, 1};
const struct rung_step rules_stay_arrival_facts = {arrival_facts,
                                                   sizeof arrival_facts / sizeof *arrival_facts};
const struct rung_step rules_stay_departure = {departure_form,
                                               sizeof departure_form / sizeof *departure_form};
const struct rung_step rules_stay_departure_dates = {departure_dates, 1};
const struct rung_step rules_stay_departure_facts = {departure_facts, sizeof departure_facts /
                                                                          sizeof *departure_facts};
const struct rung_step rules_stay_extension = {extension_form,
                                               sizeof extension_form / sizeof *extension_form};
const struct rung_step rules_stay_extension_dates = {extension_dates, 1};
const struct rung_step rules_stay_extension_facts = {extension_facts, sizeof extension_facts /
                                                                          sizeof *extension_facts};
