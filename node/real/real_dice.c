#include "real/real_dice.h"

#include <assert.h>

/* The finaliser of splitmix64: every bit of the input moves every bit of the result. */
static uint64_t mix(uint64_t value)
{
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

uint64_t real_dice_draw(uint64_t seed, uint64_t stream, uint64_t number)
{
    return mix(mix(mix(seed) ^ stream) ^ number);
}

uint64_t real_dice_next(struct real_dice *dice)
{
    return real_dice_draw(dice->seed, dice->stream, dice->number++);
}

uint64_t real_dice_between(struct real_dice *dice, uint64_t low, uint64_t high)
{
    assert(low <= high && high - low < UINT32_MAX);
    return low + real_dice_next(dice) % (high - low + 1);
}

bool real_dice_permille(struct real_dice *dice, uint32_t permille)
{
    return real_dice_next(dice) % 1000 < permille;
}
