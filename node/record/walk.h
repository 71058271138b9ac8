/* One generic walk over protobuf-c's descriptors: JSON out, JSON in, field differences and the fuzz
 * mutator need no code for each kind. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"

#include <protobuf-c/protobuf-c.h>

/* A value as the walker meets it. */
struct walk_value {
    const ProtobufCFieldDescriptor *field;
    bool repeated;
    size_t index; /* in a repeated field */
    union {
        uint64_t number;    /* uint32, uint64, bool, enum */
        struct bytes bytes; /* bytes, and string without its end */
        const ProtobufCMessage *message;
    };
};

/* Called for each present field in field order; a repeated field once for each element. `enter` and
 * `leave` bracket a sub-message; either may be NULL. */
struct walk_visitor {
    void *self;
    void (*value)(void *self, const struct walk_value *value);
    void (*enter)(void *self, const struct walk_value *value);
    void (*leave)(void *self, const struct walk_value *value);
};
void walk_message(const ProtobufCMessage *message, const struct walk_visitor *visitor);

/* Number of elements of a field in a message: 0 or 1 for a singular one. */
size_t walk_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
/* The element; index < walk_count. */
struct walk_value walk_get(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t index);

/* Appends to (or sets) a field, taking memory from the arena. number for scalars, bytes for text.
 * VERDICT_INVALID when the value does not fit the field's type, is no text that the scanner would
 * let through, or another member of its oneof is set; VERDICT_TOO_LARGE when the arena is spent. */
enum verdict walk_set_number(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                             uint64_t number, struct arena *arena);
enum verdict walk_set_bytes(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                            struct bytes bytes, struct arena *arena);
/* A new, empty sub-message of the field, to be filled; VERDICT_DUPLICATE when there is one. */
enum verdict walk_add_message(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                              struct arena *arena, ProtobufCMessage **added);

/* A new, empty message of any type in the arena; NULL when it is spent. */
ProtobufCMessage *walk_new(const ProtobufCMessageDescriptor *type, struct arena *arena);

/* Both fields hold the same (also: both nothing). They may belong to different types of message,
 * but are of one type themselves. */
bool walk_same(const ProtobufCMessage *left, const ProtobufCFieldDescriptor *left_field,
               const ProtobufCMessage *right, const ProtobufCFieldDescriptor *right_field);

/* Dotted paths (`person.email`) of the fields in which two messages of one type differ, in field
 * order; at most `max`. A repeated field is one path; so is a sub-message that only one of them
 * has. Returns how many there are; a count above max means that some were left out. */
size_t walk_differences(const ProtobufCMessage *left, const ProtobufCMessage *right,
                        struct arena *arena, const char **paths, size_t max);
