/* A nomination of one size, for measuring: every record costs the same. */
#pragma once

#include "base/arena.h"

enum { NOMINATION_SIZE = 1024 };

/* Exactly NOMINATION_SIZE bytes, packed in the arena. */
struct bytes nomination_pack(struct arena *arena);
