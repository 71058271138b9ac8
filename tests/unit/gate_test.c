/* links: base seal wire channel */
#include "channel/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { ARENA_BUDGET = 1 << 20, FRAME_ROOM = 512 };

static const uint64_t dial_counter = 1790000000000000;

struct node {
    uint8_t secret[NOISE_KEY_SIZE], public_key[NOISE_KEY_SIZE];
};

/* Alice dials, Bob responds, Mallory knows the names and has a key of her own. */
struct fixture {
    struct node alice, bob, mallory;
    struct gate alices, bobs;
    struct arena *arena;
    uint8_t dial_entropy[GATE_ENTROPY_SIZE], answer_entropy[GATE_ANSWER_ENTROPY_SIZE];
    struct noise noise;
    struct bytes opening, answer;
    struct noise_result dialler, responder;
};

static const struct gate_parties parties = {"demo", "node-a", "node-b", "a-2026", "b-2026"};

static void make_key(struct node *node, uint8_t fill)
{
    memset(node->secret, fill, sizeof node->secret);
    assert_int_equal(crypto_scalarmult_base(node->public_key, node->secret), 0);
}

static struct noise_keys keys_of(const struct node *own, const struct node *peer)
{
    return (struct noise_keys) {own->secret, own->public_key, peer->public_key, NULL};
}

static void dial(struct fixture *fixture, uint64_t counter)
{
    struct gate_dial dial = {keys_of(&fixture->alice, &fixture->bob), parties, counter,
                             fixture->dial_entropy};
    assert_int_equal(gate_write_opening(&fixture->alices, &dial, fixture->arena, &fixture->noise,
                                        &fixture->opening),
                     VERDICT_FINE);
}

static int begin(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    make_key(&fixture.alice, 0x11);
    make_key(&fixture.bob, 0x22);
    make_key(&fixture.mallory, 0x33);
    for (size_t i = 0; i < sizeof fixture.dial_entropy; i++)
        fixture.dial_entropy[i] = (uint8_t)i;
    for (size_t i = 0; i < sizeof fixture.answer_entropy; i++)
        fixture.answer_entropy[i] = (uint8_t)(100 + i);
    fixture.arena = arena_open(ARENA_BUDGET);
    if (!fixture.arena || !gate_open(&fixture.alices, keys_of(&fixture.alice, &fixture.bob)) ||
        !gate_open(&fixture.bobs, keys_of(&fixture.bob, &fixture.alice)))
        return -1;
    dial(&fixture, dial_counter);
    *state = &fixture;
    return 0;
}

static int end(void **state)
{
    arena_close(((struct fixture *)*state)->arena);
    return 0;
}

static struct frame framed(struct bytes wire)
{
    struct frame frame;
    assert_int_equal(frame_read(wire, &frame), VERDICT_FINE);
    return frame;
}

/* Bob's whole way: frame, opening, gate, answer. */
static enum verdict heard(struct fixture *fixture, struct bytes wire, const struct gate_parties *as)
{
    struct frame frame;
    struct gate_opening opening;
    TRY(frame_read(wire, &frame));
    TRY(gate_read_opening(&frame, &opening));
    if (!gate_check(&fixture->bobs, &opening))
        return VERDICT_FORGED;
    struct gate_response response = {keys_of(&fixture->bob, &fixture->alice), *as,
                                     fixture->answer_entropy};
    return gate_answer(&frame, &opening, &response, fixture->arena, &fixture->answer,
                       &fixture->responder);
}

static enum verdict told(struct fixture *fixture, struct bytes wire)
{
    struct frame frame;
    TRY(frame_read(wire, &frame));
    return gate_read_answer(&frame, &fixture->noise, fixture->arena, &fixture->dialler);
}

/* A copy that may be changed. */
static struct bytes changed(struct fixture *fixture, struct bytes wire, size_t at, uint8_t flip)
{
    struct bytes copy = arena_copy(fixture->arena, wire);
    assert_non_null(copy.data);
    ((uint8_t *)copy.data)[at] ^= flip;
    return copy;
}

/* What only somebody with the gate's key can do: tag the frame again after a change. */
static struct bytes tagged_as(struct fixture *fixture, enum digest_purpose purpose,
                              struct bytes wire)
{
    struct digest tag;
    size_t before = wire.size - DIGEST_SIZE;
    digest_keyed(purpose, fixture->bobs.key, (struct bytes) {wire.data, before}, &tag);
    memcpy((uint8_t *)wire.data + before, tag.bytes, DIGEST_SIZE);
    return wire;
}

