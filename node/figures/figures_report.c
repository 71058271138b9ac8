#include "figures/figures_report.h"

#include "figures/figures_hide.h"
#include "figures/figures_pipeline.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* ---- columns: a name means the same in every report ---- */

static const struct figures_column year = {"year", "YEAR", FIGURES_TEXT};
static const struct figures_column group = {"group", "GROUP", FIGURES_TEXT};
static const struct figures_column within = {"country", "COUNTRY", FIGURES_TEXT};
static const struct figures_column way = {"direction", "WAY", FIGURES_TEXT};
static const struct figures_column out = {"out", "OUT", FIGURES_NUMBER};
static const struct figures_column in = {"in", "IN", FIGURES_NUMBER};
static const struct figures_column balance = {"balance", "BALANCE", FIGURES_NUMBER};
static const struct figures_column nominated_out = {"nominated_out", "NOMINATED OUT",
                                                    FIGURES_NUMBER};
static const struct figures_column nominated_in = {"nominated_in", "NOMINATED IN", FIGURES_NUMBER};
static const struct figures_column target = {"target", "TARGET", FIGURES_TEXT};
static const struct figures_column aim = {"aim", "AIM %", FIGURES_SHARE};
static const struct figures_column cohort = {"cohort", "COHORT", FIGURES_NUMBER};
static const struct figures_column stays = {"stays", "STAYS", FIGURES_NUMBER};
static const struct figures_column share = {"share", "SHARE %", FIGURES_SHARE};
static const struct figures_column reached = {"reached", "REACHED", FIGURES_TEXT};
static const struct figures_column transcripts = {"transcripts", "TRANSCRIPTS", FIGURES_NUMBER};
static const struct figures_column taken = {"taken", "TAKEN", FIGURES_HUNDREDTHS};
static const struct figures_column passed = {"passed", "PASSED", FIGURES_HUNDREDTHS};
static const struct figures_column recognised = {"recognised", "RECOGNISED", FIGURES_HUNDREDTHS};
static const struct figures_column recognised_share = {"recognised_share", "OF PASSED %",
                                                       FIGURES_SHARE};
static const struct figures_column measure = {"measure", "MEASURE", FIGURES_TEXT};
static const struct figures_column counted = {"count", "COUNT", FIGURES_NUMBER};
static const struct figures_column median = {"median", "MEDIAN", FIGURES_MEAN};
static const struct figures_column mean = {"mean", "MEAN", FIGURES_MEAN};
static const struct figures_column this_year = {"this_year", "THIS YEAR", FIGURES_NUMBER};
static const struct figures_column year_before = {"year_before", "YEAR BEFORE", FIGURES_NUMBER};
static const struct figures_column change = {"change", "CHANGE", FIGURES_NUMBER};

static const struct figures_column *const balance_columns[] = {
    &year, &group, &within, &out, &in, &balance, &nominated_out, &nominated_in, NULL};
static const struct figures_column *const target_columns[] = {&year,  &target, &cohort,  &stays,
                                                              &share, &aim,    &reached, NULL};
static const struct figures_column *const credit_columns[] = {
    &year, &group, &way, &transcripts, &taken, &passed, &recognised, &recognised_share, NULL};
static const struct figures_column *const day_columns[] = {&year,   &way,  &measure, &counted,
                                                           &median, &mean, NULL};
static const struct figures_column *const overview_columns[] = {&measure, &this_year, &year_before,
                                                                &change, NULL};

static const char *const ways[FIGURES_WAYS] = {"out", "in"};

static const char stays_note[] =
    "Stays are places that were given and not taken back; a person with two stays counts twice.";
static const char hidden_note[] =
    "For the public: counts are rounded to multiples of five, credits to fifty, and all that is "
    "computed follows from these. Groups of fewer than five, and what is not known, have no line.";

/* ---- tables ---- */

