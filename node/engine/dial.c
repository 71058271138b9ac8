#include "engine/dial.h"

#include "engine/deliver.h"
#include "engine/reconcile.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

/* Microseconds. */
static const int64_t ANSWER_TIMEOUT = 1000000; /* of an opening, doubled with each that ran out */
static const int64_t REDIAL_AFTER = 250000;    /* an opening so old, when the partner calls */
static const int64_t PING_AFTER = 15000000; /* of silence in an idle session, doubled as it lasts */
static const int64_t PING_RARELY = 900000000; /* at the latest */
static const int64_t PING_STARVED =
    1000000; /* of silence while records wait for credit or receipts */
static const int64_t PING_AGAIN = 1000000;   /* without any authenticated frame */
static const int64_t CALL_EVERY = 300000000; /* at the latest, where nobody can call us */
static const int64_t SESSION_LIFE = (int64_t)SESSION_LIFE_SECONDS * 1000000;
static const int64_t NEVER = INT64_MAX;

enum {
    PATIENCE_MAX = 3, /* doublings */
    PINGS_MAX = 3,    /* unanswered: the session is given up */
    CALM_MAX = 6,     /* doublings of the silence before a ping */
};

static struct gate_parties parties_of(const struct engine *engine, const struct peer *peer)
{
    return (struct gate_parties) {
        .network = engine->catalogue->network,
        .dialler = engine->node->id,
        .responder = peer->node->id,
        .dialler_key = engine->node_key->id,
        .responder_key = peer->key->id,
    };
}

/* The opening counter is durable: max(now, last + 1), so that neither a clock that was set back nor
 * a restored database repeats one silently. */
static enum fault counter_next(struct step *step, const struct peer *peer, uint64_t *counter)
{
    struct engine *engine = step->engine;
    struct bytes stored;
    const char *name = arena_format(engine->scratch, "dial/%s", peer->node->id);
    if (!name)
        return FAULT_MEMORY;
    TRY(engine->store->value_get(engine->store, name, engine->scratch, &stored));
    uint64_t last = stored.size == 8 ? bytes_read_u64le(stored.data) : 0;
    uint64_t now = step->now.us > 0 ? (uint64_t)step->now.us : 0;
    uint64_t next = now > last ? now : last + 1;
    uint8_t wire[8];
    bytes_write_u64le(wire, next);
    TRY(engine->store->value_put(engine->store, name, (struct bytes) {wire, sizeof wire}));
    *counter = next;
    return FAULT_NONE;
}

static enum fault dial_open(struct step *step, struct peer *peer)
{
    struct engine *engine = step->engine;
    uint8_t entropy[GATE_ENTROPY_SIZE];
    peer_dice(step, "opening", entropy, sizeof entropy);
    struct gate_dial dial = {
        .keys = peer_keys(engine, peer->key),
        .parties = parties_of(engine, peer),
        .entropy = entropy,
    };
    TRY(counter_next(step, peer, &dial.counter));
    struct bytes wire;
    if (gate_write_opening(&peer->gate, &dial, step->outcome->arena, &peer->dial.noise, &wire))
        return FAULT_MEMORY;
    gate_opening_digest(wire, &peer->dial.opening);
    memcpy(peer->dial.label, entropy, sizeof peer->dial.label);
    peer->dial.phase = DIAL_OPENED;
    peer->dial.changed = step->now;
    peer_send_frame(step, (struct event_way) {.node = peer->node->id}, "opening", wire);
    return FAULT_NONE;
}

/* Nobody here knows yet what the partner may have lost, and nothing waits for it. */
static bool compares(const struct peer *peer)
{
    for (size_t i = 0; i < peer->pair_count && peer->carrier[PEER_OUT] == PEER_OURS; i++)
        if (peer->pairs[i]->phase != PAIR_IDLE && peer->pairs[i]->phase != PAIR_RECONCILED)
            return true;
    return false;
}

