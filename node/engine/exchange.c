#include "engine/exchange.h"

#include "engine/deliver.h"
#include "engine/dial.h"
#include "engine/reconcile.h"
#include "engine/restore.h"
#include "engine/suspect.h"
#include "engine/take.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

/* What a stage is handed. `pair` is set where the message names a stream. */
struct heard {
    struct peer *peer;
    struct pair *pair;
    enum peer_session
        session; /* on which it came; between institutions of one node without sense */
    const Peregrin__Message *message;
    struct digest print; /* of the whole of it; see suspect.h */
};

typedef enum fault stage(struct step *step, const struct heard *heard, enum verdict *verdict);

static stage hello, summary_asked, summary_answered, range_asked, range_answered, returned, deliver,
    ack, receipt, notice, ping, pong;

/* What a message is about. */
enum about {
    SESSION, /* the session: either side of it speaks as such */
    NAMED,   /* the stream that it names */
    SIGNED,  /* a stream of ours, named under a signature only */
};

/* The issuer's node and the audience's node speak about a stream, on the session that carries it;
 * the dialler and the responder about a session. What is not in this table is out of turn. */
static const struct row {
    stage *by_issuer;   /* or by the dialler: about the partner's stream, on its session */
    stage *by_audience; /* or by the responder: about our stream, on our session */
    enum about about;
    size_t names; /* offset of issuer in the member */
} rows[] = {
    [PEREGRIN__MESSAGE__WHAT_HELLO] = {hello, hello, SESSION, 0},
    [PEREGRIN__MESSAGE__WHAT_SUMMARY] = {summary_asked, summary_answered, NAMED,
                                         offsetof(Peregrin__Summary, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RANGE] = {range_asked, range_answered, NAMED,
                                       offsetof(Peregrin__Range, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RETURNED] = {NULL, returned, NAMED,
                                          offsetof(Peregrin__Return, issuer)},
    [PEREGRIN__MESSAGE__WHAT_DELIVER] = {deliver, NULL, NAMED, offsetof(Peregrin__Deliver, issuer)},
    [PEREGRIN__MESSAGE__WHAT_ACK] = {NULL, ack, NAMED, offsetof(Peregrin__Ack, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RECEIPT] = {NULL, receipt, SIGNED, 0},
    [PEREGRIN__MESSAGE__WHAT_NOTICE] = {NULL, notice, NAMED, offsetof(Peregrin__Notice, issuer)},
    [PEREGRIN__MESSAGE__WHAT_PING] = {ping, NULL, SESSION, 0},
    [PEREGRIN__MESSAGE__WHAT_PONG] = {NULL, pong, SESSION, 0},
};

static_assert(offsetof(Peregrin__Deliver, audience) ==
                  offsetof(Peregrin__Deliver, issuer) + sizeof(char *),
              "issuer and audience stand together in every member");

static struct pair *pair_with(struct engine *engine, const struct peer *peer, const char *own,
                              const char *partner)
{
    struct pair *pair = peer_pair(engine, own, partner);
    return pair && pair->peer == peer ? pair : NULL;
}

/* The stream that a message names must be one between this session's node and ours. */
static struct pair *pair_named(struct engine *engine, const struct heard *heard, size_t names,
                               enum peer_stream *stream)
{
    const uint8_t *member = (const uint8_t *)heard->message->deliver;
    const char *issuer, *audience;
    memcpy(&issuer, member + names, sizeof issuer);
    memcpy(&audience, member + names + sizeof issuer, sizeof audience);
    struct pair *ours = pair_with(engine, heard->peer, issuer, audience);
    *stream = ours ? PEER_OUT : PEER_IN;
    return ours ? ours : pair_with(engine, heard->peer, audience, issuer);
}

/* Whose part the speaker has, and that this is the session for it. */
static enum verdict heard_place(struct engine *engine, struct heard *heard, const struct row *row,
                                enum peer_stream *stream)
{
    *stream = PEER_OUT;
    if (row->about == SESSION) {
        *stream = heard->session == PEER_OURS ? PEER_OUT : PEER_IN;
        return VERDICT_FINE;
    }
    if (row->about == NAMED)
        heard->pair = pair_named(engine, heard, row->names, stream);
    if (row->about == NAMED && !heard->pair)
        return VERDICT_NOT_ADDRESSED;
    return heard->peer->carrier[*stream] == heard->session ? VERDICT_FINE : VERDICT_OUT_OF_TURN;
}

static enum fault pass(struct step *step, const struct heard *heard, enum peer_stream stream,
                       enum verdict *verdict)
{
    const struct row *row = &rows[heard->message->what_case];
    stage *next = stream == PEER_OUT ? row->by_audience : row->by_issuer;
    if (next)
        return next(step, heard, verdict);
    *verdict = VERDICT_OUT_OF_TURN;
    return FAULT_NONE;
}

static enum verdict heard_read(struct step *step, struct bytes plain, struct heard *heard)
{
    struct engine *engine = step->engine;
    Peregrin__Message *message;
    arena_reset(engine->parse);
    suspect_message(engine, heard->peer->node->id, plain, &heard->print);
    if (suspect_barred(engine, &heard->print)) {
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "a message of %s kept ending this node: it is not read", heard->peer->node->id);
        return VERDICT_INTERNAL;
    }
    TRY(message_read(plain, engine->parse, &message));
    assert((size_t)message->what_case < sizeof rows / sizeof *rows);
    heard->message = message;
    return VERDICT_FINE;
}

enum fault exchange_message(struct step *step, struct peer *peer, enum peer_session session,
                            struct bytes plain, enum verdict *verdict)
{
    struct heard heard = {.peer = peer, .session = session};
    enum peer_stream stream;
    *verdict = heard_read(step, plain, &heard);
    if (!*verdict)
        *verdict = heard_place(step->engine, &heard, &rows[heard.message->what_case], &stream);
    bool deliver = !*verdict && heard.message->what_case == PEREGRIN__MESSAGE__WHAT_DELIVER;
    if (!*verdict)
        TRY(pass(step, &heard, stream, verdict));
    if (*verdict && !deliver) /* of records that do not hold is spoken where they are taken */
        peer_wrong(step, peer, *verdict);
    return suspect_cleared(step->engine, &heard.print);
}

enum fault exchange_errand(struct step *step, const struct peer_errand *errand,
                           enum verdict *verdict)
{
    struct heard heard = {.peer = errand->pair->peer, .pair = errand->pair};
    *verdict = heard_read(step, errand->plain, &heard);
    if (!*verdict)
        TRY(pass(step, &heard, errand->stream, verdict));
    return suspect_cleared(step->engine, &heard.print);
}

/* ---- the stages ---- */

static bool spoken(const Peregrin__Hello *said)
{
    for (size_t i = 0; i < said->n_versions; i++)
        if (said->versions[i] == FRAME_VERSION)
            return said->versions[said->n_versions - 1] == FRAME_VERSION ||
                   FRAME_VERSION == 1; /* the highest that both speak is the one in use */
    return false;
}

static enum fault hello(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    static const uint8_t unknown[16];
    struct peer *peer = heard->peer;
    const Peregrin__Hello *said = heard->message->hello;
    if (!spoken(said)) {
        *verdict = VERDICT_NOT_UNDERSTOOD;
        return FAULT_NONE;
    }
    bool restarted = memcmp(peer->run_id, unknown, sizeof unknown) != 0 &&
                     memcmp(peer->run_id, said->run_id.data, sizeof peer->run_id) != 0;
    memcpy(peer->run_id, said->run_id.data, sizeof peer->run_id);
    peer->catalogue_version = said->catalogue_version;
    if (said->catalogue_version > step->engine->catalogue->version)
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s knows catalogue %llu, this node %llu: fetch the newest", peer->node->id,
                  (unsigned long long)said->catalogue_version,
                  (unsigned long long)step->engine->catalogue->version);
    if (heard->session == PEER_OURS) {
        peer->dial.greeted = true;
        return FAULT_NONE;
    }
    dial_hello(step, peer, PEER_THEIRS);
    if (restarted)
        dial_again(step, peer);
    return FAULT_NONE;
}

/* The issuer's side asks, the audience's answers. */
static enum verdict turn(bool right)
{
    return right ? VERDICT_FINE : VERDICT_OUT_OF_TURN;
}

static enum fault summary_asked(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    *verdict = turn(!heard->message->summary->answer);
    return *verdict ? FAULT_NONE
                    : restore_summary(step, heard->pair, heard->message->summary, verdict);
}

static enum fault summary_answered(struct step *step, const struct heard *heard,
                                   enum verdict *verdict)
{
    *verdict = turn(heard->message->summary->answer);
    return *verdict ? FAULT_NONE
                    : reconcile_summary_answer(step, heard->pair, heard->message->summary, verdict);
}

static enum fault range_asked(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    *verdict = turn(!heard->message->range->answer);
    return *verdict ? FAULT_NONE : restore_range(step, heard->pair, heard->message->range, verdict);
}

static enum fault range_answered(struct step *step, const struct heard *heard,
                                 enum verdict *verdict)
{
    *verdict = turn(heard->message->range->answer);
    return *verdict ? FAULT_NONE
                    : reconcile_range_answer(step, heard->pair, heard->message->range, verdict);
}

static enum fault returned(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    return reconcile_returned(step, heard->pair, heard->message->returned, verdict);
}

static enum fault deliver(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    return take_deliver(step, heard->pair, heard->message->deliver, verdict);
}

static enum fault ack(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    return deliver_ack(step, heard->pair, heard->message->ack, verdict);
}

static enum fault receipt(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    return deliver_receipt(step, heard->peer, heard->message->receipt, verdict);
}

static enum fault notice(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    return deliver_notice(step, heard->pair, heard->message->notice, verdict);
}

/* The answer repeats the credit of every stream: a lost ack starves nobody. */
static enum fault ping(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    Peregrin__Ping said = PEREGRIN__PING__INIT;
    (void)verdict;
    said.has_nonce = true;
    said.nonce = heard->message->ping->nonce;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_PONG;
    message.pong = &said;
    peer_send(step, heard->peer, PEER_THEIRS, &message);
    for (size_t i = 0; i < heard->peer->pair_count; i++)
        heard->peer->pairs[i]->ack_due = heard->peer->pairs[i]->inbound;
    return FAULT_NONE;
}

static enum fault pong(struct step *step, const struct heard *heard, enum verdict *verdict)
{
    struct peer_dial *dial = &heard->peer->dial;
    if (!dial->ping_sent.us || heard->message->pong->nonce != dial->ping_nonce) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    heard->peer->round_trip_us = step->now.us - dial->ping_sent.us;
    return FAULT_NONE;
}
