#include "sim/network.h"

#include <assert.h>

static uint64_t dice(struct network *network, const char *label)
{
    uint8_t bytes[8];
    entropy_expand(network->seed, label, network->dice++, bytes, sizeof bytes);
    return bytes_read_u64le(bytes);
}

static bool falls(struct network *network, const char *label, uint32_t permille)
{
    return dice(network, label) % 1000 < permille;
}

static void fly(struct network *network, const struct world_passing *passing, int64_t due,
                uint64_t process)
{
    struct traffic_frame frame = {
        .due = due,
        .tie = dice(network, "tie"),
        .serial = network->serial++,
        .from = passing->from,
        .to = passing->to,
        .process = process,
        .dialled = passing->dialled,
        .what = passing->what,
        .wire = passing->wire,
        .size = passing->size,
    };
    bool pushed = traffic_push(&network->traffic, frame);
    assert(pushed); /* a world without memory proves nothing */
}

/* When one copy arrives. A connection keeps its order, as TCP does, unless this world re-orders. */
static int64_t arrival(struct network *network, const struct world_passing *passing, int64_t now)
{
    const struct world_network *faults = &network->faults;
    int64_t *newest = &network->newest[passing->from][passing->to][passing->dialled];
    int64_t jitter = 0;
    if (faults->jitter_us)
        jitter = (int64_t)(dice(network, "jitter") % (uint64_t)faults->jitter_us);
    int64_t due = now + faults->delay_us + jitter;
    if (due <= *newest && !falls(network, "reorder", faults->reorder_permille))
        due = *newest + 1;
    if (due > *newest)
        *newest = due;
    return due;
}

void network_send(struct network *network, const struct world_passing *passing,
                  struct network_trip trip)
{
    int copies = 1;
    if (network->cut[passing->from][passing->to])
        return;
    if (falls(network, "loss", network->faults.loss_permille))
        copies = 0;
    else if (falls(network, "duplicate", network->faults.duplicate_permille))
        copies = 2;
    for (int i = 0; i < copies; i++)
        fly(network, passing, arrival(network, passing, trip.now), trip.process);
}

void network_inject(struct network *network, const struct world_passing *passing,
                    struct network_trip trip)
{
    fly(network, passing, trip.now, trip.process);
}
