#include "store/memory.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct shape ready_shape = {
    sizeof(struct store_ready), {offsetof(struct store_ready, wire)}, 1};

static const struct shape draft_shape = {
    sizeof(struct store_draft), {offsetof(struct store_draft, body)}, 1};

static const struct shape request_shape = {
    sizeof(struct store_request), {offsetof(struct store_request, answer)}, 1};

static const struct shape outbox_shape = {.size = sizeof(struct store_outbox_row)};

static const struct shape dossier_shape = {.size = sizeof(struct store_dossier)};

static struct memory_key key_of_outbox(uint32_t pair, int64_t serial)
{
    struct memory_key key = {0};
    memory_key_number(&key, pair, 4);
    memory_key_number(&key, serial > 0 ? (uint64_t)serial : 0, 8);
    return key;
}

/* Each with its end. */
struct pair_names {
    struct bytes own, partner;
};

static const struct shape pair_shape = {
    sizeof(struct pair_names),
    {offsetof(struct pair_names, own), offsetof(struct pair_names, partner)},
    2,
};

static struct bytes name_with_end(const char *name)
{
    assert(strlen(name) <= HEADER_NAME_MAX);
    return (struct bytes) {(const uint8_t *)name, strlen(name) + 1};
}

static enum fault pair_open(struct store *store, const char *own, const char *partner,
                            uint32_t *pair)
{
    const struct pair_names names = {name_with_end(own), name_with_end(partner)};
    struct memory_key named = {0};
    memory_key_bytes(&named, names.own.data, names.own.size);
    memory_key_bytes(&named, names.partner.data, names.partner.size);
    int64_t number;
    if (!memory_view_plain(store, MEMORY_PAIR_NAMED, named, &number, sizeof number)) {
        TRY(memory_next_number(store, MEMORY_PAIR, &number));
        TRY(memory_put_plain(store, MEMORY_PAIR_NAMED, named, &number, sizeof number));
        TRY(memory_put(store, MEMORY_PAIR, memory_key_of_number(number), &pair_shape, &names));
    }
    *pair = (uint32_t)number;
    return FAULT_NONE;
}

