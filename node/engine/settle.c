#include "engine/settle.h"

#include "engine/answer.h"
#include "engine/batch.h"
#include "engine/deliver.h"
#include "engine/dial.h"
#include "engine/draft.h"
#include "engine/exchange.h"
#include "engine/feed.h"
#include "engine/judge.h"
#include "engine/reconcile.h"
#include "engine/submit.h"
#include "engine/take.h"

#include <assert.h>
#include <stdlib.h>

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
    TRY(batch_settle(step, pair));
    TRY(judge_waiting(step, pair));
    pair->full |= draft_full(pair);
    TRY(batch_settle(step, pair));
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
    bool waits = (!pair->armed && (pair->ready || pair->unjudged)) || pair->keyless;
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
    bool nowhere = peer_is_nowhere(engine, peer);
    if (peer != &engine->home && !nowhere) {
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
    attend_settled(&engine->attend, place, wake, !nowhere && peer_is_busy(peer));
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
