/* links: base seal record trust wire rules channel stream store engine sim */
#include "message.pb-c.h"
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "seal/entropy.h"
#include "sim/checks.h"
#include "sim/impostor.h"
#include "sim/people.h"
#include "store/store_memory.h"
#include "wire/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What a story cannot say: the engine's edges. How nodes behave together is told in tests/stories.
 */
enum { ARENA = 64 * 1024 * 1024 };

static const char *const pair[] = {"helmo.be", "uhasselt.be"};
static const int64_t second = INSTANT_SECOND;

struct fixture {
    struct world *world;
    struct arena *arena;
    struct event_submission nomination;
};

static int begin(void **state)
{
    static struct fixture fixture;
    struct play_dossier student = {.name = "A"};
    fixture = (struct fixture) {world_open(7, pair, 2), arena_open(ARENA), {0}};
    fixture.nomination = (struct event_submission) {
        .own = "helmo.be",
        .partner = "uhasselt.be",
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, fixture.arena),
    };
    *state = &fixture;
    return fixture.nomination.body.data && world_settle(fixture.world, second) ? 0 : -1;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    world_close(fixture->world);
    arena_close(fixture->arena);
    return 0;
}

static uint64_t counter(const struct fixture *fixture, size_t node, const char *name)
{
    struct engine_counter found;
    for (size_t i = 0; engine_counter(world_engine(fixture->world, node), i, &found); i++)
        if (strcmp(found.name, name) == 0)
            return found.value;
    fail_msg("no counter %s", name);
    return 0;
}

static struct engine_partner partner(const struct fixture *fixture, size_t node)
{
    struct engine_partner out;
    assert_true(engine_partner(world_engine(fixture->world, node), 0, &out));
    return out;
}

/* ---- opening ---- */

static void a_node_opens_only_under_its_own_name_and_key(void **state)
{
    struct fixture *fixture = *state;
    uint8_t other_key[32] = {9};
    struct engine *engine = NULL;
    const char *why = NULL;
    struct store *store = store_memory_open();
    struct engine_settings settings = {
        .node = "node.nobody.example",
        .transport_secret = other_key,
        .suite = world_suite(fixture->world, 0),
        .store = store,
        .catalogue = world_catalogue(fixture->world),
        .now = world_now(fixture->world),
    };
    assert_int_equal(engine_open(&settings, &engine, &why), FAULT_CONFIG);
    assert_string_equal(why, "this node is not in the catalogue");
    settings.node = "node.helmo.be";
    assert_int_equal(engine_open(&settings, &engine, &why), FAULT_CONFIG);
    assert_non_null(strstr(why, "transport key"));
    assert_null(engine);
    engine_close(NULL);
    store->close(store);
}

/* ---- facts ---- */

static void a_partner_is_shown_with_what_it_waits_for(void **state)
{
    struct fixture *fixture = *state;
    struct engine_partner facts = partner(fixture, 0);
    assert_string_equal(facts.own, "helmo.be");
    assert_string_equal(facts.partner, "uhasselt.be");
    assert_string_equal(facts.node, "node.uhasselt.be");
    assert_true(facts.dialled && facts.heard && !facts.guard_armed);
    assert_string_equal(facts.waits_for, "connected");
    assert_false(engine_partner(world_engine(fixture->world, 0), 1, &facts));

    world_stop(fixture->world, 1);
    world_submit(fixture->world, 0, &fixture->nomination);
    world_run(fixture->world, 20 * second);
    facts = partner(fixture, 0);
    assert_false(facts.dialled);
    assert_int_equal(facts.outbox, 1);
    assert_true(facts.attempts > 0 && facts.next_try.us > 0);
    assert_non_null(strstr(facts.waits_for, "not reachable"));

    world_stop(fixture->world, 0);
    assert_true(world_start(fixture->world, 0));
    assert_true(partner(fixture, 0).guard_armed);
    assert_int_equal(partner(fixture, 0).outbox, 1); /* read from the store */
}