static enum fault pair_list(struct store *store, struct arena *arena, struct store_pair **pairs,
                            size_t *count)
{
    const struct shape_query query = {.table = MEMORY_PAIR, .shape = &pair_shape, .max = SIZE_MAX};
    struct pair_names *names;
    size_t n;
    TRY(memory_list(store, &query, arena, &names, &n));
    struct store_pair *list = arena_take_array(arena, n, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    /* Numbers count from 1 without a gap: pairs are never removed. */
    for (size_t i = 0; i < n; i++)
        list[i] = (struct store_pair) {(uint32_t)i + 1, (const char *)names[i].own.data,
                                       (const char *)names[i].partner.data};
    *pairs = list;
    *count = n;
    return FAULT_NONE;
}

/* ---- the outbox ---------------------------------------------------------------------------- */

static enum fault outbox_put(struct store *store, uint32_t pair, const struct store_outbox_row *row)
{
    struct memory_key key = key_of_outbox(pair, row->serial);
    struct store_outbox_row before;
    if (!memory_view(store, MEMORY_OUTBOX, key, &outbox_shape, &before))
        TRY(memory_stream_unreceipted(store, pair, true, 1));
    return memory_put(store, MEMORY_OUTBOX, key, &outbox_shape, row);
}

static bool outbox_fits(const void *value, const void *)
{
    return ((const struct store_outbox_row *)value)->code == 0;
}

static enum fault outbox_next(struct store *store, uint32_t pair, int64_t after, bool stuck,
                              size_t max, struct arena *arena, struct store_outbox_row **rows,
                              size_t *count)
{
    struct memory_key from = key_of_outbox(pair, after), prefix = {0};
    memory_key_number(&prefix, pair, 4);
    const struct shape_query query = {
        .table = MEMORY_OUTBOX,
        .shape = &outbox_shape,
        .after = memory_key_view(&from),
        .prefix = memory_key_view(&prefix),
        .max = max,
        .fits = stuck ? NULL : outbox_fits,
    };
    return memory_list(store, &query, arena, rows, count);
}

static enum fault outbox_remove(struct store *store, uint32_t pair, int64_t serial)
{
    struct memory_key key = key_of_outbox(pair, serial);
    struct store_outbox_row before;
    if (!memory_view(store, MEMORY_OUTBOX, key, &outbox_shape, &before))
        return FAULT_NONE;
    TRY(memory_stream_unreceipted(store, pair, true, -1));
    return memory_remove(store, MEMORY_OUTBOX, key);
}

static enum fault outbox_code(struct store *store, uint32_t pair, int64_t serial, uint32_t code)
{
    struct memory_key key = key_of_outbox(pair, serial);
    struct store_outbox_row row;
    if (!memory_view(store, MEMORY_OUTBOX, key, &outbox_shape, &row))
        return FAULT_NONE;
    row.code = code;
    return memory_put(store, MEMORY_OUTBOX, key, &outbox_shape, &row);
}

/* ---- dossiers ------------------------------------------------------------------------------ */

static enum fault dossier_put(struct store *store, const struct store_dossier *dossier)
{
    struct memory_key key = memory_key_of_place(&dossier->place);
    return memory_put(store, MEMORY_DOSSIER, key, &dossier_shape, dossier);
}

static enum fault dossier_get(struct store *store, const struct store_place *place, bool *found,
                              struct store_dossier *dossier)
{
    *found =
        memory_view(store, MEMORY_DOSSIER, memory_key_of_place(place), &dossier_shape, dossier);
    return FAULT_NONE;
}

static bool dossier_fits(const void *value, const void *wanted)
{
    const struct store_dossier *dossier = value;
    const struct store_dossier_query *query = wanted;
    return (!query->states || (dossier->state < 64 && query->states >> dossier->state & 1)) &&
           (query->opened_by_partner < 0 ||
            dossier->place.opened_by_partner == (query->opened_by_partner != 0));
}

static enum fault dossier_list(struct store *store, const struct store_dossier_query *wanted,
                               struct arena *arena, struct store_dossier **dossiers, size_t *count)
{
    struct memory_key after = {0}, prefix = {0};
    if (wanted->after)
        after = memory_key_of_place(wanted->after);
    if (wanted->pair)
        memory_key_number(&prefix, wanted->pair, 4);
    const struct shape_query query = {
        .table = MEMORY_DOSSIER,
        .shape = &dossier_shape,
        .after = memory_key_view(&after),
        .prefix = memory_key_view(&prefix),
        .max = wanted->max,
        .fits = dossier_fits,
        .wanted = wanted,
    };
    return memory_list(store, &query, arena, dossiers, count);
}

/* ---- what waits for the write guard -------------------------------------------------------- */

static enum fault ready_put(struct store *store, struct store_ready *ready)
{
    int64_t number;
    TRY(memory_next_number(store, MEMORY_READY, &number));
    ready->number = number;
    return memory_put(store, MEMORY_READY, memory_key_of_number(number), &ready_shape, ready);
}

static bool ready_fits(const void *value, const void *wanted)
{
    uint32_t pair = *(const uint32_t *)wanted;
    return pair == 0 || ((const struct store_ready *)value)->pair == pair;
}

static enum fault ready_list(struct store *store, uint32_t pair, int64_t after, size_t max,
                             struct arena *arena, struct store_ready **list, size_t *count)
{
    struct memory_key from = memory_key_of_number(after);
    const struct shape_query query = {
        .table = MEMORY_READY,
        .shape = &ready_shape,
        .after = memory_key_view(&from),
        .max = max,
        .fits = ready_fits,
        .wanted = &pair,
    };
    return memory_list(store, &query, arena, list, count);
}

static enum fault ready_remove(struct store *store, int64_t number)
{
    return memory_remove(store, MEMORY_READY, memory_key_of_number(number));
}

static enum fault ready_code(struct store *store, int64_t number, uint32_t code)
{
    struct store_ready ready;
    if (!memory_view(store, MEMORY_READY, memory_key_of_number(number), &ready_shape, &ready))
        return FAULT_NONE;
    ready.code = code;
    return memory_put(store, MEMORY_READY, memory_key_of_number(number), &ready_shape, &ready);
}

/* ---- drafts -------------------------------------------------------------------------------- */

static struct memory_key key_of_row(uint32_t pair, const struct digest *row)
{
    struct memory_key key = {0};
    memory_key_number(&key, pair, 4);
    memory_key_bytes(&key, row->bytes, DIGEST_SIZE);
    return key;
}

static enum fault draft_find(struct store *store, uint32_t pair, const struct digest *row,
                             struct arena *arena, struct store_draft **draft)
{
    int64_t number;
    *draft = NULL;
    if (!memory_view_plain(store, MEMORY_DRAFT_ROW, key_of_row(pair, row), &number, sizeof number))
        return FAULT_NONE;
    return memory_get(store, MEMORY_DRAFT, memory_key_of_number(number), &draft_shape, arena,
                      draft);
}

static enum fault draft_remove(struct store *store, int64_t number)
{
    struct store_draft draft;
    if (!memory_view(store, MEMORY_DRAFT, memory_key_of_number(number), &draft_shape, &draft))
        return FAULT_NONE;
    TRY(memory_remove(store, MEMORY_DRAFT_ROW, key_of_row(draft.pair, &draft.row)));
    return memory_remove(store, MEMORY_DRAFT, memory_key_of_number(number));
}

static enum fault draft_put(struct store *store, struct store_draft *draft)
{
    struct memory_key row = key_of_row(draft->pair, &draft->row);
    int64_t number = draft->number, other;
    if (number == 0)
        TRY(memory_next_number(store, MEMORY_DRAFT, &number));
    else
        TRY(draft_remove(store, number)); /* its row may be another now */
    bool taken = memory_view_plain(store, MEMORY_DRAFT_ROW, row, &other, sizeof other);
    assert(!taken);
    draft->number = number;
    TRY(memory_put_plain(store, MEMORY_DRAFT_ROW, row, &number, sizeof number));
    return memory_put(store, MEMORY_DRAFT, memory_key_of_number(number), &draft_shape, draft);
}

static bool draft_fits(const void *value, const void *wanted)
{
    return ((const struct store_draft *)value)->sent == *(const bool *)wanted;
}

static enum fault draft_list(struct store *store, bool sent, int64_t after, size_t max,
                             struct arena *arena, struct store_draft **drafts, size_t *count)
{
    struct memory_key from = memory_key_of_number(after);
    const struct shape_query query = {
        .table = MEMORY_DRAFT,
        .shape = &draft_shape,
        .after = memory_key_view(&from),
        .max = max,
        .fits = draft_fits,
        .wanted = &sent,
    };
    return memory_list(store, &query, arena, drafts, count);
}

/* ---- idempotency keys and small values ----------------------------------------------------- */

static enum fault request_get(struct store *store, const struct digest *key, struct arena *arena,
                              struct store_request *request)
{
    struct memory_key at = {0};
    memory_key_bytes(&at, key->bytes, DIGEST_SIZE);
    struct store_request *found;
    TRY(memory_get(store, MEMORY_REQUEST, at, &request_shape, arena, &found));
    *request = found ? *found : (struct store_request) {0};
    request->found = found;
    return FAULT_NONE;
}

static enum fault request_put(struct store *store, const struct digest *key,
                              const struct store_request *request)
{
    struct memory_key at = {0};
    memory_key_bytes(&at, key->bytes, DIGEST_SIZE);
    return memory_put(store, MEMORY_REQUEST, at, &request_shape, request);
}

static struct memory_key key_of_name(const char *name)
{
    struct memory_key key = {0};
    size_t size = strlen(name);
    assert(size > 0 && size <= STORE_NAME_MAX);
    memory_key_bytes(&key, name, size);
    return key;
}

static enum fault value_get(struct store *store, const char *name, struct arena *arena,
                            struct bytes *value)
{
    struct memory_key key = key_of_name(name);
    struct row row;
    *value = (struct bytes) {0};
    if (!rows_find(memory_of(store)->rows, MEMORY_VALUE, memory_key_view(&key), &row))
        return FAULT_NONE;
    *value = arena_copy(arena, row.value);
    return value->data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault value_put(struct store *store, const char *name, struct bytes value)
{
    assert(value.size <= STORE_VALUE_MAX);
    return memory_put_plain(store, MEMORY_VALUE, key_of_name(name), value.data, value.size);
}

static enum fault value_remove(struct store *store, const char *name)
{
    return memory_remove(store, MEMORY_VALUE, key_of_name(name));
}

static bool begins_with(struct bytes name, struct bytes prefix)
{
    return name.size >= prefix.size && memcmp(name.data, prefix.data, prefix.size) == 0;
}

static enum fault value_copy(const struct row *row, struct arena *arena, struct store_value *out)
{
    *out = (struct store_value) {arena_text(arena, row->key), arena_copy(arena, row->value)};
    return out->name && out->value.data ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault value_list(struct store *store, const char *prefix, const char *after, size_t max,
                             struct arena *arena, struct store_value **list, size_t *count)
{
    struct rows *rows = memory_of(store)->rows;
    struct bytes begin = bytes_text(prefix), from = after ? bytes_text(after) : begin;
    struct row row;
    size_t n = 0, i = 0;
    assert(*prefix);
    /* Counted first, so that the arena is charged once. */
    bool above = after && bytes_compare(from, begin) >= 0;
    struct bytes first = above ? from : begin;
    bool found = above ? rows_after(rows, MEMORY_VALUE, first, &row)
                       : rows_from(rows, MEMORY_VALUE, first, &row);
    for (; found && n < max && begins_with(row.key, begin); n++)
        found = rows_after(rows, MEMORY_VALUE, row.key, &row);
    struct store_value *values = arena_take_array(arena, n, sizeof *values);
    if (!values)
        return FAULT_MEMORY;
    found = above ? rows_after(rows, MEMORY_VALUE, first, &row)
                  : rows_from(rows, MEMORY_VALUE, first, &row);
    for (; i < n; i++) {
        assert(found);
        TRY(value_copy(&row, arena, &values[i]));
        found = rows_after(rows, MEMORY_VALUE, row.key, &row);
    }
    *list = values;
    *count = n;
    return FAULT_NONE;
}

void memory_desk_calls(struct store *store)
{
    store->pair_open = pair_open;
    store->pair_list = pair_list;
    store->outbox_put = outbox_put;
    store->outbox_next = outbox_next;
    store->outbox_remove = outbox_remove;
    store->outbox_code = outbox_code;
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
