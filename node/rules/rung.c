#include "rules/rung.h"

#include "base/instant.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

bool rung_given(const char *text, bool (*form)(struct bytes text))
{
    return text && form(bytes_text(text));
}

bool rung_absent_or(const char *text, bool (*form)(struct bytes text))
{
    return !text || form(bytes_text(text));
}

bool rung_line(const char *text, size_t characters_max)
{
    return text && form_line(bytes_text(text), 1, characters_max);
}

bool rung_line_absent_or(const char *text, size_t characters_max)
{
    return !text || rung_line(text, characters_max);
}

bool rung_text_absent_or(const char *text, size_t characters_max)
{
    return !text || form_text(bytes_text(text), 1, characters_max);
}

bool rung_code(const char *text, const char *const codes[])
{
    assert(codes);
    for (size_t i = 0; text && codes[i]; i++)
        if (strcmp(text, codes[i]) == 0)
            return true;
    return false;
}

bool rung_date(const char *text, int64_t *days)
{
    return text && instant_date(bytes_text(text), days);
}

int rung_year_first(const char *text)
{
    int number = 0;
    assert(strlen(text) >= 4);
    for (size_t i = 0; i < 4; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* Dates of one width compare as their texts do. */
bool rung_date_plausible(const char *text)
{
    int64_t days;
    return !rung_date(text, &days) ||
           (strcmp(text, "2000-01-01") >= 0 && strcmp(text, "2100-12-31") <= 0);
}

bool rung_dates_ordered(const char *first, const char *second)
{
    int64_t from, to;
    return !rung_date(first, &from) || !rung_date(second, &to) || from <= to;
}
