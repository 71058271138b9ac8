#include "wire/message.h"

#include "record/codec.h"
#include "record/header.h"
#include "record/statement.h"
#include "seal/tree.h"

#include <assert.h>
#include <string.h>

typedef bool shape(const Peregrin__Message *message);

static shape hello_whole, summary_whole, range_whole, return_whole, deliver_whole, ack_whole,
    receipt_whole, notice_whole, ping_whole;

/* The members, by the number of their field: what they are called and when one is whole. */
static const struct {
    const char *name;
    shape *whole;
} members[] = {
    [PEREGRIN__MESSAGE__WHAT_HELLO] = {"hello", hello_whole},
    [PEREGRIN__MESSAGE__WHAT_SUMMARY] = {"summary", summary_whole},
    [PEREGRIN__MESSAGE__WHAT_RANGE] = {"range", range_whole},
    [PEREGRIN__MESSAGE__WHAT_RETURNED] = {"return", return_whole},
    [PEREGRIN__MESSAGE__WHAT_DELIVER] = {"deliver", deliver_whole},
    [PEREGRIN__MESSAGE__WHAT_ACK] = {"ack", ack_whole},
    [PEREGRIN__MESSAGE__WHAT_RECEIPT] = {"receipt", receipt_whole},
    [PEREGRIN__MESSAGE__WHAT_NOTICE] = {"notice", notice_whole},
    [PEREGRIN__MESSAGE__WHAT_PING] = {"ping", ping_whole},
    [PEREGRIN__MESSAGE__WHAT_PONG] = {"pong", ping_whole},
};

enum { MEMBERS = sizeof members / sizeof *members };

static_assert(MEMBERS == PEREGRIN__MESSAGE__WHAT_PONG + 1, "every member has its row");

enum {
    RUN_ID_SIZE = 16,
    VERSIONS_MAX = 8, /* as many as an opening shows */
    VERSION_MAX = 255,
    SCHEMAS_MAX = 64,
    MINUTE_SIZE = 8,
    PATH_MAX_SEAL = 9, /* of 512 leaves */
};

/* Honest fields are 16 bytes and more in the mean: a commitment, a digest, a path's step. */
static const struct scan_limits limits = {
    .bytes_max = MESSAGE_SIZE_MAX,
    .depth_max = 8,
    .fields_max = 4096,
};

static bool whole(const Peregrin__Message *message)
{
    size_t what = (size_t)message->what_case;
    return what < MEMBERS && members[what].whole && members[what].whole(message);
}

enum verdict message_read(struct bytes plain, struct arena *arena, Peregrin__Message **out)
{
    assert(arena);
    ProtobufCMessage *unpacked = NULL;
    TRY(codec_unpack(&peregrin__message__descriptor, plain, &limits, arena, &unpacked));
    Peregrin__Message *message = (Peregrin__Message *)unpacked;
    if (!whole(message))
        return VERDICT_MALFORMED;
    *out = message;
    return VERDICT_FINE;
}

struct bytes message_write(const Peregrin__Message *message, struct arena *arena)
{
    /* What we would refuse to read we never say. */
    assert(whole(message));
    if (protobuf_c_message_get_packed_size(&message->base) > MESSAGE_SIZE_MAX)
        return (struct bytes) {0};
    return codec_pack(&message->base, arena);
}

const char *message_name(const Peregrin__Message *message)
{
    size_t what = (size_t)message->what_case;
    return what < MEMBERS && members[what].name ? members[what].name : "nothing";
}

/* ---- what many members have ---- */

static bool exact(ProtobufCBinaryData data, size_t size)
{
    return data.data && data.len == size;
}

static bool pair_named(const char *issuer, const char *audience)
{
    return issuer && audience && strcmp(issuer, audience) != 0 &&
           header_schac_valid(bytes_text(issuer)) && header_schac_valid(bytes_text(audience));
}

static bool signed_once(const Peregrin__Signed *signed_)
{
    struct bytes statement;
    struct digest key;
    const uint8_t *signature;
    return signed_ && statement_single(signed_, &statement, &key, &signature) == VERDICT_FINE &&
           statement.size > 0;
}

static bool ascending(const uint32_t *numbers, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (numbers[i - 1] >= numbers[i])
            return false;
    return true;
}

