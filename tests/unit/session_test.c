/* links: base seal wire channel */
#include "channel/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { ARENA_BUDGET = 1 << 20, SKIPPED_MAX = SESSION_EPOCH_SKIP_MAX };

static const uint8_t label[FRAME_SESSION_SIZE] = "session";
static const uint64_t epoch_size = (uint64_t)1 << SESSION_EPOCH_BITS;
static const struct instant morning = {1790000000ll * INSTANT_SECOND};

/* Alice sends, Bob receives, and the other way round. */
struct fixture {
    struct session alice, bob;
    struct arena *arena;
    struct instant now;
};

static int begin(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    struct noise_result alice = {0}, bob = {0};
    memset(alice.send, 0xa1, sizeof alice.send);
    memset(alice.receive, 0xb2, sizeof alice.receive);
    memcpy(bob.send, alice.receive, sizeof bob.send);
    memcpy(bob.receive, alice.send, sizeof bob.receive);
    session_begin(&fixture.alice, label, &alice, morning);
    session_begin(&fixture.bob, label, &bob, morning);
    fixture.arena = arena_open(ARENA_BUDGET);
    fixture.now = morning;
    *state = &fixture;
    return fixture.arena ? 0 : -1;
}

static int end(void **state)
{
    arena_close(((struct fixture *)*state)->arena);
    return 0;
}

static struct bytes sealed(struct fixture *fixture, const char *text)
{
    struct bytes wire =
        session_seal(&fixture->alice, fixture->now, bytes_text(text), fixture->arena);
    assert_non_null(wire.data);
    return wire;
}

static uint64_t counter_of(struct bytes wire)
{
    struct frame frame;
    assert_int_equal(frame_read(wire, &frame), VERDICT_FINE);
    return frame.counter;
}

static enum verdict opened(struct fixture *fixture, struct bytes wire, const char *text)
{
    struct frame frame;
    struct bytes plain;
    TRY(frame_read(wire, &frame));
    TRY(session_open(&fixture->bob, &frame, fixture->arena, &plain));
    assert_true(bytes_equal(plain, bytes_text(text)));
    return VERDICT_FINE;
}

/* As if so many frames had been sent and all but the next were lost. */
static void lose_until(struct fixture *fixture, uint64_t counter)
{
    while (fixture->alice.send_counter / epoch_size < counter / epoch_size) {
        fixture->alice.send_counter = (fixture->alice.send_counter / epoch_size + 1) * epoch_size;
        sealed(fixture, "lost");
        arena_reset(fixture->arena);
    }
    assert_true(fixture->alice.send_counter <= counter);
    fixture->alice.send_counter = counter;
}

static void what_one_side_seals_the_other_opens(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(opened(fixture, sealed(fixture, "one"), "one"), VERDICT_FINE);
    assert_int_equal(opened(fixture, sealed(fixture, ""), ""), VERDICT_FINE);
    struct bytes back =
        session_seal(&fixture->bob, fixture->now, bytes_text("back"), fixture->arena);
    struct frame frame;
    struct bytes plain;
    assert_int_equal(frame_read(back, &frame), VERDICT_FINE);
    assert_int_equal(session_open(&fixture->alice, &frame, fixture->arena, &plain), VERDICT_FINE);
    assert_true(bytes_equal(plain, bytes_text("back")));
}

/* The key 32 times a1, nonce 0, the header as associated data: the bytes on the wire cannot drift
 * unseen. Computed once with another implementation of ChaCha20-Poly1305. */
static void the_first_frame_is_byte_for_byte_the_same_for_ever(void **state)
{
    struct fixture *fixture = *state;
    struct bytes wire = sealed(fixture, "one");
    char hex[2 * 64 + 1];
    sodium_bin2hex(hex, sizeof hex, wire.data, wire.size);
    assert_string_equal(
        hex, "0103000073657373696f6e000000000000000000179829c583c65e925609ad22719715449ac114");
}

static void a_replayed_frame_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct bytes wire = sealed(fixture, "once");
    assert_int_equal(opened(fixture, wire, "once"), VERDICT_FINE);
    assert_int_equal(opened(fixture, wire, "once"), VERDICT_STALE);
}

static void frames_out_of_order_are_taken_once_each(void **state)
{
    struct fixture *fixture = *state;
    struct bytes wires[5];
    for (size_t i = 0; i < 5; i++)
        wires[i] = sealed(fixture, "any");
    const size_t order[] = {3, 0, 4, 1, 2};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(opened(fixture, wires[order[i]], "any"), VERDICT_FINE);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(opened(fixture, wires[i], "any"), VERDICT_STALE);
}

