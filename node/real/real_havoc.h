/* What befalls processes: they fall at any moment and at named points, stand still, find their disk
 * full and their clock wrong, and get up again. Turn by turn, from one thread; drawn by a seed. */
#pragma once

#include "real/real_dice.h"
#include "real/real_federation.h"

enum real_fate { REAL_FATE_DOWN, REAL_FATE_UP, REAL_FATE_FROZEN };

struct real_life {
    enum real_fate fate;
    enum real_point point;     /* at which it will fall by itself; REAL_POINT_NONE */
    int64_t next_ms;           /* when something happens to it */
    int64_t clear_ms, bent_ms; /* until when its disk is full, its clock wrong; 0: neither */
    bool disturbed; /* it was started, or lived, with either: it may have ended over it */
};

enum { REAL_HAVOC_TEXT = 240 };

struct real_havoc {
    struct real_federation *federation;
    uint32_t set;
    struct real_dice dice;
    struct real_life lives[REAL_FEDERATION_MOST];
    uint64_t counts[REAL_FAULT_COUNT]; /* of these, not of the relay's */
    uint64_t points[REAL_POINT_COUNT];
    uint64_t kills, starts;
    uint64_t ended;             /* by itself, over a full disk or a wrong clock */
    uint64_t fallen;            /* by itself, and for nothing that was done to it */
    char text[REAL_HAVOC_TEXT]; /* the first of these */
};

/* All nodes are started. False when one cannot be. */
bool real_havoc_begin(struct real_havoc *havoc, struct real_federation *federation, uint32_t set,
                      uint64_t seed);
/* Looks at every node once, and does what is due. */
void real_havoc_turn(struct real_havoc *havoc);
/* Everything is well again, and every node runs; from now on nothing befalls them. */
void real_havoc_heal(struct real_havoc *havoc);
/* While all is well: a node that fell nevertheless is noted and started again. */
void real_havoc_watch(struct real_havoc *havoc);
/* At rest, by a hand: it ends, and is started again. */
void real_havoc_down(struct real_havoc *havoc, size_t node);
bool real_havoc_up(struct real_havoc *havoc, size_t node);
