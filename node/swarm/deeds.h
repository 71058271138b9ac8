/* What the people of a drawn world do: the life of each dossier, with its haste and its mistakes.
 */
#pragma once

#include "swarm/draw.h"
#include "swarm/lines.h"

/* While faults last. */
void deeds_draw(const struct draw_world *world, struct lines *lines);
/* A healed world comes to rest within half an hour: the longest pause between two tries, and once
 * more what the answers to it may take. Rest may also be that somebody has not heard yet what his
 * partner lost; a minute later everybody has. */
void deeds_rest(struct lines *lines);
/* Once it healed: that it comes to rest, and that what people do then works. */
void deeds_after(const struct draw_world *world, struct lines *lines);