static void a_frame_2048_places_back_is_taken_and_one_more_is_not(void **state)
{
    struct fixture *fixture = *state;
    struct bytes too_old = sealed(fixture, "zero"), oldest = sealed(fixture, "one");
    fixture->alice.send_counter = WINDOW_PLACES;
    assert_int_equal(opened(fixture, sealed(fixture, "new"), "new"), VERDICT_FINE);
    assert_int_equal(opened(fixture, too_old, "zero"), VERDICT_STALE);
    assert_int_equal(opened(fixture, oldest, "one"), VERDICT_FINE);
}

static void any_flipped_bit_breaks_the_frame_and_moves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct bytes good = sealed(fixture, "text");
    struct session before = fixture->bob;
    for (size_t bit = 0; bit < good.size * 8; bit++) {
        uint8_t wire[64];
        memcpy(wire, good.data, good.size);
        wire[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_not_equal(opened(fixture, (struct bytes) {wire, good.size}, "text"),
                             VERDICT_FINE);
    }
    assert_memory_equal(&fixture->bob, &before, sizeof before);
    assert_int_equal(opened(fixture, good, "text"), VERDICT_FINE);
}

static enum verdict flipped(struct fixture *fixture, struct bytes good, size_t at)
{
    uint8_t wire[64];
    memcpy(wire, good.data, good.size);
    wire[at] ^= 1;
    return opened(fixture, (struct bytes) {wire, good.size}, "text");
}

static void the_header_is_bound_by_the_tag(void **state)
{
    struct fixture *fixture = *state;
    struct bytes good = sealed(fixture, "text");
    struct frame frame;
    struct bytes plain;
    assert_int_equal(frame_read(good, &frame), VERDICT_FINE);
    /* All that session_open reads is right; only the associated data differ. */
    uint8_t header[FRAME_HEADER_SIZE];
    for (size_t i = 0; i < sizeof header; i++) {
        memcpy(header, good.data, sizeof header);
        header[i] ^= 0x80;
        frame.header = (struct bytes) {header, sizeof header};
        assert_int_equal(session_open(&fixture->bob, &frame, fixture->arena, &plain),
                         VERDICT_FORGED);
    }
    assert_int_equal(flipped(fixture, good, 12), VERDICT_FORGED); /* counter */
    assert_int_equal(flipped(fixture, good, FRAME_HEADER_SIZE), VERDICT_FORGED);
    assert_int_equal(flipped(fixture, good, good.size - 1), VERDICT_FORGED); /* tag */
}

static void a_frame_of_another_session_is_stale(void **state)
{
    struct fixture *fixture = *state;
    struct bytes good = sealed(fixture, "text");
    for (size_t i = 0; i < FRAME_SESSION_SIZE; i++)
        assert_int_equal(flipped(fixture, good, 4 + i), VERDICT_STALE);
}

static void a_frame_that_is_no_transport_frame_is_malformed(void **state)
{
    struct fixture *fixture = *state;
    struct bytes good = sealed(fixture, "text");
    struct frame frame;
    struct bytes plain;
    assert_int_equal(frame_read(good, &frame), VERDICT_FINE);
    frame.type = FRAME_ANSWER;
    assert_int_equal(session_open(&fixture->bob, &frame, fixture->arena, &plain),
                     VERDICT_MALFORMED);
    struct bytes cut = {good.data, FRAME_HEADER_SIZE + NOISE_TAG_SIZE - 1};
    assert_int_equal(opened(fixture, cut, ""), VERDICT_MALFORMED);
}

static void the_own_frame_does_not_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame;
    struct bytes plain;
    assert_int_equal(frame_read(sealed(fixture, "mine"), &frame), VERDICT_FINE);
    assert_int_equal(session_open(&fixture->alice, &frame, fixture->arena, &plain), VERDICT_FORGED);
}

/* ---- epochs ---- */

static void the_key_changes_at_an_epochs_first_frame(void **state)
{
    struct fixture *fixture = *state;
    uint8_t key[NOISE_KEY_SIZE];
    fixture->alice.send_counter = epoch_size - 1;
    memcpy(key, fixture->alice.send_key, sizeof key);
    assert_int_equal(opened(fixture, sealed(fixture, "last"), "last"), VERDICT_FINE);
    assert_memory_equal(fixture->alice.send_key, key, sizeof key);
    noise_rekey(key);
    assert_int_equal(opened(fixture, sealed(fixture, "first"), "first"), VERDICT_FINE);
    assert_memory_equal(fixture->alice.send_key, key, sizeof key);
    assert_memory_equal(fixture->bob.receive_key, key, sizeof key);
}

