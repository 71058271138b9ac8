#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void recent_note(struct database *database, const struct store_record *record)
{
    database->recent[(uint64_t)record->serial % DATABASE_RECENT_MAX] = (struct database_recent) {
        .serial = record->serial,
        .pair = record->place.pair,
        .ours = record->flags & STORE_OURS,
    };
}

static enum fault record_put(struct store *store, struct store_record *record)
{
    assert(record->issued_at <= HEADER_MINUTE_MAX);
    struct database *database = database_of(store);
    TRY(database_young_add(database, record));
    TRY(database_place_add(database, &record->place, record->serial));
    recent_note(database, record);
    return database_stream_add(database, record);
}

/* Where a record stands in its dossier, of one in its table; false: it is not there. */
static enum fault name_read(struct database *database, int64_t serial, struct store_record *out)
{
    struct query query = query_open(database, QUERY_RECORD_NAME);
    query_put_number(&query, serial);
    if (query_next(&query)) {
        out->lane = (uint32_t)query_number(&query);
        out->index = (uint32_t)query_number(&query);
        query_exact(&query, out->id.bytes, DIGEST_SIZE);
        out->serial = serial;
    }
    TRY(query_close(&query));
    return out->serial ? FAULT_NONE : FAULT_CORRUPT;
}

static enum fault record_find(struct store *store, const struct store_place *place, uint32_t lane,
                              uint32_t index, const struct digest *id, int64_t *serial)
{
    struct database *database = database_of(store);
    struct database_place *entry;
    TRY(database_place_look(database, place, &entry));
    for (size_t i = 0; i < entry->count; i++) {
        struct store_record read = {0}, *record = database_young_find(database, entry->serials[i]);
        if (!record) {
            TRY(name_read(database, entry->serials[i], &read));
            record = &read;
        }
        if (record->lane != lane || record->index != index || !digest_equal(&record->id, id))
            continue;
        *serial = record->serial;
        return FAULT_NONE;
    }
    *serial = 0;
    return FAULT_NONE;
}

static void record_read(struct query *query, struct arena *arena, void *out)
{
    struct store_record *record = out;
    record->serial = query_number(query);
    record->place.pair = (uint32_t)query_number(query);
    record->place.opened_by_partner = query_number(query);
    query_exact(query, record->place.dossier.bytes, sizeof record->place.dossier.bytes);
    record->lane = (uint32_t)query_number(query);
    record->index = (uint32_t)query_number(query);
    query_exact(query, record->id.bytes, DIGEST_SIZE);
    record->issued_at = (uint64_t)query_number(query);
    record->kind = (uint32_t)query_number(query);
    record->flags = (uint32_t)query_number(query);
    record->flags |= query_number(query) ? STORE_RECEIPTED : 0;
    record->seal = query_number(query);
    record->seal_index = (uint32_t)query_number(query);
    record->seal_path = query_bytes(query, arena);
    record->header = query_bytes(query, arena);
    record->salt = query_bytes(query, arena);
    record->body = query_bytes(query, arena);
}

static const struct query_reader record_reader = {sizeof(struct store_record), record_read};

static bool copy(struct arena *arena, struct bytes *view)
{
    *view = arena_copy(arena, *view);
    return view->data != NULL;
}

/* A young record as its row would be read. */
static enum fault young_read(struct database *database, const struct store_record *young,
                             bool with_body, struct arena *arena, struct store_record *out)
{
    struct store_receipt_link link;
    *out = *young;
    if (!with_body)
        out->salt = out->body = (struct bytes) {0};
    TRY(database_link_find(database, young->serial, &link));
    out->flags |= link.receipt ? STORE_RECEIPTED : 0;
    return copy(arena, &out->seal_path) && copy(arena, &out->header) && copy(arena, &out->salt) &&
                   copy(arena, &out->body)
               ? FAULT_NONE
               : FAULT_MEMORY;
}

