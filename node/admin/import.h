/* A list of nominations, as spreadsheets save it, becomes drafts: checked cell by cell, nothing
 * kept until it is confirmed, and the same rows again change nothing.
 *
 * What is wrong is said as row, column and code, with what is expected and what to do; a cell's own
 * content is never repeated. */
#pragma once

#include "admin/scope.h"
#include "admin/eligible.h"
#include "sheet/sheet_date.h"
#include "trust/catalogue.h"

enum {
    IMPORT_ROWS_MAX = 5000,
    IMPORT_PROBLEMS_MAX = 2000, /* told; the others are counted */
    IMPORT_FIELDS_MAX = 24,
    IMPORT_WARNINGS_MAX = 5000, /* told; the others are counted */
};

struct import_problem {
    size_t row;         /* as the spreadsheet counts; 0: the file as a whole */
    const char *column; /* our name of it; NULL: the whole row */
    size_t place;       /* of the column in the file, from 1; 0: it has none */
    const char *code, *rule, *expected, *remedy;
};

/* A cell that was not understood, and what was taken in its place. */
struct import_fix {
    size_t row, place;
    const char *column, *taken;
};

/* A rule of eligibility that a row breaks, though nobody refuses it: it is told. */
struct import_warning {
    size_t row;
    const struct eligibility_finding *finding;
};

/* A row that differs from what was sent: it changes by an amendment. */
struct import_amendment {
    size_t row;
    const char *partner;
    struct store_place place;
    struct bytes body;               /* the new revision */
    const struct store_draft *draft; /* the one it was sent from; NULL: none */
    const char *fields[IMPORT_FIELDS_MAX];
    size_t field_count;
};

/* What to import, for which of our institutions. */
struct import {
    struct store *store;
    const struct catalogue *catalogue;
    const char *own;                 /* SCHAC */
    const struct eligible *eligible; /* NULL: rules of eligibility are not asked */
    struct bytes content;
    const char *encoding; /* NULL: by its letters */
    const char *sheet;    /* NULL: the one that looks like a list */
    const char *rows;     /* `3,7-20`; NULL: all */
    enum sheet_date_order dates;
    bool hidden;   /* hidden rows as well */
    bool fix;      /* take the nearest where a cell is not understood */
    bool confirm;  /* keep the drafts; in an open transaction */
    bool skip_bad; /* keep the good rows even where others are bad */
    struct instant now;
    struct scope scope; /* of departments of `own`: rows of others are bad */
    const char *unit;   /* of rows that say none; NULL: none */
};

struct import_result {
    size_t rows;  /* that are not blank, without the header */
    size_t ready; /* without a problem: new, unchanged and changed ones, and those to be amended */
    size_t bad;
    size_t unchanged;                      /* drafts with the same content, sent or not */
    size_t withdrawn;                      /* of these: what was sent is withdrawn */
    size_t changed;                        /* drafts whose content is another now */
    size_t stored;                         /* drafts written */
    size_t hidden;                         /* rows left out because they are hidden */
    const struct import_problem *problems; /* in the order of rows */
    size_t problem_count, problems_left_out;
    const struct import_fix *fixes;
    size_t fix_count;
    const struct import_warning *warnings; /* in the order of rows, by the steps of the ladder */
    size_t warning_count, warnings_left_out;
    const struct import_amendment *amendments; /* nothing is sent here: that is the caller's */
    size_t amendment_count;
    const size_t *ignored; /* numbers of columns that are not known, from 1 */
    size_t ignored_count;
    /* How the file was read: NULL or 0 where there is none. */
    const char *sheet, *encoding;
    const char *dates; /* `d.m.yyyy` */
    bool dates_open;   /* which of day and month comes first has to be asked */
    size_t header_row;
};

/* All in the arena. FAULT_MEMORY when it is spent. Nothing is stored unless confirm, and, when a
 * row is bad, skip_bad. */
enum fault import_run(const struct import *import, struct arena *arena, struct import_result *out);
