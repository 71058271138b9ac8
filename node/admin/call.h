/* Calls for applications: when, for whom, in which order, out of which envelope. */
#pragma once

#include "admin/numbered.h"
#include "eligibility/dated.h"
#include "report/problem.h"

enum { CALL_LIST_MAX = 64, CALL_TEXT_MAX = 200 };

/* In which order grants are allotted; the numbers are kept. */
enum call_order {
    CALL_BY_ARRIVAL = 1,
    CALL_BY_GROUP,  /* groups first, then arrival */
    CALL_BY_POINTS, /* groups, then points, then arrival */
};
const char *call_order_code(uint32_t order);
/* 0: there is none of this name. */
uint32_t call_order_find(const char *code);

extern const struct numbered call_numbered; /* of Peregrin__Call */
/* Sets the number. */
enum fault call_open(struct store *store, Peregrin__Call *call, struct arena *arena);
enum fault call_put(struct store *store, const Peregrin__Call *call, struct arena *arena);
/* NULL: there is none. */
enum fault call_get(struct store *store, uint32_t number, struct arena *arena,
                    Peregrin__Call **out);
/* The first of the institution with this title that is not closed on this day; NULL: there is none.
 */
enum fault call_named(struct store *store, const Peregrin__Call *like, const char *today,
                      struct arena *arena, Peregrin__Call **out);

/* `upcoming`, `open` or `closed` on this day. */
const char *call_state(const Peregrin__Call *call, const char *today);

/* What is known beside the application. */
struct call_asks {
    const struct dated *settings; /* of eligibility; NULL: only what the call says counts */
    const char *home_country;     /* ISO 3166, or NULL */
    int64_t today;
};

/* Whether the application fits the call, by the rules of eligibility: the problem says which does
 * not hold, what is expected and what there is. It stays as it is where all do. */
enum fault call_takes(const Peregrin__Call *call, const Peregrin__Grant *grant,
                      const struct call_asks *asks, struct arena *arena, struct problem *problem);
