#include "record/scan.h"

#include <assert.h>
#include <string.h>

enum wire { WIRE_VARINT = 0, WIRE_EIGHT = 1, WIRE_LENGTH = 2, WIRE_FOUR = 5, WIRE_NONE = 8 };

enum { DEPTH_MOST = 16 };

/* How the types that our files use stand on the wire; the others are not used (an assert). */
static const struct {
    bool used;
    enum wire wire;
    uint64_t most;
} scalars[] = {
    [PROTOBUF_C_TYPE_UINT32] = {true, WIRE_VARINT, UINT32_MAX},
    [PROTOBUF_C_TYPE_UINT64] = {true, WIRE_VARINT, UINT64_MAX},
    [PROTOBUF_C_TYPE_BOOL] = {true, WIRE_VARINT, 1},
    [PROTOBUF_C_TYPE_ENUM] = {true, WIRE_VARINT, INT32_MAX},
    [PROTOBUF_C_TYPE_STRING] = {true, WIRE_LENGTH, 0},
    [PROTOBUF_C_TYPE_BYTES] = {true, WIRE_LENGTH, 0},
    [PROTOBUF_C_TYPE_MESSAGE] = {true, WIRE_LENGTH, 0},
};

static_assert(sizeof scalars / sizeof *scalars == PROTOBUF_C_TYPE_MESSAGE + 1,
              "the message is protobuf-c's last type");

/* Well-formed UTF-8 by lead byte (Unicode 15, table 3-7), without the control characters:
 * C2 80 to C2 9F are the second block of them. */
static const struct {
    uint8_t first, last, second_least, second_most;
    size_t size;
} characters[] = {
    {0xC2, 0xC2, 0xA0, 0xBF, 2}, {0xC3, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

struct scan {
    const struct scan_limits *limits;
    uint32_t fields; /* counted so far, in all messages */
};

/* What has been passed of one message. */
struct place {
    const uint8_t *at, *end;
    const ProtobufCFieldDescriptor *next, *stop; /* ascending, as the wire must be */
    uint32_t number;                             /* of the newest field; 0 is none */
    unsigned oneof;                              /* the newest oneof met, by its case's offset */
};

static enum verdict message_check(struct scan *scan, const ProtobufCMessageDescriptor *type,
                                  struct bytes wire, uint32_t depth);

enum verdict scan_check(const ProtobufCMessageDescriptor *type, struct bytes wire,
                        const struct scan_limits *limits)
{
    assert(limits->depth_max <= DEPTH_MOST);
    if (wire.size > limits->bytes_max)
        return VERDICT_TOO_LARGE;
    if (wire.size == 0)
        return VERDICT_FINE;
    struct scan scan = {.limits = limits};
    return message_check(&scan, type, wire, 1);
}

/* Size of the character of several bytes that stands at `at`; 0 when none does. */
static size_t character_size(const uint8_t *at, size_t left)
{
    for (size_t row = 0; row < sizeof characters / sizeof *characters; row++) {
        if (*at < characters[row].first || *at > characters[row].last)
            continue;
        size_t size = characters[row].size;
        if (size > left || at[1] < characters[row].second_least ||
            at[1] > characters[row].second_most)
            return 0;
        for (size_t i = 2; i < size; i++)
            if ((at[i] & 0xC0) != 0x80)
                return 0;
        return size;
    }
    return 0;
}

bool scan_text(struct bytes text)
{
    size_t at = bytes_printable(text, 0);
    for (; at < text.size; at += bytes_printable(text, at)) {
        uint8_t byte = text.data[at];
        size_t size = 1;
        if (byte >= 0x80)
            size = character_size(text.data + at, text.size - at);
        else if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F)
            size = 0;
        if (size == 0)
            return false;
        at += size;
    }
    assert(at == text.size);
    return true;
}

/* A varint in its shortest form: the last byte is not zero unless it is the only one. protobuf-c
 * would also take longer forms, and cut what exceeds 64 bits. */
static bool varint_read(struct place *place, uint64_t *value)
{
    uint64_t sum = 0;
    if (place->at < place->end && *place->at < 0x80) { /* nearly all are one byte long */
        *value = *place->at++;
        return true;
    }
    for (unsigned shift = 0; shift < 64 && place->at < place->end; shift += 7) {
        uint8_t byte = *place->at++;
        sum |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *value = sum;
            return (byte != 0 || shift == 0) && (shift < 63 || byte == 1);
        }
    }
    return false;
}

/* A length and as many bytes. */
static bool counted_read(struct place *place, struct bytes *content)
{
    uint64_t size;
    if (!varint_read(place, &size) || size > (size_t)(place->end - place->at))
        return false;
    *content = (struct bytes) {place->at, (size_t)size};
    place->at += size;
    return true;
}

static bool number_fits(const ProtobufCFieldDescriptor *field, uint64_t number)
{
    if (number > scalars[field->type].most)
        return false;
    return field->type != PROTOBUF_C_TYPE_ENUM ||
           protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number);
}

