/* links: base seal record flow */
/* Networks: made ones have the published statistics, and a part of one is what it says. */
#include "flow/flow_cut.h"
#include "flow/flow_make.h"
#include "flow/flow_measure.h"
#include "flow/flow_wire.h"
#include "record/header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 512 * 1024 * 1024 };

static int begin(void **state)
{
    *state = arena_open(ARENA);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    arena_close(*state);
    return 0;
}

static struct flow_network made(uint32_t count, uint64_t seed, struct arena *arena)
{
    struct flow_network network;
    enum fault fault = flow_make(count, seed, arena, &network);
    assert_int_equal(fault, FAULT_NONE);
    return network;
}

static struct flow_measures measured(const struct flow_network *network, struct arena *arena)
{
    struct flow_measures like;
    enum fault fault = flow_measure(network, arena, &like);
    assert_int_equal(fault, FAULT_NONE);
    return like;
}

/* ---- the published statistics ---- */

/* value is `published`, give or take so many percent of it. */
static void near(const char *what, uint64_t value, uint64_t published, uint64_t percent)
{
    uint64_t apart = value < published ? published - value : value - published;
    if (apart * 100 > published * percent)
        fail_msg("%s: %llu, published %llu, more than %llu %% apart", what,
                 (unsigned long long)value, (unsigned long long)published,
                 (unsigned long long)percent);
}

static void a_made_network_has_the_published_statistics(void **state)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct flow_network network = made(FLOW_MAKE_PUBLISHED, seed, *state);
        struct flow_measures like = measured(&network, *state);
        assert_int_equal(like.institutions, 2574);
        near("links", like.links, 77077, 1);
        near("students", like.students, 207790, 2);
        near("partners, half", like.partners.p50, 18, 6);
        near("partners, 99 %", like.partners.p99, 319, 2);
        near("partners, most", like.partners.most, 566, 5);
        near("answered links", like.reciprocal_permille, 480, 3);
        assert_int_equal(like.per_link.p50, 2);
        near("students of a link, 99 %", like.per_link.p99, 13, 8);
        assert_in_range(like.per_link.most, 45, 60);
        near("students sent, half", like.sent.p50, 21, 25);
        near("students sent, 99 %", like.sent.p99, 783, 15);
        near("students taken, 99 %", like.taken.p99, 781, 15);
        assert_int_equal(like.domestic_permille, 0);
        assert_int_equal(like.alone, 0);
    }
}

static void countries_have_their_published_share(void **state)
{
    struct flow_network network = made(FLOW_MAKE_PUBLISHED, 1, *state);
    struct flow_country *countries;
    size_t count;
    enum fault fault = flow_measure_countries(&network, *state, &countries, &count);
    assert_int_equal(fault, FAULT_NONE);
    assert_int_equal(count, 34);
    assert_string_equal(countries[0].country, "FR");
    assert_int_equal(countries[0].institutions, 437);
    assert_string_equal(countries[1].country, "DE");
    assert_int_equal(countries[1].institutions, 314);
    assert_int_equal(countries[count - 1].institutions, 1);
}

/* Five in each country, and nobody may deal with his own. */
static void every_institution_gets_as_many_partners_as_are_asked_for(void **state)
{
    enum { COUNT = 100, PARTNERS = 7, COUNTRIES = 20 };
    struct flow_institution institutions[COUNT] = {0};
    uint32_t degrees[COUNT], got[COUNT] = {0};
    struct flow_wire wire;
    for (size_t i = 0; i < COUNT; i++) {
        institutions[i].country[0] = (char)('A' + i % COUNTRIES);
        degrees[i] = PARTNERS + i % 2;
    }
    enum fault fault =
        flow_wire(&(struct flow_wire_plan) {institutions, degrees, COUNT, 5}, *state, &wire);
    assert_int_equal(fault, FAULT_NONE);
    for (size_t i = 0; i < wire.count; i++) {
        got[wire.pairs[i].one]++;
        got[wire.pairs[i].other]++;
        assert_true(wire.pairs[i].one < wire.pairs[i].other);
        assert_int_not_equal(wire.pairs[i].one % COUNTRIES, wire.pairs[i].other % COUNTRIES);
        if (i > 0)
            assert_false(wire.pairs[i].one == wire.pairs[i - 1].one &&
                         wire.pairs[i].other == wire.pairs[i - 1].other);
    }
    assert_memory_equal(got, degrees, sizeof got);
}

/* Were no ends exchanged, the same would deal with each other whatever the seed. */
static void pairs_are_drawn_and_not_only_found(void **state)
{
    enum { COUNT = 200, PARTNERS = 6 };
    struct flow_institution institutions[COUNT] = {0};
    uint32_t degrees[COUNT];
    struct flow_wire drawn[2];
    size_t both = 0;
    for (size_t i = 0; i < COUNT; i++) {
        institutions[i].country[0] = (char)('A' + i % 20);
        degrees[i] = PARTNERS;
    }
    for (uint64_t seed = 0; seed < 2; seed++) {
        enum fault fault = flow_wire(&(struct flow_wire_plan) {institutions, degrees, COUNT, seed},
                                     *state, &drawn[seed]);
        assert_int_equal(fault, FAULT_NONE);
        assert_int_equal(drawn[seed].count, COUNT * PARTNERS / 2);
    }
    for (size_t i = 0; i < drawn[0].count; i++)
        for (size_t j = 0; j < drawn[1].count; j++)
            both += drawn[0].pairs[i].one == drawn[1].pairs[j].one &&
                    drawn[0].pairs[i].other == drawn[1].pairs[j].other;
    assert_true(both < drawn[0].count / 5);
}

/* ---- what every network is ---- */

