#include "store/database_place.h"

#include "store/database.h"
#include "store/database_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES_BINS = 4096,
    PLACES_MAX = 8192,
    PLACES_BYTES_MAX = 64 * 1024 * 1024,
    SERIALS_FIRST = 4,
    STATE_NONE = -1, /* in the table: there are records, and no fold was told yet */
};

/* ---- the map ------------------------------------------------------------------------------- */

/* A dossier's name ends in random bytes, and ascends by random steps. */
static uint32_t bin_of(const struct store_place *place)
{
    uint32_t tail;
    memcpy(&tail, place->dossier.bytes + HEADER_DOSSIER_SIZE - sizeof tail, sizeof tail);
    tail ^= place->pair * 0x9E3779B1u ^ (uint32_t)place->opened_by_partner;
    return (tail ^ tail >> 16) % PLACES_BINS;
}

static bool same(const struct store_place *left, const struct store_place *right)
{
    return left->pair == right->pair && left->opened_by_partner == right->opened_by_partner &&
           memcmp(left->dossier.bytes, right->dossier.bytes, HEADER_DOSSIER_SIZE) == 0;
}

static struct database_place *find(struct database_places *places, const struct store_place *place)
{
    if (!places->count)
        return NULL;
    for (uint32_t at = places->bins[bin_of(place)]; at; at = places->list[at - 1].next)
        if (same(&places->list[at - 1].row.place, place))
            return &places->list[at - 1];
    return NULL;
}

static bool reserve(struct database_places *places)
{
    if (!places->arena)
        places->arena = arena_open(PLACES_BYTES_MAX);
    if (!places->bins)
        places->bins = calloc(PLACES_BINS, sizeof *places->bins);
    if (!places->arena || !places->bins)
        return false;
    if (places->count < places->room)
        return true;
    size_t room = places->room ? 2 * places->room : 64;
    struct database_place *list = reallocarray(places->list, room, sizeof *list);
    if (!list)
        return false;
    places->list = list;
    places->room = room;
    return true;
}

static struct database_place *insert(struct database_places *places,
                                     const struct database_place *added)
{
    uint32_t *bin = &places->bins[bin_of(&added->row.place)];
    struct database_place *place = &places->list[places->count++];
    *place = *added;
    place->next = *bin;
    *bin = (uint32_t)places->count;
    return place;
}

static bool serial_add(struct arena *arena, struct database_place *place, int64_t serial)
{
    assert(!place->count || serial > place->serials[place->count - 1]);
    if (place->count == place->room) {
        size_t room = place->room ? 2 * place->room : SERIALS_FIRST;
        int64_t *serials = arena_take_array(arena, room, sizeof *serials);
        if (!serials)
            return false;
        if (place->count)
            memcpy(serials, place->serials, place->count * sizeof *serials);
        place->serials = serials;
        place->room = room;
    }
    place->serials[place->count++] = serial;
    return true;
}

void database_place_forget(struct database *database)
{
    struct database_places *places = &database->places;
    /* Not all bins: they are more than all else that a small commit touches. */
    for (size_t i = 0; i < places->count; i++)
        places->bins[bin_of(&places->list[i].row.place)] = 0;
    if (places->arena)
        arena_reset(places->arena);
    places->count = 0;
}

void database_place_close(struct database *database)
{
    arena_close(database->places.arena);
    free(database->places.bins);
    free(database->places.list);
}

/* ---- reading ------------------------------------------------------------------------------- */

void database_place_read(struct query *query, struct store_dossier *dossier)
{
    dossier->state = (uint32_t)query_number(query);
    dossier->revision = query_number(query);
    dossier->transcript = query_number(query);
    dossier->lengths[0] = (uint32_t)query_number(query);
    dossier->lengths[1] = (uint32_t)query_number(query);
    dossier->incomplete = (uint32_t)query_number(query);
    dossier->not_understood = (uint32_t)query_number(query);
    dossier->forked[0] = query_number(query);
    dossier->forked[1] = query_number(query);
    dossier->changed_at = (uint64_t)query_number(query);
    /* What was damaged is counted anew: a row's facts follow from its records. */
    if (!facts_unpack(query_view(query), &dossier->facts))
        dossier->facts = (struct facts) {0};
}

static enum fault serials_read(struct arena *arena, struct bytes text, struct database_place *place)
{
    uint64_t serial;
    while (database_text_take(&text, &serial)) {
        if (serial > INT64_MAX ||
            (place->count && (int64_t)serial <= place->serials[place->count - 1]))
            return FAULT_CORRUPT;
        if (!serial_add(arena, place, (int64_t)serial))
            return FAULT_MEMORY;
    }
    return text.size ? FAULT_CORRUPT : FAULT_NONE;
}

static struct database_last *last_slot(struct database *database, const struct store_place *place)
{
    size_t slot = (2 * (size_t)place->pair + place->opened_by_partner) % DATABASE_LAST_MAX;
    return &database->places.last[slot];
}

static bool last_is_of(const struct database_last *last, const struct store_place *place)
{
    return last->pair == place->pair && last->opened_by_partner == place->opened_by_partner;
}

static bool behind(const struct store_place *place, const struct database_last *last)
{
    return memcmp(place->dossier.bytes, last->dossier.bytes, HEADER_DOSSIER_SIZE) > 0;
}

/* A row is going to be there. What is rolled back leaves a name that is too far behind: harmless.
 */
