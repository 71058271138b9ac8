/* links: base seal record */
/* A signature holds over what was signed, for the purpose for which it was signed, by whose key
 * signed it, and over nothing else; a statement that is read has the shape that
 * proto/evidence.proto promises; a leaf stands under its tree's root and nothing else does.
 *
 * The first byte says which of the statements the rest is: it is signed here, after it was made. */
#include "fuzz/mutator.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/seal.h"
#include "seal/tree.h"

#include <assert.h>
#include <string.h>

enum { SEAL, RECEIPT, RECOVER, SIGNED, STATEMENTS };
enum { BUDGET = 1 << 20, LEAVES_MAX = 100 };

static const struct {
    const ProtobufCMessageDescriptor *type;
    enum seal_context context;
} statements[STATEMENTS] = {
    [SEAL] = {&peregrin__seal_statement__descriptor, SEAL_CONTEXT_SEAL},
    [RECEIPT] = {&peregrin__receipt_statement__descriptor, SEAL_CONTEXT_RECEIPT},
    [RECOVER] = {&peregrin__recover_statement__descriptor, SEAL_CONTEXT_RECOVER},
    [SIGNED] = {&peregrin__signed__descriptor, SEAL_CONTEXT_CATALOGUE},
};

struct signer {
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret_key[SEAL_SECRET_SIZE];
};

static struct signer signer(uint8_t number)
{
    const uint8_t seed[SEAL_SEED_SIZE] = {number};
    struct signer made;
    seal_key_pair(seed, made.public_key, made.secret_key);
    return made;
}

/* ---- what was signed, and nothing else ---- */

/* One bit changed, anywhere in statement, signature or key. */
static void judge_bent(enum seal_context context, struct bytes statement, const struct signer *by,
                       const uint8_t *signature, size_t where, struct arena *arena)
{
    uint8_t bent_signature[SEAL_SIGNATURE_SIZE], bent_key[SEAL_PUBLIC_SIZE];
    struct bytes copy = arena_copy(arena, statement);
    assert(copy.data);
    memcpy(bent_signature, signature, sizeof bent_signature);
    memcpy(bent_key, by->public_key, sizeof bent_key);
    uint8_t *const parts[] = {bent_signature, bent_key, (uint8_t *)(uintptr_t)copy.data};
    const size_t part_sizes[] = {sizeof bent_signature, sizeof bent_key, copy.size};
    size_t part = where % (copy.size ? 3 : 2);
    parts[part][where / 3 % part_sizes[part]] ^= (uint8_t)(1 << where % 8);
    bool holds = seal_verify(context, bent_key, copy, bent_signature);
    assert(!holds);
}

static void judge_signature(enum seal_context context, struct bytes statement, size_t where,
                            struct arena *arena)
{
    struct signer by = signer(1);
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    bool done = seal_sign(context, by.secret_key, statement, signature);
    assert(done && seal_verify(context, by.public_key, statement, signature));
    enum seal_context other =
        (enum seal_context)(((size_t)context + 1 + where) % SEAL_CONTEXT_COUNT);
    assert(other == context || !seal_verify(other, by.public_key, statement, signature));
    judge_bent(context, statement, &by, signature, where, arena);

    struct digest key, said_key;
    const uint8_t *said_signature;
    Peregrin__Signed *read;
    struct bytes said;
    digest_of(DIGEST_KEY, (struct bytes) {by.public_key, sizeof by.public_key}, &key);
    struct bytes wire = statement_pack_signed(statement, &key, signature, arena);
    enum verdict verdict = statement_read_signed(wire, arena, &read);
    assert(verdict == VERDICT_FINE);
    verdict = statement_single(read, &said, &said_key, &said_signature);
    assert(verdict == VERDICT_FINE && bytes_equal(said, statement));
    assert(digest_equal(&key, &said_key));
    assert(memcmp(signature, said_signature, sizeof signature) == 0);
}

/* ---- what is read ---- */

static void judge_names(const char *network, const char *issuer, const char *audience,
                        const char *key_id, ProtobufCBinaryData key)
{
    assert(strlen(network) >= 1 && strlen(network) <= 64 && !strpbrk(network, " \t\n"));
    assert(strchr(issuer, '.') && strchr(audience, '.') && strcmp(issuer, audience) != 0);
    assert(strlen(issuer) <= 64 && strlen(audience) <= 64);
    assert(strlen(key_id) >= 1 && strlen(key_id) <= 32 && !strpbrk(key_id, " \t\n"));
    assert(key.len == DIGEST_SIZE);
}

static const ProtobufCMessage *seal_read(struct bytes wire, struct arena *arena)
{
    Peregrin__SealStatement *seal;
    if (statement_read_seal(wire, arena, &seal))
        return NULL;
    judge_names(seal->network, seal->issuer, seal->audience, seal->key_id, seal->key_digest);
    assert(seal->count >= 1 && seal->count <= 512 && seal->root.len == 32);
    assert(seal->has_time && seal->has_catalogue_version);
    return &seal->base;
}

