#include "study/awaited.h"

#include "sim/checks.h"

#include <assert.h>
#include <stdlib.h>

enum { RECORDS_FIRST = 4096, WAYS_FIRST = 1024 };

void awaited_free(struct awaited *awaited)
{
    free(awaited->records);
    free(awaited->ways);
    *awaited = (struct awaited) {0};
}

/* ---- ways ---- */

static uint64_t way_key(size_t node, size_t partner)
{
    return ((uint64_t)node << 32 | partner) + 1;
}

static size_t way_slot(const struct awaited *awaited, uint64_t key)
{
    size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (awaited->way_room - 1);
    while (awaited->ways[slot].key && awaited->ways[slot].key != key)
        slot = (slot + 1) & (awaited->way_room - 1);
    return slot;
}

static bool ways_grow(struct awaited *awaited)
{
    struct awaited former = *awaited;
    awaited->way_room = former.way_room ? 2 * former.way_room : WAYS_FIRST;
    awaited->ways = calloc(awaited->way_room, sizeof *awaited->ways);
    if (!awaited->ways) {
        *awaited = former;
        return false;
    }
    for (size_t i = 0; i < former.way_room; i++)
        if (former.ways[i].key)
            awaited->ways[way_slot(awaited, former.ways[i].key)] = former.ways[i];
    free(former.ways);
    return true;
}

static struct awaited_way *way_at(struct awaited *awaited, uint64_t key)
{
    if (2 * awaited->way_count >= awaited->way_room && !ways_grow(awaited))
        return NULL;
    struct awaited_way *way = &awaited->ways[way_slot(awaited, key)];
    awaited->way_count += way->key == 0;
    way->key = key;
    return way;
}

static bool room_make(struct awaited *awaited)
{
    size_t room = awaited->room ? 2 * awaited->room : RECORDS_FIRST;
    if (awaited->count < awaited->room)
        return true;
    struct gauge_record *records = realloc(awaited->records, room * sizeof *records);
    if (!records || room > UINT32_MAX)
        return false;
    awaited->records = records;
    awaited->room = room;
    return true;
}

bool awaited_add(struct awaited *awaited, const struct gauge_record *record)
{
    struct awaited_way *way = way_at(awaited, way_key(record->node, record->partner));
    if (!way || !room_make(awaited))
        return false;
    struct gauge_record *kept = &awaited->records[awaited->count++];
    *kept = *record;
    kept->next = 0;
    if (way->last)
        awaited->records[way->last - 1].next = (uint32_t)awaited->count;
    else
        way->first = (uint32_t)awaited->count;
    way->last = (uint32_t)awaited->count;
    return true;
}

/* ---- receipts ---- */

/* What waited for a write guard may have been written since: the newest of its kind in the
 * author's lane. */
static bool written_find(struct store *store, struct gauge_record *record, struct arena *arena)
{
    struct store_record *list;
    size_t count;
    if (!record->ready)
        return true;
    if (store->record_list(store, &record->place, false, arena, &list, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if ((list[i].flags & STORE_OURS) && list[i].kind == record->kind) {
            record->lane = list[i].lane;
            record->index = list[i].index;
            record->id = list[i].id;
            record->ready = false;
        }
    return !record->ready;
}

static int64_t serial_of(struct store *store, const struct gauge_record *record,
                         const struct store_place *place)
{
    int64_t serial = 0;
    if (store->record_find(store, place, record->lane, record->index, &record->id, &serial))
        return 0;
    return serial;
}

static bool receipt_there(struct store *store, struct gauge_record *record, struct arena *arena)
{
    struct store_receipt_link link = {0};
    int64_t serial =
        written_find(store, record, arena) ? serial_of(store, record, &record->place) : 0;
    return serial && !store->receipt_of(store, serial, &link) && link.receipt;
}

void awaited_look(struct awaited *awaited, const struct awaited_look *look)
{
    struct store *store = world_store(look->world, look->node);
    struct arena_mark mark = arena_mark(look->arena);
    uint64_t key = way_key(look->node, look->partner);
    struct awaited_way *way = awaited->way_room ? &awaited->ways[way_slot(awaited, key)] : NULL;
    uint32_t *link = way && way->key ? &way->first : NULL, before = 0;
    while (link && *link) {
        struct gauge_record *record = &awaited->records[*link - 1];
        if (receipt_there(store, record, look->arena)) {
            if (way->last == *link)
                way->last = before;
            *link = record->next;
            record->receipted = look->at;
            look->receipted(look->self, record);
        } else {
            before = *link;
            link = &record->next;
        }
        arena_rewind(look->arena, mark);
    }
}

/* ---- the end ---- */

/* Pairs have numbers of each node's own; a way's is asked for once. */
static uint32_t pair_of(struct awaited *awaited, const struct world *world,
                        const struct gauge_record *record, struct arena *arena)
{
    uint64_t key = way_key(record->node, record->partner);
    struct awaited_way *way = &awaited->ways[way_slot(awaited, key)];
    assert(way->key == key);
    if (!way->pair)
        way->pair = checks_pair(world, record->partner, record->node, arena);
    return way->pair;
}

static bool audience_holds(struct awaited *awaited, const struct world *world,
                           const struct gauge_record *record, struct arena *arena)
{
    struct store_place place = record->place;
    place.pair = pair_of(awaited, world, record, arena);
    place.opened_by_partner = !place.opened_by_partner;
    return place.pair && serial_of(world_store(world, record->partner), record, &place);
}

void awaited_audit(struct awaited *awaited, const struct world *world, struct arena *arena,
                   struct awaited_audit *out)
{
    *out = (struct awaited_audit) {0};
    for (size_t i = 0; i < awaited->count; i++) {
        struct gauge_record *record = &awaited->records[i];
        struct store *store = world_store(world, record->node);
        struct arena_mark mark = arena_mark(arena);
        bool held = written_find(store, record, arena) && serial_of(store, record, &record->place);
        if (!record->receipted)
            out->lost += !held;
        else
            out->lost_receipted += !held || !audience_holds(awaited, world, record, arena);
        arena_rewind(arena, mark);
    }
}
