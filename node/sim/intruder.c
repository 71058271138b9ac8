#include "sim/intruder.h"

#include "channel/gate.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "sim/checks.h"
#include "sim/impostor.h"
#include "sim/turn.h"
#include "wire/frame.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

enum {
    ANCIENT_VERSION = 77,
    IDS_MAX = 64,
    HUGE_SIZE = 70000,
    RUBBISH_SIZE = 1000,
    OPENING_SIZE = FRAME_HEADER_SIZE + GATE_HINT_SIZE + 1 + 1 + NOISE_MESSAGE_MIN +
                   GATE_NONCE_SIZE + DIGEST_SIZE,
};

/* Who speaks to whom, and what it needs for that. */
struct speech {
    struct play *play;
    struct arena *arena; /* the play's */
    size_t from, to;
};

static const char *name_of(const struct speech *speech, size_t node)
{
    return world_institution(speech->play->world, node);
}

static ProtobufCBinaryData binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)data};
}

/* ---- bytes that are no message ---- */

static struct bytes rubbish(const struct speech *speech)
{
    (void)speech;
    return bytes_text("this is no message, and was never meant to be one");
}

static struct bytes nothing(const struct speech *speech)
{
    (void)speech;
    return (struct bytes) {(const uint8_t *)"", 0};
}

static struct bytes ping(const struct speech *speech)
{
    Peregrin__Ping said = PEREGRIN__PING__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.has_nonce = true;
    said.nonce = 300;
    message.what_case = PEREGRIN__MESSAGE__WHAT_PING;
    message.ping = &said;
    return message_write(&message, speech->arena);
}

static struct bytes pong(const struct speech *speech)
{
    Peregrin__Ping said = PEREGRIN__PING__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.has_nonce = true;
    said.nonce = 301;
    message.what_case = PEREGRIN__MESSAGE__WHAT_PONG;
    message.pong = &said;
    return message_write(&message, speech->arena);
}

static struct bytes truncated(const struct speech *speech)
{
    struct bytes whole = ping(speech);
    return (struct bytes) {whole.data, whole.size - 1};
}

/* The last byte of a number gets another one behind it that adds nothing. */
static struct bytes noncanonical(const struct speech *speech)
{
    struct bytes whole = ping(speech);
    uint8_t *longer = arena_take(speech->arena, whole.size + 1);
    assert(longer && whole.size > 2 && whole.data[1] < 0x7f);
    memcpy(longer, whole.data, whole.size);
    longer[1]++; /* the length of what the message holds */
    longer[whole.size - 1] |= 0x80;
    longer[whole.size] = 0;
    return (struct bytes) {longer, whole.size + 1};
}

/* ---- messages that are out of place ---- */

static struct bytes other_versions(const struct speech *speech)
{
    static const uint8_t zero[DIGEST_SIZE];
    uint32_t versions[] = {ANCIENT_VERSION}, schemas[] = {0, 1};
    Peregrin__Hello said = PEREGRIN__HELLO__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.has_run_id = said.has_catalogue_version = said.has_catalogue_digest = true;
    said.run_id = binary(zero, 16);
    said.catalogue_version = 1;
    said.catalogue_digest = binary(zero, sizeof zero);
    said.n_versions = 1;
    said.versions = versions;
    said.n_schemas = 2;
    said.schemas = schemas;
    message.what_case = PEREGRIN__MESSAGE__WHAT_HELLO;
    message.hello = &said;
    return message_write(&message, speech->arena);
}

static struct bytes ack_ahead(const struct speech *speech)
{
    Peregrin__Ack said = PEREGRIN__ACK__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    said.issuer = (char *)name_of(speech, speech->to);
    said.audience = (char *)name_of(speech, speech->from);
    said.has_next_position = said.has_credit_records = said.has_credit_bytes = true;
    said.next_position = said.credit_records = said.credit_bytes = UINT64_MAX;
    message.what_case = PEREGRIN__MESSAGE__WHAT_ACK;
    message.ack = &said;
    return message_write(&message, speech->arena);
}

/* The whole of the stream that it says itself, so many times. */
static struct bytes endless_question(const struct speech *speech)
{
    static const uint8_t sum[DIGEST_SIZE] = {1};
    Peregrin__Span span = PEREGRIN__SPAN__INIT, *spans[MESSAGE_SPANS_MAX];
    Peregrin__Range said = PEREGRIN__RANGE__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    span.has_from_minute = span.has_to_minute = span.has_count = span.has_sum = true;
    span.to_minute = UINT64_MAX;
    span.count = 1;
    span.sum = binary(sum, sizeof sum);
    for (size_t i = 0; i < MESSAGE_SPANS_MAX; i++)
        spans[i] = &span;
    said.issuer = (char *)name_of(speech, speech->from);
    said.audience = (char *)name_of(speech, speech->to);
    said.n_spans = MESSAGE_SPANS_MAX;
    said.spans = spans;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = &said;
    return message_write(&message, speech->arena);
}

