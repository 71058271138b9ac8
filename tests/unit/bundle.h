/* Evidence by the thousand for the tests of verification: records of helmo.be for pwr.edu.pl, as
 * bundles have them, under seals and receipts over as many of them as one likes. */
#pragma once

#include "record/statement.h"
#include "trust/evidence_bundle.h"
#include "unit/federation.h"

#include <stdio.h>

enum {
    BUNDLE_BODY = 1024,
    BUNDLE_SEALED = 512,    /* the most under one seal */
    BUNDLE_RECEIPTED = 256, /* the most under one receipt */
    BUNDLE_MINUTE = FEDERATION_START / 60 + 60,
};

struct bundle_maker {
    struct federation *federation;
    struct arena *arena; /* of one batch */
    uint64_t made;
    bool whole; /* also as files, with root and catalogue */
    uint8_t body[BUNDLE_BODY], salt[DIGEST_SALT_SIZE];
    struct digest commitment;
    struct bytes headers[BUNDLE_SEALED];
    struct digest ids[BUNDLE_SEALED];
    struct bytes parts[BUNDLE_SEALED], files[BUNDLE_SEALED]; /* of the newest batch */
};

static inline void bundle_open(struct bundle_maker *maker, struct federation *federation)
{
    *maker = (struct bundle_maker) {.federation = federation, .arena = arena_open(64 << 20)};
    assert(maker->arena);
    memset(maker->body, 'b', sizeof maker->body);
    header_commit(maker->salt, (struct bytes) {maker->body, BUNDLE_BODY}, &maker->commitment);
}

static inline void bundle_close(struct bundle_maker *maker)
{
    arena_close(maker->arena);
}

static inline ProtobufCBinaryData bundle_binary(struct bytes view)
{
    return (ProtobufCBinaryData) {view.size, (uint8_t *)(uintptr_t)view.data};
}

static inline void bundle_header(struct bundle_maker *maker, size_t at)
{
    uint8_t random[10] = {0};
    memcpy(random, &maker->made, sizeof maker->made);
    maker->made++;
    struct header_dossier dossier = header_dossier_new(BUNDLE_MINUTE, random);
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    claim.year = "2026/2027";
    header.network = "demo";
    header.issuer = "helmo.be";
    header.audience = "pwr.edu.pl";
    header.has_dossier = header.has_lane = header.has_index = header.has_kind = true;
    header.has_schema = header.has_issued_at = header.has_commitment = true;
    header.dossier = bundle_binary((struct bytes) {dossier.bytes, sizeof dossier.bytes});
    header.kind = PEREGRIN__KIND__KIND_NOMINATION;
    header.schema = 1;
    header.issued_at = BUNDLE_MINUTE;
    header.claim = &claim;
    header.commitment = bundle_binary(digest_bytes(&maker->commitment));
    maker->headers[at] = header_pack(&header, maker->arena);
    digest_of(DIGEST_RECORD, maker->headers[at], &maker->ids[at]);
}

static inline Peregrin__Signed *bundle_sign(struct bundle_maker *maker, enum seal_context context,
                                            const ProtobufCMessage *statement, size_t signer)
{
    const struct federation_pair *by = &maker->federation->signers[signer];
    uint8_t signature[SEAL_SIGNATURE_SIZE], wire[1024];
    Peregrin__Signed *signed_;
    struct bytes view = {wire, protobuf_c_message_pack(statement, wire)};
    assert(seal_sign(context, by->secret_key, view, signature));
    struct bytes packed = statement_pack_signed(view, &by->digest, signature, maker->arena);
    assert(statement_read_signed(packed, maker->arena, &signed_) == VERDICT_FINE);
    return signed_;
}

static inline Peregrin__Signed *bundle_seal(struct bundle_maker *maker, size_t count)
{
    struct digest root;
    Peregrin__SealStatement seal = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root(maker->ids, count, &root);
    seal.network = "demo";
    seal.issuer = "helmo.be";
    seal.audience = "pwr.edu.pl";
    seal.key_id = "2026-b";
    seal.has_key_digest = seal.has_count = seal.has_root = true;
    seal.has_time = seal.has_catalogue_version = true;
    seal.key_digest = bundle_binary(digest_bytes(&maker->federation->signers[HELMO_SECOND].digest));
    seal.count = (uint32_t)count;
    seal.root = bundle_binary(digest_bytes(&root));
    seal.time = FEDERATION_START + 3600;
    seal.catalogue_version = 7;
    return bundle_sign(maker, SEAL_CONTEXT_SEAL, &seal.base, HELMO_SECOND);
}

