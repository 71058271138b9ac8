/* links: base seal record */
#include "record/header.h"
#include "record/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MINUTE = 29400000 };

/* A header with all its parts beside it, so that a test changes one and packs it. */
struct draft {
    Peregrin__Header header;
    Peregrin__Seen seen;
    Peregrin__Claim claim;
    struct header_dossier dossier;
    uint8_t digest[32];
    uint32_t critical[4];
};

static void binary_set(protobuf_c_boolean *has, ProtobufCBinaryData *binary, uint8_t *data,
                       size_t size)
{
    *has = 1;
    *binary = (ProtobufCBinaryData) {size, data};
}

/* A nomination, which opens a dossier. */
static struct draft *draft_new(struct arena *arena)
{
    struct draft *draft = arena_take(arena, sizeof *draft);
    peregrin__header__init(&draft->header);
    peregrin__seen__init(&draft->seen);
    peregrin__claim__init(&draft->claim);
    memset(draft->digest, 0xAB, sizeof draft->digest);
    draft->dossier = header_dossier_new(MINUTE, (const uint8_t *)"0123456789");
    Peregrin__Header *header = &draft->header;
    header->network = "demo";
    header->issuer = "helmo.be";
    header->audience = "uhasselt.be";
    binary_set(&header->has_dossier, &header->dossier, draft->dossier.bytes, HEADER_DOSSIER_SIZE);
    header->has_lane = header->has_index = header->has_kind = header->has_schema = 1;
    header->has_issued_at = 1;
    header->kind = PEREGRIN__KIND__KIND_NOMINATION;
    header->schema = 1;
    header->issued_at = MINUTE;
    header->claim = &draft->claim;
    draft->claim.year = "2026/2027";
    binary_set(&header->has_commitment, &header->commitment, draft->digest, 32);
    return draft;
}

/* A decision at index 0 of lane 1 that has seen the nomination. */
static struct draft *decision_new(struct arena *arena)
{
    struct draft *draft = draft_new(arena);
    draft->header.lane = 1;
    draft->header.kind = PEREGRIN__KIND__KIND_DECISION;
    draft->header.seen = &draft->seen;
    draft->seen.has_index = 1;
    binary_set(&draft->seen.has_id, &draft->seen.id, draft->digest, 32);
    binary_set(&draft->claim.has_target, &draft->claim.target, draft->digest, 32);
    draft->claim.has_outcome = 1;
    draft->claim.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    draft->claim.year = NULL;
    return draft;
}

static enum verdict read_draft(const struct draft *draft, struct arena *arena, struct header *out)
{
    return header_read(header_pack(&draft->header, arena), arena, out);
}

#define assert_draft(draft, verdict)                                   \
    do {                                                               \
        struct header unused;                                          \
        assert_int_equal(read_draft(draft, *state, &unused), verdict); \
    } while (0)

static void a_header_reads_as_it_was_written(void **state)
{
    struct draft *draft = decision_new(*state);
    draft->header.index = 3;
    draft->seen.index = 2;
    binary_set(&draft->header.has_previous, &draft->header.previous, draft->digest, 32);
    struct bytes wire = header_pack(&draft->header, *state);
    struct header header;
    struct digest id;
    assert_int_equal(header_read(wire, *state, &header), VERDICT_FINE);
    digest_of(DIGEST_RECORD, wire, &id);
    assert_true(digest_equal(&header.id, &id));
    assert_ptr_equal(header.wire.data, wire.data);
    assert_string_equal(header.fields->issuer, "helmo.be");
    assert_int_equal(header.lane, 1);
    assert_int_equal(header.index, 3);
    assert_true(header.has_seen);
    assert_int_equal(header.seen_index, 2);
    assert_int_equal(header.kind, PEREGRIN__KIND__KIND_DECISION);
    assert_int_equal(header.schema, 1);
    assert_int_equal(header.issued_at, MINUTE);
    assert_memory_equal(header.dossier.bytes, draft->dossier.bytes, HEADER_DOSSIER_SIZE);
    assert_memory_equal(header.previous.bytes, draft->digest, 32);
    assert_memory_equal(header.seen_id.bytes, draft->digest, 32);
    assert_memory_equal(header.target.bytes, draft->digest, 32);
    assert_memory_equal(header.commitment.bytes, draft->digest, 32);
    assert_memory_equal(header.supersedes.bytes, (uint8_t[32]) {0}, 32);
}

