/* links: base seal record trust */
#include "trust/evidence.h"

#include "record/statement.h"
#include "seal/tree.h"
#include "unit/federation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ALL_ROOTS = 7, MINUTE = FEDERATION_START / 60 + 60, LEAVES = 5, PLACE = 3 };

static const char body[] = "what only the two institutions know";

/* A record of helmo.be for pwr.edu.pl, and everything that proves it; to be changed before `make`.
 */
struct proof {
    struct federation federation;
    Peregrin__Header header;
    Peregrin__Claim claim;
    uint8_t dossier[HEADER_DOSSIER_SIZE], salt[DIGEST_SALT_SIZE];
    struct digest commitment, handshake;
    Peregrin__SealStatement seal;
    Peregrin__ReceiptStatement receipt;
    struct federation_pair *sealer, *receiver;
    Peregrin__Proof seal_proof, receipt_proof;
    ProtobufCBinaryData seal_path[TREE_PATH_MAX], receipt_path[TREE_PATH_MAX];
    Peregrin__Evidence evidence;
    struct digest leaves[LEAVES], seal_root, receipt_root;
    struct digest seal_steps[TREE_PATH_MAX], receipt_steps[TREE_PATH_MAX];
    struct bytes file;
};

static ProtobufCBinaryData binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)(uintptr_t)data};
}

static void make_header(struct proof *proof)
{
    const uint8_t random[10] = {4, 5, 6};
    struct header_dossier dossier = header_dossier_new(MINUTE, random);
    memcpy(proof->dossier, dossier.bytes, sizeof proof->dossier);
    memset(proof->salt, 0x5a, sizeof proof->salt);
    header_commit(proof->salt, bytes_text(body), &proof->commitment);
    peregrin__claim__init(&proof->claim);
    proof->claim.year = "2026/2027";
    Peregrin__Header *header = &proof->header;
    peregrin__header__init(header);
    header->network = "demo";
    header->issuer = "helmo.be";
    header->audience = "pwr.edu.pl";
    header->has_dossier = header->has_lane = header->has_index = header->has_kind = true;
    header->has_schema = header->has_issued_at = header->has_commitment = true;
    header->dossier = binary(proof->dossier, sizeof proof->dossier);
    header->kind = PEREGRIN__KIND__KIND_NOMINATION;
    header->schema = 1;
    header->issued_at = MINUTE;
    header->claim = &proof->claim;
    header->commitment = binary(proof->commitment.bytes, DIGEST_SIZE);
}

static void make_seal(struct proof *proof)
{
    Peregrin__SealStatement *seal = &proof->seal;
    proof->sealer = &proof->federation.signers[HELMO_SECOND];
    peregrin__seal_statement__init(seal);
    seal->network = "demo";
    seal->issuer = "helmo.be";
    seal->audience = "pwr.edu.pl";
    seal->key_id = "2026-b";
    seal->has_key_digest = seal->has_count = seal->has_root = true;
    seal->has_time = seal->has_catalogue_version = true;
    seal->key_digest = binary(proof->sealer->digest.bytes, DIGEST_SIZE);
    seal->count = LEAVES;
    seal->root = binary(proof->seal_root.bytes, DIGEST_SIZE);
    seal->time = FEDERATION_START + 3600;
    seal->catalogue_version = 7;
}

static void make_receipt(struct proof *proof)
{
    Peregrin__ReceiptStatement *receipt = &proof->receipt;
    proof->receiver = &proof->federation.signers[PWR];
    peregrin__receipt_statement__init(receipt);
    receipt->network = "demo";
    receipt->issuer = "pwr.edu.pl";
    receipt->audience = "helmo.be";
    receipt->key_id = "2026-a";
    receipt->has_key_digest = receipt->has_handshake = receipt->has_count = true;
    receipt->has_root = receipt->has_time = receipt->has_catalogue_version = true;
    receipt->key_digest = binary(proof->receiver->digest.bytes, DIGEST_SIZE);
    receipt->handshake = binary(proof->handshake.bytes, DIGEST_SIZE);
    receipt->count = 1;
    receipt->root = binary(proof->receipt_root.bytes, DIGEST_SIZE);
    receipt->time = FEDERATION_START + 3700;
    receipt->catalogue_version = 7;
}