static const ProtobufCMessage *receipt_read(struct bytes wire, struct arena *arena)
{
    Peregrin__ReceiptStatement *said;
    if (statement_read_receipt(wire, arena, &said))
        return NULL;
    judge_names(said->network, said->issuer, said->audience, said->key_id, said->key_digest);
    assert(said->count >= 1 && said->count <= 1024 && said->root.len == 32);
    assert(said->has_time && said->has_catalogue_version && said->handshake.len == 32);
    return &said->base;
}

static const ProtobufCMessage *recover_read(struct bytes wire, struct arena *arena)
{
    Peregrin__RecoverStatement *said;
    if (statement_read_recover(wire, arena, &said))
        return NULL;
    judge_names(said->network, said->issuer, said->audience, said->key_id, said->key_digest);
    assert(said->has_time && said->handshake.len == 32);
    return &said->base;
}

static const ProtobufCMessage *signed_read(struct bytes wire, struct arena *arena)
{
    Peregrin__Signed *read;
    struct bytes statement;
    struct digest key;
    const uint8_t *signature;
    if (statement_read_signed(wire, arena, &read))
        return NULL;
    assert(read->n_signatures >= 1 && read->n_signatures <= 32 && read->has_statement);
    for (size_t i = 0; i < read->n_signatures; i++) {
        const Peregrin__Signature *one = read->signatures[i];
        assert(one->key_digest.len == 32 && one->signature.len == 64);
        for (size_t j = 0; j < i; j++)
            assert(memcmp(one->key_digest.data, read->signatures[j]->key_digest.data, 32) != 0);
    }
    enum verdict single = statement_single(read, &statement, &key, &signature);
    assert((single == VERDICT_FINE) == (read->n_signatures == 1));
    return &read->base;
}

/* ---- what stands under a root ---- */

static struct digest leaf(size_t number)
{
    return (struct digest) {{(uint8_t)(number * 37), (uint8_t)number, 5}};
}

static void judge_tree(size_t count, size_t index, size_t where)
{
    struct digest leaves[LEAVES_MAX], path[TREE_PATH_MAX + 1] = {0}, root;
    for (size_t i = 0; i < count; i++)
        leaves[i] = leaf(i);
    tree_root(leaves, count, &root);
    size_t length = tree_path(leaves, count, index, path);
    assert(tree_check(&leaves[index], index, count, path, length, &root));
    assert(!tree_check(&leaves[index], count, count, path, length, &root));
    assert(!tree_check(&leaves[index], index, count, path, length + 1, &root));
    assert(!length || !tree_check(&leaves[index], index, count, path, length - 1, &root));
    struct digest other = leaf(count + where);
    assert(digest_equal(&other, &leaves[index]) ||
           !tree_check(&other, index, count, path, length, &root));
    size_t elsewhere = where % count;
    assert(elsewhere == index ||
           !tree_check(&leaves[index], elsewhere, count, path, length, &root));
    path[where % (length + 1)].bytes[where / 8 % DIGEST_SIZE] ^= (uint8_t)(1 << where % 8);
    assert(where % (length + 1) == length ||
           !tree_check(&leaves[index], index, count, path, length, &root));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ProtobufCMessage *(*const read[STATEMENTS])(struct bytes, struct arena *) = {
        seal_read, receipt_read, recover_read, signed_read};
    if (size < 1)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    struct bytes wire = {data + 1, size - 1};
    size_t which = data[0] % STATEMENTS, where = size + data[size - 1] * 5u + data[size / 2] * 7u;
    assert(arena);
    const ProtobufCMessage *message = read[which](wire, arena);
    assert(!message || bytes_equal(codec_pack(message, arena), wire));
    if (wire.size <= 512)
        judge_signature(statements[which].context, wire, where, arena);
    size_t count = 1 + data[size / 3] % LEAVES_MAX;
    judge_tree(count, data[size - 1] % count, where);
    arena_close(arena);
    return 0;
}

static const ProtobufCMessageDescriptor *const *inner(const ProtobufCFieldDescriptor *field)
{
    static const ProtobufCMessageDescriptor *const nothing[] = {NULL};
    static const ProtobufCMessageDescriptor *const statement[] = {
        &peregrin__seal_statement__descriptor, &peregrin__receipt_statement__descriptor,
        &peregrin__recover_statement__descriptor, NULL};
    return strcmp(field->name, "statement") == 0 ? statement : nothing;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate, .inner = inner};
    const ProtobufCMessageDescriptor *type = statements[(size ? *data : 0) % STATEMENTS].type;
    return mutator_input(&mutator, type, 1, data, size, size_max);
}
