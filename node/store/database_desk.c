#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

/* ---- pairs --------------------------------------------------------------------------------- */

static enum fault pair_open(struct store *store, const char *own, const char *partner,
                            uint32_t *pair)
{
    assert(strlen(own) <= HEADER_NAME_MAX && strlen(partner) <= HEADER_NAME_MAX);
    struct query query = query_open(database_of(store), QUERY_PAIR_FIND);
    query_put_text(&query, own);
    query_put_text(&query, partner);
    int64_t number = query_next(&query) ? query_number(&query) : 0;
    TRY(query_close(&query));
    if (number == 0) {
        query = query_open(database_of(store), QUERY_PAIR_PUT);
        query_put_text(&query, own);
        query_put_text(&query, partner);
        TRY(query_run(&query));
        number = sqlite3_last_insert_rowid(database_of(store)->connection);
    }
    *pair = (uint32_t)number;
    return FAULT_NONE;
}

static void pair_read(struct query *query, struct arena *arena, void *out)
{
    struct store_pair *pair = out;
    pair->pair = (uint32_t)query_number(query);
    pair->own = query_text(query, arena);
    pair->partner = query_text(query, arena);
}

static enum fault pair_list(struct store *store, struct arena *arena, struct store_pair **pairs,
                            size_t *count)
{
    const struct query_reader reader = {sizeof(struct store_pair), pair_read};
    struct query query = query_open(database_of(store), QUERY_PAIR_LIST);
    return query_list(&query, reader, arena, pairs, count);
}

/* ---- dossiers ------------------------------------------------------------------------------ */

static enum fault dossier_put(struct store *store, const struct store_dossier *dossier)
{
    return database_place_fold(database_of(store), dossier);
}

static void dossier_read(struct query *query, struct arena *, void *out)
{
    struct store_dossier *dossier = out;
    struct store_place *place = &dossier->place;
    place->pair = (uint32_t)query_number(query);
    place->opened_by_partner = query_number(query);
    query_exact(query, place->dossier.bytes, sizeof place->dossier.bytes);
    database_place_read(query, dossier);
}

static enum fault dossier_get(struct store *store, const struct store_place *place, bool *found,
                              struct store_dossier *dossier)
{
    struct database_place *entry;
    TRY(database_place_look(database_of(store), place, &entry));
    *found = entry->folded;
    if (entry->folded)
        *dossier = entry->row;
    return FAULT_NONE;
}

static enum fault dossier_list(struct store *store, const struct store_dossier_query *wanted,
                               struct arena *arena, struct store_dossier **dossiers, size_t *count)
{
    const struct query_reader reader = {sizeof(struct store_dossier), dossier_read};
    const struct store_place *after = wanted->after;
    /* No row has a negative opener: this is before the pair's first. */
    int64_t pair = wanted->pair, opener = -1;
    struct bytes name = {0};
    TRY(database_place_flush(database_of(store)));
    if (after && after->pair >= wanted->pair) {
        pair = after->pair;
        opener = after->opened_by_partner;
        name = (struct bytes) {after->dossier.bytes, sizeof after->dossier.bytes};
    }
    static_assert(DOSSIER_OFFERED == 14, "as the index says");
    bool rare = wanted->states && !(wanted->states & ((UINT64_C(1) << DOSSIER_OFFERED) - 1));
    struct query query =
        query_open(database_of(store), rare ? QUERY_DOSSIER_RARE : QUERY_DOSSIER_LIST);
    query_put_number(&query, pair);
    query_put_number(&query, opener);
    query_put_bytes(&query, name);
    query_put_number(&query, wanted->pair ? wanted->pair : UINT32_MAX);
    query_put_number(&query, (int64_t)wanted->states);
    query_put_number(&query, wanted->opened_by_partner);
    query_put_limit(&query, wanted->max);
    return query_list(&query, reader, arena, dossiers, count);
}

/* ---- what waits for the write guard -------------------------------------------------------- */

