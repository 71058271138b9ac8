/* links: base seal record wire */
#include "wire/message.h"

#include "record/codec.h"
#include "record/header.h"
#include "record/statement.h"
#include "seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { BUDGET = 8 << 20, MANY = 1100 };

/* ---- building good messages ---- */

static void *taken(struct arena *arena, size_t size)
{
    void *memory = arena_take(arena, size);
    assert_non_null(memory);
    return memory;
}

static ProtobufCBinaryData filled(struct arena *arena, size_t size, uint8_t fill)
{
    return (ProtobufCBinaryData) {size, memset(taken(arena, size + 1), fill, size)};
}

static Peregrin__Signed *a_signed(struct arena *arena)
{
    Peregrin__Signature *signature = taken(arena, sizeof *signature);
    peregrin__signature__init(signature);
    signature->has_key_digest = signature->has_signature = 1;
    signature->key_digest = filled(arena, DIGEST_SIZE, 1);
    signature->signature = filled(arena, SEAL_SIGNATURE_SIZE, 2);
    Peregrin__Signed *signed_ = taken(arena, sizeof *signed_);
    peregrin__signed__init(signed_);
    signed_->has_statement = 1;
    signed_->statement = filled(arena, 100, 3);
    signed_->n_signatures = 1;
    signed_->signatures = taken(arena, 2 * sizeof *signed_->signatures);
    signed_->signatures[0] = signed_->signatures[1] = signature;
    return signed_;
}

static ProtobufCBinaryData *a_path(struct arena *arena)
{
    ProtobufCBinaryData *path = taken(arena, MANY * sizeof *path);
    for (size_t i = 0; i < MANY; i++)
        path[i] = filled(arena, DIGEST_SIZE, 4);
    return path;
}

static Peregrin__Carried *a_carried(struct arena *arena)
{
    Peregrin__Carried *carried = taken(arena, sizeof *carried);
    peregrin__carried__init(carried);
    carried->has_header = carried->has_salt = carried->has_body = 1;
    carried->header = filled(arena, 20, 5);
    carried->salt = filled(arena, DIGEST_SALT_SIZE, 6);
    carried->body = filled(arena, 30, 7);
    return carried;
}

/* One record of a batch that was split. */
static Peregrin__Carried *a_single(struct arena *arena, uint32_t index)
{
    Peregrin__Carried *carried = a_carried(arena);
    carried->has_index = 1;
    carried->index = index;
    carried->n_path = 3;
    carried->path = a_path(arena);
    carried->receipted = taken(arena, sizeof *carried->receipted);
    peregrin__proof__init(carried->receipted);
    carried->receipted->signed_ = a_signed(arena);
    carried->receipted->has_index = 1;
    carried->receipted->index = 1023;
    carried->receipted->n_path = 10;
    carried->receipted->path = a_path(arena);
    return carried;
}

/* A list of three within [100, 200). */
static Peregrin__Span *a_span(struct arena *arena)
{
    Peregrin__Span *span = taken(arena, sizeof *span);
    peregrin__span__init(span);
    span->has_from_minute = span->has_to_minute = span->has_count = span->has_sum = 1;
    span->has_from_id = span->has_to_id = span->has_minutes = span->has_ids = 1;
    span->from_minute = 100;
    span->to_minute = 200;
    span->from_id = filled(arena, DIGEST_SIZE, 0);
    span->to_id = filled(arena, DIGEST_SIZE, 1);
    span->count = 3;
    span->sum = filled(arena, 32, 8);
    span->minutes = filled(arena, 24, 0);
    span->ids = filled(arena, 96, 9);
    bytes_write_u64le(span->minutes.data, 100);
    bytes_write_u64le(span->minutes.data + 8, 100);
    bytes_write_u64le(span->minutes.data + 16, 199);
    span->ids.data[0] = 8;
    return span;
}

static char issuer[] = "helmo.be", audience[] = "uni-koeln.de";

static void make_hello(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Hello *hello = message->hello = taken(arena, sizeof *hello);
    peregrin__hello__init(hello);
    hello->has_run_id = hello->has_catalogue_version = hello->has_catalogue_digest = 1;
    hello->run_id = filled(arena, 16, 1);
    hello->catalogue_digest = filled(arena, 32, 2);
    hello->versions = taken(arena, MANY * sizeof *hello->versions);
    hello->schemas = taken(arena, MANY * sizeof *hello->schemas);
    for (uint32_t i = 0; i < MANY; i++) {
        hello->versions[i] = i + 1;
        hello->schemas[i] = i;
    }
    hello->n_versions = hello->n_schemas = 2;
}