static void begin_proof(struct proof *proof)
{
    memset(proof, 0, sizeof *proof);
    federation_make(&proof->federation);
    make_header(proof);
    make_seal(proof);
    make_receipt(proof);
    peregrin__evidence__init(&proof->evidence);
    peregrin__proof__init(&proof->seal_proof);
    peregrin__proof__init(&proof->receipt_proof);
}

static Peregrin__Signed *sign(struct proof *proof, enum seal_context context,
                              const ProtobufCMessage *statement, const struct federation_pair *by)
{
    struct arena *arena = proof->federation.arena;
    uint8_t *wire = arena_take(arena, protobuf_c_message_get_packed_size(statement));
    struct bytes view = {wire, protobuf_c_message_pack(statement, wire)};
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    assert_true(seal_sign(context, by->secret_key, view, signature));
    Peregrin__Signed *signed_;
    struct bytes packed = statement_pack_signed(view, &by->digest, signature, arena);
    assert_int_equal(statement_read_signed(packed, arena, &signed_), VERDICT_FINE);
    return signed_;
}

static void put_path(Peregrin__Proof *proof, ProtobufCBinaryData *list, const struct digest *steps,
                     size_t length)
{
    for (size_t i = 0; i < length; i++)
        list[i] = binary(steps[i].bytes, DIGEST_SIZE);
    proof->path = list;
    proof->n_path = length;
    proof->has_index = true;
}

static void sign_federation(struct proof *proof, unsigned for_root, unsigned for_catalogue)
{
    struct catalogue_files *files = &proof->federation.files;
    federation_sign(&proof->federation, for_root, for_catalogue);
    proof->evidence.root = binary(files->root.data, files->root.size);
    proof->evidence.catalogue = binary(files->catalogue.data, files->catalogue.size);
}

/* Header, trees and signatures over what the proof says by now. */
static void sign_proof(struct proof *proof)
{
    Peregrin__Evidence *evidence = &proof->evidence;
    struct bytes header = header_pack(&proof->header, proof->federation.arena);
    for (size_t i = 0; i < LEAVES; i++)
        proof->leaves[i] = (struct digest) {{(uint8_t)(i + 1)}};
    digest_of(DIGEST_RECORD, header, &proof->leaves[PLACE]);
    tree_root(proof->leaves, LEAVES, &proof->seal_root);
    tree_root(&proof->leaves[PLACE], 1, &proof->receipt_root);
    put_path(&proof->seal_proof, proof->seal_path, proof->seal_steps,
             tree_path(proof->leaves, LEAVES, PLACE, proof->seal_steps));
    put_path(&proof->receipt_proof, proof->receipt_path, proof->receipt_steps, 0);
    proof->seal_proof.index = PLACE;
    proof->seal_proof.signed_ = sign(proof, SEAL_CONTEXT_SEAL, &proof->seal.base, proof->sealer);
    proof->receipt_proof.signed_ =
        sign(proof, SEAL_CONTEXT_RECEIPT, &proof->receipt.base, proof->receiver);
    sign_federation(proof, ALL_ROOTS, ALL_ROOTS);
    evidence->has_version = evidence->has_header = evidence->has_salt = evidence->has_body = true;
    evidence->has_root = evidence->has_catalogue = true;
    evidence->version = 1;
    evidence->header = binary(header.data, header.size);
    evidence->salt = binary(proof->salt, sizeof proof->salt);
    evidence->body = binary(body, sizeof body - 1);
    evidence->seal = &proof->seal_proof;
    evidence->receipt = &proof->receipt_proof;
}

static enum verdict check(struct proof *proof, struct evidence_finding *finding)
{
    struct arena *arena = proof->federation.arena;
    proof->file = evidence_pack(&proof->evidence, arena);
    assert_non_null(proof->file.data);
    return evidence_check(proof->file, &proof->federation.anchor, &proof->federation.suite, arena,
                          finding);
}