/* What it compared is compared in another. */
void dial_close(struct step *step, struct peer *peer)
{
    peer->dial.wanted |= compares(peer);
    noise_wipe(&peer->dial.noise);
    session_wipe(&peer->dial.session);
    peer->dial.phase = DIAL_CLOSED;
    peer->dial.changed = step->now;
    peer->dial.greeted = false;
    peer->dial.ping_sent = (struct instant) {0};
    peer->dial.pings_out = 0;
    peer->dial.calm = 0;
    reconcile_forget(peer, PEER_OURS);
}

static void dial_failed(struct step *step, struct peer *peer, const char *why)
{
    uint64_t dice;
    peer_dice(step, "retry", (uint8_t *)&dice, sizeof dice);
    dial_close(step, peer);
    retry_failed(&peer->dial.retry, step->now, dice);
    if (peer->dial.retry.attempts == 1)
        trace_say(&step->outcome->trace, TRACE_NOTE, "%s %s: kept, tried again by itself",
                  peer->node->id, why);
}

void dial_hello(struct step *step, struct peer *peer, enum peer_session session)
{
    struct engine *engine = step->engine;
    uint32_t versions[] = {FRAME_VERSION}, schemas[] = {0, 1};
    Peregrin__Hello hello = PEREGRIN__HELLO__INIT;
    hello.has_run_id = true;
    hello.run_id = (ProtobufCBinaryData) {sizeof engine->run_id, engine->run_id};
    hello.has_catalogue_version = true;
    hello.catalogue_version = engine->catalogue->version;
    hello.has_catalogue_digest = true;
    hello.catalogue_digest =
        (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)engine->catalogue->digest.bytes};
    hello.n_versions = sizeof versions / sizeof *versions;
    hello.versions = versions;
    hello.n_schemas = sizeof schemas / sizeof *schemas;
    hello.schemas = schemas;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_HELLO;
    message.hello = &hello;
    peer_send(step, peer, session, &message);
}

enum verdict dial_opened(struct step *step, struct peer *peer, const struct frame *frame,
                         struct bytes *plain)
{
    struct peer_dial *dial = &peer->dial;
    if (dial->phase != DIAL_LIVE ||
        memcmp(frame->session, dial->session.label, sizeof frame->session) != 0)
        return VERDICT_STALE;
    TRY(session_open(&dial->session, frame, step->engine->scratch, plain));
    dial->calm += dial->pings_out && dial->calm < CALM_MAX;
    dial->heard = step->now;
    dial->pings_out = 0;
    peer_heard(step, peer);
    return VERDICT_FINE;
}

/* How long this way is, there and back, and the next opening waits for it. A clock that was set
 * meanwhile teaches nothing absurd: an opening was not waited for any longer. */
static void way_learn(struct peer_dial *dial, struct instant now)
{
    int64_t most = ANSWER_TIMEOUT << dial->patience, took = now.us - dial->changed.us;
    dial->way_us = took < 0 ? 0 : took < most ? took : most;
    while (dial->patience > 0 && ANSWER_TIMEOUT << (dial->patience - 1) > 2 * dial->way_us)
        dial->patience--;
}

enum fault dial_answered(struct step *step, struct peer *peer, const struct frame *frame,
                         enum verdict *verdict)
{
    struct engine *engine = step->engine;
    struct noise_result keys;
    if (peer->dial.phase != DIAL_OPENED ||
        memcmp(frame->session, peer->dial.label, sizeof frame->session) != 0) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    /* A forged answer must not end the real one's chance: the handshake is tried on a copy. */
    struct noise trial = peer->dial.noise;
    *verdict = gate_read_answer(frame, &trial, engine->scratch, &keys);
    noise_wipe(&trial);
    if (*verdict)
        return FAULT_NONE;
    noise_wipe(&peer->dial.noise);
    session_begin(&peer->dial.session, frame->session, &keys, step->now);
    memset(&keys, 0, sizeof keys);
    peer->dial.phase = DIAL_LIVE;
    way_learn(&peer->dial, step->now);
    peer->dial.changed = peer->dial.heard = step->now;
    peer->dial.wanted = false;
    peer_heard(step, peer);
    peer_count(step, PEER_SESSIONS, 1);
    trace_say(&step->outcome->trace, TRACE_DETAIL, "session to %s opened", peer->node->id);
    dial_hello(step, peer, PEER_OURS);
    for (size_t i = 0; i < peer->pair_count; i++)
        TRY(reconcile_tick(step, peer->pairs[i]));
    return FAULT_NONE;
}

