#include "sim/twin.h"

#include "sim/chance.h"
#include "sim/turn.h"

#include <assert.h>
#include <string.h>

/* Its dice are its own: two processes throw as two do. */
static bool born(struct world *world, const struct node *first, size_t number)
{
    struct node *twin = &world->nodes[number];
    const struct node_birth birth = {
        .seed = world->seed,
        .number = number,
        .institution = first->keys.institution,
        .model = first->models,
        .on_disk = world->settings.on_disk,
    };
    if (!node_make(twin, &birth))
        return false;
    struct housing copy;
    bool copied = housing_copy(&first->home, &copy);
    assert(copied); /* a world without memory proves nothing */
    node_moves(twin, copy);
    entropy_expand(world->seed, "twin", number, twin->dice.seed, sizeof twin->dice.seed);
    twin->twin_of = first;
    twin->catalogue = first->catalogue;
    twin->idle_us = first->idle_us;
    twin->transport_count = first->transport_count;
    memcpy(twin->transports, first->transports, sizeof twin->transports);
    memcpy(twin->signs, first->signs, sizeof twin->signs);
    twin->suite_keys.count = first->suite_keys.count;
    return !first->deal_count || node_deals_with(twin, first->deals, first->deal_count);
}

bool twin_make(struct world *world, size_t number, size_t *twin)
{
    const struct node *first = turn_node(world, number);
    if (world->twins == TWIN_MAX || first->number >= world->count)
        return false;
    *twin = world->count + world->twins++;
    world->marks[*twin] = chance_draw(0, world->marks[first->number], *twin);
    bool made = born(world, first, *twin);
    assert(made);
    return world_start(world, *twin);
}

bool twin_find(const struct world *world, size_t number, size_t *twin)
{
    for (size_t i = world->count + world->twins; i > world->count; i--)
        if (world->nodes[i - 1].twin_of == turn_node(world, number)) {
            *twin = i - 1;
            return true;
        }
    return false;
}
