#include "engine/restore.h"

#include "engine/carry.h"
#include "engine/take.h"
#include "record/codec.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

static const int64_t RECOVERY_WINDOW = 3600000000; /* microseconds */
enum {
    SPAN_ROOM = 160,     /* bytes of a span without a list */
    ANSWER_ROOM = 60000, /* bytes of all spans, or of all Returns, of one answer */
    SEAL_ROOM = 400,     /* about, of a seal beside its records */
};
enum { RECOVERIES_MAX = 64 }; /* of one partner in a window */
enum { SPANS_CUT_MAX = 8 };   /* in one answer: as many as an honest node asks about at once */

/* ---- spans of a pair, as the store holds them ---- */

struct source {
    struct store *store;
    uint32_t pair;
    bool ours;
};

static enum fault source_sum(void *self, struct span_point from, struct span_point to,
                             struct summary *out)
{
    const struct source *source = self;
    return source->store->span_sum(source->store, source->pair, source->ours, from, to, out);
}

static enum fault source_list(void *self, struct span_point from, struct span_point to,
                              struct span_point *out, size_t max, size_t *count)
{
    const struct source *source = self;
    return source->store->span_list(source->store, source->pair, source->ours, from, to, out, NULL,
                                    max, count);
}

static struct span_source source_of(struct source *source)
{
    return (struct span_source) {source, source_sum, source_list};
}

/* ---- spans as they travel ---- */

static bool id_zero(const struct digest *id)
{
    static const struct digest zero;
    return digest_equal(id, &zero);
}

static bool point_fill(const struct span_point *point, struct arena *arena, uint64_t *minute,
                       protobuf_c_boolean *has_id, ProtobufCBinaryData *id)
{
    *minute = point->minute;
    *has_id = !id_zero(&point->id);
    if (!*has_id)
        return true;
    struct bytes copy = arena_copy(arena, digest_bytes(&point->id));
    *id = (ProtobufCBinaryData) {copy.size, (uint8_t *)copy.data};
    return copy.data;
}

enum fault restore_span_fill(const struct span *span, struct arena *arena, Peregrin__Span *out)
{
    peregrin__span__init(out);
    out->has_from_minute = out->has_to_minute = out->has_count = out->has_sum = true;
    struct bytes sum = arena_copy(arena, (struct bytes) {span->held.sum, sizeof span->held.sum});
    if (!sum.data ||
        !point_fill(&span->from, arena, &out->from_minute, &out->has_from_id, &out->from_id) ||
        !point_fill(&span->to, arena, &out->to_minute, &out->has_to_id, &out->to_id))
        return FAULT_MEMORY;
    out->count = span->held.count;
    out->sum = (ProtobufCBinaryData) {sum.size, (uint8_t *)sum.data};
    return FAULT_NONE;
}

static bool point_read(uint64_t minute, bool has_id, ProtobufCBinaryData id, struct span_point *out)
{
    *out = (struct span_point) {.minute = minute};
    return !has_id || digest_from((struct bytes) {id.data, id.len}, &out->id);
}

enum verdict restore_span_read(const Peregrin__Span *said, struct span *out)
{
    if (!said->has_from_minute || !said->has_to_minute || !said->has_count ||
        said->sum.len != sizeof out->held.sum ||
        !point_read(said->from_minute, said->has_from_id, said->from_id, &out->from) ||
        !point_read(said->to_minute, said->has_to_id, said->to_id, &out->to) ||
        span_point_compare(&out->from, &out->to) >= 0)
        return VERDICT_MALFORMED;
    out->held.count = said->count;
    memcpy(out->held.sum, said->sum.data, sizeof out->held.sum);
    return VERDICT_FINE;
}

/* ---- the recovery statement ---- */

enum fault restore_recovery(struct step *step, struct pair *pair, enum peer_stream stream,
                            struct bytes *signed_wire)
{
    const struct session *session = peer_carrier(pair, stream);
    *signed_wire = (struct bytes) {0};
    if (!pair->own_key || !session)
        return FAULT_NONE;
    Peregrin__RecoverStatement statement = PEREGRIN__RECOVER_STATEMENT__INIT;
    statement.network = (char *)step->engine->catalogue->network;
    statement.issuer = (char *)pair->own->schac;
    statement.audience = (char *)pair->partner->schac;
    statement.key_id = (char *)pair->own_key->id;
    statement.has_key_digest = statement.has_handshake = statement.has_time = true;
    statement.key_digest =
        (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)pair->own_key->digest.bytes};
    statement.handshake = (ProtobufCBinaryData) {sizeof session->hash, (uint8_t *)session->hash};
    statement.time = instant_seconds(step->now);
    struct bytes wire = codec_pack(&statement.base, step->engine->scratch);
    if (!wire.data)
        return FAULT_MEMORY;
    return peer_sign(step, pair, SEAL_CONTEXT_RECOVER, wire, signed_wire);
}

