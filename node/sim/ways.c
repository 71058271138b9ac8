#include "sim/ways.h"

#include "sim/chance.h"

#include <assert.h>
#include <stdlib.h>

enum { ROOM_MIN = 64 };

/* The slot that holds it, or the empty one where it belongs. */
static struct ways_way **slot_of(const struct ways *ways, size_t from, size_t to)
{
    size_t at = (size_t)chance_draw(0, from, to) & (ways->room - 1);
    while (ways->slots[at] && (ways->slots[at]->from != from || ways->slots[at]->to != to))
        at = (at + 1) & (ways->room - 1);
    return &ways->slots[at];
}

static void grow(struct ways *ways)
{
    struct ways old = *ways;
    ways->room = old.room ? 2 * old.room : ROOM_MIN;
    ways->slots = calloc(ways->room, sizeof *ways->slots);
    assert(ways->slots); /* a world without memory proves nothing */
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i])
            *slot_of(ways, old.slots[i]->from, old.slots[i]->to) = old.slots[i];
    free(old.slots);
}

struct ways_way *ways_at(struct ways *ways, size_t from, size_t to)
{
    if (2 * (ways->count + 1) > ways->room)
        grow(ways);
    struct ways_way **slot = slot_of(ways, from, to);
    if (!*slot) {
        *slot = calloc(1, sizeof **slot);
        assert(*slot);
        **slot = (struct ways_way) {.from = (uint32_t)from, .to = (uint32_t)to};
        ways->count++;
    }
    return *slot;
}

const struct ways_way *ways_find(const struct ways *ways, size_t from, size_t to)
{
    return ways->room ? *slot_of(ways, from, to) : NULL;
}

void ways_mend(struct ways *ways)
{
    for (size_t i = 0; i < ways->room; i++)
        if (ways->slots[i]) {
            ways->slots[i]->cut = false;
            ways->slots[i]->newest[0] = ways->slots[i]->newest[1] = 0;
        }
}

void ways_free(struct ways *ways)
{
    for (size_t i = 0; i < ways->room; i++)
        free(ways->slots[i]);
    free(ways->slots);
    *ways = (struct ways) {0};
}
