#include "rules/rules_terms.h"

#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    REFERENCE_MAX = 64,
    CONDITIONS_MAX = 100,
    CONDITION_ID_MAX = 32,
    PLACES_MAX = 9999,
    YEARS_APART_MAX = 10,
    TENTHS_EACH_MAX = 240, /* two years: sanity only, the programme's limits are dated settings */
    DAYS_EACH_MAX = 366,
    FIELDS_MAX = 50,
    LANGUAGES_MAX = 20,
    CONTACTS_MAX = 20,
    NAME_MAX_CHARACTERS = 128,
    PHONE_MAX = 40,
    NOTE_MAX = 500,
    LEGAL_MAX = 4000,
    COMMENT_MAX = 2000,
};

/* In what the time of a kind is counted. */
static const struct counting {
    bool known, months, days;
} countings[] = {
    [PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES] = {true, true, false},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP] = {true, true, false},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED] = {true, true, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL] = {true, true, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING] = {true, false, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING] = {true, false, true},
    [PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL] = {true, true, true},
};

/* ---- terms ---- */

static const Peregrin__Terms *terms(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__terms__descriptor);
    return (const Peregrin__Terms *)subject->body;
}

static size_t conditions(const ProtobufCMessage *body)
{
    assert(body->descriptor == &peregrin__terms__descriptor);
    return ((const Peregrin__Terms *)body)->n_conditions;
}

static const Peregrin__Condition *condition(const struct rules_case *subject, size_t element)
{
    assert(element < terms(subject)->n_conditions);
    return terms(subject)->conditions[element];
}

static struct counting counting_of(const struct rules_case *subject, size_t element)
{
    uint32_t mobility = condition(subject, element)->mobility;
    bool here = mobility < sizeof countings / sizeof *countings;
    return here ? countings[mobility] : (struct counting) {0};
}

static bool reference(const struct rules_case *subject, size_t)
{
    return rung_line(terms(subject)->reference, REFERENCE_MAX);
}

static bool conditions_counted(const struct rules_case *subject, size_t)
{
    return terms(subject)->n_conditions >= 1 && terms(subject)->n_conditions <= CONDITIONS_MAX;
}

static bool condition_id(const struct rules_case *subject, size_t element)
{
    const char *id = condition(subject, element)->id;
    size_t length = id ? strlen(id) : 0;
    return length >= 1 && length <= CONDITION_ID_MAX &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               length;
}

static bool condition_id_once(const struct rules_case *subject, size_t element)
{
    const char *own = condition(subject, element)->id;
    for (size_t i = 0; own && i < element; i++) {
        const char *earlier = condition(subject, i)->id;
        if (earlier && strcmp(earlier, own) == 0)
            return false;
    }
    return true;
}

/* Who the two are stands in the header; without it only the form is asked. */
static bool sending(const struct rules_case *subject, size_t element)
{
    const char *own = condition(subject, element)->sending;
    if (!subject->header)
        return rung_given(own, header_schac_valid);
    const Peregrin__Header *header = subject->header->fields;
    return own && ((header->issuer && strcmp(own, header->issuer) == 0) ||
                   (header->audience && strcmp(own, header->audience) == 0));
}

static bool mobility(const struct rules_case *subject, size_t element)
{
    return counting_of(subject, element).known;
}

static bool first_year(const struct rules_case *subject, size_t element)
{
    return rung_given(condition(subject, element)->first_year, form_year);
}

static bool last_year(const struct rules_case *subject, size_t element)
{
    return rung_given(condition(subject, element)->last_year, form_year);
}

static bool places(const struct rules_case *subject, size_t element)
{
    return condition(subject, element)->has_places &&
           condition(subject, element)->places <= PLACES_MAX;
}

static bool months(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    if (!counting_of(subject, element).known || !own->has_tenth_months)
        return true;
    return counting_of(subject, element).months && own->tenth_months >= 1 &&
           own->places <= PLACES_MAX && own->tenth_months <= own->places * TENTHS_EACH_MAX;
}

static bool days(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    if (!counting_of(subject, element).known || !own->has_days)
        return true;
    return counting_of(subject, element).days && own->days >= 1 && own->places <= PLACES_MAX &&
           own->days <= own->places * DAYS_EACH_MAX;
}

/* Places without time are no mobility; what is virtual may do without. */
static bool duration(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    return !own->places || !counting_of(subject, element).known ||
           own->mobility == PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL || own->has_tenth_months ||
           own->has_days;
}

static bool isced_f(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    for (size_t i = 0; i < own->n_isced_f; i++)
        if (!rung_given(own->isced_f[i], form_isced_f_any))
            return false;
    return own->n_isced_f <= FIELDS_MAX;
}

static bool eqf(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    for (size_t i = 0; i < own->n_eqf; i++)
        if (own->eqf[i] < 1 || own->eqf[i] > 8 || (i && own->eqf[i] <= own->eqf[i - 1]))
            return false;
    return true;
}

