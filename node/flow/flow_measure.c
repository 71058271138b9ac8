#include "flow/flow_measure.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int link_order(const void *left, const void *right)
{
    const struct flow_link *one = left, *other = right;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return one->to < other->to ? -1 : one->to > other->to;
}

static bool has_link(const struct flow_network *network, uint32_t from, uint32_t to)
{
    struct flow_link wanted = {from, to, 0};
    return bsearch(&wanted, network->links, network->link_count, sizeof *network->links,
                   link_order);
}

static int number_order(const void *left, const void *right)
{
    uint32_t one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    return one < other ? -1 : one > other;
}

/* The list is sorted on the way. */
static struct flow_spread spread(uint32_t *numbers, size_t count)
{
    if (count == 0)
        return (struct flow_spread) {0};
    qsort(numbers, count, sizeof *numbers, number_order);
    return (struct flow_spread) {numbers[count / 2], numbers[count * 99 / 100], numbers[count - 1]};
}

static bool domestic(const struct flow_network *network, const struct flow_link *link)
{
    return strcmp(network->institutions[link->from].country,
                  network->institutions[link->to].country) == 0;
}

static uint32_t permille(size_t part, size_t whole)
{
    return whole ? (uint32_t)((part * 1000 + whole / 2) / whole) : 0;
}

enum fault flow_measure(const struct flow_network *network, struct arena *arena,
                        struct flow_measures *out)
{
    size_t count = network->count, both = 0, at_home = 0;
    uint32_t *partners = arena_take_array(arena, count, sizeof *partners);
    uint32_t *sent = arena_take_array(arena, count, sizeof *sent);
    uint32_t *taken = arena_take_array(arena, count, sizeof *taken);
    uint32_t *sizes = arena_take_array(arena, network->link_count, sizeof *sizes);
    struct flow_country *countries;
    *out = (struct flow_measures) {.institutions = count, .links = network->link_count};
    if (!partners || !sent || !taken || !sizes)
        return FAULT_MEMORY;
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *link = &network->links[i];
        bool mutual = has_link(network, link->to, link->from);
        both += mutual;
        at_home += domestic(network, link);
        out->students += link->students;
        sizes[i] = link->students;
        sent[link->from] += link->students;
        taken[link->to] += link->students;
        if (mutual && link->to < link->from)
            continue;
        out->pairs++;
        partners[link->from]++;
        partners[link->to]++;
    }
    for (size_t i = 0; i < count; i++)
        out->alone += partners[i] == 0;
    out->reciprocal_permille = permille(both, network->link_count);
    out->domestic_permille = permille(at_home, network->link_count);
    out->partners = spread(partners, count);
    out->per_link = spread(sizes, network->link_count);
    out->sent = spread(sent, count);
    out->taken = spread(taken, count);
    return flow_measure_countries(network, arena, &countries, &out->countries);
}

static int country_order(const void *left, const void *right)
{
    const struct flow_country *one = left, *other = right;
    if (one->institutions != other->institutions)
        return one->institutions > other->institutions ? -1 : 1;
    return strcmp(one->country, other->country);
}

static struct flow_country *country_of(struct flow_country *countries, size_t *count,
                                       const char *name)
{
    size_t i = 0;
    while (i < *count && strcmp(countries[i].country, name) != 0)
        i++;
    if (i == *count)
        memcpy(countries[(*count)++].country, name, FLOW_COUNTRY_SIZE);
    return &countries[i];
}

enum fault flow_measure_countries(const struct flow_network *network, struct arena *arena,
                                  struct flow_country **out, size_t *count)
{
    enum { LETTERS = 27 }; /* and the end */
    struct flow_country *countries =
        arena_take_array(arena, (size_t)LETTERS * LETTERS, sizeof *countries);
    *count = 0;
    if (!countries)
        return FAULT_MEMORY;
    for (size_t i = 0; i < network->count; i++)
        country_of(countries, count, network->institutions[i].country)->institutions++;
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *link = &network->links[i];
        const struct flow_institution *institutions = network->institutions;
        country_of(countries, count, institutions[link->from].country)->sent += link->students;
        country_of(countries, count, institutions[link->to].country)->taken += link->students;
    }
    qsort(countries, *count, sizeof *countries, country_order);
    *out = countries;
    return FAULT_NONE;
}
