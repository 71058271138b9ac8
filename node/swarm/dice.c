#include "swarm/dice.h"

#include <assert.h>

struct dice dice_of(uint64_t seed, const char *label, uint64_t number)
{
    uint8_t root[ENTROPY_SEED_SIZE] = {0};
    struct dice dice = {.thrown = 0};
    bytes_write_u64le(root, seed);
    entropy_expand(root, label, number, dice.seed, sizeof dice.seed);
    return dice;
}

static uint64_t throw(struct dice * dice)
{
    uint8_t bytes[sizeof(uint64_t)];
    entropy_expand(dice->seed, "swarm", dice->thrown++, bytes, sizeof bytes);
    return bytes_read_u64le(bytes);
}

uint64_t dice_below(struct dice *dice, uint64_t below)
{
    assert(below);
    return throw(dice) % below;
}

int64_t dice_between(struct dice *dice, int64_t low, int64_t high)
{
    assert(low <= high);
    return low + (int64_t)dice_below(dice, (uint64_t)(high - low) + 1);
}

bool dice_falls(struct dice *dice, uint32_t permille)
{
    return dice_below(dice, 1000) < permille;
}

int64_t dice_spread(struct dice *dice, int64_t low, int64_t high)
{
    uint64_t octaves = 0;
    assert(low >= 1 && low <= high);
    while (octaves < 62 && low << octaves < high)
        octaves++;
    int64_t from = low << dice_below(dice, octaves + 1), to = 2 * from;
    return dice_between(dice, from < high ? from : high, to < high ? to : high);
}

const char *dice_word(struct dice *dice, const char *const *words, size_t count)
{
    return words[dice_below(dice, count)];
}