static struct bytes tagged_again(struct fixture *fixture, struct bytes wire)
{
    return tagged_as(fixture, DIGEST_GATE, wire);
}

/* ---- the good way ---- */

static void both_sides_end_with_the_same_session(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    assert_int_equal(told(fixture, fixture->answer), VERDICT_FINE);
    assert_memory_equal(fixture->dialler.hash, fixture->responder.hash, NOISE_HASH_SIZE);
    assert_memory_equal(fixture->dialler.send, fixture->responder.receive, NOISE_KEY_SIZE);
    assert_memory_equal(fixture->dialler.receive, fixture->responder.send, NOISE_KEY_SIZE);
    assert_memory_not_equal(fixture->dialler.send, fixture->dialler.receive, NOISE_KEY_SIZE);
    assert_true(sodium_is_zero((const uint8_t *)&fixture->noise, sizeof fixture->noise));
}

static void an_opening_shows_hint_versions_and_counter(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(fixture->opening);
    struct gate_opening opening;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    assert_true(opening.counter == dial_counter);
    assert_true(bytes_equal(opening.versions, gate_versions()));
    assert_memory_equal(opening.hint, fixture->bobs.peer_hint, GATE_HINT_SIZE);
    assert_memory_equal(frame.session, fixture->dial_entropy, FRAME_SESSION_SIZE);
    assert_true(gate_check(&fixture->bobs, &opening));
}

/* One line `name hex` of tests/golden/opening.hex. */
static struct bytes golden(struct fixture *fixture, const char *name)
{
    FILE *file = fopen("tests/golden/opening.hex", "r");
    assert_non_null(file);
    char line[1024], hex[1024], found[32];
    uint8_t data[FRAME_ROOM];
    size_t size = 0;
    while (size == 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "%31s %1000s", found, hex) == 2 && strcmp(found, name) == 0)
            assert_int_equal(sodium_hex2bin(data, sizeof data, hex, strlen(hex), NULL, &size, NULL),
                             0);
    fclose(file);
    assert_true(size > 0);
    return arena_copy(fixture->arena, (struct bytes) {data, size});
}

static void assert_golden(struct fixture *fixture, const char *name, struct bytes made)
{
    struct bytes kept = golden(fixture, name);
    assert_int_equal(kept.size, made.size);
    assert_memory_equal(kept.data, made.data, made.size);
}

static void the_bytes_are_those_of_another_implementation(void **state)
{
    struct fixture *fixture = *state;
    assert_golden(fixture, "opening", fixture->opening);
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    assert_golden(fixture, "answer", fixture->answer);
    struct frame frame = framed(fixture->opening);
    assert_golden(fixture, "stale",
                  gate_write_stale(&fixture->bobs, &frame, dial_counter + 5, fixture->arena));
    struct noise_result *keys = &fixture->responder;
    assert_golden(fixture, "hash", (struct bytes) {keys->hash, NOISE_HASH_SIZE});
    assert_golden(fixture, "dialler_sends", (struct bytes) {keys->receive, NOISE_KEY_SIZE});
    assert_golden(fixture, "responder_sends", (struct bytes) {keys->send, NOISE_KEY_SIZE});
}

/* ---- openings that must not pass ---- */

static void any_flipped_bit_of_an_opening_is_refused_at_the_gate(void **state)
{
    struct fixture *fixture = *state;
    for (size_t bit = 0; bit < fixture->opening.size * 8; bit++) {
        struct bytes wire = changed(fixture, fixture->opening, bit / 8, (uint8_t)(1 << bit % 8));
        struct frame frame;
        struct gate_opening opening;
        bool passed = frame_read(wire, &frame) == VERDICT_FINE &&
                      gate_read_opening(&frame, &opening) == VERDICT_FINE &&
                      gate_check(&fixture->bobs, &opening);
        assert_false(passed);
    }
}

static void another_counter_breaks_the_gates_tag(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(changed(fixture, fixture->opening, 12, 1));
    struct gate_opening opening;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    assert_true(opening.counter == (dial_counter ^ 1));
    assert_false(gate_check(&fixture->bobs, &opening));
}

static void a_gate_of_other_keys_does_not_open(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(fixture->opening);
    struct gate_opening opening;
    struct gate other;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    assert_true(gate_open(&other, keys_of(&fixture->bob, &fixture->mallory)));
    assert_false(gate_check(&other, &opening));
    /* Also when Mallory shows Alice's hint. */
    memcpy(other.peer_hint, fixture->bobs.peer_hint, GATE_HINT_SIZE);
    assert_false(gate_check(&other, &opening));
}

