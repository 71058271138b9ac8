#include "trust/evidence.h"

#include "record/codec.h"
#include "record/field.h"
#include "record/statement.h"
#include "seal/base64.h"
#include "seal/tree.h"

#include <assert.h>
#include <string.h>

/* The parts of a file, and of a proof in it: views, not yet believed. */
struct proof {
    struct bytes signed_; /* data NULL: none */
    bool has_index;
    uint64_t index;
    struct bytes path[TREE_PATH_MAX];
    size_t path_length; /* also beyond TREE_PATH_MAX */
};
struct parts {
    uint64_t version;
    struct bytes header, salt, body, root, catalogue; /* data NULL: none */
    bool has_seal, has_receipt;
    struct proof seal, receipt;
};

typedef struct evidence_memory_statement witness;
static enum verdict read_seal(struct bytes wire, struct arena *arena, witness *out);
static enum verdict read_receipt(struct bytes wire, struct arena *arena, witness *out);

/* The two proofs take the same steps; what differs is who speaks, and the words. */
static const struct role {
    enum seal_context context;
    enum verdict (*read)(struct bytes wire, struct arena *arena, witness *out);
    const char *signer, *key, *signature, *statement, *names, *path, *period, *revoked;
} roles[] = {
    {
        .context = SEAL_CONTEXT_SEAL,
        .read = read_seal,
        .signer = "the record's issuer is not in the catalogue",
        .key = "the seal is not by a key of the record's issuer",
        .signature = "the seal's signature does not hold",
        .statement = "the seal's statement cannot be read",
        .names = "the seal names another network, issuer, audience or key",
        .path = "the record does not stand under the seal's root",
        .period = "the seal's key was not in use at the time that the seal names",
        .revoked = "UNPROVEN TIME: the seal's key was revoked, and nothing shows that the seal "
                   "is older",
    },
    {
        .context = SEAL_CONTEXT_RECEIPT,
        .read = read_receipt,
        .signer = "the record's audience is not in the catalogue",
        .key = "the receipt is not by a key of the record's audience",
        .signature = "the receipt's signature does not hold",
        .statement = "the receipt's statement cannot be read",
        .names = "the receipt names another network, issuer, audience or key",
        .path = "the record does not stand under the receipt's root",
        .period = "the receipt's key was not in use at the time that the receipt names",
        .revoked = "UNPROVEN TIME: the receipt's key was revoked, and nothing shows that the "
                   "receipt is older",
    },
};
enum { ROLE_SEAL, ROLE_RECEIPT };
static_assert(sizeof roles / sizeof *roles == EVIDENCE_MEMORY_KINDS);

/* The numbers in evidence.proto. */
enum {
    EVIDENCE_VERSION = 1,
    EVIDENCE_HEADER,
    EVIDENCE_SALT,
    EVIDENCE_BODY,
    EVIDENCE_SEAL,
    EVIDENCE_RECEIPT,
    EVIDENCE_ROOT,
    EVIDENCE_CATALOGUE,
};
enum { PROOF_SIGNED = 1, PROOF_INDEX, PROOF_PATH };

static const struct scan_limits limits = {
    .bytes_max = EVIDENCE_SIZE_MAX, .depth_max = 4, .fields_max = 64};

struct check {
    const struct evidence_terms *terms;
    struct arena *arena;
    const struct catalogue *catalogue;
    struct evidence_finding *finding;
    struct parts parts;
};

static enum verdict open_file(struct check *check, struct bytes file);
static enum verdict open_catalogue(struct check *check);
static enum verdict check_proof(const struct check *check, unsigned role, const struct proof *proof,
                                witness *local, const witness **out);
static enum verdict check_body(const struct check *check);
static enum verdict check_validity(const struct check *check, unsigned role,
                                   const witness *witnessed);

static enum verdict fail(const struct check *check, enum verdict verdict, const char *sentence)
{
    check->finding->failed = sentence;
    return verdict;
}

static struct bytes view_of(ProtobufCBinaryData data)
{
    return (struct bytes) {data.data, data.len};
}

enum verdict evidence_check(struct bytes file, const struct digest *anchor,
                            const struct suite *suite, struct arena *arena,
                            struct evidence_finding *out)
{
    const struct evidence_terms terms = {.anchor = anchor, .suite = suite};
    return evidence_judge(file, &terms, arena, out);
}

