/* links: base seal record trust wire rules channel stream store engine report sim flow study */
#include "study/clerk.h"
#include "study/gauge.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 16 * 1024 * 1024, DELAY_MS = 20, RECORDS_MAX = 64, DAYS = 4 };

static const int64_t MS = 1000;
static const int64_t DAY = 86400 * (int64_t)INSTANT_SECOND;
static const double NEAR = 1e-9;

struct fixture {
    struct world *world;
    struct arena *arena;
    struct gauge *gauge;
    struct clerk clerk;
    struct gauge_record receipted[RECORDS_MAX];
    size_t count;
};

static void receipt_came(void *self, const struct gauge_record *record)
{
    struct fixture *fixture = self;
    assert_true(fixture->count < RECORDS_MAX);
    fixture->receipted[fixture->count++] = *record;
}

/* Two nodes, a fixed delay each way. */
static void fixture_open(struct fixture *fixture)
{
    static const struct world_member members[] = {{.institution = "helmo.be"},
                                                  {.institution = "uhasselt.be"}};
    struct world_settings settings = {.seed = 7, .members = members, .count = 2, .model = true};
    *fixture =
        (struct fixture) {.world = world_open_settings(&settings), .arena = arena_open(ARENA)};
    assert_true(fixture->world && fixture->arena);
    world_network(fixture->world, (struct world_network) {.delay_us = DELAY_MS * MS});
    assert_true(world_settle(fixture->world, INSTANT_SECOND));
    struct gauge_settings gauge = {fixture->world, DAYS, receipt_came, fixture};
    fixture->gauge = gauge_open(&gauge);
    assert_true(fixture->gauge &&
                clerk_open(&fixture->clerk, fixture->world, fixture->arena, fixture->arena));
}

static void fixture_close(struct fixture *fixture)
{
    gauge_close(fixture->gauge);
    world_close(fixture->world);
    arena_close(fixture->arena);
}

static void nominate(struct fixture *fixture, uint32_t number)
{
    struct clerk_mobility mobility = {.number = number, .home = 0, .host = 1};
    struct event_answer answer = clerk_submit(&fixture->clerk, FLOW_NOMINATE, &mobility);
    assert_int_equal(answer.verdict, VERDICT_FINE);
    struct gauge_record record = {
        .node = 0,
        .partner = 1,
        .subject = number,
        .kind = clerk_kind(FLOW_NOMINATE),
        .ready = answer.ready,
        .lane = answer.lane,
        .index = answer.index,
        .place = answer.place,
        .id = answer.id,
        .answered = world_now(fixture->world).us,
    };
    assert_true(gauge_submitted(fixture->gauge, &record));
}

/* Whatever lies between the two: the first one's receipt is not the second one's. */
static void a_receipt_counts_for_those_that_it_names_alone(void **)
{
    for (int64_t between = 0; between <= 60; between += 5) {
        struct fixture fixture;
        fixture_open(&fixture);
        nominate(&fixture, 1);
        world_run(fixture.world, between * MS);
        nominate(&fixture, 2);
        world_run(fixture.world, INSTANT_SECOND);
        assert_int_equal(fixture.count, 2);
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(fixture.receipted[i].receipted - fixture.receipted[i].answered,
                             2 * DELAY_MS * MS);
        assert_int_equal(gauge_backlog(fixture.gauge), 0);
        fixture_close(&fixture);
    }
}

/* A receipt that a dying node never kept is none: it counts when it comes again. */
static void a_receipt_counts_when_it_is_stored_and_not_when_it_arrives(void **)
{
    struct fixture fixture;
    fixture_open(&fixture);
    world_fall(fixture.world, 0, WORLD_CRASH_BEFORE_COMMIT, "receipt");
    nominate(&fixture, 1);
    world_run(fixture.world, INSTANT_SECOND);
    assert_false(world_up(fixture.world, 0));
    assert_int_equal(fixture.count, 0);
    assert_int_equal(gauge_backlog(fixture.gauge), 1);
    assert_true(world_start(fixture.world, 0));
    world_run(fixture.world, 30 * (int64_t)INSTANT_SECOND);
    assert_int_equal(fixture.count, 1);
    assert_true(fixture.receipted[0].receipted - fixture.receipted[0].answered > INSTANT_SECOND);
    fixture_close(&fixture);
}

