#include "engine/reconcile.h"

#include "base/broken.h"
#include "engine/batch.h"
#include "engine/carry.h"
#include "engine/deliver.h"
#include "engine/feed.h"
#include "engine/judge.h"
#include "engine/restore.h"
#include "engine/submit.h"
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const int64_t ANSWER_TIMEOUT = 2000000; /* microseconds until the summary is asked again */
static const int64_t KEY_TIMEOUT = 60000000;   /* the same where no key of ours could sign */
static const int64_t UNSIGNED_TIMEOUT = 300000000; /* where the partner's did not sign */
static const int64_t NEVER = INT64_MAX;

enum {
    SPANS_ASKED = 8,    /* in one question: its answer fits a frame */
    WANTED_ASKED = 128, /* ids in one question */
    OWN_PAGE = 1024,
};

/* ---- the issuer's side asks ---- */

static void reset(struct pair *pair)
{
    pair->phase = PAIR_IDLE;
    pair->questions = 0;
    pair->ours = pair->lacking = pair->theirs = (struct summary) {0};
    pair->newer = 0;
    pair->requeued = 0;
    free(pair->wanted);
    pair->wanted = NULL;
    pair->wanted_count = 0;
    pair->recovery_granted = pair->same = false;
    pair->go_backs = 0;
    pair->cursor = 0;
    flight_reset(pair->flight);
}

void reconcile_forget(struct peer *peer, enum peer_session which)
{
    for (size_t i = 0; i < peer->pair_count; i++) {
        if (peer->carrier[PEER_OUT] == which)
            reset(peer->pairs[i]);
        if (peer->carrier[PEER_IN] == which)
            restore_reset(peer->pairs[i]);
    }
}

static enum fault ask(struct step *step, struct pair *pair)
{
    struct store *store = step->engine->store;
    struct summary held;
    uint64_t unreceipted;
    TRY(store->summary(store, pair->number, true, &held, &unreceipted));
    reset(pair);
    pair->phase = PAIR_ASKED;
    pair->phase_began = step->now;

    Peregrin__Summary summary = PEREGRIN__SUMMARY__INIT;
    summary.issuer = (char *)pair->own->schac;
    summary.audience = (char *)pair->partner->schac;
    summary.has_count = summary.has_sum = summary.has_unreceipted = true;
    summary.count = held.count;
    summary.sum = (ProtobufCBinaryData) {sizeof held.sum, held.sum};
    summary.unreceipted = unreceipted;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_SUMMARY;
    message.summary = &summary;
    peer_send_stream(step, pair, PEER_OUT, &message);
    return FAULT_NONE;
}

/* What the partner lost waits here for its signature, and it may have had no key in force, or none
 * that our clock knew, when it was asked: it is asked again. */
static bool is_unsigned(const struct pair *pair)
{
    return pair->phase == PAIR_RECONCILED && pair->requeued && !pair->recovery_granted;
}

enum fault reconcile_tick(struct step *step, struct pair *pair)
{
    bool waits = pair->phase != PAIR_IDLE && instant_before(step->now, reconcile_wake(pair));
    return !peer_carrier(pair, PEER_OUT) || waits ? FAULT_NONE : ask(step, pair);
}

struct instant reconcile_wake(const struct pair *pair)
{
    bool waits = pair->phase != PAIR_IDLE && pair->phase != PAIR_RECONCILED;
    bool mute = pair->phase == PAIR_WANTING && !pair->own_key;
    int64_t timeout = is_unsigned(pair) ? UNSIGNED_TIMEOUT : mute ? KEY_TIMEOUT : ANSWER_TIMEOUT;
    if (!peer_carrier(pair, PEER_OUT) || (!waits && !is_unsigned(pair)))
        return (struct instant) {NEVER};
    return instant_after(pair->phase_began, timeout);
}

static void range_send(struct step *step, struct pair *pair, Peregrin__Range *range)
{
    range->issuer = (char *)pair->own->schac;
    range->audience = (char *)pair->partner->schac;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = range;
    peer_send_stream(step, pair, PEER_OUT, &message);
}

