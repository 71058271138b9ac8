/* One stream of chance for each purpose: the same seed, purpose and number give the same draws,
 * however many others were drawn from. */
#pragma once

#include "seal/entropy.h"

enum { FLOW_DICE_HELD = 4 };

struct flow_dice {
    uint8_t seed[ENTROPY_SEED_SIZE];
    const char *purpose;
    uint64_t number, block;
    uint64_t held[FLOW_DICE_HELD];
    unsigned left;
};

/* The purpose is the caller's, and outlives the dice. number < 2^40. */
struct flow_dice flow_dice(uint64_t seed, const char *purpose, uint64_t number);
uint64_t flow_dice_draw(struct flow_dice *dice);
/* 0 to bound - 1; bound > 0. */
uint64_t flow_dice_below(struct flow_dice *dice, uint64_t bound);
bool flow_dice_falls(struct flow_dice *dice, uint32_t permille);
