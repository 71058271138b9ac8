/* links: base seal record trust wire rules channel stream store engine sim */
#include "hostile.h"

/* Thousands at once: of bad records, and of losses. What one group cannot take, the next ones do.
 */
enum {
    AT_ONCE = 140, /* bad records in one frame */
    FRAMES = 62,   /* that one group takes in */
    BAD = FRAMES * AT_ONCE,
    LOST_BY_RECEIVER = 21000,
    LOST_BY_SENDER = 9000,
    LETTERS = 1000, /* of four bytes each, in each of these */
};

static_assert(BAD > 2 * PEER_UNSEALED_MAX, "more than a group refuses, before and after its seals");

/* ---- bad records ---- */

/* One group by hand: its frames come in their order, and what it says in return is lost. */
struct group {
    struct hostile *h;
    struct arena *arena;
    struct outcome outcome;
    uint8_t dice;
};

static void group_step(struct group *group, struct event *event)
{
    event->now = world_now(group->h->world);
    event->entropy[0] = ++group->dice;
    assert_int_equal(engine_step(world_engine(group->h->world, VICTIM), event, &group->outcome),
                     FAULT_NONE);
}

static void group_frame(struct group *group, uint64_t position,
                        const struct hostile_record *records)
{
    static const uint8_t route[4] = {HOSTILE};
    struct hostile *h = group->h;
    struct bytes plain = hostile_delivery(h, position, records, AT_ONCE);
    struct event event = {
        .kind = EVENT_RECEIVED,
        .received = {.way.route = {route, sizeof route},
                     .wire = session_seal(&hostile_peer(h, HOSTILE)->dial.session,
                                          world_now(h->world), plain, h->arena)},
    };
    group_step(group, &event);
}

/* The instant at which the victim wants to be woken. */
static struct instant bad_ones_come(struct hostile *h)
{
    struct hostile_record records[AT_ONCE];
    struct store *store = world_store(h->world, VICTIM);
    struct event settled = {.kind = EVENT_SETTLED};
    struct group group = {.h = h, .arena = arena_open(HOSTILE_ARENA)};
    uint64_t position = hostile_position(h);
    group.outcome = (struct outcome) {.arena = group.arena, .trace.arena = group.arena};
    assert_int_equal(store->begin(store), FAULT_NONE);
    for (int frame = 0; frame < FRAMES; frame++) {
        for (int i = 0; i < AT_ONCE; i++)
            records[i] = hostile_opens(h, frame * AT_ONCE + i, "2031/2032");
        group_frame(&group, position + (uint64_t)frame, records);
    }
    group_step(&group, &settled);
    assert_int_equal(store->commit(store), FAULT_NONE);
    arena_close(group.arena);
    assert_int_equal(hostile_held(h, VICTIM, false), BAD);
    return group.outcome.wake;
}

static void thousands_of_bad_records_in_one_group_are_all_refused_in_the_end(void **state)
{
    struct hostile *h = *state;
    struct instant wake = bad_ones_come(h);
    assert_in_range(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), PEER_UNSEALED_MAX, BAD - 1);
    assert_false(instant_before(world_now(h->world), wake)); /* the rest at once */
    world_clock(h->world, VICTIM, 0);
    world_run(h->world, 10 * hostile_second);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), BAD);
    assert_int_equal(hostile_held(h, VICTIM, true), BAD);
}

static void bad_records_that_wait_outlive_a_crash(void **state)
{
    struct hostile *h = *state;
    (void)bad_ones_come(h);
    uint64_t refused = hostile_count(h, VICTIM, PEER_RECORDS_REFUSED);
    assert_in_range(refused, 1, BAD - 1);
    hostile_restart(h, VICTIM);
    world_run(h->world, 10 * hostile_second);
    assert_false(hostile_partner(h, VICTIM).guard_armed);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), BAD - refused);
    assert_int_equal(hostile_held(h, VICTIM, true), BAD);
}

/* ---- losses ---- */

/* With bodies so long that all that was lost never fits the memory of one step. */
static void nominate(struct hostile *h, size_t node, int count)
{
    static char comment[4 * LETTERS + 1];
    for (size_t i = 0; i < LETTERS; i++)
        memcpy(comment + 4 * i, "\U00010400", 4);
    h->comment = comment;
    for (int i = 0; i < count; i++) {
        assert_int_equal(hostile_nominates(h, node, i).verdict, VERDICT_FINE);
        if (i % 500 == 499) {
            assert_true(world_settle(h->world, 60 * hostile_second));
            arena_reset(h->arena);
        }
    }
    assert_true(world_settle(h->world, 60 * hostile_second));
}

static void a_receiver_that_lost_tens_of_thousands_gets_them_all_back(void **state)
{
    struct hostile *h = *state;
    world_tap_set(h->world, NULL, NULL);
    world_backup(h->world, VICTIM);
    nominate(h, HOSTILE, LOST_BY_RECEIVER);
    assert_int_equal(hostile_held(h, VICTIM, false), LOST_BY_RECEIVER);
    world_stop(h->world, VICTIM);
    world_restore(h->world, VICTIM);
    assert_true(world_start(h->world, VICTIM));
    assert_true(world_settle(h->world, 600 * hostile_second));
    assert_int_equal(hostile_held(h, VICTIM, false), LOST_BY_RECEIVER);
    assert_int_equal(hostile_partner(h, HOSTILE).outbox, 0);
    for (size_t i = 0; i < 2; i++)
        assert_null(strstr(h->alarm[i], fault_text(FAULT_MEMORY)->sentence));
}

static void a_sender_that_lost_thousands_gets_them_all_back(void **state)
{
    struct hostile *h = *state;
    world_tap_set(h->world, NULL, NULL);
    world_backup(h->world, VICTIM);
    nominate(h, VICTIM, LOST_BY_SENDER);
    world_stop(h->world, VICTIM);
    world_restore(h->world, VICTIM);
    assert_true(world_start(h->world, VICTIM));
    assert_true(world_settle(h->world, 600 * hostile_second));
    assert_int_equal(hostile_held(h, VICTIM, true), LOST_BY_SENDER);
    assert_int_equal(hostile_partner(h, VICTIM).outbox, 0);
    for (size_t i = 0; i < 2; i++)
        assert_null(strstr(h->alarm[i], fault_text(FAULT_MEMORY)->sentence));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define HOSTILE_TEST(name) cmocka_unit_test_setup_teardown(name, hostile_open, hostile_close)
        HOSTILE_TEST(thousands_of_bad_records_in_one_group_are_all_refused_in_the_end),
        HOSTILE_TEST(bad_records_that_wait_outlive_a_crash),
        HOSTILE_TEST(a_receiver_that_lost_tens_of_thousands_gets_them_all_back),
        HOSTILE_TEST(a_sender_that_lost_thousands_gets_them_all_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
