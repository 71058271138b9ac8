#include "engine/pairs.h"

#include <stdlib.h>
#include <string.h>

static int pair_compare(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    int order = strcmp(a->own->schac, b->own->schac);
    return order ? order : strcmp(a->partner->schac, b->partner->schac);
}

static void pair_make(struct engine *engine, const struct catalogue_institution *own,
                      const struct catalogue_institution *partner, struct peer *peer,
                      struct instant now)
{
    engine->pairs[engine->pair_count++] = (struct pair) {
        .own = own,
        .partner = partner,
        .own_key = catalogue_key_current(own->keys, own->key_count, now),
        .peer = peer,
        .armed = peer != &engine->home && peer != &engine->nowhere,
        .inbound_unchecked = true,
    };
}

bool pairs_make(struct engine *engine, struct instant now)
{
    const struct catalogue *catalogue = engine->catalogue;
    size_t own_count = 0;
    for (size_t i = 0; i < catalogue->institution_count; i++)
        own_count += catalogue->institutions[i].node == engine->node_index;
    size_t room = own_count * (catalogue->institution_count + catalogue->by_hand_count) + 1;
    engine->pairs = calloc(room, sizeof *engine->pairs);
    engine->settled = calloc(room, sizeof(struct pair *));
    if (!engine->pairs || !engine->settled)
        return false;
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *own = &catalogue->institutions[i];
        if (own->node != engine->node_index)
            continue;
        for (size_t j = 0; j < catalogue->institution_count; j++) {
            const struct catalogue_institution *partner = &catalogue->institutions[j];
            bool home = partner->node == engine->node_index;
            if (partner != own)
                pair_make(engine, own, partner,
                          home ? &engine->home
                               : peer_by_node(engine, catalogue->nodes[partner->node].id),
                          now);
        }
        for (size_t j = 0; j < catalogue->by_hand_count; j++)
            pair_make(engine, own, &catalogue->by_hand[j], &engine->nowhere, now);
    }
    qsort(engine->pairs, engine->pair_count, sizeof *engine->pairs, pair_compare);
    return true;
}
