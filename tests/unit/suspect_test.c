/* links: base seal record trust wire rules channel stream store engine sim */
#include "engine/peer.h"
#include "engine/suspect.h"
#include "sim/people.h"
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is counted, and what comes of it. That real processes die of real records, and that the file
 * outlives them, is shown by tests/e2e/poison.sh. */
enum { HOME, HOST, ARENA = 64 * 1024 * 1024 };

static const char *const pair[] = {"helmo.be", "uhasselt.be"};
static const int64_t second = INSTANT_SECOND;

struct fixture {
    struct world *world;
    struct arena *arena;
    struct event_submission nomination;
    uint8_t secret[32]; /* of the host's node */
};

static int begin(void **state)
{
    static struct fixture fixture;
    struct play_dossier student = {.name = "A"};
    fixture = (struct fixture) {.world = world_open(7, pair, 2), .arena = arena_open(ARENA)};
    fixture.nomination = (struct event_submission) {
        .own = "helmo.be",
        .partner = "uhasselt.be",
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, fixture.arena),
    };
    *state = &fixture;
    if (!fixture.nomination.body.data || !world_settle(fixture.world, second))
        return -1;
    memcpy(fixture.secret, world_engine(fixture.world, HOST)->transport_secret, 32);
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    world_close(fixture->world);
    arena_close(fixture->arena);
    return 0;
}

/* The host's next process, which finds this. The caller closes it. */
static struct engine *open_after(const struct fixture *fixture, struct crumb *crumb)
{
    struct engine *engine = NULL;
    const char *why;
    struct engine_settings settings = {
        .node = "node.uhasselt.be",
        .transport_secret = fixture->secret,
        .suite = world_suite(fixture->world, HOST),
        .store = world_store(fixture->world, HOST),
        .catalogue = world_catalogue(fixture->world),
        .crumb = crumb,
        .now = world_now(fixture->world),
    };
    assert_int_equal(engine_open(&settings, &engine, &why), FAULT_NONE);
    assert_int_equal(crumb->stage, CRUMB_NONE); /* counted once */
    assert_int_equal(crumb->died, 0);
    return engine;
}

struct death {
    enum crumb_stage stage;
    bool crash;
    const char *version;
};

/* The host dies over it and comes again; what is then known of it, all zero when nothing is. */
static struct engine_suspect dies(const struct fixture *fixture, const struct digest *id,
                                  struct death death)
{
    struct crumb crumb = {.layout = CRUMB_LAYOUT, .stage = death.stage, .died = death.crash};
    struct engine_suspect found, out = {.from = ""};
    crumb.id = *id;
    strcpy(crumb.from, "node.helmo.be");
    strcpy(crumb.version, death.version ? death.version : "1");
    struct engine *engine = open_after(fixture, &crumb);
    for (size_t i = 0; engine_suspect(engine, i, &found); i++)
        if (digest_equal(&found.id, id))
            out = found;
    assert_int_equal(suspect_barred(engine, id) != CRUMB_NONE, out.aside);
    assert_true(!out.fresh || strcmp(out.from, "node.helmo.be") == 0);
    out.from = NULL; /* the engine's */
    engine_close(engine);
    return out;
}

static struct digest named(size_t number)
{
    struct digest id = {{0}};
    memcpy(id.bytes, &number, sizeof number);
    return id;
}

/* ---- counting ---- */

static const struct death crash = {CRUMB_BODY, true, NULL}, killed = {CRUMB_BODY, false, NULL},
                          start = {CRUMB_NONE, false, NULL};

static void the_second_crash_sets_it_aside(void **state)
{
    struct digest id = named(1), other = named(2);
    world_stop(((struct fixture *)*state)->world, HOST);
    struct engine_suspect first = dies(*state, &id, crash);
    assert_true(first.fresh && !first.aside);
    assert_false(dies(*state, &other, crash).aside);
    struct engine_suspect twice = dies(*state, &id, crash);
    assert_true(twice.fresh && twice.aside && twice.kept);
    assert_string_equal(twice.fatal, "its body");
    struct engine_suspect later = dies(*state, &id, start);
    assert_true(later.aside && !later.fresh);
}