/* Finds it among the young or in its table; *found stays false where it is in neither. */
static enum fault one_read(struct database *database, int64_t serial, bool with_body,
                           struct arena *arena, struct store_record *out, bool *found)
{
    const struct store_record *young = database_young_find(database, serial);
    if (young) {
        *found = true;
        return young_read(database, young, with_body, arena, out);
    }
    TRY(database_link_flush(database));
    struct query query =
        query_open(database, with_body ? QUERY_RECORD_GET : QUERY_RECORD_GET_HEADER);
    query_put_number(&query, serial);
    *found = query_next(&query);
    if (*found)
        record_read(&query, arena, out);
    return query_close(&query);
}

static enum fault record_get(struct store *store, int64_t serial, struct arena *arena,
                             struct store_record **record)
{
    struct store_record read = {0}, *out = NULL;
    bool found = false;
    TRY(one_read(database_of(store), serial, true, arena, &read, &found));
    if (found) {
        out = arena_take(arena, sizeof *out);
        if (!out)
            return FAULT_MEMORY;
        *out = read;
    }
    *record = out;
    return FAULT_NONE;
}

static int by_place(const void *left, const void *right)
{
    const struct store_record *a = left, *b = right;
    if (a->lane != b->lane)
        return a->lane < b->lane ? -1 : 1;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    return memcmp(a->id.bytes, b->id.bytes, DIGEST_SIZE);
}

static enum fault record_list(struct store *store, const struct store_place *place,
                              bool with_bodies, struct arena *arena, struct store_record **records,
                              size_t *count)
{
    struct database *database = database_of(store);
    struct database_place *entry;
    TRY(database_place_look(database, place, &entry));
    struct store_record *list = arena_take_array(arena, entry->count + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < entry->count; i++) {
        bool found = false;
        TRY(one_read(database, entry->serials[i], with_bodies, arena, &list[i], &found));
        if (!found)
            return FAULT_CORRUPT;
    }
    qsort(list, entry->count, sizeof *list, by_place);
    *records = list;
    *count = entry->count;
    return FAULT_NONE;
}

static enum fault record_scan(struct store *store, int64_t after, size_t max, struct arena *arena,
                              struct store_record **records, size_t *count)
{
    TRY(database_young_flush(database_of(store)));
    TRY(database_link_flush(database_of(store)));
    struct query query = query_open(database_of(store), QUERY_RECORD_SCAN);
    query_put_number(&query, after);
    query_put_limit(&query, max);
    return query_list(&query, record_reader, arena, records, count);
}

/* A write to exactly one row, which the caller knows to be there. */
static enum fault run_one(struct query *query)
{
    TRY(query_run(query));
    assert(sqlite3_changes(query->database->connection) == 1);
    return FAULT_NONE;
}

static enum fault record_flag(struct store *store, int64_t serial, uint32_t set, uint32_t clear)
{
    assert(!((set | clear) & (STORE_OURS | STORE_RECEIPTED)));
    TRY(database_of(store)->broken);
    struct store_record *young = database_young_find(database_of(store), serial);
    if (young) {
        young->flags = (young->flags | set) & ~clear;
        return FAULT_NONE;
    }
    struct query query = query_open(database_of(store), QUERY_RECORD_FLAG);
    query_put_number(&query, set);
    query_put_number(&query, clear);
    query_put_number(&query, serial);
    return run_one(&query);
}

static enum fault record_fill(struct store *store, int64_t serial, struct bytes salt,
                              struct bytes body)
{
    struct database *database = database_of(store);
    TRY(database->broken);
    struct store_record *young = database_young_find(database, serial);
    if (young && database_young_fill(database, young, salt, body))
        return FAULT_NONE;
    if (young)
        TRY(database_young_flush(database));
    struct query query = query_open(database, QUERY_RECORD_FILL);
    query_put_bytes(&query, salt);
    query_put_bytes(&query, body);
    query_put_number(&query, serial);
    return query_run(&query);
}

/* ---- seals and receipts -------------------------------------------------------------------- */

static enum fault signed_put(struct store *store, enum query_name name,
                             struct store_signed *signed_)
{
    struct query query = query_open(database_of(store), name);
    query_put_number(&query, signed_->pair);
    query_put_bytes(&query, signed_->wire);
    query_put_bytes(&query, signed_->leaves);
    TRY(query_run(&query));
    signed_->number = sqlite3_last_insert_rowid(database_of(store)->connection);
    return FAULT_NONE;
}

