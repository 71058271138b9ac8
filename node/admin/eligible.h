/* The rules of eligibility asked with what this node knows: countries of the catalogue, the
 * agreement that a nomination names, the person's other stays. */
#pragma once

#include "admin/stays.h"
#include "trust/catalogue.h"

/* Kept from one request to the next. */
struct eligible {
    const struct dated *settings;
    struct stays *stays; /* NULL: other stays are not known */
};

/* The agreement that was asked about last: a list names the same again and again. Zero at first;
 * its texts live in the arena of the calls. */
struct eligible_memo {
    const char *name, *host;
    const Peregrin__Terms *terms;
    struct store_place place; /* of the agreement */
    bool in_force;
};

struct eligible_case {
    struct store *store;
    const struct catalogue *catalogue;
    const char *home, *host; /* SCHAC */
    const char *own;         /* one of the two */
    const Peregrin__Nomination *nomination;
    const struct header_dossier *dossier; /* its own; NULL: not sent yet */
    int64_t said_on;                      /* or ELIGIBILITY_DAY_UNKNOWN */
    struct eligible_memo *memo;           /* of one list, by one home; or NULL */
};

/* All that is broken or was not checked, in the arena, by the steps of the ladder. */
struct eligible_findings {
    const struct eligibility_finding *rows;
    size_t count;
};
enum fault eligible_check(const struct eligible *eligible, const struct eligible_case *subject,
                          struct arena *arena, struct eligible_findings *out);

/* The first that refuses, the number of those that warn; NULL and 0: none. */
const struct eligibility_finding *eligible_refusal(const struct eligible_findings *findings);
size_t eligible_warnings(const struct eligible_findings *findings);

/* As stays_refresh; does nothing without. */
enum fault eligible_refresh(const struct eligible *eligible, struct store *store,
                            struct arena *arena);

/* What stands in place of expected where a nomination is refused: `at least 60 days, got 59 days`.
 * NULL when the arena is spent. */
const char *eligible_expected(const struct eligibility_finding *finding, struct arena *arena);
