#include "figures/figures_hide.h"

#include <assert.h>
#include <string.h>

static bool is_small(uint64_t count)
{
    return count > 0 && count < FIGURES_LEAST;
}

/* What is shown of a line, and counts people. */
enum { STAYS, TRANSCRIPTS, RECOGNITIONS, MEASURES };

static uint64_t count_of(const struct figures_side *side, int measure)
{
    const uint64_t counts[MEASURES] = {side->stays, side->transcripts, side->recognitions};
    return counts[measure];
}

static bool tells(const struct figures_side *side)
{
    for (int measure = 0; measure < MEASURES; measure++)
        if (is_small(count_of(side, measure)))
            return true;
    return false;
}

/* The one with the fewest that is still shown, and has some; NULL: there is none left. */
static struct figures_line *next_of(struct figures_line *lines, size_t count, int way, int measure)
{
    struct figures_line *least = NULL;
    for (size_t i = 0; i < count; i++) {
        uint64_t some = count_of(&lines[i].sides[way], measure);
        if (!lines[i].hidden[way] && some &&
            (!least || some < count_of(&least->sides[way], measure)))
            least = &lines[i];
    }
    return least;
}

/* Whether what is hidden follows from the total and what is shown, or nearly. */
static bool follows(const struct figures_line *lines, size_t count, int way, int measure)
{
    size_t parts = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t some = count_of(&lines[i].sides[way], measure);
        parts += lines[i].hidden[way] && some;
        sum += lines[i].hidden[way] ? some : 0;
    }
    return parts && (parts < 2 || sum < FIGURES_LEAST);
}

void figures_hide_among(struct figures_line *lines, size_t count, int way)
{
    bool again = true;
    for (size_t i = 0; i < count; i++)
        lines[i].hidden[way] = tells(&lines[i].sides[way]);
    while (again) {
        again = false;
        for (int measure = 0; measure < MEASURES; measure++) {
            struct figures_line *more =
                follows(lines, count, way, measure) ? next_of(lines, count, way, measure) : NULL;
            if (more)
                more->hidden[way] = again = true;
        }
    }
}

static void hide_all(struct figures_line *lines, size_t count, int way)
{
    for (size_t i = 0; i < count; i++)
        lines[i].hidden[way] = true;
}

static const struct figures_line *find(const struct figures *figures, enum figures_by by,
                                       uint32_t year, const char *group)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct figures_line *line = &figures->lines[i];
        if (line->by == by && line->year == year && strcmp(line->group, group) == 0)
            return line;
    }
    return NULL;
}

/* What the lines add up to: their country's line, or the year's. */
static const struct figures_line *whole_of(const struct figures *figures,
                                           const struct figures_line *line)
{
    if (line->by != FIGURES_BY_PARTNER)
        return find(figures, FIGURES_BY_YEAR, line->year, "");
    return find(figures, FIGURES_BY_COUNTRY, line->year, line->within);
}

static bool together(const struct figures_line *one, const struct figures_line *other)
{
    return one->by == other->by && one->year == other->year &&
           (!one->within || strcmp(one->within, other->within) == 0);
}

/* Countries come before the partners in them. */
static void hide_by(struct figures *figures, enum figures_by by)
{
    for (size_t i = 0, end; i < figures->count; i = end) {
        struct figures_line *lines = &figures->lines[i];
        for (end = i + 1; end < figures->count && together(lines, &figures->lines[end]);)
            end++;
        if (lines->by != by)
            continue;
        const struct figures_line *whole = whole_of(figures, lines);
        assert(whole);
        for (int way = 0; way < FIGURES_WAYS; way++)
            if (whole->hidden[way])
                hide_all(lines, end - i, way);
            else
                figures_hide_among(lines, end - i, way);
    }
}

void figures_hide(struct figures *figures)
{
    static const enum figures_by order[] = {FIGURES_BY_COUNTRY, FIGURES_BY_KIND, FIGURES_BY_FIELD,
                                            FIGURES_BY_UNIT, FIGURES_BY_PARTNER};
    for (size_t i = 0; i < figures->count; i++)
        for (int way = 0; way < FIGURES_WAYS; way++)
            if (figures->lines[i].by == FIGURES_BY_YEAR)
                figures->lines[i].hidden[way] = tells(&figures->lines[i].sides[way]);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        hide_by(figures, order[i]);
}

bool figures_hide_kinds(const struct figures *figures, uint32_t year, uint32_t kinds,
                        uint64_t *stays)
{
    const struct figures_year *found = figures_year(figures, year);
    bool within = false, beyond = false;
    *stays = 0;
    for (uint32_t kind = 0; kind < FIGURES_KINDS; kind++) {
        const struct figures_line *line =
            find(figures, FIGURES_BY_KIND, year, figures_kind_code(kind));
        bool asked = kinds >> kind & 1, hidden = line && line->hidden[FIGURES_OUT];
        *stays += found && asked ? found->stays[FIGURES_OUT][kind] : 0;
        within = within || (hidden && asked);
        beyond = beyond || (hidden && !asked);
    }
    return !is_small(*stays) && !(within && beyond);
}