/* Each case spoils one field of a fine header. */
static void spoil(struct draft *draft, int field)
{
    Peregrin__Header *header = &draft->header;
    switch (field) {
    case 0: header->network = NULL; break;
    case 1: header->issuer = NULL; break;
    case 2: header->audience = NULL; break;
    case 3: header->has_dossier = 0; break;
    case 4: header->has_lane = 0; break;
    case 5: header->has_index = 0; break;
    case 6: header->has_kind = 0; break;
    case 7: header->has_schema = 0; break;
    case 8: header->has_issued_at = 0; break;
    case 9: header->claim = NULL; break;
    case 10: header->has_commitment = 0; break;
    case 11: header->network = ""; break;
    case 12: header->network = "two words"; break;
    case 13: header->issuer = "HELMo.be"; break;
    case 14: header->audience = "helmo"; break;
    case 15: header->audience = header->issuer; break;
    case 16: header->dossier.len = 15; break;
    case 17: header->lane = 2; break;
    case 18: header->commitment.len = 31; break;
    case 19: header->claim->target.len = 31; break;
    case 20:
        binary_set(&header->claim->has_supersedes, &header->claim->supersedes, draft->digest, 33);
        break;
    case 21: header->seen->has_index = 0; break;
    case 22: header->seen->has_id = 0; break;
    case 23: header->seen->id.len = 16; break;
    case 24: header->index = 1; break; /* without previous */
    case 25: binary_set(&header->has_previous, &header->previous, draft->digest, 32); break;
    case 26: draft->dossier.bytes[5] ^= 1; break; /* no whole minute */
    case 27: header->issued_at = HEADER_MINUTE_MAX + 1; break;
    case 28: header->seen->index = (uint32_t)HEADER_INDEX_MAX + 1; break;
    }
}

static void each_field_that_is_missing_or_wrong_is_refused(void **state)
{
    for (int field = 0; field <= 28; field++) {
        struct draft *draft = decision_new(*state);
        assert_draft(draft, VERDICT_FINE);
        spoil(draft, field);
        assert_draft(draft, VERDICT_MALFORMED);
    }
}

static void previous_stands_exactly_behind_index_zero(void **state)
{
    struct draft *draft = decision_new(*state);
    draft->header.index = 1;
    binary_set(&draft->header.has_previous, &draft->header.previous, draft->digest, 32);
    assert_draft(draft, VERDICT_FINE);
    draft->header.previous.len = 31;
    assert_draft(draft, VERDICT_MALFORMED);
    draft->header.previous.len = 32;
    draft->header.index = (uint32_t)HEADER_INDEX_MAX + 1;
    assert_draft(draft, VERDICT_MALFORMED);
}

static void a_dossier_is_named_after_the_minute_of_its_opening(void **state)
{
    struct draft *draft = draft_new(*state);
    assert_draft(draft, VERDICT_FINE);
    draft->header.issued_at = MINUTE + 1;
    assert_draft(draft, VERDICT_MALFORMED);
    struct draft *later = decision_new(*state);
    later->header.issued_at = MINUTE + 1;
    assert_draft(later, VERDICT_FINE);
}

static void the_opening_record_has_seen_nothing(void **state)
{
    struct draft *draft = draft_new(*state);
    draft->header.seen = &draft->seen;
    draft->seen.has_index = 1;
    binary_set(&draft->seen.has_id, &draft->seen.id, draft->digest, 32);
    assert_draft(draft, VERDICT_MALFORMED);
}

