#include "record/walk.h"

#include "record/scan.h"

#include <assert.h>
#include <string.h>

/* Where protobuf-c keeps a member and what says that it is there: `has_x`, `n_x` or the case of a
 * oneof, all of them named quantifier. */
static const void *member_of(const ProtobufCMessage *message, unsigned offset)
{
    return (const uint8_t *)message + offset;
}

static void *member_in(ProtobufCMessage *message, unsigned offset)
{
    return (uint8_t *)message + offset;
}

static bool is_pointer(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE;
}

static bool is_repeated(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static bool in_oneof(const ProtobufCFieldDescriptor *field)
{
    return field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF;
}

/* Bytes that one value takes; 0 for a type that our files do not use. */
static size_t value_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_UINT32: return sizeof(uint32_t);
    case PROTOBUF_C_TYPE_UINT64: return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_BOOL: return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_ENUM: return sizeof(int);
    case PROTOBUF_C_TYPE_STRING: return sizeof(char *);
    case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_MESSAGE: return sizeof(ProtobufCMessage *);
    default: return 0;
    }
}

size_t walk_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const void *quantifier = member_of(message, field->quantifier_offset);
    if (is_repeated(field))
        return *(const size_t *)quantifier;
    if (in_oneof(field))
        return *(const uint32_t *)quantifier == field->id;
    if (is_pointer(field))
        return *(const void *const *)member_of(message, field->offset) != NULL;
    return *(const protobuf_c_boolean *)quantifier != 0;
}

struct walk_value walk_get(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t index)
{
    assert(index < walk_count(message, field));
    struct walk_value value = {.field = field, .repeated = is_repeated(field), .index = index};
    const void *at = member_of(message, field->offset);
    if (value.repeated)
        at = *(const uint8_t *const *)at + index * value_size(field);
    if (field->type == PROTOBUF_C_TYPE_UINT32 || field->type == PROTOBUF_C_TYPE_ENUM)
        value.number = *(const uint32_t *)at;
    else if (field->type == PROTOBUF_C_TYPE_UINT64)
        value.number = *(const uint64_t *)at;
    else if (field->type == PROTOBUF_C_TYPE_BOOL)
        value.number = *(const protobuf_c_boolean *)at != 0;
    else if (field->type == PROTOBUF_C_TYPE_STRING)
        value.bytes = bytes_text(*(const char *const *)at);
    else if (field->type == PROTOBUF_C_TYPE_BYTES)
        value.bytes = (struct bytes) {((const ProtobufCBinaryData *)at)->data,
                                      ((const ProtobufCBinaryData *)at)->len};
    else
        value.message = *(const ProtobufCMessage *const *)at;
    return value;
}

static void value_visit(const struct walk_value *value, const struct walk_visitor *visitor)
{
    if (value->field->type != PROTOBUF_C_TYPE_MESSAGE) {
        if (visitor->value)
            visitor->value(visitor->self, value);
        return;
    }
    if (visitor->enter)
        visitor->enter(visitor->self, value);
    walk_message(value->message, visitor);
    if (visitor->leave)
        visitor->leave(visitor->self, value);
}

void walk_message(const ProtobufCMessage *message, const struct walk_visitor *visitor)
{
    assert(message && visitor);
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        size_t count = walk_count(message, field);
        for (size_t index = 0; index < count; index++) {
            struct walk_value value = walk_get(message, field, index);
            value_visit(&value, visitor);
        }
    }
}

/* Room for one more value of the field, marked present; NULL when the arena is spent. A repeated
 * field grows by a copy: what protobuf-c made has no spare room. */
static void *value_add(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       struct arena *arena)
{
    void *at = member_in(message, field->offset);
    void *quantifier = member_in(message, field->quantifier_offset);
    if (is_repeated(field)) {
        size_t *count = quantifier;
        size_t size = value_size(field);
        uint8_t *grown = arena_take_array(arena, *count + 1, size);
        if (!grown)
            return NULL;
        if (*count)
            memcpy(grown, *(uint8_t **)at, *count * size);
        *(uint8_t **)at = grown;
        return grown + (*count)++ * size;
    }
    if (in_oneof(field))
        *(uint32_t *)quantifier = field->id;
    else if (!is_pointer(field))
        *(protobuf_c_boolean *)quantifier = 1;
    return at;
}

/* Another member of the field's oneof stands in its place. */
static bool is_taken(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (!in_oneof(field))
        return false;
    uint32_t member = *(const uint32_t *)member_of(message, field->quantifier_offset);
    return member != 0 && member != field->id;
}

static bool number_valid(const ProtobufCFieldDescriptor *field, uint64_t number)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_UINT32: return number <= UINT32_MAX;
    case PROTOBUF_C_TYPE_UINT64: return true;
    case PROTOBUF_C_TYPE_BOOL: return number <= 1;
    case PROTOBUF_C_TYPE_ENUM:
        return number <= INT32_MAX &&
               protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number);
    default: return false;
    }
}

