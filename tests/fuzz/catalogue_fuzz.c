/* links: base seal record trust */
/* Any catalogue is refused with a sentence, or it is one of which each name can be asked, and which
 * as many keys have signed as the root wants. The first byte chooses whether signatures are
 * believed unseen, and what the rest is: a statement or a file, of the catalogue or of the root.
 * What is signed here is signed after it was changed, endorsements as well, so that the readers
 * behind the signatures are reached. */
#include "fuzz/mutator.h"
#include "record/codec.h"
#include "unit/federation.h"

#include <stdlib.h>

enum { BELIEVE = 1, BUDGET = 8 * 1024 * 1024, ALL_ROOTS = 7, ONE_ROOT = 1 };
enum mode { STATEMENT, FILE_, ROOT_FILE, ENDORSED, ROOT_STATEMENT, MODES };

static enum mode mode_of(uint8_t first)
{
    return (enum mode)(first / 2 % MODES);
}

/* ---- changing ----------------------------------------------------------------------------------
 */

static const ProtobufCMessageDescriptor *const types[MODES] = {
    [STATEMENT] = &peregrin__catalogue_statement__descriptor,
    [FILE_] = &peregrin__signed__descriptor,
    [ROOT_FILE] = &peregrin__signed__descriptor,
    [ENDORSED] = &peregrin__catalogue_statement__descriptor,
    [ROOT_STATEMENT] = &peregrin__root_statement__descriptor,
};

/* What stands packed in a Signed: whose statement it is depends on where it stands. */
static const ProtobufCMessageDescriptor *const *statements(const ProtobufCFieldDescriptor *field)
{
    static const ProtobufCMessageDescriptor *const all[] = {
        &peregrin__key_statement__descriptor, &peregrin__catalogue_statement__descriptor,
        &peregrin__root_statement__descriptor, NULL};
    static const ProtobufCMessageDescriptor *const none[] = {NULL};
    return strcmp(field->name, "statement") == 0 ? all : none;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    struct mutator mutator = {.dice = seed, .bytes = LLVMFuzzerMutate, .inner = statements};
    return mutator_input(&mutator, types[mode_of(size ? data[0] : 0)], 1, data, size, size_max);
}

/* ---- what is believed --------------------------------------------------------------------------
 */

static bool believe(void *, const uint8_t public_key[static SEAL_PUBLIC_SIZE], enum seal_context,
                    struct bytes, const uint8_t signature[static SEAL_SIGNATURE_SIZE])
{
    (void)public_key, (void)signature;
    return true;
}

static void ask_keys(const struct catalogue_key *keys, size_t count)
{
    assert(count > 0);
    for (size_t i = 1; i < count; i++) {
        assert(keys[i - 1].from <= keys[i].from);
        for (size_t j = 0; j < i; j++)
            assert(strcmp(keys[j].id, keys[i].id) != 0 &&
                   !digest_equal(&keys[j].digest, &keys[i].digest));
    }
    const struct catalogue_key *now = catalogue_key_current(keys, count, (struct instant) {0});
    assert(!now || catalogue_key_usable(now, 0) == VERDICT_FINE);
}

/* What is shown in a line, is one. */
static void ask_text(const char *text, size_t max)
{
    assert(text && *text && strlen(text) <= max);
    for (const char *at = text; *at; at++)
        assert((unsigned char)*at >= ' ' && *at != 0x7F);
}

static void ask(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *each = &catalogue->institutions[i];
        ask_text(each->name, 256);
        assert(strlen(each->country) == 2);
        assert(catalogue_institution(catalogue, each->schac) == each);
        assert(each->node < catalogue->node_count);
        assert(catalogue_key(each, &each->keys[0].digest) == each->keys);
        ask_keys(each->keys, each->key_count);
    }
    for (size_t i = 0; i < catalogue->node_count; i++) {
        ask_text(catalogue->nodes[i].id, 64);
        assert(catalogue_node(catalogue, catalogue->nodes[i].id) == &catalogue->nodes[i]);
        ask_keys(catalogue->nodes[i].keys, catalogue->nodes[i].key_count);
    }
    assert(!catalogue_institution(catalogue, "no.such.example"));
}

