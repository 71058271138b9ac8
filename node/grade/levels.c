#include "grade/levels.h"

#include "grade/decimal.h"

#include <assert.h>
#include <string.h>

enum { PLACES = 4 };

/* A number of a scale; honours stand above the plain number and below the next one. */
struct mark {
    int64_t units;
    bool honours;
};

static uint8_t small(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (uint8_t)(letter - 'A' + 'a') : (uint8_t)letter;
}

static bool same_word(const char *left, size_t size, const char *right)
{
    for (size_t i = 0; i < size; i++)
        if (!right[i] || small(left[i]) != small(right[i]))
            return false;
    return !right[size];
}

static bool is_honours(const char *text, size_t size)
{
    static const char *const words[] = {"L", "e lode", "con lode", "cum laude"};
    while (size && *text == ' ') {
        text++;
        size--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (same_word(text, size, words[i]))
            return true;
    return false;
}

static bool mark_read(const char *text, struct mark *out)
{
    size_t number = strspn(text, "+-0123456789.,"), size = strlen(text);
    struct bytes digits = {(const uint8_t *)text, number};
    out->honours = number < size && is_honours(text + number, size - number);
    return decimal_read(digits, PLACES, &out->units) && (number == size || out->honours);
}

static int mark_compare(struct mark left, struct mark right)
{
    if (left.units != right.units)
        return left.units < right.units ? -1 : 1;
    return (int)left.honours - (int)right.honours;
}

static bool range_read(const struct levels_row *row, struct mark *from, struct mark *to)
{
    return mark_read(row->from, from) && mark_read(row->to, to) && mark_compare(*from, *to) <= 0;
}

/* ---- the table -------------------------------------------------------------------------------
 */

static bool text_fits(const char *text)
{
    size_t size = text ? strlen(text) : 0;
    return size && size <= LEVELS_TEXT_MAX && !strpbrk(text, "\n\r\t");
}

static bool row_fits(const struct levels_row *row)
{
    struct mark from, to;
    return text_fits(row->system) && text_fits(row->level) && text_fits(row->from) &&
           text_fits(row->to) && (range_read(row, &from, &to) || strcmp(row->from, row->to) == 0);
}

enum verdict levels_check(const struct levels *levels, struct arena *arena, struct finding *why)
{
    if (!levels->count || levels->count > LEVELS_ROWS_MAX)
        return finding_say(why, FINDING_TABLE_EMPTY, levels->id, arena, "%zu rows of levels",
                           levels->count);
    for (size_t i = 0; i < levels->count; i++)
        if (!row_fits(&levels->rows[i]))
            return finding_say(why, FINDING_LEVEL_BOUNDS, levels->id, arena, "row %zu of the table",
                               i + 1);
    return VERDICT_FINE;
}

static enum verdict system_check(const struct levels *levels, const char **system,
                                 struct arena *arena, struct finding *why)
{
    const char *only = levels->rows[0].system;
    for (size_t i = 0; i < levels->count; i++) {
        if (*system && strcmp(levels->rows[i].system, *system) == 0)
            return VERDICT_FINE;
        if (!*system && strcmp(levels->rows[i].system, only) != 0)
            return finding_say(why, FINDING_SYSTEM_UNKNOWN, levels->id, arena,
                               "none, and there are more than one: `%s`, `%s`", only,
                               levels->rows[i].system);
    }
    if (*system)
        return finding_say(why, FINDING_SYSTEM_UNKNOWN, levels->id, arena, "`%s`", *system);
    *system = only;
    return VERDICT_FINE;
}

/* ---- a grade in it ---------------------------------------------------------------------------
 */

/* `A` of `A (4.00; 95-100)`. */
static bool begins_label(const char *label, const char *grade)
{
    size_t size = strlen(grade);
    return size && strncmp(label, grade, size) == 0 &&
           (!label[size] || strncmp(label + size, " (", 2) == 0);
}

static bool row_holds(const struct levels_row *row, const char *grade)
{
    struct mark from, to, mark;
    if (range_read(row, &from, &to))
        return mark_read(grade, &mark) && mark_compare(from, mark) <= 0 &&
               mark_compare(mark, to) <= 0;
    return begins_label(row->from, grade);
}

/* Whether there are numbers on both sides of it. */
static enum finding_reason place_of(const struct levels *levels, const char *system,
                                    const char *grade)
{
    struct mark from, to, mark;
    bool below = false, above = false;
    if (!mark_read(grade, &mark))
        return FINDING_LEVEL_UNKNOWN;
    for (size_t i = 0; i < levels->count; i++) {
        const struct levels_row *row = &levels->rows[i];
        if (strcmp(row->system, system) != 0 || !range_read(row, &from, &to))
            continue;
        below = below || mark_compare(to, mark) < 0;
        above = above || mark_compare(mark, from) < 0;
    }
    if (!below && !above)
        return FINDING_LEVEL_UNKNOWN;
    return below && above ? FINDING_LEVEL_GAP : FINDING_LEVEL_OUTSIDE;
}

enum verdict levels_find(const struct levels *levels, const char *system, const char *grade,
                         struct arena *arena, const struct levels_row **out, struct finding *why)
{
    const struct levels_row *found = NULL;
    assert(levels->count);
    TRY(system_check(levels, &system, arena, why));
    for (size_t i = 0; i < levels->count; i++) {
        const struct levels_row *row = &levels->rows[i];
        if (strcmp(row->system, system) != 0 || !row_holds(row, grade))
            continue;
        if (found && strcmp(found->level, row->level) != 0)
            return finding_say(why, FINDING_LEVEL_TWO, levels->id, arena,
                               "`%s` in `%s` (%s to %s) and in `%s` (%s to %s)", grade,
                               found->level, found->from, found->to, row->level, row->from,
                               row->to);
        found = found ? found : row;
    }
    if (!found)
        return finding_say(why, place_of(levels, system, grade), levels->id, arena,
                           "`%s` in the scale `%s`", grade, system);
    *out = found;
    return VERDICT_FINE;
}

enum verdict levels_back(const struct levels *levels, const char *system, const char *level,
                         struct arena *arena, const struct levels_row **out, struct finding *why)
{
    const struct levels_row *found = NULL;
    assert(levels->count);
    TRY(system_check(levels, &system, arena, why));
    for (size_t i = 0; i < levels->count; i++) {
        const struct levels_row *row = &levels->rows[i];
        if (strcmp(row->system, system) != 0 || strcmp(row->level, level) != 0)
            continue;
        if (found || strcmp(row->from, row->to) != 0)
            return finding_say(why, FINDING_LEVEL_RANGE, levels->id, arena,
                               "`%s` from `%s` to `%s`", level, found ? found->from : row->from,
                               row->to);
        found = row;
    }
    if (!found)
        return finding_say(why, FINDING_LEVEL_UNKNOWN, levels->id, arena,
                           "no grade for the level `%s`", level);
    *out = found;
    return VERDICT_FINE;
}
