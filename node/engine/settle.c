#include "engine/settle.h"

#include "base/broken.h"
#include "engine/answer.h"
#include "engine/carry.h"
#include "engine/deliver.h"
#include "engine/dial.h"
#include "engine/draft.h"
#include "engine/exchange.h"
#include "engine/feed.h"
#include "engine/judge.h"
#include "engine/reconcile.h"
#include "engine/submit.h"
#include "engine/take.h"
#include "record/codec.h"

#include <assert.h>
#include <stdlib.h>

static enum fault batch_sign(struct step *step, struct pair *pair, struct bytes leaves,
                             struct bytes *wire)
{
    struct digest root;
    Peregrin__SealStatement statement = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root((const struct digest *)leaves.data, leaves.size / DIGEST_SIZE, &root);
    statement.network = (char *)step->engine->catalogue->network;
    statement.issuer = (char *)pair->own->schac;
    statement.audience = (char *)pair->partner->schac;
    statement.key_id = (char *)pair->own_key->id;
    statement.has_key_digest = statement.has_count = statement.has_root = true;
    statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest =
        (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)pair->own_key->digest.bytes};
    statement.count = (uint32_t)(leaves.size / DIGEST_SIZE);
    statement.root = (ProtobufCBinaryData) {DIGEST_SIZE, root.bytes};
    statement.time = instant_seconds(step->now);
    statement.catalogue_version = step->engine->catalogue->version;
    struct bytes packed = codec_pack(&statement.base, step->engine->scratch);
    if (!packed.data)
        return FAULT_MEMORY;
    return peer_sign(step, pair, SEAL_CONTEXT_SEAL, packed, wire);
}

/* How many of these records fit under one seal: they fill a frame when they go together, and two
 * when they have to go with their paths. */
static size_t batch_length(const struct peer_record *records, size_t count)
{
    size_t length = 0, size = 0;
    while (length < count && length < STATEMENT_SEAL_LEAVES &&
           (length == 0 || size + records[length].size <= CARRY_FRAME_ROOM))
        size += records[length++].size;
    return length;
}

static enum fault batch_close(struct step *step, struct pair *pair,
                              const struct peer_record *records, size_t count)
{
    struct store *store = step->engine->store;
    struct digest *leaves = arena_take_array(step->engine->scratch, count, sizeof *leaves);
    if (!leaves)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++)
        leaves[i] = records[i].id;
    struct store_signed seal = {
        .pair = pair->number,
        .leaves = {(const uint8_t *)leaves, count * DIGEST_SIZE},
    };
    TRY(batch_sign(step, pair, seal.leaves, &seal.wire));
    TRY(store->seal_put(store, &seal));
    for (size_t i = 0; i < count; i++) {
        struct store_outbox_row row = {
            .serial = records[i].serial, .seal = seal.number, .since = instant_seconds(step->now)};
        TRY(store->record_sealed(store, records[i].serial, seal.number, (uint32_t)i));
        if (broken_is(BROKEN_TWO_TRANSACTIONS)) {
            TRY(store->commit(store));
            TRY(store->begin(store));
        }
        TRY(store->outbox_put(store, pair->number, &row));
    }
    pair->outbox += count;
    pair->starved = true;
    peer_count(step, PEER_SEALS_MADE, 1);
    return FAULT_NONE;
}

static enum fault unsealed_settle(struct step *step, struct pair *pair)
{
    size_t done = 0;
    while (done < pair->unsealed.count) {
        size_t length = batch_length(pair->unsealed.list + done, pair->unsealed.count - done);
        TRY(batch_close(step, pair, pair->unsealed.list + done, length));
        done += length;
    }
    peer_records_clear(&pair->unsealed);
    return FAULT_NONE;
}

static void sooner(struct instant *wake, struct instant other)
{
    if (instant_before(other, *wake))
        *wake = other;
}

/* Nobody else wakes a node when a key comes into force, or for what one group could not take. What
 * keeps its turn because its dossier is not whole waits for the records that are not here. */
static struct instant key_wake(const struct step *step, bool waits, const struct catalogue_key *key)
{
    if (!waits)
        return (struct instant) {INT64_MAX};
    int64_t minute = 60 * (int64_t)INSTANT_SECOND;
    return key ? step->now : instant_after(step->now, minute - step->now.us % minute);
}

