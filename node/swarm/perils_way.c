#include "swarm/perils_way.h"

/* What a frame may carry. */
static const char *const carries[] = {
    "opening", "answer", "stale",   "hello",  "summary", "range", "return",
    "deliver", "ack",    "receipt", "notice", "ping",    "pong",
};

enum { CARRIES = sizeof carries / sizeof *carries };

void perils_way_network(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, 3);
    int64_t at_ms = 0;
    for (int64_t i = 0; i < times; i++) {
        lines_add(peril->lines, at_ms,
                  "network delay %lldms jitter %lldms loss %lld%% duplicate %lld%% reorder %lld%%",
                  (long long)dice_spread(peril->dice, 1, 400),
                  (long long)dice_spread(peril->dice, 1, 3000),
                  (long long)dice_between(peril->dice, 0, 40),
                  (long long)dice_between(peril->dice, 0, 30),
                  (long long)dice_between(peril->dice, 0, 60));
        at_ms = dice_between(peril->dice, at_ms, peril->world->chaos_ms);
    }
}

void perils_way_cuts(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        int64_t at_ms = perils_time(peril);
        struct perils_two two = perils_two(peril);
        lines_add(peril->lines, at_ms, "cut %s %s", two.one, two.other);
        lines_add(peril->lines, perils_later(peril, at_ms), "mend %s %s", two.one, two.other);
    }
}

/* A node alone, or halves of the world: every way between the two parts. */
void perils_way_islands(const struct peril *peril)
{
    size_t shore = dice_falls(peril->dice, 500) ? 1 : (peril->world->count + 1) / 2;
    int64_t at_ms = perils_time(peril), until_ms = perils_later(peril, at_ms);
    for (size_t one = 0; one < shore; one++)
        for (size_t other = shore; other < peril->world->count; other++) {
            lines_add(peril->lines, at_ms, "cut %s %s", peril->world->names[one],
                      peril->world->names[other]);
            lines_add(peril->lines, until_ms, "mend %s %s", peril->world->names[one],
                      peril->world->names[other]);
        }
}

void perils_way_drops(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct perils_two two = perils_two(peril);
        lines_add(peril->lines, perils_time(peril), "drop next %s from %s to %s",
                  dice_word(peril->dice, carries, CARRIES), two.one, two.other);
    }
    if (dice_falls(peril->dice, 400)) {
        struct perils_two two = perils_two(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "drop every %s from %s to %s",
                  dice_word(peril->dice, carries, CARRIES), two.one, two.other);
        lines_add(peril->lines, perils_later(peril, at_ms), "drop nothing");
    }
}

void perils_way_corruption(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct perils_two two = perils_two(peril);
        lines_add(peril->lines, perils_time(peril), "corrupt next %s from %s to %s",
                  dice_word(peril->dice, carries, CARRIES), two.one, two.other);
    }
}

void perils_way_replays(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct perils_two two = perils_two(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "keep next %s from %s to %s",
                  dice_word(peril->dice, carries, CARRIES), two.one, two.other);
        lines_add(peril->lines, perils_later(peril, at_ms), "replay");
    }
}

/* ---- ways ---- */

/* Five shapes of it, until the network heals or the whole world does. */
void perils_way_partitions(const struct peril *peril)
{
    const struct draw_world *world = peril->world;
    int64_t times = dice_between(peril->dice, 1, 3);
    for (int64_t i = 0; i < times; i++) {
        int64_t at_ms = perils_time(peril);
        struct perils_two two = perils_two(peril);
        switch (dice_below(peril->dice, 6)) {
        case 0: lines_add(peril->lines, at_ms, "isolate %s", two.one); break;
        case 1: lines_add(peril->lines, at_ms, "block from %s to %s", two.one, two.other); break;
        case 2: lines_add(peril->lines, at_ms, "part in halves"); break;
        case 3: lines_add(peril->lines, at_ms, "part by country"); break;
        case 4: lines_add(peril->lines, at_ms, "part in a ring"); break;
        default:
            if (world->count > 2)
                lines_add(peril->lines, at_ms, "part in halves but for %s", two.one);
        }
        lines_add(peril->lines, perils_later(peril, at_ms), "heal");
    }
}

void perils_way_slowness(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        int64_t at_ms = perils_time(peril);
        struct perils_two two = perils_two(peril);
        long long ms = dice_spread(peril->dice, 10, 60 * 1000);
        switch (dice_below(peril->dice, 4)) {
        case 0:
            lines_add(peril->lines, at_ms, "network delay %lldms tail %lld%% %lldms",
                      (long long)dice_spread(peril->dice, 1, 200),
                      (long long)dice_between(peril->dice, 1, 20), ms);
            break;
        case 1:
            lines_add(peril->lines, at_ms, "delay between %s %s %lldms", two.one, two.other, ms);
            break;
        case 2:
            lines_add(peril->lines, at_ms, "clog between %s %s %lldms", two.one, two.other, ms);
            break;
        default:
            lines_add(peril->lines, at_ms, "half-open from %s to %s", two.one, two.other);
            lines_add(peril->lines, perils_later(peril, at_ms), "mend %s %s", two.one, two.other);
        }
    }
}

/* Frames that come again under another name, and frames that end in the middle. */
void perils_way_impostors(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        int64_t at_ms = perils_time(peril);
        struct perils_two two = perils_two(peril), others = perils_two(peril);
        const char *what = dice_word(peril->dice, carries, CARRIES);
        if (dice_falls(peril->dice, 400)) {
            lines_add(peril->lines, at_ms, "break next %s from %s to %s", what, two.one, two.other);
            continue;
        }
        lines_add(peril->lines, at_ms, "keep next %s from %s to %s", what, two.one, two.other);
        lines_add(peril->lines, perils_later(peril, at_ms), "replay from %s to %s", others.one,
                  others.other);
    }
}
