/* links: base wire */
#include "wire/bundle.h"
#include "wire/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { FRAMES = 5, ROOM = 128 * 1024 };

static uint8_t bytes[ROOM], message[ROOM];

/* Frames of growing size, one behind the other in `bytes`. */
static void frames_make(struct bytes *frames, size_t count, size_t payload)
{
    static const uint8_t session[FRAME_SESSION_SIZE] = {7};
    uint8_t *at = bytes;
    for (size_t i = 0; i < count; i++) {
        size_t size = FRAME_HEADER_SIZE + payload + i;
        frame_write_header(FRAME_TRANSPORT, session, i, at);
        memset(at + FRAME_HEADER_SIZE, (int)i, payload + i);
        frames[i] = (struct bytes) {at, size};
        at += size;
    }
}

static size_t write_all(const struct bytes *frames, size_t count)
{
    bundle_write(frames, count, message);
    return bundle_size(frames, count);
}

/* Read as one frame, whatever it is. */
static void assert_alone(size_t size)
{
    struct bundle bundle = bundle_open((struct bytes) {message, size});
    struct bytes frame;
    assert_false(bundle.several);
    assert_true(bundle_next(&bundle, &frame));
    assert_ptr_equal(frame.data, message);
    assert_int_equal(frame.size, size);
    assert_false(bundle_next(&bundle, &frame));
}

static void frames_come_out_as_they_went_in(void **)
{
    struct bytes frames[FRAMES], frame;
    frames_make(frames, FRAMES, 3);
    assert_int_equal(bundle_count(frames, FRAMES), FRAMES);
    struct bundle bundle = bundle_open((struct bytes) {message, write_all(frames, FRAMES)});
    for (size_t i = 0; i < FRAMES; i++) {
        assert_true(bundle_next(&bundle, &frame));
        assert_true(bytes_equal(frame, frames[i]));
    }
    assert_false(bundle_next(&bundle, &frame));
}

static void a_frame_alone_is_no_bundle(void **)
{
    struct bytes frames[1];
    frames_make(frames, 1, 3);
    assert_int_equal(bundle_count(frames, 1), 1);
    memcpy(message, frames[0].data, frames[0].size);
    assert_alone(frames[0].size);
    /* In the clothes of a bundle it is none either. */
    message[0] = 0;
    message[1] = (uint8_t)frames[0].size;
    message[2] = 0;
    memcpy(message + 3, frames[0].data, frames[0].size);
    assert_alone(3 + frames[0].size);
}

static void a_torn_bundle_carries_nothing(void **)
{
    struct bytes frames[FRAMES];
    frames_make(frames, FRAMES, 3);
    size_t size = write_all(frames, FRAMES), whole = 1;
    for (size_t i = 0; i < 2; i++)
        whole += 2 + frames[i].size;
    for (size_t cut = 1; cut < size; cut++) {
        bool holds = bundle_open((struct bytes) {message, cut}).several;
        size_t end = whole;
        bool expected = false;
        for (size_t i = 2; i < FRAMES; end += 2 + frames[i++].size)
            expected = expected || cut == end;
        assert_int_equal(holds, expected);
    }
    message[size] = 0;
    assert_alone(size + 1);
}

static void only_transport_frames_travel_together(void **)
{
    struct bytes frames[FRAMES];
    static const uint8_t session[FRAME_SESSION_SIZE] = {7};
    for (uint8_t type = FRAME_OPEN; type <= FRAME_STALE; type++) {
        frames_make(frames, FRAMES, 3);
        frame_write_header(type, session, 1, (uint8_t *)frames[3].data);
        assert_int_equal(bundle_count(frames, FRAMES), type == FRAME_TRANSPORT ? FRAMES : 3);
        size_t size = write_all(frames, FRAMES);
        assert_int_equal(bundle_open((struct bytes) {message, size}).several,
                         type == FRAME_TRANSPORT);
    }
}

static void a_bundle_within_a_bundle_is_none(void **)
{
    struct bytes frames[2];
    frames_make(frames, 2, 3);
    size_t size = write_all(frames, 2);
    memmove(message + 3, message, size);
    message[0] = 0;
    message[1] = (uint8_t)size;
    message[2] = 0;
    assert_alone(3 + size);
}

static void ours_have_bounds(void **)
{
    struct bytes frames[BUNDLE_FRAMES_MAX + 1];
    frames_make(frames, BUNDLE_FRAMES_MAX + 1, 3);
    assert_int_equal(bundle_count(frames, BUNDLE_FRAMES_MAX + 1), BUNDLE_FRAMES_MAX);
    frames_make(frames, 8, BUNDLE_FRAME_SIZE_MAX - FRAME_HEADER_SIZE - 8);
    assert_int_equal(bundle_count(frames, 8), 4);
    assert_true(bundle_size(frames, 4) <= BUNDLE_SIZE_MAX);
    assert_true(bundle_size(frames, 5) > BUNDLE_SIZE_MAX);
    frames_make(frames, 2, BUNDLE_FRAME_SIZE_MAX - FRAME_HEADER_SIZE);
    assert_int_equal(bundle_count(frames, 2), 1); /* the second is too large, and one is none */
    frames_make(frames, 2, BUNDLE_FRAME_SIZE_MAX);
    assert_int_equal(bundle_count(frames, 2), 1);
}

static void nothing_and_too_much_are_left_as_they_are(void **)
{
    struct bytes frames[9], frame;
    struct bundle bundle = bundle_open((struct bytes) {0});
    assert_false(bundle_next(&bundle, &frame));
    frames_make(frames, 9, 8000);
    assert_alone(write_all(frames, 9)); /* larger than any frame */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_come_out_as_they_went_in),
        cmocka_unit_test(a_frame_alone_is_no_bundle),
        cmocka_unit_test(a_torn_bundle_carries_nothing),
        cmocka_unit_test(only_transport_frames_travel_together),
        cmocka_unit_test(a_bundle_within_a_bundle_is_none),
        cmocka_unit_test(ours_have_bounds),
        cmocka_unit_test(nothing_and_too_much_are_left_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
