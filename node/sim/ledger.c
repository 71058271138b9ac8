#include "sim/ledger.h"

#include "sim/checks.h"
#include "sim/tenure.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 256 * 1024 * 1024, PAGE = 512, ROOM = 64, WORD_MAX = 512, NAME_MAX_SIZE = 160 };

/* A record of this node's own that waits for its receipt. */
struct waiting {
    int64_t serial;
    size_t record;
};

/* What was read of one store. */
struct reader {
    int64_t serial; /* the last one that was read */
    struct store_pair *pairs;
    size_t pair_count;
    struct waiting *waiting;
    size_t waiting_count, waiting_room;
};

/* What was answered under an idempotency key. */
struct promise {
    size_t own;
    uint64_t restores; /* of it until then */
    struct digest key, id;
    bool ready;
};

struct ledger {
    const struct world *world;
    struct arena *arena;  /* of one look */
    struct arena *ground; /* pairs */
    struct ledger_party *parties;
    struct reader *readers; /* by the number of a host */
    size_t count;
    struct ledger_record *records;
    size_t record_count, record_room;
    size_t *table, *slots; /* of records, by id and by place: number + 1, 0 is free */
    size_t table_size;     /* of each: a power of two */
    struct promise *promises;
    size_t promise_count, promise_room;
    char wrong[WORD_MAX], name[NAME_MAX_SIZE];
};

static bool grow(void **list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    size_t more = *room ? 2 * *room : ROOM;
    void *larger = realloc(*list, more * size);
    if (larger) {
        *list = larger;
        *room = more;
    }
    return larger;
}

static const char *wrong(struct ledger *ledger, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first one stays. */
static const char *wrong(struct ledger *ledger, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!*ledger->wrong)
        vsnprintf(ledger->wrong, sizeof ledger->wrong, format, list);
    va_end(list);
    return ledger->wrong;
}

static const char *schac(const struct ledger *ledger, size_t institution)
{
    return world_institution(ledger->world, institution);
}

/* ---- opening ---- */

struct ledger *ledger_open(const struct world *world)
{
    struct ledger *ledger = calloc(1, sizeof *ledger);
    if (!ledger)
        return NULL;
    ledger->world = world;
    ledger->count = world_count(world);
    ledger->table_size = ROOM;
    ledger->arena = arena_open(ARENA);
    ledger->ground = arena_open(ARENA);
    ledger->parties = calloc(ledger->count, sizeof *ledger->parties);
    ledger->readers = calloc(ledger->count, sizeof *ledger->readers);
    ledger->table = calloc(ROOM, sizeof *ledger->table);
    ledger->slots = calloc(ROOM, sizeof *ledger->slots);
    if (ledger->arena && ledger->ground && ledger->parties && ledger->readers && ledger->table &&
        ledger->slots)
        return ledger;
    ledger_close(ledger);
    return NULL;
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger)
        return;
    for (size_t i = 0; ledger->readers && i < ledger->count; i++)
        free(ledger->readers[i].waiting);
    free(ledger->parties);
    free(ledger->readers);
    free(ledger->records);
    free(ledger->table);
    free(ledger->slots);
    free(ledger->promises);
    arena_close(ledger->arena);
    arena_close(ledger->ground);
    free(ledger);
}

size_t ledger_home(const struct ledger *ledger, size_t institution)
{
    const struct store *store = world_store(ledger->world, institution);
    size_t home = 0;
    while (world_store(ledger->world, home) != store)
        home++;
    return home;
}

/* ---- records by id, and by their place ---- */

static size_t hash_id(const struct ledger_record *record)
{
    return (size_t)bytes_read_u64le(record->id.bytes);
}

static size_t hash_slot(const struct ledger_record *record)
{
    uint64_t sum = bytes_read_u64le(record->dossier.bytes + 8);
    uint64_t place = (uint64_t)record->author << 40 ^ (uint64_t)record->audience << 24 ^
                     (uint64_t)record->lane << 20 ^ record->index;
    return (size_t)((sum ^ place) * 0x9fb21c651e98df25 >> 17);
}

static bool same_id(const struct ledger_record *one, const struct ledger_record *other)
{
    return one->author == other->author && digest_equal(&one->id, &other->id);
}

static bool same_slot(const struct ledger_record *one, const struct ledger_record *other)
{
    return one->author == other->author && one->audience == other->audience &&
           one->opened_by_author == other->opened_by_author && one->lane == other->lane &&
           one->index == other->index &&
           memcmp(&one->dossier, &other->dossier, sizeof one->dossier) == 0;
}

