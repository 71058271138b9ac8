#include "sim/founding.h"

#include "sim/chance.h"
#include "wire/message.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_ARENA = 256 * 1024 * 1024 };

static bool catalogue_make(struct world *world)
{
    const struct ceremony_keys **keys = calloc(world->count, sizeof(struct ceremony_keys *));
    if (!keys)
        return false;
    for (size_t i = 0; i < world->count; i++)
        keys[i] = &world->nodes[i].keys;
    struct suite suite = suite_over(&world->nodes[0].suite_keys); /* the federation's is real */
    bool made = ceremony_catalogue(world->seed, keys, world->count, (struct instant) {world->now},
                                   &suite, world->ground, &world->catalogue);
    free(keys);
    return made;
}

/* Nodes deal with each other when an institution of the one deals with one of the other. */
static bool deals_make(struct world *world)
{
    const struct world_settings *settings = &world->settings;
    struct deals_link *links = calloc(settings->pair_count + 1, sizeof *links);
    for (size_t i = 0; links && i < settings->pair_count; i++)
        links[i] = (struct deals_link) {
            (uint32_t)turn_node(world, settings->pairs[i].one)->number,
            (uint32_t)turn_node(world, settings->pairs[i].other)->number,
        };
    bool made = links && deals_open(&world->deals, world->count, links, settings->pair_count);
    free(links);
    return made;
}

static bool views_make(struct world *world)
{
    if (!world->settings.pairs)
        return true;
    const char **ids = calloc(world->count, sizeof(const char *));
    bool made = ids && deals_make(world);
    for (size_t i = 0; made && i < world->count; i++) {
        size_t count;
        const uint32_t *others = deals_of(&world->deals, i, &count);
        if (world->nodes[i].host != &world->nodes[i])
            continue;
        ids[0] = world->nodes[i].id;
        for (size_t k = 0; k < count; k++)
            ids[k + 1] = world->nodes[others[k]].id;
        made = node_deals_with(&world->nodes[i], ids, count + 1);
    }
    free(ids);
    return made;
}

/* Among those that were made before it. */
static struct node *host_find(const struct world *world, const char *institution)
{
    for (size_t i = 0; i < world->count; i++)
        if (strcmp(world->nodes[i].keys.institution, institution) == 0)
            return world->nodes[i].host;
    return NULL;
}

static bool member_make(struct world *world, const struct world_member *member)
{
    struct node *host = member->host ? host_find(world, member->host) : NULL;
    size_t number = world->count;
    if (member->host && !host)
        return false;
    struct node *node = &world->nodes[world->count++];
    struct node_birth birth = {
        .seed = world->seed,
        .number = number,
        .institution = member->institution,
        .model = world->settings.model,
        .on_disk = world->settings.on_disk,
        /* In a small world each has its own, and a fault of one is not the next one's. */
        .scratch = world->settings.pairs ? world->scratch : NULL,
        .parse = world->settings.pairs ? world->parse : NULL,
    };
    bool made = host ? node_lodge(node, &birth, host) : node_make(node, &birth);
    node->keys.calls_out = member->calls_out;
    world->marks[number] = chance_mark(member->institution);
    return made;
}

static int by_id(const void *left, const void *right)
{
    const struct node *const *a = left, *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

static int by_institution(const void *left, const void *right)
{
    const struct node *const *a = left, *const *b = right;
    return strcmp((*a)->keys.institution, (*b)->keys.institution);
}

static void nodes_order(struct world *world)
{
    for (size_t i = 0; i < world->count; i++) {
        struct node *node = &world->nodes[i];
        world->by_institution[i] = node;
        if (node->host == node)
            world->by_id[world->id_count++] = node;
    }
    qsort(world->by_id, world->id_count, sizeof *world->by_id, by_id);
    qsort(world->by_institution, world->count, sizeof *world->by_institution, by_institution);
}

static bool room_make(struct world *world, size_t count)
{
    world->nodes = calloc(count, sizeof *world->nodes);
    world->by_id = calloc(count, sizeof(struct node *));
    world->by_institution = calloc(count, sizeof(struct node *));
    world->marks = calloc(count, sizeof *world->marks);
    world->busy = calloc(count, sizeof *world->busy);
    world->ground = arena_open(GROUP_ARENA);
    world->table = arena_open(GROUP_ARENA);
    world->scratch = arena_open(ENGINE_SCRATCH);
    world->parse = arena_open(MESSAGE_ARENA);
    return wakes_open(&world->wakes, count) && world->nodes && world->by_id &&
           world->by_institution && world->marks && world->busy && world->ground && world->table &&
           world->scratch && world->parse;
}

static bool members_make(struct world *world)
{
    bool made = true;
    for (size_t i = 0; made && i < world->settings.count; i++) {
        made = member_make(world, &world->settings.members[i]);
        world->nodes[i].idle_us = world->settings.idle_us;
    }
    return made;
}

bool founding_make(struct world *world, const struct world_settings *settings)
{
    /* Until libsodium has looked at the machine it computes the same by its slowest ways. */
    if (sodium_init() < 0)
        return false;
    world->settings = *settings;
    bytes_write_u64le(world->seed, settings->seed);
    world->wake_key = chance_key(world->seed, "wake");
    bool made = room_make(world, settings->count + TWIN_MAX);
    network_open(&world->network, world->seed, world->marks);
    if (!made || !members_make(world))
        return false;
    nodes_order(world);
    if (!catalogue_make(world) || !views_make(world))
        return false;
    for (size_t i = 0; i < world->count; i++)
        world->nodes[i].catalogue = world->catalogue;
    world->believed[world->believed_count++] = world->catalogue;
    return true;
}

void founding_end(struct world *world)
{
    for (size_t i = 0; i < world->count + world->twins; i++)
        node_free(&world->nodes[i]);
    network_close(&world->network);
    wakes_close(&world->wakes);
    deals_close(&world->deals);
    arena_close(world->ground);
    arena_close(world->table);
    arena_close(world->scratch);
    arena_close(world->parse);
    free(world->nodes);
    free(world->by_id);
    free(world->by_institution);
    free(world->marks);
    free(world->busy);
}
