/* links: base seal record trust */
/* Any file is valid evidence or fails with a sentence, and armour loses nothing; and no file is
 * valid of which one statement does not hold, asked here in another way than evidence.c does.
 *
 * The first byte chooses whether signatures are believed unseen, to get behind them; whether the
 * rest is text; whether the proofs are signed after their making, with the keys of the demo
 * federation, whose root and catalogue then stand in the file; and whether the header first commits
 * to its body and the proofs to the header, as an honest issuer's would; one of the two proofs may
 * be left unsigned. Otherwise the anchor is that of whatever root stands in the file. */
#include "fuzz/mutator.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "trust/evidence.h"
#include "unit/federation.h"

#include <assert.h>

enum { BELIEVE = 1, TEXT = 2, SIGN = 4, MEND = 8, SEAL_AS_IT_IS = 16, RECEIPT_AS_IT_IS = 32 };
enum { BUDGET = 8 * 1024 * 1024, LEAVES_MAX = 64, KNOWN = 1024 };

static bool believe(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE], enum seal_context,
                    struct bytes, const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    (void)public_key, (void)signature;
    return true;
}

/* The real one; but what has held once holds again, which spares most of the time. */
static bool verify(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE],
                   enum seal_context context, struct bytes statement,
                   const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    static struct digest known[KNOWN];
    struct digest said, whole;
    uint8_t words[DIGEST_SIZE + SEAL_PUBLIC_SIZE + SEAL_SIGNATURE_SIZE + 1];
    digest_of(DIGEST_REQUEST, statement, &said);
    memcpy(words, said.bytes, DIGEST_SIZE);
    memcpy(words + DIGEST_SIZE, public_key, SEAL_PUBLIC_SIZE);
    memcpy(words + DIGEST_SIZE + SEAL_PUBLIC_SIZE, signature, SEAL_SIGNATURE_SIZE);
    words[sizeof words - 1] = (uint8_t)context;
    digest_of(DIGEST_REQUEST, (struct bytes) {words, sizeof words}, &whole);
    struct digest *place = &known[bytes_read_u32le(whole.bytes) % KNOWN];
    bool holds =
        digest_equal(place, &whole) || seal_verify(context, public_key, statement, signature);
    if (holds)
        *place = whole;
    return holds;
}

static struct federation *demo(void)
{
    static struct federation federation;
    if (!federation.arena) {
        federation_make(&federation);
        federation_sign(&federation, 7, 7);
    }
    return &federation;
}

static struct bytes view(ProtobufCBinaryData data)
{
    return (struct bytes) {data.data, data.len};
}

static ProtobufCBinaryData binary(struct bytes bytes)
{
    return (ProtobufCBinaryData) {bytes.size, (uint8_t *)(uintptr_t)bytes.data};
}

static void *memory_take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void memory_leave(void *, void *)
{
}

static void *unpack(const ProtobufCMessageDescriptor *type, ProtobufCBinaryData data,
                    struct arena *arena)
{
    ProtobufCAllocator memory = {memory_take, memory_leave, arena};
    return data.data ? protobuf_c_message_unpack(type, &memory, data.len, data.data) : NULL;
}

/* ---- signed after its making ---- */

/* The two statements have these fields, at different places. */
struct statement {
    ProtobufCMessage *message;
    const char *network, *issuer, *audience, *key_id;
    ProtobufCBinaryData *key, *root;
    uint64_t time;
    uint32_t count;
};

static bool statement_open(enum seal_context context, const Peregrin__Proof *proof,
                           struct arena *arena, struct statement *out)
{
    if (!proof || !proof->signed_)
        return false;
    if (context == SEAL_CONTEXT_SEAL) {
        Peregrin__SealStatement *seal =
            unpack(&peregrin__seal_statement__descriptor, proof->signed_->statement, arena);
        if (seal)
            *out = (struct statement) {&seal->base,    seal->network, seal->issuer,
                                       seal->audience, seal->key_id,  &seal->key_digest,
                                       &seal->root,    seal->time,    seal->count};
        return seal;
    }
    Peregrin__ReceiptStatement *receipt =
        unpack(&peregrin__receipt_statement__descriptor, proof->signed_->statement, arena);
    if (receipt)
        *out = (struct statement) {&receipt->base,    receipt->network, receipt->issuer,
                                   receipt->audience, receipt->key_id,  &receipt->key_digest,
                                   &receipt->root,    receipt->time,    receipt->count};
    return receipt;
}

