/* Calls, envelopes and grants in numbers. Sums are cents, and never of two currencies. */
#pragma once

#include "admin/grant.h"
#include "figures/figures_table.h"

enum figures_grants_by {
    FIGURES_GRANTS_ALL, /* all together */
    FIGURES_GRANTS_BY_ENVELOPE,
    FIGURES_GRANTS_BY_CALL,   /* within its envelope */
    FIGURES_GRANTS_BY_PEOPLE, /* students and staff */
    FIGURES_GRANTS_BY_KIND,   /* within these */
    FIGURES_GRANTS_BY_GROUP,  /* of priority */
    FIGURES_GRANTS_BY_COUNT
};

struct figures_grants_line {
    enum figures_grants_by by;
    uint32_t key, within;    /* within: the key of a line of the way of counting above it */
    const char *currency;    /* empty: of calls without an envelope */
    const char *name, *wide; /* in words; wide: of what it is within, NULL: of nothing */
    uint64_t waiting, granted, given_back;
    uint64_t asked;        /* by who waits */
    uint64_t has;          /* by who has a grant */
    uint64_t amount, left; /* of an envelope */
};

struct figures_grants {
    struct figures_grants_line *lines; /* by way of counting, currency, within, key */
    size_t count;
};

struct figures_grants_ask {
    struct store *store;
    const char *own;
    /* Which applications count. */
    bool (*sees)(const void *self, const Peregrin__Grant *grant);
    const void *self;
};

enum fault figures_grants_count(const struct figures_grants_ask *ask, struct arena *arena,
                                struct figures_grants *out);
/* Others count the same grants once more, so that their sums would tell of the few. */
bool figures_grants_is_public(enum figures_grants_by by);
/* By the rule of figures_hide.h, of those who have a grant: an envelope, and all together, are
 * published as a country is. Money is rounded to five thousand, of few nothing is told. */
void figures_grants_hide(struct figures_grants *grants);
/* open: for the public, hidden before; of who waits or gave back it then says nothing. */
enum fault figures_grants_table(const struct figures_grants *grants, enum figures_grants_by by,
                                bool open, struct arena *arena, struct figures_table *out);

/* `call`, ... and back; FIGURES_GRANTS_BY_COUNT: none. */
const char *figures_grants_code(enum figures_grants_by by);
enum figures_grants_by figures_grants_find(const char *code);
