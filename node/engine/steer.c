#include "engine/steer.h"

#include "engine/feed.h"
#include "engine/submit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { STEER_PAGE = 256, SINCE_SIZE = 8 };

/* ---- suspended, as it is kept: since when, 8 bytes, and why ---- */

/* By the pair's number, which is never another's: two names may be longer than a value's. */
static const char *value_of(const struct pair *pair, struct arena *arena)
{
    return arena_format(arena, "suspended/%u", pair->number);
}

static void suspended_set(struct pair *pair, struct instant since, struct bytes reason)
{
    char text[INSTANT_TEXT_SIZE];
    instant_text(since, text);
    pair->suspended = since;
    snprintf(pair->suspension, sizeof pair->suspension, "suspended by hand since %s%s%.*s", text,
             reason.size ? ": " : "", (int)reason.size, (const char *)reason.data);
}

enum fault steer_read(struct engine *engine, struct pair *pair)
{
    struct store *store = engine->store;
    const char *name = value_of(pair, engine->scratch);
    struct bytes value;
    if (!name)
        return FAULT_MEMORY;
    TRY(store->value_get(store, name, engine->scratch, &value));
    if (!value.size)
        return FAULT_NONE;
    if (value.size < SINCE_SIZE || value.size > SINCE_SIZE + EVENT_REASON_MAX)
        return FAULT_CORRUPT;
    uint64_t since = 0;
    for (size_t i = 0; i < SINCE_SIZE; i++)
        since = since << 8 | value.data[i];
    suspended_set(pair, (struct instant) {(int64_t)since},
                  (struct bytes) {value.data + SINCE_SIZE, value.size - SINCE_SIZE});
    return FAULT_NONE;
}

static enum fault suspend(struct step *step, struct pair *pair, const struct event_order *order,
                          struct event_answer *answer)
{
    struct store *store = step->engine->store;
    struct bytes reason = order->reason ? bytes_text(order->reason) : (struct bytes) {0};
    const char *name = value_of(pair, step->engine->scratch);
    uint8_t value[SINCE_SIZE + EVENT_REASON_MAX];
    uint64_t since = (uint64_t)step->now.us;
    if (pair->suspended.us)
        return FAULT_NONE;
    if (reason.size > EVENT_REASON_MAX) {
        answer->verdict = VERDICT_TOO_LARGE;
        return FAULT_NONE;
    }
    if (!name)
        return FAULT_MEMORY;
    for (size_t i = SINCE_SIZE; i-- > 0; since >>= 8)
        value[i] = (uint8_t)since;
    if (reason.size)
        memcpy(value + SINCE_SIZE, reason.data, reason.size);
    TRY(store->value_put(store, name, (struct bytes) {value, SINCE_SIZE + reason.size}));
    suspended_set(pair, step->now, reason);
    answer->moved = 1;
    trace_say(&step->outcome->trace, TRACE_NOTE, "%s: suspended by hand, what waits is kept",
              pair->partner->schac);
    return feed_record(step, FEED_PARTNER_SUSPENDED, pair->number, 0, 0);
}

static enum fault resume(struct step *step, struct pair *pair, struct event_answer *answer)
{
    struct store *store = step->engine->store;
    const char *name = value_of(pair, step->engine->scratch);
    if (!pair->suspended.us)
        return FAULT_NONE;
    if (!name)
        return FAULT_MEMORY;
    TRY(store->value_remove(store, name));
    pair->suspended = (struct instant) {0};
    answer->moved = 1;
    trace_say(&step->outcome->trace, TRACE_NOTE, "%s: resumed by hand", pair->partner->schac);
    return feed_record(step, FEED_PARTNER_RESUMED, pair->number, 0, 0);
}

/* ---- tried again ---- */

