#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>

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
    const struct store_place *place = &record->place;
    struct query query = query_open(database, QUERY_RECORD_PUT);
    query_put_number(&query, place->pair);
    query_put_number(&query, (record->flags & STORE_OURS) != 0);
    query_put_number(&query, place->opened_by_partner);
    query_put_digest(&query, place->dossier.bytes, sizeof place->dossier.bytes);
    query_put_number(&query, record->lane);
    query_put_number(&query, record->index);
    query_put_digest(&query, record->id.bytes, DIGEST_SIZE);
    query_put_number(&query, (int64_t)record->issued_at);
    query_put_number(&query, record->kind);
    query_put_number(&query, record->flags & ~(uint32_t)STORE_RECEIPTED);
    query_put_number(&query, record->seal);
    query_put_number(&query, record->seal_index);
    query_put_bytes(&query, record->seal_path);
    query_put_bytes(&query, record->header);
    query_put_bytes(&query, record->salt);
    query_put_bytes(&query, record->body);
    TRY(query_run(&query));
    record->serial = sqlite3_last_insert_rowid(database->connection);
    recent_note(database, record);
    return database_stream_add(database, record);
}

static void put_place(struct query *query, const struct store_place *place)
{
    query_put_number(query, place->pair);
    query_put_number(query, place->opened_by_partner);
    query_put_digest(query, place->dossier.bytes, sizeof place->dossier.bytes);
}

static enum fault record_find(struct store *store, const struct store_place *place, uint32_t lane,
                              uint32_t index, const struct digest *id, int64_t *serial)
{
    struct query query = query_open(database_of(store), QUERY_RECORD_FIND);
    put_place(&query, place);
    query_put_number(&query, lane);
    query_put_number(&query, index);
    query_put_digest(&query, id->bytes, DIGEST_SIZE);
    int64_t found = query_next(&query) ? query_number(&query) : 0;
    TRY(query_close(&query));
    *serial = found;
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

static enum fault record_get(struct store *store, int64_t serial, struct arena *arena,
                             struct store_record **record)
{
    struct query query = query_open(database_of(store), QUERY_RECORD_GET);
    query_put_number(&query, serial);
    return query_one(&query, record_reader, arena, record);
}

static enum fault record_list(struct store *store, const struct store_place *place,
                              bool with_bodies, struct arena *arena, struct store_record **records,
                              size_t *count)
{
    struct query query =
        query_open(database_of(store), with_bodies ? QUERY_RECORD_LIST : QUERY_RECORD_LIST_HEADERS);
    put_place(&query, place);
    return query_list(&query, record_reader, arena, records, count);
}

static enum fault record_scan(struct store *store, int64_t after, size_t max, struct arena *arena,
                              struct store_record **records, size_t *count)
{
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
    struct query query = query_open(database_of(store), QUERY_RECORD_FLAG);
    query_put_number(&query, set);
    query_put_number(&query, clear);
    query_put_number(&query, serial);
    return run_one(&query);
}

static enum fault record_fill(struct store *store, int64_t serial, struct bytes salt,
                              struct bytes body)
{
    struct query query = query_open(database_of(store), QUERY_RECORD_FILL);
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

static enum fault seal_put(struct store *store, struct store_signed *seal)
{
    return signed_put(store, QUERY_SEAL_PUT, seal);
}

static enum fault seal_get(struct store *store, int64_t number, struct arena *arena,
                           struct store_signed **seal)
{
    return signed_get(store, QUERY_SEAL_GET, number, arena, seal);
}

static enum fault record_sealed(struct store *store, int64_t serial, int64_t seal, uint32_t index)
{
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
    struct query query = query_open(database, QUERY_RECEIPT_LINK);
    query_put_number(&query, serial);
    query_put_number(&query, link.receipt);
    query_put_number(&query, link.index);
    TRY(query_run(&query));
    if (owner.ours)
        return FAULT_NONE;
    return database_stream_unreceipted(database, owner.pair, false, -1);
}

static enum fault receipt_of(struct store *store, int64_t serial, struct store_receipt_link *link)
{
    struct store_receipt_link found = {0};
    struct query query = query_open(database_of(store), QUERY_RECEIPT_OF);
    query_put_number(&query, serial);
    if (query_next(&query)) {
        found.receipt = query_number(&query);
        found.index = (uint32_t)query_number(&query);
    }
    TRY(query_close(&query));
    *link = found;
    return FAULT_NONE;
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
