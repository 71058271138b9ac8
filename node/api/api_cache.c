#include "api/api_cache.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    SETS = 1 << 15,
    WAYS = 4,
    EVENTS_AT_ONCE = 500,
    BEHIND_MAX = 5000, /* more events than this are not read: all is dropped */
};

struct line {
    struct store_dossier row;
    size_t size;
    uint8_t text[];
};

struct api_cache {
    struct line *lines[SETS][WAYS];
    size_t bytes;
    unsigned turn;  /* which of a full set gives way */
    int64_t cursor; /* events up to it were read, and are committed */
    bool begun, frozen;
};

struct api_cache *api_cache_open(void)
{
    return calloc(1, sizeof(struct api_cache));
}

static void drop(struct api_cache *cache, struct line **line)
{
    if (!*line)
        return;
    cache->bytes -= sizeof **line + (*line)->size;
    free(*line);
    *line = NULL;
}

static void drop_all(struct api_cache *cache)
{
    for (size_t set = 0; set < SETS; set++)
        for (size_t way = 0; way < WAYS; way++)
            drop(cache, &cache->lines[set][way]);
}

void api_cache_close(struct api_cache *cache)
{
    if (!cache)
        return;
    drop_all(cache);
    assert(cache->bytes == 0);
    free(cache);
}

/* Names of dossiers end in dice, so that they spread by themselves. */
static size_t set_of(const struct store_place *place)
{
    uint32_t hash = place->pair * 2654435761u + place->opened_by_partner;
    for (size_t i = 0; i < sizeof place->dossier.bytes; i++)
        hash = (hash ^ place->dossier.bytes[i]) * 16777619u;
    return (hash ^ hash >> 16) % SETS;
}

static bool same_place(const struct store_place *left, const struct store_place *right)
{
    return left->pair == right->pair && left->opened_by_partner == right->opened_by_partner &&
           memcmp(&left->dossier, &right->dossier, sizeof left->dossier) == 0;
}

static bool same_row(const struct store_dossier *left, const struct store_dossier *right)
{
    return same_place(&left->place, &right->place) && left->state == right->state &&
           left->revision == right->revision && left->transcript == right->transcript &&
           memcmp(left->lengths, right->lengths, sizeof left->lengths) == 0 &&
           left->incomplete == right->incomplete && left->not_understood == right->not_understood &&
           left->forked[0] == right->forked[0] && left->forked[1] == right->forked[1] &&
           left->changed_at == right->changed_at;
}

static void drop_place(struct api_cache *cache, const struct store_place *place)
{
    size_t set = set_of(place);
    for (size_t way = 0; way < WAYS; way++) {
        struct line **line = &cache->lines[set][way];
        if (*line && same_place(&(*line)->row.place, place))
            drop(cache, line);
    }
}

enum fault api_cache_refresh(struct api_cache *cache, struct store *store, struct arena *arena)
{
    int64_t oldest, newest, cursor = cache->cursor;
    size_t count = EVENTS_AT_ONCE;
    TRY(store->event_bounds(store, &oldest, &newest));
    cache->frozen = store->inside(store);
    if (!cache->begun || newest < cursor || newest - cursor > BEHIND_MAX) {
        drop_all(cache);
        cursor = newest;
    }
    struct arena_mark mark = arena_mark(arena);
    while (cursor < newest && count == EVENTS_AT_ONCE) {
        struct store_event *events;
        TRY(store->event_list(store, cursor, EVENTS_AT_ONCE, arena, &events, &count));
        for (size_t i = 0; i < count; i++) {
            drop_place(cache, &events[i].place);
            cursor = events[i].cursor;
        }
        arena_rewind(arena, mark);
    }
    /* What is not committed yet is read again when it is: it may be something else then. */
    if (!cache->frozen) {
        cache->cursor = cursor;
        cache->begun = true;
    }
    return FAULT_NONE;
}

struct bytes api_cache_find(const struct api_cache *cache, const struct store_dossier *row)
{
    size_t set = set_of(&row->place);
    for (size_t way = 0; way < WAYS; way++) {
        const struct line *line = cache->lines[set][way];
        if (line && same_row(&line->row, row))
            return (struct bytes) {line->text, line->size};
    }
    return (struct bytes) {0};
}

void api_cache_put(struct api_cache *cache, const struct store_dossier *row, struct bytes text)
{
    struct line *line = cache->frozen ? NULL : malloc(sizeof *line + text.size);
    if (!line)
        return;
    drop_place(cache, &row->place);
    if (cache->bytes + sizeof *line + text.size > API_CACHE_BYTES)
        drop_all(cache);
    struct line **set = cache->lines[set_of(&row->place)];
    size_t way = 0;
    while (way < WAYS && set[way])
        way++;
    if (way == WAYS)
        way = cache->turn++ % WAYS;
    drop(cache, &set[way]);
    *line = (struct line) {.row = *row, .size = text.size};
    memcpy(line->text, text.data, text.size);
    cache->bytes += sizeof *line + text.size;
    set[way] = line;
}
