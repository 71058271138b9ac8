/* A stay that is made longer, asked as a nomination with this last day would be: by the home that
 * asks for it, by the host that grants or accepts it. */
#pragma once

#include "admin/eligible_credits.h"

/* Whether records of a kind may make a stay longer. */
bool eligible_longer_asked(uint32_t kind);
/* Of the rules about the last day, all that is broken or was not checked, in the arena. *asked
 * false: this makes nothing longer, or the nomination is not here. */
enum fault eligible_longer(const struct eligible *eligible, const struct eligible_said *said,
                           const struct catalogue *catalogue, struct instant now,
                           struct arena *arena, struct eligible_findings *out, bool *asked);