static struct figures_table *table_add(struct figures_report *report, const char *name,
                                       const char *title,
                                       const struct figures_column *const columns[])
{
    size_t count = 0;
    assert(report->count < FIGURES_TABLES);
    struct figures_table *table = &report->tables[report->count++];
    while (columns[count])
        count++;
    *table = (struct figures_table) {.name = name,
                                     .title = title,
                                     .note = report->open ? hidden_note : stays_note,
                                     .columns = columns,
                                     .column_count = count};
    return table;
}

/* Of a number that was rounded for the public. */
static enum figures_cell_state few(const struct figures_report *report, uint64_t count)
{
    return report->open && count < FIGURES_LEAST ? FIGURES_FEW : FIGURES_THERE;
}

static enum figures_cell_state back(bool kept)
{
    return kept ? FIGURES_KEPT_BACK : FIGURES_THERE;
}

/* Few where one of two is. */
static enum figures_cell_state either(enum figures_cell_state one, enum figures_cell_state other)
{
    return one ? one : other;
}

/* ---- balance ---- */

static enum fault balance_row(struct figures_report *report, struct figures_table *table,
                              const struct figures_line *line)
{
    const struct figures_side *sides = line->sides;
    struct figures_cell *row = figures_table_row(table, report->arena);
    const char *name = figures_year_text(line->year, report->arena);
    enum figures_cell_state no_out = few(report, sides[FIGURES_OUT].stays);
    enum figures_cell_state no_in = few(report, sides[FIGURES_IN].stays);
    if (!row || !name)
        return FAULT_MEMORY;
    row[0] = figures_table_words(name);
    row[1] = figures_table_words(line->by == FIGURES_BY_YEAR ? "all"
                                 : *line->group              ? line->group
                                                             : "unknown");
    row[2] = figures_table_words(line->within);
    row[3] = figures_table_number(no_out, (int64_t)sides[FIGURES_OUT].stays);
    row[4] = figures_table_number(no_in, (int64_t)sides[FIGURES_IN].stays);
    row[5] = figures_table_number(either(no_out, no_in), (int64_t)sides[FIGURES_IN].stays -
                                                             (int64_t)sides[FIGURES_OUT].stays);
    /* Parts of them would tell of those who did not go. */
    row[6] = figures_table_number(back(report->open), (int64_t)sides[FIGURES_OUT].nominated);
    row[7] = figures_table_number(back(report->open), (int64_t)sides[FIGURES_IN].nominated);
    return FAULT_NONE;
}

/* wanted 0: every year. */
static enum fault balance_fill(struct figures_report *report, enum figures_by by, uint32_t wanted,
                               const char *title)
{
    struct figures_table *table = table_add(report, figures_by_code(by), title, balance_columns);
    size_t count;
    const struct figures_line *lines = figures_lines(report->figures, by, &count);
    for (size_t i = 0; i < count; i++)
        if (!wanted || lines[i].year == wanted)
            TRY(balance_row(report, table, &lines[i]));
    return FAULT_NONE;
}

/* ---- targets ---- */

static enum fault target_row(struct figures_report *report, struct figures_table *table,
                             const struct target *aimed, uint32_t when)
{
    struct figures_cell *row = figures_table_row(table, report->arena);
    const char *name = figures_year_text(when, report->arena);
    uint32_t all = target_cohort(aimed->kept, when);
    const struct figures_kinds some =
        figures_hide_kinds(report->figures, report->open, when, aimed->kept->kinds);
    enum figures_cell_state hidden = few(report, some.stays);
    uint64_t line = (uint64_t)aimed->kept->tenths * all;
    if (!row || !name)
        return FAULT_MEMORY;
    row[0] = figures_table_words(name);
    row[1] = figures_table_words(aimed->name);
    row[2] = all ? figures_table_number(FIGURES_THERE, all) : figures_table_words(NULL);
    row[3] = figures_table_number(hidden, (int64_t)some.stays);
    row[4] = figures_table_ratio(hidden, some.stays, all);
    row[5] = figures_table_ratio(FIGURES_THERE, aimed->kept->tenths, 1000);
    /* Shares are compared as they are, not as they are shown; in public as all that they may be. */
    row[6] = figures_table_words(!all                        ? NULL
                                 : some.least * 1000 >= line ? "yes"
                                 : some.most * 1000 < line   ? "no"
                                                             : NULL);
    return FAULT_NONE;
}

