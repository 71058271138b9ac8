#include "admin/audit_signed.h"

#include "record/statement.h"
#include "seal/seal.h"

#include <assert.h>
#include <string.h>

/* What both kinds of statement say alike. */
struct said {
    const char *network, *issuer, *audience, *key_id;
    ProtobufCBinaryData key_digest, root;
    uint32_t count;
    uint64_t time;
};

static const struct {
    enum seal_context context;
    const char *signature, *key, *time, *revoked, *names, *tree, *absent, *leaf;
} words[] = {
    [AUDIT_SIGNED_SEAL] = {SEAL_CONTEXT_SEAL, "the seal's signature does not hold",
                           "the seal names a key that the catalogue does not have",
                           "the seal was made outside of its key's time",
                           "the seal was made with a revoked key",
                           "the seal says other names than its signature",
                           "the seal's root is not that of its records", "the seal is not here",
                           "the record is not under its seal"},
    [AUDIT_SIGNED_RECEIPT] = {SEAL_CONTEXT_RECEIPT, "the receipt's signature does not hold",
                              "the receipt names a key that the catalogue does not have",
                              "the receipt was made outside of its key's time",
                              "the receipt was made with a revoked key",
                              "the receipt says other names than its signature",
                              "the receipt's root is not that of its records",
                              "the receipt is not here", "the record is not in its receipt"},
};

static enum verdict seal_said(struct bytes wire, struct arena *arena, struct said *out)
{
    Peregrin__SealStatement *s;
    TRY(statement_read_seal(wire, arena, &s));
    *out = (struct said) {s->network,    s->issuer, s->audience, s->key_id,
                          s->key_digest, s->root,   s->count,    s->time};
    return VERDICT_FINE;
}

static enum verdict receipt_said(struct bytes wire, struct arena *arena, struct said *out)
{
    Peregrin__ReceiptStatement *s;
    TRY(statement_read_receipt(wire, arena, &s));
    *out = (struct said) {s->network,    s->issuer, s->audience, s->key_id,
                          s->key_digest, s->root,   s->count,    s->time};
    return VERDICT_FINE;
}

static enum verdict fail(struct audit_signed *signed_, enum verdict verdict, const char *what)
{
    signed_->verdict = verdict;
    signed_->what = what;
    return verdict;
}

/* A signature made before its key was revoked still proves what it proved. */
static enum verdict key_time(struct audit_signed *signed_, const struct catalogue_key *key,
                             uint64_t time)
{
    if (time < key->from || time >= key->until)
        return fail(signed_, VERDICT_EXPIRED, words[signed_->kind].time);
    if (time >= key->revoked_at)
        return fail(signed_, VERDICT_REVOKED, words[signed_->kind].revoked);
    return VERDICT_FINE;
}

static bool is_digest(ProtobufCBinaryData data, const struct digest *digest)
{
    return bytes_equal((struct bytes) {data.data, data.len}, digest_bytes(digest));
}

/* The bytes say what their signature stands for. */
static enum verdict names_check(struct audit_signed *signed_, const struct said *said,
                                const struct catalogue_key *key)
{
    bool root = digest_from((struct bytes) {said->root.data, said->root.len}, &signed_->root);
    if (!root || strcmp(said->issuer, signed_->issuer) != 0 || strcmp(said->key_id, key->id) != 0 ||
        !is_digest(said->key_digest, &key->digest))
        return fail(signed_, VERDICT_FORGED, words[signed_->kind].names);
    signed_->network = said->network;
    signed_->audience = said->audience;
    signed_->count = said->count;
    return key_time(signed_, key, said->time);
}

/* The leaves, where they are kept, are those whose root was signed. */
static enum verdict tree_check_all(struct audit_signed *signed_)
{
    struct digest leaves[TREE_LEAVES_MAX], root;
    size_t count = signed_->leaves.size / DIGEST_SIZE;
    if (signed_->leaves.size == 0)
        return VERDICT_FINE;
    if (signed_->leaves.size % DIGEST_SIZE || count != signed_->count || count > TREE_LEAVES_MAX)
        return fail(signed_, VERDICT_FORGED, words[signed_->kind].tree);
    memcpy(leaves, signed_->leaves.data, signed_->leaves.size);
    tree_root(leaves, count, &root);
    if (!digest_equal(&root, &signed_->root))
        return fail(signed_, VERDICT_FORGED, words[signed_->kind].tree);
    return VERDICT_FINE;
}

static enum verdict row_check(const struct audit *audit, struct audit_signed *signed_,
                              const struct store_signed *row)
{
    Peregrin__Signed *message;
    struct bytes wire;
    struct digest digest;
    const uint8_t *signature;
    struct said said = {0};
    const struct catalogue_institution *issuer =
        catalogue_institution(audit->catalogue, signed_->issuer);
    if (statement_read_signed(row->wire, signed_->arena, &message) ||
        statement_single(message, &wire, &digest, &signature))
        return fail(signed_, VERDICT_MALFORMED, words[signed_->kind].signature);
    const struct catalogue_key *key = issuer ? catalogue_key(issuer, &digest) : NULL;
    if (!key)
        return fail(signed_, VERDICT_UNKNOWN, words[signed_->kind].key);
    if (!seal_verify(words[signed_->kind].context, key->public_key, wire, signature))
        return fail(signed_, VERDICT_FORGED, words[signed_->kind].signature);
    enum verdict read = signed_->kind == AUDIT_SIGNED_SEAL
                            ? seal_said(wire, signed_->arena, &said)
                            : receipt_said(wire, signed_->arena, &said);
    if (read)
        return fail(signed_, read, words[signed_->kind].names);
    TRY(names_check(signed_, &said, key));
    return tree_check_all(signed_);
}

enum fault audit_signed_read(const struct audit *audit, struct audit_signed *signed_,
                             int64_t number, const char *issuer, bool *fresh)
{
    struct store *store = audit->store;
    struct store_signed *row;
    assert(number > 0);
    *fresh = signed_->number != number || strcmp(signed_->issuer, issuer) != 0;
    if (!*fresh)
        return FAULT_NONE;
    arena_reset(signed_->arena);
    *signed_ = (struct audit_signed) {
        .kind = signed_->kind, .arena = signed_->arena, .number = number, .issuer = issuer};
    if (signed_->kind == AUDIT_SIGNED_SEAL)
        TRY(store->seal_get(store, number, signed_->arena, &row));
    else
        TRY(store->receipt_get(store, number, signed_->arena, &row));
    enum verdict verdict;
    if (row) {
        signed_->leaves = row->leaves;
        verdict = row_check(audit, signed_, row);
    } else {
        verdict = fail(signed_, VERDICT_NOT_FOUND, words[signed_->kind].absent);
    }
    return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_NONE;
}

const char *audit_signed_holds(const struct audit_signed *signed_,
                               const struct audit_signed_leaf *leaf)
{
    assert(!signed_->what);
    struct digest path[TREE_PATH_MAX];
    bool holds = false;
    if (signed_->leaves.size > 0) {
        holds = leaf->index < signed_->count &&
                memcmp(signed_->leaves.data + (size_t)leaf->index * DIGEST_SIZE, leaf->id->bytes,
                       DIGEST_SIZE) == 0;
    } else if (leaf->path.size % DIGEST_SIZE == 0 && leaf->path.size <= sizeof path) {
        if (leaf->path.size)
            memcpy(path, leaf->path.data, leaf->path.size);
        holds = tree_check(leaf->id, leaf->index, signed_->count, path,
                           leaf->path.size / DIGEST_SIZE, &signed_->root);
    }
    return holds ? NULL : words[signed_->kind].leaf;
}
