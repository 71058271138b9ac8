#include "stream/flight.h"

#include "base/broken.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A record in flight, in a pool; free entries are chained by `next`. */
struct entry {
    struct digest id;
    int64_t serial;
    uint64_t position;
    uint32_t previous, next; /* in its Deliver, in the order of sending */
    bool out;                /* in flight; otherwise free */
};

/* A Deliver in flight. */
struct deliver {
    uint64_t position;
    size_t bytes;
    uint32_t first; /* entry; NOWHERE: all have their receipts, the Deliver has left */
    uint32_t last;
    int64_t serial; /* of the record that left last; 0: none, or the Deliver was refused */
};

enum { CAPACITY_MIN = 8, NOWHERE = UINT32_MAX };

/* Arrays double on demand up to FLIGHT_RECORDS_MAX, and go when all that was in flight has landed:
 * a hundred thousand idle streams cost next to nothing, also after a busy day. */
struct flight {
    size_t capacity;          /* 0: nothing is under way, and there are no arrays */
    struct entry *entries;    /* the other arrays stand behind it in one piece of memory */
    struct deliver *delivers; /* ascending by position, gone ones among them */
    int64_t *serials;         /* what flight_go_back shows */
    uint32_t *table;          /* 2 * capacity: id -> entry, open addressing */
    uint32_t vacant;          /* first free entry */
    size_t deliver_count, deliver_gone; /* those before deliver_gone have left */
    size_t out;
    uint64_t bytes_out;
    uint64_t next; /* position */
    uint64_t acked;
    struct flight_credit sent, limit;
    struct instant progress;
};

/* ---- the table ------------------------------------------------------------------------------ */

/* Ids are digests: their first bytes are as good as any hash. */
static size_t home(const struct flight *flight, const struct digest *id)
{
    return bytes_read_u32le(id->bytes) & (2 * flight->capacity - 1);
}

/* The id's place in the table, or the free place where it would go. */
static size_t table_place(const struct flight *flight, const struct digest *id)
{
    size_t mask = 2 * flight->capacity - 1, place = home(flight, id);
    while (flight->table[place] != NOWHERE &&
           !digest_equal(&flight->entries[flight->table[place]].id, id))
        place = (place + 1) & mask;
    return place;
}

/* Closes the gap, so that searches need no tombstones. */
static void table_remove(struct flight *flight, size_t gap)
{
    size_t mask = 2 * flight->capacity - 1;
    for (size_t place = (gap + 1) & mask; flight->table[place] != NOWHERE;
         place = (place + 1) & mask) {
        size_t wanted = home(flight, &flight->entries[flight->table[place]].id);
        if (((place - wanted) & mask) < ((place - gap) & mask))
            continue;
        flight->table[gap] = flight->table[place];
        gap = place;
    }
    flight->table[gap] = NOWHERE;
}

/* ---- room ----------------------------------------------------------------------------------- */

/* Of all arrays, for each place of the capacity; the wider ones stand first. */
enum {
    ARRAYS_SIZE =
        sizeof(struct entry) + sizeof(struct deliver) + sizeof(int64_t) + 2 * sizeof(uint32_t)
};

/* Fails without a trace. */
static bool grow(struct flight *flight, size_t capacity)
{
    assert(capacity >= CAPACITY_MIN && (capacity & (capacity - 1)) == 0);
    struct flight larger = *flight;
    larger.capacity = capacity;
    larger.entries = calloc(capacity, ARRAYS_SIZE);
    if (!larger.entries)
        return false;
    larger.delivers = (struct deliver *)(larger.entries + capacity);
    larger.serials = (int64_t *)(larger.delivers + capacity);
    larger.table = (uint32_t *)(larger.serials + capacity);
    if (flight->capacity) {
        memcpy(larger.entries, flight->entries, flight->capacity * sizeof *flight->entries);
        memcpy(larger.delivers, flight->delivers, flight->deliver_count * sizeof *flight->delivers);
    }
    for (size_t i = capacity; i-- > flight->capacity;) {
        larger.entries[i].next = larger.vacant;
        larger.vacant = (uint32_t)i;
    }
    memset(larger.table, 0xff, 2 * capacity * sizeof *larger.table);
    for (uint32_t i = 0; i < flight->capacity; i++)
        if (larger.entries[i].out)
            larger.table[table_place(&larger, &larger.entries[i].id)] = i;
    free(flight->entries);
    *flight = larger;
    return true;
}

struct flight *flight_open(void)
{
    struct flight *flight = malloc(sizeof *flight);
    if (!flight)
        return NULL;
    *flight = (struct flight) {.vacant = NOWHERE};
    return flight;
}