/* A stolen transport key must not drain a network: only so many recoveries in an hour. */
static bool recovery_allowed(struct step *step, struct pair *pair)
{
    if (!pair->recovery_window.us ||
        !instant_before(step->now, instant_after(pair->recovery_window, RECOVERY_WINDOW))) {
        pair->recovery_window = step->now;
        pair->recoveries = 0;
    }
    return pair->recoveries++ < RECOVERIES_MAX;
}

enum verdict restore_recovery_read(struct step *step, struct pair *pair, enum peer_stream stream,
                                   const Peregrin__Signed *signed_)
{
    const struct session *session = peer_carrier(pair, stream);
    const struct catalogue_key *key;
    struct bytes said;
    Peregrin__RecoverStatement *statement;
    assert(session); /* the statement came on it */
    TRY(peer_verify(step, pair->partner, SEAL_CONTEXT_RECOVER, signed_, &said, &key));
    TRY(statement_read_recover(said, step->engine->scratch, &statement));
    enum verdict usable = catalogue_key_usable(key, instant_seconds(step->now));
    if (usable == VERDICT_EXPIRED && instant_seconds(step->now) < key->from)
        return VERDICT_UNAVAILABLE; /* by the partner's clock it is in force: it asks again */
    TRY(usable);
    if (strcmp(statement->network, step->engine->catalogue->network) != 0 ||
        strcmp(statement->issuer, pair->partner->schac) != 0 ||
        strcmp(statement->audience, pair->own->schac) != 0 ||
        statement->handshake.len != sizeof session->hash ||
        memcmp(statement->handshake.data, session->hash, sizeof session->hash) != 0)
        return VERDICT_FORGED;
    if (!recovery_allowed(step, pair))
        return VERDICT_UNAVAILABLE;
    return VERDICT_FINE;
}

/* ---- the summary ---- */

void restore_reset(struct pair *pair)
{
    pair->inbound = pair->granted_bodies = pair->ack_due = false;
    pair->intake = (struct intake) {.open = !pair->armed};
    pair->again_count = 0;
}

enum fault restore_summary(struct step *step, struct pair *pair, const Peregrin__Summary *asked,
                           enum verdict *verdict)
{
    struct engine *engine = step->engine;
    struct summary held;
    uint64_t unreceipted;
    if (asked->sum.len != sizeof held.sum) {
        *verdict = VERDICT_MALFORMED;
        return FAULT_NONE;
    }
    TRY(engine->store->summary(engine->store, pair->number, false, &held, &unreceipted));
    bool equal =
        held.count == asked->count && memcmp(held.sum, asked->sum.data, sizeof held.sum) == 0;
    pair->inbound = true;
    pair->intake.open = !pair->armed;
    struct flight_credit credit = intake_credit(&pair->intake);

    Peregrin__Summary answer = PEREGRIN__SUMMARY__INIT;
    answer.issuer = (char *)pair->partner->schac;
    answer.audience = (char *)pair->own->schac;
    answer.has_count = answer.has_sum = answer.has_unreceipted = answer.has_answer = true;
    answer.count = held.count;
    answer.sum = (ProtobufCBinaryData) {sizeof held.sum, held.sum};
    answer.unreceipted = unreceipted;
    answer.answer = true;
    answer.has_credit_records = answer.has_credit_bytes = true;
    answer.credit_records = credit.records;
    answer.credit_bytes = credit.bytes;
    if (equal)
        pair->inbound_unchecked = false;
    if (equal && unreceipted && !asked->unreceipted)
        TRY(take_receipts_make(step, pair));
    if (pair->inbound_unchecked) {
        struct bytes recovery;
        TRY(restore_recovery(step, pair, PEER_IN, &recovery));
        if (recovery.size && statement_read_signed(recovery, engine->scratch, &answer.recovery))
            return FAULT_CORRUPT;
    }
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_SUMMARY;
    message.summary = &answer;
    peer_send_stream(step, pair, PEER_IN, &message);
    return FAULT_NONE;
}

/* ---- ranges ---- */