static enum fault target_fill(struct figures_report *report, uint32_t first, const char *title)
{
    struct figures_table *table = table_add(report, "targets", title, target_columns);
    for (size_t i = 0; i < report->target_count; i++) {
        const struct target *aimed = &report->targets[i];
        for (size_t j = 0; j < aimed->kept->n_cohorts; j++) {
            uint32_t when = aimed->kept->cohorts[j]->year;
            if (!report->year || (when >= first && when <= report->year))
                TRY(target_row(report, table, aimed, when));
        }
    }
    return FAULT_NONE;
}

/* ---- credits ---- */

static enum fault credit_row(struct figures_report *report, struct figures_table *table,
                             const struct figures_line *line, int direction)
{
    const struct figures_side *side = &line->sides[direction];
    enum figures_cell_state hidden = few(report, side->transcripts);
    if (!side->transcripts && !hidden)
        return FAULT_NONE;
    struct figures_cell *row = figures_table_row(table, report->arena);
    const char *name = figures_year_text(line->year, report->arena);
    if (!row || !name)
        return FAULT_MEMORY;
    row[0] = figures_table_words(name);
    row[1] = figures_table_words(line->by == FIGURES_BY_YEAR ? "all"
                                 : *line->group              ? line->group
                                                             : "unknown");
    row[2] = figures_table_words(ways[direction]);
    row[3] = figures_table_number(hidden, (int64_t)side->transcripts);
    row[4] = figures_table_number(hidden, (int64_t)side->taken);
    row[5] = figures_table_number(hidden, (int64_t)side->passed);
    row[6] = figures_table_number(hidden, (int64_t)side->recognised);
    row[7] = figures_table_ratio(hidden, side->recognised, side->passed);
    return FAULT_NONE;
}

static enum fault credit_fill(struct figures_report *report, enum figures_by by, uint32_t wanted,
                              const char *name, const char *title)
{
    struct figures_table *table = table_add(report, name, title, credit_columns);
    size_t count;
    const struct figures_line *lines = figures_lines(report->figures, by, &count);
    table->note = report->open ? hidden_note
                               : "Of stays with a transcript. Taken: by the learning agreement, "
                                 "and where there is none, what was passed.";
    for (size_t i = 0; i < count; i++)
        for (int direction = 0; direction < FIGURES_WAYS; direction++)
            if (!wanted || lines[i].year == wanted)
                TRY(credit_row(report, table, &lines[i], direction));
    return FAULT_NONE;
}

/* ---- grants ---- */

/* All ways of counting where none was named. */
static enum fault grants_fill(struct figures_report *report)
{
    bool named = report->grants_by < FIGURES_GRANTS_BY_COUNT;
    for (enum figures_grants_by by = FIGURES_GRANTS_ALL; by < FIGURES_GRANTS_BY_COUNT; by++) {
        if ((named && by != report->grants_by && by != FIGURES_GRANTS_ALL) ||
            (report->open && !figures_grants_is_public(by)))
            continue;
        struct figures_table *table = &report->tables[report->count++];
        TRY(figures_grants_table(report->grants, by, report->open, report->arena, table));
        table->note = report->open ? hidden_note
                                   : "Granted: who has money now. Given back: what was released as "
                                     "a whole, and who withdrew.";
    }
    return FAULT_NONE;
}

/* ---- the year ---- */

