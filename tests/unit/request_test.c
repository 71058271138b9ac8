/* links: base seal record trust wire rules channel stream store engine sim */
/* Idempotency keys: the same request has one effect, another one under the same key is refused. */
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

struct fixture {
    struct world *world;
    struct arena *arena;
    struct event_submission nomination;
};

static struct bytes nomination_body(struct arena *arena, const char *comment)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Example";
    person.given_names = "Ada";
    person.birth_date = "2004-02-29";
    person.email = "ada@example.org";
    person.esi = "urn:schac:personalUniqueCode:int:esi:helmo.be:1";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    nomination.comment = (char *)comment;
    return codec_pack(&nomination.base, arena);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture.world = world_open(11, names, 2);
    fixture.arena = arena_open(1 << 20);
    assert_true(world_settle(fixture.world, 60 * (int64_t)INSTANT_SECOND));
    fixture.nomination = (struct event_submission) {
        .own = names[0],
        .partner = names[1],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = nomination_body(fixture.arena, "one"),
        .request = bytes_text("key"),
    };
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

static void the_same_request_has_one_effect(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer first = world_submit(fixture->world, 0, &fixture->nomination);
    struct event_answer second = world_submit(fixture->world, 0, &fixture->nomination);
    assert_int_equal(first.verdict, VERDICT_FINE);
    assert_int_equal(second.verdict, VERDICT_FINE);
    assert_false(first.repeated);
    assert_true(second.repeated);
    assert_memory_equal(&first.id, &second.id, sizeof first.id);
    assert_memory_equal(&first.place.dossier, &second.place.dossier, sizeof first.place.dossier);
}

static void another_body_under_the_same_key_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct event_submission other = fixture->nomination;
    other.body = nomination_body(fixture->arena, "two");
    assert_int_equal(world_submit(fixture->world, 0, &fixture->nomination).verdict, VERDICT_FINE);
    assert_int_equal(world_submit(fixture->world, 0, &other).verdict, VERDICT_DUPLICATE);
}

static void another_target_under_the_same_key_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer opened = world_submit(fixture->world, 0, &fixture->nomination);
    assert_true(world_settle(fixture->world, 60 * (int64_t)INSTANT_SECOND));
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    struct digest other = {{1}};
    struct event_submission submission = {
        .own = names[1],
        .partner = names[0],
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .opened_by_partner = true,
        .dossier = opened.place.dossier,
        .target = digest_bytes(&opened.id),
        .body = codec_pack(&decision.base, fixture->arena),
        .request = bytes_text("decide"),
    };
    assert_int_equal(world_submit(fixture->world, 1, &submission).verdict, VERDICT_FINE);
    submission.target = digest_bytes(&other);
    assert_int_equal(world_submit(fixture->world, 1, &submission).verdict, VERDICT_DUPLICATE);
}

/* A key belongs to the institution that used it. */
static void a_key_of_another_institution_is_another_key(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(world_submit(fixture->world, 0, &fixture->nomination).verdict, VERDICT_FINE);
    struct event_submission other = fixture->nomination;
    other.own = names[1];
    other.partner = names[0];
    struct event_answer answer = world_submit(fixture->world, 1, &other);
    assert_int_equal(answer.verdict, VERDICT_FINE);
    assert_false(answer.repeated);
}

/* What was refused may be mended and tried again under the same key. */
static void a_refused_request_keeps_no_key(void **state)
{
    struct fixture *fixture = *state;
    struct event_submission bad = fixture->nomination;
    bad.partner = "nowhere.example";
    assert_int_equal(world_submit(fixture->world, 0, &bad).verdict, VERDICT_UNKNOWN);
    assert_int_equal(world_submit(fixture->world, 0, &fixture->nomination).verdict, VERDICT_FINE);
}

/* Names that are made together lie together in every store; no two are alike. */
static void dossiers_of_one_minute_have_ascending_names(void **state)
{
    struct fixture *fixture = *state;
    struct header_dossier before = {{0}};
    fixture->nomination.request = (struct bytes) {0};
    for (int i = 0; i < 200; i++) {
        struct event_answer answer = world_submit(fixture->world, 0, &fixture->nomination);
        assert_int_equal(answer.verdict, VERDICT_FINE);
        assert_true(memcmp(&before, &answer.place.dossier, sizeof before) < 0);
        before = answer.place.dossier;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_request_has_one_effect, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_body_under_the_same_key_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(another_target_under_the_same_key_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_key_of_another_institution_is_another_key, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_refused_request_keeps_no_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dossiers_of_one_minute_have_ascending_names, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
