/* The rules of eligibility asked with what this node knows: countries of the catalogue, the
 * agreement that a nomination names, the person's other stays, the host's calendar, the application
 * to a call. */
#pragma once

#include "admin/stays.h"
#include "base/instant.h"
#include "trust/catalogue.h"

/* Kept from one request to the next. */
struct eligible {
    const struct dated *settings;
    struct stays *stays; /* NULL: other stays are not known */
    struct look look;    /* before a partner's record is looked into */
};

/* What was read for the rows before: a list names the same hosts and agreements again and again.
 * Also counts the rows that are not sent yet, so that each hears how many of its list come before
 * it, and how long their own person would be away. Zero at first; lives in the arena of the calls.
 */
enum { ELIGIBLE_BUCKETS = 64 };
struct eligible_partner;
struct eligible_planned;
struct eligible_away;
struct eligible_memo {
    struct eligible_partner *partners[ELIGIBLE_BUCKETS];
    struct eligible_away *away[ELIGIBLE_BUCKETS]; /* by person */
    bool said; /* each row is said before the next one is asked about: none is only planned */
    enum eligible_applied { ELIGIBLE_UNSEEN, ELIGIBLE_NONE, ELIGIBLE_SOME } applied; /* to calls */
};

struct eligible_case {
    struct store *store;
    const struct catalogue *catalogue;
    const char *home, *host; /* SCHAC */
    const char *own;         /* one of the two */
    const Peregrin__Nomination *nomination;
    const struct header_dossier *dossier; /* its own; NULL: not sent yet */
    struct instant now;
    struct eligible_memo *memo; /* of one list; or NULL */
};

/* All that is broken or was not checked, in the arena, by the steps of the ladder. */
struct eligible_findings {
    const struct eligibility_finding *rows;
    size_t count;
    const Peregrin__Nomination *nomination; /* that was asked about, and who it is */
    struct stays_person person;
    struct eligible_planned *planned; /* whom it is counted with; NULL: with nobody */
};
enum fault eligible_check(const struct eligible *eligible, const struct eligible_case *subject,
                          struct arena *arena, struct eligible_findings *out);

/* The first that refuses, the number of those that warn; NULL and 0: none. */
const struct eligibility_finding *eligible_refusal(const struct eligible_findings *findings);
size_t eligible_warnings(const struct eligible_findings *findings);

/* As stays_refresh; does nothing without. */
enum fault eligible_refresh(const struct eligible *eligible, struct store *store,
                            struct arena *arena);
/* What was asked about was said, and opened this dossier by this record: where a memo says so, the
 * next one of its list is asked about with it. */
enum fault eligible_opened(const struct eligible *eligible, const struct store_place *place,
                           int64_t serial, const struct eligible_findings *findings);

/* What stands in place of expected where a nomination is refused: `at least 60 days, got 59 days`.
 * NULL when the arena is spent. */
const char *eligible_expected(const struct eligibility_finding *finding, struct arena *arena);