static bool languages(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    for (size_t i = 0; i < own->n_languages; i++)
        if (!rung_given(own->languages[i]->language, form_language) ||
            !rung_absent_or(own->languages[i]->level, form_cefr))
            return false;
    return own->n_languages <= LANGUAGES_MAX;
}

static bool degrees(const struct rules_case *subject, size_t element)
{
    return condition(subject, element)->degrees <= PEREGRIN__DEGREES__DEGREES_JOINT;
}

static bool note(const struct rules_case *subject, size_t element)
{
    return rung_text_absent_or(condition(subject, element)->note, NOTE_MAX);
}

static bool legal(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(terms(subject)->legal, LEGAL_MAX);
}

/* It is none of its own, where the dossier is known. */
static bool replaces(const struct rules_case *subject, size_t)
{
    struct header_dossier named;
    const char *said = terms(subject)->replaces;
    return !said ||
           (header_dossier_from_text(bytes_text(said), &named) &&
            (!subject->header || memcmp(&named, &subject->header->dossier, sizeof named) != 0));
}

static bool terms_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(terms(subject)->comment, COMMENT_MAX);
}

/* ---- contacts: those of terms, and those that come later ---- */

struct contact_list {
    Peregrin__Contact *const *contacts;
    size_t count;
};

static struct contact_list contacts_of(const ProtobufCMessage *body)
{
    if (body->descriptor == &peregrin__terms__descriptor) {
        const Peregrin__Terms *own = (const Peregrin__Terms *)body;
        return (struct contact_list) {own->contacts, own->n_contacts};
    }
    assert(body->descriptor == &peregrin__contacts__descriptor);
    const Peregrin__Contacts *own = (const Peregrin__Contacts *)body;
    return (struct contact_list) {own->contacts, own->n_contacts};
}

static size_t contacts(const ProtobufCMessage *body)
{
    return contacts_of(body).count;
}

static const Peregrin__Contact *contact(const struct rules_case *subject, size_t element)
{
    assert(element < contacts(subject->body));
    return contacts_of(subject->body).contacts[element];
}

static bool contacts_few(const struct rules_case *subject, size_t)
{
    return contacts(subject->body) <= CONTACTS_MAX;
}

static bool contacts_given(const struct rules_case *subject, size_t)
{
    return contacts(subject->body) >= 1;
}

static bool contact_name(const struct rules_case *subject, size_t element)
{
    return rung_line(contact(subject, element)->name, NAME_MAX_CHARACTERS);
}

static bool contact_role(const struct rules_case *subject, size_t element)
{
    return rung_line_absent_or(contact(subject, element)->role, NAME_MAX_CHARACTERS);
}

static bool contact_email(const struct rules_case *subject, size_t element)
{
    return rung_absent_or(contact(subject, element)->email, form_email);
}

static bool contact_phone(const struct rules_case *subject, size_t element)
{
    return rung_line_absent_or(contact(subject, element)->phone, PHONE_MAX);
}

