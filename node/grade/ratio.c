#include "grade/ratio.h"

#include "grade/decimal.h"

#include <assert.h>

static bool sound(struct ratio ratio)
{
    return ratio.under >= 1 && ratio.under <= RATIO_MAX && ratio.over <= ratio.under;
}

static int order(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

int ratio_compare(struct ratio left, struct ratio right)
{
    assert(sound(left) && sound(right));
    return order(left.over * right.under, right.over * left.under);
}

int ratio_middle_compare(struct ratio left, struct ratio right, struct ratio other)
{
    assert(sound(left) && sound(right) && sound(other) && left.under == right.under);
    return order((left.over + right.over) * other.under, 2 * other.over * left.under);
}

uint32_t ratio_percent_hundredths(struct ratio ratio, bool *exact)
{
    assert(sound(ratio));
    uint64_t scaled = ratio.over * 10000;
    *exact = scaled % ratio.under == 0;
    return (uint32_t)((2 * scaled + ratio.under) / (2 * ratio.under));
}

const char *ratio_text(struct ratio ratio, struct arena *arena)
{
    bool exact;
    const char *percent = decimal_text(ratio_percent_hundredths(ratio, &exact), 2, arena);
    return percent ? arena_format(arena, "%s%s %%", exact ? "" : "~", percent) : NULL;
}