static void expect(struct proof *proof, enum verdict wanted, const char *says)
{
    struct evidence_finding finding;
    enum verdict verdict = check(proof, &finding);
    if (verdict != wanted || !finding.failed || !strstr(finding.failed, says))
        print_error("verdict %d, failed %s, wanted %s\n", verdict,
                    finding.failed ? finding.failed : "-", says);
    assert_int_equal(verdict, wanted);
    assert_non_null(finding.failed);
    assert_non_null(strstr(finding.failed, says));
}

static int open_proof(void **state)
{
    static struct proof proof;
    begin_proof(&proof);
    *state = &proof;
    return 0;
}

static int close_proof(void **state)
{
    arena_close(((struct proof *)*state)->federation.arena);
    return 0;
}

static void whole_evidence_is_valid(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    sign_proof(proof);
    assert_int_equal(check(proof, &finding), VERDICT_FINE);
    assert_null(finding.failed);
    assert_string_equal(finding.issuer, "helmo.be");
    assert_string_equal(finding.key_id, "2026-b");
    assert_string_equal(finding.receipt_issuer, "pwr.edu.pl");
    assert_int_equal(finding.sealed_at, FEDERATION_START + 3600);
    assert_int_equal(finding.receipted_at, FEDERATION_START + 3700);
    assert_int_equal(finding.key_revoked_at, 0);
    assert_true(bytes_equal(finding.body, bytes_text(body)));
    assert_true(digest_equal(&finding.header.id, &proof->leaves[PLACE]));
}

static void an_erased_body_leaves_valid_evidence(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    sign_proof(proof);
    proof->evidence.has_salt = proof->evidence.has_body = false;
    assert_int_equal(check(proof, &finding), VERDICT_FINE);
    assert_int_equal(finding.body.size, 0);
}

static void a_receipt_may_be_still_to_come(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    sign_proof(proof);
    proof->evidence.receipt = NULL;
    assert_int_equal(check(proof, &finding), VERDICT_FINE);
    assert_null(finding.receipt_issuer);
    assert_int_equal(finding.receipted_at, 0);
}

/* Whatever a byte of the file is for, no other one serves: with no signature beyond the needed ones
 * there is none that could be spoilt for free. Every third byte, for the time that it takes. */
static void any_changed_byte_breaks_the_evidence(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    sign_proof(proof);
    sign_federation(proof, 3, 3);
    assert_int_equal(check(proof, &finding), VERDICT_FINE);
    struct arena *arena = arena_open(4 * 1024 * 1024);
    for (size_t i = 0; i < proof->file.size; i += 3) {
        struct bytes changed = arena_copy(arena, proof->file);
        ((uint8_t *)(uintptr_t)changed.data)[i] ^= 1;
        assert_int_not_equal(evidence_check(changed, &proof->federation.anchor,
                                            &proof->federation.suite, arena, &finding),
                             VERDICT_FINE);
        assert_non_null(finding.failed);
        arena_reset(arena);
    }
    arena_close(arena);
}

static void evidence_cut_short_is_refused_at_every_length(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    sign_proof(proof);
    assert_int_equal(check(proof, &finding), VERDICT_FINE);
    struct arena *arena = arena_open(4 * 1024 * 1024);
    for (size_t size = 0; size < proof->file.size; size++) {
        struct bytes cut = {proof->file.data, size};
        assert_int_not_equal(evidence_check(cut, &proof->federation.anchor,
                                            &proof->federation.suite, arena, &finding),
                             VERDICT_FINE);
        assert_non_null(finding.failed);
        arena_reset(arena);
    }
    arena_close(arena);
}

/* Step 1. */
static void a_file_of_something_else_is_no_evidence(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    assert_int_not_equal(evidence_check(bytes_text("peregrin"), &proof->federation.anchor,
                                        &proof->federation.suite, proof->federation.arena,
                                        &finding),
                         VERDICT_FINE);
    assert_string_equal(finding.failed, "the file is not evidence");
}