static const struct overview {
    const char *name;
    int direction;
    size_t offset;
    bool open; /* also for the public */
} overviews[] = {
    {"nominated, going out", FIGURES_OUT, offsetof(struct figures_side, nominated), false},
    {"stays, going out", FIGURES_OUT, offsetof(struct figures_side, stays), true},
    {"waiting for an answer, going out", FIGURES_OUT, offsetof(struct figures_side, open), false},
    {"refused, going out", FIGURES_OUT, offsetof(struct figures_side, refused), false},
    {"withdrawn or revoked, going out", FIGURES_OUT, offsetof(struct figures_side, withdrawn),
     false},
    {"transcripts received", FIGURES_OUT, offsetof(struct figures_side, transcripts), true},
    {"recognitions made", FIGURES_OUT, offsetof(struct figures_side, recognitions), true},
    {"nominated, coming in", FIGURES_IN, offsetof(struct figures_side, nominated), false},
    {"stays, coming in", FIGURES_IN, offsetof(struct figures_side, stays), true},
    {"waiting for an answer, coming in", FIGURES_IN, offsetof(struct figures_side, open), false},
    {"refused, coming in", FIGURES_IN, offsetof(struct figures_side, refused), false},
    {"withdrawn or revoked, coming in", FIGURES_IN, offsetof(struct figures_side, withdrawn),
     false},
    {"transcripts issued", FIGURES_IN, offsetof(struct figures_side, transcripts), true},
    {"recognitions received", FIGURES_IN, offsetof(struct figures_side, recognitions), true},
};

static uint64_t value_of(const struct figures_line *line, const struct overview *overview)
{
    uint64_t value;
    memcpy(&value, (const char *)&line->sides[overview->direction] + overview->offset,
           sizeof value);
    return value;
}

static enum fault overview_fill(struct figures_report *report)
{
    struct figures_table *table = table_add(report, "overview", "The year", overview_columns);
    struct figures_line now = figures_total(report->figures, report->year);
    struct figures_line before = figures_total(report->figures, report->year - 1);
    for (size_t i = 0; i < sizeof overviews / sizeof *overviews; i++) {
        const struct overview *overview = &overviews[i];
        uint64_t value = value_of(&now, overview), last = value_of(&before, overview);
        enum figures_cell_state no_now = few(report, value), no_last = few(report, last);
        if (report->open && !overview->open)
            continue;
        struct figures_cell *row = figures_table_row(table, report->arena);
        if (!row)
            return FAULT_MEMORY;
        row[0] = figures_table_words(overview->name);
        row[1] = figures_table_number(no_now, (int64_t)value);
        row[2] = figures_table_number(no_last, (int64_t)last);
        row[3] = figures_table_number(either(no_now, no_last), (int64_t)value - (int64_t)last);
    }
    return FAULT_NONE;
}

static enum fault day_row(struct figures_report *report, struct figures_table *table,
                          const struct figures_line *line, int direction, bool decision)
{
    const struct figures_year *found = figures_year(report->figures, line->year);
    const struct figures_side *side = &line->sides[direction];
    const struct figures_days *days = decision ? &side->decision : &side->transcript;
    if (!found || !days->count)
        return FAULT_NONE;
    struct figures_cell *row = figures_table_row(table, report->arena);
    const char *name = figures_year_text(line->year, report->arena);
    if (!row || !name)
        return FAULT_MEMORY;
    row[0] = figures_table_words(name);
    row[1] = figures_table_words(ways[direction]);
    row[2] = figures_table_words(decision ? "from nomination to decision"
                                          : "from departure to transcript");
    row[3] = figures_table_number(FIGURES_THERE, (int64_t)days->count);
    row[4] = figures_table_ratio(
        FIGURES_THERE,
        figures_median_twice(decision ? found->decision[direction] : found->transcript[direction],
                             FIGURES_DAYS_MAX + 1),
        2);
    row[5] = figures_table_ratio(FIGURES_THERE, days->sum, days->count);
    return FAULT_NONE;
}

static enum fault day_fill(struct figures_report *report)
{
    struct figures_table *table = table_add(report, "days", "Days", day_columns);
    table->note = report->open ? hidden_note : "Days of 400 and more count as 400.";
    for (uint32_t when = report->year - 1; when <= report->year; when++) {
        struct figures_line line = figures_total(report->figures, when);
        for (int direction = 0; direction < FIGURES_WAYS; direction++) {
            TRY(day_row(report, table, &line, direction, true));
            TRY(day_row(report, table, &line, direction, false));
        }
    }
    return FAULT_NONE;
}

