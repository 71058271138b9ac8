/* Networks as GraphML: one flat graph; of nodes the attributes `schac`, `country` and `name` (or
 * `label`), of edges `students` (or `weight`). Undirected edges are links in both directions. All
 * other attributes are passed over; a document type, and so any entity, is refused. */
#pragma once

#include "flow/flow.h"
#include "flow/flow_file.h"

enum { FLOW_GRAPHML_SIZE_MAX = 128 << 20 };

enum fault flow_graphml_read(struct bytes content, struct arena *arena, struct flow_network *out,
                             struct flow_refusal *refusal);

/* Reading it gives the same network. FAULT_MEMORY when the arena is spent. */
enum fault flow_graphml_write(const struct flow_network *network, struct arena *arena,
                              struct bytes *out);
