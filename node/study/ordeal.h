/* What a scenario does to a network, as acts at times: data only. */
#pragma once

#include "flow/flow_year.h"
#include "study/scenario.h"

enum ordeal_deed {
    ORDEAL_STOP,
    ORDEAL_START,
    ORDEAL_BACK_UP,
    ORDEAL_RESTORE, /* of a node that is stopped */
    ORDEAL_APART,   /* those of the circle and all others: no frame passes */
    ORDEAL_DISTANT, /* or it takes so long; amount: milliseconds */
    ORDEAL_HEAL,    /* both */
    ORDEAL_FREEZE,  /* no new catalogue: who joins waits */
    ORDEAL_THAW,
    ORDEAL_CROWD, /* the node writes so many records */
    ORDEAL_DEEDS
};

struct ordeal_act {
    int64_t at_us; /* since the year began */
    enum ordeal_deed deed;
    uint32_t node, amount;
};

struct ordeal {
    struct ordeal_act *acts; /* sorted by time */
    size_t count;
    bool *circle; /* of each institution: it is one of those that are meant */
    size_t circled;
    int64_t from_us, until_us; /* when it is so; both 0: never */
    const char *idle;          /* why it does nothing to anybody; NULL: it does */
};

/* The first of the days in a row (from 0) in which most of this kind begins; 0 where there is none
 * at all. */
size_t ordeal_busiest(const struct flow_year *year, enum flow_kind kind, size_t days);

/* All in the arena. False: the arena is spent. `why` is set instead of `out` where the network
 * cannot have this scenario: there is no such country. */
struct ordeal_case {
    const struct flow_network *network;
    const struct flow_year *year;
    struct instant beginning; /* of the calendar: which days are Mondays */
    const struct scenario_choice *choice;
    uint64_t seed;
};
bool ordeal_plan(const struct ordeal_case *subject, struct arena *arena, struct ordeal *out,
                 struct scenario_refusal *why);
