/* What is said again while it stands: the same words of the same author change nothing, so nothing
 * new is signed for them. */
#pragma once

#include "engine/draft.h"

/* Sets answer->repeated, with lane, index and id of our own record, where that record stands in the
 * dossier and says just what the draft says. Kinds which ask anew each time (decisions, amendments,
 * refusals, what opens a dossier) never stand in this sense, nor does a learning agreement on which
 * the host commented. */
enum fault standing_look(struct step *step, const struct draft *draft, const struct fold_view *view,
                         struct event_answer *answer);
