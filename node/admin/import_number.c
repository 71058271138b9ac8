#include "admin/import_number.h"

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
