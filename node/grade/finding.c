#include "grade/finding.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

enum { GOT_MAX = 240 };

static const struct finding_row rows[] = {
    [FINDING_TABLE_MISSING] = {VERDICT_NOT_FOUND, "grade.table", "there is no such grading table",
                               "the id of a table that was imported",
                               "look at `peregrin grade table list`, or import one: `peregrin "
                               "grade table import FILE`"},
    [FINDING_TABLE_EMPTY] = {VERDICT_INVALID, "grade.count", "the table cannot hold these grades",
                             "2 to 100 grades", "ask the institution for its whole table"},
    [FINDING_LABEL] = {VERDICT_INVALID, "grade.label", "a grade of the table cannot be shown",
                       "1 to 32 characters on one line",
                       "write each grade as the transcript has it"},
    [FINDING_TWICE] = {VERDICT_INVALID, "grade.once", "a grade stands in the table twice",
                       "each grade once", "put the rows of this grade together, or rename one"},
    [FINDING_UNORDERED] = {VERDICT_INVALID, "grade.order",
                           "the table does not say which grade is better",
                           "ranks from 1, the best, without gaps and each once",
                           "number the grades from the best to the worst"},
    [FINDING_SHARES] = {VERDICT_INVALID, "grade.shares", "grades of the table have no share",
                        "a count for every grade, or a percentage for every grade",
                        "fill in what is missing: a grade that nobody got has 0"},
    [FINDING_SUM] = {VERDICT_INVALID, "grade.sum", "the table's percentages are not a whole",
                     "a sum from 99.5 to 100.5", "ask the institution for the table with counts"},
    [FINDING_PASSING_UNSAID] = {VERDICT_INVALID, "grade.passing",
                                "the table counts fails, and does not say which grades they are",
                                "which grades fail",
                                "add a column `passing` with yes and no, or import it with "
                                "--fails TABLE=GRADE, the best grade that fails"},
    [FINDING_FAILS_BETWEEN] = {VERDICT_INVALID, "grade.fails_last",
                               "a grade that fails ranks above one that passes",
                               "grades that fail below all that pass",
                               "correct the order, or which grades pass"},
    [FINDING_FEW] = {VERDICT_INVALID, "grade.few", "the table stands on too few grades",
                     "at least 30 grades that passed",
                     "take a table of more years or of a broader field"},
    [FINDING_MANY] = {VERDICT_TOO_LARGE, "grade.many", "the table's counts are beyond the limit",
                      "at most 2,000,000,000 in all", "correct the counts"},
    [FINDING_UNRANKED] = {VERDICT_INVALID, "grade.unranked",
                          "pass and fail have no rank: nothing can be converted",
                          "at least two grades that pass", "recognise the credits without a grade"},
    [FINDING_GRADE_UNKNOWN] = {VERDICT_NOT_FOUND, "grade.unknown", "this grade is not in the table",
                               "one of the table's grades",
                               "write it as the table does: `peregrin grade table show`"},
    [FINDING_GRADE_FAILS] = {VERDICT_INVALID, "grade.fails",
                             "this grade fails: there is nothing to convert", "a grade that passes",
                             "recognise nothing, with the reason failed"},
    [FINDING_GRADE_UNUSED] = {VERDICT_INVALID, "grade.unused",
                              "nobody got this grade: it has no place among the others",
                              "a grade with a share above 0",
                              "take a table of more years, or decide by hand"},
    [FINDING_RULE_UNKNOWN] = {VERDICT_INVALID, "grade.rule", "this rule is not known",
                              "minimum, middle or maximum",
                              "take the rule that your institution has published"},
    [FINDING_MIXED] = {VERDICT_INVALID, "grade.mixed", "these two tables cannot be compared",
                       "two tables with distributions, or two scales of one table of levels",
                       "take the table of levels only where one of the distributions is missing"},
    [FINDING_LEVEL_BOUNDS] = {VERDICT_INVALID, "level.bounds", "a row of the table has no range",
                              "two numbers, the lower first, or the same text twice",
                              "correct the row's from and to"},
    [FINDING_SYSTEM_UNKNOWN] = {VERDICT_NOT_FOUND, "level.system",
                                "the table of levels does not have this scale",
                                "one of the table's scales", "write it as TABLE/SCALE"},
    [FINDING_LEVEL_UNKNOWN] = {VERDICT_NOT_FOUND, "level.unknown",
                               "the scale does not have this grade", "a grade of the scale",
                               "write it as the table does: `peregrin grade table show`"},
    [FINDING_LEVEL_OUTSIDE] = {VERDICT_INVALID, "level.outside", "the grade lies outside the scale",
                               "a grade within the scale",
                               "correct the grade, or take another table"},
    [FINDING_LEVEL_GAP] = {VERDICT_INVALID, "level.gap",
                           "the grade lies in a gap of the table as it was published",
                           "a grade within one of the ranges", "decide by hand, and say why"},
    [FINDING_LEVEL_TWO] = {VERDICT_INVALID, "level.two",
                           "the grade stands in two ranges of the table as it was published",
                           "one level", "decide by hand, and say why"},
    [FINDING_LEVEL_RANGE] = {VERDICT_INVALID, "level.range",
                             "the level has more than one grade in this scale", "one grade",
                             "choose one of them by hand, and say why"},
};

static_assert(sizeof rows / sizeof *rows == FINDING_COUNT, "one row for each reason");

const struct finding_row *finding_row(enum finding_reason reason)
{
    assert(reason > FINDING_NONE && reason < FINDING_COUNT);
    return &rows[reason];
}

enum verdict finding_say(struct finding *out, enum finding_reason reason, const char *table,
                         struct arena *arena, const char *got, ...)
{
    char text[GOT_MAX];
    va_list values;
    va_start(values, got);
    vsnprintf(text, sizeof text, got, values);
    va_end(values);
    *out = (struct finding) {reason, table, arena_text(arena, bytes_text(text))};
    return finding_row(reason)->verdict;
}

const char *finding_sentence(const struct finding *why, struct arena *arena)
{
    const struct finding_row *row = finding_row(why->reason);
    const char *text =
        arena_format(arena, "%s%s%s%s%s", why->table ? why->table : "", why->table ? ": " : "",
                     row->sentence, why->got ? ": " : "", why->got ? why->got : "");
    return text ? text : row->sentence;
}
