/* What a frame costs the node that takes it: rows written, signatures verified, memory. Each has a
 * bound that follows from what a frame can hold, so that nobody gets much work for few bytes. */
#pragma once

#include "sim/world.h"

struct burden;

/* NULL when memory is refused. */
struct burden *burden_open(const struct world *world);
void burden_close(struct burden *burden);

/* NULL, or what cost too much: `I9: ...`; valid until the next call. */
const char *burden_note(struct burden *burden, const struct world_event *event);
/* Somebody shows receipts as he likes. */
void burden_distrust(struct burden *burden);
/* For a world at rest: NULL, or whose queues hold what they should have let go; in the arena. */
const char *burden_look(const struct burden *burden, struct arena *arena);
