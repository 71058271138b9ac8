#include "rules/rules_transcript.h"

#include "mobility.pb-c.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    COMPONENTS_MAX = 200,
    CODE_MAX = 64,
    TITLE_MAX = 256,
    GRADE_MAX = 32,
    SHARES_MAX = 100,
    COMMENT_MAX = 2000,
    HOURS_MAX = 10000,
    UNIT_HUNDREDTHS_MAX = 60 * 100,   /* a full year in one unit */
    TOTAL_HUNDREDTHS_MAX = 240 * 100, /* four full years in one stay */
};

static const Peregrin__CreditRecord *transcript(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__credit_record__descriptor);
    return (const Peregrin__CreditRecord *)subject->body;
}

static const Peregrin__Component *component(const struct rules_case *subject, size_t element)
{
    assert(element < transcript(subject)->n_components);
    return transcript(subject)->components[element];
}

static size_t components(const ProtobufCMessage *body)
{
    return ((const Peregrin__CreditRecord *)body)->n_components;
}

static bool components_counted(const struct rules_case *subject, size_t)
{
    size_t count = transcript(subject)->n_components;
    return count >= 1 && count <= COMPONENTS_MAX;
}

static bool code(const struct rules_case *subject, size_t element)
{
    return rung_line_absent_or(component(subject, element)->code, CODE_MAX);
}

static bool title(const struct rules_case *subject, size_t element)
{
    return rung_line(component(subject, element)->title, TITLE_MAX);
}

static bool title_language(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(component(subject, element)->title_language, form_language_tag);
}

static bool isced_f(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(component(subject, element)->isced_f, form_isced_f);
}

static bool hours(const struct rules_case *subject, size_t element)
{
    return component(subject, element)->hours <= HOURS_MAX;
}

static bool ects(const struct rules_case *subject, size_t element)
{
    return component(subject, element)->has_ects_hundredths &&
           component(subject, element)->ects_hundredths <= UNIT_HUNDREDTHS_MAX;
}

static bool grade(const struct rules_case *subject, size_t element)
{
    return rung_line(component(subject, element)->grade, GRADE_MAX);
}

static bool scheme(const struct rules_case *subject, size_t element)
{
    return rung_line_absent_or(component(subject, element)->scheme, CODE_MAX);
}

static bool passed_said(const struct rules_case *subject, size_t element)
{
    return component(subject, element)->has_passed;
}

/* Credits are given in full or not at all. */
static bool failed_without_credits(const struct rules_case *subject, size_t element)
{
    const Peregrin__Component *unit = component(subject, element);
    return !unit->has_passed || unit->passed || unit->ects_hundredths == 0;
}

static bool term(const struct rules_case *subject, size_t element)
{
    const Peregrin__Component *unit = component(subject, element);
    return !unit->has_term || unit->term == 1 || unit->term == 2;
}

static bool language(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(component(subject, element)->language, form_language);
}

/* Each grade of a table once, with its count; a table may hold a zero, and may not be there. */
static bool distribution(const struct rules_case *subject, size_t element)
{
    const Peregrin__Component *unit = component(subject, element);
    if (unit->n_distribution > SHARES_MAX)
        return false;
    for (size_t i = 0; i < unit->n_distribution; i++) {
        if (!rung_line(unit->distribution[i]->grade, GRADE_MAX) ||
            !unit->distribution[i]->has_count)
            return false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(unit->distribution[i]->grade, unit->distribution[j]->grade) == 0)
                return false;
    }
    return true;
}

static bool start(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !transcript(subject)->start || rung_date(transcript(subject)->start, &days);
}

static bool end(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !transcript(subject)->end || rung_date(transcript(subject)->end, &days);
}

static bool issued_on(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(transcript(subject)->issued_on, &days);
}

static bool total(const struct rules_case *subject, size_t)
{
    const Peregrin__CreditRecord *body = transcript(subject);
    uint64_t sum = 0;
    for (size_t i = 0; i < body->n_components; i++)
        sum += body->components[i]->ects_hundredths;
    return body->has_total_hundredths && body->total_hundredths == sum;
}

static bool total_plausible(const struct rules_case *subject, size_t)
{
    return transcript(subject)->total_hundredths <= TOTAL_HUNDREDTHS_MAX;
}

static bool comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(transcript(subject)->comment, COMMENT_MAX);
}

