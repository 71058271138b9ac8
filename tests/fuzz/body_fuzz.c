/* links: base seal record */
#include "record/kind.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/walk.h"

#include <assert.h>

/* The same message, value by value through the walk. */
static void copy_fill(const ProtobufCMessage *source, ProtobufCMessage *copy, struct arena *arena)
{
    for (unsigned i = 0; i < source->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &source->descriptor->fields[i];
        size_t count = walk_count(source, field);
        for (size_t index = 0; index < count; index++) {
            struct walk_value value = walk_get(source, field, index);
            ProtobufCMessage *added = NULL;
            enum verdict verdict;
            if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                verdict = walk_add_message(copy, field, arena, &added);
            else if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES)
                verdict = walk_set_bytes(copy, field, value.bytes, arena);
            else
                verdict = walk_set_number(copy, field, value.number, arena);
            assert(verdict == VERDICT_FINE);
            if (added)
                copy_fill(value.message, added, arena);
        }
    }
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
        copy_fill(body, copy, arena);
        assert(bytes_equal(codec_pack(body, arena), wire));
        assert(bytes_equal(codec_pack(copy, arena), wire));
        assert(walk_differences(body, copy, arena, NULL, 0) == 0);
        if (kind->body == &peregrin__nomination__descriptor)
            assert(kind_change_of(body, copy) == PEREGRIN__CHANGE__CHANGE_KEEPS);
    }
    arena_close(arena);
    return 0;
}
