#include "rules/ladder.h"

#include "base/instant.h"
#include "rules/form.h"

#include <assert.h>
#include <string.h>

bool ladder_given(const char *text, bool (*form)(struct bytes text))
{
    return text && form(bytes_text(text));
}

bool ladder_absent_or(const char *text, bool (*form)(struct bytes text))
{
    return !text || form(bytes_text(text));
}

bool ladder_line(const char *text, size_t characters_max)
{
    return text && form_line(bytes_text(text), 1, characters_max);
}

bool ladder_line_absent_or(const char *text, size_t characters_max)
{
    return !text || ladder_line(text, characters_max);
}

bool ladder_text_absent_or(const char *text, size_t characters_max)
{
    return !text || form_text(bytes_text(text), 1, characters_max);
}

bool ladder_code(const char *text, const char *const codes[])
{
    assert(codes);
    for (size_t i = 0; text && codes[i]; i++)
        if (strcmp(text, codes[i]) == 0)
            return true;
    return false;
}

bool ladder_date(const char *text, int64_t *days)
{
    return text && instant_date(bytes_text(text), days);
}

/* Dates of one width compare as their texts do. */
bool ladder_date_plausible(const char *text)
{
    int64_t days;
    return !ladder_date(text, &days) ||
           (strcmp(text, "2000-01-01") >= 0 && strcmp(text, "2100-12-31") <= 0);
}

bool ladder_dates_ordered(const char *first, const char *second)
{
    int64_t from, to;
    return !ladder_date(first, &from) || !ladder_date(second, &to) || from <= to;
}
