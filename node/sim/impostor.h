/* Who holds a node's session keys says in them whatever it likes. */
#pragma once

#include "sim/world.h"

/* A plain message from one node to another: in the session that `from` dialled, or, as an answer,
 * in the one that `to` dialled. False when there is no such session, or no memory. */
struct impostor_line {
    size_t from, to;
    bool dialled;
};
bool impostor_says(struct world *world, struct impostor_line line, struct bytes plain);

/* The position that `to` takes next of `from`'s stream; 0 when it has none. */
uint64_t impostor_position(const struct world *world, size_t from, size_t to);
