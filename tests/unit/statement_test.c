/* links: base seal record */
#include "record/statement.h"

#include "record/codec.h"
#include "record/walk.h"
#include "seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void text_set(ProtobufCMessage *message, const char *name, const char *text,
                     struct arena *arena)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    assert_non_null(field);
    assert_int_equal(walk_set_bytes(message, field, bytes_text(text), arena), VERDICT_FINE);
}

static void number_set(ProtobufCMessage *message, const char *name, uint64_t number,
                       struct arena *arena)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    assert_non_null(field);
    assert_int_equal(walk_set_number(message, field, number, arena), VERDICT_FINE);
}

/* A statement of any type with every field set. */
static ProtobufCMessage *statement_new(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    ProtobufCMessage *message = walk_new(type, arena);
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (field->type == PROTOBUF_C_TYPE_BYTES)
            text_set(message, field->name, "0123456789ABCDEF0123456789ABCDEF", arena);
        else if (field->type != PROTOBUF_C_TYPE_STRING)
            number_set(message, field->name, 7, arena);
    }
    text_set(message, "network", "demo", arena);
    text_set(message, "issuer", "helmo.be", arena);
    text_set(message, "audience", "uhasselt.be", arena);
    text_set(message, "key_id", "2026-a", arena);
    return message;
}

static enum verdict read_any(const ProtobufCMessage *message, struct arena *arena)
{
    struct bytes wire = codec_pack(message, arena);
    if (message->descriptor == &peregrin__seal_statement__descriptor) {
        Peregrin__SealStatement *seal;
        return statement_read_seal(wire, arena, &seal);
    }
    if (message->descriptor == &peregrin__receipt_statement__descriptor) {
        Peregrin__ReceiptStatement *receipt;
        return statement_read_receipt(wire, arena, &receipt);
    }
    Peregrin__RecoverStatement *recover;
    return statement_read_recover(wire, arena, &recover);
}

static const ProtobufCMessageDescriptor *const types[] = {
    &peregrin__seal_statement__descriptor,
    &peregrin__receipt_statement__descriptor,
    &peregrin__recover_statement__descriptor,
};
enum { TYPE_COUNT = sizeof types / sizeof *types };

static void each_statement_reads_as_it_was_written(void **state)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        assert_int_equal(read_any(statement_new(types[i], *state), *state), VERDICT_FINE);

    ProtobufCMessage *message = statement_new(types[0], *state);
    Peregrin__SealStatement *seal;
    assert_int_equal(statement_read_seal(codec_pack(message, *state), *state, &seal), VERDICT_FINE);
    assert_string_equal(seal->issuer, "helmo.be");
    assert_int_equal(seal->count, 7);
    assert_int_equal(seal->root.len, 32);
}

static void a_statement_that_lacks_any_field_is_refused(void **state)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        for (unsigned without = 0; without < types[i]->n_fields; without++) {
            ProtobufCMessage *whole = statement_new(types[i], *state);
            ProtobufCMessage *message = walk_new(types[i], *state);
            for (unsigned j = 0; j < types[i]->n_fields; j++) {
                const ProtobufCFieldDescriptor *field = &types[i]->fields[j];
                struct walk_value value = walk_get(whole, field, 0);
                if (j == without)
                    continue;
                if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES)
                    assert_int_equal(walk_set_bytes(message, field, value.bytes, *state), 0);
                else
                    assert_int_equal(walk_set_number(message, field, value.number, *state), 0);
            }
            assert_int_equal(read_any(message, *state), VERDICT_MALFORMED);
        }
    }
}

static void a_field_of_the_wrong_form_is_refused(void **state)
{
    static const struct {
        const char *field, *text;
    } rows[] = {
        {"network", ""},
        {"network", "new\nline"},
        {"network", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"},
        {"issuer", "Helmo.be"},
        {"audience", "helmo.be"}, /* to itself */
        {"audience", "x"},
        {"key_id", ""},
        {"key_id", "a key"},
        {"key_id", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"},
        {"key_digest", "short"},
        {"root", "0123456789ABCDEF0123456789ABCDEF0"},
        {"handshake", ""},
    };
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
            if (!protobuf_c_message_descriptor_get_field_by_name(types[i], rows[row].field))
                continue;
            ProtobufCMessage *message = statement_new(types[i], *state);
            text_set(message, rows[row].field, rows[row].text, *state);
            assert_int_equal(read_any(message, *state), VERDICT_MALFORMED);
        }
    }
}

static void a_count_out_of_its_range_is_refused(void **state)
{
    static const uint32_t most[] = {STATEMENT_SEAL_LEAVES, STATEMENT_RECEIPT_LEAVES};
    for (size_t i = 0; i < 2; i++) {
        ProtobufCMessage *message = statement_new(types[i], *state);
        number_set(message, "count", 0, *state);
        assert_int_equal(read_any(message, *state), VERDICT_MALFORMED);
        number_set(message, "count", most[i], *state);
        assert_int_equal(read_any(message, *state), VERDICT_FINE);
        number_set(message, "count", most[i] + 1, *state);
        assert_int_equal(read_any(message, *state), VERDICT_MALFORMED);
    }
}

