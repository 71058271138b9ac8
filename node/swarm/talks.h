/* What institutions of a drawn world agree on: proposals, counter-proposals and answers that cross,
 * terms that change, and students for fewer places than there are of them. */
#pragma once

#include "swarm/draw.h"
#include "swarm/lines.h"

/* While faults last. */
void talks_draw(const struct draw_world *world, struct lines *lines);