static void only_a_nomination_opens_and_it_does_nothing_else(void **state)
{
    struct draft *withdrawal = draft_new(*state);
    withdrawal->header.kind = PEREGRIN__KIND__KIND_WITHDRAWAL;
    assert_draft(withdrawal, VERDICT_MALFORMED);
    withdrawal->header.index = 1;
    binary_set(&withdrawal->header.has_previous, &withdrawal->header.previous, withdrawal->digest,
               32);
    assert_draft(withdrawal, VERDICT_FINE);
    withdrawal->header.kind = PEREGRIN__KIND__KIND_NOMINATION;
    assert_draft(withdrawal, VERDICT_MALFORMED);

    struct draft *refusal = draft_new(*state);
    refusal->header.kind = PEREGRIN__KIND__KIND_REFUSAL;
    refusal->header.schema = 0;
    binary_set(&refusal->claim.has_target, &refusal->claim.target, refusal->digest, 32);
    refusal->claim.has_code = 1;
    refusal->claim.code = VERDICT_INVALID;
    assert_draft(refusal, VERDICT_MALFORMED);
    refusal->header.lane = 1;
    assert_draft(refusal, VERDICT_FINE);
}

static void each_kind_stands_in_its_own_lane(void **state)
{
    struct draft *decision = decision_new(*state);
    decision->header.index = 1;
    binary_set(&decision->header.has_previous, &decision->header.previous, decision->digest, 32);
    assert_draft(decision, VERDICT_FINE);
    decision->header.lane = 0;
    assert_draft(decision, VERDICT_MALFORMED);
    decision->header.kind = PEREGRIN__KIND__KIND_WITHDRAWAL;
    assert_draft(decision, VERDICT_FINE);
    decision->header.lane = 1;
    assert_draft(decision, VERDICT_MALFORMED);
    decision->header.kind = PEREGRIN__KIND__KIND_CREDIT_RECORD;
    assert_draft(decision, VERDICT_FINE);
}

static void a_claim_has_what_the_fold_reads(void **state)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = &kinds[i];
        for (int without = 0; without < 7; without++) {
            struct draft *draft = decision_new(*state);
            draft->header.kind = kind->number;
            draft->header.schema = kind->schema;
            draft->header.lane = kind->lanes == KIND_LANE_OPENER ? 0 : 1;
            if (kind->place == KIND_OPENS) {
                draft->header.seen = NULL;
            } else {
                draft->header.index = 1;
                binary_set(&draft->header.has_previous, &draft->header.previous, draft->digest, 32);
            }
            Peregrin__Claim *claim = &draft->claim;
            claim->has_target = without != 1;
            claim->has_outcome = claim->has_change = claim->has_code = 1;
            claim->outcome = without == 2 ? 4 : 2;
            claim->change = without == 3 ? 3 : 1;
            claim->code = without == 4 ? 0 : 99;
            claim->year = without == 5 ? NULL : "2026/2027";
            claim->last_year = without == 6 ? NULL : "2027/2028";
            bool needed =
                (without == 1 && kind->claims_target) || (without == 2 && kind->claims_outcome) ||
                (without == 3 && kind->claims_change) || (without == 4 && kind->claims_code) ||
                (without == 5 && kind->claims_year) || (without == 6 && kind->claims_last_year);
            assert_draft(draft, needed ? VERDICT_MALFORMED : VERDICT_FINE);
        }
    }
}

static void a_kind_or_schema_that_we_do_not_know_is_let_through(void **state)
{
    struct draft *draft = draft_new(*state);
    draft->header.kind = 99;
    draft->claim.year = NULL;
    assert_draft(draft, VERDICT_FINE);
    draft->header.kind = PEREGRIN__KIND__KIND_DECISION;
    draft->header.schema = 2;
    assert_draft(draft, VERDICT_FINE);
}

