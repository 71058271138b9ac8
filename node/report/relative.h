/* How long ago, as people say it: for tables; programs get ISO 8601. */
#pragma once

#include "base/instant.h"

/* `just now`, `3 min ago`, `in 2 h`, `5 d ago`; beyond 30 days the date. `-` for the zero instant.
 * NULL when the arena is spent. */
const char *relative_text(struct instant at, struct instant now, struct arena *arena);