static void a_kill_weighs_an_eighth_of_a_crash(void **state)
{
    struct digest id = named(1), mixed = named(2);
    world_stop(((struct fixture *)*state)->world, HOST);
    for (int i = 0; i < 15; i++)
        assert_false(dies(*state, &id, killed).aside);
    assert_true(dies(*state, &id, killed).aside);
    assert_false(dies(*state, &mixed, crash).aside);
    for (int i = 0; i < 7; i++)
        assert_false(dies(*state, &mixed, killed).aside);
    assert_true(dies(*state, &mixed, killed).aside);
}

/* Whoever looks into a record between two steps is told of as a step is. */
static void what_is_looked_into_between_steps_is_at_hand_too(void **state)
{
    struct fixture *fixture = *state;
    struct crumb crumb = {.layout = CRUMB_LAYOUT, .version = "1"};
    struct digest id = named(1), other = named(2);
    world_stop(fixture->world, HOST);
    dies(fixture, &id, (struct death) {CRUMB_JUDGE, true, NULL});
    struct engine *engine = open_after(fixture, &crumb);
    assert_true(engine_at_hand(engine, "helmo.be", &id));
    assert_int_equal(crumb.stage, CRUMB_JUDGE);
    assert_memory_equal(&crumb.id, &id, sizeof id);
    assert_string_equal(crumb.from, "helmo.be");
    engine_unhand(engine);
    assert_int_equal(crumb.stage, CRUMB_NONE);
    engine_close(engine);
    dies(fixture, &id, (struct death) {CRUMB_JUDGE, true, NULL});
    engine = open_after(fixture, &crumb);
    assert_false(engine_at_hand(engine, "helmo.be", &id));
    assert_int_equal(crumb.stage, CRUMB_NONE);
    assert_true(engine_at_hand(engine, "helmo.be", &other));
    engine_close(engine);
}

static void the_earliest_stage_says_what_can_be_done_with_it(void **state)
{
    struct digest id = named(1);
    world_stop(((struct fixture *)*state)->world, HOST);
    dies(*state, &id, (struct death) {CRUMB_FOLD, true, NULL});
    struct engine_suspect out = dies(*state, &id, (struct death) {CRUMB_JUDGE, true, NULL});
    assert_true(out.aside && !out.kept);
    assert_string_equal(out.fatal, "its place");
}

static void another_version_begins_anew(void **state)
{
    struct digest id = named(1);
    struct death newer = {CRUMB_NONE, false, "2"};
    world_stop(((struct fixture *)*state)->world, HOST);
    dies(*state, &id, crash);
    assert_true(dies(*state, &id, crash).aside);
    assert_false(dies(*state, &id, newer).aside);
    newer.stage = CRUMB_BODY;
    newer.crash = true;
    assert_false(dies(*state, &id, newer).aside);
    assert_true(dies(*state, &id, newer).aside);
}

static void a_page_that_says_nothing_sensible_is_no_crash(void **state)
{
    struct digest id = named(1);
    struct engine_suspect found;
    struct crumb crumb = {.layout = CRUMB_LAYOUT, .stage = CRUMB_STAGES, .died = 1};
    world_stop(((struct fixture *)*state)->world, HOST);
    crumb.id = id;
    struct engine *engine = open_after(*state, &crumb);
    assert_false(engine_suspect(engine, 0, &found));
    engine_close(engine);
}

/* Whoever makes a node crash over many things fills no table: suspicions go, findings stay. */
static void there_is_room_for_so_many_and_findings_stay(void **state)
{
    struct digest worst = named(1000), id;
    world_stop(((struct fixture *)*state)->world, HOST);
    dies(*state, &worst, crash);
    dies(*state, &worst, crash);
    for (size_t i = 0; i < SUSPECT_MAX + 3; i++) {
        id = named(i);
        assert_true(dies(*state, &id, crash).fresh);
    }
    struct crumb crumb = {.layout = CRUMB_LAYOUT};
    struct engine *engine = open_after(*state, &crumb);
    assert_int_equal(engine->suspect_count, SUSPECT_MAX);
    assert_int_equal(suspect_barred(engine, &worst), CRUMB_BODY);
    engine_close(engine);
}

/* ---- what comes of it ---- */