static void network_check(const struct flow_network *network)
{
    for (size_t i = 0; i < network->count; i++) {
        assert_true(header_schac_valid(bytes_text(network->institutions[i].schac)));
        assert_int_equal(strlen(network->institutions[i].country), 2);
        assert_true(network->institutions[i].name[0]);
        if (network->count <= 500)
            assert_int_equal(flow_find(network, network->institutions[i].schac), i);
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *link = &network->links[i];
        assert_true(link->from < network->count && link->to < network->count);
        assert_true(link->from != link->to && link->students > 0);
        if (i > 0)
            assert_true(link[-1].from < link->from ||
                        (link[-1].from == link->from && link[-1].to < link->to));
    }
}

static void a_made_network_may_have_from_two_to_ten_thousand(void **state)
{
    static const uint32_t counts[] = {2, 3, 4, 5, 10, 33, 100, 413, 1000, FLOW_MAKE_MOST};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct flow_network network = made(counts[i], 3, *state);
        assert_int_equal(network.count, counts[i]);
        assert_true(network.link_count > 0);
        network_check(&network);
    }
    assert_int_equal(flow_find(&(struct flow_network) {0}, "a.be"), 0);
}

static void the_same_seed_makes_the_same_network(void **state)
{
    struct flow_network one = made(300, 9, *state), again = made(300, 9, *state),
                        other = made(300, 10, *state);
    assert_int_equal(one.link_count, again.link_count);
    assert_memory_equal(one.links, again.links, one.link_count * sizeof *one.links);
    assert_false(one.link_count == other.link_count &&
                 memcmp(one.links, other.links, one.link_count * sizeof *one.links) == 0);
}

/* ---- parts ---- */

static const struct flow_institution four[] = {{"a.be", "BE", "A", NULL},
                                               {"b.fr", "FR", "B", NULL},
                                               {"c.de", "DE", "C", NULL},
                                               {"d.fi", "FI", "D", NULL}};
static const struct flow_link links[] = {{0, 1, 1}, {0, 2, 3}, {1, 3, 1}, {2, 0, 1}, {3, 2, 5}};
static const struct flow_network small = {four, 4, links, 5, 0};

static void a_cut_has_the_largest_and_the_flows_among_them(void **state)
{
    struct flow_network cut;
    /* c has 9 students, d 6, a 5, b 2. */
    enum fault fault = flow_cut_top(&small, 3, *state, &cut);
    assert_int_equal(fault, FAULT_NONE);
    assert_int_equal(cut.count, 3);
    assert_string_equal(cut.institutions[0].schac, "a.be");
    assert_string_equal(cut.institutions[1].schac, "c.de");
    assert_string_equal(cut.institutions[2].schac, "d.fi");
    static const struct flow_link kept[] = {{0, 1, 3}, {1, 0, 1}, {2, 1, 5}};
    assert_int_equal(cut.link_count, 3);
    assert_memory_equal(cut.links, kept, sizeof kept);
    fault = flow_cut_top(&small, 100, *state, &cut);
    assert_int_equal(fault, FAULT_NONE);
    assert_int_equal(cut.count, 4);
    assert_int_equal(cut.link_count, 5);
}

static void a_cut_of_equals_goes_by_name(void **state)
{
    static const struct flow_link equal[] = {{0, 1, 2}, {2, 3, 2}};
    const struct flow_network network = {four, 4, equal, 2, 0};
    struct flow_network cut;
    enum fault fault = flow_cut_top(&network, 2, *state, &cut);
    assert_int_equal(fault, FAULT_NONE);
    assert_string_equal(cut.institutions[0].schac, "a.be");
    assert_string_equal(cut.institutions[1].schac, "b.fr");
    assert_int_equal(cut.link_count, 1);
}

static void a_small_network_is_measured_by_hand(void **state)
{
    struct flow_measures like = measured(&small, *state);
    assert_int_equal(like.pairs, 4);
    assert_int_equal(like.students, 11);
    assert_int_equal(like.reciprocal_permille, 400);
    assert_int_equal(like.countries, 4);
    assert_int_equal(like.partners.most, 2);
    assert_int_equal(like.per_link.p50, 1);
    assert_int_equal(like.sent.most, 5);
    assert_int_equal(like.taken.most, 8);
    assert_int_equal(flow_students(&small), 11);
}

/* ---- memory ---- */

static void a_network_without_memory_is_a_fault(void **state)
{
    struct flow_network network, whole = made(100, 1, *state);
    struct flow_measures like;
    size_t refused = 0;
    for (size_t budget = 0; budget < 64 * 1024; budget += 512) {
        struct arena *arena = arena_open(budget);
        refused += flow_make(100, 1, arena, &network) == FAULT_MEMORY;
        arena_reset(arena);
        refused += flow_cut_top(&whole, 50, arena, &network) == FAULT_MEMORY;
        arena_reset(arena);
        refused += flow_measure(&whole, arena, &like) == FAULT_MEMORY;
        arena_close(arena);
    }
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_made_network_has_the_published_statistics, begin, end),
        cmocka_unit_test_setup_teardown(countries_have_their_published_share, begin, end),
        cmocka_unit_test_setup_teardown(every_institution_gets_as_many_partners_as_are_asked_for,
                                        begin, end),
        cmocka_unit_test_setup_teardown(pairs_are_drawn_and_not_only_found, begin, end),
        cmocka_unit_test_setup_teardown(a_made_network_may_have_from_two_to_ten_thousand, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_same_seed_makes_the_same_network, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_has_the_largest_and_the_flows_among_them, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_of_equals_goes_by_name, begin, end),
        cmocka_unit_test_setup_teardown(a_small_network_is_measured_by_hand, begin, end),
        cmocka_unit_test_setup_teardown(a_network_without_memory_is_a_fault, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
