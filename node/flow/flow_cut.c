#include "flow/flow_cut.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct place {
    uint64_t students;
    uint32_t was;
    const char *schac;
};

static int by_students(const void *left, const void *right)
{
    const struct place *one = left, *other = right;
    if (one->students != other->students)
        return one->students > other->students ? -1 : 1;
    return strcmp(one->schac, other->schac);
}

static int by_was(const void *left, const void *right)
{
    const struct place *one = left, *other = right;
    return one->was < other->was ? -1 : one->was > other->was;
}

static struct place *places(const struct flow_network *network, size_t k, struct arena *arena)
{
    struct place *list = arena_take_array(arena, network->count, sizeof *list);
    for (size_t i = 0; list && i < network->count; i++)
        list[i] = (struct place) {0, (uint32_t)i, network->institutions[i].schac};
    for (size_t i = 0; list && i < network->link_count; i++) {
        list[network->links[i].from].students += network->links[i].students;
        list[network->links[i].to].students += network->links[i].students;
    }
    if (list) {
        qsort(list, network->count, sizeof *list, by_students);
        qsort(list, k, sizeof *list, by_was);
    }
    return list;
}

enum fault flow_cut_top(const struct flow_network *network, size_t k, struct arena *arena,
                        struct flow_network *out)
{
    k = k < network->count ? k : network->count;
    const struct place *kept = places(network, k, arena);
    struct flow_institution *institutions = arena_take_array(arena, k, sizeof *institutions);
    uint32_t *now = arena_take_array(arena, network->count, sizeof *now);
    struct flow_link *links = arena_take_array(arena, network->link_count, sizeof *links);
    size_t link_count = 0;
    if (!kept || !institutions || !now || !links)
        return FAULT_MEMORY;
    memset(now, 0xff, network->count * sizeof *now);
    for (size_t i = 0; i < k; i++) {
        institutions[i] = network->institutions[kept[i].was];
        now[kept[i].was] = (uint32_t)i;
    }
    for (size_t i = 0; i < network->link_count; i++) {
        struct flow_link link = network->links[i];
        link.from = now[link.from];
        link.to = now[link.to];
        if (link.from != UINT32_MAX && link.to != UINT32_MAX)
            links[link_count++] = link;
    }
    *out = (struct flow_network) {institutions, k, links, link_count, 0};
    return FAULT_NONE;
}