struct range_answer {
    Peregrin__Span *spans[MESSAGE_SPANS_MAX];
    size_t count;
    size_t
        bytes;  /* on the wire: what a partner asks at once is answered as far as a frame reaches */
    size_t cut; /* asked spans that were split: each costs hundreds of sums */
    bool full;  /* nothing more is looked at */
};

/* What finds no room is left out: the asker sees it differ again and asks again. */
static bool answer_room(struct range_answer *answer, size_t points)
{
    size_t bytes = SPAN_ROOM + points * (8 + DIGEST_SIZE);
    answer->full = answer->count == MESSAGE_SPANS_MAX || answer->bytes + bytes > ANSWER_ROOM;
    if (answer->full)
        return false;
    answer->bytes += bytes;
    return true;
}

static enum fault list_answer(struct step *step, struct pair *pair, struct span *span,
                              struct range_answer *out)
{
    struct engine *engine = step->engine;
    struct span_point points[SPAN_LIST_MAX];
    size_t count;
    TRY(engine->store->span_list(engine->store, pair->number, false, span->from, span->to, points,
                                 NULL, SPAN_LIST_MAX, &count));
    Peregrin__Span *said = arena_take(engine->scratch, sizeof *said);
    uint8_t *minutes = arena_take_array(engine->scratch, count, 8);
    uint8_t *ids = arena_take_array(engine->scratch, count, DIGEST_SIZE);
    if (!said || !minutes || !ids)
        return FAULT_MEMORY;
    TRY(restore_span_fill(span, engine->scratch, said));
    for (size_t i = 0; i < count; i++) {
        bytes_write_u64le(minutes + 8 * i, points[i].minute);
        memcpy(ids + DIGEST_SIZE * i, points[i].id.bytes, DIGEST_SIZE);
    }
    said->has_minutes = said->has_ids = true;
    said->minutes = (ProtobufCBinaryData) {count * 8, minutes};
    said->ids = (ProtobufCBinaryData) {count * DIGEST_SIZE, ids};
    out->spans[out->count++] = said;
    return FAULT_NONE;
}

static enum fault split_answer(struct step *step, struct pair *pair, const struct span *span,
                               struct range_answer *out)
{
    struct engine *engine = step->engine;
    struct source source = {engine->store, pair->number, false};
    struct span_source asked = source_of(&source);
    struct span pieces[SPAN_FANOUT];
    size_t count;
    TRY(span_split(span, &asked, pieces, &count));
    for (size_t i = 0; i < count && answer_room(out, 0); i++) {
        Peregrin__Span *said = arena_take(engine->scratch, sizeof *said);
        if (!said)
            return FAULT_MEMORY;
        TRY(restore_span_fill(&pieces[i], engine->scratch, said));
        out->spans[out->count++] = said;
    }
    return FAULT_NONE;
}

static enum fault span_answer(struct step *step, struct pair *pair, const Peregrin__Span *asked,
                              struct range_answer *out, enum verdict *verdict)
{
    struct store *store = step->engine->store;
    struct span span;
    struct summary own;
    *verdict = restore_span_read(asked, &span);
    if (*verdict)
        return FAULT_NONE;
    TRY(store->span_sum(store, pair->number, false, span.from, span.to, &own));
    if (summary_equal(&own, &span.held))
        return FAULT_NONE;
    span.held = own;
    if (own.count > SPAN_LIST_MAX) {
        out->full = out->cut++ == SPANS_CUT_MAX;
        return out->full ? FAULT_NONE : split_answer(step, pair, &span, out);
    }
    return answer_room(out, own.count) ? list_answer(step, pair, &span, out) : FAULT_NONE;
}

/* ---- giving back ---- */

static void return_send(struct step *step, struct pair *pair, const struct carry_load *load)
{
    Peregrin__Return returned = PEREGRIN__RETURN__INIT;
    returned.issuer = (char *)pair->partner->schac;
    returned.audience = (char *)pair->own->schac;
    returned.seal = load->seal;
    returned.n_records = load->count;
    returned.records = load->records;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RETURNED;
    message.returned = &returned;
    peer_send_stream(step, pair, PEER_IN, &message);
}

/* What is asked for and is here, with the number of its seal; 0 where it is not. */
struct wanted {
    int64_t serials[MESSAGE_WANTED_MAX], seals[MESSAGE_WANTED_MAX];
    size_t count;
};

