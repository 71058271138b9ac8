#include "engine/carry.h"

#include <assert.h>
#include <string.h>

size_t carry_size(struct bytes header, struct bytes body)
{
    return header.size + DIGEST_SALT_SIZE + body.size + CARRY_RECORD_ROOM;
}

size_t carry_weight(const Peregrin__Carried *carried)
{
    return carried->header.len + carried->body.len;
}

static ProtobufCBinaryData binary(struct bytes view)
{
    return (ProtobufCBinaryData) {view.size, (uint8_t *)view.data};
}

static struct bytes view_of(ProtobufCBinaryData binary_data)
{
    return (struct bytes) {binary_data.data, binary_data.len};
}

/* ---- out ---- */

/* The path of one leaf, from the tree's leaves or as it was stored, as repeated bytes. */
static bool path_fill(struct arena *arena, const struct store_signed *tree, uint32_t index,
                      struct bytes stored_path, ProtobufCBinaryData **path, size_t *count)
{
    struct digest steps[TREE_PATH_MAX];
    size_t length = stored_path.size / DIGEST_SIZE;
    if (tree->leaves.size)
        length = tree_path((const struct digest *)tree->leaves.data,
                           tree->leaves.size / DIGEST_SIZE, index, steps);
    else
        memcpy(steps, stored_path.data, length * DIGEST_SIZE);
    *path = arena_take_array(arena, length + 1, sizeof **path);
    uint8_t *copy = arena_take_array(arena, length + 1, DIGEST_SIZE);
    if (!*path || !copy)
        return false;
    memcpy(copy, steps, length * DIGEST_SIZE);
    for (size_t i = 0; i < length; i++)
        (*path)[i] = (ProtobufCBinaryData) {DIGEST_SIZE, copy + i * DIGEST_SIZE};
    *count = length;
    return true;
}

static enum fault proof_fill(struct step *step, int64_t serial, Peregrin__Proof **out)
{
    struct engine *engine = step->engine;
    struct store_receipt_link link;
    struct store_signed *receipt;
    TRY(engine->store->receipt_of(engine->store, serial, &link));
    if (!link.receipt)
        return FAULT_NONE;
    TRY(engine->store->receipt_get(engine->store, link.receipt, engine->scratch, &receipt));
    Peregrin__Proof *proof = arena_take(engine->scratch, sizeof *proof);
    if (!receipt || !proof)
        return receipt ? FAULT_MEMORY : FAULT_CORRUPT;
    peregrin__proof__init(proof);
    if (statement_read_signed(receipt->wire, engine->scratch, &proof->signed_))
        return FAULT_CORRUPT;
    proof->has_index = true;
    proof->index = link.index;
    if (!path_fill(engine->scratch, receipt, link.index, (struct bytes) {0}, &proof->path,
                   &proof->n_path))
        return FAULT_MEMORY;
    *out = proof;
    return FAULT_NONE;
}

static bool carried_fill(struct arena *arena, const struct store_record *record,
                         const struct store_signed *seal, Peregrin__Carried *out)
{
    out->has_header = true;
    out->header = binary(record->header);
    out->has_salt = out->has_body = record->salt.size > 0;
    if (out->has_body) {
        out->salt = binary(record->salt);
        out->body = binary(record->body);
    }
    out->has_index = true;
    out->index = record->seal_index;
    return path_fill(arena, seal, record->seal_index, record->seal_path, &out->path, &out->n_path);
}

/* All leaves of the seal, in order: the paths need not travel. */
static void whole_strip(struct carry_load *load, const struct store_signed *seal)
{
    if (load->count * DIGEST_SIZE != seal->leaves.size)
        return;
    for (size_t i = 0; i < load->count; i++)
        if (load->records[i]->index != i || load->records[i]->receipted)
            return;
    for (size_t i = 0; i < load->count; i++) {
        load->records[i]->has_index = false;
        load->records[i]->n_path = 0;
    }
}

