#include "engine/carry.h"

#include "base/broken.h"
#include "engine/suspect.h"

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

/* One record on its way into a frame. */
struct choice {
    struct store_record *record; /* NULL: it stays here */
    bool prove;
};

struct choices {
    const struct carry_order *order;
    struct choice *list; /* one for each that was asked for */
    struct store_signed *seal;
    bool whole; /* the seal's whole batch: no place and no path need travel */
};

static enum fault choice_load(struct step *step, struct choices *choices, size_t i)
{
    struct engine *engine = step->engine;
    const struct carry_order *order = choices->order;
    struct store_record *record;
    TRY(engine->store->record_get(engine->store, order->serials[i], engine->scratch, &record));
    if (!record)
        return FAULT_CORRUPT;
    if (!choices->seal)
        TRY(engine->store->seal_get(engine->store, record->seal, engine->scratch, &choices->seal));
    if (!choices->seal || choices->seal->number != record->seal)
        return FAULT_CORRUPT;
    bool receipted = order->receipted != CARRY_PLAIN && (record->flags & STORE_RECEIPTED);
    bool prove = receipted && order->receipted == CARRY_PROVE;
    bool stays =
        (receipted && !prove) || (order->leave_out && flight_has(order->leave_out, &record->id));
    choices->list[i] = (struct choice) {stays ? NULL : record, prove};
    return FAULT_NONE;
}

/* As many different records as the seal has leaves, none of them with a proof, in one frame. */
static bool choices_whole(const struct choices *choices)
{
    const struct carry_order *order = choices->order;
    size_t bytes = 0;
    for (size_t i = 0; i < order->count; i++) {
        const struct choice *choice = &choices->list[i];
        if (!choice->record || choice->prove ||
            (i > 0 && order->serials[i - 1] >= order->serials[i]))
            return false;
        bytes += carry_size(choice->record->header, choice->record->body);
    }
    return choices->seal->leaves.size == order->count * DIGEST_SIZE && bytes <= CARRY_FRAME_ROOM;
}

static enum fault choose(struct step *step, const struct carry_order *order,
                         struct choices *choices)
{
    *choices = (struct choices) {.order = order};
    choices->list = arena_take_array(step->engine->scratch, order->count, sizeof *choices->list);
    if (!choices->list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < order->count; i++)
        TRY(choice_load(step, choices, i));
    choices->whole = choices_whole(choices);
    return FAULT_NONE;
}

static enum fault carried_fill(struct step *step, const struct choices *choices,
                               const struct choice *choice, Peregrin__Carried *out)
{
    const struct store_record *record = choice->record;
    peregrin__carried__init(out);
    out->has_header = true;
    out->header = binary(record->header);
    out->has_salt = out->has_body = record->salt.size > 0;
    if (out->has_body) {
        out->salt = binary(record->salt);
        out->body = binary(record->body);
    }
    out->index = record->seal_index;
    if (choices->whole)
        return FAULT_NONE;
    out->has_index = true;
    if (!path_fill(step->engine->scratch, choices->seal, record->seal_index, record->seal_path,
                   &out->path, &out->n_path))
        return FAULT_MEMORY;
    return choice->prove ? proof_fill(step, record->serial, &out->receipted) : FAULT_NONE;
}

static size_t choice_size(const struct choices *choices, const struct choice *choice)
{
    return carry_size(choice->record->header, choice->record->body) +
           (choices->whole ? 0 : CARRY_PATH_ROOM) + (choice->prove ? CARRY_PROOF_ROOM : 0);
}

/* A batch or a part of it travels in ascending places; what was asked for by id comes in another
 * order. */
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

static enum fault choice_add(struct step *step, const struct choices *choices,
                             const struct choice *choice, struct carry_load *load)
{
    Peregrin__Carried *carried = arena_take(step->engine->scratch, sizeof *carried);
    if (!carried)
        return FAULT_MEMORY;
    TRY(carried_fill(step, choices, choice, carried));
    load->serials[load->count] = choice->record->serial;
    load->ids[load->count] = choice->record->id;
    load->records[load->count++] = carried;
    load->bytes += choice_size(choices, choice);
    load->weight += carry_weight(carried);
    return FAULT_NONE;
}

