#include "rules/rules_recognition.h"

#include <assert.h>
#include <string.h>

enum {
    GROUPS_MAX = 200,
    COMPONENTS_MAX = 200,
    HOME_MAX = 20,
    CODE_MAX = 64,
    TITLE_MAX = 256,
    GRADE_MAX = 32,
    TABLE_MAX = 129, /* an id, and a scale in it */
    RULE_MAX = 500,
    COMMENT_MAX = 2000,
    UNIT_HUNDREDTHS_MAX = 60 * 100, /* a full year in one unit */
};

static const char *const reasons[] = {"failed",    "content", "level", "duplicate",
                                      "unplanned", "other",   NULL};

static const Peregrin__Recognition *recognition(const struct rules_case *subject)
{
    assert(subject->body->descriptor == &peregrin__recognition__descriptor);
    return (const Peregrin__Recognition *)subject->body;
}

static const Peregrin__RecognitionGroup *group(const struct rules_case *subject, size_t element)
{
    assert(element < recognition(subject)->n_groups);
    return recognition(subject)->groups[element];
}

static size_t groups(const ProtobufCMessage *body)
{
    return ((const Peregrin__Recognition *)body)->n_groups;
}

/* ---- the form ---- */

static bool groups_counted(const struct rules_case *subject, size_t)
{
    size_t count = recognition(subject)->n_groups;
    return count >= 1 && count <= GROUPS_MAX;
}

static bool components_ascending(const struct rules_case *subject, size_t element)
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    for (size_t i = 1; i < own->n_components; i++)
        if (own->components[i] <= own->components[i - 1])
            return false;
    return own->n_components >= 1 && own->n_components <= COMPONENTS_MAX;
}

static bool in_group(const Peregrin__RecognitionGroup *group, uint32_t component)
{
    for (size_t i = 0; i < group->n_components; i++)
        if (group->components[i] == component)
            return true;
    return false;
}

static bool component_once(const struct rules_case *subject, size_t element)
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    for (size_t i = 0; i < element; i++)
        for (size_t j = 0; j < own->n_components; j++)
            if (in_group(group(subject, i), own->components[j]))
                return false;
    return true;
}

static bool home_counted(const struct rules_case *subject, size_t element)
{
    return group(subject, element)->n_home <= HOME_MAX;
}

/* A rung about each component of the home in a group. */
static bool home_all(const struct rules_case *subject, size_t element,
                     bool (*holds)(const Peregrin__HomeComponent *unit))
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    for (size_t i = 0; i < own->n_home; i++)
        if (!holds(own->home[i]))
            return false;
    return true;
}

static bool unit_code(const Peregrin__HomeComponent *unit)
{
    return rung_line_absent_or(unit->code, CODE_MAX);
}

static bool unit_title(const Peregrin__HomeComponent *unit)
{
    return rung_line(unit->title, TITLE_MAX);
}

static bool unit_ects(const Peregrin__HomeComponent *unit)
{
    return unit->has_ects_hundredths && unit->ects_hundredths <= UNIT_HUNDREDTHS_MAX;
}

static bool unit_grade(const Peregrin__HomeComponent *unit)
{
    return rung_line_absent_or(unit->grade, GRADE_MAX);
}

static bool unit_tables(const Peregrin__HomeComponent *unit)
{
    return rung_line_absent_or(unit->host_table, TABLE_MAX) &&
           rung_line_absent_or(unit->home_table, TABLE_MAX) &&
           rung_line_absent_or(unit->host_grade, GRADE_MAX);
}

static bool unit_conversion(const Peregrin__HomeComponent *unit)
{
    return !unit->has_conversion || (unit->conversion >= PEREGRIN__CONVERSION__CONVERSION_MINIMUM &&
                                     unit->conversion <= PEREGRIN__CONVERSION__CONVERSION_MAXIMUM);
}

/* From which grade and table, to which grade; by a rule only where there are two tables. */
static bool unit_converted(const Peregrin__HomeComponent *unit)
{
    bool converted =
        unit->host_table || unit->home_table || unit->has_conversion || unit->host_grade;
    return !converted || (unit->grade && unit->host_table && unit->host_grade &&
                          (unit->home_table || !unit->has_conversion));
}

static bool code(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_code);
}

static bool title(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_title);
}

static bool ects(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_ects);
}

static bool grade(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_grade);
}

static bool tables(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_tables);
}

static bool conversion(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_conversion);
}

static bool converted(const struct rules_case *subject, size_t element)
{
    return home_all(subject, element, unit_converted);
}

