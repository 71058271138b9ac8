#include "engine/engine.h"

#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/dial.h"
#include "engine/exchange.h"
#include "engine/judge.h"
#include "engine/pairs.h"
#include "engine/places.h"
#include "engine/peer.h"
#include "engine/reconcile.h"
#include "engine/settle.h"
#include "engine/steer.h"
#include "engine/submit.h"
#include "engine/suspect.h"
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { READ_PAGE = 1024 };

/* ---- one step ---- */

/* A frame: whose session, what is said, and on to its stage. A frame that deserves anything but
 * fine changes nothing and is counted; only what an authenticated partner said is spoken of. */
static enum fault frame_received(struct step *step, const struct event_frame *received)
{
    struct engine *engine = step->engine;
    struct peer *peer = received->way.node ? peer_by_node(engine, received->way.node) : NULL;
    enum peer_session session = received->way.node ? PEER_OURS : PEER_THEIRS;
    struct frame frame;
    struct bytes plain = {0};
    enum verdict verdict = frame_read(received->wire, &frame);
    peer_count(step, PEER_FRAMES_IN, 1);
    if (!verdict && session == PEER_OURS && !peer)
        verdict = VERDICT_UNKNOWN;
    if (!verdict && frame.type == FRAME_OPEN)
        TRY(answer_opening(step, &frame, &verdict));
    else if (!verdict && frame.type == FRAME_TRANSPORT) {
        verdict = session == PEER_OURS ? dial_opened(step, peer, &frame, &plain)
                                       : answer_open(step, &frame, &peer, &plain);
        if (!verdict)
            TRY(exchange_message(step, peer, session, plain, &verdict));
    } else if (!verdict && session == PEER_THEIRS)
        verdict = VERDICT_OUT_OF_TURN;
    else if (!verdict && frame.type == FRAME_ANSWER)
        TRY(dial_answered(step, peer, &frame, &verdict));
    else if (!verdict && frame.type == FRAME_STALE)
        TRY(dial_stale(step, peer, &frame, &verdict));
    if (peer)
        peer_touch(engine, peer);
    if (verdict)
        peer_count_refused(step, PEER_FRAMES_REFUSED, verdict);
    return FAULT_NONE;
}

static enum fault event_take(struct step *step, const struct event *event)
{
    struct peer *peer;
    switch (event->kind) {
    case EVENT_RECEIVED: return frame_received(step, &event->received);
    case EVENT_SUBMITTED: return submit_command(step, &event->submitted);
    case EVENT_WOKE:
    case EVENT_SETTLED: return settle_group(step);
    case EVENT_PING:
        peer = peer_by_node(step->engine, event->ping_node);
        if (peer) {
            peer_touch(step->engine, peer);
            dial_ping(step, peer);
        }
        return FAULT_NONE;
    case EVENT_ORDERED: return steer_order(step, &event->ordered, &step->outcome->answer);
    case EVENT_KIND_COUNT: break;
    }
    assert(!"an event of no kind");
    return FAULT_NONE;
}

enum fault engine_step(struct engine *engine, const struct event *event, struct outcome *outcome)
{
    struct step step = {.engine = engine, .event = event, .outcome = outcome, .now = event->now};
    assert(outcome->arena && outcome->trace.arena);
    if (instant_before(step.now, engine->newest))
        peer_clock_back(engine, engine->newest.us - step.now.us);
    engine->newest = step.now;
    arena_reset(engine->scratch);
    peer_refresh(&step);
    enum fault fault = event_take(&step, event);
    suspect_none(engine);
    /* Whoever runs out of an arena says `too_large`, and that would be the sender's fault. */
    if (arena_refused(engine->scratch) || arena_refused(engine->parse))
        return FAULT_MEMORY;
    return fault;
}

size_t engine_memory(const struct engine *engine)
{
    return arena_used(engine->scratch) + arena_used(engine->parse);
}

bool engine_busy(const struct engine *engine)
{
    return attend_busy(&engine->attend);
}

/* ---- opening ---- */

/* What is said to partners by hand has no way to go: no session is ever wanted. */
static const struct catalogue_node no_node = {.id = ""};

