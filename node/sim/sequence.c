#include "sim/sequence.h"

#include "sim/checks.h"

#include <string.h>

/* One dossier's lane, and two of its records there. */
static bool same_lane(const struct store_record *one, const struct store_record *other)
{
    return one->lane == other->lane &&
           one->place.opened_by_partner == other->place.opened_by_partner &&
           memcmp(&one->place.dossier, &other->place.dossier, sizeof one->place.dossier) == 0;
}

static bool honest(const struct ledger *ledger, size_t one, size_t other)
{
    return !ledger_party(ledger, one)->distrusted && !ledger_party(ledger, other)->distrusted;
}

/* What is sealed with a key that ended is refused and waits until it is sealed anew; what is said
 * after it, by a clock that was set back to when the key was in force, is taken before. */
static bool sealed_in_the_past(const struct world *world, size_t author)
{
    const struct catalogue_institution *institution =
        catalogue_institution(world_catalogue(world), world_institution(world, author));
    for (size_t i = 0; i < institution->key_count; i++)
        if (institution->keys[i].until != UINT64_MAX)
            return true;
    return false;
}

static bool in_order(struct store_record *const *records, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (records[j]->index < records[i]->index && same_lane(records[j], records[i]))
                return false;
    return true;
}

const char *sequence_ordered(const struct world *world, const struct ledger *ledger, bool clocks,
                             struct arena *arena)
{
    size_t count = world_count(world), held;
    struct store_record **records;
    for (size_t node = 0; node < count; node++)
        for (size_t other = 0; other < count; other++) {
            if (other == node || !honest(ledger, node, other) ||
                ledger_party(ledger, node)->restored || ledger_party(ledger, other)->restored ||
                (clocks && sealed_in_the_past(world, other)))
                continue;
            if (!checks_records(world_store(world, node), checks_pair(world, node, other, arena),
                                arena, &records, &held))
                return "a store cannot be read";
            if (!in_order(records, held))
                return arena_format(
                    arena, "at %s a lane of its dossiers with %s did not arrive in order",
                    world_institution(world, node), world_institution(world, other));
        }
    return NULL;
}

/* The index of a lane that has two records; UINT32_MAX: none has. */
static uint32_t twice(struct store_record *const *records, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (records[i]->index == records[j]->index && same_lane(records[i], records[j]))
                return records[i]->index;
    return UINT32_MAX;
}

/* What a restore took back and the network still brought: both would be here. */
const char *sequence_single(const struct world *world, const struct ledger *ledger,
                            struct arena *arena)
{
    size_t count = world_count(world), held;
    struct store_record **records;
    for (size_t node = 0; node < count; node++)
        for (size_t other = 0; other < count; other++) {
            if (other == node || !honest(ledger, node, other) ||
                !checks_records(world_store(world, node), checks_pair(world, node, other, arena),
                                arena, &records, &held))
                continue;
            uint32_t index = twice(records, held);
            if (index != UINT32_MAX)
                return arena_format(arena, "%s and %s: a lane has two records at index %u",
                                    world_institution(world, node), world_institution(world, other),
                                    index);
        }
    return NULL;
}
