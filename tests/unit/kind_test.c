/* links: base seal record */
#include "record/kind.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    assert_non_null(field);
    return field;
}

static void text_set(ProtobufCMessage *message, const char *name, const char *text,
                     struct arena *arena)
{
    assert_int_equal(walk_set_bytes(message, field_of(message, name), bytes_text(text), arena),
                     VERDICT_FINE);
}

static void number_set(ProtobufCMessage *message, const char *name, uint64_t number,
                       struct arena *arena)
{
    assert_int_equal(walk_set_number(message, field_of(message, name), number, arena),
                     VERDICT_FINE);
}

static Peregrin__Nomination *nomination_new(struct arena *arena)
{
    ProtobufCMessage *nomination = walk_new(&peregrin__nomination__descriptor, arena), *person;
    assert_int_equal(walk_add_message(nomination, field_of(nomination, "person"), arena, &person),
                     0);
    text_set(person, "family_name", "Ngũgĩ", arena);
    text_set(person, "given_names", "Wanjikũ", arena);
    text_set(person, "birth_date", "2004-02-29", arena);
    number_set(person, "gender", 2, arena);
    text_set(person, "nationality", "KE", arena);
    text_set(person, "email", "w@example.org", arena);
    text_set(person, "esi", "urn:schac:personalUniqueCode:int:esi:helmo.be:123", arena);
    text_set(nomination, "year", "2026/2027", arena);
    number_set(nomination, "mobility", 1, arena);
    return (Peregrin__Nomination *)nomination;
}

static void each_kind_is_found_by_its_number_and_schema_only(void **state)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    (void)state;
    assert_int_equal(count, peregrin__kind__descriptor.n_values);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(kind_find(kinds[i].number, kinds[i].schema), &kinds[i]);
        assert_null(kind_find(kinds[i].number, kinds[i].schema + 1));
        assert_non_null(protobuf_c_enum_descriptor_get_value(&peregrin__kind__descriptor,
                                                             (int)kinds[i].number));
        assert_non_null(kinds[i].body);
    }
    assert_null(kind_find(0, 0));
}

static void only_what_opens_stands_at_the_opening(void **state)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        bool only = kinds[i].number == PEREGRIN__KIND__KIND_NOMINATION;
        bool also = kinds[i].number == PEREGRIN__KIND__KIND_TERMS ||
                    kinds[i].number >= PEREGRIN__KIND__KIND_FACTSHEET;
        assert_int_equal(kind_stands(&kinds[i], 0, 0), only || also);
        assert_int_equal(kind_stands(&kinds[i], 0, 5),
                         !only && (kinds[i].lanes & KIND_LANE_OPENER) != 0);
        assert_int_equal(kind_stands(&kinds[i], 1, 0), (kinds[i].lanes & KIND_LANE_OTHER) != 0);
    }
}

static void a_body_is_read_as_its_kind(void **state)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    struct bytes wire = codec_pack(&nomination_new(*state)->base, *state);
    ProtobufCMessage *body;
    assert_int_equal(kind_body_read(kind, wire, *state, &body), VERDICT_FINE);
    assert_string_equal(((Peregrin__Nomination *)body)->person->family_name, "Ngũgĩ");
    const struct kind *decision = kind_find(PEREGRIN__KIND__KIND_DECISION, 1);
    assert_int_equal(kind_body_read(decision, wire, *state, &body), VERDICT_MALFORMED);
}

