#include "rules/rules_nomination.h"

#include "mobility.pb-c.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    NAME_MAX_CHARACTERS = 128,
    REFERENCE_MAX = 128,
    COMMENT_MAX = 2000,
    LANGUAGES_MAX = 20,
    STAY_DAYS_MAX = 2 * 366, /* sanity only: the programme's limits are dated settings */
    AGE_MIN = 10,
    AGE_MAX = 110,
};

/* What a mobility cannot be without, beside the person. */
struct needs {
    bool known;
    bool study; /* EQF level and ISCED-F field of the nominee */
    bool dates; /* start and end; otherwise a term does as well */
};

static const struct needs needs[] = {
    [PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES] = {true, true, false},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP] = {true, true, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED] = {true, true, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL] = {true, true, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING] = {true, false, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING] = {true, false, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL] = {true, true, false},
};

static const Peregrin__Nomination *nomination(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__nomination__descriptor);
    return (const Peregrin__Nomination *)subject->body;
}

static const Peregrin__Person *person(const struct rules_case *subject)
{
    static const Peregrin__Person nobody = PEREGRIN__PERSON__INIT;
    return nomination(subject)->person ? nomination(subject)->person : &nobody;
}

static struct needs needs_of(const struct rules_case *subject)
{
    uint32_t mobility = nomination(subject)->mobility;
    return mobility < sizeof needs / sizeof *needs ? needs[mobility] : (struct needs) {0};
}

static bool family_name(const struct rules_case *subject, size_t)
{
    return rung_line(person(subject)->family_name, NAME_MAX_CHARACTERS);
}

static bool given_names(const struct rules_case *subject, size_t)
{
    return rung_line(person(subject)->given_names, NAME_MAX_CHARACTERS);
}

static bool name_language(const struct rules_case *subject, size_t)
{
    return rung_absent_or(person(subject)->name_language, form_language_tag);
}

static bool birth_date(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !person(subject)->birth_date || rung_date(person(subject)->birth_date, &days);
}

/* ISO/IEC 5218. */
static bool gender(const struct rules_case *subject, size_t)
{
    uint32_t code = person(subject)->gender;
    return code <= PEREGRIN__GENDER__GENDER_FEMALE ||
           code == PEREGRIN__GENDER__GENDER_NOT_APPLICABLE;
}

static bool nationality(const struct rules_case *subject, size_t)
{
    return rung_absent_or(person(subject)->nationality, form_country);
}

static bool email(const struct rules_case *subject, size_t)
{
    return rung_given(person(subject)->email, form_email);
}

static bool esi(const struct rules_case *subject, size_t)
{
    return rung_absent_or(person(subject)->esi, form_esi);
}

/* One of both tells two persons of one name apart, and one person in two files. */
static bool identity(const struct rules_case *subject, size_t)
{
    return person(subject)->esi || person(subject)->birth_date;
}

static bool mobility(const struct rules_case *subject, size_t)
{
    return needs_of(subject).known;
}

static bool year(const struct rules_case *subject, size_t)
{
    return rung_given(nomination(subject)->year, form_year);
}

static bool term(const struct rules_case *subject, size_t)
{
    return !nomination(subject)->has_term || nomination(subject)->term == 1 ||
           nomination(subject)->term == 2;
}

static bool eqf(const struct rules_case *subject, size_t)
{
    if (!nomination(subject)->has_eqf)
        return !needs_of(subject).study;
    return nomination(subject)->eqf >= 1 && nomination(subject)->eqf <= 8;
}

static bool isced_f(const struct rules_case *subject, size_t)
{
    if (!nomination(subject)->isced_f)
        return !needs_of(subject).study;
    return rung_given(nomination(subject)->isced_f, form_isced_f);
}

static bool start(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !nomination(subject)->start || rung_date(nomination(subject)->start, &days);
}

static bool end(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !nomination(subject)->end || rung_date(nomination(subject)->end, &days);
}

