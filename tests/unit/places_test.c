/* links: base seal record trust wire rules channel stream store engine sim */
/* Agreements between two nodes, nominations under their conditions, and places: given by the host
 * alone, in the transaction of its acceptance. */
#include "engine/places.h"

#include "agreement.pb-c.h"
#include "record/codec.h"
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"helmo.be", "uhasselt.be"};
enum { HOME, HOST };

struct fixture {
    struct world *world;
    struct arena *arena;
    struct event_answer terms; /* the newest proposal of the home */
    char agreement[HEADER_DOSSIER_TEXT];
    struct event_answer opened;
    struct event_answer said; /* the last one */
    bool over;
};

static void run(struct fixture *fixture)
{
    assert_true(world_settle(fixture->world, 120 * (int64_t)INSTANT_SECOND));
}

/* `in`: the dossier that it belongs to; NULL: a new one. */
static struct event_answer say(struct fixture *fixture, size_t node, uint32_t kind,
                               const struct event_answer *in, const struct digest *target,
                               const ProtobufCMessage *body)
{
    struct event_submission submission = {
        .own = names[node],
        .partner = names[1 - node],
        .kind = kind,
        .opens = !in,
        .opened_by_partner = node == HOST,
        .body = codec_pack(body, fixture->arena),
        .over_quota = fixture->over,
    };
    if (in)
        submission.dossier = in->place.dossier;
    if (target)
        submission.target = digest_bytes(target);
    fixture->said = world_submit(fixture->world, node, &submission);
    return fixture->said;
}

/* Of these many places under condition `id`, which helmo.be sends under. */
static struct event_answer propose(struct fixture *fixture, const char *id, uint32_t places)
{
    static char *fields[] = {"061"};
    static uint32_t levels[] = {6, 7};
    Peregrin__Condition condition = PEREGRIN__CONDITION__INIT, *conditions[] = {&condition};
    Peregrin__Terms terms = PEREGRIN__TERMS__INIT;
    condition.id = (char *)(uintptr_t)id;
    condition.sending = "helmo.be";
    condition.has_mobility = condition.has_places = condition.has_tenth_months = true;
    condition.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    condition.first_year = "2026/2027";
    condition.last_year = "2028/2029";
    condition.places = places;
    condition.has_tenth_months = places > 0;
    condition.tenth_months = 50 * places;
    condition.n_isced_f = 1;
    condition.isced_f = fields;
    condition.n_eqf = 2;
    condition.eqf = levels;
    terms.reference = "2027-LIEGE-HASSELT";
    terms.n_conditions = 1;
    terms.conditions = conditions;
    const struct event_answer *in = fixture->agreement[0] ? &fixture->terms : NULL;
    fixture->terms = say(fixture, HOME, PEREGRIN__KIND__KIND_TERMS, in, NULL, &terms.base);
    assert_int_equal(fixture->terms.verdict, VERDICT_FINE);
    header_dossier_text(&fixture->terms.place.dossier, fixture->agreement);
    run(fixture);
    return fixture->terms;
}

static void approve(struct fixture *fixture)
{
    Peregrin__Approval approval = PEREGRIN__APPROVAL__INIT;
    say(fixture, HOST, PEREGRIN__KIND__KIND_APPROVAL, &fixture->terms, &fixture->terms.id,
        &approval.base);
    assert_int_equal(fixture->said.verdict, VERDICT_FINE);
    run(fixture);
}

/* A nomination under condition c1, or its amendment, after `change`. */
typedef void change_of(Peregrin__Nomination *nomination);

static struct event_answer nominate_in(struct fixture *fixture, const struct event_answer *in,
                                       change_of *change)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
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
    nomination.agreement = fixture->agreement;
    nomination.condition = "c1";
    if (change)
        change(&nomination);
    return say(fixture, HOME, in ? PEREGRIN__KIND__KIND_AMENDMENT : PEREGRIN__KIND__KIND_NOMINATION,
               in, NULL, &nomination.base);
}

static struct event_answer nominate(struct fixture *fixture, change_of *change)
{
    struct event_answer said = nominate_in(fixture, NULL, change);
    run(fixture);
    return said;
}

static enum verdict accept(struct fixture *fixture, const struct event_answer *dossier)
{
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    return say(fixture, HOST, PEREGRIN__KIND__KIND_DECISION, dossier, NULL, &decision.base).verdict;
}

static size_t counted(struct fixture *fixture, size_t node, enum places_mark mark)
{
    struct store_place in = fixture->opened.place;
    struct places_key key = {fixture->terms.place.dossier, "c1", "2026/2027"};
    size_t count;
    in.opened_by_partner = node == HOST;
    assert_int_equal(places_count(world_store(fixture->world, node), mark, &in, &key, NULL, 99,
                                  fixture->arena, &count),
                     FAULT_NONE);
    return count;
}

