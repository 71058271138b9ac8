#include "grade/grading.h"

#include "grade/decimal.h"

#include <assert.h>
#include <string.h>

enum { PERCENTS_MIN = 99500000, PERCENTS_MAX = 100500000 };

/* What is looked at, and where it is said. */
struct look {
    const struct grading *grading;
    const uint16_t *ordered; /* places in the table, best first; once the order was looked at */
    struct arena *arena;
    struct finding *why;
};

static const struct grading_grade *ordered(const struct look *look, size_t rank)
{
    return &look->grading->grades[look->ordered[rank]];
}

static bool passes(const struct grading_grade *grade)
{
    return grade->passing != GRADING_FAILS;
}

/* ---- the steps -------------------------------------------------------------------------------
 */

static enum verdict count_check(const struct look *look)
{
    size_t count = look->grading->count;
    if (count >= 2 && count <= GRADING_MAX)
        return VERDICT_FINE;
    return finding_say(look->why, FINDING_TABLE_EMPTY, look->grading->id, look->arena, "%zu",
                       count);
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

static bool label_fits(const char *label)
{
    size_t size = label ? strlen(label) : 0;
    return size && characters(label) <= GRADING_LABEL_MAX && label[0] != ' ' &&
           label[size - 1] != ' ' && !strpbrk(label, "\n\r\t");
}

/* Labels that differ mostly differ here (FNV-1a), so that few are compared letter by letter. */
static uint32_t label_sum(const char *label)
{
    uint32_t sum = 2166136261u;
    for (; *label; label++)
        sum = (sum ^ (uint8_t)*label) * 16777619u;
    return sum;
}

static enum verdict labels_check(const struct look *look)
{
    const struct grading *grading = look->grading;
    uint32_t sums[GRADING_MAX];
    for (size_t i = 0; i < grading->count; i++) {
        const char *label = grading->grades[i].label;
        if (!label_fits(label))
            return finding_say(look->why, FINDING_LABEL, grading->id, look->arena, "row %zu",
                               i + 1);
        sums[i] = label_sum(label);
        for (size_t j = 0; j < i; j++)
            if (sums[i] == sums[j] && strcmp(label, grading->grades[j].label) == 0)
                return finding_say(look->why, FINDING_TWICE, grading->id, look->arena, "`%s`",
                                   label);
    }
    return VERDICT_FINE;
}

/* Puts each grade at its rank. */
static enum verdict order_check(const struct look *look, uint16_t *places)
{
    const struct grading *grading = look->grading;
    bool taken[GRADING_MAX] = {false};
    for (size_t i = 0; i < grading->count; i++) {
        const struct grading_grade *grade = &grading->grades[i];
        if (grade->rank < 1 || grade->rank > grading->count)
            return finding_say(look->why, FINDING_UNORDERED, grading->id, look->arena,
                               grade->rank ? "`%s` with rank %u of %zu grades" : "`%s` without one",
                               grade->label, grade->rank, grading->count);
        if (taken[grade->rank - 1])
            return finding_say(look->why, FINDING_UNORDERED, grading->id, look->arena,
                               "`%s` and `%s` with rank %u",
                               grading->grades[places[grade->rank - 1]].label, grade->label,
                               grade->rank);
        taken[grade->rank - 1] = true;
        places[grade->rank - 1] = (uint16_t)i;
    }
    return VERDICT_FINE;
}

/* All of one kind: where every grade has a count, counts are what is meant. */
static enum verdict shares_check(const struct look *look, bool *counted)
{
    const struct grading *grading = look->grading;
    size_t counts = 0, percents = 0, without = 0;
    for (size_t i = grading->count; i-- > 0;) {
        const struct grading_grade *grade = ordered(look, i);
        counts += grade->has_count;
        percents += grade->has_percent;
        if (!grade->has_count && !grade->has_percent)
            without = i + 1;
    }
    *counted = counts == grading->count;
    if ((counts == grading->count || !counts) && (percents == grading->count || !percents) &&
        counts + percents)
        return VERDICT_FINE;
    if (without)
        return finding_say(look->why, FINDING_SHARES, grading->id, look->arena, "`%s` with neither",
                           ordered(look, without - 1)->label);
    return finding_say(look->why, FINDING_SHARES, grading->id, look->arena,
                       "%zu counts and %zu percentages for %zu grades", counts, percents,
                       grading->count);
}

static enum verdict sum_check(const struct look *look)
{
    const struct grading *grading = look->grading;
    uint64_t sum = 0;
    for (size_t i = 0; i < grading->count; i++)
        sum += grading->grades[i].percent;
    if (!grading->grades[0].has_percent || (sum >= PERCENTS_MIN && sum <= PERCENTS_MAX))
        return VERDICT_FINE;
    const char *text = decimal_text((int64_t)sum, DECIMAL_PLACES_MAX, look->arena);
    return finding_say(look->why, FINDING_SUM, grading->id, look->arena, "%s", text ? text : "");
}

static enum verdict passing_check(const struct look *look)
{
    const struct grading *grading = look->grading;
    for (size_t i = 0; i < grading->count; i++) {
        const struct grading_grade *grade = ordered(look, i);
        if (grading->with_fails && grade->passing == GRADING_UNSAID)
            return finding_say(look->why, FINDING_PASSING_UNSAID, grading->id, look->arena,
                               "`%s` without it", grade->label);
        if (i && passes(grade) && !passes(ordered(look, i - 1)))
            return finding_say(look->why, FINDING_FAILS_BETWEEN, grading->id, look->arena,
                               "`%s`, which fails, above `%s`", ordered(look, i - 1)->label,
                               grade->label);
    }
    return VERDICT_FINE;
}

/* ---- the intervals ---------------------------------------------------------------------------
 */

static void intervals_cut(const struct look *look, struct grading_cut *cut)
{
    for (size_t i = 0; i < look->grading->count && passes(ordered(look, i)); i++) {
        const struct grading_grade *grade = ordered(look, i);
        cut->places[cut->count++] = look->ordered[i];
        cut->total += cut->counted ? grade->count : grade->percent;
        cut->borders[cut->count] = cut->total;
    }
    assert(cut->total <= (uint64_t)GRADING_MAX * UINT32_MAX);
}

static enum verdict cut_check(const struct look *look, const struct grading_cut *cut)
{
    const char *id = look->grading->id;
    size_t given = 0;
    for (size_t i = 0; i < cut->count; i++)
        given += cut->borders[i + 1] > cut->borders[i];
    if (cut->total > RATIO_MAX)
        return finding_say(look->why, FINDING_MANY, id, look->arena, "%llu",
                           (unsigned long long)cut->total);
    if (cut->count < 2)
        return finding_say(look->why, FINDING_UNRANKED, id, look->arena, "%zu", cut->count);
    if (cut->counted && cut->total < GRADING_COUNT_MIN)
        return finding_say(look->why, FINDING_FEW, id, look->arena, "%llu",
                           (unsigned long long)cut->total);
    if (given < 2)
        return finding_say(look->why, FINDING_UNRANKED, id, look->arena, "%zu that was ever given",
                           given);
    return VERDICT_FINE;
}

enum verdict grading_cut(const struct grading *grading, struct arena *arena,
                         struct grading_cut *out, struct finding *why)
{
    uint16_t places[GRADING_MAX];
    struct grading_cut cut = {.grading = grading};
    const struct look look = {grading, places, arena, why};
    TRY(count_check(&look));
    TRY(labels_check(&look));
    TRY(order_check(&look, places));
    TRY(shares_check(&look, &cut.counted));
    TRY(sum_check(&look));
    TRY(passing_check(&look));
    intervals_cut(&look, &cut);
    TRY(cut_check(&look, &cut));
    *out = cut;
    return VERDICT_FINE;
}

const char *grading_label(const struct grading_cut *cut, size_t place)
{
    assert(place < cut->count);
    return cut->grading->grades[cut->places[place]].label;
}

struct ratio grading_border(const struct grading_cut *cut, size_t place)
{
    assert(place <= cut->count);
    return (struct ratio) {cut->borders[place], cut->total};
}
