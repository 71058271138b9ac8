#include "eligibility/eligibility_ladder.h"

#include <assert.h>

/* Step 3: how long. Stays are without the days of travel: `start` and `end` are the first and the
 * last day at the host. */

enum { WEEK_DAYS = 7, HUNDREDTHS = 100 };

static bool dated_stay(const struct eligibility_check *check)
{
    return check->first != ELIGIBILITY_DAY_UNKNOWN;
}

static struct period period_of(const struct eligibility_check *check)
{
    return (struct period) {check->first, check->last};
}

/* A limit in days counts days, one in months counts months of thirty days: see period.h. */
static int64_t length_by(const struct dated_row *limit, struct period period)
{
    return limit->unit == DATED_MONTH ? period_counted(period) : period_days(period);
}

static int64_t limit_days(const struct dated_row *limit)
{
    return limit->unit == DATED_MONTH ? limit->number * PERIOD_MONTH_DAYS : limit->number;
}

static const char *days_text(struct eligibility_check *check, const struct dated_row *limit,
                             int64_t days)
{
    const char *of = limit->unit == DATED_MONTH ? " in months of 30 days" : "";
    return arena_format(check->arena, "%lld day%s%s", (long long)days, days == 1 ? "" : "s", of);
}

static const char *limit_text(struct eligibility_check *check, const char *word,
                              const struct dated_row *limit)
{
    const char *unit = limit->unit == DATED_MONTH ? "month" : "day";
    return arena_format(check->arena, "%s %lld %s%s", word, (long long)limit->number, unit,
                        limit->number == 1 ? "" : "s");
}

static enum eligibility_answer lacks_dates(struct eligibility_check *check)
{
    return eligibility_lack(check, "the first and the last day of the stay");
}

/* ---- one stay ----------------------------------------------------------------------------------
 */

/* "or one academic term": a nomination that names a term and no dates is for the whole of it; with
 * dates, they must reach over the term as the host's calendar has it. */
static bool whole_term(struct eligibility_check *check, const char *kind)
{
    const struct period *term = check->facts->term;
    const struct dated_row *row =
        dated_find(check->settings, "duration.term", kind, check->institution, check->day);
    if (!row || !row->number || !check->facts->nomination->has_term)
        return false;
    if (!dated_stay(check))
        return true;
    return term && check->first <= term->first && term->last <= check->last;
}

static enum eligibility_answer long_enough(struct eligibility_check *check)
{
    const char *kind = eligibility_kind_text(check->facts->nomination->mobility);
    const struct dated_row *limit = eligibility_limit(check, "duration.min", kind);
    if (!limit)
        return ELIGIBILITY_OUT;
    if (whole_term(check, kind))
        return ELIGIBILITY_HOLDS;
    if (!dated_stay(check))
        return lacks_dates(check);
    int64_t days = length_by(limit, period_of(check));
    if (days >= limit_days(limit))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, limit_text(check, "at least", limit),
                             days_text(check, limit, days));
}

static enum eligibility_answer short_enough(struct eligibility_check *check)
{
    const char *kind = eligibility_kind_text(check->facts->nomination->mobility);
    const struct dated_row *limit = eligibility_limit(check, "duration.max", kind);
    if (!limit)
        return ELIGIBILITY_OUT;
    if (!dated_stay(check))
        return lacks_dates(check);
    int64_t days = length_by(limit, period_of(check));
    if (days <= limit_days(limit))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, limit_text(check, "at most", limit),
                             days_text(check, limit, days));
}

static enum eligibility_answer has_virtual_part(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *wanted = eligibility_limit(check, "blended.virtual", "blended");
    if (!wanted || !wanted->number)
        return ELIGIBILITY_OUT;
    if (!nomination->has_virtual_part)
        return eligibility_lack(check, "whether there is a virtual part");
    if (nomination->virtual_part)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, "a virtual part", "none");
}

static const char *credits_text(struct eligibility_check *check, int64_t hundredths)
{
    long long whole = hundredths / HUNDREDTHS, rest = hundredths % HUNDREDTHS;
    if (!rest)
        return arena_format(check->arena, "%lld ECTS", whole);
    return rest % 10 ? arena_format(check->arena, "%lld.%02lld ECTS", whole, rest)
                     : arena_format(check->arena, "%lld.%lld ECTS", whole, rest / 10);
}

static enum eligibility_answer has_credits(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *limit = eligibility_limit(check, "blended.credits", "blended");
    if (!limit)
        return ELIGIBILITY_OUT;
    if (!nomination->has_ects_hundredths)
        return eligibility_lack(check, "how many credits the stay is worth");
    if (nomination->ects_hundredths >= limit->number)
        return ELIGIBILITY_HOLDS;
    const char *least = credits_text(check, limit->number);
    return eligibility_blame(check, least ? arena_format(check->arena, "at least %s", least) : NULL,
                             credits_text(check, nomination->ects_hundredths));
}

