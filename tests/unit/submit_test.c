/* links: base seal record trust wire rules channel stream store engine sim */
/* Who may say what: an institution never says its partner's part, whether it may sign or waits for
 * the guard. */
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const char *const names[] = {"helmo.be", "uhasselt.be"};
enum { HOME, HOST };

struct fixture {
    struct world *world;
    struct arena *arena;
    Peregrin__Person person;
    Peregrin__Nomination nomination;
    struct event_answer opened;
};

static struct event_answer submit(struct fixture *fixture, size_t node, uint32_t kind,
                                  const ProtobufCMessage *body)
{
    struct event_submission submission = {
        .own = names[node],
        .partner = names[1 - node],
        .kind = kind,
        .opens = kind == PEREGRIN__KIND__KIND_NOMINATION,
        .opened_by_partner = node == HOST,
        .dossier = fixture->opened.place.dossier,
        .body = codec_pack(body, fixture->arena),
    };
    return world_submit(fixture->world, node, &submission);
}

static struct event_answer decide(struct fixture *fixture, size_t node)
{
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    return submit(fixture, node, PEREGRIN__KIND__KIND_DECISION, &decision.base);
}

static struct event_answer amend(struct fixture *fixture, size_t node)
{
    fixture->nomination.comment = "amended";
    return submit(fixture, node, PEREGRIN__KIND__KIND_AMENDMENT, &fixture->nomination.base);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture) {.world = world_open(13, names, 2), .arena = arena_open(1 << 20)};
    peregrin__person__init(&fixture.person);
    peregrin__nomination__init(&fixture.nomination);
    fixture.person.family_name = "Example";
    fixture.person.given_names = "Ada";
    fixture.person.birth_date = "2004-02-29";
    fixture.person.email = "ada@example.org";
    fixture.nomination.person = &fixture.person;
    fixture.nomination.has_mobility = fixture.nomination.has_term = fixture.nomination.has_eqf =
        true;
    fixture.nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    fixture.nomination.year = "2026/2027";
    fixture.nomination.term = 1;
    fixture.nomination.eqf = 6;
    fixture.nomination.isced_f = "0613";
    assert_true(world_settle(fixture.world, 60 * (int64_t)INSTANT_SECOND));
    fixture.opened =
        submit(&fixture, HOME, PEREGRIN__KIND__KIND_NOMINATION, &fixture.nomination.base);
    assert_int_equal(fixture.opened.verdict, VERDICT_FINE);
    assert_true(world_settle(fixture.world, 60 * (int64_t)INSTANT_SECOND));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    world_close(fixture->world);
    arena_close(fixture->arena);
    return 0;
}

/* Alone after a start: what is said now waits for the guard. */
static void arm(struct fixture *fixture, size_t node)
{
    world_stop(fixture->world, 1 - node);
    world_stop(fixture->world, node);
    world_start(fixture->world, node);
}

static void the_home_does_not_answer_its_own_nomination(void **state)
{
    assert_int_equal(decide(*state, HOME).verdict, VERDICT_OUT_OF_TURN);
}

static void nor_does_it_while_the_guard_is_armed(void **state)
{
    arm(*state, HOME);
    assert_int_equal(decide(*state, HOME).verdict, VERDICT_OUT_OF_TURN);
    assert_true(amend(*state, HOME).ready);
}

static void the_host_does_not_amend_a_nomination(void **state)
{
    assert_int_equal(amend(*state, HOST).verdict, VERDICT_OUT_OF_TURN);
}

static void nor_does_it_amend_while_the_guard_is_armed(void **state)
{
    arm(*state, HOST);
    assert_int_equal(amend(*state, HOST).verdict, VERDICT_OUT_OF_TURN);
    assert_true(decide(*state, HOST).ready);
}

/* ---- what is said again while it stands ---- */

static bool accepted(struct fixture *fixture)
{
    return decide(fixture, HOST).verdict == VERDICT_FINE &&
           world_settle(fixture->world, 60 * (int64_t)INSTANT_SECOND);
}

static struct event_answer arrive(struct fixture *fixture, const char *date)
{
    Peregrin__StayDay day = PEREGRIN__STAY_DAY__INIT;
    day.date = (char *)(uintptr_t)date;
    return submit(fixture, HOST, PEREGRIN__KIND__KIND_ARRIVAL, &day.base);
}

static void the_same_arrival_again_is_answered_and_not_signed_again(void **state)
{
    assert_true(accepted(*state));
    struct event_answer first = arrive(*state, "2026-09-14");
    assert_int_equal(first.verdict, VERDICT_FINE);
    assert_false(first.repeated);
    struct event_answer again = arrive(*state, "2026-09-14");
    assert_int_equal(again.verdict, VERDICT_FINE);
    assert_true(again.repeated);
    assert_int_equal(again.index, first.index);
    assert_true(digest_equal(&again.id, &first.id));
}

