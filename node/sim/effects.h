/* What came of the records that nodes took: told of once, judged once, and a fork shown as one. */
#pragma once

#include "sim/ledger.h"

struct effects;

/* The ledger is the caller's, and has noted each event before it comes here. NULL when memory is
 * refused. */
struct effects *effects_open(const struct world *world, struct ledger *ledger);
void effects_close(struct effects *effects);

void effects_note(struct effects *effects, const struct world_event *event);
/* For a world at rest: NULL, or the first thing that does not hold; in the arena. */
const char *effects_look(const struct effects *effects, struct arena *arena);