enum fault dial_stale(struct step *step, struct peer *peer, const struct frame *frame,
                      enum verdict *verdict)
{
    struct engine *engine = step->engine;
    uint64_t stored;
    if (peer->dial.phase != DIAL_OPENED || !peer->key) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    *verdict = gate_read_stale(&peer->gate, frame, &peer->dial.opening, &stored);
    if (*verdict)
        return FAULT_NONE;
    const char *name = arena_format(engine->scratch, "dial/%s", peer->node->id);
    if (!name)
        return FAULT_MEMORY;
    uint8_t wire[8];
    bytes_write_u64le(wire, stored);
    TRY(engine->store->value_put(engine->store, name, (struct bytes) {wire, sizeof wire}));
    peer_count(step, PEER_OPENINGS_STALE, 1);
    trace_say(&step->outcome->trace, TRACE_NOTE,
              "%s knows a later opening counter of ours: jumped above it", peer->node->id);
    dial_close(step, peer);
    return dial_open(step, peer);
}

/* A ping repeats the credit of the streams that come back on our session: a lost ack starves
 * nobody. */
void dial_ping(struct step *step, struct peer *peer)
{
    if (peer->dial.phase != DIAL_LIVE) {
        peer->dial.wanted = true;
        retry_reset(&peer->dial.retry);
        return;
    }
    Peregrin__Ping ping = PEREGRIN__PING__INIT;
    peer_dice(step, "ping", (uint8_t *)&peer->dial.ping_nonce, sizeof peer->dial.ping_nonce);
    ping.has_nonce = true;
    ping.nonce = peer->dial.ping_nonce;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_PING;
    message.ping = &ping;
    peer->dial.ping_sent = step->now;
    if (!peer->dial.pings_out++)
        peer->dial.asked = step->now;
    peer_send(step, peer, PEER_OURS, &message);
    for (size_t i = 0; i < peer->pair_count && peer->carrier[PEER_IN] == PEER_OURS; i++)
        peer->pairs[i]->ack_due = peer->pairs[i]->inbound;
}

void dial_answer_call(struct step *step, struct peer *peer)
{
    bool unheard = peer->dial.phase == DIAL_OPENED &&
                   !instant_before(step->now, instant_after(peer->dial.changed, REDIAL_AFTER));
    if (peer->dial.phase == DIAL_LIVE)
        dial_ping(step, peer);
    else
        peer->dial.wanted = true;
    if (unheard) /* the opening went to a node that was not there yet */
        dial_close(step, peer);
}

void dial_again(struct step *step, struct peer *peer)
{
    if (peer->dial.phase == DIAL_LIVE)
        dial_close(step, peer);
    peer->dial.wanted = true;
}

/* Nobody can call a node without an endpoint: it keeps a session to every partner, so that what
 * they have to say finds a way. */
static bool calls_out(const struct peer *peer)
{
    return peer->carrier[PEER_IN] == PEER_OURS && peer->pair_count > 0;
}

static bool session_wanted(const struct peer *peer)
{
    return peer->dial.wanted || calls_out(peer) || peer_has_work(peer);
}

static struct instant dial_due(const struct peer *peer)
{
    struct instant call = instant_after(peer->dial.changed, CALL_EVERY);
    return calls_out(peer) && instant_before(call, peer->dial.retry.next) ? call
                                                                          : peer->dial.retry.next;
}

