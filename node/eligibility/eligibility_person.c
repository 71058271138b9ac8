#include "eligibility/eligibility_ladder.h"

#include "base/instant.h"

/* Step 7: who. How far the studies of the participant are. */

enum { MASTER = 7 }; /* the first level of the EQF behind a first cycle */

/* "first year of study completed before study mobility; not for master or PhD". */
static enum eligibility_answer first_year_done(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *wanted =
        eligibility_limit(check, "study.first_year", eligibility_kind_text(nomination->mobility));
    if (!wanted || !wanted->number || (nomination->has_eqf && nomination->eqf >= MASTER))
        return ELIGIBILITY_OUT;
    if (!nomination->has_years_done)
        return eligibility_lack(check, "how many years of study are completed");
    if (nomination->years_done)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "at least 1 year of study", "none completed");
}

static const char *date_text(struct eligibility_check *check, const char *word, int64_t day)
{
    char text[PERIOD_DATE_SIZE];
    period_text(day, text);
    return arena_format(check->arena, "%s%s", word, text);
}

/* "recent graduates complete their traineeship within a year of the degree". */
static enum eligibility_answer soon_after_degree(struct eligibility_check *check)
{
    const char *degree = check->facts->nomination->graduated_on;
    const struct dated_row *limit = eligibility_limit(check, "graduate.within", "");
    int64_t day;
    if (!limit || !degree)
        return ELIGIBILITY_OUT;
    if (!instant_date(bytes_text(degree), &day))
        return eligibility_lack(check, "the day of the degree");
    if (check->last == ELIGIBILITY_DAY_UNKNOWN)
        return eligibility_lack(check, "the last day of the stay");
    int64_t end =
        limit->unit == DATED_MONTH ? period_months_after(day, limit->number) : day + limit->number;
    if (check->last <= end)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, date_text(check, "an end not after ", end),
                             date_text(check, "", check->last));
}

const struct eligibility_rule eligibility_person_rules[] = {
    {.id = "study.first_year",
     .kinds = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES,
     .field = "years_done",
     .compares = "the years of study completed with the first of them",
     .sentence = "the first year of study is not completed",
     .remedy = "nominate for a later term, or correct the years",
     .source = "handbooks of institutions",
     .severity = ELIGIBILITY_WARNS,
     .settings = {"study.first_year"},
     .holds = first_year_done},
    {.id = "graduate.within",
     .kinds = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
     .field = "graduated_on",
     .compares = "the last day of the traineeship with the degree and the time after it",
     .sentence = "the traineeship ends too long after the degree",
     .remedy = "plan it earlier, or correct the day of the degree",
     .source = "Erasmus+ programme guide, mobility of students: recent graduates",
     .severity = ELIGIBILITY_WARNS,
     .settings = {"graduate.within"},
     .holds = soon_after_degree},
    {0},
};