enum verdict evidence_judge(struct bytes file, const struct evidence_terms *terms,
                            struct arena *arena, struct evidence_finding *out)
{
    assert(terms && terms->suite && arena && out);
    *out = (struct evidence_finding) {0};
    struct check check = {.terms = terms, .arena = arena, .finding = out};
    witness here[2]; /* where nothing is remembered */
    const witness *seal, *receipt = NULL;
    /* 1 */
    TRY(open_file(&check, file));
    /* 2 */
    TRY(open_catalogue(&check));
    /* 3 */
    enum verdict header = header_read(check.parts.header, arena, &out->header);
    if (header)
        return fail(&check, header, "the record's header cannot be read");
    /* 4, 5, 6 */
    TRY(check_proof(&check, ROLE_SEAL, &check.parts.seal, &here[ROLE_SEAL], &seal));
    out->issuer = out->header.fields->issuer;
    out->key_id = seal->key->id;
    out->sealed_at = seal->time;
    /* 7 */
    TRY(check_body(&check));
    /* 8 */
    if (check.parts.has_receipt) {
        TRY(check_proof(&check, ROLE_RECEIPT, &check.parts.receipt, &here[ROLE_RECEIPT], &receipt));
        out->receipt_issuer = out->header.fields->audience;
        out->receipted_at = receipt->time;
    }
    /* 9 */
    TRY(check_validity(&check, ROLE_SEAL, seal));
    return receipt ? check_validity(&check, ROLE_RECEIPT, receipt) : VERDICT_FINE;
}

static void read_proof(struct bytes wire, struct proof *out)
{
    struct field field;
    while (field_next(&wire, &field)) {
        switch (field.number) {
        case PROOF_SIGNED: out->signed_ = field.content; break;
        case PROOF_INDEX: out->has_index = true, out->index = field.value; break;
        case PROOF_PATH:
            if (out->path_length < TREE_PATH_MAX)
                out->path[out->path_length] = field.content;
            out->path_length++;
            break;
        default: assert(!"the scanner lets no other field through");
        }
    }
}

static void read_parts(struct bytes file, struct parts *out)
{
    struct field field;
    while (field_next(&file, &field)) {
        switch (field.number) {
        case EVIDENCE_VERSION: out->version = field.value; break;
        case EVIDENCE_HEADER: out->header = field.content; break;
        case EVIDENCE_SALT: out->salt = field.content; break;
        case EVIDENCE_BODY: out->body = field.content; break;
        case EVIDENCE_SEAL:
            out->has_seal = true;
            read_proof(field.content, &out->seal);
            break;
        case EVIDENCE_RECEIPT:
            out->has_receipt = true;
            read_proof(field.content, &out->receipt);
            break;
        case EVIDENCE_ROOT: out->root = field.content; break;
        case EVIDENCE_CATALOGUE: out->catalogue = field.content; break;
        default: assert(!"the scanner lets no other field through");
        }
    }
}

static enum verdict open_file(struct check *check, struct bytes file)
{
    struct parts *parts = &check->parts;
    enum verdict verdict = scan_check(&peregrin__evidence__descriptor, file, &limits);
    if (verdict)
        return fail(check, verdict, "the file is not evidence");
    read_parts(file, parts);
    if (parts->version != 1)
        return fail(check, VERDICT_NOT_UNDERSTOOD, "the evidence is of another version");
    bool brings = !check->terms->catalogue;
    if (!parts->header.data || !parts->has_seal || !parts->root.data == brings ||
        !parts->catalogue.data == brings || !parts->salt.data != !parts->body.data ||
        (parts->salt.data && parts->salt.size != DIGEST_SALT_SIZE))
        return fail(check, VERDICT_MALFORMED, "a part of the evidence is missing");
    return VERDICT_FINE;
}

static enum verdict open_catalogue(struct check *check)
{
    const struct evidence_terms *terms = check->terms;
    const struct catalogue_files files = {check->parts.root, check->parts.catalogue};
    const char **why = &check->finding->failed;
    struct catalogue *catalogue;
    check->catalogue = terms->catalogue;
    if (terms->catalogue)
        return VERDICT_FINE;
    if (terms->memory)
        return evidence_memory_catalogue(terms->memory, files, terms->anchor, terms->suite,
                                         check->arena, &check->catalogue, why);
    TRY(catalogue_read(files, terms->anchor, 0, terms->suite, check->arena, &catalogue, why));
    check->catalogue = catalogue;
    return VERDICT_FINE;
}

static bool names_hold(const struct check *check, const witness *said, const char *issuer,
                       const char *audience)
{
    const Peregrin__Header *header = check->finding->header.fields;
    return strcmp(header->network, check->catalogue->network) == 0 &&
           strcmp(said->network, header->network) == 0 && strcmp(said->issuer, issuer) == 0 &&
           strcmp(said->audience, audience) == 0 && strcmp(said->key_id, said->key->id) == 0 &&
           digest_equal(&said->key_digest, &said->key->digest);
}

