#include "flow/flow_dice.h"

#include <assert.h>

enum { BLOCK_BITS = 24 };

struct flow_dice flow_dice(uint64_t seed, const char *purpose, uint64_t number)
{
    struct flow_dice dice = {.purpose = purpose, .number = number};
    assert(number < UINT64_C(1) << (64 - BLOCK_BITS));
    bytes_write_u64le(dice.seed, seed);
    return dice;
}

uint64_t flow_dice_draw(struct flow_dice *dice)
{
    if (dice->left == 0) {
        uint8_t bytes[8 * FLOW_DICE_HELD];
        assert(dice->block < UINT64_C(1) << BLOCK_BITS);
        entropy_expand(dice->seed, dice->purpose, dice->number << BLOCK_BITS | dice->block++, bytes,
                       sizeof bytes);
        for (unsigned i = 0; i < FLOW_DICE_HELD; i++)
            dice->held[i] = bytes_read_u64le(bytes + 8 * i);
        dice->left = FLOW_DICE_HELD;
    }
    return dice->held[--dice->left];
}

/* The high half of a product: as even as 64 bits allow. */
uint64_t flow_dice_below(struct flow_dice *dice, uint64_t bound)
{
    assert(bound > 0);
    return (uint64_t)(((unsigned __int128)flow_dice_draw(dice) * bound) >> 64);
}

bool flow_dice_falls(struct flow_dice *dice, uint32_t permille)
{
    return flow_dice_below(dice, 1000) < permille;
}
