/* Files of evidence held against one anchor, on as many cores as are asked for, and what came of
 * it: the same whatever their number. */
#pragma once

#include "verify/verify_pool.h"

enum { VERIFY_BAD_MAX = 20 };

struct verify_order {
    const char *const *paths; /* files, folders, or `-`: standard input */
    size_t path_count;
    const struct digest *anchor;
    unsigned jobs; /* 0: as many as there are cores */
    void *self;
    /* From time to time, with the bytes that were read and that there are; false ends it. */
    bool (*progress)(void *self, uint64_t done, uint64_t total);
};

struct verify_report {
    unsigned jobs;
    uint64_t files, total, receipted, with_body;   /* evidences; the last two: of the valid ones */
    uint64_t verdicts[VERDICT_COUNT];              /* VERDICT_FINE: the valid ones */
    struct verify_pool_result bad[VERIFY_BAD_MAX]; /* the first ones, in the order of the input */
    size_t bad_count;
    struct bytes only; /* the bytes of the one evidence, where one alone was to be checked */
    bool stopped;      /* progress ended it: what was read by then is counted */
    const char *path;  /* with FAULT_FILE: what could not be read, and errno */
    int problem;
};

/* The report and what it points to live in the arena, which holds a copy of a single evidence. */
enum fault verify_run(const struct verify_order *order, struct arena *arena,
                      struct verify_report *out);
