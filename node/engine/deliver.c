#include "engine/deliver.h"

#include "base/broken.h"
#include "engine/batch.h"
#include "engine/carry.h"
#include "engine/feed.h"
#include "record/codec.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

static const int64_t GO_BACK_AFTER = 2000000; /* microseconds without an ack or receipt */
static const int64_t NEVER = INT64_MAX;

enum {
    ROWS_PAGE = 512,
    GO_BACK_FRAMES = 64,   /* in one round */
    PUSH_ROOM = 88 * 1024, /* of bytes without a receipt, on a connection that we did not dial */
};

/* ---- out ---- */

static void deliver_send(struct step *step, struct pair *pair, uint64_t position,
                         const struct carry_load *load)
{
    Peregrin__Deliver deliver = PEREGRIN__DELIVER__INIT;
    deliver.issuer = (char *)pair->own->schac;
    deliver.audience = (char *)pair->partner->schac;
    deliver.has_position = true;
    deliver.position = position;
    deliver.seal = load->seal;
    deliver.n_records = load->count;
    deliver.records = load->records;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &deliver;
    peer_send_stream(step, pair, PEER_OUT, &message);
}

static enum fault load_take_off(struct step *step, struct pair *pair, const struct carry_load *load)
{
    struct flight_record *records =
        arena_take_array(step->engine->scratch, load->count, sizeof *records);
    if (!records || !flight_reserve(pair->flight, load->count))
        return FAULT_MEMORY;
    for (size_t i = 0; i < load->count; i++)
        records[i] = (struct flight_record) {.id = load->ids[i], .serial = load->serials[i]};
    uint64_t position = flight_send(pair->flight, records, load->count, load->weight, step->now);
    deliver_send(step, pair, position, load);
    return FAULT_NONE;
}

/* Rows that share the first one's seal. */
static size_t rows_together(const struct store_outbox_row *rows, size_t count, int64_t *serials)
{
    size_t together = 0;
    while (together < count && together < STATEMENT_SEAL_LEAVES &&
           rows[together].seal == rows[0].seal) {
        serials[together] = rows[together].serial;
        together++;
    }
    return together;
}

static bool loaded(const struct carry_load *load, int64_t serial)
{
    for (size_t i = 0; i < load->count; i++)
        if (load->serials[i] == serial)
            return true;
    return false;
}

/* Queued again because the partner was without it, receipted before, and now it holds the same as
 * we do: then it is there. */
static enum fault rows_there(struct step *step, struct pair *pair, const int64_t *serials,
                             const struct carry_load *load)
{
    struct store *store = step->engine->store;
    for (size_t i = 0; pair->same && load->count < load->looked && i < load->looked; i++) {
        struct store_receipt_link link;
        if (loaded(load, serials[i]))
            continue;
        TRY(store->receipt_of(store, serials[i], &link));
        if (!link.receipt)
            continue;
        TRY(store->outbox_remove(store, pair->number, serials[i]));
        assert(pair->outbox > 0);
        pair->outbox--;
    }
    return FAULT_NONE;
}

/* What is pushed back on a connection that the partner dialled is lost without a word where more
 * than 128 KiB of it wait: acks and receipts need their part of that, the streams share the rest. A
 * stream that has nothing out may always say one thing. */
static bool push_room(const struct pair *pair, size_t bytes)
{
    const struct peer *peer = pair->peer;
    size_t out = flight_bytes(pair->flight);
    return pair->mirror || peer->carrier[PEER_OUT] == PEER_OURS || !out ||
           out + bytes <= PUSH_ROOM / peer->pair_count;
}

