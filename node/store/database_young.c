#include "store/database_young.h"

#include "store/database.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    YOUNG_MAX = 4096,
    YOUNG_BYTES_MAX = 8 * 1024 * 1024,
    RUN_MAX = 256, /* ids in one row of the span */
};

/* ---- adding -------------------------------------------------------------------------------- */

static enum fault next_ask(struct database *database)
{
    int64_t newest = 0;
    struct query query = query_open(database, QUERY_RECORD_NEWEST);
    if (query_next(&query))
        newest = query_number(&query);
    TRY(query_close(&query));
    database->young.next = newest + 1;
    return FAULT_NONE;
}

static bool reserve(struct database_young *young)
{
    if (!young->bytes)
        young->bytes = arena_open(YOUNG_BYTES_MAX);
    if (!young->bytes || young->count < young->room)
        return young->bytes != NULL;
    size_t room = young->room ? 2 * young->room : 64;
    struct store_record *records = reallocarray(young->records, room, sizeof *records);
    if (!records)
        return false;
    young->records = records;
    young->room = room;
    return true;
}

static bool copy(struct arena *arena, struct bytes *view)
{
    *view = arena_copy(arena, *view);
    return view->data != NULL;
}

static bool copy_all(struct arena *arena, struct store_record *record)
{
    return copy(arena, &record->seal_path) && copy(arena, &record->header) &&
           copy(arena, &record->salt) && copy(arena, &record->body);
}

static enum fault add(struct database *database, struct store_record *record)
{
    struct database_young *young = &database->young;
    struct store_record held = *record;
    if (!young->next)
        TRY(next_ask(database));
    if (!reserve(young))
        return FAULT_MEMORY;
    if (young->count == YOUNG_MAX || !copy_all(young->bytes, &held)) {
        TRY(database_young_flush(database));
        held = *record;
        if (!copy_all(young->bytes, &held))
            return FAULT_MEMORY;
    }
    held.serial = record->serial = young->next++;
    held.flags &= ~(uint32_t)STORE_RECEIPTED;
    young->records[young->count++] = held;
    return FAULT_NONE;
}

enum fault database_young_add(struct database *database, struct store_record *record)
{
    assert(database->open);
    TRY(database->broken);
    enum fault fault = add(database, record);
    if (fault)
        database_break(database, fault);
    return fault;
}

void database_young_seal(struct database *database, const struct store_signed *seal)
{
    struct database_young *young = &database->young;
    struct store_signed held = *seal;
    young->seal = (struct store_signed) {0};
    if (reserve(young) && copy(young->bytes, &held.wire) && copy(young->bytes, &held.leaves))
        young->seal = held; /* otherwise it is read from its table */
}

/* ---- while they are young ------------------------------------------------------------------ */

struct store_record *database_young_find(struct database *database, int64_t serial)
{
    struct database_young *young = &database->young;
    if (!young->count || serial < young->records[0].serial || serial >= young->next)
        return NULL;
    struct store_record *found = &young->records[serial - young->records[0].serial];
    assert(found->serial == serial);
    return found;
}

bool database_young_fill(struct database *database, struct store_record *record, struct bytes salt,
                         struct bytes body)
{
    if (record->salt.size || record->body.size)
        return true;
    if (!copy(database->young.bytes, &salt) || !copy(database->young.bytes, &body))
        return false;
    record->salt = salt;
    record->body = body;
    return true;
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum fault record_write(struct database *database, const struct store_record *record)
{
    const struct store_place *place = &record->place;
    struct query query = query_open(database, QUERY_RECORD_PUT);
    query_put_number(&query, record->serial);
    query_put_number(&query, place->pair);
    query_put_number(&query, (record->flags & STORE_OURS) != 0);
    query_put_number(&query, place->opened_by_partner);
    query_put_digest(&query, place->dossier.bytes, sizeof place->dossier.bytes);
    query_put_number(&query, record->lane);
    query_put_number(&query, record->index);
    query_put_digest(&query, record->id.bytes, DIGEST_SIZE);
    query_put_number(&query, (int64_t)record->issued_at);
    query_put_number(&query, record->kind);
    query_put_number(&query, record->flags);
    query_put_number(&query, record->seal);
    query_put_number(&query, record->seal_index);
    query_put_bytes(&query, record->seal_path);
    query_put_bytes(&query, record->header);
    query_put_bytes(&query, record->salt);
    query_put_bytes(&query, record->body);
    return query_run(&query);
}

static bool same_run(const struct store_record *left, const struct store_record *right)
{
    return left->place.pair == right->place.pair && left->issued_at == right->issued_at &&
           !((left->flags ^ right->flags) & STORE_OURS);
}

/* The ids of records that follow each other, as one row. */
static enum fault run_write(struct database *database, const struct store_record *records,
                            size_t count)
{
    struct digest ids[RUN_MAX];
    for (size_t i = 0; i < count; i++)
        ids[i] = records[i].id;
    struct query query = query_open(database, QUERY_SPAN_PUT);
    query_put_number(&query, records->place.pair);
    query_put_number(&query, (records->flags & STORE_OURS) != 0);
    query_put_number(&query, (int64_t)records->issued_at);
    query_put_number(&query, records->serial);
    query_put_digest(&query, ids, count * DIGEST_SIZE);
    return query_run(&query);
}

enum fault database_young_flush(struct database *database)
{
    struct database_young *young = &database->young;
    const struct store_record *records = young->records;
    size_t count = young->count, run = 0;
    young->count = 0; /* what fails now is rolled back */
    young->seal = (struct store_signed) {0};
    for (size_t i = 0; i < count; i++) {
        TRY(record_write(database, &records[i]));
        bool last =
            i + 1 == count || i + 1 - run == RUN_MAX || !same_run(&records[i], &records[i + 1]);
        if (!last)
            continue;
        TRY(run_write(database, records + run, i + 1 - run));
        run = i + 1;
    }
    if (young->bytes)
        arena_reset(young->bytes);
    return FAULT_NONE;
}

void database_young_settle(struct database *database, bool committed)
{
    database->young.count = 0;
    database->young.seal = (struct store_signed) {0};
    if (database->young.bytes)
        arena_reset(database->young.bytes);
    if (!committed)
        database->young.next = 0;
}

void database_young_close(struct database *database)
{
    arena_close(database->young.bytes);
    free(database->young.records);
}
