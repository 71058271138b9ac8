#include "sim/chance.h"

/* The finisher of SplitMix64: every bit of the input reaches every bit of what comes out. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

uint64_t chance_key(const uint8_t seed[static ENTROPY_SEED_SIZE], const char *purpose)
{
    uint8_t bytes[8];
    entropy_expand(seed, purpose, 0, bytes, sizeof bytes);
    return bytes_read_u64le(bytes);
}

uint64_t chance_mark(const char *name)
{
    uint64_t mark = 0;
    for (; *name; name++)
        mark = mix(mark + (uint8_t)*name + 1);
    return mark;
}

uint64_t chance_draw(uint64_t key, uint64_t about, uint64_t number)
{
    static const uint64_t step = 0x9e3779b97f4a7c15;
    return mix(mix(key + step * about) + step * (number + 1));
}
