#include "trust/evidence.h"

#include "record/codec.h"
#include "record/statement.h"
#include "seal/base64.h"
#include "seal/tree.h"

#include <assert.h>
#include <string.h>

/* What a proof's statement says, whichever of the two kinds it is. */
struct witness {
    const char *network, *issuer, *audience, *key_id;
    struct bytes key, root;
    uint32_t count;
    uint64_t time;
};

static enum verdict read_seal(struct bytes wire, struct arena *arena, struct witness *out);
static enum verdict read_receipt(struct bytes wire, struct arena *arena, struct witness *out);

/* The two proofs take the same steps; what differs is who speaks, and the words. */
static const struct role {
    enum seal_context context;
    enum verdict (*read)(struct bytes wire, struct arena *arena, struct witness *out);
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

static const struct scan_limits limits = {
    .bytes_max = EVIDENCE_SIZE_MAX, .depth_max = 4, .fields_max = 64};

struct check {
    const struct suite *suite;
    struct arena *arena;
    const struct catalogue *catalogue;
    struct evidence_finding *finding;
};

/* A proof whose place under its signed root holds. */
struct proved {
    const struct catalogue_key *key;
    struct witness witness;
};

static enum verdict open_file(const struct check *check, struct bytes file,
                              const Peregrin__Evidence **out);
static enum verdict check_proof(const struct check *check, const struct role *role,
                                const Peregrin__Proof *proof, struct proved *out);
static enum verdict check_body(const struct check *check, const Peregrin__Evidence *evidence);
static enum verdict check_validity(const struct check *check, const struct role *role,
                                   const struct proved *proved);

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
    assert(suite && arena && out);
    *out = (struct evidence_finding) {0};
    struct check check = {.suite = suite, .arena = arena, .finding = out};
    struct proved seal, receipt;
    /* 1 */
    const Peregrin__Evidence *evidence;
    TRY(open_file(&check, file, &evidence));
    /* 2 */
    struct catalogue *catalogue;
    const struct catalogue_files files = {view_of(evidence->root), view_of(evidence->catalogue)};
    TRY(catalogue_read(files, anchor, 0, suite, arena, &catalogue, &out->failed));
    check.catalogue = catalogue;
    /* 3 */
    enum verdict header = header_read(view_of(evidence->header), arena, &out->header);
    if (header)
        return fail(&check, header, "the record's header cannot be read");
    /* 4, 5, 6 */
    TRY(check_proof(&check, &roles[ROLE_SEAL], evidence->seal, &seal));
    out->issuer = seal.witness.issuer;
    out->key_id = seal.key->id;
    out->sealed_at = seal.witness.time;
    /* 7 */
    TRY(check_body(&check, evidence));
    /* 8 */
    if (evidence->receipt) {
        TRY(check_proof(&check, &roles[ROLE_RECEIPT], evidence->receipt, &receipt));
        out->receipt_issuer = receipt.witness.issuer;
        out->receipted_at = receipt.witness.time;
    }
    /* 9 */
    TRY(check_validity(&check, &roles[ROLE_SEAL], &seal));
    return evidence->receipt ? check_validity(&check, &roles[ROLE_RECEIPT], &receipt)
                             : VERDICT_FINE;
}

static enum verdict open_file(const struct check *check, struct bytes file,
                              const Peregrin__Evidence **out)
{
    ProtobufCMessage *message;
    enum verdict verdict =
        codec_unpack(&peregrin__evidence__descriptor, file, &limits, check->arena, &message);
    if (verdict)
        return fail(check, verdict, "the file is not evidence");
    const Peregrin__Evidence *evidence = (const Peregrin__Evidence *)message;
    if (!evidence->has_version || evidence->version != 1)
        return fail(check, VERDICT_NOT_UNDERSTOOD, "the evidence is of another version");
    if (!evidence->has_header || !evidence->seal || !evidence->has_root ||
        !evidence->has_catalogue || evidence->has_salt != evidence->has_body ||
        (evidence->has_salt && evidence->salt.len != DIGEST_SALT_SIZE))
        return fail(check, VERDICT_MALFORMED, "a part of the evidence is missing");
    *out = evidence;
    return VERDICT_FINE;
}

