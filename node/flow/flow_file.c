#include "flow/flow_file.h"

#include "record/scan.h"

#include <stdarg.h>
#include <stdio.h>

bool flow_file_refuse(struct flow_refusal *refusal, uint64_t line, const char *remedy,
                      const char *format, ...)
{
    va_list list;
    if (refusal->expected[0])
        return false;
    va_start(list, format);
    vsnprintf(refusal->expected, sizeof refusal->expected, format, list);
    va_end(list);
    refusal->line = line;
    refusal->remedy = remedy;
    return false;
}

/* U+FFFE and U+FFFF, which no XML has room for: what is read from a table could not be written as
 * a graph. */
static bool outside_of_xml(const uint8_t *at, size_t left)
{
    return left >= 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE;
}

bool flow_file_text(struct bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < ' ' || outside_of_xml(text.data + i, text.size - i))
            return false;
    return scan_text(text);
}

static bool blank(uint8_t letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

struct bytes flow_file_trim(struct bytes text)
{
    while (text.size > 0 && blank(text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && blank(text.data[0]))
        text = (struct bytes) {text.data + 1, text.size - 1};
    return text;
}

bool flow_file_number(struct bytes text, uint64_t most, uint64_t *out)
{
    uint64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > most)
            return false;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    *out = number;
    return text.size > 0 && number <= most;
}