static enum fault pair_settle(struct step *step, struct pair *pair)
{
    if (pair->ready && !pair->armed)
        TRY(submit_ready(step, pair));
    pair->full = draft_full(pair);
    TRY(unsealed_settle(step, pair));
    TRY(judge_waiting(step, pair));
    pair->full |= draft_full(pair);
    TRY(unsealed_settle(step, pair));
    TRY(take_settle(step, pair));
    TRY(reconcile_tick(step, pair));
    TRY(deliver_tick(step, pair));
    return deliver_pump(step, pair);
}

/* Institutions on one node exchange within the group: what one says, the other hears at once, until
 * nobody has anything to say. Each round of Delivers ends in receipts, and those are not answered.
 */
static enum fault errands_settle(struct step *step)
{
    struct engine *engine = step->engine;
    while (engine->errands) {
        for (struct peer_errand *errand; (errand = engine->errands);) {
            enum verdict verdict;
            engine->errands = errand->next;
            arena_reset(engine->scratch);
            TRY(exchange_errand(step, errand, &verdict));
            if (verdict)
                peer_count_refused(step, PEER_FRAMES_REFUSED, verdict);
        }
        for (size_t i = 0; i < engine->home.pair_count; i++) {
            arena_reset(engine->scratch);
            TRY(pair_settle(step, engine->home.pairs[i]));
        }
    }
    return FAULT_NONE;
}

static void pair_wake(struct step *step, const struct pair *pair, struct instant *wake)
{
    bool waits = !pair->armed && (pair->ready || pair->unjudged);
    sooner(wake, reconcile_wake(pair));
    sooner(wake, deliver_wake(pair));
    sooner(wake, key_wake(step, waits, pair->full ? pair->own_key : NULL));
}

/* Its sessions, and when it is to be looked at again. */
static enum fault peer_settle(struct step *step, size_t place)
{
    struct engine *engine = step->engine;
    struct peer *peer = peer_at(engine, place);
    struct instant wake = {INT64_MAX};
    for (size_t i = 0; i < peer->pair_count; i++)
        pair_wake(step, peer->pairs[i], &wake);
    if (peer != &engine->home) {
        enum dial_phase phase = peer->dial.phase;
        bool live = peer->answer.live;
        TRY(dial_tick(step, peer));
        answer_tick(step, peer);
        if (phase != peer->dial.phase || live != peer->answer.live)
            peer_touch(engine, peer); /* its streams have not seen that yet */
        sooner(&wake, dial_wake(peer));
        sooner(&wake, answer_wake(peer));
        sooner(&wake, key_wake(step, !peer->key && peer_has_work(peer), NULL));
    }
    attend_settled(&engine->attend, place, wake, peer_is_busy(peer));
    return FAULT_NONE;
}

static int by_place(const void *left, const void *right)
{
    const struct pair *a = *(struct pair *const *)left, *b = *(struct pair *const *)right;
    return (a > b) - (a < b); /* of one array */
}

/* The pairs of the first so many places, in the order of all pairs. */
static size_t pairs_gather(struct engine *engine, size_t places)
{
    size_t count = 0;
    for (size_t i = 0; i < places; i++) {
        const struct peer *peer = peer_at(engine, engine->attend.places[i]);
        for (size_t k = 0; k < peer->pair_count; k++)
            engine->settled[count++] = peer->pairs[k];
    }
    qsort(engine->settled, count, sizeof *engine->settled, by_place);
    return count;
}

enum fault settle_group(struct step *step)
{
    struct engine *engine = step->engine;
    if (engine->errands)
        peer_touch(engine, &engine->home);
    size_t places = attend_gather(&engine->attend, step->now);
    size_t count = pairs_gather(engine, places);
    for (size_t i = 0; i < count; i++) {
        arena_reset(engine->scratch); /* a window of each of many partners must find room */
        TRY(pair_settle(step, engine->settled[i]));
    }
    TRY(errands_settle(step));
    for (size_t i = 0; i < places; i++)
        TRY(peer_settle(step, engine->attend.places[i]));
    step->outcome->wake = attend_wake(&engine->attend);
    return feed_settle(step);
}