/* One Deliver from the first rows; *used 0: no room just now. */
static enum fault rows_send(struct step *step, struct pair *pair, struct store_outbox_row *rows,
                            size_t count, size_t *used)
{
    int64_t serials[STATEMENT_SEAL_LEAVES];
    struct carry_load load;
    struct carry_order order = {
        .serials = serials,
        .receipted = pair->recovery_granted ? CARRY_PROVE : CARRY_LEAVE,
        /* The cursor went back over what is still under way when a Deliver was refused. */
        .leave_out = pair->flight,
    };
    *used = 0;
    if (!flight_room(pair->flight, 1, 1) || !push_room(pair, 1))
        return FAULT_NONE;
    TRY(batch_renew(step, pair, rows, count, &pair->keyless));
    if (pair->keyless)
        return FAULT_NONE;
    order.count = rows_together(rows, count, serials);
    TRY(carry_load(step, &order, &load));
    if (load.count &&
        (!flight_room(pair->flight, load.count, load.weight) || !push_room(pair, load.weight)))
        return FAULT_NONE;
    if (order.receipted == CARRY_LEAVE)
        TRY(rows_there(step, pair, serials, &load));
    *used = load.looked;
    pair->cursor = rows[load.looked - 1].serial;
    return load.count ? load_take_off(step, pair, &load) : FAULT_NONE;
}

enum fault deliver_pump(struct step *step, struct pair *pair)
{
    struct engine *engine = step->engine;
    pair->keyless = false;
    if (pair->phase != PAIR_RECONCILED || pair->armed || pair->suspended.us)
        return FAULT_NONE;
    while (pair->starved && flight_room(pair->flight, 1, 1)) {
        struct store_outbox_row *rows;
        size_t count, used = 1;
        TRY(engine->store->outbox_next(engine->store, pair->number, pair->cursor, false, ROWS_PAGE,
                                       engine->scratch, &rows, &count));
        if (!count)
            pair->starved = false;
        for (size_t i = 0; i < count && used; i += used)
            TRY(rows_send(step, pair, rows + i, count - i, &used));
        if (!used)
            break;
    }
    return FAULT_NONE;
}

/* The next position to go again, with what is left of it; a hollow one with one of its records. */
static bool again_find(struct pair *pair, uint64_t from, struct flight_again *again,
                       int64_t *filler)
{
    uint64_t position;
    bool left = flight_go_back(pair->flight, from, again);
    if (!flight_hollow(pair->flight, from, &position, filler) ||
        (left && again->position < position)) {
        *filler = 0;
        return left;
    }
    *again = (struct flight_again) {position, filler, 1};
    return true;
}

static enum fault position_again(struct step *step, struct pair *pair,
                                 const struct flight_again *again, bool filler)
{
    enum carry_receipted receipted = pair->recovery_granted ? CARRY_PROVE : CARRY_LEAVE;
    struct carry_order order = {
        .serials = again->serials,
        .count = again->count,
        .receipted = filler ? CARRY_PLAIN : receipted,
    };
    struct carry_load load;
    TRY(carry_load(step, &order, &load));
    if (load.count)
        deliver_send(step, pair, again->position, &load);
    peer_count(step, PEER_RESENDS, 1);
    return FAULT_NONE;
}

static bool waits(const struct pair *pair)
{
    uint64_t position;
    int64_t serial;
    return pair->phase == PAIR_RECONCILED && !pair->suspended.us && peer_carrier(pair, PEER_OUT) &&
           (flight_unreceipted(pair->flight) > 0 ||
            flight_hollow(pair->flight, 0, &position, &serial));
}

enum fault deliver_tick(struct step *step, struct pair *pair)
{
    struct flight_again again;
    uint64_t from = 0;
    int64_t filler;
    if (!waits(pair) || instant_before(step->now, deliver_wake(pair)))
        return FAULT_NONE;
    pair->go_backs++;
    flight_touch(pair->flight, step->now);
    trace_say(&step->outcome->trace, TRACE_DETAIL, "%s is silent about %zu records: sent again",
              pair->partner->schac, flight_unreceipted(pair->flight));
    for (size_t i = 0; i < GO_BACK_FRAMES && again_find(pair, from, &again, &filler); i++) {
        TRY(position_again(step, pair, &again, filler != 0));
        from = again.position + 1;
    }
    return FAULT_NONE;
}

