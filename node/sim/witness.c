#include "sim/witness.h"

#include "record/statement.h"
#include "seal/tree.h"

#include <string.h>

static struct bytes view(ProtobufCBinaryData data)
{
    return (struct bytes) {data.data, data.len};
}

/* The statement of a Signed by this node's institution; data NULL when its signature fails. */
static struct bytes statement_of(const struct witness_case *subject, struct bytes wire,
                                 size_t signer, enum seal_context context)
{
    struct suite suite = world_suite(subject->world, signer);
    const struct catalogue_institution *institution = catalogue_institution(
        world_catalogue(subject->world), world_institution(subject->world, signer));
    Peregrin__Signed *signed_;
    struct bytes statement;
    struct digest key;
    const uint8_t *signature;
    if (statement_read_signed(wire, subject->arena, &signed_) ||
        statement_single(signed_, &statement, &key, &signature))
        return (struct bytes) {0};
    const struct catalogue_key *known = catalogue_key(institution, &key);
    if (!known || !suite.verify(suite.self, known->public_key, context, statement, signature))
        return (struct bytes) {0};
    return statement;
}

/* What seals and receipts have in common. */
struct claim {
    const char *network, *issuer, *audience;
    struct bytes root;
    uint32_t count;
};

static bool names_hold(const struct witness_case *subject, const struct claim *claim, size_t issuer,
                       size_t audience)
{
    const struct world *world = subject->world;
    return strcmp(claim->network, world_catalogue(world)->network) == 0 &&
           strcmp(claim->issuer, world_institution(world, issuer)) == 0 &&
           strcmp(claim->audience, world_institution(world, audience)) == 0;
}

/* The leaf leads to the root: by all leaves, or by its own path. */
static bool leaf_holds(const struct digest *id, uint32_t index, const struct store_signed *tree,
                       struct bytes path, const struct claim *claim)
{
    struct digest root, steps[TREE_PATH_MAX];
    size_t count = tree->leaves.size / DIGEST_SIZE;
    if (!digest_from(claim->root, &root))
        return false;
    if (count) {
        const struct digest *leaves = (const struct digest *)tree->leaves.data;
        struct digest all;
        tree_root(leaves, count, &all);
        return count == claim->count && index < count && digest_equal(&leaves[index], id) &&
               digest_equal(&all, &root);
    }
    count = path.size / DIGEST_SIZE;
    if (count > TREE_PATH_MAX)
        return false;
    memcpy(steps, path.data, path.size);
    return tree_check(id, index, claim->count, steps, count, &root);
}

const char *witness_seal(const struct witness_case *subject)
{
    const struct store_record *record = subject->record;
    struct store_signed *seal;
    Peregrin__SealStatement *said;
    if (!record->seal)
        return "it has no seal";
    if (subject->store->seal_get(subject->store, record->seal, subject->arena, &seal) || !seal)
        return "its seal is not here";
    struct bytes statement = statement_of(subject, seal->wire, subject->author, SEAL_CONTEXT_SEAL);
    if (!statement.data || statement_read_seal(statement, subject->arena, &said))
        return "its seal's signature does not hold";
    struct claim claim = {said->network, said->issuer, said->audience, view(said->root),
                          said->count};
    if (!names_hold(subject, &claim, subject->author, subject->audience))
        return "its seal names others";
    if (!leaf_holds(&record->id, record->seal_index, seal, record->seal_path, &claim))
        return "it does not stand under its seal";
    return NULL;
}

const char *witness_receipt(const struct witness_case *subject)
{
    const struct store_record *record = subject->record;
    struct store *store = subject->store;
    struct store_receipt_link link;
    struct store_signed *receipt;
    Peregrin__ReceiptStatement *said;
    if (store->receipt_of(store, record->serial, &link))
        return "its receipt cannot be read";
    if (!link.receipt)
        return record->flags & STORE_RECEIPTED ? "it is marked as receipted and is not" : NULL;
    if (store->receipt_get(store, link.receipt, subject->arena, &receipt) || !receipt)
        return "its receipt is not here";
    struct bytes statement =
        statement_of(subject, receipt->wire, subject->audience, SEAL_CONTEXT_RECEIPT);
    if (!statement.data || statement_read_receipt(statement, subject->arena, &said))
        return "its receipt's signature does not hold";
    struct claim claim = {said->network, said->issuer, said->audience, view(said->root),
                          said->count};
    if (!names_hold(subject, &claim, subject->audience, subject->author))
        return "its receipt names others";
    if (!leaf_holds(&record->id, link.index, receipt, (struct bytes) {0}, &claim))
        return "it does not stand under its receipt";
    return NULL;
}
