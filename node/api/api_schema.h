/* What requests and answers are made of, written once and short: the source of the OpenAPI
 * document.
 *
 * A shape is a row of `NAME:TYPE`, separated by spaces. Types: text, time (ISO 8601), int, yes,
 * word (the word of a code, or its number where this version has none), count (an object of
 * numbers), another shape's name, or one of these in brackets for a list. `?`: it may be null; `~`
 * behind the name: it may be absent. A record's body and other signed messages are not here: they
 * follow from the .proto files. */
#pragma once

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

/* fields NULL ends a table. With a message: its fields stand before those. */
struct api_schema {
    const char *name;
    const char *fields;
    const ProtobufCMessageDescriptor *message;
};
extern const struct api_schema api_schema_all[];

/* One row for each route. `answer`: the fields of a success, besides `schema`; a type in their
 * place where it is no JSON. `body`: what a request may have; NULL: it takes none. */
struct api_schema_route {
    const char *method, *pattern;
    int status;
    const char *answer, *body;
    const ProtobufCMessageDescriptor *message; /* the body's fields stand beside these */
    int other;        /* another status with the same answer, or 0: an idempotency key again, or a
                         node that is not ready */
    const char *also; /* another type that the answer can be asked for in, or NULL */
};
extern const struct api_schema_route api_schema_routes[];
/* NULL: none. */
const struct api_schema_route *api_schema_of(const char *method, const char *pattern);
