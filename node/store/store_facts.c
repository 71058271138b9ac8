#include "store/store_facts.h"

#include "store/sound.h"

#include <assert.h>

enum {
    PAGE = 256,
    ARENA = 64 * 1024 * 1024,
    MINUTE_MS = 60 * 1000,
    DAY_MINUTES = 24 * 60,
    TIME_SIZE = 6,
    VALUE_ARENA = 2 * STORE_VALUE_MAX,
};

static const char behind_name[] = "facts/behind"; /* put there by a step of store/schema.c */

/* A dossier's name begins with the milliseconds of its first record. */
static uint32_t opened_on(const struct header_dossier *dossier)
{
    uint64_t ms = 0;
    for (size_t i = 0; i < TIME_SIZE; i++)
        ms = ms << 8 | dossier->bytes[i];
    return (uint32_t)(ms / MINUTE_MS / DAY_MINUTES);
}

static size_t position_of(const struct store_facts_view *view, const struct digest *id)
{
    size_t i = 0;
    while (i < view->count && !digest_equal(&view->records[i].id, id))
        i++;
    return i;
}

/* *body NULL: it is not here, or no body of its kind. */
static enum fault body_load(struct store *store, const struct store_facts_view *view, size_t i,
                            struct arena *arena, const ProtobufCMessage **body)
{
    const struct header *header = &view->headers[i];
    const struct kind *kind = kind_find(header->kind, header->schema);
    struct store_record *record;
    if (view->fresh && digest_equal(view->fresh, &header->id)) {
        *body = view->body;
        return FAULT_NONE;
    }
    *body = NULL;
    TRY(store->record_get(store, view->records[i].serial, arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    if (!kind || !record->salt.size || record->flags & STORE_ASIDE)
        return FAULT_NONE;
    TRY(sound_check(record, header));
    ProtobufCMessage *message = NULL;
    enum verdict read = kind_body_read(kind, record->body, arena, &message);
    *body = read ? NULL : message;
    return read == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_NONE;
}

static enum fault source_update(struct store *store, const struct store_facts_view *view,
                                enum facts_source source, struct arena *arena, struct facts *facts)
{
    size_t i = position_of(view, facts_source(view->dossier, source));
    const ProtobufCMessage *body = NULL;
    int64_t serial = i < view->count ? view->records[i].serial : 0;
    if (serial == facts->sources[source])
        return FAULT_NONE;
    bool incoming = view->place->opened_by_partner, reads = facts_reads(source, incoming);
    if (serial && reads)
        TRY(body_load(store, view, i, arena, &body));
    facts_read(facts, source, incoming, body);
    facts_said(facts, source, serial ? view->headers[i].issued_at : 0);
    facts->sources[source] = body || !reads ? serial : 0;
    return FAULT_NONE;
}

enum fault store_facts_update(struct store *store, const struct store_facts_view *view,
                              struct arena *arena, struct facts *facts)
{
    struct arena_mark mark = arena_mark(arena);
    assert(view->place && view->dossier);
    if (dossier_family(view->dossier->state) != KIND_MOBILITY) {
        *facts = (struct facts) {0};
        return FAULT_NONE;
    }
    for (enum facts_source source = 0; source < FACTS_SOURCES; source++)
        TRY(source_update(store, view, source, arena, facts));
    facts->nominated = opened_on(&view->place->dossier);
    arena_rewind(arena, mark);
    return FAULT_NONE;
}

/* ---- all of them ---- */

enum fault store_facts_behind(struct store *store, bool *behind)
{
    struct arena *arena = arena_open(VALUE_ARENA);
    struct bytes value;
    if (!arena)
        return FAULT_MEMORY;
    enum fault fault = store->value_get(store, behind_name, arena, &value);
    if (!fault)
        *behind = value.size > 0;
    arena_close(arena);
    return fault;
}

/* As the engine folds it: what cannot be read any more is left to whoever opens the dossier. */
static enum fault count_one(struct store *store, struct store_dossier *row, struct arena *arena)
{
    const struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    struct store_facts_view view = {.place = &row->place};
    struct store_record *records;
    struct dossier dossier;
    TRY(store->record_list(store, &row->place, false, arena, &records, &view.count));
    struct header *headers = arena_take_array(arena, view.count + 1, sizeof *headers);
    struct dossier_entry *entries = arena_take_array(arena, view.count + 1, sizeof *entries);
    if (!headers || !entries)
        return FAULT_MEMORY;
    for (size_t i = 0; i < view.count; i++) {
        enum verdict read = header_read_held(records[i].header, arena, &headers[i]);
        if (read)
            return read == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
        dossier_entry_of(&headers[i], &entries[i]);
    }
    dossier_fold(entries, view.count, all, &dossier);
    view.records = records;
    view.headers = headers;
    view.dossier = &dossier;
    row->facts = (struct facts) {0};
    return store_facts_update(store, &view, arena, &row->facts);
}

/* One record that rotted keeps its own dossier from being counted, and no other. */
static enum fault count_page(struct store *store, struct store_dossier *page, size_t count,
                             struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(arena);
        enum fault fault = count_one(store, &page[i], arena);
        arena_rewind(arena, mark);
        if (fault == FAULT_CORRUPT)
            continue;
        TRY(fault);
        TRY(store->dossier_put(store, &page[i]));
    }
    return FAULT_NONE;
}

static enum fault rebuild(struct store *store, struct arena *arena)
{
    struct store_dossier_query query = {.opened_by_partner = -1, .max = PAGE};
    struct store_dossier *page;
    struct store_place last;
    size_t count;
    do {
        TRY(store->begin(store));
        enum fault fault = store->dossier_list(store, &query, arena, &page, &count);
        if (!fault)
            fault = count_page(store, page, count, arena);
        if (!fault && count < PAGE)
            fault = store->value_remove(store, behind_name);
        if (fault) {
            store->rollback(store);
            return fault;
        }
        TRY(store->commit(store));
        if (count)
            last = page[count - 1].place;
        query.after = &last;
        arena_reset(arena);
    } while (count == PAGE);
    return FAULT_NONE;
}

enum fault store_facts_rebuild(struct store *store)
{
    struct arena *arena = arena_open(ARENA);
    enum fault fault = arena ? rebuild(store, arena) : FAULT_MEMORY;
    assert(!store->inside(store));
    arena_close(arena);
    return fault;
}