/* A part of a batch travels in ascending places; what was asked for by id comes in another order.
 */
static void places_sort(struct carry_load *load)
{
    for (size_t i = 1; i < load->count; i++)
        for (size_t j = i; j > 0 && load->records[j - 1]->index > load->records[j]->index; j--) {
            Peregrin__Carried *record = load->records[j];
            struct digest id = load->ids[j];
            int64_t serial = load->serials[j];
            load->records[j] = load->records[j - 1];
            load->ids[j] = load->ids[j - 1];
            load->serials[j] = load->serials[j - 1];
            load->records[j - 1] = record;
            load->ids[j - 1] = id;
            load->serials[j - 1] = serial;
        }
}

/* As many different records as the seal has leaves, all of it: then no paths will travel. */
static bool order_whole(const struct carry_order *order, const struct store_signed *seal)
{
    for (size_t i = 1; i < order->count; i++)
        if (order->serials[i - 1] >= order->serials[i])
            return false;
    return seal->leaves.size == order->count * DIGEST_SIZE;
}

static enum fault load_one(struct step *step, const struct carry_order *order, int64_t serial,
                           struct store_signed **seal, struct carry_load *load, bool *full)
{
    struct engine *engine = step->engine;
    struct store_record *record;
    TRY(engine->store->record_get(engine->store, serial, engine->scratch, &record));
    if (!record)
        return FAULT_CORRUPT;
    if (!*seal)
        TRY(engine->store->seal_get(engine->store, record->seal, engine->scratch, seal));
    if (!*seal || (*seal)->number != record->seal)
        return FAULT_CORRUPT;
    bool whole = order_whole(order, *seal);
    bool receipted = order->receipted != CARRY_PLAIN && (record->flags & STORE_RECEIPTED);
    bool prove = receipted && order->receipted == CARRY_PROVE;
    if ((receipted && !prove) || (order->leave_out && flight_has(order->leave_out, &record->id)))
        return FAULT_NONE;
    size_t size = carry_size(record->header, record->body) + (whole ? 0 : CARRY_PATH_ROOM) +
                  (prove ? CARRY_PROOF_ROOM : 0);
    *full = load->count > 0 && load->bytes + size > CARRY_FRAME_ROOM;
    if (*full)
        return FAULT_NONE;
    Peregrin__Carried *carried = arena_take(engine->scratch, sizeof *carried);
    if (!carried)
        return FAULT_MEMORY;
    peregrin__carried__init(carried);
    if (!carried_fill(engine->scratch, record, *seal, carried))
        return FAULT_MEMORY;
    if (prove)
        TRY(proof_fill(step, serial, &carried->receipted));
    load->serials[load->count] = serial;
    load->ids[load->count] = record->id;
    load->records[load->count++] = carried;
    load->bytes += size;
    load->weight += carry_weight(carried);
    return FAULT_NONE;
}

enum fault carry_load(struct step *step, const struct carry_order *order, struct carry_load *out)
{
    struct engine *engine = step->engine;
    struct store_signed *seal = NULL;
    bool full = false;
    assert(order->count > 0 && order->count <= STATEMENT_SEAL_LEAVES);
    out->count = out->bytes = out->weight = out->looked = 0;
    out->records = arena_take_array(engine->scratch, order->count, sizeof *out->records);
    if (!out->records)
        return FAULT_MEMORY;
    while (out->looked < order->count) {
        TRY(load_one(step, order, order->serials[out->looked], &seal, out, &full));
        if (full)
            break;
        out->looked++;
    }
    places_sort(out);
    if (statement_read_signed(seal->wire, engine->scratch, &out->seal))
        return FAULT_CORRUPT;
    whole_strip(out, seal);
    return FAULT_NONE;
}

/* ---- in ---- */

static bool names(const char *said, const char *known)
{
    return said && strcmp(said, known) == 0;
}

