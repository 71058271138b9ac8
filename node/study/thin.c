#include "study/thin.h"

#include "seal/entropy.h"

#include <assert.h>

static uint32_t kept(const uint8_t seed[static ENTROPY_SEED_SIZE], size_t link, uint32_t students,
                     uint32_t permille)
{
    uint64_t exact = (uint64_t)students * permille;
    uint8_t dice[8];
    entropy_expand(seed, "thin", link, dice, sizeof dice);
    return (uint32_t)(exact / THIN_WHOLE +
                      (bytes_read_u64le(dice) % THIN_WHOLE < exact % THIN_WHOLE));
}

bool thin_network(const struct flow_network *network, uint32_t permille, uint64_t seed,
                  struct arena *arena, struct flow_network *out)
{
    uint8_t key[ENTROPY_SEED_SIZE] = {0};
    struct flow_link *links = arena_take_array(arena, network->link_count + 1, sizeof *links);
    assert(permille >= 1 && permille <= THIN_MOST);
    if (!links)
        return false;
    bytes_write_u64le(key, seed);
    *out = *network;
    out->links = links;
    out->link_count = 0;
    for (size_t i = 0; i < network->link_count; i++) {
        struct flow_link link = network->links[i];
        link.students = kept(key, i, link.students, permille);
        link.students = link.students > FLOW_STUDENTS_MAX ? FLOW_STUDENTS_MAX : link.students;
        if (link.students)
            links[out->link_count++] = link;
    }
    return true;
}