static const struct rung form[] = {
    {.row = {"credit_record.components", "components", "1 to 200 components",
             "Issue a transcript with at least one component, or more than one transcript."},
     .holds = components_counted},
    {.row = {"credit_record.code", "components.code",
             "1 to 64 characters on one line, no blank ends",
             "Use the unit's own code or leave it out."},
     .holds = code,
     .each = components},
    {.row = {"credit_record.title", "components.title",
             "1 to 256 characters on one line, no blank ends", "Enter the title of the unit."},
     .holds = title,
     .each = components},
    {.row = {"credit_record.title_language", "components.title_language",
             "a language tag like fr or uk-Latn", "Correct the tag or leave it out."},
     .holds = title_language,
     .each = components},
    {.row = {"credit_record.isced_f", "components.isced_f",
             "a detailed field of ISCED-F 2013, four digits", "Correct the field or leave it out."},
     .holds = isced_f,
     .each = components},
    {.row = {"credit_record.hours", "components.hours", "at most 10,000 hours",
             "Correct the hours."},
     .holds = hours,
     .each = components},
    {.row = {"credit_record.ects", "components.ects_hundredths",
             "hundredths of an ECTS credit, at most 60 credits", "Enter the credits: 5.5 are 550."},
     .holds = ects,
     .each = components},
    {.row = {"credit_record.grade", "components.grade",
             "1 to 32 characters on one line, no blank ends",
             "Enter the grade as your institution writes it."},
     .holds = grade,
     .each = components},
    {.row = {"credit_record.scheme", "components.scheme",
             "1 to 64 characters on one line, no blank ends",
             "Use the id of a grading scheme or leave it out."},
     .holds = scheme,
     .each = components},
    {.row = {"credit_record.passed", "components.passed",
             "passed or failed, said for each component", "Say whether the component was passed."},
     .holds = passed_said,
     .each = components},
    {.row = {"credit_record.failed", "components.ects_hundredths",
             "no credits for a failed component",
             "Set the credits to 0, or the component to passed."},
     .holds = failed_without_credits,
     .each = components},
    {.row = {"credit_record.term", "components.term", "1 or 2",
             "Correct the term or leave it out."},
     .holds = term,
     .each = components},
    {.row = {"credit_record.language", "components.language",
             "a language code of ISO 639-1 like nl", "Use the two-letter code or leave it out."},
     .holds = language,
     .each = components},
    {.row = {"credit_record.distribution", "components.distribution",
             "at most 100 grades, each once and with its count",
             "Correct the table or leave it out."},
     .holds = distribution,
     .each = components},
    {.row = {"credit_record.start", "start", "a date of the calendar, YYYY-MM-DD",
             "Correct the first day."},
     .holds = start},
    {.row = {"credit_record.end", "end", "a date of the calendar, YYYY-MM-DD",
             "Correct the last day."},
     .holds = end},
    {.row = {"credit_record.issued_on", "issued_on", "a date of the calendar, YYYY-MM-DD",
             "Enter the day of issue."},
     .holds = issued_on},
    {.row = {"credit_record.total", "total_hundredths", "the sum over the components",
             "Add the components up again."},
     .holds = total},
    {.row = {"credit_record.total_plausible", "total_hundredths", "at most 240 credits",
             "Correct the credits, or issue a transcript for each stay."},
     .holds = total_plausible},
    {.row = {"credit_record.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = comment},
};

const struct rung_step rules_transcript_form = {form, sizeof form / sizeof *form};

static bool dates_ordered(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(transcript(subject)->start, transcript(subject)->end);
}

static bool dates_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(transcript(subject)->start) &&
           rung_date_plausible(transcript(subject)->end) &&
           rung_date_plausible(transcript(subject)->issued_on);
}

/* Results may be ready before the last day, but not before the first. */
static bool issued_after_start(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(transcript(subject)->start, transcript(subject)->issued_on);
}

static const struct rung dates[] = {
    {.row = {"credit_record.dates_ordered", "end", "not before start",
             "Exchange or correct the dates."},
     .holds = dates_ordered},
    {.row = {"credit_record.dates_plausible", "start", "dates in the years 2000 to 2100",
             "Correct the year of the dates."},
     .holds = dates_plausible},
    {.row = {"credit_record.issued_after_start", "issued_on", "not before start",
             "Correct the day of issue or the first day."},
     .holds = issued_after_start},
};

const struct rung_step rules_transcript_dates = {dates, sizeof dates / sizeof *dates};