static void a_part_that_is_missing_is_named(void **state)
{
    struct proof *proof = *state;
    Peregrin__Evidence *evidence = &proof->evidence;
    sign_proof(proof);
    evidence->version = 2;
    expect(proof, VERDICT_NOT_UNDERSTOOD, "another version");
    evidence->version = 1;
    evidence->has_salt = false;
    expect(proof, VERDICT_MALFORMED, "missing");
    evidence->has_salt = true;
    evidence->salt.len = 31;
    expect(proof, VERDICT_MALFORMED, "missing");
    evidence->salt.len = 32;
    evidence->has_header = false;
    expect(proof, VERDICT_MALFORMED, "missing");
    evidence->has_header = true;
    evidence->seal = NULL;
    expect(proof, VERDICT_MALFORMED, "missing");
    evidence->seal = &proof->seal_proof;
    evidence->has_root = false;
    expect(proof, VERDICT_MALFORMED, "missing");
    evidence->has_root = true;
    evidence->has_catalogue = false;
    expect(proof, VERDICT_MALFORMED, "missing");
}

/* Step 2. */
static void another_anchor_refuses_the_evidence(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->federation.anchor.bytes[31] ^= 1;
    expect(proof, VERDICT_FORGED, "the anchor");
}

static void a_catalogue_with_too_few_signatures_refuses_the_evidence(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    sign_federation(proof, ALL_ROOTS, 1);
    expect(proof, VERDICT_FORGED, "signed the catalogue");
}

/* Step 3. */
static void a_header_without_its_shape_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->header.has_lane = false;
    sign_proof(proof);
    expect(proof, VERDICT_MALFORMED, "header cannot be read");
}

/* Step 4. */
static void an_issuer_outside_the_catalogue_is_unknown(void **state)
{
    struct proof *proof = *state;
    proof->header.issuer = "other.be";
    sign_proof(proof);
    expect(proof, VERDICT_UNKNOWN, "issuer is not in the catalogue");
}

static void a_seal_by_another_institution_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->sealer = &proof->federation.signers[UNI];
    sign_proof(proof);
    expect(proof, VERDICT_UNKNOWN, "not by a key of the record's issuer");
}

static void a_changed_seal_signature_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->seal_proof.signed_->signatures[0]->signature.data[0] ^= 1;
    expect(proof, VERDICT_FORGED, "the seal's signature does not hold");
}

static void a_changed_seal_statement_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->seal_proof.signed_->statement.data[3] ^= 1;
    expect(proof, VERDICT_FORGED, "the seal's signature does not hold");
}

static void a_receipt_cannot_stand_as_a_seal(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->seal_proof.signed_ = sign(proof, SEAL_CONTEXT_RECEIPT, &proof->seal.base, proof->sealer);
    expect(proof, VERDICT_FORGED, "the seal's signature does not hold");
}

static void a_seal_with_two_signatures_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    Peregrin__Signed *signed_ = proof->seal_proof.signed_;
    Peregrin__Signature *two[] = {signed_->signatures[0], signed_->signatures[0]};
    signed_->signatures = two;
    signed_->n_signatures = 2;
    expect(proof, VERDICT_MALFORMED, "the seal's signature does not hold");
}

/* Step 5: each name in turn. */
static void a_seal_that_names_something_else_is_refused(void **state)
{
    struct proof *proof = *state;
    const Peregrin__SealStatement truth = proof->seal;
    Peregrin__SealStatement wrong[5] = {truth, truth, truth, truth, truth};
    wrong[0].network = "demo2";
    wrong[1].issuer = "uni.example.org";
    wrong[2].audience = "uni.example.org";
    wrong[3].key_id = "2026-a";
    wrong[4].key_digest = binary(proof->federation.signers[HELMO_FIRST].digest.bytes, DIGEST_SIZE);
    for (size_t i = 0; i < 5; i++) {
        proof->seal = wrong[i];
        sign_proof(proof);
        expect(proof, VERDICT_FORGED, "the seal names another");
    }
}

