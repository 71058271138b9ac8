/* links: base seal record trust wire rules channel stream store engine sim */
#include "sim/checks.h"
#include "sim/people.h"
#include "sim/story.h"
#include "sim/traffic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 16 * 1024 * 1024 };

static const char *const pair[] = {"helmo.be", "uhasselt.be"};

struct fixture {
    struct world *world;
    struct arena *arena;
};

static int begin(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture) {world_open(7, pair, 2), arena_open(ARENA)};
    *state = &fixture;
    return fixture.world && fixture.arena && world_settle(fixture.world, INSTANT_SECOND) ? 0 : -1;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    world_close(fixture->world);
    arena_close(fixture->arena);
    return 0;
}

static struct event_answer nominate(struct fixture *fixture, const char *name)
{
    struct play_dossier student = {0};
    snprintf(student.name, sizeof student.name, "%s", name);
    struct event_submission submission = {
        .own = "helmo.be",
        .partner = "uhasselt.be",
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, fixture->arena),
    };
    return world_submit(fixture->world, 0, &submission);
}

static uint64_t held(const struct fixture *fixture, size_t node, bool ours)
{
    struct store *store = world_store(fixture->world, node);
    struct summary sum;
    uint64_t unreceipted;
    assert_int_equal(store->summary(store,
                                    checks_pair(fixture->world, node, 1 - node, fixture->arena),
                                    ours, &sum, &unreceipted),
                     FAULT_NONE);
    return sum.count;
}

/* ---- determinism ---- */

static char *told(unsigned seed)
{
    char text[512];
    struct story story;
    int length = snprintf(text, sizeof text,
                          "seed %u\nnodes helmo.be uhasselt.be\n"
                          "network jitter 90ms loss 20%% duplicate 20%% reorder 40%%\nrun 3s\n"
                          "helmo.be nominates S1..S9 to uhasselt.be\nrun 20s\n",
                          seed);
    assert_true(story_play((struct bytes) {(const uint8_t *)text, (size_t)length}, &story));
    assert_null(story.wrong);
    assert_true(story.size > 500);
    return story.said;
}

static void the_same_seed_gives_the_same_sentences(void **)
{
    char *first = told(3), *second = told(3), *other = told(4);
    assert_string_equal(first, second);
    assert_string_not_equal(first, other);
    free(first);
    free(second);
    free(other);
}

static void played(const char *before, struct digest *hash, uint64_t *events)
{
    char text[1024];
    struct story story;
    int length = snprintf(text, sizeof text,
                          "%snodes helmo.be uhasselt.be upjs.sk\nsettle\n"
                          "network jitter 90ms loss 20%% duplicate 20%% reorder 40%%\n"
                          "helmo.be nominates S1..S5 to uhasselt.be\nrun 2s\nupjs.sk stops\n"
                          "helmo.be backs up\nuhasselt.be dies before committing deliver\n"
                          "upjs.sk starts\nhelmo.be nominates T1..T5 to upjs.sk\nrun 2s\n"
                          "all start\nhelmo.be stops\nhelmo.be restores\n"
                          "network delay 5ms\nsettle within 20m\nexpect same\n",
                          before);
    assert_true(story_play((struct bytes) {(const uint8_t *)text, (size_t)length}, &story));
    assert_null(story.wrong);
    *hash = story.hash;
    *events = story.events;
    story_free(&story);
}

static void the_same_text_has_the_same_hash_and_another_seed_another(void **)
{
    struct digest first, second, other;
    uint64_t events[3];
    played("", &first, &events[0]);
    played("", &second, &events[1]);
    played("seed 2\n", &other, &events[2]);
    assert_true(digest_equal(&first, &second));
    assert_int_equal(events[0], events[1]);
    assert_true(events[0] > 50);
    assert_false(digest_equal(&first, &other));
}

/* Not a single frame differs. */
static void a_world_on_disks_is_the_world_in_memory(void **)
{
    struct digest memory, disk;
    uint64_t events;
    played("", &memory, &events);
    played("stores on disk\n", &disk, &events);
    assert_true(digest_equal(&memory, &disk));
}

/* ---- watching ---- */

struct seen {
    size_t deeds[WORLD_DEEDS], refused;
    uint64_t last_left, last_arrived;
    const char *lost;
};

static void see(void *self, const struct world_event *event)
{
    struct seen *seen = self;
    seen->deeds[event->deed]++;
    seen->refused += event->refused;
    if (event->deed == WORLD_LEFT)
        seen->last_left = event->frame;
    if (event->deed == WORLD_ARRIVED)
        seen->last_arrived = event->frame;
    if (event->deed == WORLD_LOST)
        seen->lost = event->why;
}