static void a_ping_tells_the_length_of_the_way(void **state)
{
    struct fixture *fixture = *state;
    world_network(fixture->world, (struct world_network) {.delay_us = 30000});
    world_ping(fixture->world, 0, 1);
    world_run(fixture->world, second);
    assert_in_range(partner(fixture, 0).round_trip_us, 60000, 60100);
}

/* ---- what users say ---- */

struct refused {
    const char *partner;
    uint32_t kind;
    bool opens;
    size_t body_size; /* of zeros; 0: a good nomination */
    enum verdict verdict;
};

static void a_submission_that_cannot_be_is_refused_at_once(void **state)
{
    static const struct refused rows[] = {
        {"nobody.example", 16, true, 0, VERDICT_UNKNOWN},
        {"uhasselt.be", 99, true, 0, VERDICT_NOT_UNDERSTOOD},
        {"uhasselt.be", PEREGRIN__KIND__KIND_REFUSAL, false, 0, VERDICT_NOT_UNDERSTOOD},
        {"uhasselt.be", 16, false, 0, VERDICT_OUT_OF_TURN},
        {"uhasselt.be", 17, true, 0, VERDICT_OUT_OF_TURN},
        {"uhasselt.be", 17, false, 0, VERDICT_NOT_FOUND},
        {"uhasselt.be", 16, true, HEADER_BODY_MAX + 1, VERDICT_TOO_LARGE},
        {"uhasselt.be", 16, true, 10, VERDICT_MALFORMED},
    };
    struct fixture *fixture = *state;
    const uint8_t *zeros = arena_take(fixture->arena, HEADER_BODY_MAX + 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct event_submission submission = fixture->nomination;
        submission.partner = rows[i].partner;
        submission.kind = rows[i].kind;
        submission.opens = rows[i].opens;
        if (rows[i].body_size)
            submission.body = (struct bytes) {zeros, rows[i].body_size};
        struct event_answer answer = world_submit(fixture->world, 0, &submission);
        assert_int_equal(answer.verdict, rows[i].verdict);
        assert_int_equal(answer.finding.verdict, rows[i].verdict);
    }
    assert_int_equal(counter(fixture, 0, "records_submitted"), 0);
}

static void a_body_that_breaks_a_rule_is_named_with_the_rule(void **state)
{
    struct fixture *fixture = *state;
    struct play_dossier student = {.name = "no address"};
    struct event_submission submission = fixture->nomination;
    submission.body = people_nomination(&student, fixture->arena);
    struct event_answer answer = world_submit(fixture->world, 0, &submission);
    assert_int_equal(answer.verdict, VERDICT_INVALID);
    assert_string_equal(answer.finding.rule, "nomination.email");
    assert_non_null(answer.finding.remedy);
}

static void an_answer_names_the_place_of_the_record(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer answer = world_submit(fixture->world, 0, &fixture->nomination);
    struct store *store = world_store(fixture->world, 0);
    int64_t serial;
    assert_int_equal(answer.verdict, VERDICT_FINE);
    assert_false(answer.ready || answer.repeated);
    assert_int_equal(
        store->record_find(store, &answer.place, answer.lane, answer.index, &answer.id, &serial),
        FAULT_NONE);
    assert_true(serial > 0);
}

static void many_records_of_one_moment_share_a_seal(void **state)
{
    struct fixture *fixture = *state;
    world_stop(fixture->world, 1);
    world_stop(fixture->world, 0);
    assert_true(world_start(fixture->world, 0));
    for (int i = 0; i < 300; i++)
        assert_true(world_submit(fixture->world, 0, &fixture->nomination).ready);
    assert_int_equal(counter(fixture, 0, "seals_made"), 0); /* the guard is armed */
    assert_true(world_start(fixture->world, 1));
    assert_true(world_settle(fixture->world, 60 * second));
    assert_in_range(counter(fixture, 0, "seals_made"), 1, 8);
    assert_int_equal(counter(fixture, 1, "records_taken"), 300);
    assert_null(checks_store(fixture->world, 1, fixture->arena));
    assert_null(checks_same(fixture->world, 0, 1, fixture->arena));
}