enum verdict walk_set_number(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                             uint64_t number, struct arena *arena)
{
    if (!number_valid(field, number) || is_taken(message, field))
        return VERDICT_INVALID;
    void *at = value_add(message, field, arena);
    if (!at)
        return VERDICT_TOO_LARGE;
    if (field->type == PROTOBUF_C_TYPE_UINT64)
        *(uint64_t *)at = number;
    else if (field->type == PROTOBUF_C_TYPE_UINT32)
        *(uint32_t *)at = (uint32_t)number;
    else
        *(int *)at = (int)number;
    return VERDICT_FINE;
}

static_assert(sizeof(protobuf_c_boolean) == sizeof(int), "bool and enum are both set as int");

enum verdict walk_set_bytes(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                            struct bytes bytes, struct arena *arena)
{
    bool text = field->type == PROTOBUF_C_TYPE_STRING;
    if (!text && field->type != PROTOBUF_C_TYPE_BYTES)
        return VERDICT_INVALID;
    if ((text && !scan_text(bytes)) || is_taken(message, field))
        return VERDICT_INVALID;
    char *copy = arena_text(arena, bytes);
    void *at = copy ? value_add(message, field, arena) : NULL;
    if (!at)
        return VERDICT_TOO_LARGE;
    if (text)
        *(char **)at = copy;
    else
        *(ProtobufCBinaryData *)at = (ProtobufCBinaryData) {bytes.size, (uint8_t *)copy};
    return VERDICT_FINE;
}

enum verdict walk_add_message(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                              struct arena *arena, ProtobufCMessage **added)
{
    if (field->type != PROTOBUF_C_TYPE_MESSAGE || is_taken(message, field))
        return VERDICT_INVALID;
    if (!is_repeated(field) && walk_count(message, field))
        return VERDICT_DUPLICATE;
    ProtobufCMessage *fresh = walk_new(field->descriptor, arena);
    void *at = fresh ? value_add(message, field, arena) : NULL;
    if (!at)
        return VERDICT_TOO_LARGE;
    *(ProtobufCMessage **)at = fresh;
    *added = fresh;
    return VERDICT_FINE;
}

ProtobufCMessage *walk_new(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    ProtobufCMessage *message = arena_take(arena, type->sizeof_message);
    if (message)
        type->message_init(message);
    return message;
}

static bool message_same(const ProtobufCMessage *left, const ProtobufCMessage *right)
{
    assert(left->descriptor == right->descriptor);
    for (unsigned i = 0; i < left->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &left->descriptor->fields[i];
        if (!walk_same(left, field, right, field))
            return false;
    }
    return true;
}

static bool value_same(const struct walk_value *left, const struct walk_value *right)
{
    assert(left->field->type == right->field->type);
    switch (left->field->type) {
    case PROTOBUF_C_TYPE_MESSAGE: return message_same(left->message, right->message);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES: return bytes_equal(left->bytes, right->bytes);
    default: return left->number == right->number;
    }
}

bool walk_same(const ProtobufCMessage *left, const ProtobufCFieldDescriptor *left_field,
               const ProtobufCMessage *right, const ProtobufCFieldDescriptor *right_field)
{
    size_t count = walk_count(left, left_field);
    if (count != walk_count(right, right_field))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct walk_value one = walk_get(left, left_field, i);
        struct walk_value other = walk_get(right, right_field, i);
        if (!value_same(&one, &other))
            return false;
    }
    return true;
}

struct difference_list {
    struct arena *arena;
    const char **paths;
    size_t max, count;
};

static void difference_add(struct difference_list *list, const char *prefix, const char *name)
{
    if (list->count++ >= list->max)
        return;
    const char *path = prefix ? arena_format(list->arena, "%s.%s", prefix, name) : name;
    /* Where memory is spent the name alone must do. */
    list->paths[list->count - 1] = path ? path : name;
}

static void differences_find(struct difference_list *list, const char *prefix,
                             const ProtobufCMessage *left, const ProtobufCMessage *right)
{
    assert(left->descriptor == right->descriptor);
    for (unsigned i = 0; i < left->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &left->descriptor->fields[i];
        if (walk_same(left, field, right, field))
            continue;
        bool nested = field->type == PROTOBUF_C_TYPE_MESSAGE && !is_repeated(field) &&
                      walk_count(left, field) && walk_count(right, field);
        if (!nested) {
            difference_add(list, prefix, field->name);
            continue;
        }
        const char *path =
            prefix ? arena_format(list->arena, "%s.%s", prefix, field->name) : field->name;
        differences_find(list, path ? path : field->name, walk_get(left, field, 0).message,
                         walk_get(right, field, 0).message);
    }
}

size_t walk_differences(const ProtobufCMessage *left, const ProtobufCMessage *right,
                        struct arena *arena, const char **paths, size_t max)
{
    struct difference_list list = {.arena = arena, .paths = paths, .max = max};
    differences_find(&list, NULL, left, right);
    return list.count;
}