static void who_watches_sees_what_happens_and_why(void **state)
{
    struct fixture *fixture = *state;
    struct seen seen = {0};
    world_watch(fixture->world, see, &seen);
    nominate(fixture, "A");
    assert_int_equal(seen.deeds[WORLD_SUBMITTED], 1);
    assert_int_equal(seen.deeds[WORLD_LEFT], 1);
    world_run(fixture->world, 6000);
    assert_int_equal(seen.deeds[WORLD_ARRIVED], 1);
    assert_true(seen.last_arrived && seen.last_arrived < seen.last_left); /* which was answered */
    world_settle(fixture->world, INSTANT_SECOND);
    world_cut(fixture->world, 0, 1, true);
    nominate(fixture, "B");
    assert_int_equal(seen.deeds[WORLD_CUT], 1);
    assert_int_equal(seen.deeds[WORLD_LOST], 1);
    assert_string_equal(seen.lost, "cut");
    world_stop(fixture->world, 1);
    assert_int_equal(seen.deeds[WORLD_STOPPED], 1);
    world_cut(fixture->world, 0, 1, false);
    uint8_t rubbish[] = {1, 2, 3};
    struct world_passing passing = {1, 0, true, "rubbish", rubbish, sizeof rubbish};
    world_inject(fixture->world, &passing);
    world_run(fixture->world, 10);
    assert_int_equal(seen.refused, 1);
}

/* ---- the network ---- */

static void frames_come_in_the_order_of_their_time_then_of_their_tie(void **)
{
    struct traffic traffic = {0};
    uint8_t wire[1] = {0};
    uint64_t dice = 88172645463325252u;
    struct traffic_frame before = {0};
    for (uint64_t i = 0; i < 3000; i++) {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        struct traffic_frame frame = {.due = (int64_t)(dice % 50),
                                      .tie = dice >> 8 & 3,
                                      .serial = i,
                                      .wire = wire,
                                      .size = 1};
        assert_true(traffic_push(&traffic, frame));
    }
    for (size_t i = 0; i < 2000; i++) {
        struct traffic_frame frame = traffic_pop(&traffic);
        bool later = frame.due != before.due   ? frame.due > before.due
                     : frame.tie != before.tie ? frame.tie > before.tie
                                               : frame.serial > before.serial || i == 0;
        assert_true(later);
        before = frame;
        free(frame.wire);
    }
    traffic_clear(&traffic);
    assert_null(traffic_first(&traffic));
}

static void a_cut_line_lets_nothing_through(void **state)
{
    struct fixture *fixture = *state;
    nominate(fixture, "A");
    world_cut(fixture->world, 0, 1, true); /* what is under way is lost, too */
    world_run(fixture->world, 30 * (int64_t)INSTANT_SECOND);
    assert_int_equal(held(fixture, 1, false), 0);
    world_cut(fixture->world, 0, 1, false);
    assert_true(world_settle(fixture->world, 60 * (int64_t)INSTANT_SECOND));
    assert_int_equal(held(fixture, 1, false), 1);
}

static bool lose_all(void *self, struct world *world, const struct world_passing *passing)
{
    size_t *seen = self;
    (void)world;
    *seen += strcmp(passing->what, "deliver") == 0;
    return false;
}

static void a_tap_sees_what_a_frame_is_and_may_drop_it(void **state)
{
    struct fixture *fixture = *state;
    size_t delivers = 0;
    world_tap_set(fixture->world, lose_all, &delivers);
    nominate(fixture, "A");
    world_run(fixture->world, INSTANT_SECOND);
    assert_int_equal(delivers, 1);
    assert_int_equal(held(fixture, 1, false), 0);
    world_tap_set(fixture->world, NULL, NULL);
    assert_true(world_settle(fixture->world, 10 * (int64_t)INSTANT_SECOND));
    assert_int_equal(held(fixture, 1, false), 1);
}

/* ---- nodes ---- */

static void what_was_sent_to_a_dead_process_is_gone(void **state)
{
    struct fixture *fixture = *state;
    nominate(fixture, "A");
    world_stop(fixture->world, 1); /* and is up again before the frame arrives */
    assert_true(world_start(fixture->world, 1));
    world_run(fixture->world, 6000);
    assert_int_equal(held(fixture, 1, false), 0);
}

static void a_backup_is_what_was_committed_then(void **state)
{
    struct fixture *fixture = *state;
    nominate(fixture, "A");
    world_backup(fixture->world, 0);
    nominate(fixture, "B");
    assert_int_equal(held(fixture, 0, true), 2);
    world_stop(fixture->world, 0);
    world_restore(fixture->world, 0);
    assert_int_equal(held(fixture, 0, true), 1);
}