static void a_header_of_another_network_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->header.network = proof->seal.network = "demo2";
    sign_proof(proof);
    expect(proof, VERDICT_FORGED, "the seal names another");
}

static void a_header_for_another_audience_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->header.audience = "uni.example.org";
    sign_proof(proof);
    expect(proof, VERDICT_FORGED, "the seal names another");
}

/* Step 6. */
static void a_changed_path_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->seal_steps[1].bytes[0] ^= 1;
    expect(proof, VERDICT_FORGED, "under the seal's root");
    proof->seal_steps[1].bytes[0] ^= 1;
    proof->seal_proof.index = PLACE - 1;
    expect(proof, VERDICT_FORGED, "under the seal's root");
    proof->seal_proof.index = PLACE;
    proof->seal_proof.n_path--;
    expect(proof, VERDICT_FORGED, "under the seal's root");
    proof->seal_proof.n_path++;
    proof->seal_path[0].len = 31;
    expect(proof, VERDICT_FORGED, "under the seal's root");
    proof->seal_path[0].len = 32;
    proof->seal_proof.has_index = false;
    expect(proof, VERDICT_FORGED, "under the seal's root");
}

static void a_path_longer_than_any_tree_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    ProtobufCBinaryData path[TREE_PATH_MAX + 1];
    for (size_t i = 0; i < TREE_PATH_MAX + 1; i++)
        path[i] = proof->seal_path[0];
    proof->seal_proof.path = path;
    proof->seal_proof.n_path = TREE_PATH_MAX + 1;
    expect(proof, VERDICT_FORGED, "under the seal's root");
}

static void a_changed_root_of_the_tree_is_refused(void **state)
{
    struct proof *proof = *state;
    struct digest other = {{1}};
    proof->seal.root = binary(other.bytes, DIGEST_SIZE);
    sign_proof(proof);
    expect(proof, VERDICT_FORGED, "under the seal's root");
}

static void another_record_does_not_stand_under_the_seal(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->claim.year = "2027/2028";
    struct bytes other = header_pack(&proof->header, proof->federation.arena);
    proof->evidence.header = binary(other.data, other.size);
    expect(proof, VERDICT_FORGED, "under the seal's root");
}

/* Step 7. */
static void a_changed_body_or_salt_is_refused(void **state)
{
    struct proof *proof = *state;
    char changed[sizeof body];
    memcpy(changed, body, sizeof body);
    changed[7] ^= 1;
    sign_proof(proof);
    proof->evidence.body = binary(changed, sizeof body - 1);
    expect(proof, VERDICT_FORGED, "the body is not the one");
    proof->evidence.body = binary(body, sizeof body - 1);
    proof->salt[0] ^= 1;
    expect(proof, VERDICT_FORGED, "the body is not the one");
}

static void a_byte_cannot_move_between_salt_and_body(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->evidence.body.len--;
    expect(proof, VERDICT_FORGED, "the body is not the one");
}

/* Step 8. */
static void a_receipt_by_another_institution_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->receiver = &proof->federation.signers[UNI];
    sign_proof(proof);
    expect(proof, VERDICT_UNKNOWN, "not by a key of the record's audience");
}

static void an_audience_outside_the_catalogue_gives_no_receipt(void **state)
{
    struct proof *proof = *state;
    proof->header.audience = proof->seal.audience = "other.be";
    sign_proof(proof);
    expect(proof, VERDICT_UNKNOWN, "audience is not in the catalogue");
}

static void a_changed_receipt_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->receipt_proof.signed_->statement.data[3] ^= 1;
    expect(proof, VERDICT_FORGED, "the receipt's signature does not hold");
}

static void a_receipt_that_names_something_else_is_refused(void **state)
{
    struct proof *proof = *state;
    const Peregrin__ReceiptStatement truth = proof->receipt;
    Peregrin__ReceiptStatement wrong[4] = {truth, truth, truth, truth};
    wrong[0].network = "demo2";
    wrong[1].issuer = "uni.example.org";
    wrong[2].audience = "uni.example.org";
    wrong[3].key_id = "2026-b";
    for (size_t i = 0; i < 4; i++) {
        proof->receipt = wrong[i];
        sign_proof(proof);
        expect(proof, VERDICT_FORGED, "the receipt names another");
    }
}