static enum fault wanted_find(struct step *step, struct pair *pair, const Peregrin__Range *range,
                              struct wanted *out)
{
    struct engine *engine = step->engine;
    struct store *store = engine->store;
    out->count = range->wanted_ids.len / DIGEST_SIZE;
    for (size_t i = 0; i < out->count; i++) {
        struct span_point point = {.minute = bytes_read_u64le(range->wanted_minutes.data + 8 * i)};
        memcpy(point.id.bytes, range->wanted_ids.data + DIGEST_SIZE * i, DIGEST_SIZE);
        struct store_record *record = NULL;
        struct arena_mark mark = arena_mark(engine->scratch);
        bool again = false;
        TRY(store->span_find(store, pair->number, false, &point, &out->serials[i]));
        for (size_t j = 0; j < i && !again; j++)
            again = out->serials[j] == out->serials[i];
        if (out->serials[i] && !again)
            TRY(store->record_get(store, out->serials[i], engine->scratch, &record));
        out->seals[i] = record ? record->seal : 0;
        arena_rewind(engine->scratch, mark);
    }
    return FAULT_NONE;
}

/* One Return: the first one left and those under the same seal, as far as a frame reaches. */
static enum fault wanted_return(struct step *step, struct pair *pair, struct wanted *wanted,
                                size_t first, size_t *bytes)
{
    int64_t serials[STATEMENT_SEAL_LEAVES], seal = wanted->seals[first];
    struct carry_order order = {.serials = serials, .receipted = CARRY_PLAIN};
    struct carry_load load;
    for (size_t i = first; i < wanted->count && order.count < STATEMENT_SEAL_LEAVES; i++)
        if (wanted->seals[i] == seal) {
            wanted->seals[i] = 0;
            serials[order.count++] = wanted->serials[i];
        }
    TRY(carry_load(step, &order, &load));
    *bytes += load.bytes + SEAL_ROOM;
    return_send(step, pair, &load);
    return FAULT_NONE;
}

static void range_answer(struct step *step, struct pair *pair, struct range_answer *answer)
{
    Peregrin__Range said = PEREGRIN__RANGE__INIT;
    said.issuer = (char *)pair->partner->schac;
    said.audience = (char *)pair->own->schac;
    said.has_answer = true;
    said.answer = true;
    said.n_spans = answer->count;
    said.spans = answer->spans;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = &said;
    peer_send_stream(step, pair, PEER_IN, &message);
}

/* Returns, as many as may stand before the asker at once, and an empty answer at their end: then it
 * asks for the rest. */
static enum fault wanted_answer(struct step *step, struct pair *pair, const Peregrin__Range *range)
{
    struct wanted *wanted = arena_take(step->engine->scratch, sizeof *wanted);
    struct range_answer end = {.count = 0};
    size_t bytes = 0;
    if (!wanted)
        return FAULT_MEMORY;
    TRY(wanted_find(step, pair, range, wanted));
    for (size_t i = 0; i < wanted->count && bytes < ANSWER_ROOM; i++)
        if (wanted->seals[i])
            TRY(wanted_return(step, pair, wanted, i, &bytes));
    range_answer(step, pair, &end);
    return FAULT_NONE;
}

/* Whoever has no key in force just now can sign for nothing, and is no villain: it is told that
 * nothing comes, and asks anew. */
static enum fault wanted_withhold(struct step *step, struct pair *pair)
{
    struct range_answer nothing = {.count = 0};
    trace_say(&step->outcome->trace, TRACE_DETAIL,
              "%s asks for records of its own and signed nothing: none are given back",
              pair->partner->schac);
    range_answer(step, pair, &nothing);
    return FAULT_NONE;
}

static enum fault wanted_serve(struct step *step, struct pair *pair, const Peregrin__Range *range,
                               enum verdict *verdict)
{
    if (!pair->granted_bodies) {
        if (!range->recovery)
            return wanted_withhold(step, pair);
        *verdict = restore_recovery_read(step, pair, PEER_IN, range->recovery);
        if (*verdict)
            return FAULT_NONE;
        pair->granted_bodies = true;
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s lost records of its own and signed for them: given back",
                  pair->partner->schac);
    }
    return wanted_answer(step, pair, range);
}

enum fault restore_range(struct step *step, struct pair *pair, const Peregrin__Range *range,
                         enum verdict *verdict)
{
    struct range_answer answer = {.count = 0};
    if (range->has_wanted_ids)
        return wanted_serve(step, pair, range, verdict);
    for (size_t i = 0; i < range->n_spans && !answer.full; i++) {
        TRY(span_answer(step, pair, range->spans[i], &answer, verdict));
        if (*verdict)
            return FAULT_NONE;
    }
    range_answer(step, pair, &answer);
    return FAULT_NONE;
}
