/* A part of a network. */
#pragma once

#include "flow/flow.h"

/* The k institutions with most students, sent and received, and the flows among them; equals go by
 * SCHAC. All of it when there are no more. Those that have no partner in the part stay.
 * FAULT_MEMORY when the arena is spent. */
enum fault flow_cut_top(const struct flow_network *network, size_t k, struct arena *arena,
                        struct flow_network *out);