static void a_hint_of_another_key_does_not_open(void **state)
{
    struct fixture *fixture = *state;
    struct bytes wire = changed(fixture, fixture->opening, FRAME_HEADER_SIZE, 1);
    assert_int_equal(heard(fixture, tagged_again(fixture, wire), &parties), VERDICT_FORGED);
}

static void the_own_opening_does_not_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(fixture->opening);
    struct gate_opening opening;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    assert_false(gate_check(&fixture->alices, &opening));
}

static void a_key_of_small_order_opens_no_gate(void **state)
{
    struct fixture *fixture = *state;
    struct node zero = {0};
    struct gate gate;
    assert_false(gate_open(&gate, keys_of(&fixture->bob, &zero)));
}

static void an_opening_of_a_wrong_length_is_malformed(void **state)
{
    struct fixture *fixture = *state;
    uint8_t wire[FRAME_ROOM] = {0};
    memcpy(wire, fixture->opening.data, fixture->opening.size);
    struct gate_opening opening;
    for (size_t size = FRAME_HEADER_SIZE; size < sizeof wire; size++) {
        struct frame frame = framed((struct bytes) {wire, size});
        assert_int_equal(gate_read_opening(&frame, &opening),
                         size == fixture->opening.size ? VERDICT_FINE : VERDICT_MALFORMED);
    }
    struct frame frame = framed(fixture->opening);
    frame.type = FRAME_ANSWER;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_MALFORMED);
}

/* An opening with these versions in it, as long as they make it. */
static enum verdict versions_read(struct fixture *fixture, struct bytes versions)
{
    uint8_t wire[FRAME_ROOM] = {0};
    size_t at = FRAME_HEADER_SIZE + GATE_HINT_SIZE;
    memcpy(wire, fixture->opening.data, at);
    wire[at++] = (uint8_t)versions.size;
    memcpy(wire + at, versions.data, versions.size);
    at += versions.size + NOISE_MESSAGE_MIN + GATE_NONCE_SIZE + DIGEST_SIZE;
    struct frame frame = framed((struct bytes) {wire, at});
    struct gate_opening opening;
    TRY(gate_read_opening(&frame, &opening));
    assert_true(bytes_equal(opening.versions, versions));
    return VERDICT_FINE;
}

