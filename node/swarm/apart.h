/* A story in a process of its own: one that ends its process, or does not end, fails as others do,
 * and whoever asked lives on. */
#pragma once

#include "base/bytes.h"

#include <sys/types.h>

enum { APART_SECONDS = 60 };

/* A shrink_player; self: `const unsigned *` seconds of patience; NULL: APART_SECONDS. What it says
 * of a process that ended is `the process ended: ` and what it said last. */
bool apart_play(void *self, struct bytes text, char **wrong);

/* In a child that was just forked: it ends when its parent does, or at once when that is gone. */
void apart_tie(pid_t parent);