void flight_close(struct flight *flight)
{
    if (!flight)
        return;
    free(flight->entries);
    free(flight);
}

void flight_reset(struct flight *flight)
{
    free(flight->entries);
    *flight = (struct flight) {.vacant = NOWHERE};
}

void flight_credit(struct flight *flight, struct flight_credit credit)
{
    if (credit.records > flight->limit.records)
        flight->limit.records = credit.records;
    if (credit.bytes > flight->limit.bytes)
        flight->limit.bytes = credit.bytes;
}

static bool hollow(const struct flight *flight, const struct deliver *deliver)
{
    return deliver->first == NOWHERE && deliver->serial && deliver->position >= flight->acked;
}

/* Forgets the Delivers that have left. */
static void delivers_compact(struct flight *flight)
{
    size_t kept = 0;
    for (size_t i = flight->deliver_gone; i < flight->deliver_count; i++) {
        const struct deliver *deliver = &flight->delivers[i];
        if (deliver->first != NOWHERE || hollow(flight, deliver))
            flight->delivers[kept++] = *deliver;
    }
    flight->deliver_count = kept;
    flight->deliver_gone = 0;
}

/* What so many more records need. Hollow Delivers need a place too until they are acked. */
static size_t capacity_for(const struct flight *flight, size_t records)
{
    size_t capacity = flight->capacity ? flight->capacity : CAPACITY_MIN;
    while (capacity < flight->out + records || capacity == flight->deliver_count)
        capacity *= 2;
    return capacity;
}

bool flight_room(struct flight *flight, size_t records, size_t bytes)
{
    assert(records > 0 && records <= FLIGHT_RECORDS_MAX);
    if (flight->sent.records + records > flight->limit.records ||
        flight->sent.bytes + bytes > flight->limit.bytes)
        return broken_is(BROKEN_CREDIT_IGNORED);
    if (flight->out + records > FLIGHT_RECORDS_MAX || flight->bytes_out + bytes > FLIGHT_BYTES_MAX)
        return false;
    if (flight->deliver_count == flight->capacity)
        delivers_compact(flight);
    /* With all places taken we wait. */
    return capacity_for(flight, records) <= FLIGHT_RECORDS_MAX;
}

bool flight_reserve(struct flight *flight, size_t records)
{
    size_t capacity = capacity_for(flight, records);
    return capacity == flight->capacity || grow(flight, capacity);
}

/* ---- sending -------------------------------------------------------------------------------- */

static void entry_add(struct flight *flight, struct deliver *deliver,
                      const struct flight_record *record)
{
    uint32_t index = flight->vacant;
    assert(index != NOWHERE);
    struct entry *entry = &flight->entries[index];
    flight->vacant = entry->next;
    size_t place = table_place(flight, &record->id);
    assert(flight->table[place] == NOWHERE);
    *entry = (struct entry) {record->id,    record->serial, deliver->position,
                             deliver->last, NOWHERE,        true};
    flight->table[place] = index;
    if (deliver->last == NOWHERE)
        deliver->first = index;
    else
        flight->entries[deliver->last].next = index;
    deliver->last = index;
}

uint64_t flight_send(struct flight *flight, const struct flight_record *records, size_t count,
                     size_t bytes, struct instant now)
{
    bool room = flight_room(flight, count, bytes);
    assert(room && capacity_for(flight, count) == flight->capacity);
    struct deliver *deliver = &flight->delivers[flight->deliver_count++];
    *deliver = (struct deliver) {flight->next, bytes, NOWHERE, NOWHERE, 0};
    for (size_t i = 0; i < count; i++)
        entry_add(flight, deliver, &records[i]);
    flight->out += count;
    flight->bytes_out += bytes;
    flight->sent.records += count;
    flight->sent.bytes += bytes;
    flight->progress = now;
    return flight->next++;
}

/* Those at the front that have left and are acked. */
static void delivers_forget(struct flight *flight)
{
    while (flight->deliver_gone < flight->deliver_count &&
           flight->delivers[flight->deliver_gone].first == NOWHERE &&
           !hollow(flight, &flight->delivers[flight->deliver_gone]))
        flight->deliver_gone++;
}

/* A stream with nothing under way needs no arrays. */
static void shrink(struct flight *flight)
{
    if (flight->out || flight->deliver_gone < flight->deliver_count)
        return;
    free(flight->entries);
    flight->entries = NULL;
    flight->delivers = NULL;
    flight->serials = NULL;
    flight->table = NULL;
    flight->capacity = flight->deliver_count = flight->deliver_gone = 0;
    flight->vacant = NOWHERE;
}

