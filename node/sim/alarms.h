/* What a person must hear of, and what nobody is to be woken for: each alarm that a node raises
 * needs a cause that happened in the world, and each cause its alarm. */
#pragma once

#include "sim/ledger.h"

struct alarms;

/* The ledger is the caller's, and has noted each event before it comes here. NULL when memory is
 * refused. */
struct alarms *alarms_open(const struct world *world, struct ledger *ledger);
void alarms_close(struct alarms *alarms);

/* NULL, or an alarm without a cause: `I13: ...`; valid until the next call. */
const char *alarms_note(struct alarms *alarms, const struct world_event *event);
/* A line of a story of this pattern was played: it may be what an alarm is about. */
void alarms_befell(struct alarms *alarms, const char *pattern);
/* Some clock was set. */
bool alarms_clocks(const struct alarms *alarms);
/* For a world at rest: NULL, or the alarm that was never raised; in the arena. */
const char *alarms_look(const struct alarms *alarms, struct arena *arena);
