#include "engine/batch.h"

#include "base/broken.h"
#include "engine/carry.h"
#include "record/codec.h"
#include "record/statement.h"

#include <assert.h>

enum { STUCK_PAGE = 256 };

/* ---- what was said ---- */

static enum fault batch_sign(struct step *step, struct pair *pair, struct bytes leaves,
                             struct bytes *wire)
{
    struct digest root;
    Peregrin__SealStatement statement = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root((const struct digest *)leaves.data, leaves.size / DIGEST_SIZE, &root);
    statement.network = (char *)step->engine->catalogue->network;
    statement.issuer = (char *)pair->own->schac;
    statement.audience = (char *)pair->partner->schac;
    statement.key_id = (char *)pair->own_key->id;
    statement.has_key_digest = statement.has_count = statement.has_root = true;
    statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest =
        (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)pair->own_key->digest.bytes};
    statement.count = (uint32_t)(leaves.size / DIGEST_SIZE);
    statement.root = (ProtobufCBinaryData) {DIGEST_SIZE, root.bytes};
    statement.time = instant_seconds(step->now);
    statement.catalogue_version = step->engine->catalogue->version;
    struct bytes packed = codec_pack(&statement.base, step->engine->scratch);
    if (!packed.data)
        return FAULT_MEMORY;
    return peer_sign(step, pair, SEAL_CONTEXT_SEAL, packed, wire);
}

/* How many of these records fit under one seal: they fill a frame when they go together, and two
 * when they have to go with their paths. */
static size_t batch_length(const struct peer_record *records, size_t count)
{
    size_t length = 0, size = 0;
    while (length < count && length < STATEMENT_SEAL_LEAVES &&
           (length == 0 || size + records[length].size <= CARRY_FRAME_ROOM))
        size += records[length++].size;
    return length;
}

static enum fault batch_put(struct step *step, struct pair *pair, const struct peer_record *records,
                            size_t count, int64_t *number)
{
    struct digest *leaves = arena_take_array(step->engine->scratch, count, sizeof *leaves);
    if (!leaves)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++)
        leaves[i] = records[i].id;
    struct store_signed seal = {
        .pair = pair->number,
        .leaves = {(const uint8_t *)leaves, count * DIGEST_SIZE},
    };
    TRY(batch_sign(step, pair, seal.leaves, &seal.wire));
    TRY(step->engine->store->seal_put(step->engine->store, &seal));
    *number = seal.number;
    return FAULT_NONE;
}

static enum fault batch_close(struct step *step, struct pair *pair,
                              const struct peer_record *records, size_t count)
{
    struct store *store = step->engine->store;
    int64_t seal;
    TRY(batch_put(step, pair, records, count, &seal));
    for (size_t i = 0; i < count; i++) {
        struct store_outbox_row row = {
            .serial = records[i].serial, .seal = seal, .since = instant_seconds(step->now)};
        TRY(store->record_sealed(store, records[i].serial, seal, (uint32_t)i));
        if (broken_is(BROKEN_TWO_TRANSACTIONS)) {
            TRY(store->commit(store));
            TRY(store->begin(store));
        }
        TRY(store->outbox_put(store, pair->number, &row));
    }
    pair->outbox += count;
    pair->starved = true;
    peer_count(step, PEER_SEALS_MADE, 1);
    return FAULT_NONE;
}

enum fault batch_settle(struct step *step, struct pair *pair)
{
    size_t done = 0;
    while (done < pair->unsealed.count) {
        size_t length = batch_length(pair->unsealed.list + done, pair->unsealed.count - done);
        TRY(batch_close(step, pair, pair->unsealed.list + done, length));
        done += length;
    }
    peer_records_clear(&pair->unsealed);
    return FAULT_NONE;
}

/* ---- what stands under a key that does not count any more ---- */

static enum fault seal_counts(struct step *step, const struct catalogue_institution *issuer,
                              int64_t number, bool *counts)
{
    struct engine *engine = step->engine;
    struct store_signed *seal;
    Peregrin__Signed *signed_;
    Peregrin__SealStatement *statement;
    TRY(engine->store->seal_get(engine->store, number, engine->scratch, &seal));
    if (!seal || statement_read_signed(seal->wire, engine->scratch, &signed_))
        return FAULT_CORRUPT;
    struct bytes said = {signed_->statement.data, signed_->statement.len};
    if (statement_read_seal(said, engine->scratch, &statement))
        return FAULT_CORRUPT;
    *counts = peer_counts(issuer, statement->key_digest, statement->time);
    return FAULT_NONE;
}

/* Own records without a receipt, with the rows that they stand in. */
struct bare {
    struct peer_record *records;
    struct store_outbox_row **rows;
    size_t count, size;
};

static enum fault bare_add(struct step *step, struct store_outbox_row *row, struct bare *bare)
{
    struct store *store = step->engine->store;
    struct store_record *record;
    TRY(store->record_get(store, row->serial, step->engine->scratch, &record));
    if (!record)
        return FAULT_CORRUPT;
    if (record->flags & STORE_RECEIPTED)
        return FAULT_NONE;
    size_t size = carry_size(record->header, record->body);
    bare->records[bare->count] = (struct peer_record) {row->serial, record->id, size};
    bare->rows[bare->count++] = row;
    bare->size += size;
    return FAULT_NONE;
}

