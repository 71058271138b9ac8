/* links: base record */
#include "record/codec.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct scan_limits limits = {.bytes_max = 65536,
                                          .depth_max = 4,
                                          .fields_max = 4096,
                                          .extension_first = 100,
                                          .extension_last = 199};

static struct bytes transcript(struct arena *arena)
{
    enum { LINES = 40 };
    static Peregrin__Component components[LINES];
    static Peregrin__Component *lines[LINES];
    for (size_t i = 0; i < LINES; i++) {
        components[i] = (Peregrin__Component)PEREGRIN__COMPONENT__INIT;
        components[i].title = "Thermodynamics";
        components[i].has_ects_hundredths = true;
        components[i].ects_hundredths = (uint32_t)(50 * i);
        lines[i] = &components[i];
    }
    Peregrin__CreditRecord record = PEREGRIN__CREDIT_RECORD__INIT;
    record.components = lines;
    record.n_components = LINES;
    return codec_pack(&record.base, arena);
}

static void what_was_packed_unpacks_and_packs_to_the_same_bytes(void **state)
{
    struct arena *arena = *state;
    struct bytes wire = transcript(arena);
    ProtobufCMessage *message = NULL;
    assert_int_equal(
        codec_unpack(&peregrin__credit_record__descriptor, wire, &limits, arena, &message),
        VERDICT_FINE);
    const Peregrin__CreditRecord *record = (const Peregrin__CreditRecord *)message;
    assert_int_equal(record->n_components, 40);
    assert_string_equal(record->components[39]->title, "Thermodynamics");
    assert_int_equal(record->components[39]->ects_hundredths, 1950);
    assert_true(bytes_equal(codec_pack(message, arena), wire));
}

static void extensions_are_kept_byte_for_byte(void **state)
{
    static const uint8_t wire[] = {0x28, 0,   0x6A, 3,    0xA0, 0x06, 9, 0xA2, 0x06,
                                   2,    'x', 'y',  0xAD, 0x06, 1,    2, 3,    4};
    ProtobufCMessage *message = NULL;
    assert_int_equal(codec_unpack(&peregrin__header__descriptor, (struct bytes) {wire, sizeof wire},
                                  &limits, *state, &message),
                     VERDICT_FINE);
    assert_int_equal(message->n_unknown_fields, 2);
    assert_true(bytes_equal(codec_pack(message, *state), (struct bytes) {wire, sizeof wire}));
}

static void nothing_is_unpacked_that_the_scanner_refuses(void **state)
{
    static const uint8_t wire[] = {0x81, 0x00, 0x01, 0x00};
    ProtobufCMessage *message = NULL;
    assert_int_equal(codec_unpack(&peregrin__header__descriptor, (struct bytes) {wire, sizeof wire},
                                  &limits, *state, &message),
                     VERDICT_MALFORMED);
    assert_null(message);
}

/* Every budget below the sufficient one: protobuf-c must survive each failing allocation. */
static void an_arena_that_is_spent_is_too_large(void **state)
{
    struct bytes wire = transcript(*state);
    enum verdict verdict = VERDICT_TOO_LARGE;
    size_t budget = 0;
    for (; verdict != VERDICT_FINE; budget += 8) {
        struct arena *small = arena_open(budget);
        ProtobufCMessage *message = NULL;
        verdict =
            codec_unpack(&peregrin__credit_record__descriptor, wire, &limits, small, &message);
        if (verdict != VERDICT_FINE) {
            assert_int_equal(verdict, VERDICT_TOO_LARGE);
            assert_null(message);
        }
        arena_close(small);
    }
    assert_in_range(budget, 1024, 64 * 1024);
}

static void packing_into_a_spent_arena_gives_no_data(void **state)
{
    struct arena *small = arena_open(4);
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.comment = "longer than four bytes";
    (void)state;
    assert_null(codec_pack(&decision.base, small).data);
    arena_close(small);
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
        cmocka_unit_test(what_was_packed_unpacks_and_packs_to_the_same_bytes),
        cmocka_unit_test(extensions_are_kept_byte_for_byte),
        cmocka_unit_test(nothing_is_unpacked_that_the_scanner_refuses),
        cmocka_unit_test(an_arena_that_is_spent_is_too_large),
        cmocka_unit_test(packing_into_a_spent_arena_gives_no_data),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