static void a_late_frame_of_the_epoch_before_is_taken(void **state)
{
    struct fixture *fixture = *state;
    fixture->alice.send_counter = epoch_size - 2;
    struct bytes late = sealed(fixture, "late"), later = sealed(fixture, "later");
    assert_int_equal(opened(fixture, sealed(fixture, "new"), "new"), VERDICT_FINE);
    assert_int_equal(opened(fixture, late, "late"), VERDICT_FINE);
    assert_int_equal(opened(fixture, later, "later"), VERDICT_FINE);
    assert_int_equal(opened(fixture, late, "late"), VERDICT_STALE);
    assert_int_equal(opened(fixture, sealed(fixture, "newer"), "newer"), VERDICT_FINE);
}

static void a_frame_from_before_a_jump_is_too_old(void **state)
{
    struct fixture *fixture = *state;
    struct bytes late = sealed(fixture, "late");
    fixture->now = instant_after(morning, (int64_t)SESSION_EPOCH_SECONDS * INSTANT_SECOND);
    assert_int_equal(opened(fixture, sealed(fixture, "new"), "new"), VERDICT_FINE);
    assert_int_equal(opened(fixture, late, "late"), VERDICT_STALE);
}

static void a_frame_two_epochs_back_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->alice.send_counter = epoch_size - 2;
    struct bytes late = sealed(fixture, "late");
    lose_until(fixture, 2 * epoch_size + 5);
    assert_int_equal(opened(fixture, sealed(fixture, "new"), "new"), VERDICT_FINE);
    assert_int_equal(opened(fixture, late, "late"), VERDICT_STALE);
}

/* After a jump the window still reaches into the epoch before: to counters that nobody sent. */
static void a_frame_of_an_epochs_unsent_end_is_forged(void **state)
{
    struct fixture *fixture = *state;
    lose_until(fixture, 2 * epoch_size + 5);
    assert_int_equal(opened(fixture, sealed(fixture, "new"), "new"), VERDICT_FINE);
    uint8_t wire[FRAME_HEADER_SIZE + NOISE_TAG_SIZE] = {0};
    frame_write_header(FRAME_TRANSPORT, label, 2 * epoch_size - 1, wire);
    assert_int_equal(opened(fixture, (struct bytes) {wire, sizeof wire}, ""), VERDICT_FORGED);
}

static void a_frame_256_epochs_ahead_is_taken(void **state)
{
    struct fixture *fixture = *state;
    lose_until(fixture, SKIPPED_MAX * epoch_size + 5);
    assert_int_equal(opened(fixture, sealed(fixture, "far"), "far"), VERDICT_FINE);
    assert_int_equal(opened(fixture, sealed(fixture, "on"), "on"), VERDICT_FINE);
    assert_true(fixture->bob.receive_epoch == SKIPPED_MAX);
}

static void a_frame_257_epochs_ahead_is_refused(void **state)
{
    struct fixture *fixture = *state;
    lose_until(fixture, (SKIPPED_MAX + 1) * epoch_size + 5);
    struct session before = fixture->bob;
    assert_int_equal(opened(fixture, sealed(fixture, "far"), "far"), VERDICT_FORGED);
    assert_memory_equal(&fixture->bob, &before, sizeof before);
}

static void a_forged_frame_ahead_moves_no_key(void **state)
{
    struct fixture *fixture = *state;
    uint8_t wire[FRAME_HEADER_SIZE + NOISE_TAG_SIZE] = {0};
    frame_write_header(FRAME_TRANSPORT, label, 100 * epoch_size, wire);
    struct session before = fixture->bob;
    assert_int_equal(opened(fixture, (struct bytes) {wire, sizeof wire}, ""), VERDICT_FORGED);
    assert_memory_equal(&fixture->bob, &before, sizeof before);
}

static void after_15_minutes_the_counter_jumps_and_lost_frames_do_not_matter(void **state)
{
    struct fixture *fixture = *state;
    const int64_t epoch_us = (int64_t)SESSION_EPOCH_SECONDS * INSTANT_SECOND;
    assert_int_equal(opened(fixture, sealed(fixture, "first"), "first"), VERDICT_FINE);
    fixture->now = instant_after(morning, epoch_us - 1);
    assert_true(counter_of(sealed(fixture, "still, and lost")) == 1);
    fixture->now = instant_after(morning, epoch_us);
    assert_true(counter_of(sealed(fixture, "jumped, and lost")) == epoch_size);
    assert_true(counter_of(sealed(fixture, "lost")) == epoch_size + 1);
    fixture->now = instant_after(morning, 2 * epoch_us);
    struct bytes wire = sealed(fixture, "two epochs on");
    assert_true(counter_of(wire) == 2 * epoch_size);
    assert_int_equal(opened(fixture, wire, "two epochs on"), VERDICT_FINE);
    assert_int_equal(opened(fixture, sealed(fixture, "and on"), "and on"), VERDICT_FINE);
}

