#include "report/grade_view.h"

#include <assert.h>
#include <string.h>

/* What is said of a conversion by distributions. */
struct told {
    const struct grade_view_ask *ask;
    const struct grading_cut *host, *home;
    const struct convert_answer *answer;
    enum convert_rule rule;
    struct arena *arena;
};

/* ---- the tables ------------------------------------------------------------------------------
 */

static json_t *spans_json(const struct grading_cut *cut)
{
    json_t *list = json_array();
    for (size_t i = 0; i < cut->count; i++)
        json_array_append_new(list, json_pack("{s:s, s:I, s:I}", "grade", grading_label(cut, i),
                                              "begins", (json_int_t)cut->borders[i], "ends",
                                              (json_int_t)cut->borders[i + 1]));
    return list;
}

static json_t *side_json(const struct grading_cut *cut, size_t first, size_t last, size_t place)
{
    return json_pack("{s:s, s:n, s:s, s:I, s:o, s:I, s:I, s:I}", "table", cut->grading->id, "scale",
                     "shares", cut->counted ? "counts" : "percentages", "total",
                     (json_int_t)cut->total, "grades", spans_json(cut), "first", (json_int_t)first,
                     "last", (json_int_t)last, "place", (json_int_t)place);
}

/* ---- the steps -------------------------------------------------------------------------------
 */

static void step(json_t *steps, const char *text)
{
    json_array_append_new(steps, json_string(text ? text : ""));
}

static const char *border_text(const struct grading_cut *cut, size_t place, struct arena *arena)
{
    const char *text = ratio_text(grading_border(cut, place), arena);
    return text ? text : "";
}

static const char *table_text(const struct grading_cut *cut, struct arena *arena)
{
    size_t left_out = cut->grading->count - cut->count;
    const char *fails = left_out ? arena_format(arena, "; %zu that fail%s left out", left_out,
                                                left_out == 1 ? "s is" : " are")
                                 : "";
    if (cut->counted)
        return arena_format(arena, "%s: %zu grades pass, given %llu times in all%s",
                            cut->grading->id, cut->count, (unsigned long long)cut->total,
                            fails ? fails : "");
    return arena_format(arena, "%s: %zu grades pass, by percentages brought to 100 %%%s",
                        cut->grading->id, cut->count, fails ? fails : "");
}

static const char *host_text(const struct told *told)
{
    size_t place = told->answer->host;
    const struct grading_cut *host = told->host;
    return arena_format(told->arena, "`%s` stands from %s to %s of those who passed, best first",
                        told->ask->grade, border_text(host, place, told->arena),
                        border_text(host, place + 1, told->arena));
}

static const char *candidates_text(const struct told *told)
{
    const struct convert_answer *answer = told->answer;
    const char *text = NULL;
    for (size_t i = answer->first; i <= answer->last; i++) {
        if (told->home->borders[i] == told->home->borders[i + 1])
            continue;
        text = arena_format(told->arena, "%s%s`%s` (%s to %s)", text ? text : "", text ? ", " : "",
                            grading_label(told->home, i), border_text(told->home, i, told->arena),
                            border_text(told->home, i + 1, told->arena));
    }
    return arena_format(told->arena, "In %s this overlaps %s", told->home->grading->id,
                        text ? text : "");
}

static const char *rule_text(const struct told *told)
{
    const struct grading_cut *host = told->host;
    size_t place = told->answer->host;
    if (told->answer->first == told->answer->last)
        return "Only one grade overlaps: every rule gives the same";
    if (told->rule == CONVERT_MINIMUM)
        return "Rule minimum: the worst of them";
    if (told->rule == CONVERT_MAXIMUM)
        return "Rule maximum: the best of them";
    const struct ratio middle = {host->borders[place] + host->borders[place + 1], 2 * host->total};
    const char *where = middle.under <= RATIO_MAX ? ratio_text(middle, told->arena) : NULL;
    return arena_format(told->arena,
                        "Rule middle: the one that holds the middle%s%s; on a border, the better",
                        where ? ", " : "", where ? where : "");
}

static json_t *steps_json(const struct told *told)
{
    json_t *steps = json_array();
    step(steps, table_text(told->host, told->arena));
    step(steps, table_text(told->home, told->arena));
    step(steps, host_text(told));
    step(steps, candidates_text(told));
    step(steps, rule_text(told));
    step(steps, arena_format(told->arena, "`%s` becomes `%s`", told->ask->grade,
                             grading_label(told->home, told->answer->home)));
    return steps;
}

