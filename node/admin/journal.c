#include "admin/journal.h"

#include "admin/keep.h"
#include "record/codec.h"
#include "seal/digest.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "journal/";
static const char newest[] = "journal_newest"; /* its number and digest */

enum { NUMBER_SIZE = 8, TIP_SIZE = NUMBER_SIZE + DIGEST_SIZE };

static void name_of(uint64_t number, char out[static STORE_NAME_MAX + 1])
{
    snprintf(out, STORE_NAME_MAX + 1, "%s%016llx", prefix, (unsigned long long)number);
}

static enum fault tip_get(struct store *store, struct arena *arena, uint64_t *number,
                          struct digest *digest)
{
    struct bytes tip;
    TRY(store->value_get(store, newest, arena, &tip));
    *number = 0;
    *digest = (struct digest) {0};
    if (tip.size == 0)
        return FAULT_NONE;
    if (tip.size != TIP_SIZE)
        return FAULT_CORRUPT;
    *number = bytes_read_u64le(tip.data);
    memcpy(digest->bytes, tip.data + NUMBER_SIZE, DIGEST_SIZE);
    return FAULT_NONE;
}

enum fault journal_newest(struct store *store, struct arena *arena, uint64_t *number)
{
    struct digest digest;
    return tip_get(store, arena, number, &digest);
}

enum fault journal_add(struct store *store, Peregrin__Entry *entry, struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    uint8_t tip[TIP_SIZE];
    uint64_t number;
    struct digest digest;
    TRY(tip_get(store, arena, &number, &digest));
    entry->has_before = true;
    entry->before = (ProtobufCBinaryData) {DIGEST_SIZE, digest.bytes};
    struct bytes wire = codec_pack(&entry->base, arena);
    if (!wire.data)
        return FAULT_MEMORY;
    name_of(number + 1, name);
    TRY(store->value_put(store, name, wire));
    digest_of(DIGEST_SECRET, wire, &digest);
    bytes_write_u64le(tip, number + 1);
    memcpy(tip + NUMBER_SIZE, digest.bytes, DIGEST_SIZE);
    entry->before = (ProtobufCBinaryData) {0};
    return store->value_put(store, newest, (struct bytes) {tip, sizeof tip});
}

/* Of the entry with this number; zero where there is none. */
static enum fault digest_at(struct store *store, uint64_t number, struct arena *arena,
                            struct digest *out)
{
    char name[STORE_NAME_MAX + 1];
    struct bytes wire;
    *out = (struct digest) {0};
    if (number == 0)
        return FAULT_NONE;
    name_of(number, name);
    TRY(store->value_get(store, name, arena, &wire));
    if (wire.size)
        digest_of(DIGEST_SECRET, wire, out);
    return FAULT_NONE;
}

enum fault journal_list(struct store *store, uint64_t after, size_t max, struct arena *arena,
                        struct journal_row **out, size_t *count)
{
    char name[STORE_NAME_MAX + 1];
    struct keep_row *rows;
    struct digest before;
    assert(max <= JOURNAL_PAGE_MAX);
    name_of(after, name);
    TRY(keep_list(store, prefix, name, max, &peregrin__entry__descriptor, arena, &rows, count));
    struct journal_row *list = arena_take_array(arena, *count + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    TRY(digest_at(store, after, arena, &before));
    for (size_t i = 0; i < *count; i++) {
        const Peregrin__Entry *entry = (const Peregrin__Entry *)rows[i].message;
        struct bytes said = {entry->before.data, entry->before.len};
        uint64_t number = strtoull(rows[i].name + sizeof prefix - 1, NULL, 16);
        bool next = number == after + 1 + i;
        list[i] =
            (struct journal_row) {number, entry, next && bytes_equal(said, digest_bytes(&before))};
        digest_of(DIGEST_SECRET, rows[i].wire, &before);
    }
    *out = list;
    return FAULT_NONE;
}
