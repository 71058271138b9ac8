#include "grade/credits_rules.h"

#include <assert.h>
#include <string.h>

enum { WEEK = 7, YEAR_DAYS = 366 };

static const struct credits_rules_row rows[] = {
    [CREDITS_YEAR_MAX] = {"credits.year",
                          "all credits with those of the years that the stay began",
                          "more credits than the years of the stay hold",
                          "correct the credits, or say how the student earned more",
                          CREDITS_WARNS,
                          {"credits.year_max"}},
    [CREDITS_HOURS] = {"credits.hours",
                       "a unit's hours with the hours of its credits",
                       "the hours do not fit the credits",
                       "correct the hours (all of the student's work) or the credits",
                       CREDITS_WARNS,
                       {"credits.hours_min", "credits.hours_max"}},
    [CREDITS_WHOLE] = {"credits.whole",
                       "a unit's credits with whole credits",
                       "this institution gives whole credits only",
                       "round as the programme says, or put units together",
                       CREDITS_WARNS,
                       {"credits.whole_only"}},
    [CREDITS_UNIT_MIN] = {"credits.unit",
                          "a unit's credits with the smallest unit",
                          "a unit is smaller than this institution allows",
                          "put units together, or correct the credits",
                          CREDITS_WARNS,
                          {"credits.unit_min"}},
    [CREDITS_WEEK_MAX] = {"credits.week",
                          "all credits with those of the weeks that the stay began",
                          "more credits than so many full-time weeks yield",
                          "correct the credits or the dates of the stay",
                          CREDITS_WARNS,
                          {"credits.week_max"}},
    [CREDITS_ALL_OR_NONE] = {"credits.whole_unit",
                             "a unit's credits awarded with those that it offers",
                             "credits are given in full or not at all",
                             "award what the unit offers, or nothing",
                             CREDITS_WARNS,
                             {NULL}},
    [CREDITS_FAILED] = {"credits.failed",
                        "credits awarded with whether the unit was passed",
                        "credits for what was failed",
                        "set the credits to 0, or the unit to passed",
                        CREDITS_REFUSES,
                        {NULL}},
    [CREDITS_SUM] = {"credits.sum",
                     "the total with the sum over the units",
                     "the transcript does not add up",
                     "add the units up again",
                     CREDITS_REFUSES,
                     {NULL}},
    [CREDITS_PROPORTIONAL] = {"credits.proportional",
                              "the credits of table A with the length of the stay",
                              "the plan is not roughly proportional to the stay",
                              "add or take away units, or say why in the comment",
                              CREDITS_WARNS,
                              {"credits.year_max", "credits.year_days", "credits.apart"}},
    [CREDITS_LISTED] = {"credits.listed",
                        "the units of the learning agreement with those of the transcript",
                        "not every unit that was agreed stands in the transcript",
                        "list each of them: what was failed, or not taken, with 0 credits",
                        CREDITS_WARNS,
                        {NULL}},
    [CREDITS_PERIOD] = {"credits.period",
                        "the last day of the transcript with the departure and the day of issue",
                        "the transcript ends after the stay, or after it was issued",
                        "correct the last day of the transcript, or that of the stay",
                        CREDITS_WARNS,
                        {NULL}},
};

static_assert(sizeof rows / sizeof *rows == CREDITS_RULES, "one row for each rule");

const struct credits_rules_row *credits_rules_row(enum credits_rule rule)
{
    assert((unsigned)rule < CREDITS_RULES);
    return &rows[rule];
}

/* ---- settings --------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    size_t offset;
    bool credits; /* in hundredths; otherwise a whole number */
} settings[] = {
    {"credits.year_max", offsetof(struct credits_limits, year_max), true},
    {"credits.hours_min", offsetof(struct credits_limits, hours_min), false},
    {"credits.hours_max", offsetof(struct credits_limits, hours_max), false},
    {"credits.whole_only", offsetof(struct credits_limits, whole), false},
    {"credits.unit_min", offsetof(struct credits_limits, unit_min), true},
    {"credits.week_max", offsetof(struct credits_limits, week_max), true},
    {"credits.year_days", offsetof(struct credits_limits, year_days), false},
    {"credits.apart", offsetof(struct credits_limits, apart), true},
};

enum { SETTINGS = sizeof settings / sizeof *settings, SETTING_MAX = 100000 };

