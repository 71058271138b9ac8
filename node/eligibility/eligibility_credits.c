#include "eligibility/eligibility_credits.h"

#include "base/instant.h"

#include <assert.h>
#include <string.h>

static_assert((int)CREDITS_OFF == ELIGIBILITY_OFF && (int)CREDITS_WARNS == ELIGIBILITY_WARNS &&
                  (int)CREDITS_REFUSES == ELIGIBILITY_REFUSES,
              "severities are the same in both");
static_assert(sizeof(((struct credits_rules_row *)0)->settings) <=
                  sizeof(((struct eligibility_rule *)0)->settings),
              "the settings of a rule fit");

/* A setting of credits is in hundredths in both; the others are whole numbers. */
static void limit_take(const struct dated_row *row, uint32_t *limit)
{
    if (row && row->number >= 0 && row->number <= UINT16_MAX)
        *limit = (uint32_t)row->number;
}

struct credits_limits eligibility_credits(const struct dated *settings, const char *institution,
                                          int64_t day)
{
    struct credits_limits limits = credits_rules_none();
    const struct {
        const char *name;
        uint32_t *limit;
    } rows[] = {
        {"credits.year_max", &limits.year_max},   {"credits.hours_min", &limits.hours_min},
        {"credits.hours_max", &limits.hours_max}, {"credits.whole_only", &limits.whole},
        {"credits.unit_min", &limits.unit_min},   {"credits.week_max", &limits.week_max},
        {"credits.year_days", &limits.year_days}, {"credits.apart", &limits.apart},
    };
    assert(settings && institution);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        limit_take(dated_find(settings, rows[i].name, "", institution, day), rows[i].limit);
    for (size_t i = 0; i < CREDITS_RULES; i++)
        limit_take(dated_find(settings, "severity", credits_rules_row((enum credits_rule)i)->id,
                              institution, day),
                   &limits.severities[i]);
    return limits;
}

/* ---- what is checked ---------------------------------------------------------------------------
 */

/* The stay's days, both ends included; 0: not known, or no stay at all. *day becomes the first. */
static uint32_t days_of(const char *start, const char *end, int64_t *day)
{
    int64_t first, last;
    if (!start || !instant_date(bytes_text(start), &first))
        return 0;
    *day = first;
    if (!end || !instant_date(bytes_text(end), &last) || last < first || last - first >= UINT16_MAX)
        return 0;
    return (uint32_t)(last - first) + 1;
}

/* What the agreement says that a unit of the host is worth; 0: it does not know it. */
static uint32_t offered(const Peregrin__LearningAgreement *agreed, const char *code)
{
    for (size_t i = 0; agreed && code && i < agreed->n_units; i++) {
        const Peregrin__LearningUnit *unit = agreed->units[i];
        if (unit->part == PEREGRIN__LEARNING_PART__LEARNING_HOST && unit->code &&
            strcmp(unit->code, code) == 0)
            return unit->ects_hundredths;
    }
    return 0;
}

static size_t check(const struct eligibility_credits_case *subject, struct credits_subject *credits,
                    const char *start, const char *end, struct arena *arena,
                    credits_rules_report *report, void *self)
{
    int64_t day = subject->day;
    credits->days = days_of(start, end, &day);
    struct credits_limits limits =
        eligibility_credits(subject->settings, subject->institution, day);
    return credits_rules_check(credits, &limits, arena, report, self);
}

bool eligibility_credits_transcript(const struct eligibility_credits_case *subject,
                                    const Peregrin__CreditRecord *transcript,
                                    const Peregrin__LearningAgreement *agreed, struct arena *arena,
                                    credits_rules_report *report, void *self, size_t *found)
{
    struct credits_unit *units =
        arena_take_array(arena, transcript->n_components + 1, sizeof *units);
    for (size_t i = 0; units && i < transcript->n_components; i++) {
        const Peregrin__Component *own = transcript->components[i];
        units[i] = (struct credits_unit) {.awarded = own->ects_hundredths,
                                          .offered = offered(agreed, own->code),
                                          .hours = own->hours,
                                          .failed = own->has_passed && !own->passed};
    }
    struct credits_subject credits = {
        .units = units, .count = transcript->n_components, .total = transcript->total_hundredths};
    if (units)
        *found = check(subject, &credits, transcript->start, transcript->end, arena, report, self);
    return units;
}

bool eligibility_credits_plan(const struct eligibility_credits_case *subject,
                              const Peregrin__LearningAgreement *plan, struct arena *arena,
                              credits_rules_report *report, void *self, size_t *found)
{
    struct credits_unit *units = arena_take_array(arena, plan->n_units + 1, sizeof *units);
    struct credits_subject credits = {.units = units, .planned = true};
    uint64_t total = 0;
    for (size_t i = 0; units && i < plan->n_units; i++) {
        if (plan->units[i]->part != PEREGRIN__LEARNING_PART__LEARNING_HOST)
            continue;
        units[credits.count++].awarded = plan->units[i]->ects_hundredths;
        total += plan->units[i]->ects_hundredths;
    }
    credits.total = (uint32_t)(total > UINT32_MAX ? UINT32_MAX : total);
    if (units)
        *found = check(subject, &credits, plan->start, plan->end, arena, report, self);
    return units;
}

/* ---- in lists ----------------------------------------------------------------------------------
 */

const struct eligibility_rule *eligibility_credits_rule(size_t index, struct arena *arena)
{
    if (index >= CREDITS_RULES)
        return NULL;
    const struct credits_rules_row *row = credits_rules_row((enum credits_rule)index);
    struct eligibility_rule *rule = arena_take(arena, sizeof *rule);
    if (!rule)
        return NULL;
    *rule = (struct eligibility_rule) {
        .id = row->id,
        .kinds = 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES |
                 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP |
                 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED |
                 1 << PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL,
        .compares = row->compares,
        .sentence = row->sentence,
        .remedy = row->remedy,
        .source = "ECTS users' guide 2015, and house rules: of transcripts and learning agreements",
        .severity = (enum eligibility_severity)row->severity,
    };
    for (size_t i = 0; i < sizeof row->settings / sizeof *row->settings; i++)
        rule->settings[i] = row->settings[i];
    return rule;
}