static void a_commit_that_fails_leaves_no_trace_and_the_node_lives(void **state)
{
    struct fixture *fixture = *state;
    world_fall(fixture->world, 0, WORLD_COMMIT_FAILS, "submission");
    assert_int_equal(nominate(fixture, "A").verdict, VERDICT_INTERNAL);
    assert_int_equal(held(fixture, 0, true), 0);
    assert_true(world_settle(fixture->world, 10 * (int64_t)INSTANT_SECOND));
    assert_true(world_up(fixture->world, 0));
    assert_int_equal(nominate(fixture, "A").verdict, VERDICT_FINE);
}

/* A tenth of a second, as the daemon; and no longer the next time, when a commit was good since. */
static void a_node_that_failed_pauses_before_it_is_opened_again(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 3; i++) {
        world_fall(fixture->world, 0, WORLD_COMMIT_FAILS, "submission");
        assert_int_equal(nominate(fixture, "A").verdict, VERDICT_INTERNAL);
        world_run(fixture->world, 99000);
        assert_false(world_up(fixture->world, 0));
        world_run(fixture->world, 2000);
        assert_true(world_up(fixture->world, 0));
    }
}

static void nobody_answers_for_a_node_that_is_down(void **state)
{
    struct fixture *fixture = *state;
    world_stop(fixture->world, 0);
    assert_int_equal(nominate(fixture, "A").verdict, VERDICT_INTERNAL);
    world_ping(fixture->world, 0, 1);
    assert_null(world_engine(fixture->world, 0));
}

/* Nine pings of each side in an hour, not 240; and the first record after it goes at once. */
static void a_session_that_nobody_uses_is_asked_ever_more_rarely(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before = world_groups(fixture->world);
    world_run(fixture->world, 3500 * (int64_t)INSTANT_SECOND);
    assert_in_range(world_groups(fixture->world) - before, 9, 120);
    nominate(fixture, "A");
    world_run(fixture->world, 20000);
    assert_int_equal(held(fixture, 1, false), 1);
}

/* Few pings, and nothing else. */
static void an_idle_world_sleeps(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before = world_groups(fixture->world);
    world_run(fixture->world, 60 * (int64_t)INSTANT_SECOND);
    uint64_t groups = world_groups(fixture->world) - before;
    assert_in_range(groups, 1, 60);
    world_stop(fixture->world, 1);
    before = world_groups(fixture->world);
    world_run(fixture->world, 3600 * (int64_t)INSTANT_SECOND);
    assert_in_range(world_groups(fixture->world) - before, 1, 20); /* nothing waits: no dialling */
}

/* The session that nobody needs is ended without a ping, and the next record finds its way. */
static void a_session_of_silence_ends_where_the_settings_say_so(void **)
{
    static const struct world_member members[] = {{.institution = "helmo.be"},
                                                  {.institution = "uhasselt.be"}};
    struct world_settings settings = {
        .seed = 7, .members = members, .count = 2, .idle_us = 10 * (int64_t)INSTANT_SECOND};
    struct fixture fixture = {world_open_settings(&settings), arena_open(ARENA)};
    struct engine_partner partner;
    assert_true(fixture.world && world_settle(fixture.world, INSTANT_SECOND));
    assert_true(engine_partner(world_engine(fixture.world, 0), 0, &partner) && partner.dialled);
    uint64_t before = world_groups(fixture.world);
    world_run(fixture.world, 3600 * (int64_t)INSTANT_SECOND);
    assert_in_range(world_groups(fixture.world) - before, 2, 6);
    assert_true(engine_partner(world_engine(fixture.world, 0), 0, &partner) && !partner.dialled);
    assert_int_equal(nominate(&fixture, "A").verdict, VERDICT_FINE);
    assert_true(world_settle(fixture.world, 10 * (int64_t)INSTANT_SECOND));
    assert_int_equal(held(&fixture, 1, false), 1);
    void *state = &fixture;
    end(&state);
}

/* Each try is a few groups; they grow rare. */
static void who_has_work_for_a_dead_partner_tries_ever_more_rarely(void **state)
{
    struct fixture *fixture = *state;
    world_stop(fixture->world, 1);
    nominate(fixture, "A");
    world_run(fixture->world, 3600 * (int64_t)INSTANT_SECOND);
    uint64_t before = world_groups(fixture->world);
    world_run(fixture->world, 3600 * (int64_t)INSTANT_SECOND);
    assert_in_range(world_groups(fixture->world) - before, 6, 40);
}

static void what_was_committed_outlives_the_loss_of_power(void **state)
{
    static const struct world_member members[] = {{.institution = "helmo.be"},
                                                  {.institution = "uhasselt.be"}};
    struct world_settings settings = {.seed = 3, .members = members, .count = 2, .on_disk = true};
    struct fixture *first = *state, fixture = {world_open_settings(&settings), first->arena};
    assert_non_null(fixture.world);
    assert_true(world_settle(fixture.world, INSTANT_SECOND));
    for (uint64_t dice = 0; dice < 20; dice++) {
        nominate(&fixture, "A");
        world_power_cut(fixture.world, 0, dice);
        assert_false(world_up(fixture.world, 0));
        assert_true(world_start(fixture.world, 0));
        assert_true(world_settle(fixture.world, 60 * (int64_t)INSTANT_SECOND));
        assert_int_equal(held(&fixture, 0, true), dice + 1);
        assert_int_equal(held(&fixture, 1, false), dice + 1);
    }
    world_close(fixture.world);
}