/* The catalogue says who can be dialled, and so which session carries which stream. */
static bool peers_make(struct engine *engine, int64_t idle_us)
{
    const struct catalogue *catalogue = engine->catalogue;
    engine->home = (struct peer) {
        .node = engine->node,
        .carrier = {PEER_THEIRS, PEER_THEIRS},
        .answer.live = true,
    };
    engine->nowhere = (struct peer) {.node = &no_node, .carrier = {PEER_OURS, PEER_OURS}};
    engine->peers = calloc(catalogue->node_count + 1, sizeof *engine->peers);
    if (!engine->peers)
        return false;
    for (size_t i = 0; i < catalogue->node_count; i++) {
        const struct catalogue_node *node = &catalogue->nodes[i];
        if (node == engine->node)
            continue;
        engine->peers[engine->peer_count++] = (struct peer) {
            .node = node,
            .carrier = {[PEER_OUT] = node->endpoint ? PEER_OURS : PEER_THEIRS,
                        [PEER_IN] = engine->node->endpoint ? PEER_THEIRS : PEER_OURS},
            .dial.idle_us = idle_us,
        };
    }
    return true;
}

static void peer_prepare(struct engine *engine, struct peer *peer, struct instant now)
{
    peer->key = catalogue_key_current(peer->node->keys, peer->node->key_count, now);
    if (!peer->key)
        return;
    if (!gate_open(&peer->gate, peer_keys(engine, peer->key)))
        peer->key = NULL; /* a hostile key: nobody is there for us */
}

static bool peer_join(struct peer *peer)
{
    peer->pairs = calloc(peer->pair_count + 1, sizeof(struct pair *));
    peer->pair_count = 0;
    return peer->pairs;
}

static bool pairs_join(struct engine *engine)
{
    for (size_t i = 0; i < engine->pair_count; i++) {
        struct pair *pair = &engine->pairs[i];
        pair->flight = flight_open();
        if (!pair->flight)
            return false;
        if (pair->peer == &engine->home)
            pair->mirror = peer_pair(engine, pair->partner->schac, pair->own->schac);
        pair->peer->pair_count++;
    }
    if (!peer_join(&engine->home) || !peer_join(&engine->nowhere))
        return false;
    for (size_t i = 0; i < engine->peer_count; i++)
        if (!peer_join(&engine->peers[i]))
            return false;
    for (size_t i = 0; i < engine->pair_count; i++) {
        struct peer *peer = engine->pairs[i].peer;
        peer->pairs[peer->pair_count++] = &engine->pairs[i];
    }
    return true;
}

static enum fault stuck_count(struct engine *engine, struct pair *pair)
{
    struct store *store = engine->store;
    struct store_outbox_row *rows;
    size_t count;
    int64_t after = 0;
    do {
        struct arena_mark mark = arena_mark(engine->scratch);
        TRY(store->outbox_next(store, pair->number, after, true, READ_PAGE, engine->scratch, &rows,
                               &count));
        for (size_t i = 0; i < count; i++) {
            pair->stuck += rows[i].code != 0;
            after = rows[i].serial;
        }
        arena_rewind(engine->scratch, mark);
    } while (count == READ_PAGE);
    return FAULT_NONE;
}

/* What the store holds of one pair. */
static enum fault pair_read(struct engine *engine, struct pair *pair)
{
    struct store *store = engine->store;
    struct summary held;
    struct store_ready *ready;
    struct bytes unjudged;
    size_t count;
    arena_reset(engine->scratch);
    TRY(store->pair_open(store, pair->own->schac, pair->partner->schac, &pair->number));
    TRY(store->summary(store, pair->number, true, &held, &pair->outbox));
    TRY(stuck_count(engine, pair));
    TRY(store->value_get(store, judge_value(pair, engine->scratch), engine->scratch, &unjudged));
    pair->unjudged = unjudged.size && unjudged.data[0];
    TRY(steer_read(engine, pair));
    int64_t after = 0;
    do {
        arena_reset(engine->scratch);
        TRY(store->ready_list(store, pair->number, after, READ_PAGE, engine->scratch, &ready,
                              &count));
        for (size_t i = 0; i < count; i++) {
            pair->ready += ready[i].code == 0;
            pair->refused += ready[i].code != 0;
            after = ready[i].number;
        }
    } while (count == READ_PAGE);
    return FAULT_NONE;
}