static void a_silent_sender_jumps_once_however_long_it_was_silent(void **state)
{
    struct fixture *fixture = *state;
    fixture->now = instant_after(morning, 50ll * 60 * INSTANT_SECOND);
    assert_true(counter_of(sealed(fixture, "nothing was sent yet")) == 0);
    fixture->now = instant_after(fixture->now, 50ll * 60 * INSTANT_SECOND);
    assert_true(counter_of(sealed(fixture, "one epoch on")) == epoch_size);
}

static void a_clock_that_went_back_does_not_jump(void **state)
{
    struct fixture *fixture = *state;
    assert_true(counter_of(sealed(fixture, "now")) == 0);
    fixture->now = instant_after(morning, -50ll * 60 * INSTANT_SECOND);
    assert_true(counter_of(sealed(fixture, "earlier")) == 1);
}

static void no_two_frames_share_key_and_counter(void **state)
{
    struct fixture *fixture = *state;
    uint64_t last = 0;
    for (size_t i = 1; i < 200; i++) {
        fixture->now = instant_after(fixture->now, 7ll * 60 * INSTANT_SECOND);
        uint64_t counter = counter_of(sealed(fixture, "any"));
        assert_true(i == 1 ? counter == 0 : counter > last);
        last = counter;
    }
}

/* ---- memory ---- */

static void without_memory_nothing_is_sealed_and_no_counter_moves(void **state)
{
    struct fixture *fixture = *state;
    struct arena *small = arena_open(16);
    fixture->alice.send_counter = epoch_size;
    struct session before = fixture->alice;
    assert_null(session_seal(&fixture->alice, morning, bytes_text("text"), small).data);
    assert_memory_equal(&fixture->alice, &before, sizeof before);
    arena_close(small);
}

static void without_memory_nothing_is_opened_and_the_frame_may_come_again(void **state)
{
    struct fixture *fixture = *state;
    struct arena *small = arena_open(2);
    struct frame frame;
    struct bytes plain, wire = sealed(fixture, "text");
    assert_int_equal(frame_read(wire, &frame), VERDICT_FINE);
    assert_int_equal(session_open(&fixture->bob, &frame, small, &plain), VERDICT_TOO_LARGE);
    assert_int_equal(opened(fixture, wire, "text"), VERDICT_FINE);
    arena_close(small);
}

static void a_wiped_session_holds_no_secret(void **state)
{
    struct fixture *fixture = *state;
    session_wipe(&fixture->alice);
    assert_true(sodium_is_zero((const uint8_t *)&fixture->alice, sizeof fixture->alice));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_one_side_seals_the_other_opens, begin, end),
        cmocka_unit_test_setup_teardown(the_first_frame_is_byte_for_byte_the_same_for_ever, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_replayed_frame_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(frames_out_of_order_are_taken_once_each, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_2048_places_back_is_taken_and_one_more_is_not,
                                        begin, end),
        cmocka_unit_test_setup_teardown(any_flipped_bit_breaks_the_frame_and_moves_nothing, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_header_is_bound_by_the_tag, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_of_another_session_is_stale, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_that_is_no_transport_frame_is_malformed, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_own_frame_does_not_come_back, begin, end),
        cmocka_unit_test_setup_teardown(the_key_changes_at_an_epochs_first_frame, begin, end),
        cmocka_unit_test_setup_teardown(a_late_frame_of_the_epoch_before_is_taken, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_from_before_a_jump_is_too_old, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_two_epochs_back_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_of_an_epochs_unsent_end_is_forged, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_256_epochs_ahead_is_taken, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_257_epochs_ahead_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_forged_frame_ahead_moves_no_key, begin, end),
        cmocka_unit_test_setup_teardown(
            after_15_minutes_the_counter_jumps_and_lost_frames_do_not_matter, begin, end),
        cmocka_unit_test_setup_teardown(a_silent_sender_jumps_once_however_long_it_was_silent,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_clock_that_went_back_does_not_jump, begin, end),
        cmocka_unit_test_setup_teardown(no_two_frames_share_key_and_counter, begin, end),
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_sealed_and_no_counter_moves,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            without_memory_nothing_is_opened_and_the_frame_may_come_again, begin, end),
        cmocka_unit_test_setup_teardown(a_wiped_session_holds_no_secret, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