static struct bytes view_of(ProtobufCBinaryData data)
{
    return (struct bytes) {data.data, data.len};
}

/* How many of the keys have signed, each counted once: without the code that decides it. */
static size_t votes(const Peregrin__Signed *file, enum seal_context context,
                    const ProtobufCBinaryData *keys, size_t count)
{
    size_t good = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < file->n_signatures; j++)
            if (file->signatures[j]->signature.len == SEAL_SIGNATURE_SIZE &&
                seal_verify(context, keys[i].data, view_of(file->statement),
                            file->signatures[j]->signature.data)) {
                good++;
                break;
            }
    return good;
}

/* Of files that were read without believing anything: enough keys have signed both, and each
 * endorsement is there and was signed. */
static void count_votes(const struct federation *federation)
{
    Peregrin__RootStatement *root;
    Peregrin__CatalogueStatement *statement;
    struct bytes files[] = {federation->files.root, federation->files.catalogue};
    enum verdict verdict = catalogue_peek_root(files[0], federation->arena, &root);
    assert(!verdict && root->threshold >= 1);
    for (size_t i = 0; i < 2; i++) {
        Peregrin__Signed *file = peregrin__signed__unpack(NULL, files[i].size, files[i].data);
        assert(file);
        assert(votes(file, i ? SEAL_CONTEXT_CATALOGUE : SEAL_CONTEXT_ROOT, root->keys,
                     root->n_keys) >= root->threshold);
        peregrin__signed__free_unpacked(file, NULL);
    }
    verdict = catalogue_peek(files[1], federation->arena, &statement);
    assert(!verdict && strcmp(statement->network, root->network) == 0);
    for (size_t i = 0; i < statement->n_nodes; i++)
        for (size_t j = 0; j < statement->nodes[i]->n_keys; j++)
            assert(statement->nodes[i]->keys[j]->endorsement &&
                   statement->nodes[i]->keys[j]->endorsement->n_signatures == 1);
}

/* ---- signing ----------------------------------------------------------------------------------
 */

/* A wrapper around a statement as it came, without a signature. */
static struct bytes wrap(struct bytes statement, struct arena *arena)
{
    Peregrin__Signed file = PEREGRIN__SIGNED__INIT;
    file.has_statement = true;
    file.statement = (ProtobufCBinaryData) {statement.size, (uint8_t *)(uintptr_t)statement.data};
    return codec_pack(&file.base, arena);
}

/* By the key that it says has signed, where that is one of ours. */
static void sign_again(struct federation *federation, Peregrin__Signed *endorsement)
{
    if (!endorsement || endorsement->n_signatures < 1 || endorsement->statement.len > 4096)
        return;
    Peregrin__Signature *signature = endorsement->signatures[0];
    for (size_t i = 0; i < FEDERATION_SIGNERS; i++)
        if (bytes_equal(view_of(signature->key_digest),
                        digest_bytes(&federation->signers[i].digest)) &&
            signature->signature.len == SEAL_SIGNATURE_SIZE) {
            bool made = seal_sign(SEAL_CONTEXT_KEY, federation->signers[i].secret_key,
                                  view_of(endorsement->statement), signature->signature.data);
            assert(made);
        }
}

static struct bytes endorsed(struct federation *federation, struct bytes statement)
{
    ProtobufCMessage *message;
    const struct scan_limits limits = {.bytes_max = 1 << 20, .depth_max = 8, .fields_max = 4096};
    if (codec_unpack(&peregrin__catalogue_statement__descriptor, statement, &limits,
                     federation->arena, &message))
        return statement;
    Peregrin__CatalogueStatement *said = (Peregrin__CatalogueStatement *)message;
    for (size_t i = 0; i < said->n_institutions; i++)
        for (size_t j = 0; j < said->institutions[i]->n_keys; j++)
            sign_again(federation, said->institutions[i]->keys[j]->endorsement);
    for (size_t i = 0; i < said->n_nodes; i++)
        for (size_t j = 0; j < said->nodes[i]->n_keys; j++)
            sign_again(federation, said->nodes[i]->keys[j]->endorsement);
    return codec_pack(message, federation->arena);
}

