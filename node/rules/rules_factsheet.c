#include "rules/rules_factsheet.h"

#include "notice.pb-c.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    WEEKS_MAX = 52,
    LANGUAGES_MAX = 20,
    FIELDS_MAX = 150,
    CONTACTS_MAX = 20,
    NAME_MAX_CHARACTERS = 256,
    CONTACT_MAX = 128,
    PHONE_MAX = 32,
    WEBSITE_MAX = 256,
    REQUIREMENTS_MAX = 2000,
};

static const Peregrin__Factsheet *sheet(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__factsheet__descriptor);
    return (const Peregrin__Factsheet *)subject->body;
}

static size_t terms(const ProtobufCMessage *body)
{
    return ((const Peregrin__Factsheet *)body)->n_terms;
}

static size_t languages(const ProtobufCMessage *body)
{
    return ((const Peregrin__Factsheet *)body)->n_languages;
}

static size_t fields(const ProtobufCMessage *body)
{
    return ((const Peregrin__Factsheet *)body)->n_isced_f;
}

static size_t contacts(const ProtobufCMessage *body)
{
    return ((const Peregrin__Factsheet *)body)->n_contacts;
}

static bool terms_counted(const struct rules_case *subject, size_t)
{
    return sheet(subject)->n_terms >= 1 && sheet(subject)->n_terms <= 2;
}

static bool term(const struct rules_case *subject, size_t element)
{
    uint32_t own = sheet(subject)->terms[element]->term;
    for (size_t i = 0; i < element; i++)
        if (sheet(subject)->terms[i]->term == own)
            return false;
    return own == 1 || own == 2;
}

static bool starts(const struct rules_case *subject, size_t element)
{
    return rung_given(sheet(subject)->terms[element]->starts, form_month_day);
}

static bool ends(const struct rules_case *subject, size_t element)
{
    return rung_given(sheet(subject)->terms[element]->ends, form_month_day);
}

static bool nominations(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(sheet(subject)->terms[element]->nominations, form_month_day);
}

static bool applications(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(sheet(subject)->terms[element]->applications, form_month_day);
}

static bool results(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(sheet(subject)->terms[element]->results, form_month_day);
}

static bool zone(const struct rules_case *subject, size_t)
{
    return rung_given(sheet(subject)->zone, form_zone);
}

static bool weeks(bool has, uint32_t weeks)
{
    return !has || (weeks >= 1 && weeks <= WEEKS_MAX);
}

static bool decision_weeks(const struct rules_case *subject, size_t)
{
    return weeks(sheet(subject)->has_decision_weeks, sheet(subject)->decision_weeks);
}

static bool transcript_weeks(const struct rules_case *subject, size_t)
{
    return weeks(sheet(subject)->has_transcript_weeks, sheet(subject)->transcript_weeks);
}

static bool languages_few(const struct rules_case *subject, size_t)
{
    return sheet(subject)->n_languages <= LANGUAGES_MAX;
}

static bool language(const struct rules_case *subject, size_t element)
{
    const char *own = sheet(subject)->languages[element]->language;
    for (size_t i = 0; own && i < element; i++) {
        const char *earlier = sheet(subject)->languages[i]->language;
        if (earlier && strcmp(earlier, own) == 0)
            return false;
    }
    return rung_given(own, form_language);
}

static bool language_level(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(sheet(subject)->languages[element]->level, form_cefr);
}

static bool fields_few(const struct rules_case *subject, size_t)
{
    return sheet(subject)->n_isced_f <= FIELDS_MAX;
}

static bool isced_f(const struct rules_case *subject, size_t element)
{
    return rung_given(sheet(subject)->isced_f[element], form_isced_f_any);
}

static bool contacts_few(const struct rules_case *subject, size_t)
{
    return sheet(subject)->n_contacts <= CONTACTS_MAX;
}

static bool contact(const struct rules_case *subject, size_t element)
{
    const Peregrin__Contact *own = sheet(subject)->contacts[element];
    return rung_line(own->name, CONTACT_MAX) && rung_line_absent_or(own->role, CONTACT_MAX) &&
           rung_line_absent_or(own->phone, PHONE_MAX);
}

static bool contact_email(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(sheet(subject)->contacts[element]->email, form_email);
}

static bool website(const struct rules_case *subject, size_t)
{
    const char *own = sheet(subject)->website;
    return !own || (strncmp(own, "https://", 8) == 0 && own[8] && !strpbrk(own, " \"<>\\^`{|}") &&
                    rung_line(own, WEBSITE_MAX));
}