typedef size_t hash_of(const struct ledger_record *record);
typedef bool is_same(const struct ledger_record *one, const struct ledger_record *other);

/* Where it stands, or would. */
static size_t *table_at(const struct ledger *ledger, size_t *table,
                        const struct ledger_record *record, hash_of *hash, is_same *same)
{
    size_t at = hash(record) & (ledger->table_size - 1);
    while (table[at] && !same(&ledger->records[table[at] - 1], record))
        at = (at + 1) & (ledger->table_size - 1);
    return &table[at];
}

static bool tables_grow(struct ledger *ledger)
{
    if (2 * ledger->record_count < ledger->table_size)
        return true;
    size_t size = 2 * ledger->table_size;
    size_t *table = calloc(size, sizeof *table), *slots = calloc(size, sizeof *slots);
    if (!table || !slots) {
        free(table);
        free(slots);
        return false;
    }
    free(ledger->table);
    free(ledger->slots);
    ledger->table = table;
    ledger->slots = slots;
    ledger->table_size = size;
    for (size_t i = 0; i < ledger->record_count; i++) {
        const struct ledger_record *record = &ledger->records[i];
        *table_at(ledger, table, record, hash_id, same_id) = i + 1;
        *table_at(ledger, slots, record, hash_slot, same_slot) = i + 1;
    }
    return true;
}

const struct ledger_record *ledger_record(const struct ledger *ledger, size_t number)
{
    return number < ledger->record_count ? &ledger->records[number] : NULL;
}

const struct ledger_record *ledger_find(const struct ledger *ledger, size_t author,
                                        const struct digest *id)
{
    struct ledger_record record = {.id = *id, .author = author};
    size_t known = *table_at(ledger, ledger->table, &record, hash_id, same_id);
    return known ? &ledger->records[known - 1] : NULL;
}

const struct ledger_party *ledger_party(const struct ledger *ledger, size_t institution)
{
    assert(institution < ledger->count);
    return &ledger->parties[institution];
}

const char *ledger_name(struct ledger *ledger, const struct ledger_record *record)
{
    char dossier[HEADER_DOSSIER_TEXT];
    header_dossier_text(&record->dossier, dossier);
    snprintf(ledger->name, sizeof ledger->name, "%s %s lane %u index %u to %s",
             schac(ledger, record->author), dossier, record->lane, record->index,
             schac(ledger, record->audience));
    return ledger->name;
}

/* 0: it is not there. */
static int64_t serial_at(struct ledger *ledger, size_t institution,
                         const struct ledger_record *record)
{
    size_t other = institution == record->author ? record->audience : record->author;
    struct store *store = world_store(ledger->world, institution);
    struct arena_mark mark = arena_mark(ledger->arena);
    struct store_place place = {
        .pair = checks_pair(ledger->world, institution, other, ledger->arena),
        .opened_by_partner = record->opened_by_author != (institution == record->author),
        .dossier = record->dossier,
    };
    int64_t serial = 0;
    arena_rewind(ledger->arena, mark);
    if (!place.pair ||
        store->record_find(store, &place, record->lane, record->index, &record->id, &serial))
        return 0;
    return serial;
}

bool ledger_holds(struct ledger *ledger, size_t institution, const struct ledger_record *record)
{
    return serial_at(ledger, institution, record);
}

bool ledger_shows(struct ledger *ledger, const struct ledger_record *record)
{
    struct store *store = world_store(ledger->world, record->author);
    struct store_receipt_link link = {0};
    int64_t serial = serial_at(ledger, record->author, record);
    return serial && !store->receipt_of(store, serial, &link) && link.receipt;
}

/* ---- reading a store ---- */

static const struct store_pair *pair_of(struct ledger *ledger, size_t home, uint32_t number)
{
    struct reader *reader = &ledger->readers[home];
    struct store *store = world_store(ledger->world, home);
    for (int i = 0; i < 2; i++) {
        for (size_t p = 0; p < reader->pair_count; p++)
            if (reader->pairs[p].pair == number)
                return &reader->pairs[p];
        if (store->pair_list(store, ledger->ground, &reader->pairs, &reader->pair_count))
            reader->pair_count = 0;
    }
    return NULL;
}

