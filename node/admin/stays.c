#include "admin/stays.h"

#include "admin/import_row.h"
#include "base/instant.h"
#include "engine/feed.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAGE = 500,
    BEHIND_MAX = 50000, /* more events than this are not read: all is read anew */
    BUCKETS = 1 << 16,
    NONE = -1,
};

/* One dossier. A place that was told of keeps its entry for ever; `counts` says whether it is a
 * stay now. */
struct entry {
    struct store_place place;
    struct digest person;
    struct eligibility_stay stay;
    int64_t revision; /* that it was read from; 0: none, since its state says that it is no stay */
    bool counts;
    int32_t next_of_place, next_of_person; /* within their buckets */
};

struct stays {
    struct entry *entries;
    size_t count, room;
    int32_t by_place[BUCKETS], by_person[BUCKETS];
    int64_t cursor; /* events up to it were read */
    size_t undone;  /* as the store had it: what was read may never have been if it has more now */
    bool begun, full;
    int64_t *said; /* records told of by stays_said whose events come, ascending */
    size_t said_count, said_room;
};

struct stays *stays_open(void)
{
    return calloc(1, sizeof(struct stays));
}

void stays_close(struct stays *stays)
{
    if (!stays)
        return;
    free(stays->entries);
    free(stays->said);
    free(stays);
}

static void clear(struct stays *stays)
{
    stays->count = stays->said_count = 0;
    stays->begun = stays->full = false;
    for (size_t i = 0; i < BUCKETS; i++)
        stays->by_place[i] = stays->by_person[i] = NONE;
}

/* Names of dossiers end in dice, and digests are nothing else. */
static size_t bucket_of_place(const struct store_place *place)
{
    uint32_t hash = place->pair * 2654435761u + place->opened_by_partner;
    for (size_t i = 0; i < sizeof place->dossier.bytes; i++)
        hash = (hash ^ place->dossier.bytes[i]) * 16777619u;
    return (hash ^ hash >> 16) % BUCKETS;
}

static size_t bucket_of_person(const struct digest *person)
{
    return bytes_read_u32le(digest_bytes(person).data) % BUCKETS;
}

static bool same_place(const struct store_place *left, const struct store_place *right)
{
    return left->pair == right->pair && left->opened_by_partner == right->opened_by_partner &&
           memcmp(&left->dossier, &right->dossier, sizeof left->dossier) == 0;
}

static struct entry *entry_find(const struct stays *stays, const struct store_place *place)
{
    for (int32_t i = stays->by_place[bucket_of_place(place)]; i != NONE;
         i = stays->entries[i].next_of_place)
        if (same_place(&stays->entries[i].place, place))
            return &stays->entries[i];
    return NULL;
}

static void person_unlink(struct stays *stays, struct entry *entry)
{
    int32_t own = (int32_t)(entry - stays->entries);
    int32_t *link = &stays->by_person[bucket_of_person(&entry->person)];
    while (*link != own) {
        assert(*link != NONE);
        link = &stays->entries[*link].next_of_person;
    }
    *link = entry->next_of_person;
    entry->counts = false;
}

static void person_link(struct stays *stays, struct entry *entry)
{
    int32_t *first = &stays->by_person[bucket_of_person(&entry->person)];
    entry->next_of_person = *first;
    *first = (int32_t)(entry - stays->entries);
    entry->counts = true;
}

/* NULL in *out where there are too many. */
static enum fault entry_make(struct stays *stays, const struct store_place *place,
                             struct entry **out)
{
    *out = NULL;
    stays->full = stays->count == STAYS_MAX;
    if (stays->full)
        return FAULT_NONE;
    if (stays->count == stays->room) {
        size_t room = stays->room ? stays->room * 2 : 1024;
        struct entry *grown = reallocarray(stays->entries, room, sizeof *grown);
        if (!grown)
            return FAULT_MEMORY;
        stays->entries = grown;
        stays->room = room;
    }
    int32_t *first = &stays->by_place[bucket_of_place(place)];
    struct entry *entry = &stays->entries[stays->count];
    *entry = (struct entry) {.place = *place, .next_of_place = *first};
    *first = (int32_t)stays->count++;
    *out = entry;
    return FAULT_NONE;
}

/* ---- what a dossier says -----------------------------------------------------------------------
 */

/* Neither refused nor taken back: what was planned counts as what was done, until it is not. */
static bool state_counts(enum dossier_state state)
{
    switch (state) {
    case DOSSIER_PENDING:
    case DOSSIER_ACCEPTED:
    case DOSSIER_REOPENED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_WAITLISTED:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_RECOGNISED: return true;
    default: return false;
    }
}

