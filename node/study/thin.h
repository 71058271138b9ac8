/* The same network with more or fewer students, for a lighter or heavier year. */
#pragma once

#include "flow/flow.h"

enum { THIN_WHOLE = 1000, THIN_MOST = 10000 };

/* Each link keeps so many permille of its students, the odd one by the seed's dice; links without
 * any go, institutions stay. False: the arena is spent. */
bool thin_network(const struct flow_network *network, uint32_t permille, uint64_t seed,
                  struct arena *arena, struct flow_network *out);