static enum fault ready_put(struct store *store, struct store_ready *ready)
{
    struct query query = query_open(database_of(store), QUERY_READY_PUT);
    query_put_number(&query, ready->pair);
    query_put_number(&query, ready->code);
    query_put_bytes(&query, ready->wire);
    TRY(query_run(&query));
    ready->number = sqlite3_last_insert_rowid(database_of(store)->connection);
    return FAULT_NONE;
}

static void ready_read(struct query *query, struct arena *arena, void *out)
{
    struct store_ready *ready = out;
    ready->number = query_number(query);
    ready->pair = (uint32_t)query_number(query);
    ready->code = (uint32_t)query_number(query);
    ready->wire = query_bytes(query, arena);
}

static enum fault ready_list(struct store *store, uint32_t pair, int64_t after, size_t max,
                             struct arena *arena, struct store_ready **list, size_t *count)
{
    const struct query_reader reader = {sizeof(struct store_ready), ready_read};
    struct query query = query_open(database_of(store), QUERY_READY_LIST);
    query_put_number(&query, after);
    query_put_number(&query, pair);
    query_put_limit(&query, max);
    return query_list(&query, reader, arena, list, count);
}

static enum fault ready_remove(struct store *store, int64_t number)
{
    struct query query = query_open(database_of(store), QUERY_READY_REMOVE);
    query_put_number(&query, number);
    return query_run(&query);
}

static enum fault ready_code(struct store *store, int64_t number, uint32_t code)
{
    struct query query = query_open(database_of(store), QUERY_READY_CODE);
    query_put_number(&query, code);
    query_put_number(&query, number);
    return query_run(&query);
}

/* ---- drafts -------------------------------------------------------------------------------- */

static void draft_read(struct query *query, struct arena *arena, void *out)
{
    struct store_draft *draft = out;
    draft->number = query_number(query);
    draft->pair = (uint32_t)query_number(query);
    query_exact(query, draft->row.bytes, DIGEST_SIZE);
    draft->body = query_bytes(query, arena);
    draft->changed_at = (uint64_t)query_number(query);
    draft->sent = query_number(query);
    query_exact(query, draft->dossier.bytes, sizeof draft->dossier.bytes);
}

static const struct query_reader draft_reader = {sizeof(struct store_draft), draft_read};

static enum fault draft_find(struct store *store, uint32_t pair, const struct digest *row,
                             struct arena *arena, struct store_draft **draft)
{
    struct query query = query_open(database_of(store), QUERY_DRAFT_FIND);
    query_put_number(&query, pair);
    query_put_digest(&query, row->bytes, DIGEST_SIZE);
    return query_one(&query, draft_reader, arena, draft);
}

static enum fault draft_put(struct store *store, struct store_draft *draft)
{
    bool new = draft->number == 0;
    struct query query =
        query_open(database_of(store), new ? QUERY_DRAFT_PUT : QUERY_DRAFT_REPLACE);
    query_put_number(&query, draft->pair);
    query_put_digest(&query, draft->row.bytes, DIGEST_SIZE);
    query_put_bytes(&query, draft->body);
    query_put_number(&query, (int64_t)draft->changed_at);
    query_put_number(&query, draft->sent);
    query_put_digest(&query, draft->dossier.bytes, sizeof draft->dossier.bytes);
    if (!new)
        query_put_number(&query, draft->number);
    TRY(query_run(&query));
    assert(sqlite3_changes(database_of(store)->connection) > 0);
    if (new)
        draft->number = sqlite3_last_insert_rowid(database_of(store)->connection);
    return FAULT_NONE;
}

static enum fault draft_list(struct store *store, bool sent, int64_t after, size_t max,
                             struct arena *arena, struct store_draft **drafts, size_t *count)
{
    struct query query = query_open(database_of(store), QUERY_DRAFT_LIST);
    query_put_number(&query, sent);
    query_put_number(&query, after);
    query_put_limit(&query, max);
    return query_list(&query, draft_reader, arena, drafts, count);
}

static enum fault draft_remove(struct store *store, int64_t number)
{
    struct query query = query_open(database_of(store), QUERY_DRAFT_REMOVE);
    query_put_number(&query, number);
    return query_run(&query);
}

