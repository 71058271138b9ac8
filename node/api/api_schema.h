/* What each route takes and answers, written once and short: the source of the OpenAPI document.
 * Shapes are written as in api_shape.h. */
#pragma once

#include "api/api_shape.h"

/* One row for each route. `answer`: the fields of a success, besides `schema`; a type in their
 * place where it is no JSON. `body`: what a request may have; NULL: it takes none. */
struct api_schema_route {
    const char *method, *pattern;
    int status;
    const char *answer, *body;
    const ProtobufCMessageDescriptor *message; /* the body's fields stand beside these */
    int other;        /* another status with the same answer, or 0: an idempotency key again, or a
                         node that is not ready */
    const char *also; /* other types that the answer can be asked for in, or NULL */
};
extern const struct api_schema_route api_schema_routes[];
/* NULL: none. */
const struct api_schema_route *api_schema_of(const char *method, const char *pattern);