static enum dossier_state state_at(struct fixture *fixture, size_t node,
                                   const struct event_answer *dossier)
{
    struct store *store = world_store(fixture->world, node);
    struct store_place place = dossier->place;
    struct store_dossier row;
    bool found;
    place.opened_by_partner = node == HOST;
    assert_int_equal(store->dossier_get(store, &place, &found, &row), FAULT_NONE);
    assert_true(found);
    return (enum dossier_state)row.state;
}

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture) {.world = world_open(13, names, 2), .arena = arena_open(4 << 20)};
    run(&fixture);
    propose(&fixture, "c1", 2);
    approve(&fixture);
    fixture.opened.place = fixture.terms.place;
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

static void as_many_are_accepted_as_there_are_places(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer three[3];
    for (size_t i = 0; i < 3; i++)
        three[i] = nominate(fixture, NULL);
    assert_int_equal(counted(fixture, HOST, PLACES_ASKED), 3);
    assert_int_equal(accept(fixture, &three[0]), VERDICT_FINE);
    /* In the same group: what is not committed yet counts. */
    assert_int_equal(accept(fixture, &three[1]), VERDICT_FINE);
    assert_int_equal(accept(fixture, &three[2]), VERDICT_INVALID);
    assert_string_equal(fixture->said.finding.rule, "decision.places");
    assert_string_equal(fixture->said.finding.got, "2 places, this would be the 3rd");
    run(fixture);
    for (size_t node = 0; node < 2; node++) {
        assert_int_equal(counted(fixture, node, PLACES_GRANTED), 2);
        assert_int_equal(counted(fixture, node, PLACES_ASKED), 1);
        assert_int_equal(state_at(fixture, node, &three[2]), DOSSIER_PENDING);
    }
}

static void a_place_that_is_given_back_is_given_again(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer three[3];
    Peregrin__Withdrawal withdrawal = PEREGRIN__WITHDRAWAL__INIT;
    Peregrin__Revoke revoke = PEREGRIN__REVOKE__INIT;
    revoke.reason = "error";
    for (size_t i = 0; i < 3; i++)
        three[i] = nominate(fixture, NULL);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(accept(fixture, &three[i]), VERDICT_FINE);
    run(fixture);
    assert_int_equal(accept(fixture, &three[2]), VERDICT_INVALID);
    say(fixture, HOME, PEREGRIN__KIND__KIND_WITHDRAWAL, &three[0], NULL, &withdrawal.base);
    run(fixture);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 1);
    assert_int_equal(accept(fixture, &three[2]), VERDICT_FINE);
    run(fixture);
    say(fixture, HOST, PEREGRIN__KIND__KIND_REVOKE, &three[1], NULL, &revoke.base);
    assert_int_equal(fixture->said.verdict, VERDICT_FINE);
    run(fixture);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 1);
    assert_int_equal(counted(fixture, HOME, PLACES_GRANTED), 1);
}

static void who_knows_it_accepts_over_the_quota(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer three[3];
    for (size_t i = 0; i < 3; i++)
        three[i] = nominate(fixture, NULL);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(accept(fixture, &three[i]), VERDICT_FINE);
    fixture->over = true;
    assert_int_equal(accept(fixture, &three[2]), VERDICT_FINE);
    run(fixture);
    /* The home does not count: it is the host's to give. */
    assert_int_equal(state_at(fixture, HOME, &three[2]), DOSSIER_ACCEPTED);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 3);
}

static void other_years(Peregrin__Nomination *nomination)
{
    nomination->year = "2027/2028";
}

static void each_year_has_its_own_places(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 4; i++) {
        struct event_answer one = nominate(fixture, i < 2 ? NULL : other_years);
        assert_int_equal(accept(fixture, &one), VERDICT_FINE);
    }
    struct event_answer one = nominate(fixture, other_years);
    assert_int_equal(accept(fixture, &one), VERDICT_INVALID);
}

static void on_paper(Peregrin__Nomination *nomination)
{
    nomination->agreement = "LIEGE-2019-12";
}

static void an_agreement_on_paper_counts_nothing(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 3; i++) {
        struct event_answer one = nominate(fixture, on_paper);
        assert_int_equal(accept(fixture, &one), VERDICT_FINE);
    }
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 0);
}

static void new_mail(Peregrin__Nomination *nomination)
{
    nomination->person->email = "ada@student.example";
}

static void other_term(Peregrin__Nomination *nomination)
{
    nomination->term = 2;
}

static void granted_places_survive_a_change_of_terms(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer one = nominate(fixture, NULL), two = nominate(fixture, NULL);
    assert_int_equal(accept(fixture, &one), VERDICT_FINE);
    run(fixture);
    propose(fixture, "c1", 0);
    approve(fixture);
    for (size_t node = 0; node < 2; node++)
        assert_int_equal(state_at(fixture, node, &one), DOSSIER_ACCEPTED);
    assert_int_equal(accept(fixture, &two), VERDICT_INVALID);
    assert_string_equal(fixture->said.finding.got, "0 places, this would be the 2nd");
    nominate_in(fixture, &one, new_mail);
    assert_int_equal(fixture->said.verdict, VERDICT_FINE);
    run(fixture);
    assert_int_equal(state_at(fixture, HOST, &one), DOSSIER_ACCEPTED);
    nominate_in(fixture, &one, other_term);
    assert_int_equal(fixture->said.verdict, VERDICT_FINE);
    run(fixture);
    assert_int_equal(state_at(fixture, HOST, &one), DOSSIER_REOPENED);
    assert_int_equal(accept(fixture, &one), VERDICT_FINE); /* it has its place */
    run(fixture);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 1);
}

