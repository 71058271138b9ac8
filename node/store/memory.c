#include "store/memory.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

static_assert((int)MEMORY_TABLES == (int)ROWS_TABLES, "a tree for each table");

struct memory *memory_of(struct store *store)
{
    return (struct memory *)store;
}

/* ---- keys ---------------------------------------------------------------------------------- */

void memory_key_number(struct memory_key *key, uint64_t number, size_t size)
{
    const uint64_t turned = htobe64(number);
    assert(size <= sizeof turned && key->size + size <= MEMORY_KEY_MAX);
    memcpy(key->bytes + key->size, (const uint8_t *)&turned + sizeof turned - size, size);
    key->size += size;
}

void memory_key_bytes(struct memory_key *key, const void *data, size_t size)
{
    assert(key->size + size <= MEMORY_KEY_MAX);
    memcpy(key->bytes + key->size, data, size);
    key->size += size;
}

struct bytes memory_key_view(const struct memory_key *key)
{
    return (struct bytes) {key->bytes, key->size};
}

struct memory_key memory_key_of_number(int64_t number)
{
    struct memory_key key = {0};
    memory_key_number(&key, number > 0 ? (uint64_t)number : 0, 8);
    return key;
}

struct memory_key memory_key_of_pair(uint32_t pair, bool flag)
{
    struct memory_key key = {0};
    memory_key_number(&key, pair, 4);
    memory_key_number(&key, flag, 1);
    return key;
}

struct memory_key memory_key_of_place(const struct store_place *place)
{
    struct memory_key key = memory_key_of_pair(place->pair, place->opened_by_partner);
    memory_key_bytes(&key, place->dossier.bytes, sizeof place->dossier.bytes);
    return key;
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* After a write that failed the transaction can only be rolled back. */
static enum fault write_result(struct memory *memory, enum fault fault)
{
    assert(memory->open);
    memory->broken |= fault != FAULT_NONE;
    return fault;
}

enum fault memory_put(struct store *store, enum memory_table table, struct memory_key key,
                      const struct shape *shape, const void *value)
{
    struct memory *memory = memory_of(store);
    return write_result(memory,
                        shape_put(memory->rows, table, memory_key_view(&key), shape, value));
}

enum fault memory_put_plain(struct store *store, enum memory_table table, struct memory_key key,
                            const void *value, size_t size)
{
    struct memory *memory = memory_of(store);
    const struct bytes part = {value, size};
    bool done = rows_put(memory->rows, table, memory_key_view(&key), &part, 1);
    return write_result(memory, done ? FAULT_NONE : FAULT_MEMORY);
}

enum fault memory_edit(struct store *store, enum memory_table table, struct memory_key key,
                       size_t size, uint8_t **value)
{
    struct memory *memory = memory_of(store);
    *value = rows_edit(memory->rows, table, memory_key_view(&key), size);
    return write_result(memory, *value ? FAULT_NONE : FAULT_MEMORY);
}

enum fault memory_remove(struct store *store, enum memory_table table, struct memory_key key)
{
    struct memory *memory = memory_of(store);
    bool done = rows_remove(memory->rows, table, memory_key_view(&key));
    return write_result(memory, done ? FAULT_NONE : FAULT_MEMORY);
}

enum fault memory_get(struct store *store, enum memory_table table, struct memory_key key,
                      const struct shape *shape, struct arena *arena, void *out)
{
    void *found;
    TRY(shape_get(memory_of(store)->rows, table, memory_key_view(&key), shape, arena, &found));
    memcpy(out, &found, sizeof found);
    return FAULT_NONE;
}

bool memory_view(struct store *store, enum memory_table table, struct memory_key key,
                 const struct shape *shape, void *out)
{
    struct row row;
    if (!rows_find(memory_of(store)->rows, table, memory_key_view(&key), &row))
        return false;
    shape_view(shape, row.value, out);
    return true;
}

bool memory_view_plain(struct store *store, enum memory_table table, struct memory_key key,
                       void *out, size_t size)
{
    return memory_view(store, table, key, &(struct shape) {.size = size}, out);
}

enum fault memory_list(struct store *store, const struct shape_query *query, struct arena *arena,
                       void *out, size_t *count)
{
    void *found;
    TRY(shape_list(memory_of(store)->rows, query, arena, &found, count));
    memcpy(out, &found, sizeof found);
    return FAULT_NONE;
}

/* All in one row: whoever writes one of them is about to write others. */
static struct memory_key key_of_numbers(void)
{
    return memory_key_of_number(0);
}

enum fault memory_next_number(struct store *store, enum memory_table table, int64_t *number)
{
    int64_t last[MEMORY_TABLES];
    uint8_t *value;
    TRY(memory_edit(store, MEMORY_COUNTER, key_of_numbers(), sizeof last, &value));
    memcpy(last, value, sizeof last);
    *number = ++last[table];
    memcpy(value, last, sizeof last);
    return FAULT_NONE;
}

int64_t memory_last_number(struct store *store, enum memory_table table)
{
    int64_t last[MEMORY_TABLES];
    bool given = memory_view_plain(store, MEMORY_COUNTER, key_of_numbers(), last, sizeof last);
    return given ? last[table] : 0;
}