/* Two statements for one place: only where the first one was lost with all who had it. */
static void slot_take(struct ledger *ledger, size_t number)
{
    const struct ledger_record *record = &ledger->records[number];
    size_t *slot = table_at(ledger, ledger->slots, record, hash_slot, same_slot);
    if (*slot && !ledger->records[*slot - 1].lost && !ledger->parties[record->author].distrusted)
        wrong(ledger, "I12: %s: it signed two statements for this place",
              ledger_name(ledger, record));
    *slot = number + 1;
}

/* Its number; SIZE_MAX when memory is refused. */
static size_t record_enter(struct ledger *ledger, const struct ledger_record *record)
{
    size_t *known = table_at(ledger, ledger->table, record, hash_id, same_id);
    if (*known)
        return *known - 1;
    if (!grow((void **)&ledger->records, ledger->record_count, &ledger->record_room,
              sizeof *ledger->records) ||
        !tables_grow(ledger))
        return SIZE_MAX;
    ledger->records[ledger->record_count] = *record;
    *table_at(ledger, ledger->table, record, hash_id, same_id) = ++ledger->record_count;
    slot_take(ledger, ledger->record_count - 1);
    return ledger->record_count - 1;
}

static void row_read(struct ledger *ledger, size_t home, const struct store_record *row)
{
    struct reader *reader = &ledger->readers[home];
    const struct store_pair *pair = pair_of(ledger, home, row->place.pair);
    bool ours = row->flags & STORE_OURS;
    size_t own, partner;
    if (!pair || !world_find(ledger->world, pair->own, &own) ||
        !world_find(ledger->world, pair->partner, &partner))
        return;
    struct ledger_record record = {
        .id = row->id,
        .author = ours ? own : partner,
        .audience = ours ? partner : own,
        .dossier = row->place.dossier,
        .opened_by_author = ours != row->place.opened_by_partner,
        .lane = row->lane,
        .index = row->index,
        .kind = row->kind,
    };
    size_t number = record_enter(ledger, &record);
    if (number != SIZE_MAX && !ours && !ledger->records[number].taken)
        ledger->records[number].taken = world_catalogue_at(ledger->world, home)->version;
    if (number == SIZE_MAX || !ours ||
        !grow((void **)&reader->waiting, reader->waiting_count, &reader->waiting_room,
              sizeof *reader->waiting))
        return;
    reader->waiting[reader->waiting_count++] = (struct waiting) {row->serial, number};
}

/* What came since the last look. */
static void store_read(struct ledger *ledger, size_t home)
{
    struct reader *reader = &ledger->readers[home];
    struct store *store = world_store(ledger->world, home);
    struct store_record *rows;
    size_t page;
    do {
        arena_reset(ledger->arena);
        if (store->record_scan(store, reader->serial, PAGE, ledger->arena, &rows, &page))
            return;
        for (size_t i = 0; i < page; i++) {
            row_read(ledger, home, &rows[i]);
            reader->serial = rows[i].serial;
        }
    } while (page == PAGE);
}

/* By what its author knew in that moment: later its key may end, and the receipt still counts. */
static void receipt_judge(struct ledger *ledger, size_t home, const struct ledger_record *record,
                          int64_t number)
{
    struct store *store = world_store(ledger->world, home);
    struct arena_mark mark = arena_mark(ledger->arena);
    struct store_signed *receipt = NULL;
    const char *why = "it cannot be read";
    if (!store->receipt_get(store, number, ledger->arena, &receipt) && receipt)
        why = tenure_receipt(world_catalogue_at(ledger->world, home),
                             schac(ledger, record->audience), receipt->wire);
    if (why)
        wrong(ledger, "I5: the receipt of %s: %s", ledger_name(ledger, record), why);
    arena_rewind(ledger->arena, mark);
}

/* Who has a receipt believes that the other holds the record: now, not some day. */
static void receipts_read(struct ledger *ledger, size_t home)
{
    struct reader *reader = &ledger->readers[home];
    struct store *store = world_store(ledger->world, home);
    size_t left = 0;
    for (size_t i = 0; i < reader->waiting_count; i++) {
        struct waiting waits = reader->waiting[i];
        struct ledger_record *record = &ledger->records[waits.record];
        struct store_receipt_link link = {0};
        if (store->receipt_of(store, waits.serial, &link) || !link.receipt) {
            reader->waiting[left++] = waits;
            continue;
        }
        bool first = !record->receipted;
        record->receipted = true;
        if (first && !record->lost && !ledger->parties[record->audience].distrusted &&
            !ledger->parties[record->audience].restored &&
            !ledger_holds(ledger, record->audience, record))
            wrong(ledger, "I1: %s is receipted, and the receiver does not hold it",
                  ledger_name(ledger, record));
        if (first && !ledger->parties[record->author].distrusted)
            receipt_judge(ledger, home, record, link.receipt);
    }
    reader->waiting_count = left;
}