static bool path_valid(size_t length, const ProtobufCBinaryData *path, size_t length_max)
{
    for (size_t i = 0; i < length; i++)
        if (!exact(path[i], DIGEST_SIZE))
            return false;
    return length <= length_max;
}

/* ---- the members ---- */

static bool hello_whole(const Peregrin__Message *message)
{
    const Peregrin__Hello *hello = message->hello;
    return hello->has_run_id && exact(hello->run_id, RUN_ID_SIZE) && hello->has_catalogue_version &&
           hello->has_catalogue_digest && exact(hello->catalogue_digest, DIGEST_SIZE) &&
           hello->n_versions >= 1 && hello->n_versions <= VERSIONS_MAX && hello->versions[0] >= 1 &&
           hello->versions[hello->n_versions - 1] <= VERSION_MAX &&
           ascending(hello->versions, hello->n_versions) && hello->n_schemas >= 1 &&
           hello->n_schemas <= SCHEMAS_MAX && ascending(hello->schemas, hello->n_schemas);
}

/* `answer` is absent in a question, never false. Credit and a recovery statement belong to an
 * answer; credit is in every one. */
static bool summary_whole(const Peregrin__Message *message)
{
    const Peregrin__Summary *summary = message->summary;
    if (!pair_named(summary->issuer, summary->audience) || !summary->has_count ||
        !summary->has_sum || !exact(summary->sum, DIGEST_SIZE) || !summary->has_unreceipted ||
        summary->unreceipted > summary->count || summary->has_answer != summary->answer)
        return false;
    if (summary->has_credit_records != summary->answer ||
        summary->has_credit_bytes != summary->answer)
        return false;
    return !summary->recovery || (summary->answer && signed_once(summary->recovery));
}

/* A place in a stream's order. */
struct place {
    uint64_t minute;
    uint8_t id[DIGEST_SIZE];
};

static struct place place_of(uint64_t minute, const ProtobufCBinaryData *id)
{
    struct place place = {.minute = minute};
    if (id->data)
        memcpy(place.id, id->data, DIGEST_SIZE);
    return place;
}

static bool place_before(const struct place *left, const struct place *right)
{
    if (left->minute != right->minute)
        return left->minute < right->minute;
    return memcmp(left->id, right->id, DIGEST_SIZE) < 0;
}

/* So many places as minutes and ids. */
static bool list_counted(ProtobufCBinaryData minutes, ProtobufCBinaryData ids, uint64_t count)
{
    return ids.len % DIGEST_SIZE == 0 && ids.len / DIGEST_SIZE == count &&
           minutes.len % MINUTE_SIZE == 0 && minutes.len / MINUTE_SIZE == count;
}

static struct place list_place(const Peregrin__Span *span, size_t index)
{
    ProtobufCBinaryData id = {DIGEST_SIZE, span->ids.data + index * DIGEST_SIZE};
    return place_of(bytes_read_u64le(span->minutes.data + index * MINUTE_SIZE), &id);
}

/* All that is held in a span, ascending in the stream's order. */
static bool list_valid(const Peregrin__Span *span, struct place from, const struct place *to)
{
    if (!list_counted(span->minutes, span->ids, span->count))
        return false;
    struct place before = from;
    for (size_t i = 0; i < span->count; i++) {
        struct place here = list_place(span, i);
        if (i ? !place_before(&before, &here) : place_before(&here, &from))
            return false;
        before = here;
    }
    return span->count == 0 || place_before(&before, to);
}

static bool span_valid(const Peregrin__Span *span)
{
    if (!span->has_from_minute || !span->has_to_minute || !span->has_count || !span->has_sum ||
        !exact(span->sum, DIGEST_SIZE) || span->has_minutes != span->has_ids)
        return false;
    if ((span->has_from_id && !exact(span->from_id, DIGEST_SIZE)) ||
        (span->has_to_id && !exact(span->to_id, DIGEST_SIZE)))
        return false;
    struct place from = place_of(span->from_minute, &span->from_id);
    struct place to = place_of(span->to_minute, &span->to_id);
    if (!place_before(&from, &to))
        return false;
    return !span->has_ids || list_valid(span, from, &to);
}

