/* What a node says of its dossiers beside what their records say when a stranger reads them: a
 * mistake of the fold is seen also where both ends make it. */
#pragma once

#include "sim/world.h"

/* Each dossier of this node's store, as its row says it and as the node folds it. NULL, or the
 * first that its records do not say (a sentence in the arena). */
const char *refold_look(const struct world *world, size_t node, struct arena *arena);

/* What two readings of one dossier have otherwise: `decision`; NULL: nothing. */
const char *refold_look_differs(const struct dossier *one, const struct dossier *other);