/* Three wait from noon of the first day until noon of the second: half a day each. */
static void the_backlog_is_weighed_by_time(void **)
{
    struct fixture fixture;
    struct measures measures = {0};
    fixture_open(&fixture);
    world_run(fixture.world, DAY / 2);
    world_stop(fixture.world, 1);
    for (uint32_t i = 0; i < 3; i++)
        nominate(&fixture, i);
    world_run(fixture.world, DAY / 2);
    gauge_day_ends(fixture.gauge, 0, 0, 1);
    world_run(fixture.world, DAY / 2 - 20 * (int64_t)INSTANT_SECOND * 60);
    assert_true(world_start(fixture.world, 1));
    world_run(fixture.world, DAY / 2 + 20 * (int64_t)INSTANT_SECOND * 60);
    gauge_day_ends(fixture.gauge, 1, 0, 0);
    const struct gauge_day *first = gauge_day(fixture.gauge, 0),
                           *second = gauge_day(fixture.gauge, 1);
    assert_int_equal(first->submitted, 3);
    assert_int_equal(first->receipted, 0);
    assert_int_equal(first->down, 1);
    assert_int_equal(first->backlog_max, 3);
    assert_true(fabs(first->backlog_mean - 1.5) < NEAR);
    assert_int_equal(second->receipted, 3);
    assert_int_equal(second->backlog_max, 3);
    assert_true(second->backlog_mean > 1.4 && second->backlog_mean < 1.55);
    gauge_finish(fixture.gauge, &measures);
    assert_int_equal((int64_t)measures.values[MEASURE_RECEIPTED], 3);
    assert_int_equal((int64_t)measures.values[MEASURE_BACKLOG_MAX], 3);
    assert_int_equal((int64_t)measures.values[MEASURE_BACKLOG_END], 0);
    double mean = (first->backlog_mean + second->backlog_mean) / 2;
    assert_true(fabs(measures.values[MEASURE_BACKLOG_MEAN] - mean) < 1e-3);
    fixture_close(&fixture);
}

static void what_is_gone_with_a_backup_is_counted_as_lost(void **)
{
    struct fixture fixture;
    struct measures measures = {0};
    fixture_open(&fixture);
    world_backup(fixture.world, 0);
    world_backup(fixture.world, 1);
    nominate(&fixture, 1); /* receipted, and both go back behind it */
    world_run(fixture.world, INSTANT_SECOND);
    world_cut(fixture.world, 0, 1, true);
    nominate(&fixture, 2); /* never receipted */
    for (size_t node = 0; node < 2; node++) {
        world_stop(fixture.world, node);
        world_restore(fixture.world, node);
        assert_true(world_start(fixture.world, node));
    }
    world_cut(fixture.world, 0, 1, false);
    world_run(fixture.world, 60 * (int64_t)INSTANT_SECOND);
    gauge_finish(fixture.gauge, &measures);
    assert_int_equal((int64_t)measures.values[MEASURE_SUBMITTED], 2);
    assert_int_equal((int64_t)measures.values[MEASURE_LOST], 1);
    assert_int_equal((int64_t)measures.values[MEASURE_LOST_RECEIPTED], 1);
    assert_int_equal((int64_t)measures.values[MEASURE_BACKLOG_END], 1);
    fixture_close(&fixture);
}

static void messages_are_counted_by_what_they_say(void **)
{
    struct fixture fixture;
    const struct gauge_message *message;
    uint64_t deliver = 0, receipt = 0;
    fixture_open(&fixture);
    nominate(&fixture, 1);
    world_run(fixture.world, INSTANT_SECOND);
    for (size_t i = 0; (message = gauge_message(fixture.gauge, i)); i++) {
        assert_int_equal(message->sent, message->arrived);
        assert_true(message->bytes > 20 * message->sent);
        deliver += strcmp(message->what, "deliver") ? 0 : message->sent;
        receipt += strcmp(message->what, "receipt") ? 0 : message->sent;
    }
    assert_int_equal(deliver, 1);
    assert_int_equal(receipt, 1);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_counts_for_those_that_it_names_alone),
        cmocka_unit_test(a_receipt_counts_when_it_is_stored_and_not_when_it_arrives),
        cmocka_unit_test(the_backlog_is_weighed_by_time),
        cmocka_unit_test(what_is_gone_with_a_backup_is_counted_as_lost),
        cmocka_unit_test(messages_are_counted_by_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