static void a_transcript_of_two_hundred_components_is_read(void **state)
{
    enum { COMPONENTS = 200, SHARES = 15 };
    struct arena *arena = arena_open(4 << 20);
    ProtobufCMessage *transcript = walk_new(&peregrin__credit_record__descriptor, arena);
    (void)state;
    for (int i = 0; i < COMPONENTS; i++) {
        ProtobufCMessage *component, *share;
        assert_int_equal(
            walk_add_message(transcript, field_of(transcript, "components"), arena, &component), 0);
        text_set(component, "title", "Structural geology and field methods", arena);
        for (int j = 0; j < SHARES; j++) {
            assert_int_equal(
                walk_add_message(component, field_of(component, "distribution"), arena, &share), 0);
            text_set(share, "grade", "A", arena);
            number_set(share, "count", 90, arena);
        }
    }
    struct bytes wire = codec_pack(transcript, arena);
    assert_in_range(wire.size, 25000, HEADER_BODY_MAX);
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_CREDIT_RECORD, 1);
    struct arena *frame = arena_open(8 * 65536); /* the budget of one frame */
    ProtobufCMessage *body;
    assert_int_equal(kind_body_read(kind, wire, frame, &body), VERDICT_FINE);
    arena_close(frame);
    arena_close(arena);
}

static void a_body_above_a_frame_is_too_large(void **state)
{
    static uint8_t large[HEADER_BODY_MAX + 1];
    ProtobufCMessage *body;
    size_t count;
    const struct kind *kinds = kind_all(&count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            kind_body_read(&kinds[i], (struct bytes) {large, sizeof large}, *state, &body),
            VERDICT_TOO_LARGE);
}

static enum verdict matches(Peregrin__Claim *claim, const ProtobufCMessage *body)
{
    Peregrin__Header fields = PEREGRIN__HEADER__INIT;
    fields.claim = claim;
    struct header header = {.fields = &fields};
    return kind_body_matches(&header, body);
}

static void a_body_that_says_something_else_contradicts_its_claim(void **state)
{
    (void)state;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    nomination.year = claim.year = "2026/2027";
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_FINE);
    nomination.year = "2027/2028";
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_CONTRADICTS);
    nomination.year = NULL;
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_CONTRADICTS);
    nomination.year = claim.year;
    nomination.condition = "c1";
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_FINE);
    claim.condition = "c1";
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_FINE);
    claim.condition = "c2";
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_CONTRADICTS);
    nomination.condition = NULL;
    assert_int_equal(matches(&claim, &nomination.base), VERDICT_CONTRADICTS);

    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    peregrin__claim__init(&claim);
    claim.has_outcome = decision.has_outcome = 1;
    claim.outcome = decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    assert_int_equal(matches(&claim, &decision.base), VERDICT_FINE);
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_REFUSE;
    assert_int_equal(matches(&claim, &decision.base), VERDICT_CONTRADICTS);
    decision.has_outcome = 0;
    assert_int_equal(matches(&claim, &decision.base), VERDICT_CONTRADICTS);

    Peregrin__Refusal refusal = PEREGRIN__REFUSAL__INIT;
    peregrin__claim__init(&claim);
    claim.has_code = refusal.has_code = 1;
    claim.code = refusal.code = VERDICT_INVALID;
    assert_int_equal(matches(&claim, &refusal.base), VERDICT_FINE);
    claim.code = VERDICT_OUT_OF_TURN;
    assert_int_equal(matches(&claim, &refusal.base), VERDICT_CONTRADICTS);

    /* A withdrawal and a transcript repeat nothing. */
    Peregrin__Withdrawal withdrawal = PEREGRIN__WITHDRAWAL__INIT;
    withdrawal.reason = "student";
    assert_int_equal(matches(&claim, &withdrawal.base), VERDICT_FINE);
}

