/* The relay between real nodes: it listens where the catalogue says that each node is, passes
 * frames on to where the node really listens, and does to them what the draws of a seed say. A
 * thread of its own. */
#pragma once

#include "real/relay_line.h"

enum { RELAY_NODES_MAX = 16 };

struct relay;

/* Of 127.0.0.1; a node that nobody can dial has `listen` 0. */
struct relay_place {
    uint16_t listen, target;
};

/* NULL when a port is taken, or the machine gives no more; then errno says why. */
struct relay *relay_open(uint64_t seed, const struct relay_place *places, size_t count);
void relay_close(struct relay *relay);

/* From now on these faults are drawn. With none, what was held is let go, and everything passes. */
void relay_set(struct relay *relay, uint32_t set);

uint64_t relay_count(const struct relay *relay, enum real_fault fault);
uint64_t relay_frames(const struct relay *relay);