static void make_summary(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Summary *summary = message->summary = taken(arena, sizeof *summary);
    peregrin__summary__init(summary);
    summary->issuer = issuer;
    summary->audience = audience;
    summary->has_count = summary->has_sum = summary->has_unreceipted = 1;
    summary->count = summary->unreceipted = 5;
    summary->sum = filled(arena, 32, 3);
}

static void make_summary_answer(struct arena *arena, Peregrin__Message *message)
{
    make_summary(arena, message);
    message->summary->has_answer = message->summary->answer = 1;
    message->summary->has_credit_records = message->summary->has_credit_bytes = 1;
    message->summary->recovery = a_signed(arena);
}

static void make_range(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Range *range = message->range = taken(arena, sizeof *range);
    peregrin__range__init(range);
    range->issuer = issuer;
    range->audience = audience;
    range->has_wanted_ids = range->has_wanted_minutes = 1;
    range->n_spans = 2;
    range->spans = taken(arena, MANY * sizeof *range->spans);
    for (size_t i = 0; i < MANY; i++)
        range->spans[i] = i ? range->spans[0] : a_span(arena);
    range->spans[1] = a_span(arena);
    range->wanted_minutes = filled(arena, 16, 0);
    range->wanted_ids = filled(arena, 64, 4);
    range->recovery = a_signed(arena);
}

static void make_range_answer(struct arena *arena, Peregrin__Message *message)
{
    make_range(arena, message);
    message->range->has_answer = message->range->answer = 1;
    message->range->has_wanted_ids = message->range->has_wanted_minutes = 0;
    message->range->recovery = NULL;
}

static void make_return(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Return *returned = message->returned = taken(arena, sizeof *returned);
    peregrin__return__init(returned);
    returned->issuer = issuer;
    returned->audience = audience;
    returned->seal = a_signed(arena);
    returned->n_records = 2;
    returned->records = taken(arena, 2 * sizeof *returned->records);
    returned->records[0] = a_single(arena, 4);
    returned->records[1] = a_single(arena, 7);
}

static void make_deliver(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Deliver *deliver = message->deliver = taken(arena, sizeof *deliver);
    peregrin__deliver__init(deliver);
    deliver->issuer = issuer;
    deliver->audience = audience;
    deliver->has_position = 1;
    deliver->seal = a_signed(arena);
    deliver->n_records = 2;
    deliver->records = taken(arena, MANY * sizeof *deliver->records);
    for (size_t i = 0; i < MANY; i++)
        deliver->records[i] = i < 2 ? a_carried(arena) : deliver->records[0];
}

static void make_ack(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Ack *ack = message->ack = taken(arena, sizeof *ack);
    peregrin__ack__init(ack);
    ack->issuer = issuer;
    ack->audience = audience;
    ack->has_next_position = ack->has_credit_records = ack->has_credit_bytes = 1;
}

static void make_receipt(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Receipt *receipt = message->receipt = taken(arena, sizeof *receipt);
    peregrin__receipt__init(receipt);
    receipt->signed_ = a_signed(arena);
    receipt->has_ids = 1;
    receipt->ids = filled(arena, 64, 5);
}

static void make_notice(struct arena *arena, Peregrin__Message *message)
{
    Peregrin__Notice *notice = message->notice = taken(arena, sizeof *notice);
    peregrin__notice__init(notice);
    notice->issuer = issuer;
    notice->audience = audience;
    notice->has_position = notice->has_id = notice->has_code = 1;
    notice->id = filled(arena, 32, 6);
    notice->code = VERDICT_FORGED;
}

static void make_ping(struct arena *arena, Peregrin__Message *message)
{
    message->ping = taken(arena, sizeof *message->ping);
    peregrin__ping__init(message->ping);
    message->ping->has_nonce = 1;
}

