/* links: base record */
#include "record/scan.h"
#include "message.pb-c.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct scan_limits limits = {.bytes_max = 4096,
                                          .depth_max = 4,
                                          .fields_max = 64,
                                          .extension_first = 100,
                                          .extension_last = 199};

#define SCAN(type, ...) \
    scan(&type, (const uint8_t[]) {__VA_ARGS__}, sizeof(const uint8_t[]) {__VA_ARGS__}, &limits)

/* From a copy of exactly this size, so that the sanitizer sees a read beyond it. */
static enum verdict scan(const ProtobufCMessageDescriptor *type, const uint8_t *data, size_t size,
                         const struct scan_limits *with)
{
    uint8_t *copy = malloc(size + !size);
    memcpy(copy, data, size);
    enum verdict verdict = scan_check(type, (struct bytes) {copy, size}, with);
    free(copy);
    return verdict;
}

#define person  peregrin__person__descriptor
#define header  peregrin__header__descriptor
#define hello   peregrin__hello__descriptor
#define message peregrin__message__descriptor
#define nominee peregrin__nomination__descriptor

static void a_canonical_message_is_fine(void **state)
{
    (void)state;
    assert_int_equal(scan_check(&person, (struct bytes) {0}, &limits), VERDICT_FINE);
    assert_int_equal(SCAN(person, 0x0A, 1, 'A', 0x12, 1, 'B', 0x20, 2), VERDICT_FINE);
    assert_int_equal(SCAN(header, 0x28, 0, 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F), VERDICT_FINE);
    assert_int_equal(SCAN(message, 0x4A, 2, 0x08, 7), VERDICT_FINE);
    assert_int_equal(SCAN(person, 0x0A, 0), VERDICT_FINE);
}

static void fields_out_of_order_are_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(person, 0x12, 1, 'B', 0x0A, 1, 'A'), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x30, 1, 0x28, 0), VERDICT_MALFORMED);
}

static void a_field_said_twice_is_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(person, 0x0A, 1, 'A', 0x0A, 1, 'B'), VERDICT_MALFORMED);
    assert_int_equal(SCAN(nominee, 0x0A, 0, 0x0A, 0), VERDICT_MALFORMED);
}

static void a_repeated_field_stands_side_by_side(void **state)
{
    (void)state;
    assert_int_equal(SCAN(nominee, 0x4A, 0, 0x4A, 0, 0x52, 1, 'x'), VERDICT_FINE);
    assert_int_equal(SCAN(nominee, 0x4A, 0, 0x52, 1, 'x', 0x4A, 0), VERDICT_MALFORMED);
}

static void an_overlong_varint_is_refused(void **state)
{
    (void)state;
    /* protobuf-c 1.4.1 takes this one: an over-long tag of field 0. */
    assert_int_equal(SCAN(header, 0x81, 0x00, 0x01, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA8, 0x00, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x28, 0x80, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(person, 0x0A, 0x81, 0x00, 'A'), VERDICT_MALFORMED);
    assert_int_equal(SCAN(hello, 0x22, 2, 0x81, 0x00), VERDICT_MALFORMED);
}

static void a_varint_above_64_bits_is_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(hello, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1),
                     VERDICT_FINE);
    assert_int_equal(SCAN(hello, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 3),
                     VERDICT_MALFORMED);
    assert_int_equal(
        SCAN(hello, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 1),
        VERDICT_MALFORMED);
}

static void field_zero_and_a_tag_above_32_bits_are_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(header, 0x00, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA8, 0x80, 0x80, 0x80, 0x10, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA8, 0x80, 0x80, 0x80, 0x80, 0x01, 0x00), VERDICT_MALFORMED);
}

static void a_value_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(header, 0x28, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F), VERDICT_FINE);
    assert_int_equal(SCAN(header, 0x28, 0x80, 0x80, 0x80, 0x80, 0x10), VERDICT_MALFORMED);
    assert_int_equal(SCAN(nominee, 0x60, 1), VERDICT_FINE);
    assert_int_equal(SCAN(nominee, 0x60, 2), VERDICT_MALFORMED);
    assert_int_equal(SCAN(hello, 0x22, 5, 0x80, 0x80, 0x80, 0x80, 0x10), VERDICT_MALFORMED);
}

static void a_wrong_wire_type_is_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(person, 0x08, 1), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x2A, 1, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x2D, 0, 0, 0, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x29, 0, 0, 0, 0, 0, 0, 0, 0), VERDICT_MALFORMED);
}

