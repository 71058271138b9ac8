#include "admin/import_number.h"

#include "report/text.h"

#include <string.h>

enum { WHOLE_MAX = 3, PLACES = 2, DIGITS_MAX = 4 };

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

bool import_number_hundredths(struct bytes cell, uint64_t *out)
{
    uint64_t value = 0;
    size_t whole = 0, places = 0;
    bool point = false;
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t byte = cell.data[i];
        if (!point && whole && (byte == '.' || byte == ',')) {
            point = true;
            continue;
        }
        *(point ? &places : &whole) += 1;
        if (!is_digit(byte) || whole > WHOLE_MAX || places > PLACES)
            return false;
        value = value * 10 + (uint64_t)(byte - '0');
    }
    if (!whole || point != (places > 0))
        return false;
    for (; places < PLACES; places++)
        value *= 10;
    *out = value;
    return true;
}

bool import_number_whole(struct bytes cell, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < cell.size; i++) {
        if (!is_digit(cell.data[i]) || i == DIGITS_MAX)
            return false;
        value = value * 10 + (uint64_t)(cell.data[i] - '0');
    }
    *out = value;
    return cell.size > 0;
}

/* Without the currency and the blanks around it. */
static struct bytes bare_sum(struct bytes cell)
{
    static const char *const signs[] = {"EUR", "eur", "\u20ac"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);
        if (cell.size > size && memcmp(cell.data, signs[i], size) == 0)
            return text_trim((struct bytes) {cell.data + size, cell.size - size});
        if (cell.size > size && memcmp(cell.data + cell.size - size, signs[i], size) == 0)
            return text_trim((struct bytes) {cell.data, cell.size - size});
    }
    return cell;
}

/* How many digits stand behind the last sign; those of a whole sum are thousands. */
static size_t places_of(struct bytes sum)
{
    size_t places = 0;
    while (places < sum.size && is_digit(sum.data[sum.size - 1 - places]))
        places++;
    bool sign = places < sum.size && strchr(".,", sum.data[sum.size - 1 - places]);
    return sign && places >= 1 && places <= PLACES ? places : 0;
}

bool import_number_cents(struct bytes cell, uint64_t *out)
{
    enum { SUM_DIGITS_MAX = 12, GROUP = 3 };
    struct bytes sum = bare_sum(cell);
    size_t places = places_of(sum), end = sum.size - (places ? places + 1 : 0);
    size_t digits = 0, since = 0;
    bool grouped = false;
    uint8_t sign = 0;
    uint64_t cents = 0;
    for (size_t i = 0; i < sum.size; i++) {
        uint8_t byte = sum.data[i];
        if (places && i == end)
            continue;
        if (is_digit(byte)) {
            if (++digits > SUM_DIGITS_MAX)
                return false;
            cents = cents * 10 + (uint64_t)(byte - '0');
            since += i < end;
            continue;
        }
        /* One sign for all groups; the first has one to three digits, the others three. */
        if (i >= end || !strchr(".,' ", byte) || (sign && byte != sign) || since == 0 ||
            since > GROUP || (grouped && since != GROUP) || (places && byte == sum.data[end]))
            return false;
        sign = byte;
        grouped = true;
        since = 0;
    }
    if (!digits || end == 0 || (grouped && since != GROUP))
        return false;
    for (size_t i = places; i < PLACES; i++)
        cents *= 10;
    *out = cents;
    return true;
}
