#include "admin/keep.h"

#include "record/codec.h"

/* We wrote it ourselves: what does not read is damaged. */
static enum fault read_wire(struct bytes wire, const ProtobufCMessageDescriptor *type,
                            struct arena *arena, ProtobufCMessage **out)
{
    static const struct scan_limits limits = {
        .bytes_max = STORE_VALUE_MAX, .depth_max = 2, .fields_max = 2048};
    enum verdict verdict = codec_unpack(type, wire, &limits, arena, out);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    return FAULT_NONE;
}

enum fault keep_get(struct store *store, const char *name, const ProtobufCMessageDescriptor *type,
                    struct arena *arena, ProtobufCMessage **out)
{
    struct bytes wire;
    TRY(store->value_get(store, name, arena, &wire));
    *out = NULL;
    return wire.size ? read_wire(wire, type, arena, out) : FAULT_NONE;
}

enum fault keep_put(struct store *store, const char *name, const ProtobufCMessage *message,
                    struct arena *arena)
{
    struct bytes wire = codec_pack(message, arena);
    return wire.data ? store->value_put(store, name, wire) : FAULT_MEMORY;
}

enum fault keep_list(struct store *store, const char *prefix, const char *after, size_t max,
                     const ProtobufCMessageDescriptor *type, struct arena *arena,
                     struct keep_row **out, size_t *count)
{
    struct store_value *values;
    size_t found;
    TRY(store->value_list(store, prefix, after, max, arena, &values, &found));
    struct keep_row *rows = arena_take_array(arena, found + 1, sizeof *rows);
    if (!rows)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found; i++) {
        rows[i] = (struct keep_row) {.name = values[i].name, .wire = values[i].value};
        TRY(read_wire(values[i].value, type, arena, &rows[i].message));
    }
    *out = rows;
    *count = found;
    return FAULT_NONE;
}