static bool field_count(struct scan *scan)
{
    return ++scan->fields <= scan->limits->fields_max;
}

static enum verdict packed_check(struct scan *scan, const ProtobufCFieldDescriptor *field,
                                 struct bytes content)
{
    struct place inside = {.at = content.data, .end = content.data + content.size};
    if (content.size == 0)
        return VERDICT_MALFORMED;
    while (inside.at < inside.end) {
        uint64_t number;
        if (!varint_read(&inside, &number) || !number_fits(field, number))
            return VERDICT_MALFORMED;
        if (!field_count(scan))
            return VERDICT_TOO_LARGE;
    }
    return VERDICT_FINE;
}

static enum verdict known_check(struct scan *scan, const ProtobufCFieldDescriptor *field,
                                enum wire wire, struct place *place, uint32_t depth)
{
    assert(scalars[field->type].used);
    uint64_t number;
    struct bytes content;
    bool packed = field->flags & PROTOBUF_C_FIELD_FLAG_PACKED;
    if (wire != (packed ? WIRE_LENGTH : scalars[field->type].wire))
        return VERDICT_MALFORMED;
    if (wire == WIRE_VARINT) {
        bool fits = varint_read(place, &number) && number_fits(field, number);
        return fits ? VERDICT_FINE : VERDICT_MALFORMED;
    }
    if (!counted_read(place, &content))
        return VERDICT_MALFORMED;
    if (packed)
        return packed_check(scan, field, content);
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return message_check(scan, field->descriptor, content, depth + 1);
    if (field->type == PROTOBUF_C_TYPE_STRING && !scan_text(content))
        return VERDICT_MALFORMED;
    return VERDICT_FINE;
}

/* An extension that we do not know: only its place and its frame can be judged. */
static enum verdict unknown_check(const struct scan *scan, uint32_t number, enum wire wire,
                                  struct place *place)
{
    uint64_t value;
    struct bytes content;
    if (number < scan->limits->extension_first || number > scan->limits->extension_last)
        return VERDICT_MALFORMED;
    if (wire == WIRE_VARINT)
        return varint_read(place, &value) ? VERDICT_FINE : VERDICT_MALFORMED;
    if (wire == WIRE_LENGTH)
        return counted_read(place, &content) ? VERDICT_FINE : VERDICT_MALFORMED;
    if (wire != WIRE_EIGHT && wire != WIRE_FOUR)
        return VERDICT_MALFORMED;
    size_t size = wire == WIRE_EIGHT ? 8 : 4;
    if (size > (size_t)(place->end - place->at))
        return VERDICT_MALFORMED;
    place->at += size;
    return VERDICT_FINE;
}

/* The descriptor of a field number, NULL when there is none. Numbers come ascending, so one walk
 * over the descriptors serves the whole message. */
static const ProtobufCFieldDescriptor *field_find(struct place *place, uint32_t number)
{
    while (place->next < place->stop && place->next->id < number)
        place->next++;
    return place->next < place->stop && place->next->id == number ? place->next : NULL;
}

/* Strictly ascending; the elements of a repeated field that is not packed stand side by side. */
static bool in_order(const struct place *place, const ProtobufCFieldDescriptor *field,
                     uint32_t number)
{
    bool repeats = field && field->label == PROTOBUF_C_LABEL_REPEATED &&
                   !(field->flags & PROTOBUF_C_FIELD_FLAG_PACKED);
    return number > place->number || (repeats && number == place->number);
}

/* At most one member of a oneof. The members of one stand next to each other in our files. */
static bool oneof_alone(struct place *place, const ProtobufCFieldDescriptor *field)
{
    if (!field || !(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return true;
    bool alone = place->oneof != field->quantifier_offset;
    place->oneof = field->quantifier_offset;
    return alone;
}

static enum verdict message_check(struct scan *scan, const ProtobufCMessageDescriptor *type,
                                  struct bytes wire, uint32_t depth)
{
    if (depth > scan->limits->depth_max)
        return VERDICT_MALFORMED;
    struct place place = {.at = wire.data,
                          .end = wire.data + wire.size,
                          .next = type->fields,
                          .stop = type->fields + type->n_fields};
    while (place.at < place.end) {
        uint64_t tag;
        if (!varint_read(&place, &tag) || tag > UINT32_MAX)
            return VERDICT_MALFORMED;
        uint32_t number = (uint32_t)(tag >> 3);
        const ProtobufCFieldDescriptor *field = field_find(&place, number);
        if (!in_order(&place, field, number) || !oneof_alone(&place, field))
            return VERDICT_MALFORMED;
        if (!field_count(scan))
            return VERDICT_TOO_LARGE;
        place.number = number;
        if (field)
            TRY(known_check(scan, field, (enum wire)(tag & 7), &place, depth));
        else
            TRY(unknown_check(scan, number, (enum wire)(tag & 7), &place));
    }
    return VERDICT_FINE;
}
