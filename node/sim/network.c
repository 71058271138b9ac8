#include "sim/network.h"

#include "sim/chance.h"

#include <assert.h>

void network_open(struct network *network, const uint8_t seed[static ENTROPY_SEED_SIZE],
                  const uint64_t *marks)
{
    static const char *const purposes[WAYS_PURPOSES] = {
        [WAYS_LOSS] = "loss",
        [WAYS_DUPLICATE] = "duplicate",
        [WAYS_JITTER] = "jitter",
        [WAYS_REORDER] = "reorder",
    };
    *network = (struct network) {.marks = marks, .faults = {.delay_us = 5000}};
    for (size_t i = 0; i < WAYS_PURPOSES; i++)
        network->keys[i] = chance_key(seed, purposes[i]);
    network->tie_key = chance_key(seed, "tie");
}

void network_close(struct network *network)
{
    traffic_clear(&network->traffic);
    ways_free(&network->ways);
}

static uint64_t dice(struct network *network, struct ways_way *way, enum ways_purpose purpose)
{
    uint64_t about = chance_draw(0, network->marks[way->from], network->marks[way->to]);
    return chance_draw(network->keys[purpose], about, way->draws[purpose]++);
}

static bool falls(struct network *network, struct ways_way *way, enum ways_purpose purpose,
                  uint32_t permille)
{
    return dice(network, way, purpose) % 1000 < permille;
}

static void fly(struct network *network, const struct world_passing *passing, int64_t due,
                struct network_trip trip)
{
    uint64_t serial = network->serial++;
    struct traffic_frame frame = {
        .due = due,
        .tie = chance_draw(network->tie_key, 0, serial),
        .serial = serial,
        .from = passing->from,
        .to = passing->to,
        .process = trip.process,
        .number = trip.frame,
        .dialled = passing->dialled,
        .what = passing->what,
        .wire = passing->wire,
        .size = passing->size,
    };
    bool pushed = traffic_push(&network->traffic, frame);
    assert(pushed); /* a world without memory proves nothing */
}

/* When one copy arrives. A connection keeps its order, as TCP does, unless this world re-orders. */
static int64_t arrival(struct network *network, struct ways_way *way, bool dialled, int64_t now)
{
    const struct world_network *faults = &network->faults;
    int64_t *newest = &way->newest[dialled];
    int64_t jitter = 0;
    if (faults->jitter_us)
        jitter = (int64_t)(dice(network, way, WAYS_JITTER) % (uint64_t)faults->jitter_us);
    int64_t due = now + faults->delay_us + jitter;
    if (due <= *newest && !falls(network, way, WAYS_REORDER, faults->reorder_permille))
        due = *newest + 1;
    if (due > *newest)
        *newest = due;
    return due;
}

const char *network_send(struct network *network, const struct world_passing *passing,
                         struct network_trip trip)
{
    struct ways_way *way = ways_at(&network->ways, passing->from, passing->to);
    if (way->cut)
        return "cut";
    if (falls(network, way, WAYS_LOSS, network->faults.loss_permille))
        return "loss";
    int copies = falls(network, way, WAYS_DUPLICATE, network->faults.duplicate_permille) ? 2 : 1;
    for (int i = 0; i < copies; i++)
        fly(network, passing, arrival(network, way, passing->dialled, trip.now), trip);
    return NULL;
}

void network_inject(struct network *network, const struct world_passing *passing,
                    struct network_trip trip)
{
    fly(network, passing, trip.now, trip);
}

void network_cut(struct network *network, size_t one, size_t other, bool cut)
{
    ways_at(&network->ways, one, other)->cut = cut;
    ways_at(&network->ways, other, one)->cut = cut;
}

bool network_is_cut(const struct network *network, size_t from, size_t to)
{
    const struct ways_way *way = ways_find(&network->ways, from, to);
    return way && way->cut;
}