static const char *const severities[] = {"off", "warn", "refuse"};

const char *credits_rules_setting(size_t index)
{
    return index < SETTINGS ? settings[index].name : NULL;
}

struct credits_limits credits_rules_none(void)
{
    struct credits_limits limits = {0};
    for (size_t i = 0; i < CREDITS_RULES; i++)
        limits.severities[i] = rows[i].severity;
    return limits;
}

static bool severity_set(struct credits_limits *limits, size_t rule, struct bytes value)
{
    for (uint32_t i = 0; i < sizeof severities / sizeof *severities; i++)
        if (bytes_equal(value, bytes_text(severities[i]))) {
            limits->severities[rule] = i;
            return true;
        }
    return false;
}

bool credits_rules_set(struct credits_limits *limits, const char *name, struct bytes value)
{
    uint32_t number;
    for (size_t i = 0; i < CREDITS_RULES; i++)
        if (strcmp(name, rows[i].id) == 0)
            return severity_set(limits, i, value);
    for (size_t i = 0; i < SETTINGS; i++) {
        if (strcmp(name, settings[i].name) != 0)
            continue;
        if (!credits_read(value, &number) || number > SETTING_MAX ||
            (!settings[i].credits && number % CREDITS_ONE))
            return false;
        number = settings[i].credits ? number : number / CREDITS_ONE;
        memcpy((uint8_t *)limits + settings[i].offset, &number, sizeof number);
        return true;
    }
    return false;
}

/* ---- the rules -------------------------------------------------------------------------------
 */

struct check {
    const struct credits_subject *subject;
    const struct credits_limits *limits;
    struct arena *arena;
    /* Set where the rule does not hold. */
    const char *expected, *got;
};

static const char *shown(const struct check *check, uint64_t hundredths)
{
    const char *text =
        credits_text((uint32_t)(hundredths > UINT32_MAX ? UINT32_MAX : hundredths), check->arena);
    return text ? text : "";
}

static bool blame(struct check *check, const char *expected, const char *got)
{
    check->expected = expected;
    check->got = got;
    return false;
}

static bool at_most(struct check *check, uint64_t most, uint64_t got)
{
    return got <= most || blame(check, arena_format(check->arena, "at most %s", shown(check, most)),
                                shown(check, got));
}

static uint64_t begun(uint32_t days, uint32_t length)
{
    return ((uint64_t)days + length - 1) / length;
}

/* All that the student works for in the time of the stay. */
static uint64_t taken(const struct credits_subject *subject)
{
    return (uint64_t)subject->total + subject->apart;
}

static bool year_holds(struct check *check, size_t)
{
    uint64_t years = check->subject->days ? begun(check->subject->days, YEAR_DAYS) : 1;
    return !check->limits->year_max ||
           at_most(check, years * check->limits->year_max, taken(check->subject));
}

static bool hours_hold(struct check *check, size_t element)
{
    const struct credits_unit *unit = &check->subject->units[element];
    const struct credits_limits *limits = check->limits;
    uint64_t credits = unit->awarded ? unit->awarded : unit->offered;
    uint64_t hours = (uint64_t)unit->hours * CREDITS_ONE;
    if (!hours || !credits || !limits->hours_max ||
        (hours >= credits * limits->hours_min && hours <= credits * limits->hours_max))
        return true;
    return blame(check,
                 arena_format(check->arena, "%s to %s hours",
                              shown(check, credits * limits->hours_min),
                              shown(check, credits * limits->hours_max)),
                 arena_format(check->arena, "%u hours", unit->hours));
}

static bool whole_holds(struct check *check, size_t element)
{
    uint32_t credits = check->subject->units[element].awarded;
    return !check->limits->whole || credits % CREDITS_ONE == 0 ||
           blame(check, "whole credits", shown(check, credits));
}

static bool unit_holds(struct check *check, size_t element)
{
    uint32_t credits = check->subject->units[element].awarded;
    return !credits || credits >= check->limits->unit_min ||
           blame(check,
                 arena_format(check->arena, "at least %s", shown(check, check->limits->unit_min)),
                 shown(check, credits));
}

static bool week_holds(struct check *check, size_t)
{
    uint64_t weeks = begun(check->subject->days, WEEK);
    return !weeks || !check->limits->week_max ||
           at_most(check, weeks * check->limits->week_max, taken(check->subject));
}