/* ---- the end: both sides hold the same, as far as it can be had ---- */

static enum fault reconciled(struct step *step, struct pair *pair)
{
    pair->phase = PAIR_RECONCILED;
    pair->cursor = 0;
    pair->starved = !broken_is(BROKEN_FORGETFUL);
    if (pair->armed) {
        pair->armed = false;
        pair->intake.open = true;
        pair->ack_due = pair->inbound;
        trace_say(&step->outcome->trace, TRACE_NOTE, "%s: write guard lifted, both hold the same",
                  pair->partner->schac);
        TRY(judge_waiting(step, pair));
        TRY(submit_ready(step, pair));
    }
    return batch_unstick(step, pair);
}

static enum fault wanted_ask(struct step *step, struct pair *pair)
{
    struct engine *engine = step->engine;
    size_t count = pair->wanted_count < WANTED_ASKED ? pair->wanted_count : WANTED_ASKED;
    uint8_t *minutes = arena_take_array(engine->scratch, count, 8);
    uint8_t *ids = arena_take_array(engine->scratch, count, DIGEST_SIZE);
    if (!minutes || !ids)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++) {
        bytes_write_u64le(minutes + 8 * i, pair->wanted[i].minute);
        memcpy(ids + DIGEST_SIZE * i, pair->wanted[i].id.bytes, DIGEST_SIZE);
    }
    struct bytes recovery;
    pair->phase = PAIR_WANTING;
    pair->wanted_came = false;
    pair->phase_began = step->now;
    TRY(restore_recovery(step, pair, PEER_OUT, &recovery));
    if (!recovery.size)
        return FAULT_NONE; /* no key of ours is in force: nothing would come */
    Peregrin__Range range = PEREGRIN__RANGE__INIT;
    range.has_wanted_minutes = range.has_wanted_ids = true;
    range.wanted_minutes = (ProtobufCBinaryData) {count * 8, minutes};
    range.wanted_ids = (ProtobufCBinaryData) {count * DIGEST_SIZE, ids};
    if (statement_read_signed(recovery, engine->scratch, &range.recovery))
        return FAULT_CORRUPT;
    range_send(step, pair, &range);
    return FAULT_NONE;
}

/* No question is out any more: ask back what we lost, or be done. Done means that the sums agree:
 * what we held, less what the partner lacks, is what it said. Otherwise an answer left something
 * out, and the summary is asked again by time-out. */
static enum fault compared(struct step *step, struct pair *pair)
{
    if (pair->requeued && !broken_is(BROKEN_ALARM_UNSAID))
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s lost %llu records that it had receipted: %s", pair->partner->schac,
                  (unsigned long long)pair->requeued,
                  pair->recovery_granted ? "sent again, as it signed for"
                                         : "they wait for its signed request");
    if (!pair->wanted_count) {
        struct summary held = pair->ours;
        if (pair->lacking.count > held.count)
            return FAULT_NONE; /* spans that overlap: no honest answer */
        summary_subtract(&held, &pair->lacking);
        return summary_equal(&held, &pair->theirs) ? reconciled(step, pair) : FAULT_NONE;
    }
    if (pair->own_key)
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s holds %zu records of ours that are not here: asked back",
                  pair->partner->schac, pair->wanted_count);
    return wanted_ask(step, pair);
}

/* ---- answers ---- */

static bool summary_view(const Peregrin__Summary *said, struct summary *out)
{
    if (!said->has_count || said->sum.len != sizeof out->sum)
        return false;
    out->count = said->count;
    memcpy(out->sum, said->sum.data, sizeof out->sum);
    return true;
}

