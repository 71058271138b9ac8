/* links: base seal record trust wire rules channel stream store engine sim */
#include "hostile.h"

/* Keys that end, begin or are revoked, clocks that are wrong, and catalogues that lag. */
enum { PARTIES = 3, MINUTE = 60, HOUR = 3600 };

static const int64_t decades = 40 * 365 * 86400 * (int64_t)INSTANT_SECOND;

/* ---- catalogues that say something else ---- */

struct trust {
    struct catalogue catalogue;
    struct catalogue_institution institutions[PARTIES];
    struct catalogue_key keys[PARTIES][2]; /* by institution, ascending by key id */
    struct catalogue_node nodes[PARTIES];
    struct catalogue_key transport[PARTIES];
    uint8_t second_public[SEAL_PUBLIC_SIZE], second_secret[SEAL_SECRET_SIZE];
    struct suite_key held[2]; /* the victim's */
    struct suite_keys keyring;
};

/* The world's catalogue, with room for a second key of the victim's institution, which is named by
 * nobody yet. */
static struct trust *trust_copy(struct hostile *h)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {77};
    struct trust *trust = arena_take(h->arena, sizeof *trust);
    const struct suite_keys *own = world_suite(h->world, VICTIM).self;
    assert_non_null(trust);
    trust->catalogue = *world_catalogue(h->world);
    for (size_t i = 0; i < PARTIES; i++) {
        trust->institutions[i] = trust->catalogue.institutions[i];
        trust->keys[i][0] = trust->institutions[i].keys[0];
        trust->institutions[i].keys = trust->keys[i];
        trust->nodes[i] = trust->catalogue.nodes[i];
        trust->transport[i] = trust->nodes[i].keys[0];
        trust->nodes[i].keys = &trust->transport[i];
    }
    trust->catalogue.institutions = trust->institutions;
    trust->catalogue.nodes = trust->nodes;
    seal_key_pair(seed, trust->second_public, trust->second_secret);
    struct catalogue_key *second = &trust->keys[VICTIM][1];
    *second = (struct catalogue_key) {
        .id = "k2",
        .public_key = trust->second_public,
        .until = UINT64_MAX,
        .revoked_at = UINT64_MAX,
    };
    digest_of(DIGEST_KEY, (struct bytes) {trust->second_public, SEAL_PUBLIC_SIZE}, &second->digest);
    trust->held[0] = own->keys[0];
    trust->held[1] = (struct suite_key) {second->digest, trust->second_secret};
    trust->keyring = (struct suite_keys) {trust->held, 2};
    return trust;
}

static uint64_t seconds_in(const struct hostile *h, uint64_t from_now)
{
    return instant_seconds(world_now(h->world)) + from_now;
}

/* Both nodes start anew with it. */
static void trust_give(struct hostile *h, const struct trust *trust)
{
    world_stop(h->world, VICTIM);
    world_stop(h->world, HOSTILE);
    world_trusts(h->world, VICTIM, (struct world_trust) {&trust->catalogue, &trust->keyring});
    world_trusts(h->world, HOSTILE, (struct world_trust) {.catalogue = &trust->catalogue});
    assert_true(world_start(h->world, VICTIM));
    assert_true(world_start(h->world, HOSTILE));
}

static void wait(struct hostile *h, int64_t seconds)
{
    world_run(h->world, seconds * hostile_second);
    assert_true(world_up(h->world, VICTIM) && world_up(h->world, HOSTILE));
}

static void nominate(struct hostile *h, size_t node, int number, enum verdict verdict)
{
    assert_int_equal(hostile_nominates(h, node, number).verdict, verdict);
}

/* ---- no key ---- */