/* ---- what is signed ---- */

/* Good signature of the speaker, unless it is spoilt. */
static Peregrin__Signed *signed_by(const struct speech *speech, enum seal_context context,
                                   struct bytes statement, bool spoilt)
{
    struct world *world = speech->play->world;
    struct suite suite = world_suite(world, speech->from);
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(world), name_of(speech, speech->from))->keys;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    Peregrin__Signed *out;
    enum fault fault = suite.sign(suite.self, &key->digest, context, statement, signature);
    assert(!fault);
    signature[0] ^= spoilt;
    struct bytes wire = statement_pack_signed(statement, &key->digest, signature, speech->arena);
    enum verdict verdict = statement_read_signed(wire, speech->arena, &out);
    assert(!verdict);
    return out;
}

/* The newest records that the other says to somebody. */
static size_t ids_of(const struct speech *speech, size_t audience, struct digest ids[IDS_MAX])
{
    struct world *world = speech->play->world;
    struct store_record **records;
    size_t count, found = 0;
    uint32_t pair = checks_pair(world, speech->to, audience, speech->arena);
    if (!checks_records(world_store(world, speech->to), pair, speech->arena, &records, &count))
        return 0;
    for (size_t i = count; i > 0 && found < IDS_MAX; i--)
        if (records[i - 1]->flags & STORE_OURS)
            ids[found++] = records[i - 1]->id;
    return found;
}

/* What is wrong with a receipt whose words are right. */
enum flaw {
    FLAW_NONE,
    FLAW_FORGED,     /* its signature does not hold */
    FLAW_MISPLACED,  /* it is a good one, of other records than it comes with */
    FLAW_MISCOUNTED, /* the same, of one more */
};

static struct bytes receipt(const struct speech *speech, size_t audience, enum flaw flaw)
{
    static const uint8_t handshake[32];
    struct world *world = speech->play->world;
    struct digest ids[IDS_MAX], root;
    size_t count = ids_of(speech, audience, ids);
    Peregrin__ReceiptStatement said = PEREGRIN__RECEIPT_STATEMENT__INIT;
    Peregrin__Receipt given = PEREGRIN__RECEIPT__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    if (!count)
        return (struct bytes) {0};
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(world), name_of(speech, speech->from))->keys;
    tree_root(ids, count, &root);
    root.bytes[0] ^= flaw == FLAW_MISPLACED;
    said.network = (char *)world_catalogue(world)->network;
    said.issuer = (char *)name_of(speech, audience); /* who holds the records */
    said.audience = (char *)name_of(speech, speech->to);
    said.key_id = (char *)key->id;
    said.has_key_digest = said.has_handshake = said.has_count = said.has_root = true;
    said.has_time = said.has_catalogue_version = true;
    said.key_digest = binary(key->digest.bytes, DIGEST_SIZE);
    said.handshake = binary(handshake, sizeof handshake);
    said.count = (uint32_t)count + (flaw == FLAW_MISCOUNTED);
    said.root = binary(root.bytes, DIGEST_SIZE);
    said.time = instant_seconds(world_now(world));
    said.catalogue_version = world_catalogue(world)->version;
    given.signed_ = signed_by(speech, SEAL_CONTEXT_RECEIPT, codec_pack(&said.base, speech->arena),
                              flaw == FLAW_FORGED);
    given.has_ids = true;
    given.ids = binary(ids, count * DIGEST_SIZE);
    message.what_case = PEREGRIN__MESSAGE__WHAT_RECEIPT;
    message.receipt = &given;
    return message_write(&message, speech->arena);
}

static struct bytes forged_receipt(const struct speech *speech)
{
    return receipt(speech, speech->from, FLAW_FORGED);
}

static struct bytes misplaced_receipt(const struct speech *speech)
{
    return receipt(speech, speech->from, FLAW_MISPLACED);
}

static struct bytes miscounted_receipt(const struct speech *speech)
{
    return receipt(speech, speech->from, FLAW_MISCOUNTED);
}

/* Somebody whom the two know. */
static size_t third(const struct speech *speech)
{
    size_t node = 0;
    while (node < world_count(speech->play->world) && (node == speech->from || node == speech->to))
        node++;
    return node;
}

static struct bytes foreign_receipt(const struct speech *speech)
{
    size_t audience = third(speech);
    return audience < world_count(speech->play->world) ? receipt(speech, audience, FLAW_NONE)
                                                       : (struct bytes) {0};
}