static void what_was_signed_comes_back_with_its_signature(void **state)
{
    uint8_t seed[SEAL_SEED_SIZE] = {7}, public_key[SEAL_PUBLIC_SIZE], secret_key[SEAL_SECRET_SIZE];
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    struct digest key, key_back;
    struct bytes statement = codec_pack(statement_new(types[0], *state), *state), back;
    const uint8_t *signature_back;
    Peregrin__Signed *whole;
    seal_key_pair(seed, public_key, secret_key);
    digest_of(DIGEST_KEY, (struct bytes) {public_key, sizeof public_key}, &key);
    seal_sign(SEAL_CONTEXT_SEAL, secret_key, statement, signature);

    struct bytes wire = statement_pack_signed(statement, &key, signature, *state);
    assert_int_equal(statement_read_signed(wire, *state, &whole), VERDICT_FINE);
    assert_int_equal(statement_single(whole, &back, &key_back, &signature_back), VERDICT_FINE);
    assert_true(bytes_equal(back, statement));
    assert_true(digest_equal(&key, &key_back));
    assert_true(seal_verify(SEAL_CONTEXT_SEAL, public_key, back, signature_back));
    assert_false(seal_verify(SEAL_CONTEXT_RECEIPT, public_key, back, signature_back));
}

/* A Signed with so many signatures by distinct keys. */
static Peregrin__Signed *signed_new(size_t count, struct arena *arena)
{
    Peregrin__Signed *whole = (Peregrin__Signed *)walk_new(&peregrin__signed__descriptor, arena);
    uint8_t *bytes = arena_take(arena, 64 * (count + 1));
    text_set(&whole->base, "statement", "said", arena);
    whole->signatures = arena_take_array(arena, count, sizeof *whole->signatures);
    whole->n_signatures = count;
    for (size_t i = 0; i < count; i++) {
        Peregrin__Signature *signature = arena_take(arena, sizeof *signature);
        peregrin__signature__init(signature);
        bytes[64 * i] = (uint8_t)i;
        signature->has_key_digest = signature->has_signature = 1;
        signature->key_digest = (ProtobufCBinaryData) {32, bytes + 64 * i};
        signature->signature = (ProtobufCBinaryData) {64, bytes + 64 * i};
        whole->signatures[i] = signature;
    }
    return whole;
}

static enum verdict reread(const Peregrin__Signed *whole, struct arena *arena)
{
    Peregrin__Signed *back;
    return statement_read_signed(codec_pack(&whole->base, arena), arena, &back);
}

static void one_to_thirty_two_distinct_keys_may_sign(void **state)
{
    assert_int_equal(reread(signed_new(0, *state), *state), VERDICT_MALFORMED);
    assert_int_equal(reread(signed_new(1, *state), *state), VERDICT_FINE);
    Peregrin__Signed *most = signed_new(32, *state);
    assert_int_equal(reread(most, *state), VERDICT_FINE);
    most->signatures[31]->key_digest.data = most->signatures[4]->key_digest.data;
    assert_int_equal(reread(most, *state), VERDICT_MALFORMED);
    assert_int_not_equal(reread(signed_new(33, *state), *state), VERDICT_FINE);
}

static void a_seal_has_exactly_one_signature_of_the_right_sizes(void **state)
{
    struct bytes statement;
    struct digest key;
    const uint8_t *signature;
    assert_int_equal(statement_single(NULL, &statement, &key, &signature), VERDICT_MALFORMED);
    for (int wrong = 0; wrong < 8; wrong++) {
        Peregrin__Signed *whole = signed_new(wrong == 1 ? 2 : 1, *state);
        Peregrin__Signature *only = whole->signatures[0];
        if (wrong == 2)
            whole->n_signatures = 0;
        if (wrong == 3)
            whole->has_statement = 0;
        if (wrong == 4)
            only->has_signature = 0;
        if (wrong == 5)
            only->has_key_digest = 0;
        if (wrong == 6)
            only->signature.len = 63;
        if (wrong == 7)
            only->key_digest.len = 31;
        assert_int_equal(statement_single(whole, &statement, &key, &signature),
                         wrong ? VERDICT_MALFORMED : VERDICT_FINE);
        if (wrong > 1)
            assert_int_equal(reread(whole, *state), VERDICT_MALFORMED);
    }
}

static void a_signed_statement_may_be_as_large_as_a_seal_signs(void **state)
{
    struct arena *arena = arena_open(4 * (size_t)SEAL_STATEMENT_MAX);
    struct digest key = {{0}};
    uint8_t signature[64] = {0};
    uint8_t *large = arena_take(arena, SEAL_STATEMENT_MAX);
    Peregrin__Signed *whole;
    (void)state;
    struct bytes wire =
        statement_pack_signed((struct bytes) {large, SEAL_STATEMENT_MAX}, &key, signature, arena);
    assert_int_equal(statement_read_signed(wire, arena, &whole), VERDICT_FINE);
    arena_close(arena);
}

static int arena_setup(void **state)
{
    *state = arena_open(1 << 22);
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_statement_reads_as_it_was_written),
        cmocka_unit_test(a_statement_that_lacks_any_field_is_refused),
        cmocka_unit_test(a_field_of_the_wrong_form_is_refused),
        cmocka_unit_test(a_count_out_of_its_range_is_refused),
        cmocka_unit_test(what_was_signed_comes_back_with_its_signature),
        cmocka_unit_test(one_to_thirty_two_distinct_keys_may_sign),
        cmocka_unit_test(a_seal_has_exactly_one_signature_of_the_right_sizes),
        cmocka_unit_test(a_signed_statement_may_be_as_large_as_a_seal_signs),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
