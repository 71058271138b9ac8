#include "fuzz/mutator.h"

#include "record/codec.h"
#include "record/walk.h"

#include <assert.h>
#include <string.h>

enum { ARENA = 4 * 1024 * 1024, PLACES_MAX = 256, ROOM = 64, STEPS_MAX = 4, RAW_ONE_IN = 6 };
enum { REMEMBERED = 32, REMEMBERED_SIZE = 4096, AGAIN_ONE_IN = 3 };

/* Numbers at which something ends: of a byte, of a word, and of our own limits. */
static const uint64_t extremes[] = {
    0,
    1,
    2,
    15,
    16,
    31,
    32,
    33,
    64,
    100,
    127,
    128,
    199,
    200,
    255,
    256,
    511,
    512,
    513,
    1023,
    1024,
    1025,
    4096,
    4097,
    65535,
    65536,
    INT32_MAX,
    UINT32_MAX,
    (uint64_t)1 << 32,
    INT64_MAX,
    UINT64_MAX,
};

static const size_t sizes[] = {0, 1, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65};

/* One message in the tree, and all of them. */
struct places {
    ProtobufCMessage *messages[PLACES_MAX];
    size_t count;
};

struct change {
    struct mutator *mutator;
    struct arena *arena;
    struct places *places;
};

size_t mutator_below(struct mutator *mutator, size_t bound)
{
    assert(bound);
    /* splitmix64: any dice would do. */
    uint64_t z = mutator->dice += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (size_t)((z ^ z >> 31) % bound);
}

/* ---- where things stand: walk.h only reads and adds ---- */

static void *member(ProtobufCMessage *message, unsigned offset)
{
    return (uint8_t *)message + offset;
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_UINT64: return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
    default: return sizeof(uint32_t);
    }
}

static void *value_at(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                      size_t index)
{
    void *at = member(message, field->offset);
    if (field->label != PROTOBUF_C_LABEL_REPEATED)
        return at;
    return *(uint8_t **)at + index * value_size(field);
}

static void value_clear(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        size_t index)
{
    void *quantifier = member(message, field->quantifier_offset);
    size_t size = value_size(field);
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t *count = quantifier;
        uint8_t *at = value_at(message, field, index);
        memmove(at, at + size, (--*count - index) * size);
        return;
    }
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)quantifier = 0;
    else if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE)
        *(protobuf_c_boolean *)quantifier = 0;
    memset(value_at(message, field, 0), 0, size);
}

static void places_find(struct places *places, ProtobufCMessage *message)
{
    if (places->count == PLACES_MAX)
        return;
    places->messages[places->count++] = message;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        size_t count = field->type == PROTOBUF_C_TYPE_MESSAGE ? walk_count(message, field) : 0;
        for (size_t index = 0; index < count; index++)
            places_find(places, *(ProtobufCMessage **)value_at(message, field, index));
    }
}

static void *memory_take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void memory_leave(void *, void *)
{
}

/* Without the scanner: also what it would refuse is to be changed. */
static ProtobufCMessage *unpack(const ProtobufCMessageDescriptor *type, struct bytes wire,
                                struct arena *arena)
{
    ProtobufCAllocator memory = {memory_take, memory_leave, arena};
    return wire.data ? protobuf_c_message_unpack(type, &memory, wire.size, wire.data) : NULL;
}

/* ---- values ---- */

static uint64_t number_new(struct change *change, const ProtobufCFieldDescriptor *field,
                           uint64_t old)
{
    struct mutator *mutator = change->mutator;
    if (field->type == PROTOBUF_C_TYPE_ENUM) {
        const ProtobufCEnumDescriptor *names = field->descriptor;
        return (uint64_t)names->values[mutator_below(mutator, names->n_values)].value;
    }
    if (field->type == PROTOBUF_C_TYPE_BOOL)
        return !old;
    switch (mutator_below(mutator, 4)) {
    case 0: return old + 1;
    case 1: return old - 1;
    case 2: return mutator_below(mutator, 64);
    default: return extremes[mutator_below(mutator, sizeof extremes / sizeof *extremes)];
    }
}

/* A value of the same type from anywhere in the message: a name, an id, a digest that is known. */
static bool value_borrow(struct change *change, const ProtobufCFieldDescriptor *wanted,
                         struct walk_value *out)
{
    struct mutator *mutator = change->mutator;
    for (int tries = 0; tries < 8; tries++) {
        const ProtobufCMessage *from =
            change->places->messages[mutator_below(mutator, change->places->count)];
        if (!from->descriptor->n_fields)
            continue;
        const ProtobufCFieldDescriptor *field =
            &from->descriptor->fields[mutator_below(mutator, from->descriptor->n_fields)];
        size_t count = walk_count(from, field);
        if (!count || field->type != wanted->type || field->descriptor != wanted->descriptor)
            continue;
        *out = walk_get(from, field, mutator_below(mutator, count));
        return true;
    }
    return false;
}