bool flight_ack(struct flight *flight, uint64_t next_position, struct instant now)
{
    if (next_position > flight->next)
        return false;
    if (next_position > flight->acked) {
        flight->acked = next_position;
        flight->progress = now;
        delivers_forget(flight);
        shrink(flight);
    }
    return true;
}

void flight_touch(struct flight *flight, struct instant now)
{
    flight->progress = now;
}

/* ---- leaving -------------------------------------------------------------------------------- */

/* The first Deliver at this position or after it: an index into delivers. */
static size_t deliver_search(const struct flight *flight, uint64_t position)
{
    size_t low = flight->deliver_gone, high = flight->deliver_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (flight->delivers[middle].position < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void entry_leave(struct flight *flight, struct deliver *deliver, uint32_t index)
{
    struct entry *entry = &flight->entries[index];
    assert(entry->out && flight->out > 0);
    table_remove(flight, table_place(flight, &entry->id));
    if (entry->previous == NOWHERE)
        deliver->first = entry->next;
    else
        flight->entries[entry->previous].next = entry->next;
    if (entry->next == NOWHERE)
        deliver->last = entry->previous;
    else
        flight->entries[entry->next].previous = entry->previous;
    *entry = (struct entry) {.next = flight->vacant};
    flight->vacant = index;
    flight->out--;
}

static void deliver_leave(struct flight *flight, const struct deliver *deliver)
{
    assert(deliver->first == NOWHERE && flight->bytes_out >= deliver->bytes);
    flight->bytes_out -= broken_is(BROKEN_BYTES_KEPT) ? 0 : deliver->bytes;
    delivers_forget(flight);
}

/* The entry of this id; NOWHERE: it is not in flight. */
static uint32_t entry_find(const struct flight *flight, const struct digest *id)
{
    return flight->capacity ? flight->table[table_place(flight, id)] : NOWHERE;
}

bool flight_has(const struct flight *flight, const struct digest *id)
{
    return entry_find(flight, id) != NOWHERE;
}

bool flight_receipted(struct flight *flight, const struct digest *id, int64_t *serial)
{
    uint32_t index = entry_find(flight, id);
    if (index == NOWHERE)
        return false;
    const struct entry *entry = &flight->entries[index];
    struct deliver *deliver = &flight->delivers[deliver_search(flight, entry->position)];
    assert(deliver->position == entry->position);
    *serial = deliver->serial = entry->serial;
    entry_leave(flight, deliver, index);
    if (deliver->first == NOWHERE)
        deliver_leave(flight, deliver);
    return true;
}

size_t flight_refused(struct flight *flight, uint64_t position, int64_t *serials, size_t max)
{
    size_t found = deliver_search(flight, position), count = 0;
    if (found == flight->deliver_count || flight->delivers[found].position != position)
        return 0;
    struct deliver *deliver = &flight->delivers[found];
    deliver->serial = 0; /* the position was taken */
    if (deliver->first == NOWHERE) {
        delivers_forget(flight);
        return 0;
    }
    while (deliver->first != NOWHERE) {
        if (count < max)
            serials[count++] = flight->entries[deliver->first].serial;
        entry_leave(flight, deliver, deliver->first);
    }
    deliver_leave(flight, deliver);
    return count;
}

/* ---- going back ----------------------------------------------------------------------------- */

bool flight_go_back(struct flight *flight, uint64_t from_position, struct flight_again *out)
{
    size_t found = deliver_search(flight, from_position), count = 0;
    while (found < flight->deliver_count && flight->delivers[found].first == NOWHERE)
        found++;
    if (found == flight->deliver_count)
        return false;
    const struct deliver *deliver = &flight->delivers[found];
    for (uint32_t index = deliver->first; index != NOWHERE; index = flight->entries[index].next)
        flight->serials[count++] = flight->entries[index].serial;
    assert(count > 0 && count <= flight->out);
    *out = (struct flight_again) {deliver->position, flight->serials, count};
    return true;
}

bool flight_hollow(const struct flight *flight, uint64_t from_position, uint64_t *position,
                   int64_t *serial)
{
    size_t found = deliver_search(flight, from_position);
    while (found < flight->deliver_count && !hollow(flight, &flight->delivers[found]))
        found++;
    if (found == flight->deliver_count)
        return false;
    *position = flight->delivers[found].position;
    *serial = flight->delivers[found].serial;
    return true;
}

size_t flight_unreceipted(const struct flight *flight)
{
    return flight->out;
}

size_t flight_bytes(const struct flight *flight)
{
    return flight->bytes_out;
}

struct instant flight_progress(const struct flight *flight)
{
    return flight->progress;
}
