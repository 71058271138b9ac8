/* All numbers of a running node, as /metrics shows them. */
#pragma once

#include "watch/check_node.h"
#include "watch/requests.h"

struct metrics {
    const struct check_node *node;
    const struct check_list *checks; /* what check_node_run said of it */
    const struct requests *requests;
    const char *version;
    struct instant began;
};

/* Data is NULL when memory is spent. */
struct bytes metrics_text(const struct metrics *metrics, struct arena *arena);