/* From the first rows whose seals do not count, as many as may stand under one. */
static enum fault bare_find(struct step *step, const struct pair *pair,
                            struct store_outbox_row *rows, size_t count, struct bare *out)
{
    struct arena *scratch = step->engine->scratch;
    bool counts = true;
    *out = (struct bare) {
        .records = arena_take_array(scratch, STATEMENT_SEAL_LEAVES, sizeof *out->records),
        .rows = arena_take_array(scratch, STATEMENT_SEAL_LEAVES, sizeof(void *)),
    };
    if (!out->records || !out->rows)
        return FAULT_MEMORY;
    struct arena_mark mark = arena_mark(scratch);
    for (size_t i = 0; i < count && out->count < STATEMENT_SEAL_LEAVES; i++) {
        arena_rewind(scratch, mark);
        if (i == 0 || rows[i].seal != rows[i - 1].seal)
            TRY(seal_counts(step, pair->own, rows[i].seal, &counts));
        if (counts || out->size > CARRY_FRAME_ROOM)
            return FAULT_NONE;
        TRY(bare_add(step, &rows[i], out));
    }
    return FAULT_NONE;
}

static enum fault bare_seal(struct step *step, struct pair *pair, const struct bare *bare)
{
    struct store *store = step->engine->store;
    size_t length = batch_length(bare->records, bare->count);
    int64_t seal;
    TRY(batch_put(step, pair, bare->records, length, &seal));
    for (size_t i = 0; i < length; i++) {
        struct store_outbox_row *row = bare->rows[i];
        row->seal = seal;
        TRY(store->record_sealed(store, row->serial, seal, (uint32_t)i));
        TRY(store->outbox_put(store, pair->number, row));
    }
    peer_count(step, PEER_SEALS_RENEWED, 1);
    trace_say(&step->outcome->trace, TRACE_NOTE,
              "%s: %zu records sealed anew, for the key of their seal does not count any more",
              pair->partner->schac, length);
    return FAULT_NONE;
}

enum fault batch_renew(struct step *step, struct pair *pair, struct store_outbox_row *rows,
                       size_t count, bool *waits)
{
    struct bare bare;
    assert(count > 0);
    *waits = false;
    if (!peer_keys_ended(pair->own))
        return FAULT_NONE;
    TRY(bare_find(step, pair, rows, count, &bare));
    *waits = bare.count && !pair->own_key;
    return bare.count && pair->own_key ? bare_seal(step, pair, &bare) : FAULT_NONE;
}

/* ---- what the partner refused ---- */

static enum fault row_unstick(struct step *step, struct pair *pair,
                              const struct store_outbox_row *row)
{
    struct store *store = step->engine->store;
    bool counts;
    if (row->code != VERDICT_EXPIRED && row->code != VERDICT_REVOKED)
        return FAULT_NONE;
    TRY(seal_counts(step, pair->own, row->seal, &counts));
    if (counts)
        return FAULT_NONE; /* its catalogue is the newer one: ours will say the same one day */
    assert(pair->stuck > 0);
    pair->stuck--;
    return store->outbox_code(store, pair->number, row->serial, 0);
}

enum fault batch_unstick(struct step *step, struct pair *pair)
{
    struct engine *engine = step->engine;
    struct store_outbox_row *rows;
    size_t count = STUCK_PAGE;
    if (!pair->stuck || !peer_keys_ended(pair->own))
        return FAULT_NONE;
    struct arena_mark mark = arena_mark(engine->scratch);
    for (int64_t after = 0; count == STUCK_PAGE;) {
        arena_rewind(engine->scratch, mark);
        TRY(engine->store->outbox_next(engine->store, pair->number, after, true, STUCK_PAGE,
                                       engine->scratch, &rows, &count));
        struct arena_mark row = arena_mark(engine->scratch);
        for (size_t i = 0; i < count; i++) {
            arena_rewind(engine->scratch, row);
            TRY(row_unstick(step, pair, &rows[i]));
            after = rows[i].serial;
        }
    }
    arena_rewind(engine->scratch, mark);
    return FAULT_NONE;
}

/* ---- at the other side ---- */

enum fault batch_replace(struct step *step, struct pair *pair, int64_t serial, uint32_t index,
                         struct store_signed *seal)
{
    struct store *store = step->engine->store;
    struct store_record *held;
    bool counts;
    assert(seal->leaves.size > 0); /* a path has no place beside a seal that comes later */
    if (!peer_keys_ended(pair->partner))
        return FAULT_NONE;
    TRY(store->record_get(store, serial, step->engine->scratch, &held));
    if (!held)
        return FAULT_CORRUPT;
    TRY(seal_counts(step, pair->partner, held->seal, &counts));
    if (counts)
        return FAULT_NONE;
    if (!seal->number)
        TRY(store->seal_put(store, seal));
    return store->record_sealed(store, serial, seal->number, index);
}
