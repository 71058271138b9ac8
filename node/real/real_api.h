/* A node's API as its users see it: one request, one answer. */
#pragma once

#include <jansson.h>

enum { REAL_API_PATIENCE_MS = 4000 };

/* The answer, and its HTTP status; NULL: none came, and what was asked was done or was not. */
json_t *real_api_call(const char *socket, const char *method, const char *target, json_t *body,
                      const char *key, int *status);
/* The same for what only reads: NULL also for every status but 200. */
json_t *real_api_get(const char *socket, const char *target);
/* A text or a number in an object; "" and 0 where there is none. */
const char *real_api_text(const json_t *object, const char *name);
int64_t real_api_number(const json_t *object, const char *name);
