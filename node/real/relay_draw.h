/* What the relay does to a frame, drawn by seed: equal seed, way and number, equal decision. */
#pragma once

#include "real/real_fault.h"

struct relay_draw {
    enum real_fault fault; /* REAL_FAULT_COUNT: it passes */
    uint32_t wait_ms;      /* delay, swap: at most so long; hole: how long */
    uint32_t place;        /* corrupt, cut: where, of a million; replay: how many frames back */
    uint8_t flip;          /* corrupt: never 0 */
    bool reset;            /* cut: the connections end with a reset, not with an end */
};

/* `way` names a node and a direction, `number` counts its frames. */
struct relay_draw relay_draw_frame(uint64_t seed, uint32_t set, uint64_t way, uint64_t number);
/* For how long the node at which a connection arrives takes none; 0: it takes this one. */
uint32_t relay_draw_refuse_ms(uint64_t seed, uint32_t set, uint64_t node, uint64_t number);
