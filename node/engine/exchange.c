#include "engine/exchange.h"

#include "engine/deliver.h"
#include "engine/dial.h"
#include "engine/reconcile.h"
#include "engine/restore.h"
#include "engine/take.h"
#include "wire/message.h"

#include <assert.h>
#include <string.h>

/* What a stage is handed. `pair` is set where the message names a stream. */
struct heard {
    struct peer *peer;
    struct pair *pair;
    bool dialled;
    const Peregrin__Message *message;
};

typedef enum fault stage(struct step *step, const struct heard *heard, enum verdict *verdict);

static stage hello, summary_asked, summary_answered, range_asked, range_answered, returned, deliver,
    ack, receipt, notice, ping, pong;

/* The dialler's records go out on its session; acks, receipts and answers come back on it. What is
 * not in this table is out of turn. */
static const struct row {
    stage *to_dialler;   /* the message came on our own session */
    stage *to_responder; /* it came on the partner's */
    size_t names;        /* offset of issuer in the member; 0: it names no stream */
} rows[] = {
    [PEREGRIN__MESSAGE__WHAT_HELLO] = {hello, hello, 0},
    [PEREGRIN__MESSAGE__WHAT_SUMMARY] = {summary_answered, summary_asked,
                                         offsetof(Peregrin__Summary, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RANGE] = {range_answered, range_asked,
                                       offsetof(Peregrin__Range, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RETURNED] = {returned, NULL, offsetof(Peregrin__Return, issuer)},
    [PEREGRIN__MESSAGE__WHAT_DELIVER] = {NULL, deliver, offsetof(Peregrin__Deliver, issuer)},
    [PEREGRIN__MESSAGE__WHAT_ACK] = {ack, NULL, offsetof(Peregrin__Ack, issuer)},
    [PEREGRIN__MESSAGE__WHAT_RECEIPT] = {receipt, NULL, 0},
    [PEREGRIN__MESSAGE__WHAT_NOTICE] = {notice, NULL, offsetof(Peregrin__Notice, issuer)},
    [PEREGRIN__MESSAGE__WHAT_PING] = {NULL, ping, 0},
    [PEREGRIN__MESSAGE__WHAT_PONG] = {pong, NULL, 0},
};

static_assert(offsetof(Peregrin__Deliver, audience) ==
                  offsetof(Peregrin__Deliver, issuer) + sizeof(char *),
              "issuer and audience stand together in every member");

/* The stream that a message names must be one between this session's node and ours. On our own
 * session it is our stream, on the partner's session the partner's. */
static struct pair *pair_named(struct engine *engine, const struct heard *heard, size_t names)
{
    const uint8_t *member = (const uint8_t *)heard->message->deliver;
    const char *issuer, *audience;
    memcpy(&issuer, member + names, sizeof issuer);
    memcpy(&audience, member + names + sizeof issuer, sizeof audience);
    struct pair *pair =
        heard->dialled ? peer_pair(engine, issuer, audience) : peer_pair(engine, audience, issuer);
    return pair && pair->peer == heard->peer ? pair : NULL;
}

enum fault exchange_message(struct step *step, struct peer *peer, bool dialled, struct bytes plain,
                            enum verdict *verdict)
{
    struct engine *engine = step->engine;
    Peregrin__Message *message;
    arena_reset(engine->parse);
    *verdict = message_read(plain, engine->parse, &message);
    if (*verdict)
        return FAULT_NONE;
    struct heard heard = {.peer = peer, .dialled = dialled, .message = message};
    assert((size_t)message->what_case < sizeof rows / sizeof *rows);
    const struct row *row = &rows[message->what_case];
    stage *next = dialled ? row->to_dialler : row->to_responder;
    if (!next) {
        *verdict = VERDICT_OUT_OF_TURN;
        return FAULT_NONE;
    }
    if (row->names) {
        heard.pair = pair_named(engine, &heard, row->names);
        if (!heard.pair) {
            *verdict = VERDICT_NOT_ADDRESSED;
            return FAULT_NONE;
        }
    }
    return next(step, &heard, verdict);
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
    if (said->catalogue_version > step->engine->catalogue->version)
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s knows catalogue %llu, this node %llu: fetch the newest", peer->node->id,
                  (unsigned long long)said->catalogue_version,
                  (unsigned long long)step->engine->catalogue->version);
    if (heard->dialled) {
        peer->dial.greeted = true;
        return FAULT_NONE;
    }
    dial_hello(step, peer, false);
    if (restarted)
        dial_again(step, peer);
    return FAULT_NONE;
}

/* Questions come on the partner's session, answers on our own. */
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
    peer_send_answering(step, heard->peer, &message);
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
