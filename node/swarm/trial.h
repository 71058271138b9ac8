/* One seed on trial: its story is drawn and played, and what is wrong is said. */
#pragma once

#include "seal/digest.h"

#include <stdint.h>

enum { TRIAL_WRONG_MAX = 512 };

struct trial {
    bool failed;
    bool twice; /* it was played a second time, and both must be the same */
    char wrong[TRIAL_WRONG_MAX];
    uint64_t events;
    uint64_t node_us; /* virtual time, once for each node of the world */
    uint64_t probes;  /* the rare paths that it was on: a bit for each row of probe.h */
    struct digest hash;
};

/* `without`: see draw_story. Each seed is for itself: nothing is left behind. False when the
 * machine has no memory. */
bool trial_play(uint64_t seed, uint64_t without, struct trial *out);
