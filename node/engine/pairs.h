/* Who deals with whom: made of the catalogue when the engine is opened. */
#pragma once

#include "engine/peer.h"

/* One pair for each of our institutions and each other one. With a partner on this node no guard is
 * needed: one commit keeps both sides, and one backup brings both back. They compare all the same,
 * for an institution may have moved here without its records; a partner by hand cannot. */
bool pairs_make(struct engine *engine, struct instant now);