/* Terms climb all but the last one, contacts the last ones only. */
static const struct rung form[] = {
    {.row = {"terms.reference", "reference", "1 to 64 characters on one line, no blank ends",
             "Give the agreement a name that both houses can call it by."},
     .holds = reference},
    {.row = {"terms.conditions", "conditions", "1 to 100 conditions",
             "Say what is agreed, or terminate the agreement."},
     .holds = conditions_counted},
    {.row = {"terms.condition_id", "conditions.id", "1 to 32 of the characters A-Z a-z 0-9 . _ -",
             "Give each condition a short id; places are counted under it."},
     .holds = condition_id,
     .each = conditions},
    {.row = {"terms.condition_id_once", "conditions.id", "each id once",
             "Give the second condition another id."},
     .holds = condition_id_once,
     .each = conditions},
    {.row = {"terms.sending", "conditions.sending", "one of the two institutions",
             "Write who sends: the domain of the one or of the other."},
     .holds = sending,
     .each = conditions},
    {.row = {"terms.mobility", "conditions.mobility", "a kind of mobility, 1 to 7",
             "Choose studies, traineeship, blended, doctoral, teaching, training or virtual."},
     .holds = mobility,
     .each = conditions},
    {.row = {"terms.first_year", "conditions.first_year", "an academic year like 2026/2027",
             "Correct the first academic year."},
     .holds = first_year,
     .each = conditions},
    {.row = {"terms.last_year", "conditions.last_year", "an academic year like 2026/2027",
             "Correct the last academic year."},
     .holds = last_year,
     .each = conditions},
    {.row = {"terms.places", "conditions.places", "0 to 9,999 places in each year",
             "Say how many; 0 is none for now."},
     .holds = places,
     .each = conditions},
    {.row = {"terms.months", "conditions.tenth_months",
             "tenths of a month for all places together, for students only, at most 24 months for "
             "each place",
             "Count staff in days, and students in tenths of a month: 5 months are 50."},
     .holds = months,
     .each = conditions},
    {.row = {"terms.days", "conditions.days",
             "days for all places together, for staff and short stays only, at most 366 for each "
             "place",
             "Count studies and traineeships in tenths of a month."},
     .holds = days,
     .each = conditions},
    {.row = {"terms.duration", "conditions.tenth_months",
             "months or days where there are places; virtual mobility may do without",
             "Say for how long."},
     .holds = duration,
     .each = conditions},
    {.row = {"terms.isced_f", "conditions.isced_f",
             "at most 50 fields of ISCED-F 2013, two to four digits",
             "Look the field up in ISCED-F 2013; a shorter one allows all below it."},
     .holds = isced_f,
     .each = conditions},
    {.row = {"terms.eqf", "conditions.eqf", "levels of the EQF, 1 to 8, ascending",
             "Write the levels in order: 6 bachelor, 7 master, 8 doctorate."},
     .holds = eqf,
     .each = conditions},
    {.row = {"terms.languages", "conditions.languages",
             "at most 20 languages of ISO 639-1, each with a level A1 to C2 or none",
             "Use the two-letter code and correct the level or leave it out."},
     .holds = languages,
     .each = conditions},
    {.row = {"terms.degrees", "conditions.degrees", "0 (none), 1 (dual) or 2 (joint)",
             "Say which kind of common degree, or leave it out."},
     .holds = degrees,
     .each = conditions},
    {.row = {"terms.note", "conditions.note", "1 to 500 characters, no blank ends",
             "Shorten the note or leave it out."},
     .holds = note,
     .each = conditions},
    {.row = {"terms.legal", "legal", "1 to 4,000 characters, no blank ends",
             "Shorten the legal notes or leave them out."},
     .holds = legal},
    {.row = {"terms.replaces", "replaces", "the 26 letters of another agreement of the two",
             "Look at `peregrin agreement list`, or replace none."},
     .holds = replaces},
    {.row = {"terms.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = terms_comment},
    {.row = {"contacts.few", "contacts", "at most 20 contacts", "Leave some out."},
     .holds = contacts_few},
    {.row = {"contacts.name", "contacts.name", "1 to 128 characters on one line, no blank ends",
             "Name the person or the office."},
     .holds = contact_name,
     .each = contacts},
    {.row = {"contacts.role", "contacts.role", "1 to 128 characters on one line, no blank ends",
             "Shorten the role or leave it out."},
     .holds = contact_role,
     .each = contacts},
    {.row = {"contacts.email", "contacts.email", "an address like name@host.example",
             "Write the complete address or leave it out."},
     .holds = contact_email,
     .each = contacts},
    {.row = {"contacts.phone", "contacts.phone", "1 to 40 characters on one line, no blank ends",
             "Write the number with its country's prefix or leave it out."},
     .holds = contact_phone,
     .each = contacts},
    {.row = {"contacts.given", "contacts", "at least one contact",
             "Name somebody whom the partner can write to."},
     .holds = contacts_given},
};

enum { FORM_COUNT = sizeof form / sizeof *form, FORM_CONTACTS = 6 };

const struct rung_step rules_terms_all = {form, FORM_COUNT};
const struct rung_step rules_terms_body = {form, FORM_COUNT - 1};
const struct rung_step rules_terms_contacts = {form + FORM_COUNT - FORM_CONTACTS, FORM_CONTACTS};

/* Years of one width compare as their texts do; what is malformed is another rung's. */
static bool years_ordered(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    return !first_year(subject, element) || !last_year(subject, element) ||
           strcmp(own->first_year, own->last_year) <= 0;
}

static bool years_few(const struct rules_case *subject, size_t element)
{
    const Peregrin__Condition *own = condition(subject, element);
    return !first_year(subject, element) || !last_year(subject, element) ||
           rung_year_first(own->last_year) - rung_year_first(own->first_year) <= YEARS_APART_MAX;
}

static const struct rung terms_dates[] = {
    {.row = {"terms.years_ordered", "conditions.last_year", "not before the first year",
             "Exchange or correct the years."},
     .holds = years_ordered,
     .each = conditions},
    {.row = {"terms.years_few", "conditions.last_year", "at most 10 years after the first one",
             "Agree for fewer years; new terms can go on from there."},
     .holds = years_few,
     .each = conditions},
};

const struct rung_step rules_terms_dates = {terms_dates, 2};

/* Places are counted under the id: it means the same as long as the dossier lives. */
static bool condition_kept(const struct rules_case *subject, size_t element)
{
    const Peregrin__Terms *before = subject->facts->terms;
    const Peregrin__Condition *own = condition(subject, element);
    for (size_t i = 0; before && i < before->n_conditions; i++) {
        const Peregrin__Condition *old = before->conditions[i];
        if (old->id && own->id && strcmp(old->id, own->id) == 0)
            return old->mobility == own->mobility && old->sending && own->sending &&
                   strcmp(old->sending, own->sending) == 0;
    }
    return true;
}

static const struct rung terms_facts[] = {
    {.row = {"terms.condition_kept", "conditions.id",
             "who sends and the kind of mobility, as in the terms in force under this id",
             "Give what is new an id of its own, and leave the old condition out."},
     .holds = condition_kept,
     .each = conditions},
};

const struct rung_step rules_terms_facts = {terms_facts, 1};
