/* links: base seal record trust wire rules channel stream store engine sim */
/* Nodes that nobody can dial, and several institutions on one node: what is promised of the way
 * beside what stories tell. */
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/statement.h"
#include "sim/ceremony.h"
#include "sim/impostor.h"
#include "sim/world.h"
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

enum { HELMO, QMU, KAZNU, MEMBERS };
enum { PUSHED_MAX = 120 * 1024, RECORDS = 300 };

static const int64_t second = INSTANT_SECOND;

static struct bytes body_make(struct arena *arena)
{
    static char comment[1500];
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    memset(comment, 'x', sizeof comment - 1);
    person.family_name = "Example";
    person.given_names = "Ada";
    person.birth_date = "2004-02-29";
    person.email = "ada@example.org";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    nomination.comment = comment;
    return codec_pack(&nomination.base, arena);
}

static struct event_answer nominates(struct world *world, size_t from, size_t to)
{
    struct arena *arena = arena_open(1 << 16);
    struct event_submission submission = {
        .own = world_institution(world, from),
        .partner = world_institution(world, to),
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = body_make(arena),
    };
    struct event_answer answer = world_submit(world, from, &submission);
    arena_close(arena);
    return answer;
}

static struct engine_partner partner_of(struct world *world, size_t node, size_t partner)
{
    struct engine_partner facts;
    for (size_t i = 0; engine_partner(world_engine(world, node), i, &facts); i++)
        if (strcmp(facts.own, world_institution(world, node)) == 0 &&
            strcmp(facts.partner, world_institution(world, partner)) == 0)
            return facts;
    fail_msg("no such partner");
    return facts;
}

static bool says(struct world *world, size_t node, size_t partner, const char *what)
{
    return strstr(partner_of(world, node, partner).waits_for, what);
}

static struct world *callers_open(void)
{
    static const struct world_member members[MEMBERS] = {
        [HELMO] = {.institution = "helmo.be"},
        [QMU] = {.institution = "qmu.kz", .calls_out = true},
        [KAZNU] = {.institution = "kaznu.kz", .calls_out = true},
    };
    struct world *world = world_open_members(5, members, MEMBERS);
    assert_non_null(world);
    world_run(world, second);
    return world;
}

static void a_partner_that_calls_is_waited_for(void **)
{
    struct world *world = callers_open();
    assert_true(says(world, HELMO, QMU, "connected"));
    assert_true(says(world, QMU, HELMO, "connected"));
    assert_true(partner_of(world, HELMO, QMU).heard && partner_of(world, QMU, HELMO).heard);
    world_stop(world, QMU);
    assert_int_equal(nominates(world, HELMO, QMU).verdict, VERDICT_FINE);
    world_run(world, 60 * second);
    assert_string_equal(partner_of(world, HELMO, QMU).waits_for, "waits for its call");
    assert_int_equal(partner_of(world, HELMO, QMU).attempts, 0);
    uint64_t groups = world_groups(world);
    world_stop(world, KAZNU); /* its pings are the only ones left */
    world_run(world, 86400 * second);
    assert_true(world_groups(world) - groups < 10); /* and no timer of ours runs */
    world_ping(world, HELMO, QMU);
    world_run(world, second);
    assert_string_equal(partner_of(world, HELMO, QMU).waits_for, "waits for its call");
    world_close(world);
}

static void two_that_nobody_can_dial_are_told_so(void **)
{
    struct world *world = callers_open();
    assert_true(says(world, QMU, KAZNU, "neither node can be dialled"));
    assert_true(says(world, KAZNU, QMU, "neither node can be dialled"));
    assert_true(partner_of(world, QMU, KAZNU).guard_armed);
    assert_int_equal(nominates(world, QMU, KAZNU).verdict, VERDICT_NOT_PERMITTED);
    world_close(world);
}

/* ---- what is pushed back ---- */

struct scale {
    size_t pushed, frames;
    bool deaf; /* nothing that the caller says arrives */
};

static bool weigh(void *self, struct world *world, const struct world_passing *passing)
{
    struct scale *scale = self;
    (void)world;
    if (passing->from == HELMO && !passing->dialled && strcmp(passing->what, "deliver") == 0) {
        scale->pushed += passing->size;
        scale->frames++;
    }
    return passing->from == HELMO || !scale->deaf;
}

static void what_is_pushed_back_without_a_receipt_is_bounded(void **)
{
    struct world *world = callers_open();
    struct scale scale = {.deaf = true};
    world_tap_set(world, weigh, &scale);
    for (int i = 0; i < RECORDS; i++)
        assert_int_equal(nominates(world, HELMO, QMU).verdict, VERDICT_FINE);
    world_run(world, second); /* less than it takes to go back */
    assert_true(scale.pushed > PUSHED_MAX / 2);
    assert_true(scale.pushed <= PUSHED_MAX);
    scale.deaf = false;
    world_run(world, 60 * second);
    assert_int_equal(partner_of(world, HELMO, QMU).outbox, 0);
    assert_true(scale.frames >= RECORDS);
    world_close(world);
}

