#include "study/venue.h"

#include <stdlib.h>

static const int64_t MILLISECOND = 1000;

void venue_network(struct world *world, const struct scenario_choice *choice)
{
    struct world_network network = {
        .delay_us = scenario_value(choice, "delay") * MILLISECOND,
        .jitter_us = scenario_value(choice, "jitter") * MILLISECOND,
        .loss_permille = (uint32_t)scenario_value(choice, "loss"),
        .duplicate_permille = (uint32_t)scenario_value(choice, "duplicate"),
    };
    world_network(world, network);
}

static int link_compare(const void *key, const void *member)
{
    const struct flow_link *a = key, *b = member;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Each two that deal with each other, once. */
static size_t pairs_make(const struct flow_network *network, struct world_pair *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < network->link_count; i++) {
        struct flow_link back = {network->links[i].to, network->links[i].from, 0};
        if (back.to < back.from ||
            !bsearch(&back, network->links, network->link_count, sizeof back, link_compare))
            pairs[count++] = (struct world_pair) {back.to, back.from};
    }
    return count;
}

struct world *venue_open(const struct venue *venue, struct arena *arena)
{
    const struct flow_network *network = venue->network;
    struct world_member *members = arena_take_array(arena, network->count, sizeof *members);
    struct world_pair *pairs = arena_take_array(arena, network->link_count + 1, sizeof *pairs);
    if (!members || !pairs)
        return NULL;
    for (size_t i = 0; i < network->count; i++)
        members[i].institution = network->institutions[i].schac;
    struct world_settings settings = {
        .seed = venue->seed,
        .members = members,
        .count = network->count,
        .pairs = pairs,
        .pair_count = pairs_make(network, pairs),
        .model = !venue->real,
        .idle_us = scenario_value(venue->choice, "idle") * (int64_t)INSTANT_SECOND,
        .on_disk = venue->on_disk,
    };
    struct world *world = world_open_settings(&settings);
    if (world)
        venue_network(world, venue->choice);
    return world;
}
