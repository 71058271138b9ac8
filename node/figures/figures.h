/* A year in numbers: every mobility of an institution counted once, in all the ways that reports
 * show. Reads the facts beside the dossiers' rows and no record.
 *
 * Stays are counted, not people: nothing here knows who had two of them. */
#pragma once

#include "admin/scope.h"
#include "figures/group.h"
#include "record/dossier.h"
#include "store/store.h"
#include "trust/catalogue.h"

enum figures_by {
    FIGURES_BY_YEAR, /* all together */
    FIGURES_BY_PARTNER,
    FIGURES_BY_COUNTRY,
    FIGURES_BY_KIND,
    FIGURES_BY_FIELD, /* broad field of ISCED-F */
    FIGURES_BY_UNIT,
    FIGURES_BY_GROUP, /* of partners: a stay counts in each that its partner is in */
    FIGURES_BY_COUNT
};

enum { FIGURES_OUT, FIGURES_IN, FIGURES_WAYS };
enum { FIGURES_LINES_MAX = 60000, FIGURES_DAYS_MAX = 400, FIGURES_KINDS = 8 };

/* Between two days that are both known. */
struct figures_days {
    uint64_t count, sum;
};

/* What one way's dossiers come to. nominated = stays + open + refused + withdrawn. */
struct figures_side {
    uint64_t nominated;
    uint64_t stays;     /* a place was given, and not taken back */
    uint64_t open;      /* waits for an answer, or on the waiting list */
    uint64_t refused;   /* by the host, or by a rule */
    uint64_t withdrawn; /* or the acceptance was revoked */
    uint64_t transcripts, recognitions;
    uint64_t taken, passed, recognised; /* hundredths, of those with a transcript */
    struct figures_days decision;       /* from nomination to decision */
    struct figures_days transcript;     /* from the last day of the stay to the transcript */
};

struct figures_line {
    enum figures_by by;
    uint32_t year;      /* 2026: 2026/2027; 0: of what cannot be read any more */
    const char *group;  /* in words: SCHAC, country, kind, field, unit; empty: of none */
    const char *within; /* a partner's country, else NULL */
    struct figures_side sides[FIGURES_WAYS];
};

/* Of one year: how often each number of days came (the last: so many and more), and stays by kind.
 */
struct figures_year {
    uint32_t year;
    uint32_t decision[FIGURES_WAYS][FIGURES_DAYS_MAX + 1];
    uint32_t transcript[FIGURES_WAYS][FIGURES_DAYS_MAX + 1];
    uint64_t stays[FIGURES_WAYS][FIGURES_KINDS];
};

/* How many dossiers stand there, and since when the one that stands there longest. */
struct figures_step {
    uint64_t count, since; /* seconds; 0: none */
};

struct figures {
    struct figures_line *lines; /* by way of counting, year, within, group */
    size_t count;
    struct figures_year *years; /* ascending */
    size_t year_count;
    uint64_t dossiers;
    struct figures_step steps[FIGURES_WAYS][DOSSIER_STATE_COUNT];
};

struct figures_ask {
    struct store *store;
    const struct catalogue *catalogue; /* for countries */
    const char *own;
    const Peregrin__PartnerGroups *groups; /* NULL: none */
    uint32_t first, last;                  /* years, both included; 0, 0: all */
    unsigned ways;                         /* bit n: by n; all together always */
    const struct scope *scope; /* departments of `own` that are counted; NULL: all of it */
};

/* FAULT_MEMORY also above FIGURES_LINES_MAX lines. */
enum fault figures_count(const struct figures_ask *ask, struct arena *arena, struct figures *out);

/* The lines of one way of counting, and how many. */
const struct figures_line *figures_lines(const struct figures *figures, enum figures_by by,
                                         size_t *count);
/* All together of a year; all zero where there is none. */
struct figures_line figures_total(const struct figures *figures, uint32_t year);
/* NULL: nothing was counted in it. */
const struct figures_year *figures_year(const struct figures *figures, uint32_t year);

/* The middle one, twice: two of the middle's days, so that halves are whole. 0 of none. */
uint32_t figures_median_twice(const uint32_t *counts, size_t size);

/* `partner`, ... and back; FIGURES_BY_COUNT: none. */
const char *figures_by_code(enum figures_by by);
enum figures_by figures_by_find(const char *code);
/* `2026/2027`; `unknown` for 0. In the arena. */
const char *figures_year_text(uint32_t year, struct arena *arena);
/* False: no academic year. */
bool figures_year_read(const char *text, uint32_t *year);
/* `studies`, ...; `unknown` for what is none. */
const char *figures_kind_code(uint32_t mobility);
/* 0: there is none of this code. */
uint32_t figures_kind_find(const char *code);