static void a_correction_keeps_and_all_else_reopens(void **state)
{
    enum { KEEPS = PEREGRIN__CHANGE__CHANGE_KEEPS, REOPENS = PEREGRIN__CHANGE__CHANGE_REOPENS };
    static const struct {
        const char *fields; /* of the person, changed together */
        uint32_t change;
    } rows[] = {
        {"", KEEPS},
        {"family_name", KEEPS},
        {"given_names", KEEPS},
        {"family_name given_names", KEEPS},
        {"birth_date", KEEPS},
        {"email", KEEPS},
        {"nationality", KEEPS},
        {"name_language", KEEPS},
        {"nationality email birth_date", KEEPS},
        {"family_name birth_date", REOPENS},
        {"given_names birth_date", REOPENS},
        {"esi", REOPENS},
        {"esi email", REOPENS},
    };
    const ProtobufCMessage *before = &nomination_new(*state)->base;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Peregrin__Nomination *after = nomination_new(*state);
        char names[64];
        strcpy(names, rows[i].fields);
        for (char *name = strtok(names, " "); name; name = strtok(NULL, " "))
            text_set(&after->person->base, name, "other", *state);
        assert_int_equal(kind_change_of(before, &after->base), rows[i].change);
        assert_int_equal(kind_change_of(&after->base, before), rows[i].change);
    }
    Peregrin__Nomination *after = nomination_new(*state);
    after->person->gender = 9;
    assert_int_equal(kind_change_of(before, &after->base), KEEPS);
    after->person->has_gender = 0;
    assert_int_equal(kind_change_of(before, &after->base), KEEPS);
}

static void an_identifier_may_be_added_but_not_exchanged_or_taken(void **state)
{
    Peregrin__Nomination *with = nomination_new(*state), *without = nomination_new(*state);
    without->person->esi = NULL;
    assert_int_equal(kind_change_of(&without->base, &with->base), PEREGRIN__CHANGE__CHANGE_KEEPS);
    assert_int_equal(kind_change_of(&with->base, &without->base), PEREGRIN__CHANGE__CHANGE_REOPENS);
}

static void any_change_outside_the_person_reopens(void **state)
{
    const ProtobufCMessage *before = &nomination_new(*state)->base;
    for (unsigned i = 0; i < before->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &before->descriptor->fields[i];
        Peregrin__Nomination *after = nomination_new(*state);
        ProtobufCMessage *added;
        if (strcmp(field->name, "unit") == 0 || strcmp(field->name, "officer") == 0)
            continue;
        if (strcmp(field->name, "person") == 0)
            after->person = NULL;
        else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
            assert_int_equal(walk_add_message(&after->base, field, *state, &added), 0);
        else if (field->type == PROTOBUF_C_TYPE_STRING)
            text_set(&after->base, field->name, "other", *state);
        else
            number_set(&after->base, field->name, field->type == PROTOBUF_C_TYPE_BOOL ? 1 : 4,
                       *state);
        assert_int_equal(kind_change_of(before, &after->base), PEREGRIN__CHANGE__CHANGE_REOPENS);
    }
}

/* Another officer signs the correction of an address: the host need not decide again. */
static void who_signs_and_for_which_department_keeps(void **state)
{
    const ProtobufCMessage *before = &nomination_new(*state)->base;
    Peregrin__Nomination *after = nomination_new(*state);
    Peregrin__Officer officer = PEREGRIN__OFFICER__INIT;
    officer.name = "Marta Maes";
    after->officer = &officer;
    assert_int_equal(kind_change_of(before, &after->base), PEREGRIN__CHANGE__CHANGE_KEEPS);
    assert_int_equal(kind_change_of(&after->base, before), PEREGRIN__CHANGE__CHANGE_KEEPS);
    text_set(&after->base, "unit", "health", *state);
    assert_int_equal(kind_change_of(before, &after->base), PEREGRIN__CHANGE__CHANGE_KEEPS);
}

static int arena_setup(void **state)
{
    *state = arena_open(1 << 20);
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
        cmocka_unit_test(each_kind_is_found_by_its_number_and_schema_only),
        cmocka_unit_test(only_what_opens_stands_at_the_opening),
        cmocka_unit_test(a_body_is_read_as_its_kind),
        cmocka_unit_test(a_transcript_of_two_hundred_components_is_read),
        cmocka_unit_test(a_body_above_a_frame_is_too_large),
        cmocka_unit_test(a_body_that_says_something_else_contradicts_its_claim),
        cmocka_unit_test(a_correction_keeps_and_all_else_reopens),
        cmocka_unit_test(an_identifier_may_be_added_but_not_exchanged_or_taken),
        cmocka_unit_test(who_signs_and_for_which_department_keeps),
        cmocka_unit_test(any_change_outside_the_person_reopens),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
