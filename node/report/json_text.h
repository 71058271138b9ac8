/* JSON as bytes: read within limits, written compactly. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"

#include <jansson.h>

enum {
    JSON_TEXT_SIZE_MAX = 8 * 1024 * 1024,
    JSON_TEXT_DEPTH_MAX = 16,
    /* Values, roughly: jansson turns three bytes of `{},` into some hundred of memory. */
    JSON_TEXT_VALUES_MAX = 200000,
};

/* Where a text stopped to be JSON; zero when it is not about one place. */
struct json_text_place {
    int line, column;
};

/* An object; the caller owns it. VERDICT_TOO_LARGE beyond a limit, before any memory is taken;
 * VERDICT_MALFORMED for what is no JSON object: also duplicate names, NUL and bytes that are no
 * UTF-8. */
enum verdict json_text_read(struct bytes text, json_t **object, struct json_text_place *place);

/* Compact, in the order of insertion; data is NULL when the arena is spent or value is NULL. */
struct bytes json_text_write(const json_t *value, struct arena *arena);
