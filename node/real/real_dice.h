/* Draws by seed: the same seed, stream and number give the same draw, whatever was drawn before. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

uint64_t real_dice_draw(uint64_t seed, uint64_t stream, uint64_t number);

/* One stream, draw after draw. */
struct real_dice {
    uint64_t seed, stream, number;
};
uint64_t real_dice_next(struct real_dice *dice);
/* From low to high, both of them possible. */
uint64_t real_dice_between(struct real_dice *dice, uint64_t low, uint64_t high);
bool real_dice_permille(struct real_dice *dice, uint32_t permille);
