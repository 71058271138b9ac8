#include "engine/take.h"

#include "base/broken.h"
#include "engine/batch.h"
#include "engine/carry.h"
#include "engine/feed.h"
#include "engine/judge.h"
#include "engine/suspect.h"
#include "record/codec.h"
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const int64_t TELL_EVERY = 3600 * (int64_t)INSTANT_SECOND;

/* ---- receipts ---- */

static Peregrin__Receipt receipt_message(Peregrin__Signed *signed_, struct bytes leaves)
{
    Peregrin__Receipt receipt = PEREGRIN__RECEIPT__INIT;
    receipt.signed_ = signed_;
    receipt.has_ids = true;
    receipt.ids = (ProtobufCBinaryData) {leaves.size, (uint8_t *)leaves.data};
    return receipt;
}

static enum fault receipt_send(struct step *step, struct pair *pair, const struct store_signed *row)
{
    Peregrin__Signed *signed_;
    if (statement_read_signed(row->wire, step->engine->scratch, &signed_))
        return FAULT_CORRUPT;
    Peregrin__Receipt receipt = receipt_message(signed_, row->leaves);
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RECEIPT;
    message.receipt = &receipt;
    peer_send_stream(step, pair, PEER_IN, &message);
    return FAULT_NONE;
}

static enum fault receipt_sign(struct step *step, struct pair *pair, struct bytes leaves,
                               struct bytes *wire)
{
    struct digest root;
    const struct session *session = peer_carrier(pair, PEER_IN);
    Peregrin__ReceiptStatement statement = PEREGRIN__RECEIPT_STATEMENT__INIT;
    tree_root((const struct digest *)leaves.data, leaves.size / DIGEST_SIZE, &root);
    statement.network = (char *)step->engine->catalogue->network;
    statement.issuer = (char *)pair->own->schac;
    statement.audience = (char *)pair->partner->schac;
    statement.key_id = (char *)pair->own_key->id;
    statement.has_key_digest = statement.has_handshake = statement.has_count = true;
    statement.has_root = statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest =
        (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)pair->own_key->digest.bytes};
    statement.handshake = (ProtobufCBinaryData) {sizeof session->hash, (uint8_t *)session->hash};
    statement.count = (uint32_t)(leaves.size / DIGEST_SIZE);
    statement.root = (ProtobufCBinaryData) {DIGEST_SIZE, root.bytes};
    statement.time = instant_seconds(step->now);
    statement.catalogue_version = step->engine->catalogue->version;
    struct bytes packed = codec_pack(&statement.base, step->engine->scratch);
    if (!packed.data)
        return FAULT_MEMORY;
    return peer_sign(step, pair, SEAL_CONTEXT_RECEIPT, packed, wire);
}

static enum fault owed_settle(struct step *step, struct pair *pair)
{
    struct store *store = step->engine->store;
    if (!pair->owed.count)
        return FAULT_NONE;
    if (!pair->own_key || !peer_carrier(pair, PEER_IN)) {
        peer_records_clear(&pair->owed); /* the partner sends again what has no receipt */
        return FAULT_NONE;
    }
    struct digest *leaves =
        arena_take_array(step->engine->scratch, pair->owed.count, sizeof *leaves);
    if (!leaves)
        return FAULT_MEMORY;
    for (size_t i = 0; i < pair->owed.count; i++)
        leaves[i] = pair->owed.list[i].id;
    struct store_signed row = {
        .pair = pair->number,
        .leaves = {(const uint8_t *)leaves, pair->owed.count * DIGEST_SIZE},
    };
    TRY(receipt_sign(step, pair, row.leaves, &row.wire));
    TRY(store->receipt_put(store, &row));
    for (size_t i = 0; i < pair->owed.count; i++)
        TRY(store->receipt_link(store, pair->owed.list[i].serial,
                                (struct store_receipt_link) {row.number, (uint32_t)i}));
    peer_count(step, PEER_RECEIPTS_GIVEN, pair->owed.count);
    peer_records_clear(&pair->owed);
    return receipt_send(step, pair, &row);
}

