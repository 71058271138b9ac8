/* The network of a virtual world: what it does to frames between leaving and arriving. */
#pragma once

#include "seal/entropy.h"
#include "sim/hazard.h"
#include "sim/traffic.h"
#include "sim/ways.h"
#include "sim/world.h"

struct network {
    uint64_t keys[WAYS_PURPOSES], tie_key;
    const uint64_t *marks; /* of the nodes, by number; see chance.h */
    uint64_t serial;
    struct traffic traffic;
    struct world_network faults;
    struct ways ways;
    struct hazards hazards;
};

void network_open(struct network *network, const uint8_t seed[static ENTROPY_SEED_SIZE],
                  const uint64_t *marks);
void network_close(struct network *network);

/* Where and when a frame goes. */
struct network_trip {
    int64_t now;      /* microseconds */
    uint64_t process; /* of the receiver */
    uint64_t frame;   /* its number; 0: injected */
};

/* Loses, doubles, delays and re-orders as the faults say. NULL, or why nothing goes (static). */
const char *network_send(struct network *network, const struct world_passing *passing,
                         struct network_trip trip);
/* Arrives now, whatever the faults. */
void network_inject(struct network *network, const struct world_passing *passing,
                    struct network_trip trip);
void network_cut(struct network *network, size_t one, size_t other, bool cut);
/* What would arrive now does: NULL, or why it does not (static). */
const char *network_arrives(const struct network *network, const struct traffic_frame *frame);
/* What is under way on this frame's connection never arrives. */
void network_break(struct network *network, const struct world_passing *passing);
/* As it was at the beginning. What is held up arrives within the ordinary delay, in its order. */
void network_heal(struct network *network, int64_t now);
