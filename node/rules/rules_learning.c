#include "rules/rules_learning.h"

#include "rules/form.h"

#include <assert.h>
#include <string.h>

enum {
    UNITS_MAX = 200,
    CHANGES_MAX = 400, /* all units of one revision go, all of the next are new */
    CODE_MAX = 64,
    TITLE_MAX = 256,
    COMMENT_MAX = 2000,
    UNIT_HUNDREDTHS_MAX = 60 * 100, /* a full year in one unit */
};

/* The reasons of the guidelines for learning agreements: why a unit goes, and why one comes. */
static const char *const goes_for[] = {"unavailable", "language", "conflict", "other", NULL};
static const char *const comes_for[] = {"substitutes", "extension", "virtual", "other", NULL};
static const char *const approves_by[] = {"signature", "account", "meeting", NULL};

static const Peregrin__LearningAgreement *agreement(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__learning_agreement__descriptor);
    return (const Peregrin__LearningAgreement *)subject->body;
}

static const Peregrin__LearningDecision *decision(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__learning_decision__descriptor);
    return (const Peregrin__LearningDecision *)subject->body;
}

static const Peregrin__LearningUnit *unit(const struct rules_case *subject, size_t element)
{
    assert(element < agreement(subject)->n_units);
    return agreement(subject)->units[element];
}

static const Peregrin__LearningChange *change(const struct rules_case *subject, size_t element)
{
    assert(element < agreement(subject)->n_changes);
    return agreement(subject)->changes[element];
}

static size_t units(const ProtobufCMessage *body)
{
    return ((const Peregrin__LearningAgreement *)body)->n_units;
}

static size_t changes(const ProtobufCMessage *body)
{
    return ((const Peregrin__LearningAgreement *)body)->n_changes;
}

/* ---- the form of an agreement ---- */

static bool units_counted(const struct rules_case *subject, size_t)
{
    return agreement(subject)->n_units >= 1 && agreement(subject)->n_units <= UNITS_MAX;
}

static bool part(const struct rules_case *subject, size_t element)
{
    uint32_t part = unit(subject, element)->part;
    return part >= PEREGRIN__LEARNING_PART__LEARNING_HOST &&
           part <= PEREGRIN__LEARNING_PART__LEARNING_VIRTUAL;
}

static bool code(const struct rules_case *subject, size_t element)
{
    return rung_line_absent_or(unit(subject, element)->code, CODE_MAX);
}

static bool title(const struct rules_case *subject, size_t element)
{
    return rung_line(unit(subject, element)->title, TITLE_MAX);
}

static bool ects(const struct rules_case *subject, size_t element)
{
    return unit(subject, element)->has_ects_hundredths &&
           unit(subject, element)->ects_hundredths <= UNIT_HUNDREDTHS_MAX;
}

static bool term(const struct rules_case *subject, size_t element)
{
    const Peregrin__LearningUnit *own = unit(subject, element);
    return !own->has_term || own->term == 1 || own->term == 2;
}

