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
struct api_shape {
    const char *name;
    const char *fields;
    const ProtobufCMessageDescriptor *message;
};
extern const struct api_shape api_shape_all[];