/* Ping and pong stand in one place of the union. */
static const struct {
    Peregrin__Message__WhatCase what;
    const char *name;
    void (*make)(struct arena *arena, Peregrin__Message *message);
} goods[] = {
    {PEREGRIN__MESSAGE__WHAT_HELLO, "hello", make_hello},
    {PEREGRIN__MESSAGE__WHAT_SUMMARY, "summary", make_summary},
    {PEREGRIN__MESSAGE__WHAT_SUMMARY, "summary", make_summary_answer},
    {PEREGRIN__MESSAGE__WHAT_RANGE, "range", make_range},
    {PEREGRIN__MESSAGE__WHAT_RANGE, "range", make_range_answer},
    {PEREGRIN__MESSAGE__WHAT_RETURNED, "return", make_return},
    {PEREGRIN__MESSAGE__WHAT_DELIVER, "deliver", make_deliver},
    {PEREGRIN__MESSAGE__WHAT_ACK, "ack", make_ack},
    {PEREGRIN__MESSAGE__WHAT_RECEIPT, "receipt", make_receipt},
    {PEREGRIN__MESSAGE__WHAT_NOTICE, "notice", make_notice},
    {PEREGRIN__MESSAGE__WHAT_PING, "ping", make_ping},
    {PEREGRIN__MESSAGE__WHAT_PONG, "pong", make_ping},
};

enum { GOODS = sizeof goods / sizeof *goods };

static Peregrin__Message *made(struct arena *arena, size_t good)
{
    Peregrin__Message *message = taken(arena, sizeof *message);
    peregrin__message__init(message);
    message->what_case = goods[good].what;
    goods[good].make(arena, message);
    return message;
}

static enum verdict reread(struct arena *arena, const Peregrin__Message *message)
{
    Peregrin__Message *out;
    struct bytes wire = codec_pack(&message->base, arena);
    assert_non_null(wire.data);
    return message_read(wire, arena, &out);
}

static int begin(void **state)
{
    *state = arena_open(BUDGET);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    arena_close(*state);
    return 0;
}

/* ---- the good way ---- */

static void every_message_is_read_as_it_was_written(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < GOODS; i++) {
        arena_reset(arena);
        Peregrin__Message *out;
        struct bytes wire = message_write(made(arena, i), arena);
        assert_non_null(wire.data);
        assert_int_equal(message_read(wire, arena, &out), VERDICT_FINE);
        assert_int_equal(out->what_case, goods[i].what);
        assert_true(bytes_equal(wire, message_write(out, arena)));
        assert_string_equal(message_name(out), goods[i].name);
    }
}

/* ---- each field of each message, found by the descriptors ---- */

struct spot {
    ProtobufCMessage *parent;
    const ProtobufCFieldDescriptor *field;
};

static void *member_of(const struct spot *spot)
{
    return (uint8_t *)spot->parent + spot->field->offset;
}

static size_t *count_of(const struct spot *spot)
{
    return (size_t *)(void *)((uint8_t *)spot->parent + spot->field->quantifier_offset);
}

static bool present(const struct spot *spot)
{
    const ProtobufCFieldDescriptor *field = spot->field;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return *count_of(spot) > 0;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        return *(uint32_t *)(void *)count_of(spot) == field->id;
    if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(void **)member_of(spot) != NULL;
    return *(protobuf_c_boolean *)(void *)count_of(spot);
}

/* Counts *left down over all present fields, depth first; true when the wanted one was found. */
static bool find(ProtobufCMessage *message, size_t *left, struct spot *out)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        struct spot spot = {message, &message->descriptor->fields[i]};
        if (!present(&spot))
            continue;
        *out = spot;
        if ((*left)-- == 0)
            return true;
        if (spot.field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        bool repeated = spot.field->label == PROTOBUF_C_LABEL_REPEATED;
        ProtobufCMessage **inner = repeated ? *(ProtobufCMessage ***)member_of(&spot)
                                            : (ProtobufCMessage **)member_of(&spot);
        for (size_t j = 0; j < (repeated ? *count_of(&spot) : 1); j++)
            if (find(inner[j], left, out))
                return true;
    }
    return false;
}

static bool listed(const struct spot *spot, const char *const *names)
{
    char name[64];
    snprintf(name, sizeof name, "%s.%s", spot->parent->descriptor->short_name, spot->field->name);
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void drop(const struct spot *spot)
{
    const ProtobufCFieldDescriptor *field = spot->field;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        *count_of(spot) = 0;
    else if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)(void *)count_of(spot) = 0;
    else if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE)
        *(void **)member_of(spot) = NULL;
    else
        *(protobuf_c_boolean *)(void *)count_of(spot) = 0;
}