/* Whose stream it is, is looked at before its records are. */
static struct bytes foreign_deliver(const struct speech *speech)
{
    size_t issuer = third(speech);
    struct digest root;
    digest_of(DIGEST_RECORD, bytes_text("a record of nobody"), &root);
    Peregrin__Carried carried = PEREGRIN__CARRIED__INIT, *list[] = {&carried};
    Peregrin__Deliver said = PEREGRIN__DELIVER__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    if (issuer == world_count(speech->play->world))
        return (struct bytes) {0};
    carried.has_header = carried.has_salt = carried.has_body = true;
    carried.header = carried.salt = carried.body = binary(root.bytes, DIGEST_SIZE);
    said.issuer = (char *)name_of(speech, issuer);
    said.audience = (char *)name_of(speech, speech->to);
    said.has_position = true;
    said.n_records = 1;
    said.records = list;
    said.seal = signed_by(speech, SEAL_CONTEXT_SEAL, digest_bytes(&root), false);
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &said;
    return message_write(&message, speech->arena);
}

/* ---- telling ---- */

static const struct {
    const char *name;
    struct bytes (*shape)(const struct speech *speech);
    bool answers; /* on the session that the other dialled */
} tellings[] = {
    {"rubbish", rubbish, false},
    {"truncated", truncated, false},
    {"noncanonical", noncanonical, false},
    {"nothing", nothing, false},
    {"ping", ping, false},
    {"pong", pong, true},
    {"other-versions", other_versions, false},
    {"foreign-deliver", foreign_deliver, false},
    {"ack-ahead", ack_ahead, true},
    {"forged-receipt", forged_receipt, true},
    {"foreign-receipt", foreign_receipt, true},
    {"misplaced-receipt", misplaced_receipt, true},
    {"miscounted-receipt", miscounted_receipt, true},
    {"endless-question", endless_question, false},
};

static uint64_t times_of(const struct play_line *line)
{
    return line->count > 3 ? line->words[3].count : 1;
}

bool intruder_tells(struct play *play, const struct play_line *line)
{
    struct speech speech = {play, play->arena, line->words[0].node, line->words[1].node};
    const char *shape = line->words[2].text;
    size_t row = 0, count = sizeof tellings / sizeof *tellings;
    while (row < count && strcmp(tellings[row].name, shape) != 0)
        row++;
    if (row == count)
        return play_wrong(play, "nothing is told that is %s", shape);
    struct bytes plain = tellings[row].shape(&speech);
    struct impostor_line way = {speech.from, speech.to, !tellings[row].answers};
    if (!plain.data)
        return play_wrong(play, "there is nothing to tell that would be %s", shape);
    for (uint64_t i = 0; i < times_of(line); i++)
        if (!impostor_says(play->world, way, plain))
            return play_wrong(play, "%s has no such session with %s", name_of(&speech, speech.from),
                              name_of(&speech, speech.to));
    return true;
}

/* ---- throwing ---- */

static const struct {
    const char *name;
    size_t size;
    enum frame_type type; /* of its header; 0: it has none */
} throwings[] = {
    {"rubbish", RUBBISH_SIZE, 0},
    {"empty", 0, 0},
    {"short", FRAME_HEADER_SIZE, FRAME_TRANSPORT},
    {"huge", HUGE_SIZE, FRAME_TRANSPORT},
    {"opening", OPENING_SIZE, FRAME_OPEN},
    {"answer", 68, FRAME_ANSWER},
    {"data", 400, FRAME_TRANSPORT},
    {"stale", 100, FRAME_STALE},
};

/* Of the right shape, so that more than a look at it is needed. */
static void opening_shape(uint8_t *wire)
{
    wire[FRAME_HEADER_SIZE + GATE_HINT_SIZE] = 1;
    wire[FRAME_HEADER_SIZE + GATE_HINT_SIZE + 1] = FRAME_VERSION;
}

static void rubbish_fill(struct play *play, uint8_t *wire, size_t size)
{
    size_t most = ENTROPY_SIZE_MAX;
    for (size_t at = 0; at < size; at += most)
        entropy_expand(play->world->seed, "intruder", play->thrown++, wire + at,
                       size - at < most ? size - at : most);
}

bool intruder_throws(struct play *play, const struct play_line *line)
{
    const char *shape = line->words[1].text;
    size_t row = 0, count = sizeof throwings / sizeof *throwings;
    while (row < count && strcmp(throwings[row].name, shape) != 0)
        row++;
    if (row == count)
        return play_wrong(play, "nothing is thrown that is %s", shape);
    size_t size = throwings[row].size;
    uint8_t *wire = arena_take(play->arena, size + 1);
    assert(wire);
    for (uint64_t i = 0; i < times_of(line); i++) {
        rubbish_fill(play, wire, size);
        if (throwings[row].type)
            frame_write_header(throwings[row].type, wire, play->thrown, wire);
        if (throwings[row].type == FRAME_OPEN)
            opening_shape(wire);
        world_inject(play->world, &(struct world_passing) {.from = line->words[0].node,
                                                           .to = line->words[2].node,
                                                           .dialled = true,
                                                           .what = "thrown",
                                                           .wire = wire,
                                                           .size = size});
    }
    return true;
}