static bool recognised_at_home(const struct rules_case *subject, size_t element)
{
    return !unit(subject, element)->has_recognised ||
           unit(subject, element)->part == PEREGRIN__LEARNING_PART__LEARNING_HOME;
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

/* Units are known by their code, and where they have none by their title. */
static bool same_unit(const Peregrin__LearningUnit *one, const Peregrin__LearningUnit *other)
{
    if (one->part != other->part || one->has_term != other->has_term || one->term != other->term)
        return false;
    return one->code || other->code ? same_text(one->code, other->code)
                                    : same_text(one->title, other->title);
}

static bool unit_once(const struct rules_case *subject, size_t element)
{
    for (size_t i = 0; i < element; i++)
        if (same_unit(unit(subject, i), unit(subject, element)))
            return false;
    return true;
}

/* Only what is replaced at home is no agreement on what is studied. */
static bool studies_something(const struct rules_case *subject, size_t)
{
    for (size_t i = 0; i < agreement(subject)->n_units; i++)
        if (unit(subject, i)->part != PEREGRIN__LEARNING_PART__LEARNING_HOME)
            return true;
    return agreement(subject)->n_units == 0;
}

static bool changes_counted(const struct rules_case *subject, size_t)
{
    return agreement(subject)->n_changes <= CHANGES_MAX;
}

static bool change_unit(const struct rules_case *subject, size_t element)
{
    const Peregrin__LearningChange *own = change(subject, element);
    return own->has_unit && own->unit < (own->goes ? UNITS_MAX : agreement(subject)->n_units);
}

static bool change_reason(const struct rules_case *subject, size_t element)
{
    const char *own = change(subject, element)->reason;
    return rung_code(own, goes_for) || rung_code(own, comes_for);
}

static bool change_fits(const struct rules_case *subject, size_t element)
{
    const Peregrin__LearningChange *own = change(subject, element);
    return !change_reason(subject, element) ||
           rung_code(own->reason, own->goes ? goes_for : comes_for);
}

static bool change_once(const struct rules_case *subject, size_t element)
{
    const Peregrin__LearningChange *own = change(subject, element);
    for (size_t i = 0; i < element; i++)
        if (change(subject, i)->unit == own->unit && !change(subject, i)->goes == !own->goes)
            return false;
    return true;
}

static bool start(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(agreement(subject)->start, &days);
}

static bool end(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(agreement(subject)->end, &days);
}

static bool student_approved_on(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(agreement(subject)->student_approved_on, &days);
}

static bool student_approved_by(const struct rules_case *subject, size_t)
{
    return rung_code(agreement(subject)->student_approved_by, approves_by);
}

static bool language(const struct rules_case *subject, size_t)
{
    const Peregrin__LanguageSkill *own = agreement(subject)->language;
    return !own || rung_given(own->language, form_language);
}

static bool language_level(const struct rules_case *subject, size_t)
{
    const Peregrin__LanguageSkill *own = agreement(subject)->language;
    return !own || rung_absent_or(own->level, form_cefr);
}

static bool comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(agreement(subject)->comment, COMMENT_MAX);
}