static void without_a_key_in_force_nothing_is_signed_and_nothing_crashes(void **state)
{
    struct hostile *h = *state;
    struct trust *trust = trust_copy(h);
    trust->keys[VICTIM][0].until = seconds_in(h, 2 * MINUTE);
    trust->keys[VICTIM][1].from = seconds_in(h, 20 * MINUTE);
    trust->institutions[VICTIM].key_count = 2;
    trust_give(h, trust);
    nominate(h, VICTIM, 1, VERDICT_FINE);
    assert_true(world_settle(h->world, 60 * hostile_second));

    /* One waits for the guard when the key ends. */
    world_stop(h->world, HOSTILE);
    hostile_restart(h, VICTIM);
    struct event_answer ready = hostile_nominates(h, VICTIM, 2);
    assert_int_equal(ready.verdict, VERDICT_FINE);
    assert_true(ready.ready);
    hostile_forget(h);
    world_run(h->world, 3 * MINUTE * hostile_second);
    nominate(h, VICTIM, 3, VERDICT_UNAVAILABLE);
    assert_int_equal(h->alarms[VICTIM], 1);
    assert_non_null(strstr(h->alarm[VICTIM], "no key of helmo.be is in force"));

    assert_true(world_start(h->world, HOSTILE));
    wait(h, MINUTE);
    nominate(h, HOSTILE, 4, VERDICT_FINE);
    wait(h, MINUTE);
    assert_false(hostile_partner(h, VICTIM).guard_armed);
    assert_int_equal(hostile_partner(h, VICTIM).ready, 1);
    assert_non_null(strstr(hostile_partner(h, VICTIM).waits_for, "signing key"));
    assert_int_equal(hostile_held(h, VICTIM, false), 1); /* held, and nothing said for it */
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECEIPTS_GIVEN), 0);
    assert_int_equal(hostile_partner(h, HOSTILE).outbox, 1);

    wait(h, 20 * MINUTE); /* the second one is in force: nobody restarts anything */
    nominate(h, VICTIM, 5, VERDICT_FINE);
    hostile_heals(h);
    assert_int_equal(hostile_held(h, HOSTILE, false), 3);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECEIPTS_GIVEN), 1);
}

static void who_waits_for_a_key_is_woken_when_it_comes(void **state)
{
    struct hostile *h = *state;
    struct trust *trust = trust_copy(h);
    trust->keys[VICTIM][0].until = seconds_in(h, 2 * MINUTE);
    trust->keys[VICTIM][1].from = seconds_in(h, 3 * HOUR);
    trust->institutions[VICTIM].key_count = 2;
    world_stop(h->world, HOSTILE);
    trust_give(h, trust);
    world_stop(h->world, HOSTILE);
    hostile_restart(h, VICTIM);
    assert_true(hostile_nominates(h, VICTIM, 1).ready);
    world_run(h->world, 3 * MINUTE * hostile_second);
    assert_true(world_start(h->world, HOSTILE));
    wait(h, 3 * HOUR + 2 * MINUTE); /* the sessions have ended long ago */
    assert_int_equal(hostile_partner(h, VICTIM).ready, 0);
    hostile_heals(h);
}

static void what_came_without_a_key_is_judged_once_there_is_one(void **state)
{
    struct hostile *h = *state;
    struct trust *trust = trust_copy(h);
    trust->keys[VICTIM][0].until = seconds_in(h, 2 * MINUTE);
    trust->keys[VICTIM][1].from = seconds_in(h, 20 * MINUTE);
    trust->institutions[VICTIM].key_count = 2;
    trust_give(h, trust);
    wait(h, 4 * MINUTE);
    struct hostile_record bad = hostile_opens(h, 1, "2031/2032");
    hostile_delivers(h, hostile_position(h), &bad, 1);
    wait(h, MINUTE);
    assert_int_equal(hostile_held(h, VICTIM, false), 1);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), 0);
    hostile_restart(h, VICTIM); /* a crash does not forget it */
    wait(h, MINUTE);
    assert_false(hostile_partner(h, VICTIM).guard_armed);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), 0);
    wait(h, 20 * MINUTE);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), 1);
}

/* ---- another key ---- */

static const char *signs_with(const struct hostile *h)
{
    Peregrin__SealStatement *seal;
    struct bytes said;
    struct digest key;
    const uint8_t *signature;
    assert_non_null(h->last[PEREGRIN__MESSAGE__WHAT_DELIVER]);
    const Peregrin__Deliver *deliver = h->last[PEREGRIN__MESSAGE__WHAT_DELIVER]->deliver;
    assert_int_equal(statement_single(deliver->seal, &said, &key, &signature), VERDICT_FINE);
    assert_int_equal(statement_read_seal(said, h->arena, &seal), VERDICT_FINE);
    return seal->key_id;
}

static void a_key_that_comes_into_force_while_running_is_used(void **state)
{
    struct hostile *h = *state;
    struct trust *trust = trust_copy(h);
    trust->keys[VICTIM][1].from = seconds_in(h, 10 * MINUTE);
    trust->institutions[VICTIM].key_count = 2;
    trust_give(h, trust);
    wait(h, MINUTE);
    nominate(h, VICTIM, 1, VERDICT_FINE);
    hostile_heals(h);
    assert_string_equal(signs_with(h), "k1");
    wait(h, 10 * MINUTE);
    nominate(h, VICTIM, 2, VERDICT_FINE);
    hostile_heals(h);
    assert_string_equal(signs_with(h), "k2");
    assert_int_equal(hostile_partner(h, VICTIM).stuck, 0);
}