static void a_receipt_for_another_record_is_refused(void **state)
{
    struct proof *proof = *state;
    sign_proof(proof);
    proof->receipt_proof.has_index = false;
    expect(proof, VERDICT_FORGED, "under the receipt's root");
    proof->receipt_proof.has_index = true;
    tree_root(proof->leaves, 1, &proof->receipt_root);
    proof->receipt_proof.signed_ =
        sign(proof, SEAL_CONTEXT_RECEIPT, &proof->receipt.base, proof->receiver);
    expect(proof, VERDICT_FORGED, "under the receipt's root");
}

/* Step 9. */
static void a_seal_outside_its_keys_period_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->seal.time = FEDERATION_START - 1;
    sign_proof(proof);
    expect(proof, VERDICT_EXPIRED, "the seal's key was not in use");
    proof->seal.time = FEDERATION_START + 3600;
    proof->federation.helmo_keys[1].has_until = true;
    proof->federation.helmo_keys[1].until = FEDERATION_START + 3600;
    sign_proof(proof);
    expect(proof, VERDICT_EXPIRED, "the seal's key was not in use");
}

static void a_receipt_outside_its_keys_period_is_refused(void **state)
{
    struct proof *proof = *state;
    proof->receipt.time = FEDERATION_START - 1;
    sign_proof(proof);
    expect(proof, VERDICT_EXPIRED, "the receipt's key was not in use");
}

/* The seal's own time lies before the revocation, and proves nothing. */
static void a_revoked_key_leaves_the_time_unproven(void **state)
{
    struct proof *proof = *state;
    struct evidence_finding finding;
    proof->federation.helmo_keys[1].has_revoked_at = true;
    proof->federation.helmo_keys[1].revoked_at = FEDERATION_START + 9999;
    sign_proof(proof);
    assert_int_equal(check(proof, &finding), VERDICT_REVOKED);
    assert_non_null(strstr(finding.failed, "UNPROVEN TIME: the seal's key"));
    assert_int_equal(finding.key_revoked_at, FEDERATION_START + 9999);
    assert_int_equal(finding.sealed_at, FEDERATION_START + 3600);
}

static void a_revoked_receipt_key_leaves_the_time_unproven(void **state)
{
    struct proof *proof = *state;
    proof->federation.pwr_key.has_revoked_at = true;
    proof->federation.pwr_key.revoked_at = FEDERATION_START + 9999;
    sign_proof(proof);
    expect(proof, VERDICT_REVOKED, "UNPROVEN TIME: the receipt's key");
}

static void armour_goes_round(void **state)
{
    struct arena *arena = ((struct proof *)*state)->federation.arena;
    uint8_t file[200] = {0x08, 1};
    for (size_t size = 2; size <= sizeof file; size++) {
        struct bytes raw = {file, size}, text = evidence_armour(raw, arena), again;
        assert_int_equal(evidence_unarmour(text, arena, &again), VERDICT_FINE);
        assert_true(bytes_equal(raw, again));
        assert_int_equal(evidence_unarmour(raw, arena, &again), VERDICT_FINE);
        assert_true(bytes_equal(raw, again));
    }
}

static void armour_looks_as_documented(void **state)
{
    struct arena *arena = ((struct proof *)*state)->federation.arena;
    const uint8_t file[50] = {0x08, 1};
    struct bytes text = evidence_armour((struct bytes) {file, sizeof file}, arena);
    assert_true(
        bytes_equal(text, bytes_text("-----BEGIN PEREGRIN EVIDENCE-----\n"
                                     "CAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                     "AAAAAAAA\n"
                                     "AAA=\n"
                                     "-----END PEREGRIN EVIDENCE-----\n")));
}

