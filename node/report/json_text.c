#include "report/json_text.h"

#include <assert.h>

/* Counts what will cost memory without taking any. Strings are skipped; what is no JSON at all is
 * left to the parser. */
static enum verdict measure(struct bytes text)
{
    size_t depth = 0, values = 1;
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            values++;
            if (++depth > JSON_TEXT_DEPTH_MAX)
                return VERDICT_TOO_LARGE;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
        } else if (c == ',') {
            values++;
        }
    }
    return values > JSON_TEXT_VALUES_MAX ? VERDICT_TOO_LARGE : VERDICT_FINE;
}

enum verdict json_text_read(struct bytes text, json_t **object, struct json_text_place *place)
{
    *place = (struct json_text_place) {0};
    if (text.size > JSON_TEXT_SIZE_MAX)
        return VERDICT_TOO_LARGE;
    TRY(measure(text));
    json_error_t error;
    json_t *read = json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, &error);
    if (!read) {
        *place = (struct json_text_place) {error.line > 0 ? error.line : 0,
                                           error.column > 0 ? error.column : 0};
        return VERDICT_MALFORMED;
    }
    if (!json_is_object(read)) {
        json_decref(read);
        return VERDICT_MALFORMED;
    }
    *object = read;
    return VERDICT_FINE;
}

struct bytes json_text_write(const json_t *value, struct arena *arena)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
    size_t size = value ? json_dumpb(value, NULL, 0, flags) : 0;
    uint8_t *data = size ? arena_take(arena, size) : NULL;
    if (!data)
        return (struct bytes) {0};
    size_t written = json_dumpb(value, (char *)data, size, flags);
    assert(written == size);
    return (struct bytes) {data, written};
}