/* Else an upgrade that knows the kind would find its own database corrupt. */
static void what_is_held_is_read_whatever_its_kind_asks_today(void **state)
{
    struct draft *draft = decision_new(*state);
    struct header header;
    draft->claim.has_outcome = 0;
    draft->header.lane = 0;
    draft->header.seen = NULL;
    struct bytes wire = header_pack(&draft->header, *state);
    assert_int_equal(header_read(wire, *state, &header), VERDICT_MALFORMED);
    assert_int_equal(header_read_held(wire, *state, &header), VERDICT_FINE);
    draft->header.lane = 2;
    wire = header_pack(&draft->header, *state);
    assert_int_equal(header_read_held(wire, *state, &header), VERDICT_MALFORMED);
}

static void a_critical_extension_is_held_as_not_understood(void **state)
{
    struct draft *draft = draft_new(*state);
    struct header header;
    draft->header.critical = draft->critical;
    draft->header.n_critical = 2;
    draft->critical[0] = 100;
    draft->critical[1] = 199;
    assert_int_equal(read_draft(draft, *state, &header), VERDICT_FINE);
    assert_int_equal(header.schema, HEADER_SCHEMA_UNKNOWN);
    assert_null(kind_find(header.kind, header.schema));
    draft->critical[1] = 100;
    assert_draft(draft, VERDICT_MALFORMED);
    draft->critical[1] = 200;
    assert_draft(draft, VERDICT_MALFORMED);
    draft->critical[0] = 99;
    draft->critical[1] = 100;
    assert_draft(draft, VERDICT_MALFORMED);
}

static void an_extension_is_kept_and_belongs_to_the_id(void **state)
{
    struct bytes plain = header_pack(&draft_new(*state)->header, *state);
    uint8_t *longer = arena_take(*state, plain.size + 3);
    struct header with, without;
    memcpy(longer, plain.data, plain.size);
    memcpy(longer + plain.size, "\xB8\x0C\x07", 3); /* 199: 7 */
    assert_int_equal(header_read(plain, *state, &without), VERDICT_FINE);
    assert_int_equal(header_read((struct bytes) {longer, plain.size + 3}, *state, &with),
                     VERDICT_FINE);
    assert_false(digest_equal(&with.id, &without.id));
    assert_true(bytes_equal(header_pack(with.fields, *state), with.wire));
    longer[plain.size] = 0xC0; /* 200 */
    assert_int_equal(header_read((struct bytes) {longer, plain.size + 3}, *state, &with),
                     VERDICT_MALFORMED);
}

static void a_header_above_its_size_is_too_large(void **state)
{
    struct draft *draft = draft_new(*state);
    char condition[HEADER_SIZE_MAX];
    memset(condition, 'c', sizeof condition);
    condition[sizeof condition - 1] = 0;
    draft->claim.condition = condition;
    assert_draft(draft, VERDICT_TOO_LARGE);
}

static void no_bytes_at_all_are_no_header(void **state)
{
    struct header header;
    assert_int_equal(header_read((struct bytes) {0}, *state, &header), VERDICT_MALFORMED);
}

static void a_commitment_binds_salt_and_body(void **state)
{
    (void)state;
    uint8_t salt[DIGEST_SALT_SIZE] = {1};
    struct digest one, other;
    header_commit(salt, bytes_text("body"), &one);
    header_commit(salt, bytes_text("bodx"), &other);
    assert_false(digest_equal(&one, &other));
    salt[31] = 1;
    header_commit(salt, bytes_text("body"), &other);
    assert_false(digest_equal(&one, &other));
}

static void a_dossier_name_is_a_ulid(void **state)
{
    static const struct {
        uint8_t bytes[HEADER_DOSSIER_SIZE];
        const char *text;
    } rows[] = {
        {{0}, "00000000000000000000000000"},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
          0xFF},
         "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"},
        {{0x01, 0x56, 0x3E, 0x3A, 0xB5, 0xD3, 0xD6, 0x76, 0x4C, 0x61, 0xEF, 0xB9, 0x93, 0x02, 0xBD,
          0x5B},
         "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, /* the example of the ULID specification */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct header_dossier dossier, back;
        char text[HEADER_DOSSIER_TEXT];
        memcpy(dossier.bytes, rows[i].bytes, sizeof dossier.bytes);
        header_dossier_text(&dossier, text);
        assert_string_equal(text, rows[i].text);
        assert_true(header_dossier_from_text(bytes_text(text), &back));
        assert_memory_equal(back.bytes, rows[i].bytes, sizeof back.bytes);
    }
}