static void armour_survives_the_post(void **state)
{
    struct arena *arena = ((struct proof *)*state)->federation.arena;
    const uint8_t file[4] = {0x08, 1, 2, 3};
    struct bytes again;
    assert_int_equal(evidence_unarmour(bytes_text("\r\n -----BEGIN PEREGRIN EVIDENCE-----\r\n"
                                                  "CAEC\r\n\tAw==\r\n"
                                                  "-----END PEREGRIN EVIDENCE-----"),
                                       arena, &again),
                     VERDICT_FINE);
    assert_true(bytes_equal(again, (struct bytes) {file, sizeof file}));
}

static void text_that_is_no_armour_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "peregrin",
        "-----BEGIN PEREGRIN EVIDENCE-----\n",
        "-----BEGIN PEREGRIN EVIDENCE-----\nCAEC\n",
        "-----BEGIN PEREGRIN EVIDENCE-----\nCAE*\n-----END PEREGRIN EVIDENCE-----\n",
        "-----BEGIN PEREGRIN EVIDENCE-----\nCAECA\n-----END PEREGRIN EVIDENCE-----\n",
        "-----BEGIN PEREGRIN EVIDENCE-----\nCAEC\n-----END PEREGRIN EVIDENCE-----\nmore",
        "-----BEGIN PEREGRIN EVIDENCE-----END PEREGRIN EVIDENCE-----\n",
    };
    struct arena *arena = ((struct proof *)*state)->federation.arena;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct bytes file;
        assert_int_equal(evidence_unarmour(bytes_text(texts[i]), arena, &file), VERDICT_MALFORMED);
    }
}

static void a_file_above_the_maximum_is_too_large(void **)
{
    struct arena *arena = arena_open(1024);
    uint8_t *large = calloc(1, 2 * (size_t)EVIDENCE_SIZE_MAX + 1);
    assert_non_null(large);
    struct bytes file;
    large[0] = 0x08;
    assert_int_equal(evidence_unarmour((struct bytes) {large, EVIDENCE_SIZE_MAX + 1}, arena, &file),
                     VERDICT_TOO_LARGE);
    large[0] = '-';
    assert_int_equal(
        evidence_unarmour((struct bytes) {large, 2 * (size_t)EVIDENCE_SIZE_MAX + 1}, arena, &file),
        VERDICT_TOO_LARGE);
    free(large);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole_evidence_is_valid, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(an_erased_body_leaves_valid_evidence, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_may_be_still_to_come, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(any_changed_byte_breaks_the_evidence, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(evidence_cut_short_is_refused_at_every_length, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_file_of_something_else_is_no_evidence, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_part_that_is_missing_is_named, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(another_anchor_refuses_the_evidence, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_catalogue_with_too_few_signatures_refuses_the_evidence,
                                        open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_header_without_its_shape_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(an_issuer_outside_the_catalogue_is_unknown, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_seal_by_another_institution_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_changed_seal_signature_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_changed_seal_statement_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_cannot_stand_as_a_seal, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_seal_with_two_signatures_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_seal_that_names_something_else_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_header_of_another_network_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_header_for_another_audience_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_changed_path_is_refused, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_path_longer_than_any_tree_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_changed_root_of_the_tree_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(another_record_does_not_stand_under_the_seal, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_changed_body_or_salt_is_refused, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_byte_cannot_move_between_salt_and_body, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_by_another_institution_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(an_audience_outside_the_catalogue_gives_no_receipt,
                                        open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_changed_receipt_is_refused, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_that_names_something_else_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_for_another_record_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_seal_outside_its_keys_period_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_receipt_outside_its_keys_period_is_refused, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_revoked_key_leaves_the_time_unproven, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(a_revoked_receipt_key_leaves_the_time_unproven, open_proof,
                                        close_proof),
        cmocka_unit_test_setup_teardown(armour_goes_round, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(armour_looks_as_documented, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(armour_survives_the_post, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(text_that_is_no_armour_is_refused, open_proof, close_proof),
        cmocka_unit_test_setup_teardown(a_file_above_the_maximum_is_too_large, open_proof,
                                        close_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