static bool requirements(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(sheet(subject)->requirements, REQUIREMENTS_MAX);
}

static bool name(const struct rules_case *subject, size_t)
{
    return rung_line_absent_or(sheet(subject)->name, NAME_MAX_CHARACTERS);
}

static bool erasmus_code(const struct rules_case *subject, size_t)
{
    return rung_absent_or(sheet(subject)->erasmus_code, form_erasmus);
}

static bool country(const struct rules_case *subject, size_t)
{
    return rung_absent_or(sheet(subject)->country, form_country);
}

static const struct rung form[] = {
    {.row = {"factsheet.terms", "terms", "1 or 2 terms", "Enter the terms of the academic year."},
     .holds = terms_counted},
    {.row = {"factsheet.term", "terms.term", "1 or 2, each once", "Number the terms 1 and 2."},
     .holds = term,
     .each = terms},
    {.row = {"factsheet.starts", "terms.starts", "a month and a day like 05-15",
             "Enter the first day of the term: month, day."},
     .holds = starts,
     .each = terms},
    {.row = {"factsheet.ends", "terms.ends", "a month and a day like 05-15",
             "Enter the last day of the term: month, day."},
     .holds = ends,
     .each = terms},
    {.row = {"factsheet.nominations", "terms.nominations", "a month and a day like 05-15",
             "Correct the last day for nominations or leave it out."},
     .holds = nominations,
     .each = terms},
    {.row = {"factsheet.applications", "terms.applications", "a month and a day like 05-15",
             "Correct the last day for applications or leave it out."},
     .holds = applications,
     .each = terms},
    {.row = {"factsheet.results", "terms.results", "a month and a day like 05-15",
             "Correct the day of the results or leave it out: then the departure counts."},
     .holds = results,
     .each = terms},
    {.row = {"factsheet.zone", "zone", "the name of a time zone like Europe/Brussels",
             "Name the zone in which the days begin and end."},
     .holds = zone},
    {.row = {"factsheet.decision_weeks", "decision_weeks", "1 to 52 weeks",
             "Correct the weeks or leave them out."},
     .holds = decision_weeks},
    {.row = {"factsheet.transcript_weeks", "transcript_weeks", "1 to 52 weeks",
             "Correct the weeks or leave them out: then they are 5."},
     .holds = transcript_weeks},
    {.row = {"factsheet.languages", "languages", "at most 20 languages", "Leave some out."},
     .holds = languages_few},
    {.row = {"factsheet.language", "languages.language",
             "a language code of ISO 639-1 like nl, each once",
             "Use the two-letter code, and keep one of the levels."},
     .holds = language,
     .each = languages},
    {.row = {"factsheet.language_level", "languages.level", "A1, A2, B1, B2, C1 or C2",
             "Correct the level or leave it out."},
     .holds = language_level,
     .each = languages},
    {.row = {"factsheet.fields", "isced_f", "at most 150 fields", "Use broader fields."},
     .holds = fields_few},
    {.row = {"factsheet.isced_f", "isced_f", "two to four digits of a field of ISCED-F 2013",
             "Correct the field or leave it out."},
     .holds = isced_f,
     .each = fields},
    {.row = {"factsheet.contacts", "contacts", "at most 20 contacts", "Leave some out."},
     .holds = contacts_few},
    {.row = {"factsheet.contact", "contacts",
             "a name of 1 to 128 characters; role and telephone on one line each",
             "Enter the name of the office or of the person."},
     .holds = contact,
     .each = contacts},
    {.row = {"factsheet.contact_email", "contacts.email", "an address like name@host.example",
             "Correct the address or leave it out."},
     .holds = contact_email,
     .each = contacts},
    {.row = {"factsheet.website", "website", "an address that begins with https://",
             "Correct the address or leave it out."},
     .holds = website},
    {.row = {"factsheet.requirements", "requirements", "1 to 2,000 characters, no blank ends",
             "Shorten the requirements: the website may say more."},
     .holds = requirements},
    {.row = {"factsheet.name", "name", "1 to 256 characters on one line, no blank ends",
             "Correct the name or leave it out."},
     .holds = name},
    {.row = {"factsheet.erasmus_code", "erasmus_code",
             "an Erasmus code like B  LIEGE37, inner blanks included",
             "Correct the code or leave it out."},
     .holds = erasmus_code},
    {.row = {"factsheet.country", "country", "a country code of ISO 3166 like BE",
             "Use the two-letter code: Greece is GR, the United Kingdom is GB."},
     .holds = country},
};

const struct rung_step rules_factsheet_form = {form, sizeof form / sizeof *form};