static void revoke_first(struct hostile *h, struct trust *trust)
{
    trust->keys[VICTIM][0].revoked_at = seconds_in(h, 0);
    trust->keys[VICTIM][1].from = seconds_in(h, 0) - MINUTE;
    trust->institutions[VICTIM].key_count = 2;
    trust_give(h, trust);
}

static void a_revoked_key_still_proves_what_was_receipted(void **state)
{
    struct hostile *h = *state;
    enum { RECORDS = 30 };
    world_backup(h->world, HOSTILE);
    for (int i = 0; i < RECORDS; i++)
        nominate(h, VICTIM, i, VERDICT_FINE);
    hostile_heals(h);
    world_stop(h->world, HOSTILE);
    world_restore(h->world, HOSTILE);           /* it lost all of them */
    nominate(h, VICTIM, RECORDS, VERDICT_FINE); /* not receipted: it is sealed anew */
    revoke_first(h, trust_copy(h));
    assert_true(world_settle(h->world, 60 * hostile_second));
    assert_int_equal(hostile_held(h, HOSTILE, false), RECORDS + 1);
    assert_int_equal(hostile_partner(h, VICTIM).stuck, 0);
    assert_int_equal(h->last[PEREGRIN__MESSAGE__WHAT_DELIVER] != NULL, 1);
    nominate(h, VICTIM, RECORDS + 1, VERDICT_FINE); /* under the new one */
    assert_true(world_settle(h->world, 60 * hostile_second));
    assert_int_equal(hostile_held(h, HOSTILE, false), RECORDS + 2);
}

static void own_records_under_a_revoked_key_come_back(void **state)
{
    struct hostile *h = *state;
    enum { RECORDS = 30 };
    world_backup(h->world, VICTIM);
    for (int i = 0; i < RECORDS; i++)
        nominate(h, VICTIM, i, VERDICT_FINE);
    hostile_heals(h);
    world_stop(h->world, VICTIM);
    world_restore(h->world, VICTIM);
    revoke_first(h, trust_copy(h));
    assert_true(world_settle(h->world, 60 * hostile_second));
    assert_int_equal(hostile_held(h, VICTIM, true), RECORDS);
    assert_int_equal(hostile_partner(h, VICTIM).outbox, 0); /* receipted again */
    assert_int_equal(hostile_partner(h, VICTIM).stuck, 0);
}

/* An opening of ours is out, with a counter that the partner has seen, when its node's key ends:
 * the victim's store lost the counter and its clock is half a minute behind. */
static void a_stale_answer_after_the_partners_node_key_ended_is_refused(void **state)
{
    struct hostile *h = *state;
    enum { BEHIND = 30 };
    const int64_t behind = BEHIND * hostile_second, half = hostile_second / 2;
    struct trust *trust = trust_copy(h);
    struct store *store = world_store(h->world, VICTIM);
    uint64_t ends = (seconds_in(h, 0) / MINUTE + 2) * MINUTE; /* by its own clock */
    trust->transport[HOSTILE].until = ends;
    int64_t left = (int64_t)ends * hostile_second + behind - world_now(h->world).us;
    world_run(h->world, left - 10 * hostile_second);
    hostile_restart(h, VICTIM);
    world_run(h->world, 10 * hostile_second - half);
    world_stop(h->world, VICTIM);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(
        store->value_put(store, "dial/node.uhasselt.be", (struct bytes) {(uint8_t[8]) {0}, 8}),
        FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    world_clock(h->world, VICTIM, -behind);
    world_trusts(h->world, VICTIM, (struct world_trust) {&trust->catalogue, &trust->keyring});
    world_network(h->world, (struct world_network) {.delay_us = 400000});
    uint64_t refused_before = hostile_count(h, HOSTILE, PEER_OPENINGS_REFUSED);
    assert_true(world_start(h->world, VICTIM));
    wait(h, 5);
    assert_true(hostile_count(h, HOSTILE, PEER_OPENINGS_REFUSED) > refused_before);
    assert_non_null(strstr(hostile_partner(h, VICTIM).waits_for, "no usable key for its node"));
    assert_int_equal(hostile_count(h, VICTIM, PEER_OPENINGS_STALE), 0);
}

/* ---- clocks ---- */

static void a_clock_before_the_keys_from_makes_no_seals(void **state)
{
    struct hostile *h = *state;
    nominate(h, VICTIM, 1, VERDICT_FINE);
    hostile_heals(h);
    uint64_t seals = hostile_count(h, VICTIM, PEER_SEALS_MADE);
    world_clock(h->world, VICTIM, -decades);
    wait(h, 1);
    for (int i = 0; i < 3; i++)
        nominate(h, VICTIM, 2 + i, VERDICT_UNAVAILABLE);
    nominate(h, HOSTILE, 1, VERDICT_FINE); /* it comes, and is not receipted in 1986 */
    wait(h, 5 * MINUTE);
    assert_int_equal(hostile_count(h, VICTIM, PEER_SEALS_MADE), seals);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECEIPTS_GIVEN), 0);
    world_clock(h->world, VICTIM, 0);
    wait(h, 5 * MINUTE);
    nominate(h, VICTIM, 2, VERDICT_FINE);
    hostile_heals(h);
    assert_int_equal(hostile_partner(h, VICTIM).stuck, 0);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECEIPTS_GIVEN), 1);
    assert_int_equal(hostile_count(h, HOSTILE, PEER_NOTICES), 0);
    assert_int_equal(hostile_held(h, HOSTILE, false), 2);
}