/* Whoever the same row of a list would be, wherever he goes: see import_row_key. */
enum fault stays_person(const Peregrin__Nomination *nomination, struct arena *arena,
                        struct stays_person *person)
{
    Peregrin__Nomination who = PEREGRIN__NOMINATION__INIT;
    who.person = nomination->person;
    person->known = who.person && (who.person->esi || who.person->birth_date);
    return !person->known || import_row_key("", &who, arena, &person->key) ? FAULT_NONE
                                                                           : FAULT_MEMORY;
}

static bool day_of(const char *text, int64_t *day)
{
    return text && instant_date(bytes_text(text), day);
}

bool stays_stay(const Peregrin__Nomination *nomination, struct eligibility_stay *stay)
{
    if (!day_of(nomination->start, &stay->first) || !day_of(nomination->end, &stay->last) ||
        stay->last < stay->first ||
        nomination->mobility == PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL)
        return false;
    stay->eqf = nomination->has_eqf ? nomination->eqf : 0;
    return true;
}

/* With what dossiers are read. */
struct reading {
    struct store *store;
    const struct look *look;
    struct arena *arena;
};

/* What a partner said is looked into under watch: this is read again at every start, and one record
 * that ends the node must not end it for ever. */
static enum fault nomination_of(const struct reading *reading, int64_t serial,
                                const Peregrin__Nomination **out)
{
    struct store_record *record;
    ProtobufCMessage *body = NULL;
    *out = NULL;
    if (!serial)
        return FAULT_NONE;
    TRY(reading->store->record_get(reading->store, serial, reading->arena, &record));
    if (!record || record->body.size == 0 || record->flags & STORE_ASIDE)
        return FAULT_NONE;
    bool ours = record->flags & STORE_OURS;
    if (!ours && !look_begin(reading->look, "a partner", &record->id)) /* nor does any list look */
        return reading->store->inside(reading->store)
                   ? reading->store->record_flag(reading->store, serial, STORE_ASIDE, 0)
                   : FAULT_NONE;
    enum fault fault = dossier_view_body(record, reading->arena, &body);
    if (!ours)
        look_end(reading->look);
    if (!fault && body && body->descriptor == &peregrin__nomination__descriptor)
        *out = (const Peregrin__Nomination *)body;
    return fault;
}