static struct bytes inner_change(struct change *change, const ProtobufCFieldDescriptor *field,
                                 uint8_t *room, struct bytes old, size_t room_size)
{
    struct mutator *mutator = change->mutator;
    size_t size = 0;
    if (!mutator->inner || mutator_below(mutator, 8) == 0)
        return (struct bytes) {0};
    for (const ProtobufCMessageDescriptor *const *type = mutator->inner(field); *type && !size;
         type++)
        size = mutator_message(mutator, *type, room, old.size, room_size);
    return (struct bytes) {size ? room : NULL, size};
}

static struct bytes bytes_new(struct change *change, const ProtobufCFieldDescriptor *field,
                              struct bytes old)
{
    struct mutator *mutator = change->mutator;
    struct walk_value other;
    bool nests = mutator->inner && *mutator->inner(field);
    if (mutator_below(mutator, nests ? 16 : 3) == 0 && value_borrow(change, field, &other))
        return other.bytes;
    size_t room_size = old.size + ROOM;
    uint8_t *room = arena_take(change->arena, room_size);
    if (!room)
        return old;
    memset(room, 0, room_size);
    if (old.size)
        memcpy(room, old.data, old.size);
    struct bytes inner = inner_change(change, field, room, old, room_size);
    if (inner.data)
        return inner;
    if (mutator_below(mutator, 4) == 0) {
        size_t size = sizes[mutator_below(mutator, sizeof sizes / sizeof *sizes)];
        return (struct bytes) {room, size < room_size ? size : room_size};
    }
    return (struct bytes) {room, mutator->bytes(room, old.size, room_size)};
}

/* ---- changes ---- */

/* A message of the field's type from elsewhere stands here too, or an empty one does. A copy by the
 * wire, so that no message stands in itself. */
static void message_set(struct change *change, ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field)
{
    struct walk_value other;
    ProtobufCMessage *added, *copy = NULL;
    if (value_borrow(change, field, &other))
        copy = unpack(field->descriptor, codec_pack(other.message, change->arena), change->arena);
    if (walk_add_message(message, field, change->arena, &added) == VERDICT_FINE && copy)
        *(ProtobufCMessage **)value_at(message, field, walk_count(message, field) - 1) = copy;
}

/* A refusal of the walk leaves the message as it is. */
static void value_set(struct change *change, ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field)
{
    size_t count = walk_count(message, field);
    struct walk_value old = {0};
    if (count) {
        size_t index = mutator_below(change->mutator, count);
        old = walk_get(message, field, index);
        /* A repeated field gets one more, or its last one anew. */
        if (field->label != PROTOBUF_C_LABEL_REPEATED || mutator_below(change->mutator, 2))
            value_clear(message, field, index);
    }
    enum verdict verdict = VERDICT_FINE;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        message_set(change, message, field);
    else if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES)
        verdict =
            walk_set_bytes(message, field, bytes_new(change, field, old.bytes), change->arena);
    else
        verdict =
            walk_set_number(message, field, number_new(change, field, old.number), change->arena);
    (void)verdict;
}

static void value_double(struct change *change, ProtobufCMessage *message,
                         const ProtobufCFieldDescriptor *field)
{
    size_t count = walk_count(message, field), size = value_size(field);
    if (field->label != PROTOBUF_C_LABEL_REPEATED || !count)
        return;
    size_t which = mutator_below(change->mutator, count);
    uint8_t *grown = arena_take(change->arena, (count + 1) * size);
    if (!grown)
        return;
    memcpy(grown, value_at(message, field, 0), count * size);
    memcpy(grown + count * size, grown + which * size, size);
    *(uint8_t **)member(message, field->offset) = grown;
    *(size_t *)member(message, field->quantifier_offset) = count + 1;
}

static void values_swap(struct change *change, ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field)
{
    uint8_t kept[sizeof(ProtobufCBinaryData)];
    size_t count = walk_count(message, field), size = value_size(field);
    if (field->label != PROTOBUF_C_LABEL_REPEATED || count < 2)
        return;
    size_t one = mutator_below(change->mutator, count),
           other = mutator_below(change->mutator, count);
    memcpy(kept, value_at(message, field, one), size);
    memmove(value_at(message, field, one), value_at(message, field, other), size);
    memcpy(value_at(message, field, other), kept, size);
}