static void one_record_larger_than_the_share_is_pushed_alone(void **)
{
    static const struct world_member members[] = {
        {.institution = "helmo.be"},
        {.institution = "qmu.kz", .calls_out = true},
        {.institution = "a.kz", .host = "qmu.kz"},
        {.institution = "b.kz", .host = "qmu.kz"},
        {.institution = "c.kz", .host = "qmu.kz"},
    };
    struct world *world = world_open_members(6, members, 5);
    assert_non_null(world);
    assert_true(world_settle(world, 5 * second));
    struct scale scale = {0};
    world_tap_set(world, weigh, &scale);
    for (int i = 0; i < RECORDS; i++)
        assert_int_equal(nominates(world, HELMO, QMU + (size_t)i % 4).verdict, VERDICT_FINE);
    assert_true(world_settle(world, 120 * second));
    for (size_t i = QMU; i < 5; i++)
        assert_int_equal(partner_of(world, HELMO, i).outbox, 0);
    world_close(world);
}

/* ---- both directions on one session ---- */

struct stream {
    char *issuer, *audience;
};

static Peregrin__Message said_of(uint32_t what, struct stream of, bool answer, struct arena *arena)
{
    static uint8_t sum[32];
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    Peregrin__Summary *summary = arena_take(arena, sizeof *summary);
    Peregrin__Ack *ack = arena_take(arena, sizeof *ack);
    Peregrin__Notice *notice = arena_take(arena, sizeof *notice);
    peregrin__summary__init(summary);
    peregrin__ack__init(ack);
    peregrin__notice__init(notice);
    summary->issuer = ack->issuer = notice->issuer = of.issuer;
    summary->audience = ack->audience = notice->audience = of.audience;
    summary->has_count = summary->has_sum = summary->has_unreceipted = true;
    summary->sum = (ProtobufCBinaryData) {sizeof sum, sum};
    summary->has_answer = summary->answer = answer;
    summary->has_credit_records = summary->has_credit_bytes = answer;
    ack->has_next_position = ack->has_credit_records = ack->has_credit_bytes = true;
    notice->has_position = notice->has_code = true;
    notice->code = VERDICT_FORGED;
    message.what_case = what;
    if (what == PEREGRIN__MESSAGE__WHAT_SUMMARY)
        message.summary = summary;
    else if (what == PEREGRIN__MESSAGE__WHAT_ACK)
        message.ack = ack;
    else
        message.notice = notice;
    return message;
}

static uint64_t counted(struct world *world, size_t node, const char *name)
{
    struct engine_counter counter;
    for (size_t i = 0; engine_counter(world_engine(world, node), i, &counter); i++)
        if (strcmp(counter.name, name) == 0)
            return counter.value;
    fail_msg("no %s", name);
    return 0;
}

/* On the session that carries both directions, the stream that is named tells who may say what. */
static void each_side_has_its_part_in_each_stream(void **)
{
    static const struct stream callers = {"qmu.kz", "helmo.be"}, called = {"helmo.be", "qmu.kz"};
    static const struct {
        uint32_t what;
        struct stream of;
        bool answer;
    } wrong[] = {
        /* the caller says what is the part of its stream's audience, or of the other's issuer */
        {PEREGRIN__MESSAGE__WHAT_ACK, callers, false},
        {PEREGRIN__MESSAGE__WHAT_NOTICE, callers, false},
        {PEREGRIN__MESSAGE__WHAT_SUMMARY, callers, true},
        {PEREGRIN__MESSAGE__WHAT_SUMMARY, called, false},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct world *world = callers_open();
        struct arena *arena = arena_open(1 << 16);
        Peregrin__Message message = said_of(wrong[i].what, wrong[i].of, wrong[i].answer, arena);
        uint64_t refused = counted(world, HELMO, "frames_refused");
        uint64_t out = counted(world, HELMO, "frames_out");
        struct impostor_line line = {QMU, HELMO, true};
        assert_true(impostor_says(world, line, message_write(&message, arena)));
        world_run(world, second / 10);
        assert_int_equal(counted(world, HELMO, "frames_refused"), refused + 1);
        assert_int_equal(counted(world, HELMO, "frames_out"), out);
        arena_close(arena);
        world_close(world);
    }
}

/* ---- on one node ---- */

