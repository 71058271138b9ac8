#include "admin/import_choice.h"

#include <string.h>

/* One number or span; gives where it ends, NULL when it is none. */
static const char *span_read(const char *at, size_t *first, size_t *last)
{
    enum { DIGITS_MAX = 7 };
    size_t ends[2] = {0}, count = 0;
    do {
        at += strspn(at, " ");
        size_t digits = strspn(at, "0123456789");
        if (digits == 0 || digits > DIGITS_MAX)
            return NULL;
        for (size_t i = 0; i < digits; i++)
            ends[count] = ends[count] * 10 + (size_t)(at[i] - '0');
        at += digits;
        at += strspn(at, " ");
        count++;
    } while (count < 2 && *at == '-' && at++);
    *first = ends[0];
    *last = count == 2 ? ends[1] : ends[0];
    return *first >= 1 && *first <= *last && (*at == ',' || !*at) ? at : NULL;
}

bool import_choice_valid(const char *rows)
{
    size_t first, last;
    do {
        rows = span_read(rows, &first, &last);
        if (!rows)
            return false;
    } while (*rows && rows++);
    return true;
}

bool import_choice_has(const char *rows, size_t row)
{
    size_t first, last;
    if (!rows)
        return true;
    for (const char *at = rows; (at = span_read(at, &first, &last)); at++) {
        if (row >= first && row <= last)
            return true;
        if (!*at)
            break;
    }
    return false;
}