/* ---- what strangers say ---- */

static void rubbish_is_counted_and_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before = counter(fixture, 0, "frames_refused");
    uint8_t wire[300];
    for (size_t i = 0; i < 200; i++) {
        entropy_expand((const uint8_t[ENTROPY_SEED_SIZE]) {1}, "rubbish", i, wire, sizeof wire);
        if (i % 2) { /* a version and a type that exist */
            wire[0] = FRAME_VERSION;
            wire[1] = (uint8_t)(1 + i / 2 % 4);
            wire[2] = wire[3] = 0;
        }
        struct world_passing passing = {
            .from = 1, .to = 0, .dialled = i % 3 == 0, .what = "rubbish", .wire = wire};
        passing.size = i % 7 ? sizeof wire : i;
        world_inject(fixture->world, &passing);
    }
    world_run(fixture->world, 1000);
    assert_int_equal(counter(fixture, 0, "frames_refused") - before, 200);
    world_submit(fixture->world, 0, &fixture->nomination);
    assert_true(world_settle(fixture->world, second));
    assert_int_equal(counter(fixture, 0, "sessions"), 1);
}

/* Each message in the wrong session: what is not in the table is out of turn. */
static void a_message_in_the_wrong_session_is_out_of_turn(void **state)
{
    struct fixture *fixture = *state;
    Peregrin__Ping nonce = PEREGRIN__PING__INIT;
    Peregrin__Message ping = PEREGRIN__MESSAGE__INIT, pong = PEREGRIN__MESSAGE__INIT;
    nonce.has_nonce = true;
    ping.what_case = PEREGRIN__MESSAGE__WHAT_PING;
    ping.ping = &nonce;
    pong.what_case = PEREGRIN__MESSAGE__WHAT_PONG;
    pong.pong = &nonce;
    struct bytes asks = codec_pack(&ping.base, fixture->arena);
    struct bytes answers = codec_pack(&pong.base, fixture->arena);
    uint64_t before = counter(fixture, 0, "frames_refused");
    assert_true(impostor_says(fixture->world, (struct impostor_line) {1, 0, false}, asks));
    assert_true(impostor_says(fixture->world, (struct impostor_line) {1, 0, true}, answers));
    world_run(fixture->world, 1000);
    assert_int_equal(counter(fixture, 0, "frames_refused") - before, 2);
    assert_true(impostor_says(fixture->world, (struct impostor_line) {1, 0, true}, asks));
    world_run(fixture->world, 1000);
    assert_int_equal(counter(fixture, 0, "frames_refused") - before, 2);
}

/* A partner that acks and receipts what was never sent gains nothing. */
static void an_ack_ahead_of_us_gives_no_credit(void **state)
{
    struct fixture *fixture = *state;
    Peregrin__Ack ack = PEREGRIN__ACK__INIT;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    ack.issuer = "helmo.be";
    ack.audience = "uhasselt.be";
    ack.has_next_position = ack.has_credit_records = ack.has_credit_bytes = true;
    ack.next_position = 1000;
    message.what_case = PEREGRIN__MESSAGE__WHAT_ACK;
    message.ack = &ack;
    uint64_t before = counter(fixture, 0, "frames_refused");
    assert_true(impostor_says(fixture->world, (struct impostor_line) {1, 0, false},
                              codec_pack(&message.base, fixture->arena)));
    world_run(fixture->world, 1000);
    assert_int_equal(counter(fixture, 0, "frames_refused") - before, 1);
}

/* ---- the oracle of the stories ---- */

struct broken {
    const char *what; /* in the sentence */
    void (*make)(struct store *store, uint32_t pair, const struct store_record *record);
};