/* What was signed with a key that does not count any more is worth nothing to whoever asks now. */
static enum fault still_counts(struct step *step, const struct pair *pair,
                               const struct store_signed *row, bool *counts)
{
    struct arena *scratch = step->engine->scratch;
    Peregrin__Signed *signed_;
    Peregrin__ReceiptStatement *statement;
    *counts = false;
    if (statement_read_signed(row->wire, scratch, &signed_))
        return FAULT_CORRUPT;
    struct bytes said = {signed_->statement.data, signed_->statement.len};
    if (statement_read_receipt(said, scratch, &statement))
        return FAULT_CORRUPT;
    *counts = peer_counts(pair->own, statement->key_digest, statement->time);
    return FAULT_NONE;
}

/* The stored one, word for word. Where its key was revoked since, or ends before its time, the same
 * is signed anew and not kept: ours stays the first, which may prove the earlier time. */
static enum fault receipt_again(struct step *step, struct pair *pair, struct store_signed *row)
{
    bool counts;
    TRY(still_counts(step, pair, row, &counts));
    if (!counts && pair->own_key && peer_carrier(pair, PEER_IN))
        TRY(receipt_sign(step, pair, row->leaves, &row->wire));
    return receipt_send(step, pair, row);
}

static enum fault again_settle(struct step *step, struct pair *pair)
{
    struct engine *engine = step->engine;
    for (size_t i = 0; i < pair->again_count; i++) {
        struct store_signed *row;
        TRY(engine->store->receipt_get(engine->store, pair->again[i], engine->scratch, &row));
        if (!row)
            return FAULT_CORRUPT;
        TRY(receipt_again(step, pair, row));
    }
    pair->again_count = 0;
    return FAULT_NONE;
}

static void ack_send(struct step *step, struct pair *pair)
{
    struct flight_credit credit = intake_credit(&pair->intake);
    Peregrin__Ack ack = PEREGRIN__ACK__INIT;
    ack.issuer = (char *)pair->partner->schac;
    ack.audience = (char *)pair->own->schac;
    ack.has_next_position = ack.has_credit_records = ack.has_credit_bytes = true;
    ack.next_position = pair->intake.next;
    ack.credit_records = credit.records;
    ack.credit_bytes = credit.bytes;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_ACK;
    message.ack = &ack;
    peer_send_stream(step, pair, PEER_IN, &message);
    pair->ack_due = false;
}

enum fault take_settle(struct step *step, struct pair *pair)
{
    TRY(owed_settle(step, pair));
    TRY(again_settle(step, pair));
    if (pair->ack_due && pair->inbound)
        ack_send(step, pair);
    return FAULT_NONE;
}

/* ---- records ---- */

static void again_add(struct pair *pair, int64_t receipt)
{
    for (size_t i = 0; i < pair->again_count; i++)
        if (pair->again[i] == receipt)
            return;
    if (!pair->again)
        pair->again = malloc(PEER_AGAIN_MAX * sizeof *pair->again);
    if (pair->again && pair->again_count < PEER_AGAIN_MAX)
        pair->again[pair->again_count++] = receipt; /* the rest at the next repetition */
}

