#include "film/film_records.h"

#include "engine/feed.h"
#include "record/kind.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA = 256 << 20, PAGE = 256 };

bool film_records_open(struct film_records *records, size_t nodes)
{
    *records = (struct film_records) {
        .list = calloc(FILM_RECORDS_MAX, sizeof *records->list),
        .cursors = calloc(nodes, sizeof *records->cursors),
        .nodes = nodes,
        .arena = arena_open(ARENA),
    };
    return records->list && records->cursors && records->arena;
}

void film_records_close(struct film_records *records)
{
    free(records->list);
    free(records->cursors);
    if (records->arena)
        arena_close(records->arena);
    *records = (struct film_records) {0};
}

/* ---- whose record it is ---- */

static bool institution_find(const struct world *world, const char *name, uint32_t *out)
{
    for (size_t i = 0; i < world_count(world); i++)
        if (strcmp(world_institution(world, i), name) == 0) {
            *out = (uint32_t)i;
            return true;
        }
    return false;
}

struct ends {
    uint32_t own, partner;
};

static bool pair_ends(struct film_records *records, const struct world *world, size_t node,
                      uint32_t pair, struct ends *out)
{
    struct store *store = world_store(world, node);
    struct store_pair *pairs;
    size_t count;
    if (store->pair_list(store, records->arena, &pairs, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (pairs[i].pair == pair)
            return institution_find(world, pairs[i].own, &out->own) &&
                   institution_find(world, pairs[i].partner, &out->partner);
    return false;
}

static struct film_record *record_of(struct film_records *records, const struct store_record *from,
                                     const struct ends *ends)
{
    bool ours = from->flags & STORE_OURS;
    uint32_t author = ours ? ends->own : ends->partner;
    for (size_t i = 0; i < records->count; i++)
        if (digest_equal(&records->list[i].id, &from->id) && records->list[i].author == author)
            return &records->list[i];
    if (records->count == FILM_RECORDS_MAX) {
        records->left_out++;
        return NULL;
    }
    const struct kind *kinds, *kind = NULL;
    size_t count;
    kinds = kind_all(&count);
    for (size_t i = 0; i < count; i++)
        if (kinds[i].number == from->kind)
            kind = &kinds[i];
    struct film_record *record = &records->list[records->count++];
    *record = (struct film_record) {
        .id = from->id,
        .kind = kind ? kind->name : "unknown kind",
        .author = author,
        .audience = ours ? ends->partner : ends->own,
        .lane = from->lane,
        .index = from->index,
        .said_us = -1,
        .stored_us = -1,
        .receipt_us = -1,
        .restored_us = -1,
    };
    header_dossier_text(&from->place.dossier, record->dossier);
    return record;
}

/* ---- while it runs ---- */

static void event_take(struct film_records *records, const struct world *world, size_t node,
                       const struct store_event *event, int64_t us)
{
    struct store *store = world_store(world, node);
    struct store_record *found = NULL;
    struct ends ends;
    if (!event->serial || store->record_get(store, event->serial, records->arena, &found) ||
        !found || !pair_ends(records, world, node, event->pair, &ends))
        return;
    struct film_record *record = record_of(records, found, &ends);
    if (!record)
        return;
    int64_t *when = event->kind == FEED_RECORD_WRITTEN     ? &record->said_us
                    : event->kind == FEED_RECORD_RECEIVED  ? &record->stored_us
                    : event->kind == FEED_RECORD_DELIVERED ? &record->receipt_us
                    : event->kind == FEED_RECORD_RESTORED  ? &record->restored_us
                                                           : NULL;
    if (when && (*when < 0 || event->kind == FEED_RECORD_RESTORED))
        *when = us;
}

void film_records_follow(struct film_records *records, const struct world *world, size_t node,
                         int64_t us)
{
    struct store *store = world_store(world, node);
    struct store_event *events;
    int64_t oldest, newest;
    size_t count = PAGE;
    if (records->broken || store->event_bounds(store, &oldest, &newest))
        return;
    if (newest < records->cursors[node])
        records->cursors[node] = newest; /* a backup came back: what was told is told again */
    while (count == PAGE && newest > records->cursors[node]) {
        struct arena_mark mark = arena_mark(records->arena);
        if (store->event_list(store, records->cursors[node], PAGE, records->arena, &events,
                              &count)) {
            records->broken = true;
            return;
        }
        for (size_t i = 0; i < count; i++) {
            event_take(records, world, node, &events[i], us);
            records->cursors[node] = events[i].cursor;
        }
        arena_rewind(records->arena, mark);
    }
}

/* ---- in the end ---- */

static void holding_note(struct film_records *records, const struct world *world, size_t node,
                         const struct store_record *found)
{
    struct ends ends;
    if (!pair_ends(records, world, node, found->place.pair, &ends))
        return;
    struct film_record *record = record_of(records, found, &ends);
    if (!record)
        return;
    if (!(found->flags & STORE_OURS)) {
        record->held_there = true;
        return;
    }
    record->held = true;
    record->receipted = found->flags & STORE_RECEIPTED;
}

void film_records_end(struct film_records *records, const struct world *world)
{
    for (size_t node = 0; node < records->nodes && !records->broken; node++) {
        struct store *store = world_store(world, node);
        struct store_record *found;
        int64_t after = 0;
        size_t count = PAGE;
        for (size_t before = 0; before < node; before++)
            count = world_store(world, before) == store ? 0 : count; /* it lodges there */
        while (count == PAGE) {
            struct arena_mark mark = arena_mark(records->arena);
            if (store->record_scan(store, after, PAGE, records->arena, &found, &count)) {
                records->broken = true;
                return;
            }
            for (size_t i = 0; i < count; i++) {
                holding_note(records, world, node, &found[i]);
                after = found[i].serial;
            }
            arena_rewind(records->arena, mark);
        }
    }
}
