#include "sim/network.h"

#include "sim/chance.h"

#include <assert.h>
#include <stdlib.h>

static const int64_t ORDINARY_DELAY = 5000; /* microseconds */

void network_open(struct network *network, const uint8_t seed[static ENTROPY_SEED_SIZE],
                  const uint64_t *marks)
{
    static const char *const purposes[WAYS_PURPOSES] = {
        [WAYS_LOSS] = "loss",       [WAYS_DUPLICATE] = "duplicate", [WAYS_JITTER] = "jitter",
        [WAYS_REORDER] = "reorder", [WAYS_TAIL] = "tail",
    };
    *network = (struct network) {.marks = marks, .faults = {.delay_us = ORDINARY_DELAY}};
    for (size_t i = 0; i < WAYS_PURPOSES; i++)
        network->keys[i] = chance_key(seed, purposes[i]);
    network->tie_key = chance_key(seed, "tie");
}

void network_close(struct network *network)
{
    traffic_clear(&network->traffic);
    ways_free(&network->ways);
    hazard_clear(&network->hazards);
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

/* How long this copy takes. */
static int64_t travel(struct network *network, struct ways_way *way, int64_t delay_us)
{
    const struct world_network *faults = &network->faults;
    int64_t us = delay_us < 0 ? faults->delay_us : delay_us;
    if (faults->jitter_us)
        us += (int64_t)(dice(network, way, WAYS_JITTER) % (uint64_t)faults->jitter_us);
    if (faults->tail_permille && falls(network, way, WAYS_TAIL, faults->tail_permille))
        us += faults->tail_us;
    return us;
}

/* When one copy arrives. A connection keeps its order, as TCP does, unless this world re-orders. */
static int64_t arrival(struct network *network, struct ways_way *way, bool dialled, int64_t due)
{
    int64_t *newest = &way->newest[dialled];
    if (due <= *newest && !falls(network, way, WAYS_REORDER, network->faults.reorder_permille))
        due = *newest + 1;
    if (due > *newest)
        *newest = due;
    return due;
}

const char *network_send(struct network *network, const struct world_passing *passing,
                         struct network_trip trip)
{
    struct ways_way *way = ways_at(&network->ways, passing->from, passing->to);
    const struct hazard_way along = {passing->from, passing->to, passing->dialled, passing->what};
    struct hazard_met met = hazard_leaving(&network->hazards, &along);
    if (way->cut || met.why)
        return way->cut ? "cut" : met.why;
    if (falls(network, way, WAYS_LOSS, network->faults.loss_permille))
        return "loss";
    int copies = falls(network, way, WAYS_DUPLICATE, network->faults.duplicate_permille) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
        int64_t due = trip.now + travel(network, way, met.delay_us);
        if (due < met.not_before)
            due = met.not_before;
        fly(network, passing, arrival(network, way, passing->dialled, due), trip);
    }
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

const char *network_arrives(const struct network *network, const struct traffic_frame *frame)
{
    const struct ways_way *way = ways_find(&network->ways, frame->from, frame->to);
    const struct hazard_way along = {frame->from, frame->to, frame->dialled, frame->what};
    if (frame->broken)
        return "broken";
    return way && way->cut ? "cut" : hazard_arriving(&network->hazards, &along);
}

void network_break(struct network *network, const struct world_passing *passing)
{
    struct traffic *traffic = &network->traffic;
    for (size_t i = 0; i < traffic->count; i++) {
        struct traffic_frame *frame = &traffic->frames[i];
        bool along = frame->from == passing->from && frame->to == passing->to &&
                     frame->dialled == passing->dialled;
        bool back = frame->from == passing->to && frame->to == passing->from &&
                    frame->dialled != passing->dialled;
        frame->broken |= along || back;
    }
}

void network_heal(struct network *network, int64_t now)
{
    struct traffic held = network->traffic;
    network->faults = (struct world_network) {.delay_us = ORDINARY_DELAY};
    network->traffic = (struct traffic) {0};
    hazard_clear(&network->hazards);
    ways_mend(&network->ways);
    while (held.count) {
        struct traffic_frame frame = traffic_pop(&held);
        struct ways_way *way = ways_at(&network->ways, frame.from, frame.to);
        int64_t soon = now + ORDINARY_DELAY;
        frame.due = arrival(network, way, frame.dialled, frame.due < soon ? frame.due : soon);
        bool pushed = traffic_push(&network->traffic, frame);
        assert(pushed);
        free(frame.wire);
    }
    traffic_clear(&held);
}
