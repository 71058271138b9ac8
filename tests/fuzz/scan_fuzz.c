/* links: base seal record */
#include "record/codec.h"
#include "record/walk.h"
#include "fuzz/mutator.h"

#include "catalogue.pb-c.h"
#include "evidence.pb-c.h"
#include "local.pb-c.h"
#include "message.pb-c.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static const ProtobufCMessageDescriptor *const types[] = {
    &peregrin__header__descriptor,
    &peregrin__message__descriptor,
    &peregrin__nomination__descriptor,
    &peregrin__credit_record__descriptor,
    &peregrin__decision__descriptor,
    &peregrin__refusal__descriptor,
    &peregrin__signed__descriptor,
    &peregrin__seal_statement__descriptor,
    &peregrin__receipt_statement__descriptor,
    &peregrin__catalogue_statement__descriptor,
    &peregrin__root_statement__descriptor,
    &peregrin__evidence__descriptor,
    &peregrin__submission__descriptor,
};

static const struct scan_limits limits = {
    .bytes_max = SIZE_MAX, .depth_max = 16, .fields_max = UINT32_MAX};

/* UTF-8 without control characters, as others read it. */
static bool is_text(struct bytes text)
{
    for (size_t at = 0; at < text.size;) {
        utf8proc_int32_t letter;
        utf8proc_ssize_t left = (utf8proc_ssize_t)(text.size - at);
        utf8proc_ssize_t size = utf8proc_iterate(text.data + at, left, &letter);
        if (size <= 0 || (letter < 32 && letter != '\n' && letter != '\t') ||
            (letter >= 127 && letter < 160))
            return false;
        at += (size_t)size;
    }
    return true;
}

/* Nothing in it, at any depth, that only the scanner objects to: unknown fields and controls. */
static bool is_plain(const ProtobufCMessage *message)
{
    if (message->n_unknown_fields)
        return false;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        for (size_t index = 0; index < walk_count(message, field); index++) {
            struct walk_value value = walk_get(message, field, index);
            if (field->type == PROTOBUF_C_TYPE_STRING && !is_text(value.bytes))
                return false;
            if (field->type == PROTOBUF_C_TYPE_MESSAGE && !is_plain(value.message))
                return false;
        }
    }
    return true;
}

/* protobuf-c reads the bytes and writes them again as they were. */
static bool is_canonical(const ProtobufCMessageDescriptor *type, struct bytes wire)
{
    ProtobufCMessage *message = protobuf_c_message_unpack(type, NULL, wire.size, wire.data);
    if (!message)
        return false;
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *packed = malloc(size + 1);
    assert(packed && protobuf_c_message_pack(message, packed) == size);
    bool same = bytes_equal((struct bytes) {packed, size}, wire) && is_plain(message);
    free(packed);
    protobuf_c_message_free_unpacked(message, NULL);
    return same;
}

/* The scanner lets through exactly what protobuf-c reads and writes again as the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const ProtobufCMessageDescriptor *type = types[*data % (sizeof types / sizeof *types)];
    struct bytes wire = {data + 1, size - 1};
    assert((scan_check(type, wire, &limits) == VERDICT_FINE) == is_canonical(type, wire));
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate};
    const ProtobufCMessageDescriptor *type =
        types[(size ? *data : 0) % (sizeof types / sizeof *types)];
    return mutator_input(&mutator, type, 1, data, size, size_max);
}
