#include "engine/answer.h"

#include "base/broken.h"
#include "engine/dial.h"
#include "engine/reconcile.h"

#include <assert.h>
#include <string.h>

static const int64_t STALE_EVERY = 200000; /* microseconds between two stale answers to one node */
static const int64_t SILENT_AFTER = 45000000; /* a caller would have pinged, and ended */
static const int64_t NEVER = INT64_MAX;

/* The peer whose gate tag holds; the hint only says whom to try. */
static struct peer *peer_at_gate(struct engine *engine, const struct gate_opening *opening)
{
    for (size_t i = 0; i < engine->peer_count; i++) {
        struct peer *peer = &engine->peers[i];
        if (peer->key && memcmp(peer->gate.peer_hint, opening->hint, GATE_HINT_SIZE) == 0 &&
            gate_check(&peer->gate, opening))
            return peer;
    }
    return NULL;
}

static enum fault counter_check(struct step *step, const struct peer *peer, uint64_t counter,
                                uint64_t *stored)
{
    struct engine *engine = step->engine;
    struct bytes value;
    const char *name = arena_format(engine->scratch, "seen/%s", peer->node->id);
    if (!name)
        return FAULT_MEMORY;
    TRY(engine->store->value_get(engine->store, name, engine->scratch, &value));
    *stored = value.size == 8 ? bytes_read_u64le(value.data) : 0;
    if (broken_is(BROKEN_COUNTER_FORGOTTEN) ||
        (counter <= *stored && !broken_is(BROKEN_COUNTER_LOWERED)))
        return FAULT_NONE;
    uint8_t wire[8];
    bytes_write_u64le(wire, counter);
    return engine->store->value_put(engine->store, name, (struct bytes) {wire, sizeof wire});
}

static void stale_tell(struct step *step, struct peer *peer, const struct frame *frame,
                       uint64_t stored)
{
    if (peer->answer.stale_told.us &&
        instant_before(step->now, instant_after(peer->answer.stale_told, STALE_EVERY)))
        return;
    peer->answer.stale_told = step->now;
    struct bytes wire = gate_write_stale(&peer->gate, frame, stored, step->outcome->arena);
    peer_send_frame(step, step->event->received.way, "stale", wire);
}

static struct gate_parties parties_of(const struct engine *engine, const struct peer *peer)
{
    return (struct gate_parties) {
        .network = engine->catalogue->network,
        .dialler = peer->node->id,
        .responder = engine->node->id,
        .dialler_key = peer->key->id,
        .responder_key = engine->node_key->id,
    };
}

static void handshake(struct step *step, struct peer *peer, const struct frame *frame,
                      const struct gate_opening *opening, enum verdict *verdict)
{
    struct engine *engine = step->engine;
    uint8_t entropy[64];
    peer_dice(step, "answer", entropy, sizeof entropy);
    struct gate_response response = {
        .keys = peer_keys(engine, peer->key),
        .parties = parties_of(engine, peer),
        .entropy = entropy,
    };
    struct bytes answer;
    struct noise_result keys;
    *verdict = gate_answer(frame, opening, &response, step->outcome->arena, &answer, &keys);
    if (*verdict)
        return;
    session_begin(&peer->answer.pending_session, frame->session, &keys, step->now);
    memset(&keys, 0, sizeof keys);
    peer->answer.pending = true;
    peer_send_frame(step, step->event->received.way, "answer", answer);
}

enum fault answer_opening(struct step *step, const struct frame *frame, enum verdict *verdict)
{
    struct gate_opening opening;
    *verdict = gate_read_opening(frame, &opening);
    if (*verdict)
        return FAULT_NONE;
    struct peer *peer = peer_at_gate(step->engine, &opening);
    if (!peer) {
        *verdict = VERDICT_UNKNOWN;
        peer_count(step, PEER_OPENINGS_REFUSED, 1);
        return FAULT_NONE;
    }
    peer_touch(step->engine, peer);
    if (!memchr(opening.versions.data, FRAME_VERSION, opening.versions.size)) {
        *verdict = VERDICT_NOT_UNDERSTOOD;
        peer_count(step, PEER_OPENINGS_REFUSED, 1);
        peer_wrong(step, peer, *verdict);
        return FAULT_NONE;
    }
    uint64_t stored;
    TRY(counter_check(step, peer, opening.counter, &stored));
    if (opening.counter <= stored) {
        *verdict = VERDICT_STALE;
        peer_count(step, PEER_OPENINGS_REFUSED, 1);
        stale_tell(step, peer, frame, stored);
        return FAULT_NONE;
    }
    handshake(step, peer, frame, &opening, verdict);
    return FAULT_NONE;
}

static bool labelled(bool there, const struct session *session, const struct frame *frame)
{
    return there && memcmp(session->label, frame->session, sizeof session->label) == 0;
}

/* The first valid frame of a new session: the old one is dead at once, and what its streams had
 * taken or were allowed counts no more. */
static void promote(struct step *step, struct peer *peer)
{
    assert(peer->answer.pending);
    if (broken_is(BROKEN_OLD_SESSION) && peer->answer.live) {
        struct session replaced = peer->answer.live_session;
        peer->answer.live_session = peer->answer.pending_session;
        peer->answer.pending_session = replaced;
        return;
    }
    session_wipe(&peer->answer.live_session);
    peer->answer.live_session = peer->answer.pending_session;
    memset(&peer->answer.pending_session, 0, sizeof peer->answer.pending_session);
    peer->answer.live = true;
    peer->answer.pending = false;
    reconcile_forget(peer, PEER_THEIRS);
    trace_say(&step->outcome->trace, TRACE_DETAIL, "session from %s is live", peer->node->id);
    dial_answer_call(step, peer);
}

struct instant answer_wake(const struct peer *peer)
{
    bool carries = peer->answer.live && peer->carrier[PEER_OUT] == PEER_THEIRS;
    return carries ? instant_after(peer->answer.heard, SILENT_AFTER) : (struct instant) {NEVER};
}

void answer_tick(struct step *step, struct peer *peer)
{
    if (instant_before(step->now, answer_wake(peer)))
        return;
    session_wipe(&peer->answer.live_session);
    peer->answer.live = false;
    reconcile_forget(peer, PEER_THEIRS);
    trace_say(&step->outcome->trace, TRACE_NOTE,
              "%s is silent: what there is for it waits for its "
              "call",
              peer->node->id);
}

enum verdict answer_open(struct step *step, const struct frame *frame, struct peer **found,
                         struct bytes *plain)
{
    struct engine *engine = step->engine;
    enum verdict verdict = VERDICT_UNKNOWN;
    for (size_t i = 0; i < engine->peer_count; i++) {
        struct peer *peer = &engine->peers[i];
        struct peer_answer *answer = &peer->answer;
        bool new = labelled(answer->pending, &answer->pending_session, frame);
        if (!new && !labelled(answer->live, &answer->live_session, frame))
            continue;
        struct session *session = new ? &answer->pending_session : &answer->live_session;
        verdict = session_open(session, frame, engine->scratch, plain);
        if (verdict)
            continue;
        if (new)
            promote(step, peer);
        /* Answers follow the last authenticated routing header: a session outlives its socket. */
        struct bytes route = step->event->received.way.route;
        assert(route.size <= EVENT_ROUTE_MAX);
        if (route.size)
            memcpy(answer->route, route.data, route.size);
        answer->route_size = route.size;
        answer->heard = step->now;
        peer_heard(step, peer);
        *found = peer;
        return VERDICT_FINE;
    }
    return verdict;
}