/* The home did not know of the change: its nomination is let in, and the host answers it. */
static void terms_that_change_meanwhile_are_no_offence(void **state)
{
    struct fixture *fixture = *state;
    propose(fixture, "c2", 2);
    world_stop(fixture->world, HOST);
    struct event_answer one = nominate_in(fixture, NULL, NULL);
    assert_int_equal(one.verdict, VERDICT_FINE);
    world_stop(fixture->world, HOME);
    world_start(fixture->world, HOST);
    Peregrin__Approval approval = PEREGRIN__APPROVAL__INIT;
    say(fixture, HOST, PEREGRIN__KIND__KIND_APPROVAL, &fixture->terms, &fixture->terms.id,
        &approval.base);
    world_start(fixture->world, HOME);
    run(fixture);
    assert_int_equal(state_at(fixture, HOST, &one), DOSSIER_PENDING);
    assert_int_equal(accept(fixture, &one), VERDICT_INVALID);
    assert_string_equal(fixture->said.finding.got, "0 places, this would be the 1st");
    assert_int_equal(nominate(fixture, NULL).verdict, VERDICT_INVALID);
    assert_string_equal(fixture->said.finding.rule, "nomination.condition_there");
}

static void other_field(Peregrin__Nomination *nomination)
{
    nomination->isced_f = "0921";
}

static void no_agreement(Peregrin__Nomination *nomination)
{
    nomination->agreement = "01KAMB3Q8W2T5Y7Z9C4D6F8G0H";
}

static void what_the_terms_do_not_allow_is_not_said(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        change_of *change;
        const char *rule;
    } cases[] = {{other_field, "nomination.condition_isced_f"},
                 {no_agreement, "nomination.agreement_in_force"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(nominate(fixture, cases[i].change).verdict, VERDICT_INVALID);
        assert_string_equal(fixture->said.finding.rule, cases[i].rule);
    }
}

static void an_id_never_means_another_condition(void **state)
{
    struct fixture *fixture = *state;
    Peregrin__Condition condition = PEREGRIN__CONDITION__INIT, *conditions[] = {&condition};
    Peregrin__Terms terms = PEREGRIN__TERMS__INIT;
    condition.id = "c1";
    condition.sending = "uhasselt.be";
    condition.has_mobility = condition.has_places = true;
    condition.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    condition.first_year = condition.last_year = "2026/2027";
    terms.reference = "X";
    terms.n_conditions = 1;
    terms.conditions = conditions;
    say(fixture, HOST, PEREGRIN__KIND__KIND_TERMS, &fixture->terms, NULL, &terms.base);
    assert_int_equal(fixture->said.verdict, VERDICT_INVALID);
    assert_string_equal(fixture->said.finding.rule, "terms.condition_kept");
}

/* Rows in the store, derived from dossiers: neither a restart nor a lost database adds to them. */
static void counts_are_the_same_after_a_restart_and_a_loss(void **state)
{
    struct fixture *fixture = *state;
    struct event_answer three[3];
    for (size_t i = 0; i < 3; i++)
        three[i] = nominate(fixture, NULL);
    world_backup(fixture->world, HOST);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(accept(fixture, &three[i]), VERDICT_FINE);
    run(fixture);
    world_stop(fixture->world, HOST);
    world_start(fixture->world, HOST);
    run(fixture);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 2);
    /* Both acceptances are lost, and come back before another one is said. */
    world_stop(fixture->world, HOST);
    world_restore(fixture->world, HOST);
    world_start(fixture->world, HOST);
    assert_int_equal(accept(fixture, &three[2]), VERDICT_FINE);
    assert_true(fixture->said.ready);
    run(fixture);
    assert_int_equal(counted(fixture, HOST, PLACES_GRANTED), 2);
    assert_int_equal(counted(fixture, HOME, PLACES_GRANTED), 2);
    assert_int_equal(state_at(fixture, HOST, &three[2]), DOSSIER_PENDING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_many_are_accepted_as_there_are_places, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_place_that_is_given_back_is_given_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_knows_it_accepts_over_the_quota, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_year_has_its_own_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_agreement_on_paper_counts_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(granted_places_survive_a_change_of_terms, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(terms_that_change_meanwhile_are_no_offence, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_the_terms_do_not_allow_is_not_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_id_never_means_another_condition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_are_the_same_after_a_restart_and_a_loss, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
