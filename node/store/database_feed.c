#include "store/database_feed.h"

#include "store/database.h"
#include "store/database_text.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT_NUMBERS = 7, RUN_TEXT = DATABASE_FEED_RUN * EVENT_NUMBERS * DATABASE_TEXT_NUMBER + 1 };

static enum fault cursor_of(struct database *database, enum query_name name, int64_t *cursor)
{
    int64_t found = 0;
    struct query query = query_open(database, name);
    if (query_next(&query))
        found = query_number(&query);
    TRY(query_close(&query));
    *cursor = found;
    return FAULT_NONE;
}

/* ---- writing ------------------------------------------------------------------------------- */

static char *event_write(char *at, const struct store_event *event)
{
    const uint64_t numbers[EVENT_NUMBERS] = {
        event->at,     event->kind,  event->pair, (uint64_t)event->serial,
        event->before, event->state, event->code,
    };
    for (size_t i = 0; i < EVENT_NUMBERS; i++)
        at = database_text_put(at, numbers[i]);
    return at;
}

static enum fault run_write(struct database *database, const struct store_event *events,
                            size_t count)
{
    char text[RUN_TEXT], *end = text;
    assert(count && count <= DATABASE_FEED_RUN);
    for (size_t i = 0; i < count; i++)
        end = event_write(end, &events[i]);
    *end = '\0';
    struct query query = query_open(database, QUERY_FEED_PUT);
    query_put_number(&query, events[count - 1].cursor);
    query_put_number(&query, events[0].cursor);
    query_put_text(&query, text);
    return query_run(&query);
}

enum fault database_feed_flush(struct database *database)
{
    size_t count = database->feed.count;
    database->feed.count = 0;
    return count ? run_write(database, database->feed.events, count) : FAULT_NONE;
}

void database_feed_settle(struct database *database, bool committed)
{
    database->feed.count = 0;
    if (!committed)
        database->feed.next = 0;
}

static enum fault event_put(struct store *store, struct store_event *event)
{
    struct database *database = database_of(store);
    struct database_feed *feed = &database->feed;
    assert(database->open);
    TRY(database->broken);
    if (!feed->next) {
        TRY(cursor_of(database, QUERY_FEED_NEWEST, &feed->next));
        feed->next++;
    }
    if (feed->count == DATABASE_FEED_RUN)
        TRY(database_feed_flush(database));
    event->cursor = feed->next++;
    feed->events[feed->count++] = *event;
    return FAULT_NONE;
}

/* ---- reading ------------------------------------------------------------------------------- */

static bool event_read(struct bytes *text, int64_t cursor, struct store_event *event)
{
    uint64_t numbers[EVENT_NUMBERS];
    for (size_t i = 0; i < EVENT_NUMBERS; i++)
        if (!database_text_take(text, &numbers[i]))
            return false;
    *event = (struct store_event) {
        .cursor = cursor,
        .at = numbers[0],
        .kind = (uint32_t)numbers[1],
        .pair = (uint32_t)numbers[2],
        .serial = (int64_t)numbers[3],
        .before = (uint32_t)numbers[4],
        .state = (uint32_t)numbers[5],
        .code = (uint32_t)numbers[6],
        .place = {.pair = (uint32_t)numbers[2]},
    };
    return true;
}

struct listing {
    struct store_event *events;
    int64_t after;
    size_t max, count;
};

/* Those of one row that are wanted; false: it is not as it was written. */
static bool run_read(struct query *query, struct listing *listing)
{
    int64_t newest = query_number(query), cursor = query_number(query);
    struct bytes text = query_view(query);
    for (; cursor <= newest; cursor++) {
        struct store_event event;
        if (!event_read(&text, cursor, &event))
            return false;
        if (cursor > listing->after && listing->count < listing->max)
            listing->events[listing->count++] = event;
    }
    return text.size == 0;
}

static enum fault runs_read(struct database *database, struct listing *listing)
{
    bool whole = true;
    struct query query = query_open(database, QUERY_FEED_RUNS);
    query_put_number(&query, listing->after);
    query_put_limit(&query, listing->max);
    while (whole && listing->count < listing->max && query_next(&query))
        whole = run_read(&query, listing);
    TRY(query_close(&query));
    return whole ? FAULT_NONE : FAULT_CORRUPT;
}

