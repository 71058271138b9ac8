#include "report/json_record.h"

#include "agreement.pb-c.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "record/walk.h"
#include "report/text.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum { NAME_MAX_SHOWN = 32 };

/* Plain numbers on the wire, so that a reader can hold what it does not know; words for people. The
 * word is the rest of the enum's name in small letters. Gender stays a number, as ISO/IEC 5218 has
 * it. */
static const struct coded {
    const ProtobufCMessageDescriptor *type;
    const char *field;
    const ProtobufCEnumDescriptor *codes;
    size_t prefix; /* of the enum's names */
} coded[] = {
    {&peregrin__nomination__descriptor, "mobility", &peregrin__mobility_kind__descriptor,
     sizeof "MOBILITY_" - 1},
    {&peregrin__condition__descriptor, "mobility", &peregrin__mobility_kind__descriptor,
     sizeof "MOBILITY_" - 1},
    {&peregrin__condition__descriptor, "degrees", &peregrin__degrees__descriptor,
     sizeof "DEGREES_" - 1},
    {&peregrin__decision__descriptor, "outcome", &peregrin__outcome__descriptor,
     sizeof "OUTCOME_" - 1},
    {&peregrin__learning_decision__descriptor, "outcome", &peregrin__outcome__descriptor,
     sizeof "OUTCOME_" - 1},
    {&peregrin__learning_unit__descriptor, "part", &peregrin__learning_part__descriptor,
     sizeof "LEARNING_" - 1},
    {&peregrin__claim__descriptor, "outcome", &peregrin__outcome__descriptor,
     sizeof "OUTCOME_" - 1},
    {&peregrin__claim__descriptor, "change", &peregrin__change__descriptor, sizeof "CHANGE_" - 1},
    {&peregrin__home_component__descriptor, "conversion", &peregrin__conversion__descriptor,
     sizeof "CONVERSION_" - 1},
    {&peregrin__header__descriptor, "kind", &peregrin__kind__descriptor, sizeof "KIND_" - 1},
};

static const struct coded *coded_find(const ProtobufCMessageDescriptor *type, const char *field)
{
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
        if (coded[i].type == type && strcmp(coded[i].field, field) == 0)
            return &coded[i];
    return NULL;
}

bool json_record_word(const ProtobufCMessageDescriptor *type, const char *field, uint64_t number,
                      char word[static JSON_RECORD_WORD])
{
    const struct coded *row = coded_find(type, field);
    const ProtobufCEnumValue *value =
        row && number <= INT32_MAX ? protobuf_c_enum_descriptor_get_value(row->codes, (int)number)
                                   : NULL;
    if (!value)
        return false;
    const char *name = value->name + row->prefix;
    size_t length = strlen(name);
    assert(length < JSON_RECORD_WORD);
    for (size_t i = 0; i <= length; i++)
        word[i] = (char)tolower((unsigned char)name[i]);
    return true;
}

bool json_record_code(const ProtobufCMessageDescriptor *type, const char *field, struct bytes word,
                      uint64_t *number)
{
    const struct coded *row = coded_find(type, field);
    for (unsigned i = 0; row && i < row->codes->n_values; i++) {
        const char *name = row->codes->values[i].name + row->prefix;
        if (strlen(name) == word.size &&
            strncasecmp(name, (const char *)word.data, word.size) == 0) {
            *number = (uint64_t)row->codes->values[i].value;
            return true;
        }
    }
    return false;
}

/* ---- out --------------------------------------------------------------------------------- */

static json_t *number_write(const ProtobufCMessageDescriptor *type, const struct walk_value *value)
{
    char word[JSON_RECORD_WORD];
    if (value->field->type == PROTOBUF_C_TYPE_BOOL)
        return json_boolean(value->number);
    if (json_record_word(type, value->field->name, value->number, word))
        return json_string(word);
    /* JSON's readers are sure of 63 bits at best; what is larger goes as text. */
    if (value->number > INT64_MAX)
        return json_sprintf("%" PRIu64, value->number);
    return json_integer((json_int_t)value->number);
}