static bool reason(const struct rules_case *subject, size_t element)
{
    const char *own = group(subject, element)->reason;
    return !own || rung_code(own, reasons);
}

static bool reason_given(const struct rules_case *subject, size_t element)
{
    return group(subject, element)->n_home > 0 || group(subject, element)->reason;
}

static bool group_comment(const struct rules_case *subject, size_t element)
{
    return rung_text_absent_or(group(subject, element)->comment, COMMENT_MAX);
}

static uint64_t recognised(const Peregrin__RecognitionGroup *group)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < group->n_home; i++)
        sum += group->home[i]->ects_hundredths;
    return sum;
}

static bool total(const struct rules_case *subject, size_t)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < recognition(subject)->n_groups; i++)
        sum += recognised(group(subject, i));
    return recognition(subject)->has_total_hundredths &&
           recognition(subject)->total_hundredths == sum;
}

static bool rule(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(recognition(subject)->rule, RULE_MAX);
}

static bool decided_on(const struct rules_case *subject, size_t)
{
    int64_t days;
    return rung_date(recognition(subject)->decided_on, &days);
}

static bool comment(const struct rules_case *subject, size_t)
{
    return rung_text_absent_or(recognition(subject)->comment, COMMENT_MAX);
}

static const struct rung form[] = {
    {.row = {"recognition.groups", "groups", "1 to 200 groups",
             "Say of each component of the transcript what comes of it."},
     .holds = groups_counted},
    {.row = {"recognition.components", "groups.components",
             "1 to 200 places in the transcript's list, ascending",
             "Name the components of the group by their numbers, each once."},
     .holds = components_ascending,
     .each = groups},
    {.row = {"recognition.component_once", "groups.components", "each component in one group only",
             "Take the component out of one of the groups."},
     .holds = component_once,
     .each = groups},
    {.row = {"recognition.home", "groups.home", "at most 20 components of the home in a group",
             "Make more groups than one."},
     .holds = home_counted,
     .each = groups},
    {.row = {"recognition.code", "groups.home.code",
             "1 to 64 characters on one line, no blank ends",
             "Use the unit's own code or leave it out."},
     .holds = code,
     .each = groups},
    {.row = {"recognition.title", "groups.home.title",
             "1 to 256 characters on one line, no blank ends",
             "Enter the title of the unit at the home institution."},
     .holds = title,
     .each = groups},
    {.row = {"recognition.ects", "groups.home.ects_hundredths",
             "hundredths of an ECTS credit, at most 60 credits", "Enter the credits: 5.5 are 550."},
     .holds = ects,
     .each = groups},
    {.row = {"recognition.grade", "groups.home.grade",
             "1 to 32 characters on one line, no blank ends",
             "Enter the grade as your institution writes it, or leave it out."},
     .holds = grade,
     .each = groups},
    {.row = {"recognition.tables", "groups.home.host_table",
             "ids of tables of 1 to 129 characters, and a grade of 1 to 32, each on one line",
             "Name the tables as `peregrin grade table list` does, or leave them out."},
     .holds = tables,
     .each = groups},
    {.row = {"recognition.conversion", "groups.home.conversion",
             "1 (minimum), 2 (middle) or 3 (maximum)",
             "Name the rule that your institution has published, or leave it out."},
     .holds = conversion,
     .each = groups},
    {.row = {"recognition.converted", "groups.home.host_table",
             "the grade, the host's grade and the host's table together; a rule with both tables",
             "Say which grade was converted by which tables, or leave all of it out."},
     .holds = converted,
     .each = groups},
    {.row = {"recognition.reason", "groups.reason",
             "failed, content, level, duplicate, unplanned or other",
             "Choose one of the codes, or leave the reason out."},
     .holds = reason,
     .each = groups},
    {.row = {"recognition.reason_given", "groups.reason", "a reason where nothing is recognised",
             "Say why, with one of the codes, or what is recognised."},
     .holds = reason_given,
     .each = groups},
    {.row = {"recognition.group_comment", "groups.comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = group_comment,
     .each = groups},
    {.row = {"recognition.total", "total_hundredths", "the sum over all that is recognised",
             "Add the credits up again."},
     .holds = total},
    {.row = {"recognition.rule", "rule", "1 to 500 characters, no blank ends",
             "Shorten the rule's name or leave it out."},
     .holds = rule},
    {.row = {"recognition.decided_on", "decided_on", "a date of the calendar, YYYY-MM-DD",
             "Enter the day of the decision."},
     .holds = decided_on},
    {.row = {"recognition.comment", "comment", "1 to 2,000 characters, no blank ends",
             "Shorten the comment or leave it out."},
     .holds = comment},
};

const struct rung_step rules_recognition_form = {form, sizeof form / sizeof *form};

static bool decided_plausible(const struct rules_case *subject, size_t)
{
    return rung_date_plausible(recognition(subject)->decided_on);
}

static const struct rung dates[] = {
    {.row = {"recognition.decided_plausible", "decided_on", "a date in the years 2000 to 2100",
             "Correct the year."},
     .holds = decided_plausible},
};

const struct rung_step rules_recognition_dates = {dates, sizeof dates / sizeof *dates};

/* ---- what the transcript says ---- */

/* NULL where the transcript is not here, or has no such place. */
static const Peregrin__Component *component(const struct rules_case *subject, uint32_t place)
{
    const Peregrin__CreditRecord *transcript = subject->facts->transcript;
    return transcript && place < transcript->n_components ? transcript->components[place] : NULL;
}

static bool components_there(const struct rules_case *subject, size_t element)
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    for (size_t i = 0; subject->facts->transcript && i < own->n_components; i++)
        if (!component(subject, own->components[i]))
            return false;
    return true;
}