static void only_these_fields_may_be_absent(void **state)
{
    static const char *const optional[] = {
        "Summary.recovery",  "Range.answer", "Range.spans",
        "Range.recovery",    "Span.from_id", "Span.to_id",
        "Carried.receipted", "Carried.path", "Proof.path",
        "Notice.id",         NULL,
    };
    struct arena *arena = *state;
    size_t dropped = 0;
    for (size_t i = 0; i < GOODS; i++)
        for (size_t at = 0;; at++) {
            arena_reset(arena);
            struct spot spot;
            size_t left = at;
            Peregrin__Message *message = made(arena, i);
            if (!find(&message->base, &left, &spot))
                break;
            drop(&spot);
            enum verdict verdict = reread(arena, message);
            if (verdict != (listed(&spot, optional) ? VERDICT_FINE : VERDICT_MALFORMED))
                fail_msg("%s without %s.%s: %d", goods[i].name, spot.parent->descriptor->short_name,
                         spot.field->name, verdict);
            dropped++;
        }
    assert_true(dropped > 100);
}

static void bytes_have_their_one_size(void **state)
{
    static const char *const any_size[] = {"Carried.header", "Carried.body", "Signed.statement",
                                           NULL};
    struct arena *arena = *state;
    size_t resized = 0;
    for (size_t i = 0; i < GOODS; i++)
        for (size_t at = 0;; at++) {
            arena_reset(arena);
            struct spot spot;
            size_t left = at;
            Peregrin__Message *message = made(arena, i);
            if (!find(&message->base, &left, &spot))
                break;
            if (spot.field->type != PROTOBUF_C_TYPE_BYTES)
                continue;
            bool repeated = spot.field->label == PROTOBUF_C_LABEL_REPEATED;
            ProtobufCBinaryData *data =
                repeated ? *(ProtobufCBinaryData **)member_of(&spot) : member_of(&spot);
            enum verdict right = listed(&spot, any_size) ? VERDICT_FINE : VERDICT_MALFORMED;
            data->len++;
            assert_int_equal(reread(arena, message), right);
            data->len -= 2;
            assert_int_equal(reread(arena, message), right);
            data->len = 0;
            if (strcmp(spot.field->name, "body") != 0)
                assert_int_equal(reread(arena, message), VERDICT_MALFORMED);
            resized++;
        }
    assert_true(resized > 50);
}

/* ---- one thing wrong in each ---- */

enum good { HELLO, ASK, ANSWER, RANGE, RANGE_ANSWER, RETURN, DELIVER, ACK, RECEIPT, NOTICE };

static void same_pair(Peregrin__Message *message)
{
    message->ack->issuer = audience;
}

static void no_schac(Peregrin__Message *message)
{
    static char wrong[] = "HELMO.be";
    message->notice->issuer = wrong;
}

static void no_schac_addressed(Peregrin__Message *message)
{
    static char wrong[] = "localhost";
    message->deliver->audience = wrong;
}

static void versions_descend(Peregrin__Message *message)
{
    message->hello->versions[0] = 9;
}

static void versions_repeat(Peregrin__Message *message)
{
    message->hello->versions[0] = message->hello->versions[1];
}

static void version_zero(Peregrin__Message *message)
{
    message->hello->versions[0] = 0;
}

static void version_256(Peregrin__Message *message)
{
    message->hello->versions[1] = 256;
}

static void nine_versions(Peregrin__Message *message)
{
    message->hello->n_versions = 9;
}

static void schemas_descend(Peregrin__Message *message)
{
    message->hello->schemas[0] = 9;
}

static void many_schemas(Peregrin__Message *message)
{
    message->hello->n_schemas = 65;
}

static void more_unreceipted_than_held(Peregrin__Message *message)
{
    message->summary->unreceipted = 6;
}

static void credit_in_a_question(Peregrin__Message *message)
{
    message->summary->has_answer = message->summary->answer = 0;
    message->summary->recovery = NULL;
}

static void recovery_in_a_question(Peregrin__Message *message)
{
    message->summary->has_answer = message->summary->answer = 0;
    message->summary->has_credit_records = message->summary->has_credit_bytes = 0;
}

static void question_said_twice(Peregrin__Message *message)
{
    message->summary->has_answer = 1;
}

static void range_question_said_twice(Peregrin__Message *message)
{
    message->range->has_answer = 1;
}

static void answer_without_credit(Peregrin__Message *message)
{
    message->summary->has_answer = message->summary->answer = 1;
}