static enum verdict seal_check(struct step *step, const struct carry_sent *sent,
                               struct carry_batch *out, Peregrin__SealStatement **statement)
{
    struct engine *engine = step->engine;
    const struct catalogue_key *key;
    struct bytes said;
    TRY(peer_verify(step, sent->issuer, SEAL_CONTEXT_SEAL, sent->seal, &said, &key));
    TRY(statement_read_seal(said, engine->scratch, statement));
    if (!names((*statement)->network, engine->catalogue->network) ||
        !names((*statement)->issuer, sent->issuer->schac) ||
        !names((*statement)->audience, sent->audience->schac) ||
        !names((*statement)->key_id, key->id) ||
        !bytes_equal(view_of((*statement)->key_digest), digest_bytes(&key->digest)))
        return VERDICT_FORGED;
    out->key_state = catalogue_key_usable(key, (*statement)->time);
    const Peregrin__Signature *signature = sent->seal->signatures[0];
    out->seal_wire =
        statement_pack_signed(said, &key->digest, signature->signature.data, engine->scratch);
    return out->seal_wire.data ? VERDICT_FINE : VERDICT_TOO_LARGE;
}

/* A receipt of our own institution that the sender shows for a record: then it was judged before. A
 * proof that does not hold is a forgery, not merely no proof. */
static enum verdict proof_check(struct step *step, const struct carry_sent *sent,
                                const Peregrin__Proof *proof, const struct digest *id)
{
    const struct catalogue_key *key;
    struct bytes said;
    Peregrin__ReceiptStatement *receipt;
    TRY(peer_verify(step, sent->audience, SEAL_CONTEXT_RECEIPT, proof->signed_, &said, &key));
    TRY(statement_read_receipt(said, step->engine->scratch, &receipt));
    struct digest path[TREE_PATH_MAX], root;
    if (proof->n_path > TREE_PATH_MAX || !digest_from(view_of(receipt->root), &root))
        return VERDICT_MALFORMED;
    for (size_t i = 0; i < proof->n_path; i++)
        if (!digest_from(view_of(proof->path[i]), &path[i]))
            return VERDICT_MALFORMED;
    bool holds = names(receipt->network, step->engine->catalogue->network) &&
                 names(receipt->issuer, sent->audience->schac) &&
                 names(receipt->audience, sent->issuer->schac) &&
                 tree_check(id, proof->index, receipt->count, path, proof->n_path, &root);
    return holds ? VERDICT_FINE : VERDICT_FORGED;
}

static enum verdict place_check(const Peregrin__Carried *carried,
                                const Peregrin__SealStatement *statement, struct arena *arena,
                                struct carry_record *record)
{
    struct digest root;
    if (!carried->has_index || carried->n_path > TREE_PATH_MAX ||
        !digest_from(view_of(statement->root), &root))
        return VERDICT_MALFORMED;
    struct digest *path = arena_take_array(arena, carried->n_path + 1, sizeof *path);
    if (!path)
        return VERDICT_TOO_LARGE;
    for (size_t i = 0; i < carried->n_path; i++)
        if (!digest_from(view_of(carried->path[i]), &path[i]))
            return VERDICT_MALFORMED;
    if (!tree_check(&record->header.id, carried->index, statement->count, path, carried->n_path,
                    &root))
        return VERDICT_FORGED;
    record->seal_index = carried->index;
    record->seal_path = (struct bytes) {(const uint8_t *)path, carried->n_path * DIGEST_SIZE};
    return VERDICT_FINE;
}

static bool critical_known(const struct header *header)
{
    return header->fields->n_critical == 0; /* this version knows no extension */
}