/* Where a grade was converted, it was one of the group's. */
static bool host_grade_there(const struct rules_case *subject, size_t element)
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    for (size_t i = 0; subject->facts->transcript && i < own->n_home; i++) {
        bool there = !own->home[i]->host_grade;
        for (size_t j = 0; !there && j < own->n_components; j++) {
            const Peregrin__Component *unit = component(subject, own->components[j]);
            there = unit && unit->grade && strcmp(unit->grade, own->home[i]->host_grade) == 0;
        }
        if (!there)
            return false;
    }
    return true;
}

/* The ECTS rule: what was passed is recognised, or it is said why not. */
static bool passed_all_named(const struct rules_case *subject, size_t)
{
    const Peregrin__CreditRecord *transcript = subject->facts->transcript;
    for (uint32_t i = 0; transcript && i < transcript->n_components; i++) {
        bool named = !transcript->components[i]->passed;
        for (size_t j = 0; !named && j < recognition(subject)->n_groups; j++)
            named = in_group(group(subject, j), i);
        if (!named)
            return false;
    }
    return true;
}

/* Credits awarded in a group; *passed: something in it was. */
static uint64_t awarded(const struct rules_case *subject, size_t element, bool *passed)
{
    const Peregrin__RecognitionGroup *own = group(subject, element);
    uint64_t sum = 0;
    *passed = false;
    for (size_t i = 0; i < own->n_components; i++) {
        const Peregrin__Component *unit = component(subject, own->components[i]);
        sum += unit ? unit->ects_hundredths : 0;
        *passed = *passed || (unit && unit->passed);
    }
    return sum;
}

static bool failed_gives_nothing(const struct rules_case *subject, size_t element)
{
    bool passed;
    if (!subject->facts->transcript)
        return true;
    (void)awarded(subject, element, &passed);
    return passed || recognised(group(subject, element)) == 0;
}

static bool less_has_reason(const struct rules_case *subject, size_t element)
{
    bool passed;
    uint64_t earned = awarded(subject, element, &passed);
    return recognised(group(subject, element)) >= earned || group(subject, element)->reason;
}

static const struct rung facts[] = {
    {.row = {"recognition.component_there", "groups.components",
             "places that the transcript's list has", "Number the components from 0 as listed."},
     .holds = components_there,
     .each = groups},
    {.row = {"recognition.host_grade", "groups.home.host_grade",
             "a grade that the transcript has in this group",
             "Convert a grade of these components, or leave the conversion out."},
     .holds = host_grade_there,
     .each = groups},
    {.row = {"recognition.complete", "groups",
             "each component that was passed, in one of the groups",
             "Recognise the component, or say why nothing is recognised."},
     .holds = passed_all_named},
    {.row = {"recognition.failed", "groups.home", "no credits for what was not passed",
             "Recognise nothing in this group, with the reason failed."},
     .holds = failed_gives_nothing,
     .each = groups},
    {.row = {"recognition.less", "groups.reason",
             "a reason where fewer credits are recognised than were awarded",
             "Say why, with one of the codes, or recognise all credits of the group."},
     .holds = less_has_reason,
     .each = groups},
};

const struct rung_step rules_recognition_facts = {facts, sizeof facts / sizeof *facts};