static inline Peregrin__Signed *bundle_receipt(struct bundle_maker *maker, size_t from,
                                               size_t count)
{
    struct digest root, handshake = {{1}};
    Peregrin__ReceiptStatement receipt = PEREGRIN__RECEIPT_STATEMENT__INIT;
    tree_root(maker->ids + from, count, &root);
    receipt.network = "demo";
    receipt.issuer = "pwr.edu.pl";
    receipt.audience = "helmo.be";
    receipt.key_id = "2026-a";
    receipt.has_key_digest = receipt.has_handshake = receipt.has_count = true;
    receipt.has_root = receipt.has_time = receipt.has_catalogue_version = true;
    receipt.key_digest = bundle_binary(digest_bytes(&maker->federation->signers[PWR].digest));
    receipt.handshake = bundle_binary(digest_bytes(&handshake));
    receipt.count = (uint32_t)count;
    receipt.root = bundle_binary(digest_bytes(&root));
    receipt.time = FEDERATION_START + 3700;
    receipt.catalogue_version = 7;
    return bundle_sign(maker, SEAL_CONTEXT_RECEIPT, &receipt.base, PWR);
}

static inline void bundle_put_path(Peregrin__Proof *proof, const struct digest *leaves,
                                   size_t count, size_t index, struct digest *steps,
                                   ProtobufCBinaryData *list)
{
    proof->has_index = true;
    proof->index = (uint32_t)index;
    proof->n_path = tree_path(leaves, count, index, steps);
    proof->path = list;
    for (size_t i = 0; i < proof->n_path; i++)
        list[i] = bundle_binary(digest_bytes(&steps[i]));
}

/* The next `count` records under one seal, and a receipt for each BUNDLE_RECEIPTED of them when
 * asked for. */
static inline void bundle_batch(struct bundle_maker *maker, size_t count, bool receipts)
{
    Peregrin__Proof seal = PEREGRIN__PROOF__INIT, receipt = PEREGRIN__PROOF__INIT;
    Peregrin__Evidence evidence = PEREGRIN__EVIDENCE__INIT;
    struct digest steps[2][TREE_PATH_MAX];
    ProtobufCBinaryData lists[2][TREE_PATH_MAX];
    arena_reset(maker->arena);
    for (size_t i = 0; i < count; i++)
        bundle_header(maker, i);
    seal.signed_ = bundle_seal(maker, count);
    evidence.has_version = evidence.has_header = evidence.has_salt = evidence.has_body = true;
    evidence.version = 1;
    evidence.salt = bundle_binary((struct bytes) {maker->salt, sizeof maker->salt});
    evidence.body = bundle_binary((struct bytes) {maker->body, sizeof maker->body});
    evidence.seal = &seal;
    evidence.receipt = receipts ? &receipt : NULL;
    for (size_t i = 0; i < count; i++) {
        size_t from = i / BUNDLE_RECEIPTED * BUNDLE_RECEIPTED;
        size_t held = count - from < BUNDLE_RECEIPTED ? count - from : BUNDLE_RECEIPTED;
        if (receipts && i == from)
            receipt.signed_ = bundle_receipt(maker, from, held);
        if (receipts)
            bundle_put_path(&receipt, maker->ids + from, held, i - from, steps[1], lists[1]);
        bundle_put_path(&seal, maker->ids, count, i, steps[0], lists[0]);
        evidence.header = bundle_binary(maker->headers[i]);
        maker->parts[i] = evidence_bundle_add(&evidence, maker->arena);
        evidence.has_root = evidence.has_catalogue = maker->whole;
        evidence.root = bundle_binary(maker->federation->files.root);
        evidence.catalogue = bundle_binary(maker->federation->files.catalogue);
        maker->files[i] = evidence_pack(&evidence, maker->arena);
        assert(maker->parts[i].data && maker->files[i].data);
    }
}

static inline bool bundle_write(const struct bundle_maker *maker, size_t count, FILE *file)
{
    for (size_t i = 0; i < count; i++)
        if (fwrite(maker->parts[i].data, 1, maker->parts[i].size, file) != maker->parts[i].size)
            return false;
    return true;
}