static bool stands_under(const struct digest *leaf, const struct proof *proof, witness *said)
{
    struct digest path[TREE_PATH_MAX];
    if (!proof->has_index || proof->path_length > TREE_PATH_MAX)
        return false;
    for (size_t i = 0; i < proof->path_length; i++)
        if (!digest_from(proof->path[i], &path[i]))
            return false;
    return tree_run_check(&said->run, leaf, proof->index, said->count, path, proof->path_length,
                          &said->root);
}

/* Signature and statement, to be found in `out` only when both hold. */
static enum verdict check_signed(const struct check *check, const struct role *role,
                                 struct bytes packed, const struct catalogue_institution *signer,
                                 witness *out)
{
    const struct suite *suite = check->terms->suite;
    Peregrin__Signed *signed_;
    struct bytes wire;
    struct digest hint;
    const uint8_t *signature;
    out->size = 0;
    enum verdict shape =
        packed.data ? statement_read_signed(packed, check->arena, &signed_) : VERDICT_MALFORMED;
    if (shape || statement_single(signed_, &wire, &hint, &signature))
        return fail(check, shape == VERDICT_TOO_LARGE ? shape : VERDICT_MALFORMED, role->signature);
    if (!signer)
        return fail(check, VERDICT_UNKNOWN, role->signer);
    const struct catalogue_key *key = catalogue_key(signer, &hint);
    if (!key)
        return fail(check, VERDICT_UNKNOWN, role->key);
    if (!suite->verify(suite->self, key->public_key, role->context, wire, signature))
        return fail(check, VERDICT_FORGED, role->signature);
    enum verdict read = role->read(wire, check->arena, out);
    if (read)
        return fail(check, read, role->statement);
    out->signer = signer;
    out->key = key;
    out->run.held = false;
    if (packed.size <= sizeof out->wire) {
        memcpy(out->wire, packed.data, packed.size);
        out->size = packed.size;
    }
    return VERDICT_FINE;
}

static enum verdict check_proof(const struct check *check, unsigned number,
                                const struct proof *proof, witness *local, const witness **out)
{
    const struct role *role = &roles[number];
    const Peregrin__Header *header = check->finding->header.fields;
    struct evidence_memory *memory = check->terms->memory;
    const char *issuer = number == ROLE_SEAL ? header->issuer : header->audience;
    const char *audience = number == ROLE_SEAL ? header->audience : header->issuer;
    const struct catalogue_institution *signer = catalogue_institution(check->catalogue, issuer);
    witness *said = memory ? evidence_memory_place(memory, number, proof->signed_) : local;
    if (!memory || !proof->signed_.size || !evidence_memory_holds(said, proof->signed_, signer))
        TRY(check_signed(check, role, proof->signed_, signer, said));
    if (!names_hold(check, said, issuer, audience))
        return fail(check, VERDICT_FORGED, role->names);
    if (!stands_under(&check->finding->header.id, proof, said))
        return fail(check, VERDICT_FORGED, role->path);
    *out = said;
    return VERDICT_FINE;
}

static enum verdict check_body(const struct check *check)
{
    const struct parts *parts = &check->parts;
    struct digest commitment;
    if (!parts->body.data)
        return VERDICT_FINE;
    header_commit(parts->salt.data, parts->body, &commitment);
    if (!digest_equal(&commitment, &check->finding->header.commitment))
        return fail(check, VERDICT_FORGED, "the body is not the one that the header commits to");
    check->finding->body = parts->body;
    return VERDICT_FINE;
}

static enum verdict check_validity(const struct check *check, unsigned role, const witness *said)
{
    enum verdict verdict = catalogue_key_usable(said->key, said->time);
    if (verdict == VERDICT_REVOKED) {
        check->finding->key_revoked_at = said->key->revoked_at;
        return fail(check, verdict, roles[role].revoked);
    }
    return verdict ? fail(check, verdict, roles[role].period) : VERDICT_FINE;
}

/* What the two statements have in common; their sizes were checked when they were read. */
struct common {
    const char *network, *issuer, *audience, *key_id;
    ProtobufCBinaryData key, root;
    uint32_t count;
    uint64_t time;
};

