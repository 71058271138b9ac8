#include "store/memory.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct shape record_shape = {
    sizeof(struct store_record),
    {offsetof(struct store_record, header), offsetof(struct store_record, salt),
     offsetof(struct store_record, body), offsetof(struct store_record, seal_path)},
    4,
};

static const struct shape signed_shape = {
    sizeof(struct store_signed),
    {offsetof(struct store_signed, wire), offsetof(struct store_signed, leaves)},
    2,
};

static struct memory_key key_of_record(const struct store_place *place, uint32_t lane,
                                       uint32_t index, const struct digest *id)
{
    struct memory_key key = memory_key_of_place(place);
    memory_key_number(&key, lane, 4);
    memory_key_number(&key, index, 4);
    memory_key_bytes(&key, id->bytes, DIGEST_SIZE);
    return key;
}

static enum fault record_put(struct store *store, struct store_record *record)
{
    assert(record->issued_at <= HEADER_MINUTE_MAX);
    struct memory_key at = key_of_record(&record->place, record->lane, record->index, &record->id);
    int64_t serial;
    bool here = memory_view_plain(store, MEMORY_RECORD_AT, at, &serial, sizeof serial);
    assert(!here);
    TRY(memory_next_number(store, MEMORY_RECORD, &serial));
    struct store_record row = *record;
    row.serial = serial;
    row.flags &= ~(uint32_t)STORE_RECEIPTED;
    TRY(memory_put(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &row));
    TRY(memory_put_plain(store, MEMORY_RECORD_AT, at, &serial, sizeof serial));
    TRY(memory_stream_add(store, &row));
    record->serial = serial;
    return FAULT_NONE;
}

static enum fault record_find(struct store *store, const struct store_place *place, uint32_t lane,
                              uint32_t index, const struct digest *id, int64_t *serial)
{
    struct memory_key at = key_of_record(place, lane, index, id);
    if (!memory_view_plain(store, MEMORY_RECORD_AT, at, serial, sizeof *serial))
        *serial = 0;
    return FAULT_NONE;
}

/* The stored flags have no STORE_RECEIPTED: it is derived from the link. */
static void flag_receipted(struct store *store, struct store_record *record)
{
    struct row row;
    struct memory_key key = memory_key_of_number(record->serial);
    if (rows_find(memory_of(store)->rows, MEMORY_LINK, memory_key_view(&key), &row))
        record->flags |= STORE_RECEIPTED;
}

static enum fault record_get(struct store *store, int64_t serial, struct arena *arena,
                             struct store_record **record)
{
    TRY(memory_get(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, arena,
                   record));
    if (*record)
        flag_receipted(store, *record);
    return FAULT_NONE;
}

static enum fault record_scan(struct store *store, int64_t after, size_t max, struct arena *arena,
                              struct store_record **records, size_t *count)
{
    struct memory_key key = memory_key_of_number(after);
    const struct shape_query query = {
        .table = MEMORY_RECORD, .shape = &record_shape, .after = memory_key_view(&key), .max = max};
    TRY(memory_list(store, &query, arena, records, count));
    for (size_t i = 0; i < *count; i++)
        flag_receipted(store, &(*records)[i]);
    return FAULT_NONE;
}

static enum fault record_list(struct store *store, const struct store_place *place,
                              bool with_bodies, struct arena *arena, struct store_record **records,
                              size_t *count)
{
    const struct rows *rows = memory_of(store)->rows;
    const struct shape serial_shape = {.size = sizeof(int64_t)};
    struct memory_key at = memory_key_of_place(place);
    const struct shape_query query = {.table = MEMORY_RECORD_AT,
                                      .shape = &serial_shape,
                                      .prefix = memory_key_view(&at),
                                      .max = SIZE_MAX};
    int64_t *serials;
    size_t n;
    TRY(memory_list(store, &query, arena, &serials, &n));
    struct store_record *found = arena_take_array(arena, n, sizeof *found);
    if (!found)
        return FAULT_MEMORY;
    for (size_t i = 0; i < n; i++) {
        struct row row;
        struct memory_key key = memory_key_of_number(serials[i]);
        bool here = rows_find(rows, MEMORY_RECORD, memory_key_view(&key), &row);
        assert(here);
        shape_view(&record_shape, row.value, &found[i]);
        if (!with_bodies)
            found[i].salt = found[i].body = (struct bytes) {0};
        TRY(shape_keep(&record_shape, arena, &found[i]));
        flag_receipted(store, &found[i]);
    }
    *records = found;
    *count = n;
    return FAULT_NONE;
}

static enum fault record_flag(struct store *store, int64_t serial, uint32_t set, uint32_t clear)
{
    struct store_record record;
    bool here =
        memory_view(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
    assert(here && !((set | clear) & (STORE_OURS | STORE_RECEIPTED)));
    record.flags = (record.flags | set) & ~clear;
    return memory_put(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
}

static enum fault record_fill(struct store *store, int64_t serial, struct bytes salt,
                              struct bytes body)
{
    struct store_record record;
    bool here =
        memory_view(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
    assert(here);
    if (record.salt.size || record.body.size)
        return FAULT_NONE;
    record.salt = salt;
    record.body = body;
    return memory_put(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
}

static enum fault signed_put(struct store *store, enum memory_table table,
                             struct store_signed *signed_)
{
    int64_t number;
    TRY(memory_next_number(store, table, &number));
    signed_->number = number;
    return memory_put(store, table, memory_key_of_number(number), &signed_shape, signed_);
}

static enum fault seal_put(struct store *store, struct store_signed *seal)
{
    return signed_put(store, MEMORY_SEAL, seal);
}

static enum fault seal_get(struct store *store, int64_t number, struct arena *arena,
                           struct store_signed **seal)
{
    return memory_get(store, MEMORY_SEAL, memory_key_of_number(number), &signed_shape, arena, seal);
}

static enum fault record_sealed(struct store *store, int64_t serial, int64_t seal, uint32_t index)
{
    struct store_record record;
    bool here =
        memory_view(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
    assert(here);
    record.seal = seal;
    record.seal_index = index;
    return memory_put(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
}

static enum fault receipt_put(struct store *store, struct store_signed *receipt)
{
    return signed_put(store, MEMORY_RECEIPT, receipt);
}

static enum fault receipt_get(struct store *store, int64_t number, struct arena *arena,
                              struct store_signed **receipt)
{
    return memory_get(store, MEMORY_RECEIPT, memory_key_of_number(number), &signed_shape, arena,
                      receipt);
}

static enum fault receipt_of(struct store *store, int64_t serial, struct store_receipt_link *link)
{
    if (!memory_view_plain(store, MEMORY_LINK, memory_key_of_number(serial), link, sizeof *link))
        *link = (struct store_receipt_link) {0};
    return FAULT_NONE;
}

static enum fault receipt_link(struct store *store, int64_t serial, struct store_receipt_link link)
{
    struct store_record record;
    struct store_receipt_link before;
    bool here =
        memory_view(store, MEMORY_RECORD, memory_key_of_number(serial), &record_shape, &record);
    bool linked =
        memory_view_plain(store, MEMORY_LINK, memory_key_of_number(serial), &before, sizeof before);
    assert(here && !linked);
    TRY(memory_put_plain(store, MEMORY_LINK, memory_key_of_number(serial), &link, sizeof link));
    if (record.flags & STORE_OURS)
        return FAULT_NONE;
    return memory_stream_unreceipted(store, record.place.pair, false, -1);
}

void memory_record_calls(struct store *store)
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
