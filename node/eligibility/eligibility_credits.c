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

/* ---- one of them as all others -----------------------------------------------------------------
 */

/* NULL: the arena is spent. */
static struct eligibility_rule *rule_make(enum credits_rule which, struct arena *arena)
{
    const struct credits_rules_row *row = credits_rules_row(which);
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
        .source = "ECTS users' guide 2015, and house rules: of transcripts, learning agreements "
                  "and recognitions",
        .severity = (enum eligibility_severity)row->severity,
    };
    for (size_t i = 0; i < sizeof row->settings / sizeof *row->settings; i++)
        rule->settings[i] = row->settings[i];
    return rule;
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

/* Units are known by their code, and where they have none by their title. */
static bool is_listed(const Peregrin__CreditRecord *transcript, const Peregrin__LearningUnit *unit)
{
    for (size_t i = 0; i < transcript->n_components; i++) {
        const Peregrin__Component *own = transcript->components[i];
        const char *one = unit->code ? unit->code : unit->title;
        const char *other = unit->code ? own->code : own->title;
        if (one && other && strcmp(one, other) == 0)
            return true;
    }
    return false;
}

/* What is asked of one body, and where its parts stand in it. */
struct asking {
    const struct eligibility_credits_case *subject;
    struct arena *arena;
    int64_t day;
    const char **paths; /* of each unit: `components[3]` */
    const char *whole;  /* of the sum over them */
    const char *end;    /* of its last day */
    eligibility_report *report;
    void *self;
    bool spent;
};

/* The first of the settings that it compared with says where the limit is from. */
static const char *source_of(const struct asking *asking, const struct eligibility_rule *rule)
{
    const struct dated_row *row = rule->settings[0]
                                      ? dated_find(asking->subject->settings, rule->settings[0], "",
                                                   asking->subject->institution, asking->day)
                                      : NULL;
    return row ? row->source : rule->source;
}

/* NULL: the arena is spent. */
static const char *field_of(const struct asking *asking, const struct credits_finding *found)
{
    if (found->rule == CREDITS_PERIOD)
        return asking->end;
    if (found->element == CREDITS_ELEMENT_NONE)
        return asking->whole;
    const char *path = asking->paths[found->element];
    const char *part = found->rule == CREDITS_HOURS ? "hours" : "ects_hundredths";
    return path ? arena_format(asking->arena, "%s.%s", path, part) : NULL;
}

static void say(void *self, const struct credits_finding *found)
{
    struct asking *asking = self;
    struct eligibility_rule *rule = rule_make(found->rule, asking->arena);
    const char *field = field_of(asking, found);
    if (!rule || !field || !found->expected || !found->got) {
        asking->spent = true;
        return;
    }
    rule->field = field;
    asking->report(asking->self, &(struct eligibility_finding) {
                                     .rule = rule,
                                     .answer = ELIGIBILITY_BROKEN,
                                     .severity = (enum eligibility_severity)found->severity,
                                     .expected = found->expected,
                                     .got = found->got,
                                     .source = source_of(asking, rule),
                                 });
}

static bool ask(struct asking *asking, struct credits_subject *credits, const char *start,
                const char *end)
{
    asking->day = asking->subject->day;
    credits->days = days_of(start, end, &asking->day);
    struct credits_limits limits =
        eligibility_credits(asking->subject->settings, asking->subject->institution, asking->day);
    (void)credits_rules_check(credits, &limits, asking->arena, say, asking);
    return !asking->spent;
}

/* Room for so many units and where they stand. */
static bool units_take(struct asking *asking, size_t count, struct credits_unit **units)
{
    *units = arena_take_array(asking->arena, count + 1, sizeof **units);
    asking->paths = arena_take_array(asking->arena, count + 1, sizeof *asking->paths);
    return *units && asking->paths;
}

/* NULL: no date of the calendar. */
static const char *dated(const char *text)
{
    int64_t day;
    return text && instant_date(bytes_text(text), &day) ? text : NULL;
}

static const char *earlier(const char *one, const char *other)
{
    return !one || (other && strcmp(other, one) < 0) ? other : one;
}

static const char *later(const char *one, const char *other)
{
    return !one || (other && strcmp(other, one) > 0) ? other : one;
}

/* What of the stay the transcript is about; all of it where it says nothing, or has missed it. */
static struct eligibility_credits_stay within_stay(const Peregrin__CreditRecord *transcript,
                                                   const struct eligibility_credits_stay *stay)
{
    static const struct eligibility_credits_stay none = {NULL, NULL, NULL};
    const struct eligibility_credits_stay known = stay ? *stay : none;
    const char *start = dated(known.start), *end = dated(known.end);
    if (transcript) {
        start = later(start, dated(transcript->start));
        end = earlier(end, dated(transcript->end));
    }
    bool apart = start && end && strcmp(end, start) < 0;
    return apart ? known : (struct eligibility_credits_stay) {start, end, known.departed};
}

