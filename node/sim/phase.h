/* The two phases of a drawn story: chaos, in which what cannot be done is left undone, and then
 * everything heals. */
#pragma once

#include "sim/play.h"

/* From here on a deed that cannot be done (a node that is down is stopped, nobody spoke of a
 * dossier) is not a mistake of the story. What is expected must hold nevertheless. */
bool phase_chaos(struct play *play, const struct play_line *line);
/* Every fault is off, all clocks are right, all nodes are up, and no stream is suspended. */
bool phase_heal(struct play *play, const struct play_line *line);