static enum fault store_read(struct engine *engine)
{
    struct store *store = engine->store;
    TRY(store->begin(store));
    enum fault fault = suspect_read(engine);
    for (size_t i = 0; i < engine->pair_count && !fault; i++)
        fault = pair_read(engine, &engine->pairs[i]);
    if (fault) {
        store->rollback(store);
        return fault;
    }
    TRY(store->commit(store));
    suspect_none(engine); /* it is counted: whatever ends the node from now on is something else */
    engine->crumb->died = 0;
    return FAULT_NONE;
}

/* The transport key must be the one that the catalogue names for this node. */
static bool node_find(struct engine *engine, const struct engine_settings *settings,
                      const char **why)
{
    const struct catalogue *catalogue = settings->catalogue;
    engine->node = catalogue_node(catalogue, settings->node);
    if (!engine->node) {
        *why = "this node is not in the catalogue";
        return false;
    }
    engine->node_index = (size_t)(engine->node - catalogue->nodes);
    bool usable = agree_of(engine->suite.agree)
                      ->public_of(engine->transport_secret, engine->transport_public);
    struct digest digest;
    digest_of(DIGEST_KEY, (struct bytes) {engine->transport_public, 32}, &digest);
    engine->node_key =
        catalogue_key_current(engine->node->keys, engine->node->key_count, settings->now);
    if (!usable || !engine->node_key || !digest_equal(&engine->node_key->digest, &digest)) {
        *why = "the transport key is not the one that the catalogue names for this node";
        return false;
    }
    return true;
}

static enum fault engine_fill(struct engine *engine, const struct engine_settings *settings,
                              const char **why)
{
    engine->catalogue = settings->catalogue;
    engine->suite = settings->suite;
    engine->store = settings->store;
    engine->crumb = settings->crumb ? settings->crumb : &engine->own_crumb;
    engine->newest = engine->opened = settings->now;
    memcpy(engine->transport_secret, settings->transport_secret, 32);
    memcpy(engine->run_id, settings->run_id, sizeof engine->run_id);
    if (!node_find(engine, settings, why))
        return FAULT_CONFIG;
    engine->lent = settings->scratch && settings->parse;
    engine->scratch = engine->lent ? settings->scratch : arena_open(ENGINE_SCRATCH);
    engine->parse = engine->lent ? settings->parse : arena_open(MESSAGE_ARENA);
    if (!engine->scratch || !engine->parse || !peers_make(engine, settings->idle_us))
        return FAULT_MEMORY;
    if (!attend_open(&engine->attend, engine->peer_count + 2))
        return FAULT_MEMORY;
    for (size_t i = 0; i < engine->peer_count; i++)
        peer_prepare(engine, &engine->peers[i], settings->now);
    if (!pairs_make(engine, settings->now) || !pairs_join(engine))
        return FAULT_MEMORY;
    TRY(places_follow(engine));
    return store_read(engine);
}

enum fault engine_open(const struct engine_settings *settings, struct engine **out,
                       const char **why)
{
    *why = NULL;
    struct engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return FAULT_MEMORY;
    enum fault fault = engine_fill(engine, settings, why);
    if (fault)
        engine_close(engine);
    else
        *out = engine;
    return fault;
}

void engine_close(struct engine *engine)
{
    if (!engine)
        return;
    for (size_t i = 0; i < engine->pair_count; i++) {
        struct pair *pair = &engine->pairs[i];
        flight_close(pair->flight);
        free(pair->wanted);
        free(pair->unsealed.list);
        free(pair->owed.list);
        free(pair->again);
    }
    for (size_t i = 0; i < engine->peer_count; i++) {
        struct peer *peer = &engine->peers[i];
        noise_wipe(&peer->dial.noise);
        session_wipe(&peer->dial.session);
        session_wipe(&peer->answer.live_session);
        session_wipe(&peer->answer.pending_session);
        free(peer->pairs);
    }
    agreements_close(engine);
    free(engine->suspects);
    free(engine->home.pairs);
    free(engine->nowhere.pairs);
    free(engine->peers);
    free(engine->pairs);
    free(engine->settled);
    attend_close(&engine->attend);
    if (!engine->lent) {
        arena_close(engine->scratch);
        arena_close(engine->parse);
    }
    memset(engine->transport_secret, 0, sizeof engine->transport_secret);
    free(engine);
}