static void too_many_spans(Peregrin__Message *message)
{
    message->range->n_spans = MESSAGE_SPANS_MAX + 1;
}

static void span_without_width(Peregrin__Message *message)
{
    Peregrin__Span *span = message->range->spans[0];
    span->has_minutes = span->has_ids = 0;
    span->to_minute = span->from_minute;
    span->to_id = span->from_id;
}

static void span_backwards(Peregrin__Message *message)
{
    Peregrin__Span *span = message->range->spans[0];
    span->has_minutes = span->has_ids = 0;
    span->from_minute = 201;
}

static void list_count_differs(Peregrin__Message *message)
{
    message->range->spans[0]->count = 2;
}

static void list_count_overflows(Peregrin__Message *message)
{
    Peregrin__Span *span = message->range->spans[0];
    span->count = ((uint64_t)1 << 61) + 3;
}

static void list_without_order(Peregrin__Message *message)
{
    bytes_write_u64le(message->range->spans[0]->minutes.data + 8, 99);
}

static void list_twice_the_same(Peregrin__Message *message)
{
    Peregrin__Span *span = message->range->spans[0];
    span->ids.data[0] = span->ids.data[DIGEST_SIZE];
}

static void list_before_its_span(Peregrin__Message *message)
{
    message->range->spans[0]->from_minute = 101;
}

static void list_beyond_its_span(Peregrin__Message *message)
{
    bytes_write_u64le(message->range->spans[0]->minutes.data + 16, 200);
}

static void answer_that_wants(Peregrin__Message *message)
{
    message->range->has_answer = message->range->answer = 1;
    message->range->recovery = NULL;
}

static void answer_that_recovers(Peregrin__Message *message)
{
    message->range->has_answer = message->range->answer = 1;
    message->range->has_wanted_minutes = message->range->has_wanted_ids = 0;
}

static void question_for_nothing(Peregrin__Message *message)
{
    message->range->n_spans = 0;
    message->range->has_wanted_minutes = message->range->has_wanted_ids = 0;
}

static void wanted_counts_differ(Peregrin__Message *message)
{
    message->range->wanted_minutes.len = 8;
}

static void no_records(Peregrin__Message *message)
{
    message->deliver->n_records = 0;
}

static void many_records(Peregrin__Message *message)
{
    message->deliver->n_records = MESSAGE_RECORDS_MAX + 1;
}

static void large_header(Peregrin__Message *message)
{
    static uint8_t header[HEADER_SIZE_MAX + 1];
    message->deliver->records[1]->header = (ProtobufCBinaryData) {sizeof header, header};
}

static void large_body(Peregrin__Message *message)
{
    static uint8_t body[HEADER_BODY_MAX + 1];
    message->deliver->records[1]->body = (ProtobufCBinaryData) {sizeof body, body};
}

static void batch_partly_with_places(Peregrin__Message *message)
{
    message->deliver->records[1]->has_index = 1;
}

static void path_without_place(Peregrin__Message *message)
{
    message->returned->records[0]->has_index = message->returned->records[1]->has_index = 0;
}

static void place_beyond_a_seal(Peregrin__Message *message)
{
    message->returned->records[1]->index = STATEMENT_SEAL_LEAVES;
}

static void path_longer_than_a_tree(Peregrin__Message *message)
{
    message->returned->records[1]->n_path = 10;
}

static void receipt_beyond_its_tree(Peregrin__Message *message)
{
    message->returned->records[1]->receipted->index = STATEMENT_RECEIPT_LEAVES;
}

static void receipt_path_longer_than_a_tree(Peregrin__Message *message)
{
    message->returned->records[1]->receipted->n_path = 11;
}

static void two_signatures(Peregrin__Message *message)
{
    message->deliver->seal->n_signatures = 2;
}

static void code_fine(Peregrin__Message *message)
{
    message->notice->code = VERDICT_FINE;
}

