#include "record/codec.h"

#include <assert.h>

static void *memory_take(void *self, size_t size)
{
    return arena_room(self, size);
}

/* The arena goes as a whole. */
static void memory_leave(void *self, void *taken)
{
    (void)self;
    (void)taken;
}

enum verdict codec_unpack(const ProtobufCMessageDescriptor *type, struct bytes wire,
                          const struct scan_limits *limits, struct arena *arena,
                          ProtobufCMessage **message)
{
    assert(type && arena);
    TRY(scan_check(type, wire, limits));
    ProtobufCAllocator memory = {memory_take, memory_leave, arena};
    ProtobufCMessage *unpacked = protobuf_c_message_unpack(type, &memory, wire.size, wire.data);
    /* What the scanner lets through protobuf-c reads (the fuzz targets hold us to it), so only
     * memory can be wanting. */
    if (!unpacked)
        return VERDICT_TOO_LARGE;
    *message = unpacked;
    return VERDICT_FINE;
}

struct bytes codec_pack(const ProtobufCMessage *message, struct arena *arena)
{
    assert(message && arena);
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *wire = arena_room(arena, size);
    if (!wire)
        return (struct bytes) {0};
    size_t packed = protobuf_c_message_pack(message, wire);
    assert(packed == size);
    return (struct bytes) {wire, packed};
}
