/* A node that was started twice: its machine was copied, keys and store and all, and both run. The
 * second one stands outside of the world's numbering of institutions, and outside of all cuts and
 * hazards; the node's name leads to the first, and to the second lead only its own connections. */
#pragma once

#include "sim/world.h"

enum { TWIN_MAX = 4 };

/* With a copy of what the node holds now. False: there are too many, or it cannot be opened. */
bool twin_make(struct world *world, size_t number, size_t *twin);
/* The newest second one of this node. False: it was not started twice. */
bool twin_find(const struct world *world, size_t number, size_t *twin);