static void one_thing_wrong_is_malformed(void **state)
{
    static const struct {
        enum good good;
        void (*spoil)(Peregrin__Message *message);
    } cases[] = {
        {ACK, same_pair},
        {NOTICE, no_schac},
        {DELIVER, no_schac_addressed},
        {HELLO, versions_descend},
        {HELLO, versions_repeat},
        {HELLO, version_zero},
        {HELLO, version_256},
        {HELLO, nine_versions},
        {HELLO, schemas_descend},
        {HELLO, many_schemas},
        {ASK, more_unreceipted_than_held},
        {ANSWER, credit_in_a_question},
        {ANSWER, recovery_in_a_question},
        {ASK, answer_without_credit},
        {ASK, question_said_twice},
        {RANGE, range_question_said_twice},
        {RANGE, too_many_spans},
        {RANGE, span_without_width},
        {RANGE, span_backwards},
        {RANGE, list_count_differs},
        {RANGE, list_count_overflows},
        {RANGE, list_without_order},
        {RANGE, list_twice_the_same},
        {RANGE, list_before_its_span},
        {RANGE, list_beyond_its_span},
        {RANGE, answer_that_wants},
        {RANGE, answer_that_recovers},
        {RANGE, question_for_nothing},
        {RANGE, wanted_counts_differ},
        {DELIVER, no_records},
        {DELIVER, large_header},
        {DELIVER, large_body},
        {DELIVER, batch_partly_with_places},
        {RETURN, path_without_place},
        {RETURN, place_beyond_a_seal},
        {RETURN, path_longer_than_a_tree},
        {RETURN, receipt_beyond_its_tree},
        {RETURN, receipt_path_longer_than_a_tree},
        {DELIVER, two_signatures},
        {NOTICE, code_fine},
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena_reset(arena);
        Peregrin__Message *message = made(arena, cases[i].good);
        assert_int_equal(reread(arena, message), VERDICT_FINE);
        cases[i].spoil(message);
        if (reread(arena, message) != VERDICT_MALFORMED)
            fail_msg("case %zu, a %s: %d", i, goods[cases[i].good].name, reread(arena, message));
    }
}

/* ---- what may be ---- */

static void a_record_may_come_without_its_body(void **state)
{
    Peregrin__Message *message = made(*state, DELIVER);
    message->deliver->records[0]->has_salt = message->deliver->records[0]->has_body = 0;
    assert_int_equal(reread(*state, message), VERDICT_FINE);
}

static void an_empty_list_says_that_nothing_is_held(void **state)
{
    Peregrin__Message *message = made(*state, RANGE_ANSWER);
    Peregrin__Span *span = message->range->spans[0];
    span->count = span->minutes.len = span->ids.len = 0;
    assert_int_equal(reread(*state, message), VERDICT_FINE);
}

static void the_whole_stream_is_a_span(void **state)
{
    Peregrin__Message *message = made(*state, RANGE);
    Peregrin__Span *span = message->range->spans[0];
    span->has_minutes = span->has_ids = span->has_from_id = 0;
    span->from_minute = 0;
    span->to_minute = UINT64_MAX;
    memset(span->to_id.data, 0xff, DIGEST_SIZE);
    assert_int_equal(reread(*state, message), VERDICT_FINE);
}

static void a_notice_may_have_a_code_of_a_later_version(void **state)
{
    Peregrin__Message *message = made(*state, NOTICE);
    message->notice->code = 4000;
    assert_int_equal(reread(*state, message), VERDICT_FINE);
}

static void the_limits_themselves_are_allowed(void **state)
{
    Peregrin__Message *message = made(*state, RANGE_ANSWER);
    message->range->n_spans = MESSAGE_SPANS_MAX;
    assert_int_equal(reread(*state, message), VERDICT_FINE);
    message = made(*state, RECEIPT);
    message->receipt->ids = filled(*state, 1024 * DIGEST_SIZE, 1);
    assert_int_equal(reread(*state, message), VERDICT_FINE);
    message->receipt->ids = filled(*state, 1025 * DIGEST_SIZE, 1);
    assert_int_equal(reread(*state, message), VERDICT_MALFORMED);
    message = made(*state, DELIVER);
    message->deliver->n_records = MESSAGE_RECORDS_MAX;
    assert_int_equal(reread(*state, message), VERDICT_FINE);
    many_records(message);
    assert_int_equal(reread(*state, message), VERDICT_MALFORMED);
}

static void wanted_are_at_most_512(void **state)
{
    Peregrin__Message *message = made(*state, RANGE);
    for (size_t count = 512; count <= 513; count++) {
        message->range->wanted_ids = filled(*state, count * DIGEST_SIZE, 0);
        message->range->wanted_minutes = filled(*state, count * 8, 0);
        assert_int_equal(reread(*state, message), count == 512 ? VERDICT_FINE : VERDICT_MALFORMED);
    }
}

/* ---- bytes that no writer makes ---- */

