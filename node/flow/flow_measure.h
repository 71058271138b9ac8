/* What a network is like, in the numbers that are published of the real one. */
#pragma once

#include "flow/flow.h"

/* Half of all have at most p50, of hundred 99 at most p99. */
struct flow_spread {
    uint32_t p50, p99, most;
};

struct flow_measures {
    size_t institutions, links, countries;
    size_t pairs; /* institutions that deal with each other, in one direction or both */
    size_t alone; /* institutions without any partner */
    uint64_t students;
    uint32_t reciprocal_permille;   /* links whose other direction is there as well */
    uint32_t domestic_permille;     /* links within one country */
    struct flow_spread partners;    /* of an institution, whichever way */
    struct flow_spread per_link;    /* students */
    struct flow_spread sent, taken; /* students of an institution */
};

struct flow_country {
    char country[FLOW_COUNTRY_SIZE];
    uint32_t institutions;
    uint64_t sent, taken;
};

enum fault flow_measure(const struct flow_network *network, struct arena *arena,
                        struct flow_measures *out);
/* The countries, those with most institutions first; `count` of them. */
enum fault flow_measure_countries(const struct flow_network *network, struct arena *arena,
                                  struct flow_country **out, size_t *count);