/* ---- what happens ---- */

static void promise_note(struct ledger *ledger, size_t own, const struct world_event *event)
{
    const struct event_answer *answer = event->answer;
    struct promise *promise = ledger->promises, new = {.own = own, .id = answer->id};
    digest_of(DIGEST_REQUEST, event->submission->request, &new.key);
    new.restores = ledger->parties[own].restores;
    new.ready = answer->ready;
    size_t i = 0;
    while (i < ledger->promise_count &&
           (promise[i].own != own || !digest_equal(&promise[i].key, &new.key)))
        i++;
    if (i == ledger->promise_count) {
        if (grow((void **)&ledger->promises, i, &ledger->promise_room, sizeof *promise))
            ledger->promises[ledger->promise_count++] = new;
        return;
    }
    if (answer->repeated && !answer->ready && !promise[i].ready &&
        !digest_equal(&promise[i].id, &answer->id))
        wrong(ledger, "I2: %s answered a repeated request with another record", schac(ledger, own));
    if (!answer->repeated && promise[i].restores == new.restores)
        wrong(ledger, "I2: at %s one request under one key had two effects", schac(ledger, own));
    promise[i] = new;
}

static void answer_note(struct ledger *ledger, const struct world_event *event)
{
    const struct event_answer *answer = event->answer;
    size_t own;
    if (!world_find(ledger->world, event->submission->own, &own))
        return;
    struct ledger_party *party = &ledger->parties[own];
    party->unanswered += answer->verdict == VERDICT_INTERNAL;
    if (answer->verdict)
        return;
    if (event->submission->request.size)
        promise_note(ledger, own, event);
    party->ready += answer->ready && !answer->repeated;
    if (answer->ready || answer->repeated)
        return;
    struct ledger_record record = {.id = answer->id, .author = own};
    size_t known = *table_at(ledger, ledger->table, &record, hash_id, same_id);
    if (known)
        ledger->records[known - 1].answered = true;
    else
        wrong(ledger, "I1: %s answered that a record is kept, and its store does not have it",
              schac(ledger, own));
}

/* What nobody has any more may be missing from now on. */
static void restore_note(struct ledger *ledger, size_t home)
{
    struct reader *reader = &ledger->readers[home];
    reader->serial = 0;
    reader->waiting_count = reader->pair_count = 0;
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger_home(ledger, i) == home) {
            ledger->parties[i].restored = true;
            ledger->parties[i].restores++;
        }
    for (size_t i = 0; i < ledger->record_count; i++) {
        struct ledger_record *record = &ledger->records[i];
        if (!record->lost && !ledger_holds(ledger, record->author, record) &&
            !ledger_holds(ledger, record->audience, record))
            record->lost = true;
    }
}

const char *ledger_note(struct ledger *ledger, const struct world_event *event)
{
    bool arrived = event->deed == WORLD_ARRIVED;
    *ledger->wrong = '\0';
    switch (event->deed) {
    case WORLD_RESTORED: restore_note(ledger, event->node); break;
    case WORLD_LEFT:
        if (strcmp(event->what, "deliver") != 0 && strcmp(event->what, "receipt") != 0)
            return NULL;
        break;
    case WORLD_ARRIVED:
        if (strcmp(event->what, "receipt") != 0 || event->refused)
            return NULL;
        break;
    case WORLD_SUBMITTED:
    case WORLD_STOPPED:
    case WORLD_BACKED_UP: break;
    default: return NULL;
    }
    size_t home = arrived ? event->other : event->node;
    if (!arrived) /* then its group is still open, and may be taken back */
        store_read(ledger, home);
    receipts_read(ledger, home);
    if (event->deed == WORLD_SUBMITTED)
        answer_note(ledger, event);
    return *ledger->wrong ? ledger->wrong : NULL;
}

void ledger_distrust(struct ledger *ledger, size_t institution)
{
    assert(institution < ledger->count);
    ledger->parties[institution].distrusted = true;
}
