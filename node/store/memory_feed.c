#include "store/memory.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* What is kept of an event; the rest is read from its record. */
static const struct shape event_shape = {.size = offsetof(struct store_event, place)};

static enum fault event_put(struct store *store, struct store_event *event)
{
    int64_t cursor;
    TRY(memory_next_number(store, MEMORY_EVENT, &cursor));
    event->cursor = cursor;
    return memory_put(store, MEMORY_EVENT, memory_key_of_number(cursor), &event_shape, event);
}

/* What is told of the record is the record's own. */
static enum fault event_place(struct store *store, struct arena *arena, struct store_event *event)
{
    struct store_record *record = NULL;
    struct arena_mark mark = arena_mark(arena);
    if (event->serial)
        TRY(store->record_get(store, event->serial, arena, &record));
    if (record) {
        event->place = record->place;
        event->place.pair = event->pair;
        event->lane = record->lane;
        event->index = record->index;
        event->record_kind = record->kind;
    }
    arena_rewind(arena, mark);
    return FAULT_NONE;
}

static enum fault event_scan(struct store *store, int64_t after, size_t max, struct arena *arena,
                             struct store_event **events, size_t *count)
{
    struct memory_key from = memory_key_of_number(after);
    const struct shape_query query = {
        .table = MEMORY_EVENT, .shape = &event_shape, .after = memory_key_view(&from), .max = max};
    const uint8_t *kept;
    size_t n;
    TRY(memory_list(store, &query, arena, &kept, &n));
    struct store_event *list = arena_take_array(arena, n, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct store_event) {0};
        memcpy(&list[i], kept + i * event_shape.size, event_shape.size);
        list[i].place.pair = list[i].pair;
    }
    *events = list;
    *count = n;
    return FAULT_NONE;
}

static enum fault event_list(struct store *store, int64_t after, size_t max, struct arena *arena,
                             struct store_event **events, size_t *count)
{
    TRY(event_scan(store, after, max, arena, events, count));
    for (size_t i = 0; i < *count; i++)
        TRY(event_place(store, arena, &(*events)[i]));
    return FAULT_NONE;
}

/* Rows stand from the oldest to the last number given: a rollback takes the number back as well. */
static enum fault event_bounds(struct store *store, int64_t *oldest, int64_t *newest)
{
    struct memory_key none = {0};
    struct row row;
    struct store_event first = {0};
    *oldest = *newest = 0;
    if (!rows_from(memory_of(store)->rows, MEMORY_EVENT, memory_key_view(&none), &row))
        return FAULT_NONE;
    shape_view(&event_shape, row.value, &first);
    *oldest = first.cursor;
    *newest = memory_last_number(store, MEMORY_EVENT);
    assert(*newest >= *oldest);
    return FAULT_NONE;
}

static enum fault event_trim(struct store *store, size_t keep)
{
    int64_t oldest, newest;
    assert(keep > 0);
    TRY(event_bounds(store, &oldest, &newest));
    for (; oldest > 0 && (uint64_t)(newest - oldest) >= keep; oldest++)
        TRY(memory_remove(store, MEMORY_EVENT, memory_key_of_number(oldest)));
    return FAULT_NONE;
}

void memory_feed_calls(struct store *store)
{
    store->event_put = event_put;
    store->event_list = event_list;
    store->event_scan = event_scan;
    store->event_place = event_place;
    store->event_bounds = event_bounds;
    store->event_trim = event_trim;
}
