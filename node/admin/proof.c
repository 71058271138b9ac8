#include "admin/proof.h"

#include "record/statement.h"
#include "seal/tree.h"

#include <assert.h>
#include <string.h>

static ProtobufCBinaryData binary(struct bytes bytes)
{
    return (ProtobufCBinaryData) {bytes.size, (uint8_t *)bytes.data};
}

/* A row of leaves as digests: they are bytes, so no copy is needed to read them, but one for
 * alignment and type costs little. */
static enum fault digests_of(struct bytes packed, size_t max, struct arena *arena,
                             struct digest **out, size_t *count)
{
    if (packed.size % DIGEST_SIZE || packed.size / DIGEST_SIZE > max)
        return FAULT_CORRUPT;
    struct digest *digests = arena_take(arena, packed.size);
    if (!digests)
        return FAULT_MEMORY;
    if (packed.size)
        memcpy(digests, packed.data, packed.size);
    *out = digests;
    *count = packed.size / DIGEST_SIZE;
    return FAULT_NONE;
}

/* The way from the leaf to the root: computed where all leaves are here, otherwise as it came. */
static enum fault path_of(const struct store_signed *row, uint32_t index, struct bytes path,
                          struct arena *arena, struct digest **out, size_t *length)
{
    struct digest *leaves;
    size_t count;
    TRY(digests_of(row->leaves, TREE_LEAVES_MAX, arena, &leaves, &count));
    if (count == 0)
        return digests_of(path, TREE_PATH_MAX, arena, out, length);
    if (index >= count)
        return FAULT_CORRUPT;
    *out = arena_take_array(arena, TREE_PATH_MAX, sizeof **out);
    if (!*out)
        return FAULT_MEMORY;
    *length = tree_path(leaves, count, index, *out);
    return FAULT_NONE;
}

static enum fault proof_of(const struct store_signed *row, uint32_t index, struct bytes path,
                           struct arena *arena, Peregrin__Proof **out)
{
    struct digest *way;
    size_t length;
    Peregrin__Proof *proof = arena_take(arena, sizeof *proof);
    TRY(path_of(row, index, path, arena, &way, &length));
    ProtobufCBinaryData *steps = arena_take_array(arena, length, sizeof *steps);
    if (!proof || !steps)
        return FAULT_MEMORY;
    peregrin__proof__init(proof);
    enum verdict verdict = statement_read_signed(row->wire, arena, &proof->signed_);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    for (size_t i = 0; i < length; i++)
        steps[i] = binary(digest_bytes(&way[i]));
    proof->has_index = true;
    proof->index = index;
    proof->n_path = length;
    proof->path = steps;
    *out = proof;
    return FAULT_NONE;
}

enum fault proof_seal(struct store *store, const struct store_record *record, struct arena *arena,
                      Peregrin__Proof **out)
{
    struct store_signed *seal;
    *out = NULL;
    if (!record->seal)
        return FAULT_NONE;
    TRY(store->seal_get(store, record->seal, arena, &seal));
    if (!seal)
        return FAULT_CORRUPT;
    return proof_of(seal, record->seal_index, record->seal_path, arena, out);
}

enum fault proof_receipt(struct store *store, const struct store_record *record,
                         struct arena *arena, Peregrin__Proof **out)
{
    struct store_receipt_link link;
    struct store_signed *receipt;
    *out = NULL;
    TRY(store->receipt_of(store, record->serial, &link));
    if (!link.receipt)
        return FAULT_NONE;
    TRY(store->receipt_get(store, link.receipt, arena, &receipt));
    if (!receipt)
        return FAULT_CORRUPT;
    return proof_of(receipt, link.index, (struct bytes) {0}, arena, out);
}

enum fault proof_evidence(struct store *store, const struct catalogue_files *files,
                          const struct store_record *record, struct arena *arena,
                          Peregrin__Evidence **out)
{
    Peregrin__Evidence *evidence = arena_take(arena, sizeof *evidence);
    assert(record->header.size > 0);
    if (!evidence)
        return FAULT_MEMORY;
    peregrin__evidence__init(evidence);
    TRY(proof_seal(store, record, arena, &evidence->seal));
    TRY(proof_receipt(store, record, arena, &evidence->receipt));
    evidence->has_version = evidence->has_header = true;
    evidence->version = 1;
    evidence->header = binary(record->header);
    evidence->has_salt = evidence->has_body = record->salt.size > 0;
    evidence->salt = binary(record->salt);
    evidence->body = binary(record->body);
    evidence->has_root = evidence->has_catalogue = true;
    evidence->root = binary(files->root);
    evidence->catalogue = binary(files->catalogue);
    *out = evidence->seal ? evidence : NULL;
    return FAULT_NONE;
}
