#include "engine/peer.h"

#include "base/broken.h"
#include "base/fault.h"
#include "record/statement.h"
#include "seal/entropy.h"
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS_ROOM = 8, RECORDS_KEPT = 64 };

static const int64_t WRONG_EVERY = 3600 * (int64_t)INSTANT_SECOND;

static const char *const counter_names[] = {
    [PEER_FRAMES_IN] = "frames_in",
    [PEER_FRAMES_OUT] = "frames_out",
    [PEER_FRAMES_REFUSED] = "frames_refused",
    [PEER_OPENINGS_REFUSED] = "openings_refused",
    [PEER_OPENINGS_STALE] = "openings_stale",
    [PEER_RECORDS_SUBMITTED] = "records_submitted",
    [PEER_RECORDS_TAKEN] = "records_taken",
    [PEER_RECORDS_REPEATED] = "records_repeated",
    [PEER_RECORDS_REFUSED] = "records_refused",
    [PEER_RECORDS_RETURNED] = "records_returned",
    [PEER_RECEIPTS_GIVEN] = "receipts_given",
    [PEER_RECEIPTS_TAKEN] = "receipts_taken",
    [PEER_SEALS_MADE] = "seals_made",
    [PEER_SEALS_RENEWED] = "seals_renewed",
    [PEER_NOTICES] = "notices",
    [PEER_RESENDS] = "resends",
    [PEER_SESSIONS] = "sessions",
};

static_assert(sizeof counter_names / sizeof *counter_names == PEER_COUNTERS, "one name each");

const char *peer_counter_name(size_t counter)
{
    return counter < PEER_COUNTERS ? counter_names[counter] : NULL;
}

void peer_count(struct step *step, enum peer_counter counter, uint64_t more)
{
    assert((unsigned)counter < PEER_COUNTERS);
    step->engine->counters[counter] += more;
}

void peer_count_kind(struct step *step, enum peer_counter counter, uint32_t kind)
{
    struct engine_tally *tally = &step->engine->tally;
    assert(counter == PEER_RECORDS_SUBMITTED || counter == PEER_RECORDS_TAKEN);
    peer_count(step, counter, 1);
    (counter == PEER_RECORDS_TAKEN ? tally->taken : tally->said)[kind < ENGINE_KINDS ? kind : 0]++;
}

void peer_count_refused(struct step *step, enum peer_counter counter, enum verdict verdict)
{
    struct engine_tally *tally = &step->engine->tally;
    assert(counter == PEER_FRAMES_REFUSED || counter == PEER_RECORDS_REFUSED);
    assert(verdict > VERDICT_FINE && verdict < VERDICT_COUNT);
    peer_count(step, counter, 1);
    (counter == PEER_FRAMES_REFUSED ? tally->frames_refused : tally->records_refused)[verdict]++;
}

void peer_wrong(struct step *step, struct peer *peer, enum verdict verdict)
{
    static const bool honest[VERDICT_COUNT] = {
        [VERDICT_STALE] = true,       /* an answer to what is no longer asked */
        [VERDICT_UNAVAILABLE] = true, /* while armed, or before a summary */
        [VERDICT_UNKNOWN] = true,     /* its catalogue is the newer one; told there */
        [VERDICT_INTERNAL] = true,    /* told where it was set aside */
    };
    struct instant again = instant_after(peer->wrong_told, WRONG_EVERY);
    assert(verdict);
    if (honest[verdict] || (peer->wrong_told.us && instant_before(step->now, again)))
        return;
    peer->wrong_told = step->now;
    trace_say(&step->outcome->trace, TRACE_ALARM,
              "%s says what no node may say: %s: tell its administrator", peer->node->id,
              verdict_text(verdict)->sentence);
}

void peer_dice(struct step *step, const char *label, uint8_t *out, size_t size)
{
    entropy_expand(step->event->entropy, label, step->dice++, out, size);
}

