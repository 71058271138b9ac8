/* A list of nominations, as spreadsheets save it, becomes drafts: checked cell by cell, nothing
 * kept until it is confirmed, and the same rows again change nothing.
 *
 * What is wrong is said as row, column and code, with what is expected and what to do; a cell's own
 * content is never repeated. */
#pragma once

#include "store/store.h"
#include "trust/catalogue.h"

enum {
    IMPORT_ROWS_MAX = 5000,
    IMPORT_SIZE_MAX = 8 * 1024 * 1024,
    IMPORT_PROBLEMS_MAX = 2000, /* told; the others are counted */
};

struct import_problem {
    size_t row;         /* as the spreadsheet counts; 0: the file as a whole */
    const char *column; /* NULL: the whole row */
    const char *code, *rule, *expected, *remedy;
};

/* What to import, for which of our institutions. */
struct import {
    struct store *store;
    const struct catalogue *catalogue;
    const char *own; /* SCHAC */
    struct bytes content;
    bool confirm;  /* keep the drafts; in an open transaction */
    bool skip_bad; /* keep the good rows even where others are bad */
    struct instant now;
};

struct import_result {
    size_t rows;  /* that are not blank, without the header */
    size_t ready; /* without a problem: new, unchanged and changed ones */
    size_t bad;
    size_t unchanged;                      /* drafts with the same content, sent or not */
    size_t changed;                        /* drafts whose content is another now */
    size_t stored;                         /* drafts written */
    const struct import_problem *problems; /* in the order of rows */
    size_t problem_count, problems_left_out;
    const size_t *ignored; /* numbers of columns that are not known, from 1 */
    size_t ignored_count;
};

/* All in the arena. FAULT_MEMORY when it is spent. Nothing is stored unless confirm, and, when a
 * row is bad, skip_bad. */
enum fault import_run(const struct import *import, struct arena *arena, struct import_result *out);