static enum verdict by_distribution(const struct grade_view_ask *ask, struct arena *arena,
                                    json_t **out, struct finding *why)
{
    struct grading_cut host, home;
    struct convert_answer answer;
    enum convert_rule rule = ask->rule ? convert_rule_find(ask->rule) : CONVERT_NONE;
    if (!rule)
        return finding_say(why, FINDING_RULE_UNKNOWN, NULL, arena, "%s",
                           ask->rule ? ask->rule : "none");
    TRY(grading_cut(ask->host.grading, arena, &host, why));
    TRY(grading_cut(ask->home.grading, arena, &home, why));
    TRY(convert_grade(&host, &home, ask->grade, rule, arena, &answer, why));
    const struct told told = {ask, &host, &home, &answer, rule, arena};
    *out = json_pack(
        "{s:s, s:s, s:s, s:s, s:n, s:o, s:o, s:o}", "by", "distribution", "grade", ask->grade,
        "result", grading_label(&home, answer.home), "rule", convert_rule_word(rule), "level",
        "host", side_json(&host, answer.host, answer.host, answer.host), "home",
        side_json(&home, answer.first, answer.last, answer.home), "steps", steps_json(&told));
    return VERDICT_FINE;
}

/* ---- levels ----------------------------------------------------------------------------------
 */

static json_t *level_side(const struct levels *levels, const char *scale)
{
    return json_pack("{s:s, s:s, s:n, s:n, s:[], s:n, s:n, s:n}", "table", levels->id, "scale",
                     scale, "shares", "total", "grades", "first", "last", "place");
}

static const char *range_text(const struct levels_row *row, struct arena *arena)
{
    return strcmp(row->from, row->to) == 0
               ? arena_format(arena, "`%s`", row->from)
               : arena_format(arena, "`%s` to `%s`", row->from, row->to);
}

static json_t *level_steps(const struct grade_view_ask *ask, const struct levels_row *found,
                           const struct levels_row *back, struct arena *arena)
{
    json_t *steps = json_array();
    const char *range = range_text(found, arena);
    step(steps, "No distribution is used: a table of levels says how good a grade is called, and "
                "not how rare it is");
    step(steps, arena_format(arena, "`%s` in %s is the level `%s`: %s", ask->grade, found->system,
                             found->level, range ? range : ""));
    if (back)
        step(steps, arena_format(arena, "The level `%s` in %s is `%s`, and nothing else",
                                 back->level, back->system, back->from));
    step(steps,
         arena_format(arena, "`%s` becomes `%s`", ask->grade, back ? back->from : found->level));
    return steps;
}

static enum verdict by_levels(const struct grade_view_ask *ask, struct arena *arena, json_t **out,
                              struct finding *why)
{
    const struct levels *levels = ask->host.levels, *home = ask->home.levels;
    const struct levels_row *found, *back = NULL;
    if (home && strcmp(home->id, levels->id) != 0)
        return finding_say(why, FINDING_MIXED, home->id, arena, "two tables of levels");
    TRY(levels_check(levels, arena, why));
    TRY(levels_find(levels, ask->host.scale, ask->grade, arena, &found, why));
    if (home)
        TRY(levels_back(levels, ask->home.scale, found->level, arena, &back, why));
    *out = json_pack("{s:s, s:s, s:s, s:n, s:s, s:o, s:o, s:o}", "by", "levels", "grade",
                     ask->grade, "result", back ? back->from : found->level, "rule", "level",
                     found->level, "host", level_side(levels, found->system), "home",
                     back ? level_side(levels, back->system) : json_null(), "steps",
                     level_steps(ask, found, back, arena));
    return VERDICT_FINE;
}

enum verdict grade_view_convert(const struct grade_view_ask *ask, struct arena *arena, json_t **out,
                                struct finding *why)
{
    const struct grade_view_side *host = &ask->host, *home = &ask->home;
    assert(!host->grading != !host->levels);
    if (host->grading && home->grading)
        return by_distribution(ask, arena, out, why);
    if (host->levels && !home->grading)
        return by_levels(ask, arena, out, why);
    if (!home->grading && !home->levels)
        return finding_say(why, FINDING_TABLE_MISSING, NULL, arena, "no table of the home");
    return finding_say(why, FINDING_MIXED, NULL, arena, "a distribution and levels");
}
