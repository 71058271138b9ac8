#include "store/store_memory.h"

#include "store/memory.h"

#include <assert.h>
#include <stdlib.h>

static enum fault memory_begin(struct store *store)
{
    struct memory *memory = memory_of(store);
    assert(!memory->open);
    memory->open = true;
    return FAULT_NONE;
}

static void memory_rollback(struct store *store)
{
    struct memory *memory = memory_of(store);
    assert(memory->open);
    rows_rollback(memory->rows);
    store->undone++;
    memory->open = memory->broken = false;
}

static enum fault memory_commit(struct store *store)
{
    struct memory *memory = memory_of(store);
    assert(memory->open);
    if (memory->broken) {
        memory_rollback(store);
        return FAULT_MEMORY;
    }
    rows_commit(memory->rows);
    memory->open = false;
    return FAULT_NONE;
}

static bool memory_inside(const struct store *store)
{
    return ((const struct memory *)store)->open;
}

static void memory_close(struct store *store)
{
    rows_close(memory_of(store)->rows);
    free(store);
}

/* ---- open and copy -------------------------------------------------------------------------- */

static struct store *open_over(struct rows *rows)
{
    struct memory *memory = rows ? malloc(sizeof *memory) : NULL;
    if (!memory) {
        rows_close(rows);
        return NULL;
    }
    *memory = (struct memory) {.rows = rows};
    memory->store.begin = memory_begin;
    memory->store.commit = memory_commit;
    memory->store.rollback = memory_rollback;
    memory->store.inside = memory_inside;
    memory->store.close = memory_close;
    memory_record_calls(&memory->store);
    memory_stream_calls(&memory->store);
    memory_desk_calls(&memory->store);
    memory_feed_calls(&memory->store);
    return &memory->store;
}

struct store *store_memory_open(void)
{
    static const uint32_t numbered = 1u << MEMORY_PAIR | 1u << MEMORY_RECORD | 1u << MEMORY_SEAL |
                                     1u << MEMORY_RECEIPT | 1u << MEMORY_LINK | 1u << MEMORY_EVENT;
    return open_over(rows_open(numbered));
}

struct store *store_memory_copy(const struct store *store)
{
    return open_over(rows_copy(((const struct memory *)store)->rows));
}

uint64_t store_memory_writes(const struct store *store)
{
    return rows_writes(((const struct memory *)store)->rows);
}

void store_memory_digest(const struct store *store, struct digest *out)
{
    rows_digest(((const struct memory *)store)->rows, out);
}