/* The record stands where the proof says, among others that nobody knows. */
static void proof_mend(enum seal_context context, Peregrin__Proof *proof, const struct digest *id,
                       struct arena *arena)
{
    static struct digest leaves[LEAVES_MAX], path[TREE_PATH_MAX];
    struct digest *root = arena_take(arena, sizeof *root);
    struct statement statement;
    if (!root || !statement_open(context, proof, arena, &statement))
        return;
    size_t count = 1 + (statement.count - 1) % LEAVES_MAX;
    if (statement.count != count)
        return;
    proof->index = (uint32_t)(proof->index % count);
    for (size_t i = 0; i < count; i++)
        leaves[i].bytes[0] = (uint8_t)i;
    leaves[proof->index] = *id;
    tree_root(leaves, count, root);
    proof->n_path = tree_path(leaves, count, proof->index, path);
    proof->path = arena_take_array(arena, TREE_PATH_MAX, sizeof *proof->path);
    for (size_t i = 0; proof->path && i < proof->n_path; i++)
        proof->path[i] = binary(arena_copy(arena, digest_bytes(&path[i])));
    *statement.root = binary(digest_bytes(root));
    proof->signed_->statement = binary(codec_pack(statement.message, arena));
}

static void mend(Peregrin__Evidence *evidence, struct arena *arena)
{
    struct digest *commitment = arena_take(arena, sizeof *commitment), id;
    Peregrin__Header *header = unpack(&peregrin__header__descriptor, evidence->header, arena);
    if (!header || !commitment)
        return;
    if (evidence->has_salt && evidence->salt.len == DIGEST_SALT_SIZE) {
        header_commit(evidence->salt.data, view(evidence->body), commitment);
        header->has_commitment = true;
        header->commitment = binary(digest_bytes(commitment));
    }
    evidence->header = binary(codec_pack(&header->base, arena));
    digest_of(DIGEST_RECORD, view(evidence->header), &id);
    proof_mend(SEAL_CONTEXT_SEAL, evidence->seal, &id, arena);
    proof_mend(SEAL_CONTEXT_RECEIPT, evidence->receipt, &id, arena);
}

/* By the key that the signature's hint names, or by none. */
static void proof_sign(enum seal_context context, Peregrin__Proof *proof, struct arena *arena)
{
    if (!proof || !proof->signed_ || proof->signed_->n_signatures != 1)
        return;
    Peregrin__Signature *signature = proof->signed_->signatures[0];
    const struct federation_pair *signers = demo()->signers;
    uint8_t *made = arena_take(arena, SEAL_SIGNATURE_SIZE);
    for (size_t i = 0; made && i < FEDERATION_SIGNERS; i++) {
        if (!bytes_equal(view(signature->key_digest), digest_bytes(&signers[i].digest)))
            continue;
        bool done =
            seal_sign(context, signers[i].secret_key, view(proof->signed_->statement), made);
        assert(done);
        signature->has_signature = true;
        signature->signature = binary((struct bytes) {made, SEAL_SIGNATURE_SIZE});
    }
}

static struct bytes sign(struct bytes file, uint8_t how, struct arena *arena)
{
    Peregrin__Evidence *evidence = unpack(&peregrin__evidence__descriptor, binary(file), arena);
    if (!evidence)
        return file;
    if (how & MEND)
        mend(evidence, arena);
    if (!(how & SEAL_AS_IT_IS))
        proof_sign(SEAL_CONTEXT_SEAL, evidence->seal, arena);
    if (!(how & RECEIPT_AS_IT_IS))
        proof_sign(SEAL_CONTEXT_RECEIPT, evidence->receipt, arena);
    evidence->has_root = evidence->has_catalogue = true;
    evidence->root = binary(demo()->files.root);
    evidence->catalogue = binary(demo()->files.catalogue);
    return evidence_pack(evidence, arena);
}