static bool period(const struct rules_case *subject, size_t)
{
    const Peregrin__Nomination *body = nomination(subject);
    struct needs kind = needs_of(subject);
    return !kind.known || (body->start && body->end) || (!kind.dates && body->has_term);
}

static size_t languages(const ProtobufCMessage *body)
{
    return ((const Peregrin__Nomination *)body)->n_languages;
}

static bool language(const struct rules_case *subject, size_t element)
{
    return rung_given(nomination(subject)->languages[element]->language, form_language);
}

static bool language_level(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(nomination(subject)->languages[element]->level, form_cefr);
}

static bool language_once(const struct rules_case *subject, size_t element)
{
    const Peregrin__Nomination *body = nomination(subject);
    const char *own = body->languages[element]->language;
    for (size_t i = 0; own && i < element; i++) {
        const char *earlier = body->languages[i]->language;
        if (earlier && strcmp(earlier, own) == 0)
            return false;
    }
    return true;
}

static bool languages_few(const struct rules_case *subject, size_t)
{
    return nomination(subject)->n_languages <= LANGUAGES_MAX;
}

static bool agreement(const struct rules_case *subject, size_t)
{
    return rung_line_absent_or(nomination(subject)->agreement, REFERENCE_MAX);
}

static bool condition(const struct rules_case *subject, size_t)
{
    return rung_line_absent_or(nomination(subject)->condition, REFERENCE_MAX);
}

static bool graduated_on(const struct rules_case *subject, size_t)
{
    int64_t days;
    return !nomination(subject)->graduated_on ||
           rung_date(nomination(subject)->graduated_on, &days);
}

static bool comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(nomination(subject)->comment, COMMENT_MAX);
}