/* Only who asks may want something back; who asks for nothing at all is refused. */
static bool range_whole(const Peregrin__Message *message)
{
    const Peregrin__Range *range = message->range;
    if (!pair_named(range->issuer, range->audience) || range->has_answer != range->answer ||
        range->n_spans > MESSAGE_SPANS_MAX || range->has_wanted_minutes != range->has_wanted_ids)
        return false;
    if (range->answer ? range->has_wanted_ids || range->recovery
                      : range->n_spans == 0 && !range->has_wanted_ids)
        return false;
    for (size_t i = 0; i < range->n_spans; i++)
        if (!span_valid(range->spans[i]))
            return false;
    size_t wanted = range->wanted_ids.len / DIGEST_SIZE;
    if (range->has_wanted_ids && (wanted < 1 || wanted > MESSAGE_WANTED_MAX ||
                                  !list_counted(range->wanted_minutes, range->wanted_ids, wanted)))
        return false;
    return !range->recovery || signed_once(range->recovery);
}

static bool proof_valid(const Peregrin__Proof *proof)
{
    return signed_once(proof->signed_) && proof->has_index &&
           proof->index < STATEMENT_RECEIPT_LEAVES &&
           path_valid(proof->n_path, proof->path, TREE_PATH_MAX);
}

/* A path without its index says nothing; an index without a path is a tree of one leaf. */
static bool carried_valid(const Peregrin__Carried *carried)
{
    if (!carried->has_header || carried->header.len < 1 || carried->header.len > HEADER_SIZE_MAX)
        return false;
    if (carried->has_salt != carried->has_body ||
        (carried->has_salt && !exact(carried->salt, DIGEST_SALT_SIZE)) ||
        carried->body.len > HEADER_BODY_MAX)
        return false;
    if (carried->has_index ? carried->index >= STATEMENT_SEAL_LEAVES : carried->n_path > 0)
        return false;
    return path_valid(carried->n_path, carried->path, PATH_MAX_SEAL) &&
           (!carried->receipted || proof_valid(carried->receipted));
}

/* One seal and its records: a whole batch without places, or some of it, each with its own. */
static bool batch_valid(const Peregrin__Signed *seal, size_t count,
                        Peregrin__Carried *const *records)
{
    if (!signed_once(seal) || count < 1 || count > MESSAGE_RECORDS_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!carried_valid(records[i]) || records[i]->has_index != records[0]->has_index)
            return false;
    return true;
}

static bool return_whole(const Peregrin__Message *message)
{
    const Peregrin__Return *returned = message->returned;
    return pair_named(returned->issuer, returned->audience) &&
           batch_valid(returned->seal, returned->n_records, returned->records);
}

static bool deliver_whole(const Peregrin__Message *message)
{
    const Peregrin__Deliver *deliver = message->deliver;
    return pair_named(deliver->issuer, deliver->audience) && deliver->has_position &&
           batch_valid(deliver->seal, deliver->n_records, deliver->records);
}

static bool ack_whole(const Peregrin__Message *message)
{
    const Peregrin__Ack *ack = message->ack;
    return pair_named(ack->issuer, ack->audience) && ack->has_next_position &&
           ack->has_credit_records && ack->has_credit_bytes;
}

static bool receipt_whole(const Peregrin__Message *message)
{
    const Peregrin__Receipt *receipt = message->receipt;
    size_t count = receipt->ids.len / DIGEST_SIZE;
    return signed_once(receipt->signed_) && receipt->has_ids && count >= 1 &&
           count <= STATEMENT_RECEIPT_LEAVES && receipt->ids.len % DIGEST_SIZE == 0;
}

/* The code may be of a later version than ours, so any but zero is read. */
static bool notice_whole(const Peregrin__Message *message)
{
    const Peregrin__Notice *notice = message->notice;
    return pair_named(notice->issuer, notice->audience) && notice->has_position &&
           (!notice->has_id || exact(notice->id, DIGEST_SIZE)) && notice->has_code &&
           notice->code != VERDICT_FINE;
}

/* A pong is a ping and stands in its place. */
static bool ping_whole(const Peregrin__Message *message)
{
    return message->ping->has_nonce;
}
