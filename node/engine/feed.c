#include "engine/feed.h"

#include <assert.h>

static const struct feed_text texts[FEED_KIND_COUNT] = {
    [FEED_RECORD_WRITTEN] = {"record.written", "this node said a record"},
    [FEED_RECORD_RECEIVED] = {"record.received", "a partner's record came and is kept"},
    [FEED_RECORD_DELIVERED] = {"record.delivered", "the partner's receipt for a record came"},
    [FEED_RECORD_STUCK] = {"record.stuck",
                           "the partner could not take a record; a person must act"},
    [FEED_RECORD_REFUSED] = {"record.refused", "a partner's record broke a rule and was refused"},
    [FEED_RECORD_RESTORED] = {"record.restored", "a record of ours came back after a loss"},
    [FEED_DOSSIER_CHANGED] = {"dossier.changed", "a dossier went from one state to another"},
    [FEED_SUBMISSION_WAITS] = {"submission.waits", "a record waits until the node may write"},
    [FEED_SUBMISSION_FAILED] = {"submission.failed",
                                "a record that waited can no longer be said; a person must act"},
    [FEED_PARTNER_SUSPENDED] = {"partner.suspended",
                                "nothing more is sent to a partner until it is resumed"},
    [FEED_DOSSIER_MARKED] = {"dossier.marked",
                             "somebody here says by hand how far a nomination has come"},
    [FEED_PARTNER_RESUMED] = {"partner.resumed", "what waited for a partner is sent again"},
};

const struct feed_text *feed_text(uint32_t kind)
{
    return kind > FEED_NONE && kind < FEED_KIND_COUNT ? &texts[kind] : NULL;
}

enum feed_kind feed_find(struct bytes code)
{
    for (uint32_t kind = FEED_NONE + 1; kind < FEED_KIND_COUNT; kind++) {
        assert(texts[kind].code);
        if (bytes_equal(bytes_text(texts[kind].code), code))
            return (enum feed_kind)kind;
    }
    return FEED_NONE;
}

static enum fault put(struct step *step, struct store_event event)
{
    struct engine *engine = step->engine;
    assert(feed_text(event.kind) && event.pair);
    event.at = instant_seconds(step->now);
    TRY(engine->store->event_put(engine->store, &event));
    engine->fed++;
    step->outcome->told++;
    return FAULT_NONE;
}

enum fault feed_record(struct step *step, enum feed_kind kind, uint32_t pair, int64_t serial,
                       uint32_t code)
{
    assert(kind != FEED_DOSSIER_CHANGED);
    return put(step,
               (struct store_event) {.kind = kind, .pair = pair, .serial = serial, .code = code});
}

enum fault feed_state(struct step *step, uint32_t pair, int64_t serial, uint32_t before,
                      uint32_t state)
{
    assert(before != state);
    return put(step, (struct store_event) {.kind = FEED_DOSSIER_CHANGED,
                                           .pair = pair,
                                           .serial = serial,
                                           .before = before,
                                           .state = state});
}

/* Now and then, so that a group pays for few rows of others. */
enum fault feed_settle(struct step *step)
{
    struct engine *engine = step->engine;
    if (engine->fed < FEED_TRIM_EVERY)
        return FAULT_NONE;
    engine->fed = 0;
    return engine->store->event_trim(engine->store, FEED_KEPT);
}