static void keep(const struct common *said, witness *out)
{
    assert(strlen(said->key_id) < sizeof out->key_id);
    strcpy(out->network, said->network);
    strcpy(out->issuer, said->issuer);
    strcpy(out->audience, said->audience);
    strcpy(out->key_id, said->key_id);
    bool sizes = digest_from(view_of(said->key), &out->key_digest) &&
                 digest_from(view_of(said->root), &out->root);
    assert(sizes);
    out->count = said->count;
    out->time = said->time;
}

static enum verdict read_seal(struct bytes wire, struct arena *arena, witness *out)
{
    Peregrin__SealStatement *said;
    TRY(statement_read_seal(wire, arena, &said));
    keep(&(struct common) {said->network, said->issuer, said->audience, said->key_id,
                           said->key_digest, said->root, said->count, said->time},
         out);
    return VERDICT_FINE;
}

static enum verdict read_receipt(struct bytes wire, struct arena *arena, witness *out)
{
    Peregrin__ReceiptStatement *said;
    TRY(statement_read_receipt(wire, arena, &said));
    keep(&(struct common) {said->network, said->issuer, said->audience, said->key_id,
                           said->key_digest, said->root, said->count, said->time},
         out);
    return VERDICT_FINE;
}

struct bytes evidence_pack(const Peregrin__Evidence *evidence, struct arena *arena)
{
    return codec_pack(&evidence->base, arena);
}

static const char begin[] = "-----BEGIN PEREGRIN EVIDENCE-----";
static const char end[] = "-----END PEREGRIN EVIDENCE-----";
enum { LINE_LENGTH = 64, RAW_FIRST = 0x08 };

struct bytes evidence_armour(struct bytes file, struct arena *arena)
{
    if (file.size > EVIDENCE_SIZE_MAX)
        return (struct bytes) {0};
    size_t length = base64_length(file.size);
    size_t size = length + length / LINE_LENGTH + 1 + sizeof begin + sizeof end;
    char *base64 = arena_take(arena, length + 1);
    uint8_t *text = arena_take(arena, size), *at = text;
    if (!base64 || !text)
        return (struct bytes) {0};
    base64_write(file, base64, length + 1);
    at = mempcpy(at, begin, sizeof begin - 1);
    *at++ = '\n';
    for (size_t done = 0; done < length; done += LINE_LENGTH) {
        size_t left = length - done;
        at = mempcpy(at, base64 + done, left < LINE_LENGTH ? left : LINE_LENGTH);
        *at++ = '\n';
    }
    at = mempcpy(at, end, sizeof end - 1);
    *at++ = '\n';
    assert((size_t)(at - text) <= size);
    return (struct bytes) {text, (size_t)(at - text)};
}

static bool blank(uint8_t character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

/* The text between the two lines, without the line ends that mail puts in and takes away. */
static bool take_armoured(struct bytes text, char *out, size_t *length)
{
    const size_t frame = sizeof begin - 1 + sizeof end - 1;
    while (text.size > 0 && blank(text.data[text.size - 1]))
        text.size--;
    if (text.size < frame || memcmp(text.data, begin, sizeof begin - 1) != 0 ||
        memcmp(text.data + text.size - (sizeof end - 1), end, sizeof end - 1) != 0)
        return false;
    *length = 0;
    for (size_t i = sizeof begin - 1; i < text.size - (sizeof end - 1); i++)
        if (!blank(text.data[i]))
            out[(*length)++] = (char)text.data[i];
    return true;
}

enum verdict evidence_unarmour(struct bytes text, struct arena *arena, struct bytes *file)
{
    /* The packed form begins with the tag of its version. */
    if (text.size > 0 && text.data[0] == RAW_FIRST) {
        *file = text;
        return text.size <= EVIDENCE_SIZE_MAX ? VERDICT_FINE : VERDICT_TOO_LARGE;
    }
    if (text.size > 2 * (size_t)EVIDENCE_SIZE_MAX)
        return VERDICT_TOO_LARGE;
    while (text.size > 0 && blank(text.data[0]))
        text = (struct bytes) {text.data + 1, text.size - 1};
    char *base64 = arena_take(arena, text.size);
    uint8_t *out = arena_take(arena, text.size);
    size_t length, size;
    if (!base64 || !out)
        return VERDICT_TOO_LARGE;
    if (!take_armoured(text, base64, &length) ||
        !base64_read((struct bytes) {(const uint8_t *)base64, length}, out, text.size, &size))
        return VERDICT_MALFORMED;
    if (size > EVIDENCE_SIZE_MAX)
        return VERDICT_TOO_LARGE;
    *file = (struct bytes) {out, size};
    return VERDICT_FINE;
}
