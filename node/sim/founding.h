/* How a world comes to be: its nodes, their keys, the catalogue, and who sees whom in it. */
#pragma once

#include "sim/turn.h"

/* Everything but the starts, in a world of zeros whose time is set. False when memory is refused,
 * or a host is not there. */
bool founding_make(struct world *world, const struct world_settings *settings);
/* What founding_make made, as far as it came. */
void founding_end(struct world *world);