static void a_correction_and_its_correction_are_two_records_more(void **state)
{
    assert_true(accepted(*state));
    struct event_answer first = arrive(*state, "2026-09-14");
    struct event_answer corrected = arrive(*state, "2026-09-15");
    struct event_answer back = arrive(*state, "2026-09-14");
    assert_int_equal(corrected.index, first.index + 1);
    assert_false(back.repeated);
    assert_int_equal(back.index, first.index + 2);
}

static void what_stands_is_told_while_the_guard_is_armed_and_what_is_new_waits(void **state)
{
    struct fixture *fixture = *state;
    assert_true(accepted(fixture));
    assert_false(arrive(fixture, "2026-09-14").repeated);
    assert_true(world_settle(fixture->world, 60 * (int64_t)INSTANT_SECOND));
    arm(fixture, HOST);
    assert_true(arrive(fixture, "2026-09-14").repeated);
    assert_true(arrive(fixture, "2026-09-16").ready);
}

static struct event_answer extend(struct fixture *fixture, size_t node)
{
    Peregrin__Extension body = PEREGRIN__EXTENSION__INIT;
    body.end = "2027-03-31";
    return submit(fixture, node, PEREGRIN__KIND__KIND_EXTENSION, &body.base);
}

/* The home asks for a day and the host grants the same: the words are one, the records two. */
static void the_partners_words_are_never_taken_for_our_own(void **state)
{
    const int64_t minute = 60 * (int64_t)INSTANT_SECOND;
    struct fixture *fixture = *state;
    assert_true(accepted(fixture));
    assert_int_equal(arrive(fixture, "2026-09-14").verdict, VERDICT_FINE);
    assert_true(world_settle(fixture->world, minute));
    struct event_answer asked = extend(fixture, HOME);
    assert_int_equal(asked.verdict, VERDICT_FINE);
    assert_true(world_settle(fixture->world, minute));
    struct event_answer granted = extend(fixture, HOST);
    assert_int_equal(granted.verdict, VERDICT_FINE);
    assert_false(granted.repeated);
    assert_int_equal(granted.lane, 1);
    assert_false(digest_equal(&granted.id, &asked.id));
}

static struct event_answer plan(struct fixture *fixture)
{
    Peregrin__LearningUnit there = PEREGRIN__LEARNING_UNIT__INIT, here;
    Peregrin__LearningUnit *units[] = {&there, &here};
    Peregrin__LearningAgreement body = PEREGRIN__LEARNING_AGREEMENT__INIT;
    there.has_part = there.has_ects_hundredths = there.has_term = true;
    there.part = 1;
    there.code = "STA-1";
    there.title = "Statistics";
    there.ects_hundredths = 600;
    there.term = 1;
    here = there;
    here.part = 2;
    here.code = "MA-7";
    body.units = units;
    body.n_units = 2;
    body.start = "2026-09-14";
    body.end = "2027-01-31";
    body.student_approved_on = "2026-06-01";
    body.student_approved_by = "signature";
    return submit(fixture, HOME, PEREGRIN__KIND__KIND_LEARNING, &body.base);
}

static struct event_answer answer_plan(struct fixture *fixture, Peregrin__Outcome outcome)
{
    Peregrin__LearningDecision decision = PEREGRIN__LEARNING_DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = outcome;
    decision.comment = outcome == PEREGRIN__OUTCOME__OUTCOME_ACCEPT ? NULL : "Take another one.";
    return submit(fixture, HOST, PEREGRIN__KIND__KIND_LEARNING_DECISION, &decision.base);
}

static void an_approved_plan_is_not_asked_about_again_but_a_commented_one_is(void **state)
{
    const int64_t minute = 60 * (int64_t)INSTANT_SECOND;
    struct fixture *fixture = *state;
    assert_true(accepted(fixture));
    assert_int_equal(plan(fixture).verdict, VERDICT_FINE);
    assert_true(plan(fixture).repeated);
    assert_true(world_settle(fixture->world, minute));
    assert_int_equal(answer_plan(fixture, PEREGRIN__OUTCOME__OUTCOME_REFUSE).verdict, VERDICT_FINE);
    assert_true(world_settle(fixture->world, minute));
    assert_false(plan(fixture).repeated);
    assert_true(world_settle(fixture->world, minute));
    assert_int_equal(answer_plan(fixture, PEREGRIN__OUTCOME__OUTCOME_ACCEPT).verdict, VERDICT_FINE);
    assert_true(world_settle(fixture->world, minute));
    assert_true(plan(fixture).repeated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_partners_words_are_never_taken_for_our_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_home_does_not_answer_its_own_nomination, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nor_does_it_while_the_guard_is_armed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_host_does_not_amend_a_nomination, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nor_does_it_amend_while_the_guard_is_armed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_same_arrival_again_is_answered_and_not_signed_again,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_correction_and_its_correction_are_two_records_more,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_stands_is_told_while_the_guard_is_armed_and_what_is_new_waits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_approved_plan_is_not_asked_about_again_but_a_commented_one_is, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