static void a_receipt_on_one_node_names_no_session(void **)
{
    static const struct world_member members[] = {
        {.institution = "uhasselt.be"},
        {.institution = "itg.be", .host = "uhasselt.be"},
    };
    static const uint8_t zero[32];
    struct world *world = world_open_members(7, members, 2);
    struct arena *arena = arena_open(1 << 20);
    struct store *store = world_store(world, 0);
    struct store_record *records;
    struct store_receipt_link link;
    struct store_signed *receipt;
    Peregrin__Signed *signed_;
    Peregrin__ReceiptStatement *said;
    size_t count;
    struct event_answer answer = nominates(world, 0, 1);
    assert_int_equal(answer.verdict, VERDICT_FINE);
    assert_false(answer.ready);
    assert_true(says(world, 0, 1, "on this node") && says(world, 1, 0, "on this node"));
    assert_false(partner_of(world, 0, 1).guard_armed);
    assert_int_equal(store->record_list(store, &answer.place, false, arena, &records, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(store->receipt_of(store, records[0].serial, &link), 0);
    assert_int_equal(store->receipt_get(store, link.receipt, arena, &receipt), 0);
    assert_int_equal(statement_read_signed(receipt->wire, arena, &signed_), VERDICT_FINE);
    struct bytes statement = {signed_->statement.data, signed_->statement.len};
    assert_int_equal(statement_read_receipt(statement, arena, &said), VERDICT_FINE);
    assert_string_equal(said->issuer, "itg.be");
    assert_string_equal(said->audience, "uhasselt.be");
    assert_int_equal(said->handshake.len, sizeof zero);
    assert_memory_equal(said->handshake.data, zero, sizeof zero);
    arena_close(arena);
    world_close(world);
}

/* The catalogue of this world's keys in which itg.be is served by the node of uhasselt.be. */
static struct catalogue *catalogue_moved(uint64_t seed, struct ceremony_keys *keys,
                                         struct arena *arena)
{
    static const char *const names[] = {"uhasselt.be", "itg.be"};
    static const struct suite_keys none;
    const struct ceremony_keys *all[] = {&keys[0], &keys[1]};
    uint8_t bytes[ENTROPY_SEED_SIZE] = {0};
    struct suite suite = suite_over((struct suite_keys *)&none);
    struct catalogue *catalogue = NULL;
    bytes_write_u64le(bytes, seed);
    for (size_t i = 0; i < 2; i++)
        ceremony_keys_make(bytes, names[i], "node.uhasselt.be", NULL, &keys[i]);
    keys[1].lodges = true;
    assert_true(ceremony_catalogue(bytes, all, 2, world_beginning(), &suite, arena, &catalogue));
    return catalogue;
}

static struct event_answer accepts(struct world *world, size_t from, size_t to,
                                   const struct store_place *place)
{
    struct arena *arena = arena_open(1 << 16);
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    struct event_submission submission = {
        .own = world_institution(world, from),
        .partner = world_institution(world, to),
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .opened_by_partner = true,
        .dossier = place->dossier,
        .body = codec_pack(&decision.base, arena),
    };
    struct event_answer answer = world_submit(world, from, &submission);
    arena_close(arena);
    return answer;
}

static uint64_t held(struct world *world, const char *own, const char *partner, bool ours)
{
    struct store *store = world_store(world, 0);
    struct summary summary;
    uint64_t unreceipted;
    uint32_t pair;
    assert_int_equal(store->begin(store), 0);
    assert_int_equal(store->pair_open(store, own, partner, &pair), 0);
    assert_int_equal(store->summary(store, pair, ours, &summary, &unreceipted), 0);
    assert_int_equal(unreceipted, 0);
    assert_int_equal(store->commit(store), 0);
    return summary.count;
}

/* It comes without a record, and its partner, now at home, has them all. */
static void who_moves_to_its_partner_s_node_finds_its_records(void **)
{
    enum { SEED = 8 };
    static const char *const names[] = {"uhasselt.be", "itg.be"};
    struct world *world = world_open(SEED, names, 2);
    struct arena *arena = arena_open(1 << 24);
    struct ceremony_keys keys[2];
    struct suite_key signs[2];
    struct suite_keys suite_keys = {signs, 2};
    assert_true(world_settle(world, 5 * second));
    struct event_answer first = nominates(world, 0, 1);
    assert_true(world_settle(world, 5 * second));
    assert_int_equal(nominates(world, 1, 0).verdict, VERDICT_FINE);
    assert_int_equal(accepts(world, 1, 0, &first.place).verdict, VERDICT_FINE);
    assert_true(world_settle(world, 5 * second));
    world_stop(world, 0);
    world_stop(world, 1);
    struct world_trust trust = {catalogue_moved(SEED, keys, arena), &suite_keys};
    for (size_t i = 0; i < 2; i++) {
        digest_of(DIGEST_KEY, (struct bytes) {keys[i].sign_public, SEAL_PUBLIC_SIZE},
                  &signs[i].key);
        signs[i].secret = keys[i].sign_secret;
    }
    world_trusts(world, 0, trust);
    assert_true(world_start(world, 0));
    world_run(world, 10 * second);
    assert_int_equal(held(world, "uhasselt.be", "itg.be", true), 1);
    assert_int_equal(held(world, "uhasselt.be", "itg.be", false), 2);
    assert_int_equal(held(world, "itg.be", "uhasselt.be", true), 2);
    assert_int_equal(held(world, "itg.be", "uhasselt.be", false), 1);
    world_close(world);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_partner_that_calls_is_waited_for),
        cmocka_unit_test(two_that_nobody_can_dial_are_told_so),
        cmocka_unit_test(what_is_pushed_back_without_a_receipt_is_bounded),
        cmocka_unit_test(one_record_larger_than_the_share_is_pushed_alone),
        cmocka_unit_test(each_side_has_its_part_in_each_stream),
        cmocka_unit_test(a_receipt_on_one_node_names_no_session),
        cmocka_unit_test(who_moves_to_its_partner_s_node_finds_its_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