enum fault carry_load(struct step *step, const struct carry_order *order, struct carry_load *out)
{
    struct arena *scratch = step->engine->scratch;
    struct choices choices;
    assert(order->count > 0 && order->count <= STATEMENT_SEAL_LEAVES);
    out->count = out->bytes = out->weight = out->looked = 0;
    out->records = arena_take_array(scratch, order->count, sizeof *out->records);
    if (!out->records)
        return FAULT_MEMORY;
    TRY(choose(step, order, &choices));
    for (; out->looked < order->count; out->looked++) {
        const struct choice *choice = &choices.list[out->looked];
        if (!choice->record)
            continue;
        if (out->count > 0 && out->bytes + choice_size(&choices, choice) > CARRY_FRAME_ROOM)
            break;
        TRY(choice_add(step, &choices, choice, out));
    }
    places_sort(out);
    return statement_read_signed(choices.seal->wire, scratch, &out->seal) ? FAULT_CORRUPT
                                                                          : FAULT_NONE;
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

static enum verdict body_check(const struct carry_sent *sent, const Peregrin__Carried *carried,
                               struct arena *arena, struct carry_record *record)
{
    /* A critical extension gives the header an unknown schema: it has no kind here. */
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
    if (!digest_equal(&commitment, &record->header.commitment) && !broken_is(BROKEN_ANY_BODY))
        return VERDICT_FORGED;
    return record->kind && !record->aside
               ? kind_body_read(record->kind, record->body_wire, arena, &record->body)
               : VERDICT_FINE;
}

static enum verdict record_check(struct step *step, const struct carry_sent *sent,
                                 const Peregrin__Carried *carried, const struct digest *id,
                                 struct carry_record *record)
{
    struct engine *engine = step->engine;
    enum crumb_stage barred = suspect_barred(engine, id);
    if (suspect_unkept(barred))
        return VERDICT_INTERNAL;
    record->aside = barred != CRUMB_NONE;
    suspect_at_hand(engine, CRUMB_HEADER, id);
    TRY(header_read_named(view_of(carried->header), id, engine->scratch, &record->header));
    const Peregrin__Header *fields = record->header.fields;
    if (!names(fields->network, engine->catalogue->network) ||
        !names(fields->issuer, sent->issuer->schac) ||
        !names(fields->audience, sent->audience->schac))
        return VERDICT_FORGED;
    suspect_at_hand(engine, CRUMB_BODY, id);
    TRY(body_check(sent, carried, engine->scratch, record));
    if (!carried->receipted)
        return VERDICT_FINE;
    TRY(proof_check(step, sent, carried->receipted, &record->header.id));
    record->receipted = !broken_is(BROKEN_JUDGED_AGAIN);
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
        if (broken_is(BROKEN_SEAL_EACH))
            TRY(seal_check(step, sent, out, &statement));
        if (whole == sent->records[i]->has_index)
            return VERDICT_MALFORMED;
        TRY(record_check(step, sent, sent->records[i], at_fault, &out->records[i]));
        if (!whole)
            TRY(place_check(sent->records[i], statement, arena, &out->records[i]));
    }
    *at_fault = (struct digest) {0};
    return whole ? whole_check(statement, arena, out) : VERDICT_FINE;
}

/* What comes back was judged before, and so was what we once receipted. Who writes in lane 0 opened
 * the dossier. */
struct store_record carry_stored(const struct pair *pair, const struct carry_record *in, bool ours)
{
    uint32_t back = ours || in->receipted ? STORE_JUDGED | STORE_RECOVERED : 0;
    uint32_t read = (in->kind ? 0 : STORE_NOT_UNDERSTOOD) | (in->aside ? STORE_ASIDE : 0);
    return (struct store_record) {
        .place = {pair->number, ours == (in->header.lane == 1), in->header.dossier},
        .lane = in->header.lane,
        .index = in->header.index,
        .id = in->header.id,
        .issued_at = in->header.issued_at,
        .kind = in->header.kind,
        .flags = back | read | (ours ? STORE_OURS : 0),
        .header = in->header.wire,
        .salt = in->salt,
        .body = in->body_wire,
        .seal_index = in->seal_index,
        .seal_path = in->seal_path,
    };
}