/* Asks about spans of ours, in questions of a few. */
static enum fault spans_ask(struct step *step, struct pair *pair, const struct span *spans,
                            size_t count)
{
    struct arena *scratch = step->engine->scratch;
    for (size_t first = 0; first < count; first += SPANS_ASKED) {
        size_t some = count - first < SPANS_ASKED ? count - first : SPANS_ASKED;
        Peregrin__Span *asked = arena_take_array(scratch, some, sizeof *asked);
        Peregrin__Span **list = arena_take_array(scratch, some, sizeof *list);
        if (!asked || !list)
            return FAULT_MEMORY;
        for (size_t i = 0; i < some; i++) {
            list[i] = &asked[i];
            TRY(restore_span_fill(&spans[first + i], scratch, &asked[i]));
        }
        Peregrin__Range range = PEREGRIN__RANGE__INIT;
        range.n_spans = some;
        range.spans = list;
        pair->questions++;
        range_send(step, pair, &range);
    }
    return FAULT_NONE;
}

enum fault reconcile_summary_answer(struct step *step, struct pair *pair,
                                    const Peregrin__Summary *said, enum verdict *verdict)
{
    struct store *store = step->engine->store;
    struct summary held, theirs;
    uint64_t unreceipted;
    if (pair->phase != PAIR_ASKED) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    if (!summary_view(said, &theirs)) {
        *verdict = VERDICT_MALFORMED;
        return FAULT_NONE;
    }
    if (said->recovery && !restore_recovery_read(step, pair, PEER_OUT, said->recovery))
        pair->recovery_granted = true;
    flight_credit(pair->flight, (struct flight_credit) {said->credit_records, said->credit_bytes});
    TRY(store->summary(store, pair->number, true, &held, &unreceipted));
    pair->same = summary_equal(&held, &theirs) || broken_is(BROKEN_BLIND_GUARD);
    if (pair->same)
        return reconciled(step, pair);
    pair->phase = PAIR_COMPARING;
    pair->phase_began = step->now;
    pair->ours = held;
    pair->theirs = theirs;
    struct span whole = span_whole();
    whole.held = held;
    return spans_ask(step, pair, &whole, 1);
}

/* Into the outbox, unless an earlier round put it there. */
static enum fault outbox_again(struct step *step, struct pair *pair,
                               const struct store_outbox_row *row)
{
    struct store *store = step->engine->store;
    struct store_outbox_row *there;
    size_t count;
    TRY(store->outbox_next(store, pair->number, row->serial - 1, true, 1, step->engine->scratch,
                           &there, &count));
    if (count && there->serial == row->serial)
        return FAULT_NONE;
    pair->outbox++;
    return store->outbox_put(store, pair->number, row);
}

/* A record of ours that the partner does not hold. It is in the outbox, unless a receipt came for
 * it once: then the partner lost it, and it goes there again. */
static enum fault requeue_one(struct step *step, struct pair *pair, const struct span_point *point,
                              int64_t serial)
{
    struct store *store = step->engine->store;
    struct store_receipt_link link;
    struct store_record *record;
    if (pair->newer && serial >= pair->newer)
        return FAULT_NONE; /* written since we compare: in the outbox, and in neither sum */
    summary_add(&pair->lacking, &point->id);
    TRY(store->receipt_of(store, serial, &link));
    if (!link.receipt || broken_is(BROKEN_NOT_REFILLED))
        return FAULT_NONE; /* still in the outbox */
    TRY(store->record_get(store, serial, step->engine->scratch, &record));
    if (!record)
        return FAULT_CORRUPT;
    struct store_outbox_row row = {
        .serial = serial, .seal = record->seal, .since = instant_seconds(step->now)};
    pair->requeued++;
    return outbox_again(step, pair, &row);
}

/* Thousands may have been lost: each one's memory goes back. */
static enum fault requeue(struct step *step, struct pair *pair, const struct span_point *point,
                          int64_t serial)
{
    struct arena_mark mark = arena_mark(step->engine->scratch);
    enum fault fault = requeue_one(step, pair, point, serial);
    arena_rewind(step->engine->scratch, mark);
    return fault;
}