static enum fault row_take(struct stays *stays, const struct reading *reading,
                           const struct store_dossier *row)
{
    const Peregrin__Nomination *nomination = NULL;
    struct entry *entry = entry_find(stays, &row->place);
    struct stays_person person = {0};
    struct arena_mark mark = arena_mark(reading->arena);
    int64_t revision = state_counts((enum dossier_state)row->state) ? row->revision : 0;
    if (entry ? entry->revision == revision : !revision)
        return FAULT_NONE;
    TRY(nomination_of(reading, revision, &nomination));
    if (!entry)
        TRY(entry_make(stays, &row->place, &entry));
    if (!entry)
        return FAULT_NONE;
    entry->revision = revision;
    if (entry->counts)
        person_unlink(stays, entry);
    if (nomination && stays_stay(nomination, &entry->stay))
        TRY(stays_person(nomination, reading->arena, &person));
    entry->person = person.key;
    if (person.known)
        person_link(stays, entry);
    arena_rewind(reading->arena, mark);
    return FAULT_NONE;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static enum fault read_all(struct stays *stays, const struct reading *reading)
{
    struct store_dossier_query query = {
        .states = dossier_family_states(KIND_MOBILITY), .opened_by_partner = -1, .max = PAGE};
    struct store_place last;
    struct arena_mark mark = arena_mark(reading->arena);
    size_t count = PAGE;
    clear(stays);
    for (; count == PAGE; query.after = &last) {
        struct store_dossier *rows;
        TRY(reading->store->dossier_list(reading->store, &query, reading->arena, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(row_take(stays, reading, &rows[i]));
        if (count)
            last = rows[count - 1].place;
        arena_rewind(reading->arena, mark);
    }
    return FAULT_NONE;
}

static enum fault place_take(struct stays *stays, const struct reading *reading,
                             const struct store_place *place)
{
    struct store_dossier row;
    bool found;
    TRY(reading->store->dossier_get(reading->store, place, &found, &row));
    if (!found)
        row = (struct store_dossier) {.place = *place};
    return row_take(stays, reading, &row);
}

/* What changes no dossier, and what is known already, has no place looked up. */
static bool event_matters(const struct stays *stays, const struct store_event *event)
{
    size_t low = 0, high = stays->said_count;
    switch ((enum feed_kind)event->kind) {
    case FEED_RECORD_WRITTEN:
    case FEED_RECORD_RECEIVED:
    case FEED_DOSSIER_CHANGED:
    case FEED_RECORD_RESTORED: break;
    default: return false;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stays->said[middle] < event->serial)
            low = middle + 1;
        else
            high = middle;
    }
    return low == stays->said_count || stays->said[low] != event->serial;
}

static enum fault read_events(struct stays *stays, const struct reading *reading, int64_t newest)
{
    struct arena_mark mark = arena_mark(reading->arena);
    struct store_place last = {0};
    size_t count = PAGE;
    while (stays->cursor < newest && count == PAGE) {
        struct store_event *events;
        TRY(reading->store->event_scan(reading->store, stays->cursor, PAGE, reading->arena, &events,
                                       &count));
        for (size_t i = 0; i < count; i++) {
            if (!event_matters(stays, &events[i]))
                continue;
            TRY(reading->store->event_place(reading->store, reading->arena, &events[i]));
            /* What happens to a dossier happens at once, and is told piece by piece. */
            if (!events[i].serial || same_place(&events[i].place, &last))
                continue;
            last = events[i].place;
            TRY(place_take(stays, reading, &last));
        }
        stays->cursor = count ? events[count - 1].cursor : newest;
        arena_rewind(reading->arena, mark);
    }
    stays->said_count = 0;
    return FAULT_NONE;
}

enum fault stays_refresh(struct stays *stays, struct store *store, const struct look *look,
                         struct arena *arena)
{
    const struct reading as = {store, look, arena}, *reading = &as;
    int64_t oldest, newest;
    TRY(store->event_bounds(store, &oldest, &newest));
    bool behind =
        newest < stays->cursor || newest - stays->cursor > BEHIND_MAX || oldest > stays->cursor + 1;
    if (stays->begun && !behind && stays->undone == store->undone)
        return read_events(stays, reading, newest);
    TRY(read_all(stays, reading));
    stays->cursor = newest;
    stays->undone = store->undone;
    stays->begun = true;
    return FAULT_NONE;
}

static enum fault said_add(struct stays *stays, int64_t serial)
{
    if (stays->said_count == stays->said_room) {
        size_t room = stays->said_room ? stays->said_room * 2 : 256;
        int64_t *grown = reallocarray(stays->said, room, sizeof *grown);
        if (!grown)
            return FAULT_MEMORY;
        stays->said = grown;
        stays->said_room = room;
    }
    assert(!stays->said_count || stays->said[stays->said_count - 1] < serial);
    stays->said[stays->said_count++] = serial;
    return FAULT_NONE;
}

enum fault stays_said(struct stays *stays, const struct store_place *place, int64_t serial,
                      const Peregrin__Nomination *nomination, const struct stays_person *person)
{
    struct entry *entry;
    if (!stays->begun)
        return FAULT_NONE;
    assert(!entry_find(stays, place));
    TRY(entry_make(stays, place, &entry));
    if (!entry)
        return FAULT_NONE;
    entry->revision = serial;
    entry->person = person->key;
    if (stays_stay(nomination, &entry->stay) && person->known)
        person_link(stays, entry);
    return said_add(stays, serial);
}

/* ---- asking ------------------------------------------------------------------------------------
 */

/* Where both institutions are here, one stay has two places with one name. */
static bool listed(const struct entry *const *found, size_t count, const struct entry *entry)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(&found[i]->place.dossier, &entry->place.dossier, HEADER_DOSSIER_SIZE) == 0)
            return true;
    return false;
}

enum fault stays_find(const struct stays *stays, const struct stays_person *person,
                      const struct header_dossier *without, struct arena *arena,
                      struct eligibility_stay **out, size_t *count, bool *known)
{
    const struct entry *found[STAYS_OF_ONE_MAX];
    *count = 0;
    *out = NULL;
    *known = person->known && stays->begun && !stays->full;
    if (!*known)
        return FAULT_NONE;
    for (int32_t i = stays->by_person[bucket_of_person(&person->key)];
         i != NONE && *count < STAYS_OF_ONE_MAX; i = stays->entries[i].next_of_person) {
        const struct entry *entry = &stays->entries[i];
        bool own = without && memcmp(without, &entry->place.dossier, sizeof *without) == 0;
        if (!own && import_row_same(&entry->person, &person->key) && !listed(found, *count, entry))
            found[(*count)++] = entry;
    }
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = found[i]->stay;
    return *out ? FAULT_NONE : FAULT_MEMORY;
}
