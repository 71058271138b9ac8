/* The network of a virtual world: what it does to frames between leaving and arriving. */
#pragma once

#include "seal/entropy.h"
#include "sim/traffic.h"
#include "sim/world.h"

struct network {
    uint8_t seed[ENTROPY_SEED_SIZE];
    uint64_t dice, serial;
    struct traffic traffic;
    struct world_network faults;
    bool cut[WORLD_NODES_MAX][WORLD_NODES_MAX];
    int64_t newest[WORLD_NODES_MAX][WORLD_NODES_MAX][2]; /* due time on each connection */
};

/* Where and when a frame goes. */
struct network_trip {
    int64_t now;      /* microseconds */
    uint64_t process; /* of the receiver */
};

/* Loses, doubles, delays and re-orders as the faults say. */
void network_send(struct network *network, const struct world_passing *passing,
                  struct network_trip trip);
/* Arrives now, whatever the faults. */
void network_inject(struct network *network, const struct world_passing *passing,
                    struct network_trip trip);