bool eligibility_credits_transcript(const struct eligibility_credits_case *subject,
                                    const Peregrin__CreditRecord *transcript,
                                    const struct eligibility_credits_stay *stay,
                                    const Peregrin__LearningAgreement *agreed, struct arena *arena,
                                    eligibility_report *report, void *self)
{
    struct asking asking = {.subject = subject,
                            .arena = arena,
                            .whole = "total_hundredths",
                            .report = report,
                            .self = self};
    struct credits_subject credits = {.total = transcript->total_hundredths};
    struct credits_unit *units;
    if (!units_take(&asking, transcript->n_components, &units))
        return false;
    for (size_t i = 0; i < transcript->n_components; i++) {
        const Peregrin__Component *own = transcript->components[i];
        units[i] = (struct credits_unit) {.awarded = own->ects_hundredths,
                                          .offered = offered(agreed, own->code),
                                          .hours = own->hours,
                                          .failed = own->has_passed && !own->passed};
        asking.paths[i] = arena_format(arena, "components[%zu]", i);
    }
    for (size_t i = 0; agreed && i < agreed->n_units; i++)
        if (agreed->units[i]->part == PEREGRIN__LEARNING_PART__LEARNING_HOST) {
            credits.agreed++;
            credits.listed += is_listed(transcript, agreed->units[i]);
        }
    credits.units = units;
    credits.count = transcript->n_components;
    credits.end = dated(transcript->end);
    credits.until = earlier(dated(transcript->issued_on), stay ? dated(stay->departed) : NULL);
    asking.end = "end";
    const struct eligibility_credits_stay within = within_stay(transcript, stay);
    return ask(&asking, &credits, within.start, within.end);
}

static uint32_t limited(uint64_t total)
{
    return (uint32_t)(total > UINT32_MAX ? UINT32_MAX : total);
}

bool eligibility_credits_plan(const struct eligibility_credits_case *subject,
                              const Peregrin__LearningAgreement *plan, struct arena *arena,
                              eligibility_report *report, void *self)
{
    struct asking asking = {
        .subject = subject, .arena = arena, .whole = "units", .report = report, .self = self};
    struct credits_subject credits = {.planned = true};
    struct credits_unit *units;
    uint64_t total = 0, apart = 0;
    if (!units_take(&asking, plan->n_units, &units))
        return false;
    for (size_t i = 0; i < plan->n_units; i++) {
        const Peregrin__LearningUnit *unit = plan->units[i];
        if (unit->part == PEREGRIN__LEARNING_PART__LEARNING_HOME && !subject->home)
            continue;
        bool beside = unit->part != PEREGRIN__LEARNING_PART__LEARNING_HOST;
        asking.paths[credits.count] = arena_format(arena, "units[%zu]", i);
        units[credits.count++] =
            (struct credits_unit) {.awarded = unit->ects_hundredths, .beside = beside};
        total += beside ? 0 : unit->ects_hundredths;
        if (unit->part == PEREGRIN__LEARNING_PART__LEARNING_VIRTUAL)
            apart += unit->ects_hundredths;
    }
    credits.units = units;
    credits.total = limited(total);
    credits.apart = limited(apart);
    return ask(&asking, &credits, plan->start, plan->end);
}

static size_t given(const Peregrin__Recognition *recognition)
{
    size_t count = 0;
    for (size_t i = 0; i < recognition->n_groups; i++)
        count += recognition->groups[i]->n_home;
    return count;
}

bool eligibility_credits_recognition(const struct eligibility_credits_case *subject,
                                     const Peregrin__Recognition *recognition,
                                     const Peregrin__CreditRecord *transcript,
                                     const struct eligibility_credits_stay *stay,
                                     struct arena *arena, eligibility_report *report, void *self)
{
    struct asking asking = {.subject = subject,
                            .arena = arena,
                            .whole = "total_hundredths",
                            .report = report,
                            .self = self};
    struct credits_subject credits = {.total = recognition->total_hundredths};
    struct credits_unit *units;
    if (!units_take(&asking, given(recognition), &units))
        return false;
    for (size_t i = 0; i < recognition->n_groups; i++)
        for (size_t j = 0; j < recognition->groups[i]->n_home; j++) {
            asking.paths[credits.count] = arena_format(arena, "groups[%zu].home[%zu]", i, j);
            units[credits.count++].awarded = recognition->groups[i]->home[j]->ects_hundredths;
        }
    credits.units = units;
    const struct eligibility_credits_stay within = within_stay(transcript, stay);
    return ask(&asking, &credits, within.start, within.end);
}

/* ---- in lists ----------------------------------------------------------------------------------
 */

const struct eligibility_rule *eligibility_credits_rule(size_t index, struct arena *arena)
{
    return index < CREDITS_RULES ? rule_make((enum credits_rule)index, arena) : NULL;
}
