/* When nodes are switched off: at night, for patches, in summer. */
#pragma once

#include "flow/flow_year.h"

struct flow_pause {
    int64_t from_us, until_us;
    enum flow_rest why; /* where several overlap: the first */
};

/* Of each node a list in order, in which no two touch. */
struct flow_pauses {
    struct flow_pause *list;
    size_t *first; /* of each node, and the end */
    size_t count;
};

/* From the year's beginning, for so many days. */
enum fault flow_pause_draw(const struct flow_network *network, uint64_t seed,
                           const struct flow_settings *settings, int64_t days, struct arena *arena,
                           struct flow_pauses *out);
/* The pause of a node that a time falls into; NULL: it is on. */
const struct flow_pause *flow_pause_at(const struct flow_pauses *pauses, size_t node,
                                       int64_t at_us);