static void last_note(struct database *database, const struct store_place *place)
{
    struct database_last *last = last_slot(database, place);
    if (last_is_of(last, place) && behind(place, last))
        last->dossier = place->dossier;
}

static enum fault last_ask(struct database *database, const struct store_place *place)
{
    struct database_last last = {.pair = place->pair,
                                 .opened_by_partner = place->opened_by_partner};
    struct query query = query_open(database, QUERY_PLACE_LAST);
    query_put_number(&query, place->pair);
    query_put_number(&query, place->opened_by_partner);
    if (query_next(&query))
        query_exact(&query, last.dossier.bytes, sizeof last.dossier.bytes);
    TRY(query_close(&query));
    *last_slot(database, place) = last;
    return FAULT_NONE;
}

/* *new: no row of it can be there. */
static enum fault is_new(struct database *database, const struct store_place *place, bool *new)
{
    const struct database_last *last = last_slot(database, place);
    if (!last_is_of(last, place))
        TRY(last_ask(database, place));
    *new = behind(place, last);
    return FAULT_NONE;
}

static enum fault load(struct database *database, struct database_place *place)
{
    const struct store_place key = place->row.place;
    struct arena *arena = database->places.arena;
    enum fault read = FAULT_NONE;
    struct query query = query_open(database, QUERY_PLACE_GET);
    query_put_number(&query, key.pair);
    query_put_number(&query, key.opened_by_partner);
    query_put_digest(&query, key.dossier.bytes, sizeof key.dossier.bytes);
    if (query_next(&query)) {
        read = serials_read(arena, query_view(&query), place);
        place->folded = query_peek(&query) != STATE_NONE;
        if (place->folded)
            database_place_read(&query, &place->row);
    }
    TRY(query_close(&query));
    if (read)
        database_break(database, read);
    return read;
}

/* Half is for the one dossier that comes next, and for what is written. */
static bool is_full(const struct database_places *places)
{
    return places->count == PLACES_MAX ||
           (places->arena && arena_used(places->arena) > PLACES_BYTES_MAX / 2);
}

enum fault database_place_look(struct database *database, const struct store_place *place,
                               struct database_place **out)
{
    struct database_places *places = &database->places;
    if (!database->open || is_full(places)) {
        TRY(database_place_flush(database));
        database_place_forget(database);
    }
    *out = find(places, place);
    if (*out)
        return FAULT_NONE;
    if (!reserve(places)) {
        database_break(database, FAULT_MEMORY);
        return FAULT_MEMORY;
    }
    struct database_place found = {.row = {.place = *place}};
    bool new;
    TRY(is_new(database, place, &new));
    if (!new)
        TRY(load(database, &found));
    *out = insert(places, &found);
    return FAULT_NONE;
}

/* ---- changing ------------------------------------------------------------------------------ */

enum fault database_place_add(struct database *database, const struct store_place *place,
                              int64_t serial)
{
    struct database_place *entry;
    TRY(database_place_look(database, place, &entry));
    if (!serial_add(database->places.arena, entry, serial)) {
        database_break(database, FAULT_MEMORY);
        return FAULT_MEMORY;
    }
    entry->dirty = true;
    last_note(database, place);
    return FAULT_NONE;
}

enum fault database_place_fold(struct database *database, const struct store_dossier *row)
{
    struct database_place *entry;
    assert(database->open);
    TRY(database->broken);
    TRY(database_place_look(database, &row->place, &entry));
    entry->row = *row;
    entry->folded = entry->dirty = true;
    last_note(database, &row->place);
    return FAULT_NONE;
}

static enum fault write(struct database *database, const struct database_place *entry)
{
    const struct store_dossier *row = &entry->row;
    char *text = arena_take_array(database->places.arena, entry->count + 1, DATABASE_TEXT_NUMBER);
    if (!text) {
        database_break(database, FAULT_MEMORY);
        return FAULT_MEMORY;
    }
    char *end = text;
    for (size_t i = 0; i < entry->count; i++)
        end = database_text_put(end, (uint64_t)entry->serials[i]);
    *end = '\0';
    struct query query = query_open(database, QUERY_PLACE_PUT);
    query_put_number(&query, row->place.pair);
    query_put_number(&query, row->place.opened_by_partner);
    query_put_digest(&query, row->place.dossier.bytes, sizeof row->place.dossier.bytes);
    query_put_text(&query, text);
    query_put_number(&query, entry->folded ? (int64_t)row->state : STATE_NONE);
    query_put_number(&query, row->revision);
    query_put_number(&query, row->transcript);
    query_put_number(&query, row->lengths[0]);
    query_put_number(&query, row->lengths[1]);
    query_put_number(&query, row->incomplete);
    query_put_number(&query, row->not_understood);
    query_put_number(&query, row->forked[0]);
    query_put_number(&query, row->forked[1]);
    query_put_number(&query, (int64_t)row->changed_at);
    uint8_t facts[FACTS_WIRE_MAX];
    query_put_bytes(&query, (struct bytes) {facts, facts_pack(&row->facts, facts)});
    return query_run(&query);
}

enum fault database_place_flush(struct database *database)
{
    struct database_places *places = &database->places;
    for (size_t i = 0; i < places->count; i++) {
        if (!places->list[i].dirty)
            continue;
        struct arena_mark mark = arena_mark(places->arena);
        TRY(write(database, &places->list[i]));
        arena_rewind(places->arena, mark); /* its text */
        places->list[i].dirty = false;
    }
    return FAULT_NONE;
}
