#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>

static enum fault event_put(struct store *store, struct store_event *event)
{
    struct query query = query_open(database_of(store), QUERY_EVENT_PUT);
    query_put_number(&query, (int64_t)event->at);
    query_put_number(&query, event->kind);
    query_put_number(&query, event->pair);
    query_put_number(&query, event->serial);
    query_put_number(&query, event->before);
    query_put_number(&query, event->state);
    query_put_number(&query, event->code);
    TRY(query_run(&query));
    event->cursor = sqlite3_last_insert_rowid(database_of(store)->connection);
    return FAULT_NONE;
}

static void event_read(struct query *query, struct arena *, void *out)
{
    struct store_event *event = out;
    event->cursor = query_number(query);
    event->at = (uint64_t)query_number(query);
    event->kind = (uint32_t)query_number(query);
    event->pair = (uint32_t)query_number(query);
    event->serial = query_number(query);
    event->before = (uint32_t)query_number(query);
    event->state = (uint32_t)query_number(query);
    event->code = (uint32_t)query_number(query);
    event->place.pair = event->pair;
    event->place.opened_by_partner = query_number(query);
    query_exact(query, event->place.dossier.bytes, sizeof event->place.dossier.bytes);
    event->lane = (uint32_t)query_number(query);
    event->index = (uint32_t)query_number(query);
    event->record_kind = (uint32_t)query_number(query);
}

static enum fault event_list(struct store *store, int64_t after, size_t max, struct arena *arena,
                             struct store_event **events, size_t *count)
{
    static const struct query_reader reader = {sizeof(struct store_event), event_read};
    struct query query = query_open(database_of(store), QUERY_EVENT_LIST);
    query_put_number(&query, after);
    query_put_limit(&query, max);
    return query_list(&query, reader, arena, events, count);
}

static enum fault cursor_of(struct store *store, enum query_name name, int64_t *cursor)
{
    int64_t found = 0;
    struct query query = query_open(database_of(store), name);
    if (query_next(&query))
        found = query_number(&query);
    TRY(query_close(&query));
    *cursor = found;
    return FAULT_NONE;
}

static enum fault event_bounds(struct store *store, int64_t *oldest, int64_t *newest)
{
    TRY(cursor_of(store, QUERY_EVENT_OLDEST, oldest));
    return cursor_of(store, QUERY_EVENT_NEWEST, newest);
}

static enum fault event_trim(struct store *store, size_t keep)
{
    int64_t newest;
    assert(keep > 0);
    TRY(cursor_of(store, QUERY_EVENT_NEWEST, &newest));
    if (keep >= (uint64_t)newest)
        return FAULT_NONE;
    struct query query = query_open(database_of(store), QUERY_EVENT_TRIM);
    query_put_number(&query, newest - (int64_t)keep);
    return query_run(&query);
}

void database_feed_calls(struct store *store)
{
    store->event_put = event_put;
    store->event_list = event_list;
    store->event_bounds = event_bounds;
    store->event_trim = event_trim;
}