/* ---- catalogues that lag ---- */

static void a_catalogue_that_lags_makes_no_flood(void **state)
{
    struct hostile *h = *state;
    enum { RECORDS = 100, FRAMES_A_MINUTE = 300 };
    struct trust *lagging = trust_copy(h);
    lagging->keys[HOSTILE][0].digest.bytes[0] ^= 1; /* the victim does not know this key */
    world_stop(h->world, VICTIM);
    world_trusts(h->world, VICTIM, (struct world_trust) {.catalogue = &lagging->catalogue});
    assert_true(world_start(h->world, VICTIM));
    wait(h, 10);
    hostile_forget(h);
    for (int i = 0; i < RECORDS; i++)
        nominate(h, HOSTILE, i, VERDICT_FINE);
    wait(h, MINUTE);
    uint64_t before = hostile_count(h, HOSTILE, PEER_FRAMES_OUT);
    uint64_t answers = hostile_count(h, VICTIM, PEER_FRAMES_OUT);
    wait(h, 10 * MINUTE);
    assert_in_range(hostile_count(h, HOSTILE, PEER_FRAMES_OUT) - before, 1, 10 * FRAMES_A_MINUTE);
    assert_in_range(hostile_count(h, VICTIM, PEER_FRAMES_OUT) - answers, 1, 10 * FRAMES_A_MINUTE);
    assert_int_equal(h->alarms[VICTIM], 1);
    assert_non_null(strstr(h->alarm[VICTIM], "fetch the newest"));
    wait(h, 55 * MINUTE);
    assert_int_equal(h->alarms[VICTIM], 2); /* an hour later again */
    assert_int_equal(hostile_held(h, VICTIM, false), 0);
    assert_int_equal(hostile_partner(h, HOSTILE).stuck, 0); /* they wait */

    world_stop(h->world, VICTIM);
    world_trusts(h->world, VICTIM, (struct world_trust) {.catalogue = world_catalogue(h->world)});
    assert_true(world_start(h->world, VICTIM));
    hostile_heals(h);
    assert_int_equal(hostile_held(h, VICTIM, false), RECORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define HOSTILE_TEST(name) cmocka_unit_test_setup_teardown(name, hostile_open, hostile_close)
        HOSTILE_TEST(without_a_key_in_force_nothing_is_signed_and_nothing_crashes),
        HOSTILE_TEST(who_waits_for_a_key_is_woken_when_it_comes),
        HOSTILE_TEST(what_came_without_a_key_is_judged_once_there_is_one),
        HOSTILE_TEST(a_key_that_comes_into_force_while_running_is_used),
        HOSTILE_TEST(a_revoked_key_still_proves_what_was_receipted),
        HOSTILE_TEST(own_records_under_a_revoked_key_come_back),
        HOSTILE_TEST(a_stale_answer_after_the_partners_node_key_ended_is_refused),
        HOSTILE_TEST(a_clock_before_the_keys_from_makes_no_seals),
        HOSTILE_TEST(a_catalogue_that_lags_makes_no_flood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
