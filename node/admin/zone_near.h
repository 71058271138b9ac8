/* Names of time zones that come near another, for whoever has mistyped one. */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

enum { ZONE_NEAR_MAX = 3 };

/* From the list of zones in the form of tzdata.zi: the nearest first, as `Europe/Brussels,
 * Europe/Belgrade`. A place without its region finds its zone. Empty: none comes near; NULL: no
 * memory. */
const char *zone_near(struct bytes list, const char *name, struct arena *arena);

/* The same from this machine's own list; empty where it has none. */
const char *zone_near_here(const char *name, struct arena *arena);