struct instant deliver_wake(const struct pair *pair)
{
    if (!waits(pair))
        return (struct instant) {NEVER};
    uint32_t doublings = pair->go_backs < 4 ? pair->go_backs : 4;
    return instant_after(flight_progress(pair->flight), GO_BACK_AFTER << doublings);
}

/* ---- back ---- */

/* Planted: what was acked leaves the outbox without its receipt. */
static enum fault acked_leave(struct step *step, struct pair *pair, uint64_t next_position)
{
    struct store *store = step->engine->store;
    struct flight_again again = {0};
    while (flight_go_back(pair->flight, again.position, &again) && again.position < next_position) {
        for (size_t i = 0; i < again.count; i++)
            TRY(store->outbox_remove(store, pair->number, again.serials[i]));
        again.position++;
    }
    return FAULT_NONE;
}

enum fault deliver_ack(struct step *step, struct pair *pair, const Peregrin__Ack *ack,
                       enum verdict *verdict)
{
    struct instant before = flight_progress(pair->flight);
    if (!flight_ack(pair->flight, ack->next_position, step->now)) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    if (broken_is(BROKEN_DONE_ON_ACK))
        TRY(acked_leave(step, pair, ack->next_position));
    if (flight_progress(pair->flight).us != before.us)
        pair->go_backs = 0; /* an ack that repeats itself is no progress */
    flight_credit(pair->flight, (struct flight_credit) {ack->credit_records, ack->credit_bytes});
    return FAULT_NONE;
}

/* The pair whose partner owns this key: the message names nobody before its signature holds. */
static enum verdict receipt_read(struct step *step, struct peer *peer,
                                 const Peregrin__Receipt *receipt, struct pair **found,
                                 Peregrin__ReceiptStatement **statement)
{
    enum verdict verdict = VERDICT_UNKNOWN;
    const struct catalogue_institution *tried = NULL;
    for (size_t i = 0; i < peer->pair_count; i++) {
        const struct catalogue_key *key;
        struct bytes said;
        struct pair *pair = peer->pairs[i];
        if (pair->partner == tried)
            continue;
        tried = pair->partner;
        verdict = peer_verify(step, tried, SEAL_CONTEXT_RECEIPT, receipt->signed_, &said, &key);
        if (verdict == VERDICT_UNKNOWN)
            continue;
        TRY(verdict);
        TRY(statement_read_receipt(said, step->engine->scratch, statement));
        if (!broken_is(BROKEN_RECEIPT_KEY))
            TRY(catalogue_key_usable(key, (*statement)->time));
        if (strcmp((*statement)->network, step->engine->catalogue->network) != 0 ||
            strcmp((*statement)->issuer, tried->schac) != 0 ||
            strcmp((*statement)->key_id, key->id) != 0)
            return VERDICT_FORGED;
        *found = peer_pair(step->engine, (*statement)->audience, tried->schac);
        return *found && (*found)->peer == peer ? VERDICT_FINE : VERDICT_NOT_ADDRESSED;
    }
    return verdict;
}

static enum verdict leaves_check(const Peregrin__Receipt *receipt,
                                 const Peregrin__ReceiptStatement *statement)
{
    struct digest root;
    size_t count = receipt->ids.len / DIGEST_SIZE;
    if (statement->count != count)
        return VERDICT_FORGED;
    tree_root((const struct digest *)receipt->ids.data, count, &root);
    struct bytes said = {statement->root.data, statement->root.len};
    return bytes_equal(said, digest_bytes(&root)) ? VERDICT_FINE : VERDICT_FORGED;
}

/* A receipted record leaves the outbox. Where it has a receipt already (the partner had lost it),
 * the first one stays: it proves the earlier time. */
