/* Agreements in whose place others stand. Two that cross are two dossiers, and both count, until
 * terms of one are in force that name the other: from then on nobody is sent under that one any
 * more, and whoever has a place there keeps it. So it stays, also when the one in its place is
 * given notice or changed: who ends what came last does not mean what was before it. */
#pragma once

#include "engine/fold.h"

/* What the fold of an agreement makes of others: after each change of it. */
enum fault replaced_save(struct step *step, const struct store_place *place,
                         const struct fold_view *view);

/* Any time. by: which stands in its place (NULL: nobody asks). Of two that name each other the one
 * with the smaller name stays. */
enum fault replaced_find(struct store *store, uint32_t pair, const struct header_dossier *name,
                         struct arena *arena, bool *found, struct header_dossier *by);
