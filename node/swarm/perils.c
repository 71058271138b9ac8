#include "swarm/perils.h"

#include "swarm/perils_node.h"
#include "swarm/perils_trust.h"
#include "swarm/perils_way.h"

/* In this order, which is also the order of lines at one time: a class goes in at the end. */
static const struct perils_class classes[] = {
    {"lodging", 150, true, perils_node_lodging},
    {"calling out", 150, true, perils_node_calling_out},
    {"network", 700, false, perils_way_network},
    {"cuts", 300, false, perils_way_cuts},
    {"islands", 200, false, perils_way_islands},
    {"drops", 300, false, perils_way_drops},
    {"corruption", 200, false, perils_way_corruption},
    {"replays", 250, false, perils_way_replays},
    {"deaths", 500, false, perils_node_deaths},
    {"stops", 300, false, perils_node_stops},
    {"commits", 250, false, perils_node_commits},
    {"restores", 350, false, perils_node_restores},
    {"clocks", 250, false, perils_node_clocks},
    {"pings", 200, false, perils_node_pings},
    {"hands", 150, false, perils_node_hands},
    {"partitions", 250, false, perils_way_partitions},
    {"slowness", 250, false, perils_way_slowness},
    {"impostors", 150, false, perils_way_impostors},
    {"rotation", 150, false, perils_trust_rotation},
    {"mistakes", 100, false, perils_trust_mistakes},
    {"crook", 200, false, perils_trust_crook},
    {"disks", 120, true, perils_node_disks},
    {"power", 400, false, perils_node_power},
    {"words", 150, false, perils_trust_words},
    {"stolen keys", 150, false, perils_trust_stolen},
    {"rollover", 150, false, perils_trust_rollover},
    {"unaware", 250, false, perils_trust_unaware},
    {"spoilt", 150, false, perils_trust_spoilt},
};

const struct perils_class *perils_class(size_t number)
{
    return number < sizeof classes / sizeof *classes ? &classes[number] : NULL;
}

const char *perils_node(const struct peril *peril)
{
    return dice_word(peril->dice, peril->world->names, peril->world->count);
}

int64_t perils_time(const struct peril *peril)
{
    return dice_between(peril->dice, 0, peril->world->chaos_ms);
}

int64_t perils_later(const struct peril *peril, int64_t at_ms)
{
    return at_ms + dice_spread(peril->dice, 1, peril->world->chaos_ms / 2 + 1);
}

struct perils_two perils_two(const struct peril *peril)
{
    size_t one = dice_below(peril->dice, peril->world->count);
    size_t other =
        (one + 1 + dice_below(peril->dice, peril->world->count - 1)) % peril->world->count;
    return (struct perils_two) {peril->world->names[one], peril->world->names[other]};
}