static enum fault record_done(struct step *step, struct pair *pair, int64_t serial,
                              struct store_receipt_link link)
{
    struct store *store = step->engine->store;
    struct store_receipt_link before;
    TRY(store->receipt_of(store, serial, &before));
    if (!before.receipt) {
        TRY(store->receipt_link(store, serial, link));
        TRY(feed_record(step, FEED_RECORD_DELIVERED, pair->number, serial, 0));
    }
    assert(pair->outbox > 0);
    pair->outbox--;
    peer_count(step, PEER_RECEIPTS_TAKEN, 1);
    return store->outbox_remove(store, pair->number, serial);
}

static enum fault receipt_keep(struct step *step, struct pair *pair,
                               const Peregrin__Receipt *receipt)
{
    struct store *store = step->engine->store;
    const struct digest *ids = (const struct digest *)receipt->ids.data;
    struct store_signed row = {.pair = pair->number,
                               .leaves = {receipt->ids.data, receipt->ids.len}};
    size_t count = receipt->ids.len / DIGEST_SIZE, done = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t serial;
        if (!flight_receipted(pair->flight, &ids[i], &serial))
            continue;
        if (!row.number) {
            row.wire = codec_pack(&receipt->signed_->base, step->engine->scratch);
            if (!row.wire.data)
                return FAULT_MEMORY;
            TRY(store->receipt_put(store, &row));
        }
        TRY(record_done(step, pair, serial, (struct store_receipt_link) {row.number, (uint32_t)i}));
        done++;
    }
    trace_say(&step->outcome->trace, TRACE_DETAIL, "receipt from %s: %zu delivered, %zu known",
              pair->partner->schac, done, count - done);
    return FAULT_NONE;
}

enum fault deliver_receipt(struct step *step, struct peer *peer, const Peregrin__Receipt *receipt,
                           enum verdict *verdict)
{
    struct pair *pair = NULL;
    Peregrin__ReceiptStatement *statement;
    *verdict = receipt_read(step, peer, receipt, &pair, &statement);
    if (!*verdict)
        *verdict = leaves_check(receipt, statement);
    if (*verdict)
        return FAULT_NONE;
    size_t before = flight_unreceipted(pair->flight);
    flight_touch(pair->flight, step->now);
    TRY(receipt_keep(step, pair, receipt));
    if (flight_unreceipted(pair->flight) < before)
        pair->go_backs = 0; /* a receipt that repeats itself is no progress */
    return FAULT_NONE;
}

/* The partner could not read a Deliver. The record that it names is stuck until a person acts; the
 * others of that Deliver go again without it. */
enum fault deliver_notice(struct step *step, struct pair *pair, const Peregrin__Notice *notice,
                          enum verdict *verdict)
{
    struct store *store = step->engine->store;
    int64_t serials[STATEMENT_SEAL_LEAVES], named = 0;
    struct digest id = {0};
    if (notice->has_id && digest_from((struct bytes) {notice->id.data, notice->id.len}, &id))
        (void)flight_receipted(pair->flight, &id, &named);
    size_t count = flight_refused(pair->flight, notice->position, serials, STATEMENT_SEAL_LEAVES);
    if (!count && !named) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    for (size_t i = 0; i < count + (named != 0); i++) {
        int64_t serial = i < count ? serials[i] : named;
        if (named && serial != named) {
            if (broken_is(BROKEN_LEFT_BEHIND))
                continue;
            pair->cursor = serial - 1 < pair->cursor ? serial - 1 : pair->cursor;
            pair->starved = true;
            continue;
        }
        pair->stuck++;
        TRY(store->outbox_code(store, pair->number, serial, notice->code));
        TRY(feed_record(step, FEED_RECORD_STUCK, pair->number, serial, notice->code));
    }
    peer_count(step, PEER_NOTICES, 1);
    trace_say(
        &step->outcome->trace, TRACE_ALARM, "%s could not take records of ours: %s",
        pair->partner->schac,
        verdict_text(notice->code < VERDICT_COUNT ? verdict_of(notice->code) : VERDICT_INTERNAL)
            ->sentence);
    return FAULT_NONE;
}
