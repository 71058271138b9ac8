/* What nodes let in: each frame once, none of a session that was replaced, and no records for which
 * they gave no credit. And what they do not let in leaves their stores as they are. */
#pragma once

#include "sim/world.h"

struct passage;

/* NULL when memory is refused. */
struct passage *passage_open(const struct world *world);
void passage_close(struct passage *passage);

/* NULL, or what was let in and should not have been: `I10: ...`; valid until the next call. */
const char *passage_note(struct passage *passage, const struct world_event *event);
/* Whoever crafts records past its engine sends what it likes. */
void passage_distrust(struct passage *passage);
