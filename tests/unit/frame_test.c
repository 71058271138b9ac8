/* links: base wire */
#include "wire/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t label[FRAME_SESSION_SIZE] = {1, 2, 3, 4, 5, 6, 7, 8};

/* A transport frame with three bytes of payload, byte by byte. */
static const uint8_t good[] = {
    1,    3,    0,    0,                            /* version, type, zero */
    1,    2,    3,    4,    5,    6,    7,    8,    /* session */
    0x0f, 0x0e, 0x0d, 0x0c, 0x0b, 0x0a, 0x09, 0x08, /* counter, little endian */
    'a',  'b',  'c',
};

static struct bytes view(const uint8_t *data, size_t size)
{
    return (struct bytes) {data, size};
}

static void a_frame_is_read_as_its_bytes_say(void **)
{
    struct frame frame;
    assert_int_equal(frame_read(view(good, sizeof good), &frame), VERDICT_FINE);
    assert_int_equal(frame.type, FRAME_TRANSPORT);
    assert_memory_equal(frame.session, label, sizeof label);
    assert_true(frame.counter == 0x08090a0b0c0d0e0full);
    assert_true(bytes_equal(frame.wire, view(good, sizeof good)));
    assert_true(bytes_equal(frame.header, view(good, FRAME_HEADER_SIZE)));
    assert_true(bytes_equal(frame.payload, bytes_text("abc")));
}

static void a_header_is_written_as_it_is_read(void **)
{
    uint8_t header[FRAME_HEADER_SIZE];
    frame_write_header(FRAME_TRANSPORT, label, 0x08090a0b0c0d0e0full, header);
    assert_memory_equal(header, good, sizeof header);
}

static void a_frame_may_be_a_header_alone(void **)
{
    struct frame frame;
    assert_int_equal(frame_read(view(good, FRAME_HEADER_SIZE), &frame), VERDICT_FINE);
    assert_int_equal(frame.payload.size, 0);
}

static void a_frame_shorter_than_its_header_is_malformed(void **)
{
    struct frame frame;
    for (size_t size = 0; size < FRAME_HEADER_SIZE; size++)
        assert_int_equal(frame_read(view(good, size), &frame), VERDICT_MALFORMED);
    assert_int_equal(frame_read((struct bytes) {0}, &frame), VERDICT_MALFORMED);
}

static void a_frame_above_the_limit_is_too_large(void **)
{
    static uint8_t wire[FRAME_SIZE_MAX + 1];
    struct frame frame;
    memcpy(wire, good, sizeof good);
    assert_int_equal(frame_read(view(wire, FRAME_SIZE_MAX), &frame), VERDICT_FINE);
    assert_int_equal(frame_read(view(wire, FRAME_SIZE_MAX + 1), &frame), VERDICT_TOO_LARGE);
}

/* Every value of the four first bytes but the right ones. */
static void another_version_type_or_filler_is_malformed(void **)
{
    struct frame frame;
    for (size_t at = 0; at < 4; at++)
        for (unsigned value = 0; value < 256; value++) {
            uint8_t wire[sizeof good];
            memcpy(wire, good, sizeof good);
            wire[at] = (uint8_t)value;
            bool right = at == 1 ? value >= 1 && value <= 4 : value == good[at];
            assert_int_equal(frame_read(view(wire, sizeof wire), &frame),
                             right ? VERDICT_FINE : VERDICT_MALFORMED);
        }
}

static void a_refused_frame_leaves_the_output_alone(void **)
{
    struct frame frame, before;
    memset(&frame, 0x5a, sizeof frame);
    memcpy(&before, &frame, sizeof frame);
    uint8_t wire[sizeof good];
    memcpy(wire, good, sizeof good);
    wire[3] = 1;
    assert_int_equal(frame_read(view(wire, sizeof wire), &frame), VERDICT_MALFORMED);
    assert_memory_equal(&frame, &before, sizeof frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_is_read_as_its_bytes_say),
        cmocka_unit_test(a_header_is_written_as_it_is_read),
        cmocka_unit_test(a_frame_may_be_a_header_alone),
        cmocka_unit_test(a_frame_shorter_than_its_header_is_malformed),
        cmocka_unit_test(a_frame_above_the_limit_is_too_large),
        cmocka_unit_test(another_version_type_or_filler_is_malformed),
        cmocka_unit_test(a_refused_frame_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
