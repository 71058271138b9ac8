#include "grade/credits.h"

#include "grade/decimal.h"

#include <assert.h>

bool credits_read(struct bytes text, uint32_t *hundredths)
{
    int64_t units;
    bool sign = text.size && (text.data[0] == '-' || text.data[0] == '+');
    if (sign || !decimal_read(text, 2, &units) || units > UINT32_MAX)
        return false;
    *hundredths = (uint32_t)units;
    return true;
}

const char *credits_text(uint32_t hundredths, struct arena *arena)
{
    return decimal_text(hundredths, 2, arena);
}

bool credits_add(uint32_t *sum, uint32_t hundredths)
{
    uint32_t more;
    if (__builtin_add_overflow(*sum, hundredths, &more))
        return false;
    *sum = more;
    return true;
}

bool credits_sum(const uint32_t *hundredths, size_t count, uint32_t *sum)
{
    uint32_t all = 0;
    assert(hundredths || !count);
    for (size_t i = 0; i < count; i++)
        if (!credits_add(&all, hundredths[i]))
            return false;
    *sum = all;
    return true;
}