static enum verdict body_check(const struct carry_sent *sent, const Peregrin__Carried *carried,
                               struct arena *arena, struct carry_record *record)
{
    if (critical_known(&record->header))
        record->kind = kind_find(record->header.kind, record->header.schema);
    if (!carried->has_body)
        return sent->bodies_needed ? VERDICT_MALFORMED : VERDICT_FINE;
    record->salt = view_of(carried->salt);
    record->body_wire = view_of(carried->body);
    if (record->salt.size != DIGEST_SALT_SIZE)
        return VERDICT_MALFORMED;
    if (record->body_wire.size > HEADER_BODY_MAX)
        return VERDICT_TOO_LARGE;
    struct digest commitment;
    header_commit(record->salt.data, record->body_wire, &commitment);
    if (!digest_equal(&commitment, &record->header.commitment))
        return VERDICT_FORGED;
    return record->kind ? kind_body_read(record->kind, record->body_wire, arena, &record->body)
                        : VERDICT_FINE;
}

static enum verdict record_check(struct step *step, const struct carry_sent *sent,
                                 const Peregrin__Carried *carried, struct carry_record *record)
{
    struct engine *engine = step->engine;
    TRY(header_read(view_of(carried->header), engine->scratch, &record->header));
    const Peregrin__Header *fields = record->header.fields;
    if (!names(fields->network, engine->catalogue->network) ||
        !names(fields->issuer, sent->issuer->schac) ||
        !names(fields->audience, sent->audience->schac))
        return VERDICT_FORGED;
    TRY(body_check(sent, carried, engine->scratch, record));
    if (!carried->receipted)
        return VERDICT_FINE;
    TRY(proof_check(step, sent, carried->receipted, &record->header.id));
    record->receipted = true;
    return VERDICT_FINE;
}

/* A whole batch: the ids themselves are the leaves. */
static enum verdict whole_check(const Peregrin__SealStatement *statement, struct arena *arena,
                                struct carry_batch *out)
{
    struct digest root, *leaves = arena_take_array(arena, out->count, sizeof *leaves);
    if (!leaves)
        return VERDICT_TOO_LARGE;
    for (size_t i = 0; i < out->count; i++) {
        leaves[i] = out->records[i].header.id;
        out->records[i].seal_index = (uint32_t)i;
    }
    tree_root(leaves, out->count, &root);
    if (!bytes_equal(digest_bytes(&root), view_of(statement->root)))
        return VERDICT_FORGED;
    out->leaves = (struct bytes) {(const uint8_t *)leaves, out->count * DIGEST_SIZE};
    return VERDICT_FINE;
}

enum verdict carry_check(struct step *step, const struct carry_sent *sent, struct carry_batch *out,
                         struct digest *at_fault)
{
    struct arena *arena = step->engine->scratch;
    Peregrin__SealStatement *statement;
    assert(sent->count > 0 && sent->count <= STATEMENT_SEAL_LEAVES);
    *out = (struct carry_batch) {.count = sent->count};
    *at_fault = (struct digest) {0};
    TRY(seal_check(step, sent, out, &statement));
    out->records = arena_take_array(arena, sent->count, sizeof *out->records);
    if (!out->records)
        return VERDICT_TOO_LARGE;
    bool whole = !sent->records[0]->has_index;
    if (whole && statement->count != sent->count)
        return VERDICT_FORGED;
    for (size_t i = 0; i < sent->count; i++) {
        struct bytes header = view_of(sent->records[i]->header);
        digest_of(DIGEST_RECORD, header, at_fault);
        if (whole == sent->records[i]->has_index)
            return VERDICT_MALFORMED;
        TRY(record_check(step, sent, sent->records[i], &out->records[i]));
        /* A key that was revoked, or not in force at the seal's time, seals nothing new. What we
         * once receipted, and what comes back to its author, was sealed before that. */
        if (out->key_state && !sent->to_author && !out->records[i].receipted)
            return out->key_state;
        if (!whole)
            TRY(place_check(sent->records[i], statement, arena, &out->records[i]));
    }
    *at_fault = (struct digest) {0};
    return whole ? whole_check(statement, arena, out) : VERDICT_FINE;
}