static void signed_read(struct query *query, struct arena *arena, void *out)
{
    struct store_signed *signed_ = out;
    signed_->number = query_number(query);
    signed_->pair = (uint32_t)query_number(query);
    signed_->wire = query_bytes(query, arena);
    signed_->leaves = query_bytes(query, arena);
}

static enum fault signed_get(struct store *store, enum query_name name, int64_t number,
                             struct arena *arena, struct store_signed **signed_)
{
    const struct query_reader reader = {sizeof(struct store_signed), signed_read};
    struct query query = query_open(database_of(store), name);
    query_put_number(&query, number);
    return query_one(&query, reader, arena, signed_);
}

static enum fault signed_copy(const struct store_signed *from, struct arena *arena,
                              struct store_signed **to)
{
    struct store_signed *out = arena_take(arena, sizeof *out);
    if (!out)
        return FAULT_MEMORY;
    *out = *from;
    if (!copy(arena, &out->wire) || !copy(arena, &out->leaves))
        return FAULT_MEMORY;
    *to = out;
    return FAULT_NONE;
}

static enum fault seal_put(struct store *store, struct store_signed *seal)
{
    TRY(signed_put(store, QUERY_SEAL_PUT, seal));
    database_young_seal(database_of(store), seal);
    return FAULT_NONE;
}

static enum fault seal_get(struct store *store, int64_t number, struct arena *arena,
                           struct store_signed **seal)
{
    const struct store_signed *young = &database_of(store)->young.seal;
    if (number && young->number == number)
        return signed_copy(young, arena, seal);
    return signed_get(store, QUERY_SEAL_GET, number, arena, seal);
}

static enum fault record_sealed(struct store *store, int64_t serial, int64_t seal, uint32_t index)
{
    TRY(database_of(store)->broken);
    struct store_record *young = database_young_find(database_of(store), serial);
    if (young) {
        young->seal = seal;
        young->seal_index = index;
        return FAULT_NONE;
    }
    struct query query = query_open(database_of(store), QUERY_RECORD_SEALED);
    query_put_number(&query, serial);
    query_put_number(&query, seal);
    query_put_number(&query, index);
    return query_run(&query);
}

static enum fault receipt_put(struct store *store, struct store_signed *receipt)
{
    return signed_put(store, QUERY_RECEIPT_PUT, receipt);
}

static enum fault receipt_get(struct store *store, int64_t number, struct arena *arena,
                              struct store_signed **receipt)
{
    return signed_get(store, QUERY_RECEIPT_GET, number, arena, receipt);
}

static enum fault record_owner(struct database *database, int64_t serial,
                               struct database_recent *owner)
{
    *owner = database->recent[(uint64_t)serial % DATABASE_RECENT_MAX];
    if (owner->serial == serial)
        return FAULT_NONE;
    TRY(database_young_flush(database)); /* of a thousand partners at once */
    struct query query = query_open(database, QUERY_RECORD_OWNER);
    query_put_number(&query, serial);
    bool here = query_next(&query);
    if (here) {
        owner->pair = (uint32_t)query_number(&query);
        owner->ours = query_number(&query);
    }
    TRY(query_close(&query));
    assert(here);
    return FAULT_NONE;
}

static enum fault receipt_link(struct store *store, int64_t serial, struct store_receipt_link link)
{
    struct database *database = database_of(store);
    struct database_recent owner;
    TRY(record_owner(database, serial, &owner));
    TRY(database_link_put(database, serial, link));
    if (owner.ours)
        return FAULT_NONE;
    return database_stream_unreceipted(database, owner.pair, false, -1);
}

static enum fault receipt_of(struct store *store, int64_t serial, struct store_receipt_link *link)
{
    return database_link_find(database_of(store), serial, link);
}

void database_record_calls(struct store *store)
{
    store->record_put = record_put;
    store->record_find = record_find;
    store->record_get = record_get;
    store->record_list = record_list;
    store->record_scan = record_scan;
    store->record_flag = record_flag;
    store->record_fill = record_fill;
    store->seal_put = seal_put;
    store->seal_get = seal_get;
    store->record_sealed = record_sealed;
    store->receipt_put = receipt_put;
    store->receipt_get = receipt_get;
    store->receipt_link = receipt_link;
    store->receipt_of = receipt_of;
}
