#include "record/statement.h"

#include "record/codec.h"
#include "record/header.h"
#include "record/walk.h"
#include "seal/key.h"
#include "seal/seal.h"

#include <assert.h>
#include <string.h>

enum {
    STATEMENT_SIZE_MAX = 1024,
    SIGNATURES_MAX = 32,
    SIGNED_OVERHEAD = 16,
    SIGNATURE_PACKED = 104
};

static const struct scan_limits statement_limits = {
    .bytes_max = STATEMENT_SIZE_MAX, .depth_max = 1, .fields_max = 16};

static const struct scan_limits signed_limits = {
    .bytes_max = SEAL_STATEMENT_MAX + SIGNED_OVERHEAD + SIGNATURES_MAX * SIGNATURE_PACKED,
    .depth_max = 2,
    .fields_max = 1 + 3 * SIGNATURES_MAX,
};

/* A field of one name has one form in all statements; numbers have none. */
static const struct {
    const char *field;
    enum { FORM_SCHAC, FORM_NETWORK, FORM_KEY_ID, FORM_DIGEST } form;
} forms[] = {
    {"network", FORM_NETWORK},  {"issuer", FORM_SCHAC},      {"audience", FORM_SCHAC},
    {"key_id", FORM_KEY_ID},    {"key_digest", FORM_DIGEST}, {"root", FORM_DIGEST},
    {"handshake", FORM_DIGEST},
};

static bool value_fits(const struct walk_value *value)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *name = value->field->name;
        if (*name != *forms[i].field || strcmp(name, forms[i].field) != 0)
            continue;
        switch (forms[i].form) {
        case FORM_SCHAC: return header_schac_valid(value->bytes);
        case FORM_NETWORK: return header_name_valid(value->bytes, HEADER_NAME_MAX);
        case FORM_KEY_ID: return header_name_valid(value->bytes, KEY_ID_MAX);
        case FORM_DIGEST: return value->bytes.size == DIGEST_SIZE;
        }
    }
    return true;
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
    return protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
}

/* Every field is mandatory, and nobody makes a statement to itself. */
static enum verdict statement_unpack(const ProtobufCMessageDescriptor *type, struct bytes wire,
                                     struct arena *arena, ProtobufCMessage **message)
{
    TRY(codec_unpack(type, wire, &statement_limits, arena, message));
    for (unsigned i = 0; i < type->n_fields; i++) {
        if (walk_count(*message, &type->fields[i]) != 1)
            return VERDICT_MALFORMED;
        struct walk_value value = walk_get(*message, &type->fields[i], 0);
        if (!value_fits(&value))
            return VERDICT_MALFORMED;
    }
    bool alone =
        walk_same(*message, field_of(*message, "issuer"), *message, field_of(*message, "audience"));
    return alone ? VERDICT_MALFORMED : VERDICT_FINE;
}

enum verdict statement_read_seal(struct bytes wire, struct arena *arena,
                                 Peregrin__SealStatement **out)
{
    ProtobufCMessage *message;
    TRY(statement_unpack(&peregrin__seal_statement__descriptor, wire, arena, &message));
    Peregrin__SealStatement *statement = (Peregrin__SealStatement *)message;
    if (statement->count < 1 || statement->count > STATEMENT_SEAL_LEAVES)
        return VERDICT_MALFORMED;
    *out = statement;
    return VERDICT_FINE;
}

enum verdict statement_read_receipt(struct bytes wire, struct arena *arena,
                                    Peregrin__ReceiptStatement **out)
{
    ProtobufCMessage *message;
    TRY(statement_unpack(&peregrin__receipt_statement__descriptor, wire, arena, &message));
    Peregrin__ReceiptStatement *statement = (Peregrin__ReceiptStatement *)message;
    if (statement->count < 1 || statement->count > STATEMENT_RECEIPT_LEAVES)
        return VERDICT_MALFORMED;
    *out = statement;
    return VERDICT_FINE;
}

enum verdict statement_read_recover(struct bytes wire, struct arena *arena,
                                    Peregrin__RecoverStatement **out)
{
    ProtobufCMessage *message;
    TRY(statement_unpack(&peregrin__recover_statement__descriptor, wire, arena, &message));
    *out = (Peregrin__RecoverStatement *)message;
    return VERDICT_FINE;
}

static bool signature_fits(const Peregrin__Signature *signature)
{
    return signature->has_key_digest && signature->key_digest.len == DIGEST_SIZE &&
           signature->has_signature && signature->signature.len == SEAL_SIGNATURE_SIZE;
}

enum verdict statement_single(const Peregrin__Signed *signed_, struct bytes *statement,
                              struct digest *key, const uint8_t **signature)
{
    if (!signed_ || !signed_->has_statement || signed_->statement.len > SEAL_STATEMENT_MAX ||
        signed_->n_signatures != 1 || !signature_fits(signed_->signatures[0]))
        return VERDICT_MALFORMED;
    const Peregrin__Signature *only = signed_->signatures[0];
    memcpy(key->bytes, only->key_digest.data, DIGEST_SIZE);
    *statement = (struct bytes) {signed_->statement.data, signed_->statement.len};
    *signature = only->signature.data;
    return VERDICT_FINE;
}

/* protobuf-c does not write through what it packs. */
static ProtobufCBinaryData binary_of(struct bytes bytes)
{
    return (ProtobufCBinaryData) {bytes.size, (uint8_t *)bytes.data};
}

struct bytes statement_pack_signed(struct bytes statement, const struct digest *key,
                                   const uint8_t signature[static 64], struct arena *arena)
{
    assert(statement.size <= SEAL_STATEMENT_MAX);
    Peregrin__Signature only = PEREGRIN__SIGNATURE__INIT;
    only.has_key_digest = only.has_signature = 1;
    only.key_digest = binary_of(digest_bytes(key));
    only.signature = binary_of((struct bytes) {signature, SEAL_SIGNATURE_SIZE});
    Peregrin__Signed whole = PEREGRIN__SIGNED__INIT;
    whole.has_statement = 1;
    whole.statement = binary_of(statement);
    whole.n_signatures = 1;
    whole.signatures = (Peregrin__Signature *[]) {&only};
    return codec_pack(&whole.base, arena);
}

/* Each key signs once, whatever it is that is signed. */
static bool signatures_fit(const Peregrin__Signed *signed_)
{
    if (signed_->n_signatures < 1 || signed_->n_signatures > SIGNATURES_MAX)
        return false;
    for (size_t i = 0; i < signed_->n_signatures; i++) {
        if (!signature_fits(signed_->signatures[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (memcmp(signed_->signatures[i]->key_digest.data,
                       signed_->signatures[j]->key_digest.data, DIGEST_SIZE) == 0)
                return false;
    }
    return true;
}

enum verdict statement_read_signed(struct bytes wire, struct arena *arena, Peregrin__Signed **out)
{
    ProtobufCMessage *message;
    TRY(codec_unpack(&peregrin__signed__descriptor, wire, &signed_limits, arena, &message));
    Peregrin__Signed *signed_ = (Peregrin__Signed *)message;
    if (!signed_->has_statement || signed_->statement.len > SEAL_STATEMENT_MAX ||
        !signatures_fit(signed_))
        return VERDICT_MALFORMED;
    *out = signed_;
    return VERDICT_FINE;
}