static const struct rung form[] = {
    {.row = {"learning.units", "units", "1 to 200 units",
             "Enter the units, or make more than one stay of it."},
     .holds = units_counted},
    {.row = {"learning.part", "units.part", "1 (at the host), 2 (at home, replaced) or 3 (virtual)",
             "Say where the unit is taken: host, home or virtual."},
     .holds = part,
     .each = units},
    {.row = {"learning.code", "units.code", "1 to 64 characters on one line, no blank ends",
             "Use the unit's own code or leave it out."},
     .holds = code,
     .each = units},
    {.row = {"learning.title", "units.title", "1 to 256 characters on one line, no blank ends",
             "Enter the title of the unit."},
     .holds = title,
     .each = units},
    {.row = {"learning.ects", "units.ects_hundredths",
             "hundredths of an ECTS credit, at most 60 credits", "Enter the credits: 5.5 are 550."},
     .holds = ects,
     .each = units},
    {.row = {"learning.term", "units.term", "1 or 2", "Correct the term or leave it out."},
     .holds = term,
     .each = units},
    {.row = {"learning.recognised", "units.recognised", "said of units at home only",
             "Leave it out at units of the host."},
     .holds = recognised_at_home,
     .each = units},
    {.row = {"learning.unit_once", "units.code", "each unit once in a part and term",
             "Take the unit out that stands there twice."},
     .holds = unit_once,
     .each = units},
    {.row = {"learning.studies", "units.part", "a unit at the host or virtual, not only at home",
             "Enter what the student takes at the host."},
     .holds = studies_something},
    {.row = {"learning.changes", "changes", "at most 400 changes", "Enter each change once."},
     .holds = changes_counted},
    {.row = {"learning.change_unit", "changes.unit", "a place in the units, from 0",
             "Name the unit that is new, or the one of the last revision that goes."},
     .holds = change_unit,
     .each = changes},
    {.row = {"learning.change_reason", "changes.reason",
             "unavailable, language, conflict, substitutes, extension, virtual or other",
             "Choose one of the codes."},
     .holds = change_reason,
     .each = changes},
    {.row = {"learning.change_fits", "changes.reason",
             "a reason to go of a unit that goes, one to come of a unit that comes",
             "Of one that goes: unavailable, language, conflict; of one that comes: substitutes, "
             "extension, virtual; of both: other."},
     .holds = change_fits,
     .each = changes},
    {.row = {"learning.change_once", "changes.unit",
             "each unit once among those that come, and among those that go",
             "Keep one of the reasons."},
     .holds = change_once,
     .each = changes},
    {.row = {"learning.start", "start", "a date of the calendar, YYYY-MM-DD",
             "Enter the first day of the stay as it is planned."},
     .holds = start},
    {.row = {"learning.end", "end", "a date of the calendar, YYYY-MM-DD",
             "Enter the last day of the stay as it is planned."},
     .holds = end},
    {.row = {"learning.student_approved_on", "student_approved_on",
             "a date of the calendar, YYYY-MM-DD", "Enter the day on which the student agreed."},
     .holds = student_approved_on},
    {.row = {"learning.student_approved_by", "student_approved_by", "signature, account or meeting",
             "Say how the student agreed, with one of the codes."},
     .holds = student_approved_by},
    {.row = {"learning.language", "language.language", "a language code of ISO 639-1 like nl",
             "Use the two-letter code or leave the language out."},
     .holds = language},
    {.row = {"learning.language_level", "language.level", "A1, A2, B1, B2, C1 or C2",
             "Correct the level or leave it out."},
     .holds = language_level},
    {.row = {"learning.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = comment},
};

const struct rung_step rules_learning_form = {form, sizeof form / sizeof *form};

/* ---- its dates ---- */

static bool dates_ordered(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(agreement(subject)->start, agreement(subject)->end);
}

static bool dates_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(agreement(subject)->start) &&
           rung_date_plausible(agreement(subject)->end) &&
           rung_date_plausible(agreement(subject)->student_approved_on);
}

/* Changes are agreed during the stay, but not after it. */
static bool approved_in_time(const struct rules_case *subject, size_t)
{
    return rung_dates_ordered(agreement(subject)->student_approved_on, agreement(subject)->end);
}

static const struct rung dates[] = {
    {.row = {"learning.dates_ordered", "end", "not before start", "Exchange or correct the dates."},
     .holds = dates_ordered},
    {.row = {"learning.dates_plausible", "start", "dates in the years 2000 to 2100",
             "Correct the year of the dates."},
     .holds = dates_plausible},
    {.row = {"learning.approved_in_time", "student_approved_on",
             "not after the last day of the stay", "Correct the day on which the student agreed."},
     .holds = approved_in_time},
};

const struct rung_step rules_learning_dates = {dates, sizeof dates / sizeof *dates};

/* ---- what it names ---- */

/* As with other targets: which of them bind is the fold's matter, here it is said why not. */
static bool target_accepted(const struct rules_case *subject, size_t)
{
    const struct dossier *seen = subject->seen;
    return !subject->out_of_turn || digest_equal(&subject->header->target, &seen->decided) ||
           (seen->state != DOSSIER_REOPENED &&
            digest_equal(&subject->header->target, &seen->revision));
}

static bool supersedes_newest(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->supersedes, &subject->seen->learning);
}

static bool answers_newest(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->target, &subject->seen->learning) &&
           !digest_equal(&subject->seen->learning, &subject->seen->learning_agreed);
}

static const struct rung names[] = {
    {.row = {"learning.supersedes", "claim.supersedes",
             "the newest learning agreement of the dossier, nothing where there is none",
             "Make the change again from the newest learning agreement."},
     .holds = supersedes_newest},
    {.row = {"learning.target", "claim.target", "a revision of the nomination that was accepted",
             "Look at the dossier and name the revision that was accepted."},
     .holds = target_accepted},
};
static const struct rung decision_names[] = {
    {.row = {"learning_decision.target", "claim.target",
             "the newest learning agreement, not approved yet",
             "Look at the newest learning agreement and answer that one."},
     .holds = answers_newest},
};