static enum fault row_retry(struct step *step, struct pair *pair,
                            const struct store_outbox_row *row, const struct event_order *order,
                            struct event_answer *answer)
{
    struct store *store = step->engine->store;
    struct store_record *record;
    if (!row->code)
        return FAULT_NONE;
    if (order->dossier) {
        TRY(store->record_get(store, row->serial, step->engine->scratch, &record));
        if (!record)
            return FAULT_CORRUPT;
        if (memcmp(&record->place.dossier, order->dossier, sizeof *order->dossier) != 0)
            return FAULT_NONE;
    }
    TRY(store->outbox_code(store, pair->number, row->serial, 0));
    assert(pair->stuck > 0);
    pair->stuck--;
    pair->cursor = row->serial - 1 < pair->cursor ? row->serial - 1 : pair->cursor;
    pair->starved = true;
    answer->moved++;
    return FAULT_NONE;
}

static enum fault rows_retry(struct step *step, struct pair *pair, const struct event_order *order,
                             struct event_answer *answer)
{
    struct engine *engine = step->engine;
    struct store_outbox_row *rows;
    size_t count = STEER_PAGE;
    struct arena_mark mark = arena_mark(engine->scratch);
    for (int64_t after = 0; count == STEER_PAGE;) {
        arena_rewind(engine->scratch, mark);
        TRY(engine->store->outbox_next(engine->store, pair->number, after, true, STEER_PAGE,
                                       engine->scratch, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(row_retry(step, pair, &rows[i], order, answer));
            after = rows[i].serial;
        }
    }
    return FAULT_NONE;
}

static enum fault ready_retry(struct step *step, struct pair *pair, const struct store_ready *row,
                              const struct event_order *order, struct event_answer *answer)
{
    Peregrin__Submission *kept;
    if (!row->code)
        return FAULT_NONE;
    TRY(submit_kept(step->engine, row, &kept));
    if (order->dossier && memcmp(kept->dossier.data, order->dossier, sizeof *order->dossier) != 0)
        return FAULT_NONE;
    TRY(step->engine->store->ready_code(step->engine->store, row->number, 0));
    assert(pair->refused > 0);
    pair->refused--;
    pair->ready++;
    answer->moved++;
    return FAULT_NONE;
}

/* At its turn each is judged again, as the dossier stands then. */
static enum fault submissions_retry(struct step *step, struct pair *pair,
                                    const struct event_order *order, struct event_answer *answer)
{
    struct engine *engine = step->engine;
    struct store_ready *rows;
    size_t count = STEER_PAGE;
    struct arena_mark mark = arena_mark(engine->scratch);
    for (int64_t after = 0; pair->refused && count == STEER_PAGE;) {
        arena_rewind(engine->scratch, mark);
        TRY(engine->store->ready_list(engine->store, pair->number, after, STEER_PAGE,
                                      engine->scratch, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(ready_retry(step, pair, &rows[i], order, answer));
            after = rows[i].number;
        }
    }
    return FAULT_NONE;
}

/* ---- given up ---- */

static enum fault drop(struct step *step, struct pair *pair, int64_t number,
                       struct event_answer *answer)
{
    struct store *store = step->engine->store;
    struct store_ready *row;
    size_t count;
    TRY(store->ready_list(store, pair->number, number - 1, 1, step->engine->scratch, &row, &count));
    if (!count || row->number != number) {
        answer->verdict = VERDICT_NOT_FOUND;
        return FAULT_NONE;
    }
    if (!row->code) {
        answer->verdict = VERDICT_OUT_OF_TURN;
        return FAULT_NONE;
    }
    assert(pair->refused > 0);
    pair->refused--;
    answer->moved = 1;
    return store->ready_remove(store, number);
}

/* ---- the order ---- */

enum fault steer_order(struct step *step, const struct event_order *order,
                       struct event_answer *answer)
{
    struct pair *pair = peer_pair(step->engine, order->own, order->partner);
    *answer = (struct event_answer) {.verdict = pair ? VERDICT_FINE : VERDICT_UNKNOWN};
    if (!pair)
        return FAULT_NONE;
    peer_touch(step->engine, pair->peer);
    switch (order->what) {
    case EVENT_SUSPEND: return suspend(step, pair, order, answer);
    case EVENT_RESUME: return resume(step, pair, answer);
    case EVENT_RETRY:
        TRY(rows_retry(step, pair, order, answer));
        return submissions_retry(step, pair, order, answer);
    case EVENT_DROP: return drop(step, pair, order->number, answer);
    }
    assert(!"an order of no kind");
    return FAULT_NONE;
}