/* ---- idempotency keys and small values ----------------------------------------------------- */

static enum fault request_get(struct store *store, const struct digest *key, struct arena *arena,
                              struct store_request *request)
{
    struct store_request found = {0};
    struct query query = query_open(database_of(store), QUERY_REQUEST_GET);
    query_put_digest(&query, key->bytes, DIGEST_SIZE);
    if (query_next(&query)) {
        found.found = true;
        query_exact(&query, found.content.bytes, DIGEST_SIZE);
        found.answer = query_bytes(&query, arena);
    }
    TRY(query_close(&query));
    *request = found;
    return FAULT_NONE;
}

static enum fault request_put(struct store *store, const struct digest *key,
                              const struct store_request *request)
{
    struct query query = query_open(database_of(store), QUERY_REQUEST_PUT);
    query_put_digest(&query, key->bytes, DIGEST_SIZE);
    query_put_digest(&query, request->content.bytes, DIGEST_SIZE);
    query_put_bytes(&query, request->answer);
    return query_run(&query);
}

static enum fault value_get(struct store *store, const char *name, struct arena *arena,
                            struct bytes *value)
{
    assert(*name && strlen(name) <= STORE_NAME_MAX);
    struct bytes found = {0};
    struct query query = query_open(database_of(store), QUERY_VALUE_GET);
    query_put_text(&query, name);
    if (query_next(&query))
        found = query_bytes(&query, arena);
    TRY(query_close(&query));
    *value = found;
    return FAULT_NONE;
}

static enum fault value_put(struct store *store, const char *name, struct bytes value)
{
    assert(*name && strlen(name) <= STORE_NAME_MAX && value.size <= STORE_VALUE_MAX);
    struct query query = query_open(database_of(store), QUERY_VALUE_PUT);
    query_put_text(&query, name);
    query_put_bytes(&query, value);
    return query_run(&query);
}

static enum fault value_remove(struct store *store, const char *name)
{
    assert(*name && strlen(name) <= STORE_NAME_MAX);
    struct query query = query_open(database_of(store), QUERY_VALUE_REMOVE);
    query_put_text(&query, name);
    return query_run(&query);
}

static void value_read(struct query *query, struct arena *arena, void *out)
{
    struct store_value *value = out;
    value->name = query_text(query, arena);
    value->value = query_bytes(query, arena);
}

static enum fault value_list(struct store *store, const char *prefix, const char *after, size_t max,
                             struct arena *arena, struct store_value **list, size_t *count)
{
    static const struct query_reader reader = {sizeof(struct store_value), value_read};
    char end[STORE_NAME_MAX + 1];
    size_t size = strlen(prefix);
    assert(size > 0 && size <= STORE_NAME_MAX && (unsigned char)prefix[size - 1] < 0x7f);
    /* The first name above all that begin so. */
    memcpy(end, prefix, size + 1);
    end[size - 1]++;
    /* One lower bound: of two, SQLite seeks the one and tries the other on every row behind it. */
    struct query query = query_open(database_of(store), QUERY_VALUE_LIST);
    query_put_text(&query, after && strcmp(after, prefix) > 0 ? after : prefix);
    query_put_text(&query, end);
    query_put_text(&query, after ? after : "");
    query_put_limit(&query, max);
    return query_list(&query, reader, arena, list, count);
}

void database_desk_calls(struct store *store)
{
    store->pair_open = pair_open;
    store->pair_list = pair_list;
    store->dossier_put = dossier_put;
    store->dossier_get = dossier_get;
    store->dossier_list = dossier_list;
    store->ready_put = ready_put;
    store->ready_list = ready_list;
    store->ready_remove = ready_remove;
    store->ready_code = ready_code;
    store->draft_find = draft_find;
    store->draft_put = draft_put;
    store->draft_list = draft_list;
    store->draft_remove = draft_remove;
    store->request_get = request_get;
    store->request_put = request_put;
    store->value_get = value_get;
    store->value_put = value_put;
    store->value_remove = value_remove;
    store->value_list = value_list;
}
