/* Grading tables as they are published: a row for each grade, several tables in a file. Two forms,
 * told apart by their titles: distributions (`table_id, rank_best_first, grade, count, percent,
 * passing`) and tables of levels (`table_id, system, target_grade, from, to`).
 *
 * What a cell says is read here; whether a table can be used is grade/grading.h's matter. */
#pragma once

#include "grade/grading.h"
#include "grade/levels.h"
#include "sheet/sheet.h"

enum {
    SHEET_GRADING_ROWS_MAX = 5000,
    SHEET_GRADING_TABLES_MAX = 200,
    SHEET_GRADING_TEXT_MAX = 256, /* bytes of a cell */
    SHEET_GRADING_PROBLEMS_MAX = 100,
};

struct sheet_grading_table {
    const char *id;
    /* As the first row of the table has them; NULL: not said. */
    const char *institution, *erasmus_code, *country, *scope, *period, *source;
    size_t row;             /* the first */
    struct grading grading; /* count 0 in a table of levels */
    struct levels levels;   /* count 0 in a distribution */
};

struct sheet_grading_problem {
    size_t row;
    const char *column, *cell, *expected;
};

struct sheet_grading {
    struct sheet_grading_table *tables; /* in the order of their first rows */
    size_t count;
    struct sheet_grading_problem *problems; /* a row with one is in no table */
    size_t problem_count;
    struct sheet_refusal refusal; /* of the whole file; `expected` NULL: none */
};

/* FAULT_MEMORY when the arena is spent. */
enum fault sheet_grading_read(struct bytes content, const char *encoding, struct arena *arena,
                              struct sheet_grading *out);

/* By its id; NULL when the file has none of it. */
struct sheet_grading_table *sheet_grading_find(const struct sheet_grading *tables, const char *id);

/* Says that this grade and all below it fail, and those above pass. False: there is no such grade.
 */
bool sheet_grading_fails(struct sheet_grading_table *table, const char *grade);