static bool wanted_add(struct pair *pair, const struct span_point *point)
{
    if (pair->wanted_count == PEER_WANTED_MAX)
        return true; /* the rest in the next round */
    for (size_t i = 0; i < pair->wanted_count; i++)
        if (span_point_compare(&pair->wanted[i], point) == 0)
            return true; /* spans that overlap */
    if (!pair->wanted)
        pair->wanted = calloc(PEER_WANTED_MAX, sizeof *pair->wanted);
    if (!pair->wanted)
        return false;
    pair->wanted[pair->wanted_count++] = *point;
    return true;
}

static bool list_view(const Peregrin__Span *said, struct arena *scratch, struct span_list *out)
{
    size_t count = said->ids.len / DIGEST_SIZE;
    struct span_point *points = arena_take_array(scratch, count + 1, sizeof *points);
    if (!points || said->minutes.len != count * 8)
        return false;
    for (size_t i = 0; i < count; i++) {
        points[i].minute = bytes_read_u64le(said->minutes.data + 8 * i);
        memcpy(points[i].id.bytes, said->ids.data + DIGEST_SIZE * i, DIGEST_SIZE);
        if (i && span_point_compare(&points[i - 1], &points[i]) >= 0)
            return false;
    }
    *out = (struct span_list) {points, count};
    return true;
}

/* The smallest point above: ids are compared from their first byte on. */
static struct span_point point_after(const struct span_point *point)
{
    struct span_point next = *point;
    for (size_t i = DIGEST_SIZE; i-- > 0;)
        if (++next.id.bytes[i])
            return next;
    next.minute++;
    return next;
}

/* The partner listed all it holds in the span: walk ours beside it, a page at a time. */
static enum fault list_compare(struct step *step, struct pair *pair, const struct span *span,
                               struct span_list theirs)
{
    struct engine *engine = step->engine;
    struct span_point *own = arena_take_array(engine->scratch, OWN_PAGE, sizeof *own);
    int64_t *serials = arena_take_array(engine->scratch, OWN_PAGE, sizeof *serials);
    struct span_point from = span->from;
    size_t count, t = 0;
    if (!own || !serials)
        return FAULT_MEMORY;
    do {
        TRY(engine->store->span_list(engine->store, pair->number, true, from, span->to, own,
                                     serials, OWN_PAGE, &count));
        for (size_t i = 0; i < count; i++) {
            while (t < theirs.count && span_point_compare(&theirs.points[t], &own[i]) < 0)
                if (!wanted_add(pair, &theirs.points[t++]))
                    return FAULT_MEMORY;
            if (t < theirs.count && span_point_compare(&theirs.points[t], &own[i]) == 0)
                t++;
            else
                TRY(requeue(step, pair, &own[i], serials[i]));
        }
        if (count)
            from = point_after(&own[count - 1]);
    } while (count == OWN_PAGE);
    while (t < theirs.count)
        if (!wanted_add(pair, &theirs.points[t++]))
            return FAULT_MEMORY;
    return FAULT_NONE;
}

/* One span of an answer: a list settles it, a smaller span that differs is asked about again. */
static enum fault span_answered(struct step *step, struct pair *pair, const Peregrin__Span *said,
                                struct span *again, size_t *again_count, enum verdict *verdict)
{
    struct engine *engine = step->engine;
    struct span span;
    struct summary own;
    *verdict = restore_span_read(said, &span);
    if (*verdict)
        return FAULT_NONE;
    if (said->has_ids) {
        struct span_list list;
        if (!list_view(said, engine->scratch, &list)) {
            *verdict = VERDICT_MALFORMED;
            return FAULT_NONE;
        }
        return list_compare(step, pair, &span, list);
    }
    TRY(engine->store->span_sum(engine->store, pair->number, true, span.from, span.to, &own));
    if (summary_equal(&own, &span.held))
        return FAULT_NONE;
    span.held = own;
    again[(*again_count)++] = span;
    return FAULT_NONE;
}