static bool names_hold(const struct check *check, const struct witness *witness, const char *issuer,
                       const char *audience, const struct catalogue_key *key)
{
    const Peregrin__Header *header = check->finding->header.fields;
    return strcmp(header->network, check->catalogue->network) == 0 &&
           strcmp(witness->network, header->network) == 0 && strcmp(witness->issuer, issuer) == 0 &&
           strcmp(witness->audience, audience) == 0 && strcmp(witness->key_id, key->id) == 0 &&
           bytes_equal(witness->key, digest_bytes(&key->digest));
}

static bool stands_under(const struct digest *leaf, const Peregrin__Proof *proof,
                         const struct witness *witness)
{
    struct digest root, path[TREE_PATH_MAX];
    if (!proof->has_index || proof->n_path > TREE_PATH_MAX || !digest_from(witness->root, &root))
        return false;
    for (size_t i = 0; i < proof->n_path; i++)
        if (!digest_from(view_of(proof->path[i]), &path[i]))
            return false;
    return tree_check(leaf, proof->index, witness->count, path, proof->n_path, &root);
}

static enum verdict check_proof(const struct check *check, const struct role *role,
                                const Peregrin__Proof *proof, struct proved *out)
{
    const Peregrin__Header *header = check->finding->header.fields;
    bool seals = role == &roles[ROLE_SEAL];
    const char *issuer = seals ? header->issuer : header->audience;
    const char *audience = seals ? header->audience : header->issuer;
    struct bytes wire;
    struct digest hint;
    const uint8_t *signature;
    if (!proof->signed_ || statement_single(proof->signed_, &wire, &hint, &signature))
        return fail(check, VERDICT_MALFORMED, role->signature);
    const struct catalogue_institution *signer = catalogue_institution(check->catalogue, issuer);
    if (!signer)
        return fail(check, VERDICT_UNKNOWN, role->signer);
    out->key = catalogue_key(signer, &hint);
    if (!out->key)
        return fail(check, VERDICT_UNKNOWN, role->key);
    if (!check->suite->verify(check->suite->self, out->key->public_key, role->context, wire,
                              signature))
        return fail(check, VERDICT_FORGED, role->signature);
    enum verdict read = role->read(wire, check->arena, &out->witness);
    if (read)
        return fail(check, read, role->statement);
    if (!names_hold(check, &out->witness, issuer, audience, out->key))
        return fail(check, VERDICT_FORGED, role->names);
    if (!stands_under(&check->finding->header.id, proof, &out->witness))
        return fail(check, VERDICT_FORGED, role->path);
    return VERDICT_FINE;
}

static enum verdict check_body(const struct check *check, const Peregrin__Evidence *evidence)
{
    if (!evidence->has_body)
        return VERDICT_FINE;
    struct digest commitment;
    header_commit(evidence->salt.data, view_of(evidence->body), &commitment);
    if (!digest_equal(&commitment, &check->finding->header.commitment))
        return fail(check, VERDICT_FORGED, "the body is not the one that the header commits to");
    check->finding->body = view_of(evidence->body);
    return VERDICT_FINE;
}

static enum verdict check_validity(const struct check *check, const struct role *role,
                                   const struct proved *proved)
{
    enum verdict verdict = catalogue_key_usable(proved->key, proved->witness.time);
    if (verdict == VERDICT_REVOKED) {
        check->finding->key_revoked_at = proved->key->revoked_at;
        return fail(check, verdict, role->revoked);
    }
    return verdict ? fail(check, verdict, role->period) : VERDICT_FINE;
}

static enum verdict read_seal(struct bytes wire, struct arena *arena, struct witness *out)
{
    Peregrin__SealStatement *said;
    TRY(statement_read_seal(wire, arena, &said));
    *out = (struct witness) {
        said->network,       said->issuer, said->audience, said->key_id, view_of(said->key_digest),
        view_of(said->root), said->count,  said->time};
    return VERDICT_FINE;
}

static enum verdict read_receipt(struct bytes wire, struct arena *arena, struct witness *out)
{
    Peregrin__ReceiptStatement *said;
    TRY(statement_read_receipt(wire, arena, &said));
    *out = (struct witness) {
        said->network,       said->issuer, said->audience, said->key_id, view_of(said->key_digest),
        view_of(said->root), said->count,  said->time};
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