/* "at least 8 hours of teaching in a week, or in any shorter stay"; 4 where the stay has training
 * as well; days over whole weeks want their part of them. Both sides times seven, so that nothing
 * is rounded. */
static enum eligibility_answer teaches_enough(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *limit = eligibility_limit(
        check, "teaching.hours", nomination->with_training ? "combined" : "teaching");
    if (!limit)
        return ELIGIBILITY_OUT;
    if (!dated_stay(check))
        return lacks_dates(check);
    if (!nomination->has_teaching_hours)
        return eligibility_lack(check, "how many hours are taught");
    int64_t days = period_days(period_of(check));
    int64_t weeks_days = days > WEEK_DAYS ? days : WEEK_DAYS;
    int64_t wanted = limit->number * weeks_days;
    if ((int64_t)nomination->teaching_hours * WEEK_DAYS >= wanted)
        return ELIGIBILITY_HOLDS;
    const char *least =
        wanted % WEEK_DAYS
            ? arena_format(check->arena, "at least %lld %lld/7 hours",
                           (long long)(wanted / WEEK_DAYS), (long long)(wanted % WEEK_DAYS))
            : arena_format(check->arena, "at least %lld hours", (long long)(wanted / WEEK_DAYS));
    return eligibility_blame(check, least,
                             arena_format(check->arena, "%u hours", nomination->teaching_hours));
}

/* Beside the stay: they are paid for, and do not make it longer. */
static enum eligibility_answer travels_fast(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *limit =
        eligibility_limit(check, "travel.days", nomination->green_travel ? "green" : "usual");
    if (!limit || !nomination->has_travel_days)
        return ELIGIBILITY_OUT;
    if (nomination->travel_days <= limit->number)
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, limit_text(check, "at most", limit),
                             days_text(check, limit, nomination->travel_days));
}

/* ---- all stays of a person ---------------------------------------------------------------------
 */

/* First, second and third cycle; the short cycle counts with the first. 0: below them, or not
 * known. A programme of one tier has no end between the first and the second. */
static unsigned cycle_of(uint32_t eqf, bool one_tier)
{
    static const unsigned cycles[] = {[5] = 1, [6] = 1, [7] = 2, [8] = 3};
    unsigned cycle = eqf < sizeof cycles / sizeof *cycles ? cycles[eqf] : 0;
    return one_tier && cycle == 2 ? 1 : cycle;
}

/* Each stay is counted by itself, as each has a grant of its own; then they are added. */
static int64_t sum_of(const struct eligibility_check *check, const struct dated_row *limit,
                      unsigned cycle, bool one_tier)
{
    int64_t sum = length_by(limit, period_of(check));
    for (size_t i = 0; i < check->facts->stay_count; i++) {
        const struct eligibility_stay *stay = &check->facts->stays[i];
        if (!cycle || cycle_of(stay->eqf, one_tier) == cycle)
            sum += length_by(limit, (struct period) {stay->first, stay->last});
    }
    return sum;
}

static enum eligibility_answer sum_holds(struct eligibility_check *check,
                                         const struct dated_row *limit, unsigned cycle)
{
    if (!dated_stay(check))
        return lacks_dates(check);
    if (!check->facts->stays_known)
        return eligibility_lack(check, "the person's other stays");
    int64_t days = sum_of(check, limit, cycle, check->facts->nomination->one_tier);
    if (days <= limit_days(limit))
        return ELIGIBILITY_HOLDS;
    return eligibility_blame(check, limit_text(check, "at most", limit),
                             days_text(check, limit, days));
}

static enum eligibility_answer within_cycle(struct eligibility_check *check)
{
    const Peregrin__Nomination *nomination = check->facts->nomination;
    const struct dated_row *limit =
        eligibility_limit(check, "duration.cycle", nomination->one_tier ? "one-tier" : "usual");
    unsigned cycle = cycle_of(nomination->has_eqf ? nomination->eqf : 0, nomination->one_tier);
    if (!limit)
        return ELIGIBILITY_OUT;
    if (!cycle)
        return eligibility_lack(check, "the study cycle (EQF 5 to 8)");
    return sum_holds(check, limit, cycle);
}

static enum eligibility_answer within_total(struct eligibility_check *check)
{
    const struct dated_row *limit = eligibility_limit(check, "duration.total", "");
    return limit ? sum_holds(check, limit, 0) : ELIGIBILITY_OUT;
}

enum {
    STUDIES = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES,
    TRAINEESHIP = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
    BLENDED = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED,
    DOCTORAL = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL,
    TEACHING = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING,
};

static const char students[] = "Erasmus+ programme guide, mobility of students";
static const char staff[] = "Erasmus+ programme guide, mobility of staff";
static const char least[] = "the days of the stay with the fewest that the kind may have";
static const char most[] = "the days of the stay with the most that the kind may have";
static const char dates[] = "correct the dates, or plan another kind of mobility";