/* An event tells of its record what can be said to everybody who follows the feed. */
static enum fault place_read(struct database *database, struct store_event *event)
{
    if (!event->serial)
        return FAULT_NONE;
    struct query query = query_open(database, QUERY_FEED_PLACE);
    query_put_number(&query, event->serial);
    if (query_next(&query)) {
        event->place.opened_by_partner = query_number(&query);
        query_exact(&query, event->place.dossier.bytes, sizeof event->place.dossier.bytes);
        event->lane = (uint32_t)query_number(&query);
        event->index = (uint32_t)query_number(&query);
        event->record_kind = (uint32_t)query_number(&query);
    }
    return query_close(&query);
}

static enum fault bounds(struct database *database, int64_t *oldest, int64_t *newest)
{
    TRY(database_feed_flush(database));
    TRY(cursor_of(database, QUERY_FEED_OLDEST, oldest));
    return cursor_of(database, QUERY_FEED_NEWEST, newest);
}

static enum fault event_scan(struct store *store, int64_t after, size_t max, struct arena *arena,
                             struct store_event **events, size_t *count)
{
    struct database *database = database_of(store);
    int64_t oldest, newest;
    TRY(bounds(database, &oldest, &newest));
    int64_t from = after < oldest ? oldest - 1 : after;
    size_t left = newest > from ? (size_t)(newest - from) : 0;
    struct listing listing = {.after = after, .max = left < max ? left : max};
    listing.events = arena_take_array(arena, listing.max + 1, sizeof *listing.events);
    if (!listing.events)
        return FAULT_MEMORY;
    TRY(runs_read(database, &listing));
    *events = listing.events;
    *count = listing.count;
    return FAULT_NONE;
}

static enum fault event_place(struct store *store, struct arena *, struct store_event *event)
{
    struct database *database = database_of(store);
    TRY(database_young_flush(database));
    return place_read(database, event);
}

static enum fault event_list(struct store *store, int64_t after, size_t max, struct arena *arena,
                             struct store_event **events, size_t *count)
{
    TRY(event_scan(store, after, max, arena, events, count));
    for (size_t i = 0; i < *count; i++)
        TRY(event_place(store, arena, &(*events)[i]));
    return FAULT_NONE;
}

static enum fault event_bounds(struct store *store, int64_t *oldest, int64_t *newest)
{
    return bounds(database_of(store), oldest, newest);
}

/* ---- forgetting ---------------------------------------------------------------------------- */

/* The row that the last one to go shares with younger ones. */
static enum fault run_shorten(struct database *database, int64_t last)
{
    struct store_event events[DATABASE_FEED_RUN];
    struct listing listing = {events, last, DATABASE_FEED_RUN, 0};
    bool found, whole = true;
    struct query query = query_open(database, QUERY_FEED_RUNS);
    query_put_number(&query, last);
    query_put_limit(&query, 1);
    found = query_next(&query);
    if (found)
        whole = run_read(&query, &listing);
    TRY(query_close(&query));
    if (!whole)
        return FAULT_CORRUPT;
    return listing.count ? run_write(database, events, listing.count) : FAULT_NONE;
}

static enum fault event_trim(struct store *store, size_t keep)
{
    struct database *database = database_of(store);
    int64_t oldest, newest;
    assert(keep > 0);
    TRY(bounds(database, &oldest, &newest));
    if (keep >= (uint64_t)newest)
        return FAULT_NONE;
    int64_t last = newest - (int64_t)keep;
    TRY(run_shorten(database, last));
    struct query query = query_open(database, QUERY_FEED_TRIM);
    query_put_number(&query, last);
    return query_run(&query);
}

void database_feed_calls(struct store *store)
{
    store->event_put = event_put;
    store->event_list = event_list;
    store->event_scan = event_scan;
    store->event_place = event_place;
    store->event_bounds = event_bounds;
    store->event_trim = event_trim;
}
