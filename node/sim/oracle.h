/* What must be so, whatever befell a world: the invariants by their names. Some are watched all the
 * time, the others looked at when a story says `expect invariants`. Nothing of an engine's memory
 * is believed: stores are read again, and the oracle keeps its own book of what happened. */
#pragma once

#include "sim/world.h"

struct oracle;

/* From the beginning of a world on; it watches. NULL when memory is refused. */
struct oracle *oracle_open(struct world *world);
void oracle_close(struct oracle *oracle);

/* A frame that leaves, as everybody on the way can read it. */
void oracle_frame(struct oracle *oracle, const struct world_passing *passing);
/* A line of a story of this pattern is played; its first node, if it has one, is `node`. Who crafts
 * records past his engine binds nobody from then on. */
void oracle_befell(struct oracle *oracle, const char *pattern, size_t node);

/* For a world at rest. NULL, or the first one that does not hold: `I3: ...`; valid until the next
 * call. */
const char *oracle_look(struct oracle *oracle);

/* The same for the invariant of one row alone, if it is looked at. */
const char *oracle_look_at(struct oracle *oracle, size_t row);

/* Why a world does not come to rest, as far as it can be seen; valid until the next call. NULL:
 * only what has to do with an adversary goes on. */
const char *oracle_restless(struct oracle *oracle);

/* The invariants that are looked after, by row: its name and its sentence; NULL past the end. */
const char *oracle_name(size_t row);
const char *oracle_sentence(size_t row);