const struct eligibility_rule eligibility_duration_rules[] = {
    /* 3. "studies and traineeship 2–12 months (60 days and 12 months), or one academic term" */
    {.id = "duration.study.min",
     .kinds = STUDIES,
     .field = "end",
     .compares = least,
     .sentence = "the studies are shorter than the programme allows",
     .remedy = "correct the dates; of a whole term, name the term and leave the dates out",
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.min", "duration.term"},
     .holds = long_enough},
    {.id = "duration.study.max",
     .kinds = STUDIES,
     .field = "end",
     .compares = most,
     .sentence = "the studies are longer than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.max"},
     .holds = short_enough},
    {.id = "duration.traineeship.min",
     .kinds = TRAINEESHIP,
     .field = "end",
     .compares = least,
     .sentence = "the traineeship is shorter than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.min"},
     .holds = long_enough},
    {.id = "duration.traineeship.max",
     .kinds = TRAINEESHIP,
     .field = "end",
     .compares = most,
     .sentence = "the traineeship is longer than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.max"},
     .holds = short_enough},
    /* "blended and short doctoral 5–30 days, blended with a compulsory virtual part and >= 3 ECTS"
     */
    {.id = "duration.blended.min",
     .kinds = BLENDED,
     .field = "end",
     .compares = least,
     .sentence = "the days on the spot are fewer than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.min"},
     .holds = long_enough},
    {.id = "duration.blended.max",
     .kinds = BLENDED,
     .field = "end",
     .compares = most,
     .sentence = "the days on the spot are more than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.max"},
     .holds = short_enough},
    {.id = "blended.virtual",
     .kinds = BLENDED,
     .field = "virtual_part",
     .compares = "the virtual part with none",
     .sentence = "a blended mobility has a virtual part, and this one has none",
     .remedy = "plan the virtual part, or nominate for another kind",
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"blended.virtual"},
     .holds = has_virtual_part},
    {.id = "blended.credits",
     .kinds = BLENDED,
     .field = "ects_hundredths",
     .compares = "the credits of both parts with the fewest that they may have",
     .sentence = "a blended mobility is worth more credits than this one",
     .remedy = "correct the credits, or plan more of them",
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"blended.credits"},
     .holds = has_credits},
    {.id = "duration.doctoral.min",
     .kinds = DOCTORAL,
     .field = "end",
     .compares = least,
     .sentence = "the short doctoral stay is shorter than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.min"},
     .holds = long_enough},
    {.id = "duration.doctoral.max",
     .kinds = DOCTORAL,
     .field = "end",
     .compares = most,
     .sentence = "the short doctoral stay is longer than the programme allows",
     .remedy = dates,
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.max"},
     .holds = short_enough},
    /* "staff 2–60 days without travel, teaching >= 8 h a week" */
    {.id = "duration.staff.min",
     .kinds = ELIGIBILITY_STAFF,
     .field = "end",
     .compares = least,
     .sentence = "the stay of staff is shorter than the programme allows",
     .remedy = "correct the dates; days of travel do not count",
     .source = staff,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.min"},
     .holds = long_enough},
    {.id = "duration.staff.max",
     .kinds = ELIGIBILITY_STAFF,
     .field = "end",
     .compares = most,
     .sentence = "the stay of staff is longer than the programme allows",
     .remedy = "correct the dates; days of travel do not count",
     .source = staff,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.max"},
     .holds = short_enough},
    {.id = "teaching.hours",
     .kinds = TEACHING,
     .field = "teaching_hours",
     .compares = "the hours taught with those of so many weeks",
     .sentence = "fewer hours are taught than the stay must have",
     .remedy = "plan more hours, or nominate for training",
     .source = staff,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"teaching.hours"},
     .holds = teaches_enough},
    {.id = "duration.travel",
     .kinds = ELIGIBILITY_STAFF | BLENDED | DOCTORAL,
     .field = "travel_days",
     .compares = "the days of travel beside the stay with the most that the programme knows",
     .sentence = "more days of travel are claimed than the programme pays",
     .remedy = "correct the days, or say that travel is green",
     .source = "Erasmus+ programme guide, individual support: days of travel",
     .severity = ELIGIBILITY_WARNS,
     .settings = {"travel.days"},
     .holds = travels_fast},
    /* "Total <= 12 months per cycle (24 in one-tier programmes), short cycle counts with the first"
     */
    {.id = "duration.cycle",
     .kinds = ELIGIBILITY_STUDENTS,
     .field = "end",
     .compares = "all stays of the person in this study cycle with the most that it may have",
     .sentence = "with the person's other stays the study cycle has too many months",
     .remedy = "shorten the stay, or correct the others; see them by the student's name",
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.cycle"},
     .holds = within_cycle},
    {.id = "duration.total",
     .kinds = ELIGIBILITY_STUDENTS,
     .field = "end",
     .compares = "all stays of the person with the most that all cycles may have",
     .sentence = "with the person's other stays all cycles together have too many months",
     .remedy = "shorten the stay, or correct the others; see them by the student's name",
     .source = students,
     .severity = ELIGIBILITY_WARNS,
     .settings = {"duration.total"},
     .holds = within_total},
    {0},
};