static struct {
    const struct fixture *fixture;
    enum fault (*record_put)(struct store *, struct store_record *);
    size_t seen;
} spy;

static enum fault spy_put(struct store *store, struct store_record *record)
{
    const struct crumb *crumb = world_engine(spy.fixture->world, HOST)->crumb;
    if (!(record->flags & STORE_OURS)) {
        assert_int_equal(crumb->stage, CRUMB_FOLD);
        assert_true(digest_equal(&crumb->id, &record->id));
        assert_string_equal(crumb->from, "node.helmo.be");
        spy.seen++;
    }
    return spy.record_put(store, record);
}

static void a_record_is_at_hand_while_it_is_kept_and_not_afterwards(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = world_store(fixture->world, HOST);
    spy.fixture = fixture;
    spy.record_put = store->record_put;
    spy.seen = 0;
    store->record_put = spy_put;
    world_submit(fixture->world, HOME, &fixture->nomination);
    assert_true(world_settle(fixture->world, 10 * second));
    store->record_put = spy.record_put;
    assert_int_equal(spy.seen, 1);
    assert_int_equal(world_engine(fixture->world, HOST)->crumb->stage, CRUMB_NONE);
}

/* The host died twice over the record before it could keep it. */
static struct event_answer barred(struct fixture *fixture, enum crumb_stage stage)
{
    struct death death = {stage, true, NULL};
    world_stop(fixture->world, HOST);
    struct event_answer answer = world_submit(fixture->world, HOME, &fixture->nomination);
    assert_int_equal(answer.verdict, VERDICT_FINE);
    assert_false(answer.ready);
    dies(fixture, &answer.id, death);
    assert_true(dies(fixture, &answer.id, death).aside);
    assert_true(world_start(fixture->world, HOST));
    world_run(fixture->world, 60 * second);
    return answer;
}

static size_t held(const struct fixture *fixture, size_t node, struct store_record **records)
{
    struct store *store = world_store(fixture->world, node);
    size_t count;
    assert_int_equal(store->record_scan(store, 0, 100, fixture->arena, records, &count),
                     FAULT_NONE);
    return count;
}

static void what_cannot_be_folded_is_stuck_with_its_author(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = world_store(fixture->world, HOME);
    struct store_outbox_row *rows;
    struct store_record *records;
    size_t count;
    barred(fixture, CRUMB_FOLD);
    assert_int_equal(held(fixture, HOST, &records), 0);
    assert_int_equal(store->outbox_next(store, 1, 0, true, 10, fixture->arena, &rows, &count),
                     FAULT_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].code, VERDICT_INTERNAL);
}

static void what_cannot_be_judged_is_held_receipted_and_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store_record *records;
    struct event_answer answer = barred(fixture, CRUMB_JUDGE);
    assert_int_equal(held(fixture, HOST, &records), 2);
    assert_true(digest_equal(&records[0].id, &answer.id));
    assert_int_equal(records[0].flags, STORE_JUDGED | STORE_ASIDE | STORE_RECEIPTED);
    assert_int_equal(records[1].kind, PEREGRIN__KIND__KIND_REFUSAL);
    assert_int_equal(held(fixture, HOME, &records), 2);
    assert_int_equal(records[0].flags, STORE_OURS | STORE_JUDGED | STORE_RECEIPTED);
    assert_int_equal(records[1].kind, PEREGRIN__KIND__KIND_REFUSAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_crash_sets_it_aside, begin, end),
        cmocka_unit_test_setup_teardown(a_kill_weighs_an_eighth_of_a_crash, begin, end),
        cmocka_unit_test_setup_teardown(what_is_looked_into_between_steps_is_at_hand_too, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_earliest_stage_says_what_can_be_done_with_it, begin,
                                        end),
        cmocka_unit_test_setup_teardown(another_version_begins_anew, begin, end),
        cmocka_unit_test_setup_teardown(a_page_that_says_nothing_sensible_is_no_crash, begin, end),
        cmocka_unit_test_setup_teardown(there_is_room_for_so_many_and_findings_stay, begin, end),
        cmocka_unit_test_setup_teardown(a_record_is_at_hand_while_it_is_kept_and_not_afterwards,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_folded_is_stuck_with_its_author, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_judged_is_held_receipted_and_refused, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