static void a_group_is_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(header, 0x2B, 0x2C), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA3, 0x06, 0xA4, 0x06), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA6, 0x06), VERDICT_MALFORMED);
}

static void numbers_that_repeat_are_packed_and_never_empty(void **state)
{
    (void)state;
    assert_int_equal(SCAN(hello, 0x22, 2, 1, 2), VERDICT_FINE);
    assert_int_equal(SCAN(hello, 0x20, 1), VERDICT_MALFORMED);
    assert_int_equal(SCAN(hello, 0x22, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(hello, 0x22, 1, 1, 0x22, 1, 2), VERDICT_MALFORMED);
    assert_int_equal(SCAN(hello, 0x22, 2, 1, 0x80), VERDICT_MALFORMED);
}

static void text_is_utf8_without_controls(void **state)
{
    static const struct {
        const char *text;
        bool fine;
    } rows[] = {
        {"a\nb\tc", true},
        {"é Žlťý 漢 \U0001F600", true},
        {"\xC2\xA0", true},
        {"\x1F", false},
        {"\r", false},
        {"\x7F", false},
        {"\xC2\x85", false},
        {"\xC2\x9F", false},
        {"\x80", false},
        {"\xC0\x80", false},
        {"\xC1\xBF", false},
        {"\xC3", false},
        {"\xC3(", false},
        {"\xE0\x9F\xBF", false},
        {"\xE0\xA0\x80", true},
        {"\xED\x9F\xBF", true},
        {"\xED\xA0\x80", false},
        {"\xEF\xBF\xBF", true},
        {"\xF0\x8F\xBF\xBF", false},
        {"\xF0\x90\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\xF4\x90\x80\x80", false},
        {"\xF5\x80\x80\x80", false},
        {"\xE2\x82", false},
        {"\xE2\x82(", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t wire[64] = {0x0A, (uint8_t)strlen(rows[i].text)};
        memcpy(wire + 2, rows[i].text, wire[1]);
        assert_int_equal(scan(&person, wire, 2u + wire[1], &limits),
                         rows[i].fine ? VERDICT_FINE : VERDICT_MALFORMED);
    }
    assert_int_equal(SCAN(person, 0x0A, 3, 'A', 0, 'B'), VERDICT_MALFORMED);
}

static void bytes_may_hold_anything(void **state)
{
    (void)state;
    assert_int_equal(SCAN(header, 0x22, 3, 0, 0xFF, 0x0D), VERDICT_FINE);
}

static void two_members_of_a_oneof_are_refused(void **state)
{
    (void)state;
    assert_int_equal(SCAN(message, 0x4A, 0, 0x52, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(message, 0x0A, 0, 0x52, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(message, 0x52, 0), VERDICT_FINE);
}

static void an_extension_stands_once_in_order_and_in_range(void **state)
{
    (void)state;
    assert_int_equal(SCAN(header, 0x28, 0, 0xA0, 0x06, 5), VERDICT_FINE);
    assert_int_equal(SCAN(header, 0xA2, 0x06, 1, 0, 0xAD, 0x06, 1, 2, 3, 4), VERDICT_FINE);
    assert_int_equal(SCAN(header, 0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8), VERDICT_FINE);
    assert_int_equal(SCAN(header, 0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA0, 0x06, 5, 0x28, 0), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA0, 0x06, 5, 0xA0, 0x06, 5), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA0, 0x06, 0x80, 0x00), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0xA8, 0x06, 5, 0xA0, 0x06, 5), VERDICT_MALFORMED);
    assert_int_equal(SCAN(header, 0x98, 0x06, 5), VERDICT_MALFORMED); /* 99 */
    assert_int_equal(SCAN(header, 0xB8, 0x0C, 5), VERDICT_FINE);      /* 199 */
    assert_int_equal(SCAN(header, 0xC0, 0x0C, 5), VERDICT_MALFORMED); /* 200 */
}

static void without_extensions_every_unknown_field_is_refused(void **state)
{
    struct scan_limits none = limits;
    none.extension_first = none.extension_last = 0;
    (void)state;
    assert_int_equal(scan(&header, (const uint8_t[]) {0xA0, 0x06, 5}, 3, &none), VERDICT_MALFORMED);
    assert_int_equal(scan(&header, (const uint8_t[]) {0x00, 5}, 2, &none), VERDICT_MALFORMED);
}

static void a_message_that_ends_early_is_refused(void **state)
{
    static const uint8_t whole[] = {0x0A, 6,    0x0A, 1,    'A', 0x12, 1,
                                    'B',  0x10, 0x01, 0x4A, 2,   0x0A, 0};
    (void)state;
    assert_int_equal(scan(&nominee, whole, sizeof whole, &limits), VERDICT_FINE);
    for (size_t size = 1; size < sizeof whole; size++) {
        bool boundary = size == 8 || size == 10;
        assert_int_equal(scan(&nominee, whole, size, &limits),
                         boundary ? VERDICT_FINE : VERDICT_MALFORMED);
    }
    assert_int_equal(SCAN(person, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1),
                     VERDICT_MALFORMED);
}

static void what_is_inside_a_message_is_judged_too(void **state)
{
    (void)state;
    assert_int_equal(SCAN(nominee, 0x0A, 4, 0x20, 2, 0x20, 2), VERDICT_MALFORMED);
    assert_int_equal(SCAN(nominee, 0x0A, 3, 0x0A, 2, 'A'), VERDICT_MALFORMED);
}

static void each_limit_holds_exactly(void **state)
{
    static const uint8_t seen[] = {0x42, 2, 0x08, 1};
    static const uint8_t packed[] = {0x22, 3, 1, 2, 3};
    const struct scan_limits exact = {.bytes_max = 4, .depth_max = 2, .fields_max = 2};
    struct scan_limits tight = exact;
    (void)state;
    assert_int_equal(scan(&header, seen, sizeof seen, &exact), VERDICT_FINE);
    tight.bytes_max = 3;
    assert_int_equal(scan(&header, seen, sizeof seen, &tight), VERDICT_TOO_LARGE);
    tight = exact;
    tight.depth_max = 1;
    assert_int_equal(scan(&header, seen, sizeof seen, &tight), VERDICT_MALFORMED);
    tight = exact;
    tight.fields_max = 1;
    assert_int_equal(scan(&header, seen, sizeof seen, &tight), VERDICT_TOO_LARGE);

    tight = limits;
    tight.fields_max = 4; /* the field and its three numbers */
    assert_int_equal(scan(&hello, packed, sizeof packed, &tight), VERDICT_FINE);
    tight.fields_max = 3;
    assert_int_equal(scan(&hello, packed, sizeof packed, &tight), VERDICT_TOO_LARGE);
}

/* The scanner remembers one oneof at a time. */
static void the_members_of_a_oneof_stand_next_to_each_other(void **state)
{
    unsigned before = 0;
    unsigned changes = 0;
    (void)state;
    for (unsigned i = 0; i < message.n_fields; i++) {
        assert_true(message.fields[i].flags & PROTOBUF_C_FIELD_FLAG_ONEOF);
        changes += message.fields[i].quantifier_offset != before;
        before = message.fields[i].quantifier_offset;
    }
    assert_int_equal(changes, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_canonical_message_is_fine),
        cmocka_unit_test(fields_out_of_order_are_refused),
        cmocka_unit_test(a_field_said_twice_is_refused),
        cmocka_unit_test(a_repeated_field_stands_side_by_side),
        cmocka_unit_test(an_overlong_varint_is_refused),
        cmocka_unit_test(a_varint_above_64_bits_is_refused),
        cmocka_unit_test(field_zero_and_a_tag_above_32_bits_are_refused),
        cmocka_unit_test(a_value_that_does_not_fit_is_refused),
        cmocka_unit_test(a_wrong_wire_type_is_refused),
        cmocka_unit_test(a_group_is_refused),
        cmocka_unit_test(numbers_that_repeat_are_packed_and_never_empty),
        cmocka_unit_test(text_is_utf8_without_controls),
        cmocka_unit_test(bytes_may_hold_anything),
        cmocka_unit_test(two_members_of_a_oneof_are_refused),
        cmocka_unit_test(an_extension_stands_once_in_order_and_in_range),
        cmocka_unit_test(without_extensions_every_unknown_field_is_refused),
        cmocka_unit_test(a_message_that_ends_early_is_refused),
        cmocka_unit_test(what_is_inside_a_message_is_judged_too),
        cmocka_unit_test(each_limit_holds_exactly),
        cmocka_unit_test(the_members_of_a_oneof_stand_next_to_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