/* ---- stories ---- */

static void every_line_of_the_table_can_be_read(void **)
{
    size_t rows = 0;
    while (story_pattern(rows))
        rows++;
    assert_true(rows > 40);
}

static void a_story_stops_at_the_first_thing_that_does_not_hold(void **)
{
    static const struct {
        const char *text, *wrong;
    } rows[] = {
        {"helmo.be stops\n", "line 1: no such line"},
        {"settle\n", "line 1: a story begins with its nodes"},
        {"nodes helmo.be uhasselt.be\n\nsing\n", "line 3: no such line"},
        {"nodes helmo.be uhasselt.be\nrun 1s\nat 10ms settle\n", "line 3: 10ms is over"},
        {"nodes helmo.be uhasselt.be\nsettle within 1ms\n",
         "line 2: I4: it does not settle within 1ms: the guard of helmo.be is armed against "
         "uhasselt.be"},
        {"nodes helmo.be uhasselt.be\nhelmo.be accepts A\n", "line 2: nobody spoke of A before"},
        {"nodes helmo.be uhasselt.be\nsettle\nexpect armed 1 at helmo.be\n",
         "line 3: armed at helmo.be is 0"},
        {"nodes helmo.be uhasselt.be\nsettle\nhelmo.be nominates A to uhasselt.be\n"
         "expect same\n",
         "line 4: at helmo.be the outbox is not empty"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct story story;
        assert_true(story_play(bytes_text(rows[i].text), &story));
        assert_non_null(story.wrong);
        assert_string_equal(story.wrong, rows[i].wrong);
        story_free(&story);
    }
}

/* A submission whose dossier is not whole here keeps its turn, perhaps for ever. */
static void what_keeps_its_turn_does_not_keep_its_node_awake(void **state)
{
    static const char text[] = "nodes helmo.be uhasselt.be\nsettle\n"
                               "helmo.be nominates A to uhasselt.be\nsettle\n"
                               "helmo.be crafts A ahead\nsettle\n"
                               "uhasselt.be stops\nhelmo.be stops\nhelmo.be starts\n"
                               "helmo.be amends A email\nuhasselt.be starts\n"
                               "run 10m\nexpect ready 1 at helmo.be\n";
    struct story story;
    (void)state;
    assert_true(story_play(bytes_text(text), &story));
    assert_null(story.wrong);
    assert_in_range(story.events, 20, 1000);
    story_free(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_sentences),
        cmocka_unit_test(frames_come_in_the_order_of_their_time_then_of_their_tie),
        cmocka_unit_test_setup_teardown(a_cut_line_lets_nothing_through, begin, end),
        cmocka_unit_test_setup_teardown(a_tap_sees_what_a_frame_is_and_may_drop_it, begin, end),
        cmocka_unit_test_setup_teardown(what_was_sent_to_a_dead_process_is_gone, begin, end),
        cmocka_unit_test_setup_teardown(a_backup_is_what_was_committed_then, begin, end),
        cmocka_unit_test_setup_teardown(a_commit_that_fails_leaves_no_trace_and_the_node_lives,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_node_that_failed_pauses_before_it_is_opened_again, begin,
                                        end),
        cmocka_unit_test_setup_teardown(nobody_answers_for_a_node_that_is_down, begin, end),
        cmocka_unit_test_setup_teardown(a_session_that_nobody_uses_is_asked_ever_more_rarely, begin,
                                        end),
        cmocka_unit_test_setup_teardown(an_idle_world_sleeps, begin, end),
        cmocka_unit_test(the_same_text_has_the_same_hash_and_another_seed_another),
        cmocka_unit_test(a_world_on_disks_is_the_world_in_memory),
        cmocka_unit_test_setup_teardown(who_watches_sees_what_happens_and_why, begin, end),
        cmocka_unit_test_setup_teardown(what_was_committed_outlives_the_loss_of_power, begin, end),
        cmocka_unit_test(a_session_of_silence_ends_where_the_settings_say_so),
        cmocka_unit_test_setup_teardown(who_has_work_for_a_dead_partner_tries_ever_more_rarely,
                                        begin, end),
        cmocka_unit_test(what_keeps_its_turn_does_not_keep_its_node_awake),
        cmocka_unit_test(every_line_of_the_table_can_be_read),
        cmocka_unit_test(a_story_stops_at_the_first_thing_that_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