const struct rung_step rules_learning_names = {names, sizeof names / sizeof *names};
const struct rung_step rules_learning_decision_names = {decision_names, sizeof decision_names /
                                                                            sizeof *decision_names};

/* ---- what the last revision says ---- */

static bool first_changes_nothing(const struct rules_case *subject, size_t)
{
    static const struct digest none;
    return !digest_equal(&subject->seen->learning, &none) || agreement(subject)->n_changes == 0;
}

static bool goes_there(const struct rules_case *subject, size_t element)
{
    const Peregrin__LearningAgreement *last = subject->facts->learning;
    const Peregrin__LearningChange *own = change(subject, element);
    return !last || !own->goes || own->unit < last->n_units;
}

static bool is_changed(const struct rules_case *subject, bool goes, size_t place)
{
    for (size_t i = 0; i < agreement(subject)->n_changes; i++)
        if (change(subject, i)->unit == place && !change(subject, i)->goes == !goes)
            return true;
    return false;
}

static bool unit_in(const Peregrin__LearningAgreement *body, const Peregrin__LearningUnit *unit,
                    bool unchanged)
{
    for (size_t i = 0; i < body->n_units; i++) {
        const Peregrin__LearningUnit *other = body->units[i];
        if (same_unit(unit, other) &&
            (!unchanged || (unit->ects_hundredths == other->ects_hundredths &&
                            same_text(unit->title, other->title))))
            return true;
    }
    return false;
}

/* Before anything is approved the two sides only talk; afterwards each difference has a reason. */
static bool changes_explained(const struct rules_case *subject, size_t)
{
    static const struct digest none;
    const Peregrin__LearningAgreement *last = subject->facts->learning;
    if (!last || digest_equal(&subject->seen->learning_agreed, &none))
        return true;
    for (size_t i = 0; i < agreement(subject)->n_units; i++)
        if (!unit_in(last, unit(subject, i), true) && !is_changed(subject, false, i))
            return false;
    for (size_t i = 0; i < last->n_units; i++)
        if (!unit_in(agreement(subject), last->units[i], false) && !is_changed(subject, true, i))
            return false;
    return true;
}

static const struct rung facts[] = {
    {.row = {"learning.first", "changes", "no changes in the first learning agreement of a stay",
             "Leave the changes out."},
     .holds = first_changes_nothing},
    {.row = {"learning.change_goes", "changes.unit",
             "a place that the units of the last revision have",
             "Number the units of the last revision from 0, as listed."},
     .holds = goes_there,
     .each = changes},
    {.row =
         {"learning.change_explained", "changes",
          "a reason for each unit that comes, goes or is altered, once one revision was approved",
          "Say why, with one of the codes, of each unit that differs."},
     .holds = changes_explained},
};

const struct rung_step rules_learning_facts = {facts, sizeof facts / sizeof *facts};

/* ---- the answer ---- */

static bool outcome_known(const struct rules_case *subject, size_t)
{
    return decision(subject)->outcome == PEREGRIN__OUTCOME__OUTCOME_ACCEPT ||
           decision(subject)->outcome == PEREGRIN__OUTCOME__OUTCOME_REFUSE;
}

static bool comment_given(const struct rules_case *subject, size_t)
{
    return decision(subject)->outcome != PEREGRIN__OUTCOME__OUTCOME_REFUSE ||
           decision(subject)->comment;
}

static bool decision_comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(decision(subject)->comment, COMMENT_MAX);
}

static const struct rung decision_form[] = {
    {.row = {"learning_decision.outcome", "outcome", "1 (approve) or 2 (comment)",
             "Approve it, or say what is to be changed."},
     .holds = outcome_known},
    {.row = {"learning_decision.comment_given", "comment", "a comment where it is not approved",
             "Say what the home is to change."},
     .holds = comment_given},
    {.row = {"learning_decision.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment."},
     .holds = decision_comment},
};

const struct rung_step rules_learning_decision = {decision_form,
                                                  sizeof decision_form / sizeof *decision_form};