static bool whole_unit_holds(struct check *check, size_t element)
{
    const struct credits_unit *unit = &check->subject->units[element];
    return !unit->offered || !unit->awarded || unit->awarded == unit->offered ||
           blame(check, arena_format(check->arena, "%s or 0", shown(check, unit->offered)),
                 shown(check, unit->awarded));
}

static bool failed_holds(struct check *check, size_t element)
{
    const struct credits_unit *unit = &check->subject->units[element];
    return !unit->failed || !unit->awarded || blame(check, "0", shown(check, unit->awarded));
}

static bool sum_holds(struct check *check, size_t)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < check->subject->count; i++)
        if (!check->subject->units[i].beside &&
            !credits_add(&sum, check->subject->units[i].awarded))
            return blame(check, "a sum within the limit", "a larger one");
    return sum == check->subject->total ||
           blame(check, shown(check, sum), shown(check, check->subject->total));
}

/* So many credits a year as the stay has of a year, more or less. */
static bool proportional_holds(struct check *check, size_t)
{
    const struct credits_limits *limits = check->limits;
    uint64_t year = limits->year_days, is = check->subject->total;
    uint64_t days = check->subject->days < year ? check->subject->days : year;
    if (!check->subject->planned || !days || !limits->year_max || !year)
        return true;
    uint64_t apart = limits->apart < limits->year_max ? limits->apart : limits->year_max;
    uint64_t low = days * (limits->year_max - apart), high = days * (limits->year_max + apart);
    if (is * year >= low && is * year <= high)
        return true;
    return blame(check,
                 arena_format(check->arena, "%s to %s", shown(check, (low + year - 1) / year),
                              shown(check, high / year)),
                 shown(check, is));
}

static bool listed_holds(struct check *check, size_t)
{
    const struct credits_subject *subject = check->subject;
    return subject->listed >= subject->agreed ||
           blame(check, arena_format(check->arena, "all %zu units agreed", subject->agreed),
                 arena_format(check->arena, "%zu of them", subject->listed));
}

/* Dates of the calendar stand in the order of their letters. */
static bool period_holds(struct check *check, size_t)
{
    const struct credits_subject *subject = check->subject;
    return !subject->end || !subject->until || strcmp(subject->end, subject->until) <= 0 ||
           blame(check, arena_format(check->arena, "%s at the latest", subject->until),
                 subject->end);
}

static const struct {
    bool (*holds)(struct check *check, size_t element);
    bool each; /* asked of every unit; otherwise once */
} rules[] = {
    [CREDITS_YEAR_MAX] = {year_holds, false},
    [CREDITS_HOURS] = {hours_hold, true},
    [CREDITS_WHOLE] = {whole_holds, true},
    [CREDITS_UNIT_MIN] = {unit_holds, true},
    [CREDITS_WEEK_MAX] = {week_holds, false},
    [CREDITS_ALL_OR_NONE] = {whole_unit_holds, true},
    [CREDITS_FAILED] = {failed_holds, true},
    [CREDITS_SUM] = {sum_holds, false},
    [CREDITS_PROPORTIONAL] = {proportional_holds, false},
    [CREDITS_LISTED] = {listed_holds, false},
    [CREDITS_PERIOD] = {period_holds, false},
};

static_assert(sizeof rules / sizeof *rules == CREDITS_RULES, "one function for each rule");

size_t credits_rules_check(const struct credits_subject *subject,
                           const struct credits_limits *limits, struct arena *arena,
                           credits_rules_report *report, void *self)
{
    size_t found = 0;
    assert(subject->units || !subject->count);
    for (unsigned rule = 0; rule < CREDITS_RULES; rule++) {
        size_t times = rules[rule].each ? subject->count : 1;
        for (size_t i = 0; limits->severities[rule] && i < times; i++) {
            struct check check = {.subject = subject, .limits = limits, .arena = arena};
            if (rules[rule].holds(&check, i))
                continue;
            found++;
            report(self, &(struct credits_finding) {
                             .rule = (enum credits_rule)rule,
                             .severity = (enum credits_severity)limits->severities[rule],
                             .element = rules[rule].each ? i : CREDITS_ELEMENT_NONE,
                             .expected = check.expected,
                             .got = check.got});
        }
    }
    return found;
}
