/* links: base seal record */
#include "record/kind.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/walk.h"
#include "fuzz/mutator.h"

#include <assert.h>

/* The same message, value by value through the walk; without the value at which `left_out` comes
 * to zero. */
static void copy_fill(const ProtobufCMessage *source, ProtobufCMessage *copy, size_t *left_out,
                      struct arena *arena)
{
    for (unsigned i = 0; i < source->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &source->descriptor->fields[i];
        size_t count = walk_count(source, field);
        for (size_t index = 0; index < count; index++) {
            struct walk_value value = walk_get(source, field, index);
            ProtobufCMessage *added = NULL;
            enum verdict verdict = VERDICT_FINE;
            if (--*left_out == 0)
                continue;
            if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                verdict = walk_add_message(copy, field, arena, &added);
            else if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES)
                verdict = walk_set_bytes(copy, field, value.bytes, arena);
            else
                verdict = walk_set_number(copy, field, value.number, arena);
            assert(verdict == VERDICT_FINE);
            if (added)
                copy_fill(value.message, added, left_out, arena);
        }
    }
}

/* All values in it, at any depth. */
static size_t values_of(const ProtobufCMessage *message)
{
    size_t values = 0;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        size_t count = walk_count(message, field);
        values += count;
        for (size_t index = 0; field->type == PROTOBUF_C_TYPE_MESSAGE && index < count; index++)
            values += values_of(walk_get(message, field, index).message);
    }
    return values;
}

/* Less one value it differs. */
static void leave_out(const ProtobufCMessage *body, size_t which, struct arena *arena)
{
    bool left_out = which <= values_of(body);
    ProtobufCMessage *copy = walk_new(body->descriptor, arena);
    assert(copy);
    copy_fill(body, copy, &which, arena);
    assert(left_out == (walk_differences(body, copy, arena, NULL, 0) > 0));
}

/* A body that is read is written again as the same bytes, also after a copy through the walk, and
 * differs in nothing from itself. The first byte chooses the kind. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    if (size == 0)
        return 0;
    struct arena *arena = arena_open(64 << 20);
    struct bytes wire = {data + 1, size - 1};
    const struct kind *kind = &kinds[*data % count];
    ProtobufCMessage *body;
    assert(arena);
    /* Quadratic growth of repeated fields is for imports, not for the fuzzer's patience. */
    if (size < 4096 && kind_body_read(kind, wire, arena, &body) == VERDICT_FINE) {
        ProtobufCMessage *copy = walk_new(kind->body, arena);
        assert(copy);
        size_t none = 0;
        copy_fill(body, copy, &none, arena);
        assert(bytes_equal(codec_pack(body, arena), wire));
        assert(bytes_equal(codec_pack(copy, arena), wire));
        assert(walk_differences(body, copy, arena, NULL, 0) == 0);
        assert(values_of(body) <= kind->fields_max && values_of(copy) == values_of(body));
        if (kind->body == &peregrin__nomination__descriptor)
            assert(kind_change_of(body, copy) == PEREGRIN__CHANGE__CHANGE_KEEPS);
        leave_out(body, 1 + size % (values_of(body) + 1), arena);
    }
    arena_close(arena);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate};
    const ProtobufCMessageDescriptor *type = kinds[size ? *data % count : 0].body;
    return mutator_input(&mutator, type, 1, data, size, size_max);
}