/* ---- what an operator sees ---- */

static const char *waits_for(const struct engine *engine, const struct pair *pair)
{
    const struct peer *peer = pair->peer;
    if (pair->suspended.us)
        return pair->suspension;
    if (peer_is_nowhere(engine, peer))
        return "runs no node: what is said to it goes by e-mail, and by itself once it has one";
    if (!pair->mirror && !peer->key)
        return "the catalogue names no usable key for its node: ask the federation's authority";
    if (!pair->own_key)
        return "our signing key is not in the catalogue: ask the federation's authority";
    if (peer_apart(peer))
        return "neither node can be dialled, so they cannot be partners: one of them needs an "
               "endpoint in the catalogue";
    if (pair->mirror && !pair->stuck)
        return "on this node; exchanged at once";
    if (pair->phase == PAIR_RECONCILED)
        return pair->stuck ? "connected; some records were not taken: see the outbox" : "connected";
    if (peer_carrier(pair, PEER_OUT))
        return "connected; comparing what both sides hold";
    if (!peer->node->endpoint)
        return "waits for its call";
    if (peer->dial.retry.attempts)
        return "not reachable; tried again by itself, what waits is kept";
    return pair->armed ? "connecting" : "idle; connects when there is something to send";
}

/* Connected since both had compared; otherwise silent since it was last heard, or since the start.
 */
static struct instant since_when(const struct engine *engine, const struct pair *pair)
{
    if (pair->suspended.us)
        return pair->suspended;
    if (pair->mirror || (!pair->peer->last_heard.us && pair->phase != PAIR_RECONCILED))
        return engine->opened;
    return pair->phase == PAIR_RECONCILED ? pair->phase_began : pair->peer->last_heard;
}

bool engine_partner(const struct engine *engine, size_t index, struct engine_partner *out)
{
    if (index >= engine->pair_count)
        return false;
    const struct pair *pair = &engine->pairs[index];
    const struct peer *peer = pair->peer;
    *out = (struct engine_partner) {
        .pair = pair->number,
        .own = pair->own->schac,
        .partner = pair->partner->schac,
        .node = peer->node->id,
        .dialled = pair->phase == PAIR_RECONCILED,
        .heard = peer_carrier(pair, PEER_IN) != NULL,
        .guard_armed = pair->armed,
        .waits_for = waits_for(engine, pair),
        .by_hand = peer_is_nowhere(engine, peer),
        .outbox = peer_is_nowhere(engine, peer) ? 0 : pair->outbox,
        .stuck = pair->stuck,
        .in_flight = flight_unreceipted(pair->flight),
        .in_flight_bytes = flight_bytes(pair->flight),
        .ready = pair->ready,
        .refused = pair->refused,
        .suspended = pair->suspended.us != 0,
        .last_heard = peer->last_heard,
        .next_try = peer->dial.retry.next,
        .attempts = peer->dial.retry.attempts,
        .round_trip_us = peer->round_trip_us,
        .since = since_when(engine, pair),
        .catalogue_version = peer->catalogue_version,
    };
    return true;
}

bool engine_counter(const struct engine *engine, size_t index, struct engine_counter *out)
{
    if (!peer_counter_name(index))
        return false;
    *out = (struct engine_counter) {peer_counter_name(index), engine->counters[index]};
    return true;
}

bool engine_suspect(const struct engine *engine, size_t index, struct engine_suspect *out)
{
    if (index >= engine->suspect_count)
        return false;
    const struct suspect *suspect = &engine->suspects[index];
    *out = (struct engine_suspect) {
        .id = suspect->id,
        .from = suspect->from,
        .fatal = suspect_stage(suspect),
        .at = suspect->at,
        .aside = suspect_aside(suspect),
        .kept = !suspect_unkept(suspect->stage),
        .fresh = suspect->fresh,
    };
    return true;
}

bool engine_at_hand(const struct engine *engine, const char *from, const struct digest *id)
{
    if (suspect_barred(engine, id))
        return false;
    suspect_from(engine, from);
    suspect_at_hand(engine, CRUMB_JUDGE, id);
    return true;
}

void engine_unhand(const struct engine *engine)
{
    suspect_none(engine);
}

const struct engine_tally *engine_tally(const struct engine *engine)
{
    return &engine->tally;
}
