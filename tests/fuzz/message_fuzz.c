/* links: base seal record wire */
/* What is read is written again as the same bytes, and costs no more than its budget; and it has
 * the shape that proto/message.proto promises, asked here in another way than message.c does. */
#include "record/header.h"
#include "record/walk.h"
#include "fuzz/mutator.h"
#include "wire/message.h"

#include "record.pb-c.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Fields of bytes with one name have one size, wherever they stand. */
static const struct {
    const char *field;
    size_t least, most;
} sizes[] = {
    {"run_id", 16, 16},
    {"catalogue_digest", 32, 32},
    {"sum", 32, 32},
    {"from_id", 32, 32},
    {"to_id", 32, 32},
    {"id", 32, 32},
    {"salt", 32, 32},
    {"path", 32, 32},
    {"key_digest", 32, 32},
    {"signature", 64, 64},
    {"header", 1, HEADER_SIZE_MAX},
    {"body", 0, HEADER_BODY_MAX},
    {"ids", 0, 32 * 2000},
    {"wanted_ids", 32, 32 * 512},
    {"minutes", 0, 8 * 2000},
    {"wanted_minutes", 8, 8 * 512},
};

/* How often a repeated field may stand in its message. */
static const struct {
    const char *message, *field;
    size_t least, most;
} counts[] = {
    {"Deliver", "records", 1, 512}, {"Return", "records", 1, 512}, {"Range", "spans", 0, 128},
    {"Signed", "signatures", 1, 1}, {"Carried", "path", 0, 9},     {"Proof", "path", 0, 10},
    {"Hello", "versions", 1, 8},    {"Hello", "schemas", 1, 64},
};

static void judge_value(const struct walk_value *value)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (value->field->type == PROTOBUF_C_TYPE_BYTES &&
            strcmp(value->field->name, sizes[i].field) == 0)
            assert(value->bytes.size >= sizes[i].least && value->bytes.size <= sizes[i].most);
}

static void judge_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (strcmp(message->descriptor->short_name, counts[i].message) == 0 &&
            strcmp(field->name, counts[i].field) == 0)
            assert(walk_count(message, field) >= counts[i].least &&
                   walk_count(message, field) <= counts[i].most);
}

/* Nobody speaks to himself of his own stream. */
static void judge_pair(const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    const ProtobufCFieldDescriptor *issuer =
        protobuf_c_message_descriptor_get_field_by_name(type, "issuer");
    const ProtobufCFieldDescriptor *audience =
        protobuf_c_message_descriptor_get_field_by_name(type, "audience");
    if (!issuer || !audience)
        return;
    assert(walk_count(message, issuer) && walk_count(message, audience));
    struct bytes one = walk_get(message, issuer, 0).bytes;
    struct bytes other = walk_get(message, audience, 0).bytes;
    assert(!bytes_equal(one, other) && memchr(one.data, '.', one.size));
    assert(memchr(other.data, '.', other.size) && one.size <= 64 && other.size <= 64);
}

static void judge(const ProtobufCMessage *message)
{
    judge_pair(message);
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        judge_count(message, field);
        for (size_t index = 0; index < walk_count(message, field); index++) {
            struct walk_value value = walk_get(message, field, index);
            judge_value(&value);
            if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                judge(value.message);
        }
    }
}

/* Minute and id as one text of bytes that sorts as the stream does. */
static void place_write(uint64_t minute, const uint8_t *id, uint8_t out[40])
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(minute >> (56 - 8 * i));
    memset(out + 8, 0, 32);
    if (id)
        memcpy(out + 8, id, 32);
}

/* A span goes forwards, and what it lists ascends within it. */
static void judge_span(const Peregrin__Span *span)
{
    uint8_t before[40], here[40], to[40];
    place_write(span->from_minute, span->has_from_id ? span->from_id.data : NULL, before);
    place_write(span->to_minute, span->has_to_id ? span->to_id.data : NULL, to);
    assert(memcmp(before, to, 40) < 0);
    if (!span->has_ids)
        return;
    assert(span->ids.len == 32 * span->count && span->minutes.len == 8 * span->count);
    for (size_t i = 0; i < span->count; i++) {
        place_write(bytes_read_u64le(span->minutes.data + 8 * i), span->ids.data + 32 * i, here);
        int order = memcmp(before, here, 40);
        assert((i ? order < 0 : order <= 0) && memcmp(here, to, 40) < 0);
        memcpy(before, here, 40);
    }
}

static void judge_records(Peregrin__Carried *const *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert(records[i]->has_header && records[i]->has_salt == records[i]->has_body);
        assert(records[i]->has_index == records[0]->has_index);
        assert(records[i]->has_index ? records[i]->index < 512 : !records[i]->n_path);
    }
}

static void judge_member(const Peregrin__Message *message)
{
    switch (message->what_case) {
    case PEREGRIN__MESSAGE__WHAT_SUMMARY:
        assert(message->summary->has_credit_records == message->summary->answer);
        assert(message->summary->unreceipted <= message->summary->count);
        break;
    case PEREGRIN__MESSAGE__WHAT_RANGE:
        for (size_t i = 0; i < message->range->n_spans; i++)
            judge_span(message->range->spans[i]);
        assert(message->range->wanted_ids.len / 32 == message->range->wanted_minutes.len / 8);
        break;
    case PEREGRIN__MESSAGE__WHAT_DELIVER:
        judge_records(message->deliver->records, message->deliver->n_records);
        break;
    case PEREGRIN__MESSAGE__WHAT_RETURNED:
        judge_records(message->returned->records, message->returned->n_records);
        break;
    case PEREGRIN__MESSAGE__WHAT_RECEIPT:
        assert(message->receipt->ids.len >= 32 && message->receipt->ids.len <= 32 * 1024);
        break;
    case PEREGRIN__MESSAGE__WHAT_NOTICE: assert(message->notice->code); break;
    default: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(MESSAGE_ARENA), *again = arena_open(MESSAGE_ARENA);
    Peregrin__Message *message;
    struct bytes plain = {data, size};
    assert(arena && again);
    if (!message_read(plain, arena, &message)) {
        assert(bytes_equal(message_write(message, again), plain));
        assert(*message_name(message));
        judge(&message->base);
        judge_member(message);
        mutator_remember(data, size);
    }
    assert(arena_used(arena) <= MESSAGE_ARENA);
    arena_close(arena);
    arena_close(again);
    return 0;
}

static const ProtobufCMessageDescriptor *const *inner(const ProtobufCFieldDescriptor *field)
{
    static const ProtobufCMessageDescriptor *const nothing[] = {NULL};
    static const ProtobufCMessageDescriptor *const header[] = {&peregrin__header__descriptor, NULL};
    static const ProtobufCMessageDescriptor *const statement[] = {
        &peregrin__seal_statement__descriptor, &peregrin__receipt_statement__descriptor,
        &peregrin__recover_statement__descriptor, NULL};
    return strcmp(field->name, "header") == 0      ? header
           : strcmp(field->name, "statement") == 0 ? statement
                                                   : nothing;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate, .inner = inner};
    return mutator_input(&mutator, &peregrin__message__descriptor, 0, data, size, size_max);
}