static void a_text_that_is_no_dossier_name_is_refused(void **state)
{
    struct header_dossier dossier;
    (void)state;
    assert_true(header_dossier_from_text(bytes_text("01arz3ndektsv4rrffq69g5fav"), &dossier));
    assert_int_equal(dossier.bytes[15], 0x5B);
    assert_false(header_dossier_from_text(bytes_text("81ARZ3NDEKTSV4RRFFQ69G5FAV"), &dossier));
    assert_false(header_dossier_from_text(bytes_text("01ARZ3NDEKTSV4RRFFQ69G5FA"), &dossier));
    assert_false(header_dossier_from_text(bytes_text("01ARZ3NDEKTSV4RRFFQ69G5FAVV"), &dossier));
    assert_false(header_dossier_from_text(bytes_text("01ARZ3NDEKTSV4RRFFQ69G5FAU"), &dossier));
    assert_false(header_dossier_from_text(bytes_text("01ARZ3NDEKTSV4RRFFQ69G5FA-"), &dossier));
    uint8_t zero[26] = {0};
    assert_false(header_dossier_from_text((struct bytes) {zero, 26}, &dossier));
}

static void a_new_dossier_holds_its_minute_and_the_dice(void **state)
{
    (void)state;
    struct header_dossier dossier = header_dossier_new(HEADER_MINUTE_MAX, (uint8_t *)"abcdefghij");
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | dossier.bytes[i];
    assert_true(ms == HEADER_MINUTE_MAX * 60000);
    assert_memory_equal(dossier.bytes + 6, "abcdefghij", 10);
}

static void a_schac_is_a_domain_in_small_letters(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } rows[] = {
        {"helmo.be", true},
        {"imt-nord-europe.fr", true},
        {"a.b", true},
        {"1.2", true},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.be", true},   /* 64 */
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.be", false}, /* 65 */
        {"", false},
        {"helmo", false},
        {".be", false},
        {"helmo.", false},
        {".", false},
        {"a..b", false},
        {"-a.b", false},
        {"a-.b", false},
        {"a.-b", false},
        {"a.b-", false},
        {"-", false},
        {"A.b", false},
        {"a_b.c", false},
        {"a b.c", false},
        {"é.be", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(header_schac_valid(bytes_text(rows[i].text)), rows[i].valid);
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
        cmocka_unit_test(a_header_reads_as_it_was_written),
        cmocka_unit_test(each_field_that_is_missing_or_wrong_is_refused),
        cmocka_unit_test(previous_stands_exactly_behind_index_zero),
        cmocka_unit_test(a_dossier_is_named_after_the_minute_of_its_opening),
        cmocka_unit_test(the_opening_record_has_seen_nothing),
        cmocka_unit_test(only_a_nomination_opens_and_it_does_nothing_else),
        cmocka_unit_test(each_kind_stands_in_its_own_lane),
        cmocka_unit_test(a_claim_has_what_the_fold_reads),
        cmocka_unit_test(a_kind_or_schema_that_we_do_not_know_is_let_through),
        cmocka_unit_test(what_is_held_is_read_whatever_its_kind_asks_today),
        cmocka_unit_test(a_critical_extension_is_held_as_not_understood),
        cmocka_unit_test(an_extension_is_kept_and_belongs_to_the_id),
        cmocka_unit_test(a_header_above_its_size_is_too_large),
        cmocka_unit_test(no_bytes_at_all_are_no_header),
        cmocka_unit_test(a_commitment_binds_salt_and_body),
        cmocka_unit_test(a_dossier_name_is_a_ulid),
        cmocka_unit_test(a_text_that_is_no_dossier_name_is_refused),
        cmocka_unit_test(a_new_dossier_holds_its_minute_and_the_dice),
        cmocka_unit_test(a_schac_is_a_domain_in_small_letters),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