/* ---- what valid means, said again ---- */

static bool same(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

/* The key of an institution with this digest, in a catalogue that others have verified. */
static const Peregrin__KeyEntry *key_find(const Peregrin__CatalogueStatement *catalogue,
                                          const char *schac, const ProtobufCBinaryData *wanted)
{
    struct digest digest;
    for (size_t i = 0; i < catalogue->n_institutions; i++) {
        const Peregrin__Institution *institution = catalogue->institutions[i];
        for (size_t j = 0; same(institution->schac, schac) && j < institution->n_keys; j++) {
            digest_of(DIGEST_KEY, view(institution->keys[j]->public_key), &digest);
            if (bytes_equal(digest_bytes(&digest), view(*wanted)))
                return institution->keys[j];
        }
    }
    return NULL;
}

static bool stands(const struct statement *statement, const Peregrin__Proof *proof,
                   const struct digest *id)
{
    struct digest path[TREE_PATH_MAX], root;
    if (proof->n_path > TREE_PATH_MAX || !digest_from(view(*statement->root), &root))
        return false;
    for (size_t i = 0; i < proof->n_path; i++)
        if (!digest_from(view(proof->path[i]), &path[i]))
            return false;
    return tree_check(id, proof->index, statement->count, path, proof->n_path, &root);
}

static void judge_proof(enum seal_context context, const Peregrin__Proof *proof,
                        const Peregrin__Header *header, const struct digest *id,
                        const Peregrin__CatalogueStatement *catalogue, struct arena *arena)
{
    bool seals = context == SEAL_CONTEXT_SEAL;
    struct statement statement;
    bool open = statement_open(context, proof, arena, &statement);
    assert(open && proof->signed_->n_signatures == 1);
    const Peregrin__Signature *signature = proof->signed_->signatures[0];
    assert(same(statement.network, header->network) && same(header->network, catalogue->network));
    assert(same(statement.issuer, seals ? header->issuer : header->audience));
    assert(same(statement.audience, seals ? header->audience : header->issuer));
    assert(bytes_equal(view(*statement.key), view(signature->key_digest)));
    const Peregrin__KeyEntry *key = key_find(catalogue, statement.issuer, statement.key);
    assert(key && same(key->key_id, statement.key_id) && !key->has_revoked_at);
    assert(statement.time >= key->from && (!key->has_until || statement.time < key->until));
    assert(statement.count >= 1 && statement.count <= (seals ? 512 : 1024));
    assert(verify(NULL, key->public_key.data, context, view(proof->signed_->statement),
                  signature->signature.data));
    assert(stands(&statement, proof, id));
}

static void judge(struct bytes file, const struct digest *anchor, struct arena *arena)
{
    const Peregrin__Evidence *evidence =
        unpack(&peregrin__evidence__descriptor, binary(file), arena);
    assert(evidence && evidence->version == 1);
    const Peregrin__Header *header = unpack(&peregrin__header__descriptor, evidence->header, arena);
    const Peregrin__Signed *signed_ =
        unpack(&peregrin__signed__descriptor, evidence->catalogue, arena);
    assert(header && signed_);
    const Peregrin__CatalogueStatement *catalogue =
        unpack(&peregrin__catalogue_statement__descriptor, signed_->statement, arena);
    struct digest id, commitment, found;
    assert(catalogue);
    catalogue_anchor(view(evidence->root), &found);
    assert(digest_equal(&found, anchor));
    digest_of(DIGEST_RECORD, view(evidence->header), &id);
    judge_proof(SEAL_CONTEXT_SEAL, evidence->seal, header, &id, catalogue, arena);
    if (evidence->receipt)
        judge_proof(SEAL_CONTEXT_RECEIPT, evidence->receipt, header, &id, catalogue, arena);
    assert(evidence->has_body == evidence->has_salt);
    if (!evidence->has_body)
        return;
    digest_of_pair(DIGEST_BODY, view(evidence->salt), view(evidence->body), &commitment);
    assert(evidence->salt.len == DIGEST_SALT_SIZE);
    assert(bytes_equal(view(header->commitment), digest_bytes(&commitment)));
}

/* ---- */

static void go_round(struct bytes file, struct arena *arena)
{
    struct bytes again, text = evidence_armour(file, arena);
    enum verdict verdict = evidence_unarmour(text, arena, &again);
    assert(verdict == VERDICT_FINE && bytes_equal(file, again));
}

static struct digest anchor_of(struct bytes file, struct arena *arena)
{
    struct digest anchor = {{0}};
    Peregrin__Evidence *evidence = unpack(&peregrin__evidence__descriptor, binary(file), arena);
    if (evidence && evidence->has_root)
        catalogue_anchor(view(evidence->root), &anchor);
    return anchor;
}

/* What a memory holds changes nothing: neither while it is filled nor when it is used. */
static void judge_again(struct bytes file, const struct digest *anchor, const struct suite *suite,
                        struct arena *arena, enum verdict expected)
{
    static struct evidence_memory *memory;
    if (!memory)
        memory = evidence_memory_open();
    evidence_memory_forget(memory);
    const struct evidence_terms terms = {.anchor = anchor, .suite = suite, .memory = memory};
    for (unsigned i = 0; i < 2; i++) {
        struct evidence_finding finding;
        enum verdict verdict = evidence_judge(file, &terms, arena, &finding);
        assert(verdict == expected || verdict == VERDICT_TOO_LARGE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    uint8_t how = data[0];
    struct suite_keys none = {0};
    struct suite suite = suite_over(&none);
    suite.verify = how & BELIEVE ? believe : verify;
    struct bytes file = {data + 1, size - 1};
    struct arena *arena = arena_open(BUDGET);
    assert(arena);
    go_round(file, arena);
    if (!(how & TEXT) || evidence_unarmour(file, arena, &file) == VERDICT_FINE) {
        if (how & SIGN)
            file = sign(file, how, arena);
        struct digest anchor = how & SIGN ? demo()->anchor : anchor_of(file, arena);
        struct evidence_finding finding;
        enum verdict verdict = evidence_check(file, &anchor, &suite, arena, &finding);
        assert((verdict == VERDICT_FINE) == (finding.failed == NULL));
        assert(verdict || (finding.issuer && finding.key_id && finding.header.fields));
        judge_again(file, &anchor, &suite, arena, verdict);
        if (!verdict && !(how & BELIEVE))
            judge(file, &anchor, arena);
        if (!verdict && how & SIGN && !(how & BELIEVE))
            mutator_remember(data, size);
    }
    arena_close(arena);
    return 0;
}

static const ProtobufCMessageDescriptor *const *inner(const ProtobufCFieldDescriptor *field)
{
    static const ProtobufCMessageDescriptor *const nothing[] = {NULL};
    static const ProtobufCMessageDescriptor *const header[] = {&peregrin__header__descriptor, NULL};
    static const ProtobufCMessageDescriptor *const signed_[] = {&peregrin__signed__descriptor,
                                                                NULL};
    static const ProtobufCMessageDescriptor *const statement[] = {
        &peregrin__seal_statement__descriptor, &peregrin__receipt_statement__descriptor,
        &peregrin__catalogue_statement__descriptor, NULL};
    return strcmp(field->name, "header") == 0      ? header
           : strcmp(field->name, "root") == 0      ? signed_
           : strcmp(field->name, "catalogue") == 0 ? signed_
           : strcmp(field->name, "statement") == 0 ? statement
                                                   : nothing;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate, .inner = inner};
    return mutator_input(&mutator, &peregrin__evidence__descriptor, 1, data, size, size_max);
}