static void versions_are_one_to_eight_and_ascending(void **state)
{
    static const struct {
        struct bytes versions;
        enum verdict verdict;
    } cases[] = {
        {{(const uint8_t *)"\1", 1}, VERDICT_FINE},
        {{(const uint8_t *)"\2", 1}, VERDICT_FINE},
        {{(const uint8_t *)"\1\2\3\4\5\6\7\377", 8}, VERDICT_FINE},
        {{(const uint8_t *)"\1\2\3\4\5\6\7\10\11", 9}, VERDICT_MALFORMED},
        {{(const uint8_t *)"", 0}, VERDICT_MALFORMED},
        {{(const uint8_t *)"\0", 1}, VERDICT_MALFORMED},
        {{(const uint8_t *)"\1\1", 2}, VERDICT_MALFORMED},
        {{(const uint8_t *)"\2\1", 2}, VERDICT_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(versions_read(*state, cases[i].versions), cases[i].verdict);
}

static void a_counter_without_room_above_it_is_malformed(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(fixture->opening);
    struct gate_opening opening;
    frame.counter = GATE_COUNTER_MAX;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    frame.counter = GATE_COUNTER_MAX + 1;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_MALFORMED);
}

/* ---- what the prologue binds, also against somebody who has the gate's key ---- */

/* The gate's process is less trusted than the session's: its key must not buy a downgrade. */
static void changed_versions_break_the_handshake(void **state)
{
    struct fixture *fixture = *state;
    size_t at = FRAME_HEADER_SIZE + GATE_HINT_SIZE + 1;
    struct bytes wire = changed(fixture, fixture->opening, at, 1 ^ 2);
    assert_int_equal(heard(fixture, tagged_again(fixture, wire), &parties), VERDICT_FORGED);
}

static void changed_label_or_counter_breaks_the_handshake(void **state)
{
    struct fixture *fixture = *state;
    for (size_t at = 4; at < FRAME_HEADER_SIZE - 1; at++) {
        struct bytes wire = changed(fixture, fixture->opening, at, 1);
        assert_int_equal(heard(fixture, tagged_again(fixture, wire), &parties), VERDICT_FORGED);
    }
}

static void swapped_roles_and_other_names_break_the_handshake(void **state)
{
    struct fixture *fixture = *state;
    const struct gate_parties wrong[] = {
        {"live", "node-a", "node-b", "a-2026", "b-2026"},
        {"demo", "node-b", "node-a", "b-2026", "a-2026"},
        {"demo", "node-c", "node-b", "a-2026", "b-2026"},
        {"demo", "node-a", "node-c", "a-2026", "b-2026"},
        {"demo", "node-a", "node-b", "a-2025", "b-2026"},
        {"demo", "node-a", "node-b", "a-2026", "b-2025"},
        {"demo", "node-an", "ode-b", "a-2026", "b-2026"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(heard(fixture, fixture->opening, &wrong[i]), VERDICT_FORGED);
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
}

static void a_stranger_cannot_answer(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = framed(fixture->opening);
    struct gate_opening opening;
    assert_int_equal(gate_read_opening(&frame, &opening), VERDICT_FINE);
    struct gate_response response = {keys_of(&fixture->mallory, &fixture->alice), parties,
                                     fixture->answer_entropy};
    assert_int_equal(gate_answer(&frame, &opening, &response, fixture->arena, &fixture->answer,
                                 &fixture->responder),
                     VERDICT_FORGED);
}

/* ---- the answer ---- */

static void any_flipped_bit_of_an_answer_is_refused_and_the_true_one_still_heard(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    for (size_t bit = 0; bit < fixture->answer.size * 8; bit++) {
        /* The label is who is meant: the caller found the handshake by it. */
        if (bit / 8 >= 4 && bit / 8 < 12)
            continue;
        struct bytes wire = changed(fixture, fixture->answer, bit / 8, (uint8_t)(1 << bit % 8));
        assert_int_not_equal(told(fixture, wire), VERDICT_FINE);
    }
    assert_int_equal(told(fixture, fixture->answer), VERDICT_FINE);
}

static void the_answer_to_another_opening_is_forged(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    struct bytes old = fixture->answer;
    fixture->dial_entropy[20] ^= 1;
    dial(fixture, dial_counter + 1);
    assert_int_equal(told(fixture, old), VERDICT_FORGED);
}

static void an_answer_of_a_wrong_length_is_malformed(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    struct bytes cut = {fixture->answer.data, fixture->answer.size - 1};
    assert_int_equal(told(fixture, cut), VERDICT_MALFORMED);
    assert_int_equal(told(fixture, fixture->opening), VERDICT_MALFORMED);
}

/* ---- the stale answer ---- */

static enum verdict stale_read(struct fixture *fixture, struct bytes wire, uint64_t *counter)
{
    struct frame frame;
    struct digest digest;
    TRY(frame_read(wire, &frame));
    gate_opening_digest(fixture->opening, &digest);
    return gate_read_stale(&fixture->alices, &frame, &digest, counter);
}

static struct bytes stale_written(struct fixture *fixture, uint64_t counter)
{
    struct frame frame = framed(fixture->opening);
    struct bytes wire = gate_write_stale(&fixture->bobs, &frame, counter, fixture->arena);
    assert_non_null(wire.data);
    return wire;
}

static void a_stale_answer_tells_the_stored_counter(void **state)
{
    uint64_t counter = 0;
    struct bytes wire = stale_written(*state, dial_counter + 77);
    assert_int_equal(stale_read(*state, wire, &counter), VERDICT_FINE);
    assert_true(counter == dial_counter + 77);
}

static void any_flipped_bit_of_a_stale_answer_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct bytes good = stale_written(fixture, dial_counter + 77);
    uint64_t counter = 0;
    for (size_t bit = 0; bit < good.size * 8; bit++) {
        struct bytes wire = changed(fixture, good, bit / 8, (uint8_t)(1 << bit % 8));
        assert_int_not_equal(stale_read(fixture, wire, &counter), VERDICT_FINE);
    }
    assert_true(counter == 0);
}

static void the_stale_answer_to_another_opening_is_refused(void **state)
{
    struct fixture *fixture = *state;
    uint64_t counter = 0;
    struct bytes old = stale_written(fixture, dial_counter + 77);
    dial(fixture, dial_counter + 1);
    assert_int_equal(stale_read(fixture, old, &counter), VERDICT_STALE);
    assert_true(counter == 0);
}

static void a_stale_answer_of_another_pair_is_forged(void **state)
{
    struct fixture *fixture = *state;
    uint64_t counter = 0;
    assert_true(gate_open(&fixture->bobs, keys_of(&fixture->bob, &fixture->mallory)));
    assert_int_equal(stale_read(fixture, stale_written(fixture, dial_counter + 77), &counter),
                     VERDICT_FORGED);
}

static void a_stale_answer_with_a_counter_in_its_header_is_malformed(void **state)
{
    uint64_t counter = 0;
    struct bytes wire = changed(*state, stale_written(*state, dial_counter), 12, 1);
    wire = tagged_as(*state, DIGEST_STALE, wire);
    assert_int_equal(stale_read(*state, wire, &counter), VERDICT_MALFORMED);
}

static void a_stale_answer_that_leaves_no_room_is_malformed(void **state)
{
    uint64_t counter = 0;
    struct bytes wire = stale_written(*state, GATE_COUNTER_MAX / 2);
    assert_int_equal(stale_read(*state, wire, &counter), VERDICT_FINE);
    wire = stale_written(*state, GATE_COUNTER_MAX / 2 + 1);
    assert_int_equal(stale_read(*state, wire, &counter), VERDICT_MALFORMED);
}

/* ---- memory ---- */

static void without_memory_every_step_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct arena *whole = fixture->arena;
    struct frame frame = framed(fixture->opening);
    struct gate_dial again = {keys_of(&fixture->alice, &fixture->bob), parties, dial_counter,
                              fixture->dial_entropy};
    struct noise noise;
    struct bytes wire;
    for (size_t budget = 0; budget < 200; budget += 40) {
        fixture->arena = arena_open(budget);
        assert_int_equal(
            gate_write_opening(&fixture->alices, &again, fixture->arena, &noise, &wire),
            VERDICT_TOO_LARGE);
        arena_reset(fixture->arena);
        assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_TOO_LARGE);
        arena_close(fixture->arena);
    }
    struct arena *none = arena_open(0);
    assert_null(gate_write_stale(&fixture->bobs, &frame, 1, none).data);
    fixture->arena = whole;
    assert_int_equal(heard(fixture, fixture->opening, &parties), VERDICT_FINE);
    fixture->arena = none;
    assert_int_equal(told(fixture, fixture->answer), VERDICT_TOO_LARGE);
    fixture->arena = whole;
    assert_int_equal(told(fixture, fixture->answer), VERDICT_FINE);
    arena_close(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_sides_end_with_the_same_session, begin, end),
        cmocka_unit_test_setup_teardown(an_opening_shows_hint_versions_and_counter, begin, end),
        cmocka_unit_test_setup_teardown(the_bytes_are_those_of_another_implementation, begin, end),
        cmocka_unit_test_setup_teardown(any_flipped_bit_of_an_opening_is_refused_at_the_gate, begin,
                                        end),
        cmocka_unit_test_setup_teardown(another_counter_breaks_the_gates_tag, begin, end),
        cmocka_unit_test_setup_teardown(a_gate_of_other_keys_does_not_open, begin, end),
        cmocka_unit_test_setup_teardown(a_hint_of_another_key_does_not_open, begin, end),
        cmocka_unit_test_setup_teardown(the_own_opening_does_not_come_back, begin, end),
        cmocka_unit_test_setup_teardown(a_key_of_small_order_opens_no_gate, begin, end),
        cmocka_unit_test_setup_teardown(an_opening_of_a_wrong_length_is_malformed, begin, end),
        cmocka_unit_test_setup_teardown(versions_are_one_to_eight_and_ascending, begin, end),
        cmocka_unit_test_setup_teardown(a_counter_without_room_above_it_is_malformed, begin, end),
        cmocka_unit_test_setup_teardown(changed_versions_break_the_handshake, begin, end),
        cmocka_unit_test_setup_teardown(changed_label_or_counter_breaks_the_handshake, begin, end),
        cmocka_unit_test_setup_teardown(swapped_roles_and_other_names_break_the_handshake, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_stranger_cannot_answer, begin, end),
        cmocka_unit_test_setup_teardown(
            any_flipped_bit_of_an_answer_is_refused_and_the_true_one_still_heard, begin, end),
        cmocka_unit_test_setup_teardown(the_answer_to_another_opening_is_forged, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_of_a_wrong_length_is_malformed, begin, end),
        cmocka_unit_test_setup_teardown(a_stale_answer_tells_the_stored_counter, begin, end),
        cmocka_unit_test_setup_teardown(any_flipped_bit_of_a_stale_answer_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(the_stale_answer_to_another_opening_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_stale_answer_of_another_pair_is_forged, begin, end),
        cmocka_unit_test_setup_teardown(a_stale_answer_with_a_counter_in_its_header_is_malformed,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_stale_answer_that_leaves_no_room_is_malformed, begin,
                                        end),
        cmocka_unit_test_setup_teardown(without_memory_every_step_says_so, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
