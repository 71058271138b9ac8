#include "grade/decimal.h"

#include <assert.h>

static bool is_digit(uint8_t letter)
{
    return letter >= '0' && letter <= '9';
}

static size_t digits_from(struct bytes text, size_t from)
{
    size_t count = 0;
    while (from + count < text.size && is_digit(text.data[from + count]))
        count++;
    return count;
}

/* So many digits from there on; places beyond them are zeros. */
static int64_t digits_value(int64_t value, struct bytes text, size_t from, size_t count,
                            size_t places)
{
    for (size_t i = 0; i < places; i++)
        value = value * 10 + (i < count ? text.data[from + i] - '0' : 0);
    return value;
}

static bool zeros(struct bytes text, size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text.data[from + i] != '0')
            return false;
    return true;
}

bool decimal_read(struct bytes text, unsigned places, int64_t *units)
{
    assert(places <= DECIMAL_PLACES_MAX);
    size_t at = text.size && (text.data[0] == '-' || text.data[0] == '+');
    size_t whole = digits_from(text, at), behind = at + whole, parts = 0;
    bool point = behind < text.size && (text.data[behind] == '.' || text.data[behind] == ',');
    if (point)
        parts = digits_from(text, behind + 1);
    if (!whole || whole > DECIMAL_DIGITS_MAX || (point && !parts) ||
        behind + point + parts != text.size)
        return false;
    if (parts > places && !zeros(text, behind + 1 + places, parts - places))
        return false;
    int64_t value = digits_value(0, text, at, whole, whole);
    value = digits_value(value, text, behind + 1, parts < places ? parts : places, places);
    *units = text.data[0] == '-' ? -value : value;
    return true;
}

const char *decimal_text(int64_t units, unsigned places, struct arena *arena)
{
    assert(places <= DECIMAL_PLACES_MAX);
    uint64_t size = units < 0 ? -(uint64_t)units : (uint64_t)units, one = 1;
    const char *sign = units < 0 ? "-" : "";
    for (unsigned i = 0; i < places; i++)
        one *= 10;
    uint64_t whole = size / one, rest = size % one;
    while (rest && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    if (!rest)
        return arena_format(arena, "%s%llu", sign, (unsigned long long)whole);
    return arena_format(arena, "%s%llu.%0*llu", sign, (unsigned long long)whole, (int)places,
                        (unsigned long long)rest);
}
