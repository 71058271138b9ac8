#include "flow/flow_wire.h"

#include "flow/flow_dice.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Havel and Hakimi's way finds some network with these degrees, and the least random of all; then
 * pairs swap their ends, which leaves every degree as it is, until nothing of that is left. */
enum { SWAPS_FOR_EACH = 10, TRIES = 2000 };

struct wiring {
    const struct flow_wire_plan *plan;
    struct flow_wire *out;
    uint64_t *set; /* the pairs that are there, by open addressing; 0: free */
    size_t mask;
    struct flow_dice dice;
};

/* ---- the set of pairs ---- */

static struct flow_wire_pair ordered(uint32_t one, uint32_t other)
{
    return one < other ? (struct flow_wire_pair) {one, other}
                       : (struct flow_wire_pair) {other, one};
}

/* Never 0: `other` is at least 1. */
static uint64_t key_of(struct flow_wire_pair pair)
{
    return (uint64_t)pair.other << 32 | pair.one;
}

/* Where it stands, or the end of its chain. */
static size_t place_of(const struct wiring *wiring, uint64_t key)
{
    size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & wiring->mask;
    while (wiring->set[at] && wiring->set[at] != key)
        at = (at + 1) & wiring->mask;
    return at;
}

static bool has(const struct wiring *wiring, struct flow_wire_pair pair)
{
    return wiring->set[place_of(wiring, key_of(pair))];
}

static void set_add(struct wiring *wiring, struct flow_wire_pair pair)
{
    wiring->set[place_of(wiring, key_of(pair))] = key_of(pair);
}

/* The chain behind it moves up, so that nothing marks where something was. */
static void set_remove(struct wiring *wiring, struct flow_wire_pair pair)
{
    size_t at = place_of(wiring, key_of(pair));
    assert(wiring->set[at]);
    wiring->set[at] = 0;
    for (at = (at + 1) & wiring->mask; wiring->set[at]; at = (at + 1) & wiring->mask) {
        uint64_t key = wiring->set[at];
        wiring->set[at] = 0;
        wiring->set[place_of(wiring, key)] = key;
    }
}

/* ---- some network ---- */

struct want {
    uint32_t degree, number;
};

static int most_wanted_first(const void *left, const void *right)
{
    const struct want *one = left, *other = right;
    if (one->degree != other->degree)
        return one->degree > other->degree ? -1 : 1;
    return one->number < other->number ? -1 : one->number > other->number;
}

/* Two lists in order, behind each other, become one. */
static void merge(struct want *list, size_t first, size_t count, struct want *scratch)
{
    size_t left = 0, right = first;
    for (size_t i = 0; i < count; i++) {
        bool from_left =
            right == count || (left < first && most_wanted_first(&list[left], &list[right]) < 0);
        scratch[i] = from_left ? list[left++] : list[right++];
    }
    memcpy(list, scratch, count * sizeof *list);
}

static void pairs_begin(struct wiring *wiring, struct want *wants, struct want *scratch)
{
    size_t left = wiring->plan->count;
    qsort(wants, left, sizeof *wants, most_wanted_first);
    for (; left > 1 && wants[0].degree > 0; left--, wants++) {
        size_t many = wants[0].degree < left - 1 ? wants[0].degree : left - 1, given = 0;
        for (; given < many && wants[1 + given].degree > 0; given++) {
            struct flow_wire_pair pair = ordered(wants[0].number, wants[1 + given].number);
            wants[1 + given].degree--;
            wiring->out->pairs[wiring->out->count++] = pair;
            set_add(wiring, pair);
        }
        merge(wants + 1, given, left - 1, scratch);
    }
}

/* ---- any network ---- */

static bool abroad(const struct wiring *wiring, struct flow_wire_pair pair)
{
    const struct flow_institution *institutions = wiring->plan->institutions;
    return strcmp(institutions[pair.one].country, institutions[pair.other].country) != 0;
}

static bool fits(const struct wiring *wiring, struct flow_wire_pair pair)
{
    return pair.one != pair.other && abroad(wiring, pair) && !has(wiring, pair);
}

/* The pairs i and another exchange their second ends, or first with second, where both become pairs
 * that may be. */
static bool swap_try(struct wiring *wiring, size_t i)
{
    struct flow_wire_pair *pairs = wiring->out->pairs;
    size_t j = (size_t)flow_dice_below(&wiring->dice, wiring->out->count * 2);
    bool crosswise = j & 1;
    j /= 2;
    struct flow_wire_pair here = pairs[i], there = pairs[j];
    struct flow_wire_pair one = ordered(here.one, crosswise ? there.one : there.other);
    struct flow_wire_pair other = ordered(here.other, crosswise ? there.other : there.one);
    bool same = one.one == other.one && one.other == other.other;
    if (i == j || same || !fits(wiring, one) || !fits(wiring, other))
        return false;
    set_remove(wiring, here);
    set_remove(wiring, there);
    pairs[i] = one;
    pairs[j] = other;
    set_add(wiring, one);
    set_add(wiring, other);
    return true;
}

/* What still stands within a country is swapped away, or else goes. */
static void domestic_mend(struct wiring *wiring)
{
    struct flow_wire *out = wiring->out;
    for (size_t i = 0; i < out->count;) {
        bool good = abroad(wiring, out->pairs[i]);
        for (int tries = 0; !good && tries < TRIES; tries++)
            good = swap_try(wiring, i);
        if (good) {
            i++;
            continue;
        }
        set_remove(wiring, out->pairs[i]);
        out->pairs[i] = out->pairs[--out->count];
    }
}

static int pair_order(const void *left, const void *right)
{
    const struct flow_wire_pair *one = left, *other = right;
    if (one->one != other->one)
        return one->one < other->one ? -1 : 1;
    return one->other < other->other ? -1 : one->other > other->other;
}

enum fault flow_wire(const struct flow_wire_plan *plan, struct arena *arena, struct flow_wire *out)
{
    struct wiring wiring = {plan, out, .dice = flow_dice(plan->seed, "make swap", 0)};
    struct want *wants = arena_take_array(arena, plan->count, sizeof *wants),
                *scratch = arena_take_array(arena, plan->count, sizeof *scratch);
    size_t ends = 0, room = 16;
    for (uint32_t i = 0; wants && i < plan->count; i++) {
        assert(plan->degrees[i] < plan->count);
        wants[i] = (struct want) {plan->degrees[i], i};
        ends += plan->degrees[i];
    }
    while (room < ends)
        room *= 2;
    wiring.mask = room - 1;
    wiring.set = arena_take_array(arena, room, sizeof *wiring.set);
    *out = (struct flow_wire) {arena_take_array(arena, ends / 2 + 1, sizeof *out->pairs), 0};
    if (!wants || !scratch || !wiring.set || !out->pairs)
        return FAULT_MEMORY;
    pairs_begin(&wiring, wants, scratch);
    for (size_t i = 0; i < out->count * SWAPS_FOR_EACH; i++)
        (void)swap_try(&wiring, i % out->count);
    domestic_mend(&wiring);
    qsort(out->pairs, out->count, sizeof *out->pairs, pair_order);
    return FAULT_NONE;
}