/* Nobody has anything to say in it, and it is not kept for later. */
static bool idle(const struct peer *peer)
{
    return peer->dial.idle_us && !session_wanted(peer) && !compares(peer);
}

/* A session that nobody uses is asked ever more rarely whether it still lives: work asks at once.
 * Not one that brings what the partner has to say: its node would believe us gone. */
static int64_t silence_allowed(const struct peer *peer)
{
    if (peer_has_work(peer))
        return PING_STARVED;
    int64_t silence = PING_AFTER << (peer->carrier[PEER_IN] == PEER_OURS ? 0 : peer->dial.calm);
    return silence < PING_RARELY ? silence : PING_RARELY;
}

/* A ping on a slow way is not in vain before its answer can be there. */
static int64_t answer_allowed(const struct peer *peer)
{
    return 2 * peer->dial.way_us > PING_AGAIN ? 2 * peer->dial.way_us : PING_AGAIN;
}

/* The instant at which a live session wants its next act: a ping, or its end. */
static struct instant live_due(const struct peer *peer)
{
    if (idle(peer))
        return instant_after(peer->dial.heard, peer->dial.idle_us);
    if (peer->dial.pings_out)
        return instant_after(peer->dial.ping_sent, answer_allowed(peer));
    struct instant ping = instant_after(peer->dial.heard, silence_allowed(peer));
    struct instant end = instant_after(peer->dial.session.began, SESSION_LIFE);
    return instant_before(ping, end) ? ping : end;
}

static enum fault live_tick(struct step *step, struct peer *peer)
{
    if (instant_before(step->now, live_due(peer)))
        return FAULT_NONE;
    if (idle(peer)) {
        dial_close(step, peer);
        return FAULT_NONE;
    }
    if (peer->dial.pings_out >= PINGS_MAX) {
        /* It speaks, only not in this session: there is a new process. */
        peer->dial.wanted =
            peer->answer.live && !instant_before(peer->answer.heard, peer->dial.asked);
        dial_failed(step, peer, "does not answer");
        return FAULT_NONE;
    }
    if (!instant_before(step->now, instant_after(peer->dial.session.began, SESSION_LIFE))) {
        dial_close(step, peer);
        return session_wanted(peer) ? dial_open(step, peer) : FAULT_NONE;
    }
    dial_ping(step, peer);
    return FAULT_NONE;
}

static struct instant answer_due(const struct peer *peer)
{
    return instant_after(peer->dial.changed, ANSWER_TIMEOUT << peer->dial.patience);
}

enum fault dial_tick(struct step *step, struct peer *peer)
{
    if (!peer->node->endpoint || !peer->key)
        return FAULT_NONE; /* it calls us */
    if (peer_has_work(peer))
        peer->dial.calm = 0;
    switch (peer->dial.phase) {
    case DIAL_CLOSED:
        if (session_wanted(peer) && !instant_before(step->now, dial_due(peer)))
            return dial_open(step, peer);
        return FAULT_NONE;
    case DIAL_OPENED:
        if (!instant_before(step->now, answer_due(peer))) {
            peer->dial.patience += peer->dial.patience < PATIENCE_MAX;
            dial_failed(step, peer, "cannot be reached");
        }
        return FAULT_NONE;
    case DIAL_LIVE: return live_tick(step, peer);
    }
    return FAULT_NONE;
}

struct instant dial_wake(const struct peer *peer)
{
    if (!peer->node->endpoint || !peer->key)
        return (struct instant) {NEVER};
    switch (peer->dial.phase) {
    case DIAL_CLOSED: return session_wanted(peer) ? dial_due(peer) : (struct instant) {NEVER};
    case DIAL_OPENED: return answer_due(peer);
    case DIAL_LIVE: return live_due(peer);
    }
    return (struct instant) {NEVER};
}