static enum verdict raw(struct arena *arena, const char *wire, size_t size)
{
    Peregrin__Message *out;
    return message_read((struct bytes) {(const uint8_t *)wire, size}, arena, &out);
}

static void exactly_one_member_is_set(void **state)
{
    assert_int_equal(raw(*state, "", 0), VERDICT_MALFORMED);
    assert_int_equal(raw(*state, "\x4a\x02\x08\x01", 4), VERDICT_FINE); /* ping 1 */
    assert_int_equal(raw(*state, "\x4a\x02\x08\x01\x52\x02\x08\x01", 8), VERDICT_MALFORMED);
    assert_int_equal(raw(*state, "\x4a\x02\x08\x01\x4a\x02\x08\x01", 8), VERDICT_MALFORMED);
}

static void an_unknown_field_is_malformed(void **state)
{
    assert_int_equal(raw(*state, "\x4a\x04\x08\x01\x10\x01", 6), VERDICT_MALFORMED);
    assert_int_equal(raw(*state, "\x4a\x02\x08\x01\xa0\x06\x01", 7), VERDICT_MALFORMED);
}

static void more_than_a_frame_carries_is_too_large(void **state)
{
    static char wire[MESSAGE_SIZE_MAX + 1];
    assert_int_equal(raw(*state, wire, sizeof wire), VERDICT_TOO_LARGE);
    assert_int_equal(raw(*state, wire, sizeof wire - 1), VERDICT_MALFORMED);
}

static void a_message_that_no_frame_carries_is_not_written(void **state)
{
    Peregrin__Message *message = made(*state, DELIVER);
    message->deliver->records[0]->body = filled(*state, HEADER_BODY_MAX, 1);
    assert_non_null(message_write(message, *state).data);
    message->deliver->records[1]->body = filled(*state, HEADER_BODY_MAX, 1);
    assert_null(message_write(message, *state).data);
}

static void a_spent_arena_is_too_large(void **state)
{
    Peregrin__Message *message = made(*state, DELIVER), *out;
    struct bytes wire = message_write(message, *state);
    for (size_t budget = 0; budget < wire.size; budget += 64) {
        struct arena *small = arena_open(budget);
        assert_int_equal(message_read(wire, small, &out), VERDICT_TOO_LARGE);
        assert_true(budget == 0 || message_write(message, small).data == NULL);
        arena_close(small);
    }
}

/* Two bytes of wire for each record: the dearest way to say nothing. */
static void amplified_memory_is_refused_before_it_is_spent(void **state)
{
    static uint8_t wire[60004] = {0x2a, 0xe0, 0xd4, 0x03};
    for (size_t i = 4; i < sizeof wire; i += 2)
        wire[i] = 0x2a;
    Peregrin__Message *out;
    assert_int_not_equal(message_read((struct bytes) {wire, sizeof wire}, *state, &out),
                         VERDICT_FINE);
    assert_int_equal(arena_used(*state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_message_is_read_as_it_was_written, begin, end),
        cmocka_unit_test_setup_teardown(only_these_fields_may_be_absent, begin, end),
        cmocka_unit_test_setup_teardown(bytes_have_their_one_size, begin, end),
        cmocka_unit_test_setup_teardown(one_thing_wrong_is_malformed, begin, end),
        cmocka_unit_test_setup_teardown(a_record_may_come_without_its_body, begin, end),
        cmocka_unit_test_setup_teardown(an_empty_list_says_that_nothing_is_held, begin, end),
        cmocka_unit_test_setup_teardown(the_whole_stream_is_a_span, begin, end),
        cmocka_unit_test_setup_teardown(a_notice_may_have_a_code_of_a_later_version, begin, end),
        cmocka_unit_test_setup_teardown(the_limits_themselves_are_allowed, begin, end),
        cmocka_unit_test_setup_teardown(wanted_are_at_most_512, begin, end),
        cmocka_unit_test_setup_teardown(exactly_one_member_is_set, begin, end),
        cmocka_unit_test_setup_teardown(an_unknown_field_is_malformed, begin, end),
        cmocka_unit_test_setup_teardown(more_than_a_frame_carries_is_too_large, begin, end),
        cmocka_unit_test_setup_teardown(a_message_that_no_frame_carries_is_not_written, begin, end),
        cmocka_unit_test_setup_teardown(a_spent_arena_is_too_large, begin, end),
        cmocka_unit_test_setup_teardown(amplified_memory_is_refused_before_it_is_spent, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