/* Half of the time one that is there: in a wide message most are not. */
static const ProtobufCFieldDescriptor *field_choose(struct change *change,
                                                    const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field = NULL;
    for (size_t tries = mutator_below(change->mutator, 2) ? 4 : 1; tries > 0; tries--) {
        field = &message->descriptor
                     ->fields[mutator_below(change->mutator, message->descriptor->n_fields)];
        if (walk_count(message, field))
            break;
    }
    return field;
}

/* Changes the message that stands packed in a field of bytes, the one that is `wish` among them;
 * returns how many there are when it is not there. */
static size_t inner_step(struct change *change, size_t wish)
{
    static const size_t done = SIZE_MAX;
    size_t seen = 0;
    for (size_t i = 0; i < change->places->count; i++) {
        ProtobufCMessage *message = change->places->messages[i];
        for (unsigned j = 0; j < message->descriptor->n_fields; j++) {
            const ProtobufCFieldDescriptor *field = &message->descriptor->fields[j];
            if (field->type != PROTOBUF_C_TYPE_BYTES || field->label == PROTOBUF_C_LABEL_REPEATED ||
                !walk_count(message, field) || !*change->mutator->inner(field) || seen++ != wish)
                continue;
            value_set(change, message, field);
            return done;
        }
    }
    return seen;
}

static void step(struct change *change, ProtobufCMessage *root)
{
    *change->places = (struct places) {0};
    places_find(change->places, root);
    if (change->mutator->inner && mutator_below(change->mutator, 2)) {
        size_t count = inner_step(change, SIZE_MAX - 1);
        if (count) {
            inner_step(change, mutator_below(change->mutator, count));
            return;
        }
    }
    ProtobufCMessage *message =
        change->places->messages[mutator_below(change->mutator, change->places->count)];
    if (!message->descriptor->n_fields)
        return;
    const ProtobufCFieldDescriptor *field = field_choose(change, message);
    size_t count = walk_count(message, field);
    switch (mutator_below(change->mutator, 8)) {
    case 0:
        if (count)
            value_clear(message, field, mutator_below(change->mutator, count));
        break;
    case 1: value_double(change, message, field); break;
    case 2: values_swap(change, message, field); break;
    default: value_set(change, message, field); break;
    }
}

size_t mutator_message(struct mutator *mutator, const ProtobufCMessageDescriptor *type,
                       uint8_t *data, size_t size, size_t size_max)
{
    struct arena *arena = arena_open(ARENA);
    assert(arena);
    struct places places;
    struct change change = {mutator, arena, &places};
    /* A copy: what is unpacked must not lie where it is packed. */
    ProtobufCMessage *message = unpack(type, arena_copy(arena, (struct bytes) {data, size}), arena);
    size_t packed = 0;
    if (message) {
        size_t steps = mutator_below(mutator, 2) ? 1 : 1 + mutator_below(mutator, STEPS_MAX);
        for (; steps > 0; steps--)
            step(&change, message);
        packed = protobuf_c_message_get_packed_size(message);
        packed = packed <= size_max ? protobuf_c_message_pack(message, data) : 0;
    }
    arena_close(arena);
    return packed;
}

/* The only memory between inputs. */
static struct {
    uint8_t data[REMEMBERED_SIZE];
    size_t size;
} remembered[REMEMBERED];
static size_t remembered_count;

void mutator_remember(const uint8_t *data, size_t size)
{
    if (!size || size > REMEMBERED_SIZE)
        return;
    size_t place = remembered_count++ % REMEMBERED;
    memcpy(remembered[place].data, data, size);
    remembered[place].size = size;
}

static size_t begin_again(struct mutator *mutator, uint8_t *data, size_t size, size_t size_max)
{
    size_t count = remembered_count < REMEMBERED ? remembered_count : REMEMBERED;
    if (!count || mutator_below(mutator, AGAIN_ONE_IN))
        return size;
    size_t which = mutator_below(mutator, count);
    if (remembered[which].size > size_max)
        return size;
    memcpy(data, remembered[which].data, remembered[which].size);
    return remembered[which].size;
}

size_t mutator_input(struct mutator *mutator, const ProtobufCMessageDescriptor *type, size_t before,
                     uint8_t *data, size_t size, size_t size_max)
{
    size = begin_again(mutator, data, size, size_max);
    if (!type || size < before || mutator_below(mutator, RAW_ONE_IN) == 0)
        return mutator->bytes(data, size, size_max);
    if (before && mutator_below(mutator, RAW_ONE_IN) == 0)
        mutator->bytes(data, before, before);
    size_t changed =
        mutator_message(mutator, type, data + before, size - before, size_max - before);
    return changed ? before + changed : mutator->bytes(data, size, size_max);
}