struct noise_keys peer_keys(const struct engine *engine, const struct catalogue_key *key)
{
    return (struct noise_keys) {
        .own_secret = engine->transport_secret,
        .own_public = engine->transport_public,
        .peer_public = key->public_key,
        .agree = engine->suite.agree,
    };
}

void peer_touch(struct engine *engine, const struct peer *peer)
{
    size_t place = (size_t)(peer - engine->peers);
    if (peer == &engine->home)
        place = engine->peer_count;
    if (peer == &engine->nowhere)
        place = engine->peer_count + 1;
    attend_touch(&engine->attend, place);
}

struct peer *peer_at(struct engine *engine, size_t place)
{
    if (place < engine->peer_count)
        return &engine->peers[place];
    return place == engine->peer_count ? &engine->home : &engine->nowhere;
}

struct peer *peer_by_node(struct engine *engine, const char *node)
{
    size_t low = 0, high = engine->peer_count; /* ascending, as the catalogue has them */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(node, engine->peers[middle].node->id);
        if (order == 0)
            return &engine->peers[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static int pair_order(const struct pair *pair, const char *own, const char *partner)
{
    int order = strcmp(own, pair->own->schac);
    return order ? order : strcmp(partner, pair->partner->schac);
}

struct pair *peer_pair(struct engine *engine, const char *own, const char *partner)
{
    assert(own && partner);
    size_t low = 0, high = engine->pair_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pair_order(&engine->pairs[middle], own, partner);
        if (order == 0)
            return &engine->pairs[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void peer_send_frame(struct step *step, struct event_way way, const char *what, struct bytes wire)
{
    struct arena *arena = step->outcome->arena;
    struct outcome_frame *frame = arena_take(arena, sizeof *frame);
    if (!frame || !wire.data)
        return;
    frame->way.node = way.node;
    if (!way.node) {
        frame->way.route = arena_copy(arena, way.route);
        if (!frame->way.route.data)
            return;
    }
    frame->what = what;
    frame->wire = wire;
    if (step->outcome->last)
        step->outcome->last->next = frame;
    else
        step->outcome->first = frame;
    step->outcome->last = frame;
    peer_count(step, PEER_FRAMES_OUT, 1);
}

static struct bytes plain_of(struct step *step, Peregrin__Message *message, struct arena *arena)
{
    struct bytes plain = message_write(message, arena);
    if (!plain.data)
        trace_say(&step->outcome->trace, TRACE_ALARM, "a %s did not fit a frame: not sent",
                  message_name(message));
    return plain;
}

static void send_in(struct step *step, struct session *session, struct event_way way,
                    Peregrin__Message *message)
{
    struct bytes plain = plain_of(step, message, step->engine->scratch);
    if (!plain.data)
        return;
    struct bytes wire = session_seal(session, step->now, plain, step->outcome->arena);
    peer_send_frame(step, way, message_name(message), wire);
}

const struct session *peer_session(const struct peer *peer, enum peer_session which)
{
    if (which == PEER_OURS)
        return peer->dial.phase == DIAL_LIVE ? &peer->dial.session : NULL;
    return peer->answer.live ? &peer->answer.live_session : NULL;
}

const struct session *peer_carrier(const struct pair *pair, enum peer_stream stream)
{
    return peer_session(pair->peer, pair->peer->carrier[stream]);
}

bool peer_is_nowhere(const struct engine *engine, const struct peer *peer)
{
    return peer == &engine->nowhere;
}

bool peer_apart(const struct peer *peer)
{
    return peer->carrier[PEER_OUT] == PEER_THEIRS && peer->carrier[PEER_IN] == PEER_OURS;
}

void peer_send(struct step *step, struct peer *peer, enum peer_session which,
               Peregrin__Message *message)
{
    if (!peer_session(peer, which))
        return;
    if (which == PEER_OURS)
        send_in(step, &peer->dial.session, (struct event_way) {.node = peer->node->id}, message);
    else
        send_in(step, &peer->answer.live_session,
                (struct event_way) {.route = {peer->answer.route, peer->answer.route_size}},
                message);
}

static void errand_add(struct step *step, struct pair *pair, enum peer_stream stream,
                       Peregrin__Message *message)
{
    struct engine *engine = step->engine;
    struct peer_errand *errand = arena_take(step->outcome->arena, sizeof *errand);
    struct bytes plain = plain_of(step, message, step->outcome->arena);
    if (!errand || !plain.data)
        return;
    *errand = (struct peer_errand) {.pair = pair, .stream = stream, .plain = plain};
    if (engine->errands)
        engine->errand_last->next = errand;
    else
        engine->errands = errand;
    engine->errand_last = errand;
}

void peer_send_stream(struct step *step, struct pair *pair, enum peer_stream stream,
                      Peregrin__Message *message)
{
    if (pair->mirror) /* what one says is what the other hears */
        errand_add(step, pair->mirror, stream == PEER_OUT ? PEER_IN : PEER_OUT, message);
    else
        peer_send(step, pair->peer, pair->peer->carrier[stream], message);
}

void peer_heard(struct step *step, struct peer *peer)
{
    peer_touch(step->engine, peer);
    peer->last_heard = step->now;
    retry_reset(&peer->dial.retry);
}

static void earlier(struct instant *at, int64_t by_us)
{
    if (at->us)
        at->us -= by_us;
}

void peer_clock_back(struct engine *engine, int64_t by_us)
{
    attend_all(&engine->attend);
    for (size_t i = 0; i < engine->peer_count; i++) {
        struct peer *peer = &engine->peers[i];
        struct peer_dial *dial = &peer->dial;
        struct session *sessions[] = {&dial->session, &peer->answer.live_session,
                                      &peer->answer.pending_session};
        struct instant *instants[] = {
            &dial->retry.next,        &dial->changed,    &dial->heard,
            &dial->ping_sent,         &dial->asked,      &peer->answer.heard,
            &peer->answer.stale_told, &peer->last_heard, &peer->wrong_told};
        for (size_t j = 0; j < sizeof instants / sizeof *instants; j++)
            earlier(instants[j], by_us);
        for (size_t j = 0; j < sizeof sessions / sizeof *sessions; j++) {
            earlier(&sessions[j]->began, by_us);
            earlier(&sessions[j]->send_epoch_began, by_us);
        }
    }
    for (size_t i = 0; i < engine->pair_count; i++) {
        struct pair *pair = &engine->pairs[i];
        struct instant progress = flight_progress(pair->flight);
        earlier(&progress, by_us);
        flight_touch(pair->flight, progress);
        earlier(&pair->phase_began, by_us);
        earlier(&pair->recovery_window, by_us);
        earlier(&pair->unknown_told, by_us);
    }
}

bool peer_has_work(const struct peer *peer)
{
    for (size_t i = 0; i < peer->pair_count; i++) {
        const struct pair *pair = peer->pairs[i];
        bool sends = pair->outbox > pair->stuck && !pair->suspended.us;
        if (pair->armed || pair->unsealed.count || sends)
            return true;
    }
    return false;
}

bool peer_is_busy(const struct peer *peer)
{
    for (size_t i = 0; i < peer->pair_count; i++)
        if (peer->pairs[i]->ready)
            return true;
    return peer_has_work(peer);
}

static bool signing_waits(const struct engine *engine)
{
    for (size_t i = 0; i < engine->pair_count; i++)
        if (engine->pairs[i].unsealed.count || engine->pairs[i].owed.count)
            return true;
    return false;
}

/* Another key of the partner's node: another gate, and its old sessions end by themselves. */
static void transport_refresh(struct engine *engine, struct peer *peer, struct instant now)
{
    const struct catalogue_key *key =
        catalogue_key_current(peer->node->keys, peer->node->key_count, now);
    if (key == peer->key)
        return;
    peer_touch(engine, peer);
    peer->key = key && gate_open(&peer->gate, peer_keys(engine, key)) ? key : NULL;
}

/* In this minute already, and none of them ended since. */
static bool chosen(const struct engine *engine, struct instant now)
{
    return instant_minutes(now) == engine->keys_minute && instant_seconds(now) < engine->keys_end;
}

void peer_refresh(struct step *step)
{
    struct engine *engine = step->engine;
    if (chosen(engine, step->now) || signing_waits(engine))
        return;
    engine->keys_minute = instant_minutes(step->now);
    engine->keys_end = UINT64_MAX;
    for (size_t i = 0; i < engine->pair_count; i++) {
        struct pair *pair = &engine->pairs[i];
        const struct catalogue_key *before = pair->own_key;
        pair->own_key = catalogue_key_current(pair->own->keys, pair->own->key_count, step->now);
        if (pair->own_key != before)
            peer_touch(engine, pair->peer);
        if (pair->own_key && pair->own_key->until < engine->keys_end)
            engine->keys_end = pair->own_key->until;
        bool told = i > 0 && engine->pairs[i - 1].own == pair->own; /* they stand together */
        if (before && !pair->own_key && !told)
            trace_say(&step->outcome->trace, TRACE_ALARM,
                      "no key of %s is in force at this node's time: nothing is signed for it",
                      pair->own->schac);
    }
    for (size_t i = 0; i < engine->peer_count; i++)
        transport_refresh(engine, &engine->peers[i], step->now);
}

bool peer_records_add(struct peer_records *records, struct peer_record record)
{
    if (records->count == records->room) {
        size_t room = records->room ? 2 * records->room : RECORDS_ROOM;
        struct peer_record *list = realloc(records->list, room * sizeof *list);
        if (!list)
            return false;
        records->list = list;
        records->room = room;
    }
    records->list[records->count++] = record;
    return true;
}

void peer_records_clear(struct peer_records *records)
{
    records->count = 0;
    if (records->room > RECORDS_KEPT) {
        free(records->list);
        records->list = NULL;
        records->room = 0;
    }
}

enum fault peer_sign(struct step *step, const struct pair *pair, enum seal_context context,
                     struct bytes statement, struct bytes *signed_wire)
{
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    const struct suite *suite = &step->engine->suite;
    assert(pair->own_key); /* whoever signs has looked */
    TRY(suite->sign(suite->self, &pair->own_key->digest, context, statement, signature));
    *signed_wire =
        statement_pack_signed(statement, &pair->own_key->digest, signature, step->engine->scratch);
    return signed_wire->data ? FAULT_NONE : FAULT_MEMORY;
}

enum verdict peer_verify(struct step *step, const struct catalogue_institution *signer,
                         enum seal_context context, const Peregrin__Signed *signed_,
                         struct bytes *statement, const struct catalogue_key **key)
{
    struct digest digest;
    const uint8_t *signature;
    struct bytes said;
    TRY(statement_single(signed_, &said, &digest, &signature));
    const struct catalogue_key *found = catalogue_key(signer, &digest);
    if (!found)
        return VERDICT_UNKNOWN;
    const struct suite *suite = &step->engine->suite;
    if (!suite->verify(suite->self, found->public_key, context, said, signature) &&
        !broken_is(BROKEN_UNVERIFIED))
        return VERDICT_FORGED;
    *statement = said;
    *key = found;
    return VERDICT_FINE;
}

bool peer_counts(const struct catalogue_institution *signer, ProtobufCBinaryData key_digest,
                 uint64_t time)
{
    struct digest digest;
    if (!digest_from((struct bytes) {key_digest.data, key_digest.len}, &digest))
        return false;
    const struct catalogue_key *key = catalogue_key(signer, &digest);
    return key && !catalogue_key_usable(key, time);
}

bool peer_keys_ended(const struct catalogue_institution *institution)
{
    assert(institution->key_count > 0);
    for (size_t i = 0; i < institution->key_count; i++) {
        const struct catalogue_key *key = &institution->keys[i];
        if (key->until != UINT64_MAX || key->revoked_at != UINT64_MAX)
            return true;
    }
    return false;
}
