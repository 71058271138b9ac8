/* Changes messages by their descriptors, so that what a fuzz target is given can still be parsed:
 * fields set, cleared and doubled, extreme numbers, sub-messages put in each other's place. */
#pragma once

#include "base/arena.h"

#include <protobuf-c/protobuf-c.h>

struct mutator {
    uint64_t dice; /* where the dice stand: begins with the seed that libFuzzer gives */
    /* Changes bare bytes in their place: LLVMFuzzerMutate. */
    size_t (*bytes)(uint8_t *data, size_t size, size_t size_max);
    /* The types of message that may stand packed in a field of bytes, the last one NULL. The
     * function may be NULL. */
    const ProtobufCMessageDescriptor *const *(*inner)(const ProtobufCFieldDescriptor *field);
};

/* A number below `bound`, which is not zero. */
size_t mutator_below(struct mutator *mutator, size_t bound);

/* Changes the packed message in its place; returns its new size, or 0 when the bytes are no message
 * of this type or the change would not fit. */
size_t mutator_message(struct mutator *mutator, const ProtobufCMessageDescriptor *type,
                       uint8_t *data, size_t size, size_t size_max);

/* An input that was accepted. What comes next begins with one of these now and then: most inputs
 * that are new are new ways to be refused, and from there nothing leads deeper. */
void mutator_remember(const uint8_t *data, size_t size);

/* What most targets want: mostly the message, which begins behind `before` bytes of another
 * meaning, and sometimes all of it as bare bytes; always so when type is NULL. */
size_t mutator_input(struct mutator *mutator, const ProtobufCMessageDescriptor *type, size_t before,
                     uint8_t *data, size_t size, size_t size_max);

/* libFuzzer's own: what changes bare bytes, and what a target defines to change them itself. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t size_max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