/* The end of an answer: all came that could. When nothing did, the summary is asked again by
 * time-out. */
static enum fault wanted_answered(struct step *step, struct pair *pair)
{
    if (!pair->wanted_count)
        return ask(step, pair); /* the sets must be seen equal before the guard lifts */
    return pair->wanted_came ? wanted_ask(step, pair) : FAULT_NONE;
}

enum fault reconcile_range_answer(struct step *step, struct pair *pair,
                                  const Peregrin__Range *range, enum verdict *verdict)
{
    struct span *again = arena_take_array(step->engine->scratch, MESSAGE_SPANS_MAX, sizeof *again);
    size_t again_count = 0;
    if (!again)
        return FAULT_MEMORY;
    if (pair->phase == PAIR_WANTING)
        return wanted_answered(step, pair);
    if (pair->phase != PAIR_COMPARING || !pair->questions) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    assert(range->n_spans <= MESSAGE_SPANS_MAX);
    for (size_t i = 0; i < range->n_spans; i++) {
        TRY(span_answered(step, pair, range->spans[i], again, &again_count, verdict));
        if (*verdict)
            return FAULT_NONE;
    }
    pair->questions--;
    pair->phase_began = step->now;
    TRY(spans_ask(step, pair, again, again_count));
    return pair->questions ? FAULT_NONE : compared(step, pair);
}

/* ---- own records come back ---- */

static enum fault returned_put(struct step *step, struct pair *pair, const struct carry_record *in,
                               struct store_signed *seal)
{
    struct store *store = step->engine->store;
    int64_t present;
    struct store_record record = carry_stored(pair, in, true);
    TRY(store->record_find(store, &record.place, record.lane, record.index, &record.id, &present));
    if (present)
        return FAULT_NONE;
    if (!seal->number) /* once, and only where something new stands under it */
        TRY(store->seal_put(store, seal));
    record.seal = seal->number;
    TRY(store->record_put(store, &record));
    struct store_outbox_row row = {
        .serial = record.serial, .seal = seal->number, .since = instant_seconds(step->now)};
    pair->outbox++;
    TRY(store->outbox_put(store, pair->number, &row));
    TRY(feed_record(step, FEED_RECORD_RESTORED, pair->number, record.serial, 0));
    peer_count(step, PEER_RECORDS_RETURNED, 1);
    return judge_settle(step, pair, &record.place, in);
}

static void wanted_remove(struct pair *pair, const struct digest *id)
{
    for (size_t i = 0; i < pair->wanted_count; i++)
        if (digest_equal(&pair->wanted[i].id, id)) {
            pair->wanted_count--; /* the order is kept: it travels ascending */
            memmove(&pair->wanted[i], &pair->wanted[i + 1],
                    (pair->wanted_count - i) * sizeof *pair->wanted);
            return;
        }
}

enum fault reconcile_returned(struct step *step, struct pair *pair,
                              const Peregrin__Return *returned, enum verdict *verdict)
{
    struct carry_batch batch;
    struct digest at_fault;
    if (pair->phase != PAIR_WANTING) {
        *verdict = VERDICT_STALE;
        return FAULT_NONE;
    }
    /* Headers alone are no restoration: what comes back without its body is not taken. */
    struct carry_sent sent = {
        .issuer = pair->own,
        .audience = pair->partner,
        .seal = returned->seal,
        .records = returned->records,
        .count = returned->n_records,
        .bodies_needed = true,
    };
    *verdict = carry_check(step, &sent, &batch, &at_fault);
    if (*verdict)
        return FAULT_NONE;
    struct store_signed seal = {
        .pair = pair->number, .wire = batch.seal_wire, .leaves = batch.leaves};
    for (size_t i = 0; i < batch.count; i++) {
        TRY(returned_put(step, pair, &batch.records[i], &seal));
        wanted_remove(pair, &batch.records[i].header.id);
    }
    pair->phase_began = step->now;
    pair->wanted_came = true;
    return FAULT_NONE;
}
