#include "figures/figures_hide.h"

#include "grade/credits.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

enum { EACH_WAY = FIGURES_LEAST / 2, CREDITS_STEP = 50 * CREDITS_ONE };

static uint64_t nearest(uint64_t number, uint64_t step)
{
    return (number + step / 2) / step * step;
}

uint64_t figures_hide_count(uint64_t count)
{
    return count < FIGURES_LEAST ? 0 : nearest(count, FIGURES_LEAST);
}

uint64_t figures_hide_most(uint64_t count)
{
    uint64_t shown = figures_hide_count(count);
    return shown ? shown + EACH_WAY : FIGURES_LEAST - 1;
}

static uint64_t least_of(uint64_t shown)
{
    return shown > FIGURES_LEAST ? shown - EACH_WAY : shown;
}

/* ---- a country and its partners ---- */

static struct figures_line *country_find(struct figures_line *countries, size_t count,
                                         const struct figures_line *of)
{
    for (size_t i = 0; i < count; i++)
        if (countries[i].year == of->year && strcmp(countries[i].group, of->within) == 0)
            return &countries[i];
    return NULL;
}

static bool together(const struct figures_line *one, const struct figures_line *other)
{
    return one->by == other->by && one->year == other->year &&
           strcmp(one->within, other->within) == 0;
}

/* Before anything is rounded. */
static void countries_lower(struct figures *figures)
{
    size_t count;
    ptrdiff_t first = figures_lines(figures, FIGURES_BY_COUNTRY, &count) - figures->lines;
    for (size_t i = 0, end; i < figures->count; i = end) {
        const struct figures_line *lines = &figures->lines[i];
        uint64_t most[FIGURES_WAYS] = {0};
        end = i + 1;
        if (lines->by != FIGURES_BY_PARTNER)
            continue;
        while (end < figures->count && together(lines, &figures->lines[end]))
            end++;
        struct figures_line *country = country_find(figures->lines + first, count, lines);
        assert(country);
        for (int way = 0; way < FIGURES_WAYS; way++) {
            uint64_t *stays = &country->sides[way].stays;
            for (size_t j = i; j < end; j++)
                most[way] += figures_hide_most(figures->lines[j].sides[way].stays);
            *stays -= *stays == most[way];
        }
    }
}

/* ---- numbers ---- */

static struct figures_days days_round(const struct figures_days *days)
{
    uint64_t count = figures_hide_count(days->count);
    uint64_t mean = days->count ? (2 * days->sum + days->count) / (2 * days->count) : 0;
    return (struct figures_days) {.count = count, .sum = count * mean};
}

/* Of a year as a whole. */
static struct figures_side side_round(const struct figures_side *side)
{
    bool some = side->transcripts >= FIGURES_LEAST;
    return (struct figures_side) {
        .stays = figures_hide_count(side->stays),
        .transcripts = figures_hide_count(side->transcripts),
        .recognitions = figures_hide_count(side->recognitions),
        .taken = some ? nearest(side->taken, CREDITS_STEP) : 0,
        .passed = some ? nearest(side->passed, CREDITS_STEP) : 0,
        .recognised = some ? nearest(side->recognised, CREDITS_STEP) : 0,
        .decision = days_round(&side->decision),
        .transcript = days_round(&side->transcript),
    };
}

/* Not what is unknown, and not what overlaps. */
static bool is_told(const struct figures_line *line)
{
    bool unknown = !*line->group ||
                   (line->by == FIGURES_BY_KIND && strcmp(line->group, figures_kind_code(0)) == 0);
    return !unknown && line->by != FIGURES_BY_GROUP;
}

static void lines_round(struct figures *figures)
{
    size_t kept = 0;
    for (size_t i = 0; i < figures->count; i++) {
        struct figures_line line = figures->lines[i];
        bool whole = line.by == FIGURES_BY_YEAR, some = false;
        for (int way = 0; way < FIGURES_WAYS; way++) {
            const struct figures_side *side = &line.sides[way];
            line.sides[way] =
                whole ? side_round(side)
                      : (struct figures_side) {.stays = figures_hide_count(side->stays)};
            some = some || line.sides[way].stays;
        }
        if (whole || (some && is_told(&line)))
            figures->lines[kept++] = line;
    }
    figures->count = kept;
}

/* As if all had taken the days of the middle one. */
static void spread_round(uint32_t counts[static FIGURES_DAYS_MAX + 1])
{
    uint64_t all = 0;
    uint32_t middle = (figures_median_twice(counts, FIGURES_DAYS_MAX + 1) + 1) / 2;
    for (size_t i = 0; i <= FIGURES_DAYS_MAX; i++)
        all += counts[i];
    memset(counts, 0, (FIGURES_DAYS_MAX + 1) * sizeof *counts);
    counts[middle] = (uint32_t)figures_hide_count(all);
}

void figures_hide(struct figures *figures)
{
    countries_lower(figures);
    lines_round(figures);
    for (size_t i = 0; i < figures->year_count; i++)
        for (int way = 0; way < FIGURES_WAYS; way++) {
            struct figures_year *year = &figures->years[i];
            spread_round(year->decision[way]);
            spread_round(year->transcript[way]);
            year->stays[way][0] = 0; /* of no kind */
            for (size_t kind = 1; kind < FIGURES_KINDS; kind++)
                year->stays[way][kind] = figures_hide_count(year->stays[way][kind]);
        }
    memset(figures->steps, 0, sizeof figures->steps);
    figures->dossiers = 0;
}

struct figures_kinds figures_hide_kinds(const struct figures *figures, bool open, uint32_t year,
                                        uint32_t kinds)
{
    const struct figures_year *found = figures_year(figures, year);
    struct figures_kinds sum = {0};
    for (uint32_t kind = 0; kind < FIGURES_KINDS; kind++) {
        uint64_t stays = found && kinds >> kind & 1 ? found->stays[FIGURES_OUT][kind] : 0;
        bool asked = kinds >> kind & 1;
        sum.stays += stays;
        sum.least += open ? least_of(stays) : stays;
        sum.most += !asked ? 0 : open ? figures_hide_most(stays) : stays;
    }
    return sum;
}