static const struct rung form[] = {
    {.row = {"nomination.family_name", "person.family_name",
             "1 to 128 characters on one line, no blank ends",
             "Enter the name as in the passport."},
     .holds = family_name},
    {.row = {"nomination.given_names", "person.given_names",
             "1 to 128 characters on one line, no blank ends",
             "Enter the names as in the passport."},
     .holds = given_names},
    {.row = {"nomination.name_language", "person.name_language",
             "a language tag like fr or uk-Latn", "Correct the tag or leave it out."},
     .holds = name_language},
    {.row = {"nomination.birth_date", "person.birth_date", "a date of the calendar, YYYY-MM-DD",
             "Correct the date of birth."},
     .holds = birth_date},
    {.row = {"nomination.gender", "person.gender",
             "0 (not known), 1 (male), 2 (female) or 9 (not applicable)",
             "Use one of the codes or leave it out."},
     .holds = gender},
    {.row = {"nomination.nationality", "person.nationality", "a country code of ISO 3166 like BE",
             "Use the two-letter code: Greece is GR, the United Kingdom is GB."},
     .holds = nationality},
    {.row = {"nomination.email", "person.email", "an address like name@host.example",
             "Ask for the complete address."},
     .holds = email},
    {.row = {"nomination.esi", "person.esi",
             "urn:schac:personalUniqueCode:int:esi:, country or home organisation, colon, code",
             "Correct the European Student Identifier or leave it out."},
     .holds = esi},
    {.row = {"nomination.identity", "person.birth_date",
             "a date of birth or a European Student Identifier", "Enter one of the two."},
     .holds = identity},
    {.row = {"nomination.mobility", "mobility", "a kind of mobility, 1 to 7",
             "Choose studies, traineeship, blended, doctoral, teaching, training or virtual."},
     .holds = mobility},
    {.row = {"nomination.year", "year", "an academic year like 2026/2027",
             "Correct the academic year."},
     .holds = year},
    {.row = {"nomination.term", "term", "1 or 2",
             "Correct the term, or leave it out and give dates."},
     .holds = term},
    {.row = {"nomination.eqf", "eqf", "a level of the EQF, 1 to 8; students must have one",
             "Enter the level: 6 bachelor, 7 master, 8 doctorate."},
     .holds = eqf},
    {.row = {"nomination.isced_f", "isced_f",
             "a detailed field of ISCED-F 2013, four digits; students must have one",
             "Look the field up in ISCED-F 2013; 0 at the end is `not further defined`."},
     .holds = isced_f},
    {.row = {"nomination.start", "start", "a date of the calendar, YYYY-MM-DD",
             "Correct the first day."},
     .holds = start},
    {.row = {"nomination.end", "end", "a date of the calendar, YYYY-MM-DD",
             "Correct the last day."},
     .holds = end},
    {.row = {"nomination.period", "start",
             "start and end; for studies and virtual mobility a term does as well",
             "Enter the first and the last day, or the term."},
     .holds = period},
    {.row = {"nomination.languages", "languages", "at most 20 languages", "Leave some out."},
     .holds = languages_few},
    {.row = {"nomination.language", "languages.language", "a language code of ISO 639-1 like nl",
             "Use the two-letter code."},
     .holds = language,
     .each = languages},
    {.row = {"nomination.language_level", "languages.level", "A1, A2, B1, B2, C1 or C2",
             "Correct the level or leave it out."},
     .holds = language_level,
     .each = languages},
    {.row = {"nomination.language_once", "languages.language", "each language once",
             "Keep one of the levels."},
     .holds = language_once,
     .each = languages},
    {.row = {"nomination.agreement", "agreement", "1 to 128 characters on one line, no blank ends",
             "Use the agreement's reference or leave it out."},
     .holds = agreement},
    {.row = {"nomination.condition", "condition", "1 to 128 characters on one line, no blank ends",
             "Use the condition's id in the agreement or leave it out."},
     .holds = condition},
    {.row = {"nomination.graduated_on", "graduated_on", "a date of the calendar, YYYY-MM-DD",
             "Correct the day of the degree, or leave it out."},
     .holds = graduated_on},
    {.row = {"nomination.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = comment},
};

const struct rung_step rules_nomination_form = {form, sizeof form / sizeof *form};

static bool dates_ordered(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(nomination(subject)->start, nomination(subject)->end);
}

static bool dates_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(nomination(subject)->start) &&
           rung_date_plausible(nomination(subject)->end);
}

/* Years begin in September, in the south in January or March; a stay may begin at their end. */
static bool starts_in_year(const struct rules_case *subject, size_t element)
{
    int64_t days;
    if (!year(subject, element) || !rung_date(nomination(subject)->start, &days))
        return true;
    int after =
        rung_year_first(nomination(subject)->start) - rung_year_first(nomination(subject)->year);
    return after == 0 || after == 1;
}

static bool stay_plausible(const struct rules_case *subject, size_t)
{
    int64_t from, to;
    return !rung_date(nomination(subject)->start, &from) ||
           !rung_date(nomination(subject)->end, &to) || to - from <= STAY_DAYS_MAX;
}

static bool age_plausible(const struct rules_case *subject, size_t element)
{
    int64_t days;
    if (!year(subject, element) || !rung_date(person(subject)->birth_date, &days))
        return true;
    int age =
        rung_year_first(nomination(subject)->year) - rung_year_first(person(subject)->birth_date);
    return age >= AGE_MIN && age <= AGE_MAX;
}

static const struct rung dates[] = {
    {.row = {"nomination.dates_ordered", "end", "not before start",
             "Exchange or correct the dates."},
     .holds = dates_ordered},
    {.row = {"nomination.dates_plausible", "start", "dates in the years 2000 to 2100",
             "Correct the year of the dates."},
     .holds = dates_plausible},
    {.row = {"nomination.starts_in_year", "start",
             "a day in one of the two years of the academic year",
             "Correct the first day or the academic year."},
     .holds = starts_in_year},
    {.row = {"nomination.stay_plausible", "end", "at most two years after start",
             "Correct the dates."},
     .holds = stay_plausible},
    {.row = {"nomination.age_plausible", "person.birth_date",
             "a birth 10 to 110 years before the academic year", "Correct the date of birth."},
     .holds = age_plausible},
};

const struct rung_step rules_nomination_dates = {dates, sizeof dates / sizeof *dates};
