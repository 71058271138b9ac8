#include "sim/phase.h"

#include "sim/mishap.h"
#include "sim/mishap_disk.h"

bool phase_chaos(struct play *play, const struct play_line *line)
{
    (void)line;
    play->loose = true;
    return true;
}

static void ways_heal(struct play *play)
{
    world_heal(play->world);
    for (size_t i = 0; i < play->tap_count; i++)
        play->taps[i].left = 0;
}

/* By hand, as its people would: whatever was suspended goes on. */
static void streams_resume(struct play *play, size_t node)
{
    const struct engine *engine = world_engine(play->world, node);
    struct engine_partner partner;
    for (size_t i = 0; engine && engine_partner(engine, i, &partner); i++) {
        if (!partner.suspended)
            continue;
        const struct event_order order = {
            .what = EVENT_RESUME, .own = partner.own, .partner = partner.partner};
        (void)world_order(play->world, node, &order);
        engine = world_engine(play->world, node);
    }
}

bool phase_heal(struct play *play, const struct play_line *line)
{
    play->loose = false;
    ways_heal(play);
    for (size_t i = 0; i < world_count(play->world); i++) {
        mishap_disk_heal(play, i);
        world_clock_rate(play->world, i, 0);
        world_clock(play->world, i, 0);
    }
    if (!mishap_all_start(play, line))
        return false;
    for (size_t i = 0; i < world_count(play->world); i++)
        streams_resume(play, i);
    return true;
}