static enum fault annual_fill(struct figures_report *report)
{
    static const struct {
        enum figures_by by;
        const char *title;
    } parts[] = {
        {FIGURES_BY_PARTNER, "By partner"}, {FIGURES_BY_COUNTRY, "By country"},
        {FIGURES_BY_KIND, "By kind"},       {FIGURES_BY_FIELD, "By field (ISCED-F)"},
        {FIGURES_BY_UNIT, "By department"}, {FIGURES_BY_GROUP, "By group of partners"},
    };
    TRY(overview_fill(report));
    TRY(target_fill(report, report->year - 1, "Targets"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (figures_report_is_public(FIGURES_BALANCE, parts[i].by) || !report->open)
            TRY(balance_fill(report, parts[i].by, report->year, parts[i].title));
    if (report->open)
        TRY(credit_fill(report, FIGURES_BY_YEAR, report->year, "credits", "Credits"));
    else
        TRY(credit_fill(report, FIGURES_BY_UNIT, report->year, "credits", "Credits by department"));
    return day_fill(report);
}

/* ---- which ---- */

static const char *const codes[] = {
    [FIGURES_BALANCE] = "balance",    [FIGURES_TARGETS] = "targets",
    [FIGURES_CREDITS_OF] = "credits", [FIGURES_ANNUAL] = "annual",
    [FIGURES_GRANTS] = "grants",      [FIGURES_PIPELINE] = "pipeline",
    [FIGURES_PARTNERS] = "partners",
};
static_assert(sizeof codes / sizeof *codes == FIGURES_REPORTS, "a code for each");

const char *figures_report_code(enum figures_report_kind kind)
{
    assert(kind < FIGURES_REPORTS);
    return codes[kind];
}

bool figures_report_is_public(enum figures_report_kind kind, enum figures_by by)
{
    if (kind == FIGURES_CREDITS_OF)
        return by == FIGURES_BY_YEAR;
    return kind != FIGURES_PIPELINE && kind != FIGURES_PARTNERS && by != FIGURES_BY_GROUP;
}

unsigned figures_report_ways(enum figures_report_kind kind, enum figures_by by)
{
    /* A country is published by what its partners have, so that they are counted with it. */
    unsigned needed = 1u << by | (by == FIGURES_BY_PARTNER || by == FIGURES_BY_COUNTRY
                                      ? 1u << FIGURES_BY_COUNTRY | 1u << FIGURES_BY_PARTNER
                                      : 0);
    switch (kind) {
    case FIGURES_TARGETS: return 1u << FIGURES_BY_KIND;
    case FIGURES_ANNUAL: return (1u << FIGURES_BY_COUNT) - 1;
    case FIGURES_GRANTS:
    case FIGURES_PIPELINE: return 0;
    case FIGURES_PARTNERS: return 1u << FIGURES_BY_PARTNER | 1u << FIGURES_BY_COUNTRY;
    default: return needed;
    }
}

enum fault figures_report_fill(struct figures_report *report)
{
    report->count = 0;
    switch (report->kind) {
    case FIGURES_BALANCE:
        TRY(balance_fill(report, report->by, 0, "Balance"));
        return report->by == FIGURES_BY_YEAR
                   ? FAULT_NONE
                   : balance_fill(report, FIGURES_BY_YEAR, 0, "All together");
    case FIGURES_TARGETS: return target_fill(report, 0, "Targets");
    case FIGURES_CREDITS_OF:
        TRY(credit_fill(report, report->by, 0, figures_by_code(report->by), "Credits"));
        return report->by == FIGURES_BY_YEAR
                   ? FAULT_NONE
                   : credit_fill(report, FIGURES_BY_YEAR, 0, "year", "All together");
    case FIGURES_GRANTS: return grants_fill(report);
    case FIGURES_PIPELINE:
        return figures_pipeline_fill(
            report->figures, report->own, report->arena,
            table_add(report, "pipeline", "Where each dossier stands", figures_pipeline_columns));
    case FIGURES_PARTNERS:
        return figures_partners_fill(
            report->partners, report->figures, report->arena,
            table_add(report, "partners", "Partners by country", figures_partners_columns));
    default: return annual_fill(report);
    }
}