static json_t *value_write(const ProtobufCMessageDescriptor *type, const struct walk_value *value,
                           struct arena *arena)
{
    switch (value->field->type) {
    case PROTOBUF_C_TYPE_MESSAGE: return json_record_write(value->message, arena);
    case PROTOBUF_C_TYPE_STRING:
        return json_stringn((const char *)value->bytes.data, value->bytes.size);
    case PROTOBUF_C_TYPE_BYTES: return json_string(text_hex(value->bytes, arena));
    default: return number_write(type, value);
    }
}

static json_t *field_write(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           struct arena *arena)
{
    size_t count = walk_count(message, field);
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        struct walk_value value = walk_get(message, field, 0);
        return value_write(message->descriptor, &value, arena);
    }
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++) {
        struct walk_value value = walk_get(message, field, i);
        if (json_array_append_new(list, value_write(message->descriptor, &value, arena)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

json_t *json_record_write(const ProtobufCMessage *message, struct arena *arena)
{
    assert(message);
    json_t *object = json_object();
    for (unsigned i = 0; object && i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (walk_count(message, field) == 0)
            continue;
        if (json_object_set_new(object, field->name, field_write(message, field, arena)) != 0) {
            json_decref(object);
            object = NULL;
        }
    }
    return object;
}

/* ---- in ---------------------------------------------------------------------------------- */

/* One level of the path to what is read now; written out only when something is wrong there. */
struct level {
    const struct level *above;
    const char *name;
    bool listed;
    size_t index;
};

struct reader {
    struct arena *arena;
    struct json_record_misfit *misfit;
};

static const char *level_path(const struct level *level, struct arena *arena)
{
    const char *above = level->above ? level_path(level->above, arena) : "";
    if (!above)
        return NULL;
    const char *dot = *above ? "." : "";
    if (level->listed)
        return arena_format(arena, "%s%s%s[%zu]", above, dot, level->name, level->index);
    return arena_format(arena, "%s%s%s", above, dot, level->name);
}

static enum verdict refuse(const struct reader *reader, const struct level *level,
                           const char *expected)
{
    const char *path = level_path(level, reader->arena);
    if (!path || !expected)
        return VERDICT_TOO_LARGE;
    *reader->misfit = (struct json_record_misfit) {path, expected};
    return VERDICT_INVALID;
}

static bool number_read(const json_t *json, const ProtobufCMessageDescriptor *type,
                        const ProtobufCFieldDescriptor *field, uint64_t *number)
{
    if (json_is_string(json)) {
        struct bytes text = {(const uint8_t *)json_string_value(json), json_string_length(json)};
        return json_record_code(type, field->name, text, number);
    }
    if (!json_is_integer(json) || json_integer_value(json) < 0)
        return false;
    *number = (uint64_t)json_integer_value(json);
    return field->type == PROTOBUF_C_TYPE_UINT64 || *number <= UINT32_MAX;
}

/* What a coded field takes, as its words: `studies, traineeship, ...`. */
static const char *words(const struct coded *row, struct arena *arena)
{
    const char *list = "one of";
    for (unsigned i = 0; list && i < row->codes->n_values; i++) {
        char word[JSON_RECORD_WORD];
        bool known =
            json_record_word(row->type, row->field, (uint64_t)row->codes->values[i].value, word);
        assert(known);
        list = arena_format(arena, "%s%s %s", list, i ? "," : "", word);
    }
    return list;
}

static enum verdict set_number(const struct reader *reader, ProtobufCMessage *message,
                               const ProtobufCFieldDescriptor *field, const json_t *json,
                               const struct level *level)
{
    uint64_t number = 0;
    if (field->type == PROTOBUF_C_TYPE_BOOL) {
        if (!json_is_boolean(json))
            return refuse(reader, level, "true or false");
        return walk_set_number(message, field, json_is_true(json), reader->arena);
    }
    if (!number_read(json, message->descriptor, field, &number)) {
        const struct coded *row = coded_find(message->descriptor, field->name);
        return refuse(reader, level, row ? words(row, reader->arena) : "a whole number");
    }
    enum verdict verdict = walk_set_number(message, field, number, reader->arena);
    return verdict == VERDICT_INVALID ? refuse(reader, level, "a known code") : verdict;
}

static enum verdict set_text(const struct reader *reader, ProtobufCMessage *message,
                             const ProtobufCFieldDescriptor *field, const json_t *json,
                             const struct level *level)
{
    if (!json_is_string(json))
        return refuse(reader, level, "text");
    struct bytes text = {(const uint8_t *)json_string_value(json), json_string_length(json)};
    struct bytes composed;
    if (!text_nfc(text, reader->arena, &composed))
        return VERDICT_TOO_LARGE;
    enum verdict verdict = walk_set_bytes(message, field, composed, reader->arena);
    if (verdict == VERDICT_INVALID)
        return refuse(reader, level, "text without control characters");
    return verdict;
}

static enum verdict set_hex(const struct reader *reader, ProtobufCMessage *message,
                            const ProtobufCFieldDescriptor *field, const json_t *json,
                            const struct level *level)
{
    size_t length = json_string_length(json), size = 0;
    struct bytes text = {(const uint8_t *)json_string_value(json), length};
    uint8_t *bytes = arena_take(reader->arena, length / 2);
    if (!bytes)
        return VERDICT_TOO_LARGE;
    if (!text.data || !text_unhex(text, bytes, length / 2, &size))
        return refuse(reader, level, "bytes in hex");
    return walk_set_bytes(message, field, (struct bytes) {bytes, size}, reader->arena);
}

static enum verdict fill(const struct reader *reader, ProtobufCMessage *message, json_t *object,
                         const struct level *above);

static enum verdict set_value(const struct reader *reader, ProtobufCMessage *message,
                              const ProtobufCFieldDescriptor *field, json_t *json,
                              const struct level *level)
{
    ProtobufCMessage *added = NULL;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING: return set_text(reader, message, field, json, level);
    case PROTOBUF_C_TYPE_BYTES: return set_hex(reader, message, field, json, level);
    case PROTOBUF_C_TYPE_MESSAGE:
        if (!json_is_object(json))
            return refuse(reader, level, "an object");
        TRY(walk_add_message(message, field, reader->arena, &added));
        return fill(reader, added, json, level);
    default: return set_number(reader, message, field, json, level);
    }
}

static enum verdict set_field(const struct reader *reader, ProtobufCMessage *message,
                              const ProtobufCFieldDescriptor *field, json_t *json,
                              struct level *level)
{
    if (field->label != PROTOBUF_C_LABEL_REPEATED)
        return set_value(reader, message, field, json, level);
    if (!json_is_array(json))
        return refuse(reader, level, "a list");
    level->listed = true;
    for (level->index = 0; level->index < json_array_size(json); level->index++)
        TRY(set_value(reader, message, field, json_array_get(json, level->index), level));
    return VERDICT_FINE;
}

/* The name came from outside: it is said again only where it looks like a name of ours. */
static enum verdict refuse_name(const struct reader *reader, const ProtobufCMessageDescriptor *type,
                                const char *name, const struct level *above)
{
    const char *expected = arena_format(reader->arena, "only fields of %s", type->short_name);
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    struct level level = {.above = above, .name = name};
    bool ours = length > 0 && length <= NAME_MAX_SHOWN && name[length] == '\0';
    return refuse(reader, ours ? &level : above, expected);
}

static enum verdict fill(const struct reader *reader, ProtobufCMessage *message, json_t *object,
                         const struct level *above)
{
    const char *name;
    json_t *json;
    json_object_foreach(object, name, json)
    {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        if (!field)
            return refuse_name(reader, message->descriptor, name, above);
        struct level level = {.above = above, .name = field->name};
        if (!json_is_null(json))
            TRY(set_field(reader, message, field, json, &level));
    }
    return VERDICT_FINE;
}

enum verdict json_record_read(json_t *object, const ProtobufCMessageDescriptor *type,
                              const char *path, struct arena *arena, ProtobufCMessage **message,
                              struct json_record_misfit *misfit)
{
    struct reader reader = {arena, misfit};
    struct level top = {.name = path};
    if (!json_is_object(object))
        return refuse(&reader, &top, "an object");
    ProtobufCMessage *fresh = walk_new(type, arena);
    if (!fresh)
        return VERDICT_TOO_LARGE;
    TRY(fill(&reader, fresh, object, &top));
    *message = fresh;
    return VERDICT_FINE;
}