static enum fault owe(struct step *step, struct pair *pair, int64_t serial, const struct digest *id)
{
    if (pair->owed.count == PEER_OWED_MAX)
        TRY(owed_settle(step, pair));
    struct peer_record owed = {.serial = serial, .id = *id};
    return peer_records_add(&pair->owed, owed) ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault owe_where_none(struct step *step, struct pair *pair, int64_t serial,
                                 const struct digest *id)
{
    struct store *store = step->engine->store;
    struct store_receipt_link link;
    for (size_t i = 0; i < pair->owed.count; i++)
        if (pair->owed.list[i].serial == serial)
            return FAULT_NONE;
    TRY(store->receipt_of(store, serial, &link));
    return link.receipt ? FAULT_NONE : owe(step, pair, serial, id);
}

enum fault take_receipts_make(struct step *step, struct pair *pair)
{
    struct store *store = step->engine->store;
    struct span_point points[SPAN_LIST_MAX], from = {0};
    const struct span_point to = {.minute = UINT64_MAX};
    int64_t serials[SPAN_LIST_MAX];
    size_t count;
    if (!pair->own_key)
        return FAULT_NONE; /* at the next session */
    do {
        TRY(store->span_list(store, pair->number, false, from, to, points, serials, SPAN_LIST_MAX,
                             &count));
        for (size_t i = 0; i < count; i++)
            TRY(owe_where_none(step, pair, serials[i], &points[i].id));
        if (count)
            from = points[count - 1];
    } while (count == SPAN_LIST_MAX); /* each page begins with the last of the one before */
    return FAULT_NONE;
}

/* Held before: effects are exactly once, the answer is the stored receipt, word for word. */
static enum fault record_again(struct step *step, struct pair *pair, int64_t serial,
                               const struct carry_record *in)
{
    struct store *store = step->engine->store;
    struct store_receipt_link link;
    peer_count(step, PEER_RECORDS_REPEATED, 1);
    TRY(store->receipt_of(store, serial, &link));
    for (size_t i = 0; i < pair->owed.count && !link.receipt; i++)
        if (pair->owed.list[i].serial == serial)
            return FAULT_NONE; /* twice in one group: its receipt is being made */
    if (!link.receipt)
        return owe(step, pair, serial, &in->header.id);
    if (!broken_is(BROKEN_RECEIPT_ONCE))
        again_add(pair, link.receipt);
    return FAULT_NONE;
}

/* A dossier of an honest pair has a dozen records; one that grows for ever costs every fold more.
 */
static enum fault room_check(struct store *store, const struct store_place *place,
                             enum verdict *verdict)
{
    struct store_dossier row;
    bool found;
    TRY(store->dossier_get(store, place, &found, &row));
    if (found && row.lengths[0] + row.lengths[1] + row.incomplete >= TAKE_DOSSIER_MAX)
        *verdict = VERDICT_TOO_LARGE;
    return FAULT_NONE;
}

static enum fault record_take(struct step *step, struct pair *pair, const struct carry_record *in,
                              const struct carry_batch *batch, struct store_signed *seal,
                              enum verdict *verdict)
{
    struct store *store = step->engine->store;
    int64_t present;
    struct store_record record = carry_stored(pair, in, false);
    suspect_at_hand(step->engine, CRUMB_FOLD, &in->header.id);
    TRY(store->record_find(store, &record.place, record.lane, record.index, &record.id, &present));
    if (present && !broken_is(BROKEN_NO_DEDUPLICATION)) {
        if (batch->leaves.size && !batch->key_state)
            TRY(batch_replace(step, pair, present, record.seal_index, seal));
        return record_again(step, pair, present, in);
    }
    /* A key that was revoked, or not in force at the seal's time, seals nothing new. What we once
     * receipted was sealed before that. */
    *verdict = in->receipted ? VERDICT_FINE : batch->key_state;
    if (*verdict)
        return FAULT_NONE;
    TRY(room_check(store, &record.place, verdict));
    if (*verdict)
        return FAULT_NONE;
    if (!seal->number)
        TRY(store->seal_put(store, seal));
    record.seal = seal->number;
    TRY(store->record_put(store, &record));
    TRY(feed_record(step, FEED_RECORD_RECEIVED, pair->number, record.serial, 0));
    peer_count_kind(step, PEER_RECORDS_TAKEN, record.kind);
    TRY(owe(step, pair, record.serial, &record.id));
    return judge_settle(step, pair, &record.place, in);
}

static void notice_send(struct step *step, struct pair *pair, uint64_t position,
                        const struct digest *at_fault, enum verdict verdict)
{
    static const struct digest none;
    Peregrin__Notice notice = PEREGRIN__NOTICE__INIT;
    notice.issuer = (char *)pair->partner->schac;
    notice.audience = (char *)pair->own->schac;
    notice.has_position = notice.has_code = true;
    notice.position = position;
    notice.code = verdict;
    notice.has_id = !digest_equal(at_fault, &none);
    notice.id = (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)at_fault->bytes};
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_NOTICE;
    message.notice = &notice;
    peer_send_stream(step, pair, PEER_IN, &message);
    trace_say(&step->outcome->trace, TRACE_ALARM, "%s sent records that do not hold: %s",
              pair->partner->schac, verdict_text(verdict)->sentence);
}