static void unjudge(struct store *store, uint32_t, const struct store_record *record)
{
    assert_int_equal(store->record_flag(store, record->serial, 0, STORE_JUDGED), FAULT_NONE);
}

static void leave_in_outbox(struct store *store, uint32_t number, const struct store_record *record)
{
    struct store_outbox_row row = {.serial = record->serial, .seal = record->seal};
    assert_int_equal(store->outbox_put(store, number, &row), FAULT_NONE);
}

static void close_row(struct store *store, uint32_t, const struct store_record *record)
{
    struct store_dossier row = {.place = record->place, .state = DOSSIER_WITHDRAWN, .lengths = {1}};
    assert_int_equal(store->dossier_put(store, &row), FAULT_NONE);
}

static void change_seal(struct store *store, uint32_t number, const struct store_record *record)
{
    struct store_signed seal = {.pair = number, .wire = record->header, .leaves = record->salt};
    assert_int_equal(store->seal_put(store, &seal), FAULT_NONE);
    assert_int_equal(store->record_sealed(store, record->serial, seal.number, 0), FAULT_NONE);
}

static void take_twice(struct store *store, uint32_t, const struct store_record *record)
{
    struct store_record again = *record;
    again.place.dossier.bytes[15] ^= 1;
    assert_int_equal(store->record_put(store, &again), FAULT_NONE);
}

static void the_oracle_sees_what_is_broken(void **state)
{
    static const struct broken rows[] = {
        {"it is folded and was not judged", unjudge},
        {"the outbox is not empty", leave_in_outbox},
        {"row says something else", close_row},
        {"seal's signature does not hold", change_seal},
        {"another place than its header says", take_twice},
    };
    struct fixture *fixture = *state;
    world_submit(fixture->world, 0, &fixture->nomination);
    assert_true(world_settle(fixture->world, second));
    assert_null(checks_store(fixture->world, 1, fixture->arena));
    assert_null(checks_same(fixture->world, 0, 1, fixture->arena));
    world_stop(fixture->world, 1);
    world_backup(fixture->world, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        world_restore(fixture->world, 1);
        struct store *store = world_store(fixture->world, 1);
        struct store_record *record;
        uint32_t number = checks_pair(fixture->world, 1, 0, fixture->arena);
        assert_int_equal(store->record_get(store, 1, fixture->arena, &record), FAULT_NONE);
        assert_int_equal(store->begin(store), FAULT_NONE);
        rows[i].make(store, number, record);
        assert_int_equal(store->commit(store), FAULT_NONE);
        const char *wrong = checks_store(fixture->world, 1, fixture->arena);
        if (!wrong)
            wrong = checks_same(fixture->world, 0, 1, fixture->arena);
        assert_non_null(wrong);
        assert_non_null(strstr(wrong, rows[i].what));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_node_opens_only_under_its_own_name_and_key, begin, end),
        cmocka_unit_test_setup_teardown(a_partner_is_shown_with_what_it_waits_for, begin, end),
        cmocka_unit_test_setup_teardown(a_ping_tells_the_length_of_the_way, begin, end),
        cmocka_unit_test_setup_teardown(a_submission_that_cannot_be_is_refused_at_once, begin, end),
        cmocka_unit_test_setup_teardown(a_body_that_breaks_a_rule_is_named_with_the_rule, begin,
                                        end),
        cmocka_unit_test_setup_teardown(an_answer_names_the_place_of_the_record, begin, end),
        cmocka_unit_test_setup_teardown(many_records_of_one_moment_share_a_seal, begin, end),
        cmocka_unit_test_setup_teardown(rubbish_is_counted_and_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_message_in_the_wrong_session_is_out_of_turn, begin, end),
        cmocka_unit_test_setup_teardown(an_ack_ahead_of_us_gives_no_credit, begin, end),
        cmocka_unit_test_setup_teardown(the_oracle_sees_what_is_broken, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
