#include "grade/convert.h"

#include <assert.h>
#include <string.h>

static const char *const words[] = {
    [CONVERT_MINIMUM] = "minimum",
    [CONVERT_MIDDLE] = "middle",
    [CONVERT_MAXIMUM] = "maximum",
};

static_assert(sizeof words / sizeof *words == CONVERT_COUNT, "one word for each rule");

const char *convert_rule_word(unsigned rule)
{
    return rule < CONVERT_COUNT ? words[rule] : NULL;
}

enum convert_rule convert_rule_find(const char *word)
{
    for (unsigned rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++)
        if (strcmp(words[rule], word) == 0)
            return (enum convert_rule)rule;
    return CONVERT_NONE;
}

/* ---- the host's grade ------------------------------------------------------------------------
 */

static enum verdict not_passing(const struct grading *grading, const char *grade,
                                struct arena *arena, struct finding *why)
{
    for (size_t i = 0; i < grading->count; i++)
        if (strcmp(grading->grades[i].label, grade) == 0)
            return finding_say(why, FINDING_GRADE_FAILS, grading->id, arena, "`%s`", grade);
    return finding_say(why, FINDING_GRADE_UNKNOWN, grading->id, arena, "`%s`", grade);
}

static enum verdict host_find(const struct grading_cut *host, const char *grade,
                              struct arena *arena, size_t *place, struct finding *why)
{
    size_t at = 0;
    while (at < host->count && strcmp(grading_label(host, at), grade) != 0)
        at++;
    if (at == host->count)
        return not_passing(host->grading, grade, arena, why);
    if (host->borders[at] == host->borders[at + 1])
        return finding_say(why, FINDING_GRADE_UNUSED, host->grading->id, arena, "`%s` with 0",
                           grade);
    *place = at;
    return VERDICT_FINE;
}

/* ---- the home's ------------------------------------------------------------------------------
 */

/* More than a border in common. A home grade that nobody got has no inside, and overlaps none. */
static bool overlaps(const struct grading_cut *home, size_t place, struct ratio best,
                     struct ratio worst)
{
    return home->borders[place] < home->borders[place + 1] &&
           ratio_compare(grading_border(home, place), worst) < 0 &&
           ratio_compare(best, grading_border(home, place + 1)) < 0;
}

static size_t middle_find(const struct grading_cut *home, size_t first, struct ratio best,
                          struct ratio worst)
{
    size_t place = first;
    while (ratio_middle_compare(best, worst, grading_border(home, place + 1)) > 0)
        place++;
    return place;
}

enum verdict convert_grade(const struct grading_cut *host, const struct grading_cut *home,
                           const char *grade, enum convert_rule rule, struct arena *arena,
                           struct convert_answer *out, struct finding *why)
{
    struct convert_answer answer = {.first = home->count};
    assert(rule > CONVERT_NONE && rule < CONVERT_COUNT);
    TRY(host_find(host, grade, arena, &answer.host, why));
    struct ratio best = grading_border(host, answer.host);
    struct ratio worst = grading_border(host, answer.host + 1);
    for (size_t i = 0; i < home->count; i++) {
        if (!overlaps(home, i, best, worst))
            continue;
        answer.first = answer.first < i ? answer.first : i;
        answer.last = i;
    }
    assert(answer.first <= answer.last);
    if (rule == CONVERT_MIDDLE)
        answer.home = middle_find(home, answer.first, best, worst);
    else
        answer.home = rule == CONVERT_MAXIMUM ? answer.first : answer.last;
    assert(answer.home >= answer.first && answer.home <= answer.last);
    *out = answer;
    return VERDICT_FINE;
}