static void position_take(struct pair *pair, const Peregrin__Deliver *deliver)
{
    size_t size = 0;
    for (size_t i = 0; i < deliver->n_records; i++)
        size += carry_weight(deliver->records[i]);
    intake_take(&pair->intake, deliver->n_records, size);
}

enum fault take_deliver(struct step *step, struct pair *pair, const Peregrin__Deliver *deliver,
                        enum verdict *verdict)
{
    struct carry_batch batch;
    struct digest at_fault;
    struct store_signed seal = {.pair = pair->number};
    /* Armed, or before its summary: no credit was given, so nothing may come. */
    if (!pair->inbound || !pair->intake.open) {
        *verdict = VERDICT_UNAVAILABLE;
        return FAULT_NONE;
    }
    pair->ack_due = true;
    enum intake_place place = intake_place(&pair->intake, deliver->position);
    if (place == INTAKE_AHEAD && !broken_is(BROKEN_GAP_TAKEN))
        return FAULT_NONE;
    struct carry_sent sent = {
        .issuer = pair->partner,
        .audience = pair->own,
        .seal = deliver->seal,
        .records = deliver->records,
        .count = deliver->n_records,
        .bodies_needed = true,
    };
    *verdict = carry_check(step, &sent, &batch, &at_fault);
    if (*verdict == VERDICT_FORGED && broken_is(BROKEN_EFFECT_FIRST))
        TRY(feed_record(step, FEED_RECORD_RECEIVED, pair->number, 0, 0));
    if (*verdict == VERDICT_UNKNOWN) {
        /* Most likely our catalogue is the older one: no forgery, the stream waits. */
        if (!pair->unknown_told.us ||
            !instant_before(step->now, instant_after(pair->unknown_told, TELL_EVERY))) {
            pair->unknown_told = step->now;
            trace_say(&step->outcome->trace, TRACE_ALARM,
                      "%s signs with a key that our catalogue does not have: fetch the newest",
                      pair->partner->schac);
        }
        return FAULT_NONE;
    }
    if (place == INTAKE_NEXT)
        position_take(pair, deliver);
    if (*verdict) {
        notice_send(step, pair, deliver->position, &at_fault, *verdict);
        return FAULT_NONE;
    }
    seal.wire = batch.seal_wire;
    seal.leaves = batch.leaves;
    uint64_t before = step->engine->counters[PEER_RECORDS_TAKEN];
    for (size_t i = 0; i < batch.count; i++) {
        TRY(record_take(step, pair, &batch.records[i], &batch, &seal, verdict));
        if (!*verdict)
            continue;
        notice_send(step, pair, deliver->position, &batch.records[i].header.id, *verdict);
        return FAULT_NONE; /* the sender sends the others again without it */
    }
    size_t taken = step->engine->counters[PEER_RECORDS_TAKEN] - before;
    trace_say(&step->outcome->trace, TRACE_DETAIL, "records from %s: %zu new, %zu repeated",
              pair->partner->schac, taken, batch.count - taken);
    return FAULT_NONE;
}