static struct bytes signed_root(struct federation *federation, struct bytes statement)
{
    return federation_signed_by(federation, wrap(statement, federation->arena), SEAL_CONTEXT_ROOT,
                                ALL_ROOTS);
}

static struct bytes signed_catalogue(struct federation *federation, struct bytes statement,
                                     unsigned roots)
{
    return federation_signed_by(federation, wrap(statement, federation->arena),
                                SEAL_CONTEXT_CATALOGUE, roots);
}

/* ---- judging -----------------------------------------------------------------------------------
 */

/* Made once: only what a mode replaces is signed anew. */
static struct federation *demo(void)
{
    static struct federation federation;
    if (!federation.arena) {
        federation_make(&federation);
        federation_sign(&federation, ALL_ROOTS, ALL_ROOTS);
    }
    return &federation;
}

static enum verdict read_files(const struct federation *federation, uint64_t floor,
                               struct catalogue **out)
{
    const char *why = NULL;
    *out = NULL;
    enum verdict verdict = catalogue_read(federation->files, &federation->anchor, floor,
                                          &federation->suite, federation->arena, out, &why);
    assert((verdict == VERDICT_FINE) == (*out != NULL));
    assert(verdict == VERDICT_FINE || (why && *why));
    return verdict;
}

/* Believed, and yet: not where it is older than one that was seen, nor under another anchor, nor
 * with one signature where two are wanted. */
static void refuse_others(struct federation federation, const struct catalogue *catalogue,
                          struct bytes statement)
{
    struct catalogue *none;
    enum verdict verdict;
    if (catalogue->version < UINT64_MAX) {
        verdict = read_files(&federation, catalogue->version + 1, &none);
        assert(verdict == VERDICT_STALE);
    }
    federation.anchor.bytes[0] ^= 1;
    verdict = read_files(&federation, 0, &none);
    assert(verdict == VERDICT_FORGED);
    federation.anchor.bytes[0] ^= 1;
    if (!statement.data)
        return;
    federation.files.catalogue = signed_catalogue(&federation, statement, ONE_ROOT);
    verdict = read_files(&federation, 0, &none);
    assert(verdict == VERDICT_FORGED);
}

static void judge(struct bytes input, struct federation federation)
{
    struct bytes rest = {input.data + 1, input.size - 1}, statement = {0};
    enum mode mode = mode_of(input.data[0]);
    bool believes = input.data[0] & BELIEVE;
    if (believes)
        federation.suite.verify = believe;
    switch (mode) {
    case STATEMENT: statement = rest; break;
    case ENDORSED: statement = endorsed(&federation, rest); break;
    case FILE_: federation.files.catalogue = rest; break;
    case ROOT_FILE: federation.files.root = rest; break;
    case ROOT_STATEMENT: federation.files.root = signed_root(&federation, rest); break;
    case MODES: break;
    }
    if (statement.data)
        federation.files.catalogue = signed_catalogue(&federation, statement, ALL_ROOTS);
    catalogue_anchor(federation.files.root, &federation.anchor);
    struct catalogue *catalogue = NULL;
    if (read_files(&federation, 0, &catalogue))
        return;
    ask(catalogue);
    mutator_remember(input.data, input.size);
    if (!believes) {
        count_votes(&federation);
        refuse_others(federation, catalogue, statement);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct federation federation = *demo();
    federation.arena = arena_open(BUDGET);
    judge((struct bytes) {data, size}, federation);
    arena_close(federation.arena);
    return 0;
}
