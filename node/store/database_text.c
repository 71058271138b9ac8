#include "store/database_text.h"

#include <assert.h>
#include <string.h>

char *database_text_put(char *at, uint64_t number)
{
    char digits[DATABASE_TEXT_NUMBER];
    size_t first = sizeof digits;
    digits[--first] = ' ';
    do
        digits[--first] = (char)('0' + number % 10);
    while (number /= 10);
    memcpy(at, digits + first, sizeof digits - first);
    return at + (sizeof digits - first);
}

bool database_text_take(struct bytes *text, uint64_t *number)
{
    uint64_t sum = 0;
    size_t at = 0;
    for (; at < text->size && text->data[at] >= '0' && text->data[at] <= '9'; at++) {
        unsigned digit = text->data[at] - (unsigned)'0';
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (at == 0 || at == text->size || text->data[at] != ' ')
        return false;
    *text = (struct bytes) {text->data + at + 1, text->size - at - 1};
    *number = sum;
    return true;
}
