#include "swarm/perils.h"

#include <stdio.h>

/* What a frame may carry, and at what a node may fall. */
static const char *const carries[] = {
    "opening", "answer", "stale",   "hello",  "summary", "range", "returned",
    "deliver", "ack",    "receipt", "notice", "ping",    "pong",
};
static const char *const falls_at[] = {
    "opening", "answer", "hello",   "summary",    "range",      "returned", "deliver",
    "deliver", "ack",    "receipt", "submission", "submission", "settled",  "settled",
};

enum {
    CARRIES = sizeof carries / sizeof *carries,
    FALLS_AT = sizeof falls_at / sizeof *falls_at,
    TIMES_MAX = 6, /* of most faults in one world */
};

typedef void draws(const struct draw_world *world, struct dice *dice, struct lines *lines);

static draws lodging, calling_out, network, cuts, islands, drops, corruption, replays, deaths,
    stops, commits, restores, clocks, pings, hands;

/* In this order, which is also the order of lines at one time: a class goes in at the end. */
static const struct perils_class classes[] = {
    {"lodging", 150, true, lodging},        {"calling out", 150, true, calling_out},
    {"network", 700, false, network},       {"cuts", 300, false, cuts},
    {"islands", 200, false, islands},       {"drops", 300, false, drops},
    {"corruption", 200, false, corruption}, {"replays", 250, false, replays},
    {"deaths", 500, false, deaths},         {"stops", 300, false, stops},
    {"commits", 250, false, commits},       {"restores", 350, false, restores},
    {"clocks", 250, false, clocks},         {"pings", 200, false, pings},
    {"hands", 150, false, hands},
};

const struct perils_class *perils_class(size_t number)
{
    return number < sizeof classes / sizeof *classes ? &classes[number] : NULL;
}

/* ---- what several of them draw ---- */

static const char *node_draw(const struct draw_world *world, struct dice *dice)
{
    return dice_word(dice, world->names, world->count);
}

static int64_t time_draw(const struct draw_world *world, struct dice *dice)
{
    return dice_between(dice, 0, world->chaos_ms);
}

/* From a time on, for so long; at the latest all ends with the healing. */
static int64_t later(const struct draw_world *world, struct dice *dice, int64_t at_ms)
{
    return at_ms + dice_spread(dice, 1, world->chaos_ms / 2 + 1);
}

struct two {
    const char *one, *other;
};

static struct two two_draw(const struct draw_world *world, struct dice *dice)
{
    size_t one = dice_below(dice, world->count);
    size_t other = (one + 1 + dice_below(dice, world->count - 1)) % world->count;
    return (struct two) {world->names[one], world->names[other]};
}

/* ---- who is who ---- */

static void lodging(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    size_t lodger = (size_t)dice_between(dice, 1, (int64_t)world->count - 1);
    if (world->count > 2)
        lines_add(lines, 0, "%s lodges at %s", world->names[lodger], world->names[lodger - 1]);
}

static void calling_out(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    lines_add(lines, 0, "%s calls out", world->names[dice_below(dice, world->count)]);
}

/* ---- the network ---- */

static void network(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, 3);
    int64_t at_ms = 0;
    for (int64_t i = 0; i < times; i++) {
        lines_add(lines, at_ms,
                  "network delay %lldms jitter %lldms loss %lld%% duplicate %lld%% reorder %lld%%",
                  (long long)dice_spread(dice, 1, 400), (long long)dice_spread(dice, 1, 3000),
                  (long long)dice_between(dice, 0, 40), (long long)dice_between(dice, 0, 30),
                  (long long)dice_between(dice, 0, 60));
        at_ms = dice_between(dice, at_ms, world->chaos_ms);
    }
}

static void cuts(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        int64_t at_ms = time_draw(world, dice);
        struct two two = two_draw(world, dice);
        lines_add(lines, at_ms, "cut %s %s", two.one, two.other);
        lines_add(lines, later(world, dice, at_ms), "mend %s %s", two.one, two.other);
    }
}

/* A node alone, or halves of the world: every way between the two parts. */
static void islands(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    size_t shore = dice_falls(dice, 500) ? 1 : (world->count + 1) / 2;
    int64_t at_ms = time_draw(world, dice), until_ms = later(world, dice, at_ms);
    for (size_t one = 0; one < shore; one++)
        for (size_t other = shore; other < world->count; other++) {
            lines_add(lines, at_ms, "cut %s %s", world->names[one], world->names[other]);
            lines_add(lines, until_ms, "mend %s %s", world->names[one], world->names[other]);
        }
}

static void drops(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct two two = two_draw(world, dice);
        lines_add(lines, time_draw(world, dice), "drop next %s from %s to %s",
                  dice_word(dice, carries, CARRIES), two.one, two.other);
    }
    if (dice_falls(dice, 400)) {
        struct two two = two_draw(world, dice);
        int64_t at_ms = time_draw(world, dice);
        lines_add(lines, at_ms, "drop every %s from %s to %s", dice_word(dice, carries, CARRIES),
                  two.one, two.other);
        lines_add(lines, later(world, dice, at_ms), "drop nothing");
    }
}

static void corruption(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct two two = two_draw(world, dice);
        lines_add(lines, time_draw(world, dice), "corrupt next %s from %s to %s",
                  dice_word(dice, carries, CARRIES), two.one, two.other);
    }
}

static void replays(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct two two = two_draw(world, dice);
        int64_t at_ms = time_draw(world, dice);
        lines_add(lines, at_ms, "keep next %s from %s to %s", dice_word(dice, carries, CARRIES),
                  two.one, two.other);
        lines_add(lines, later(world, dice, at_ms), "replay");
    }
}

/* ---- nodes ---- */

static void deaths(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, world->tiny ? TIMES_MAX : 2 * TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const char *node = node_draw(world, dice);
        int64_t at_ms = time_draw(world, dice);
        lines_add(lines, at_ms, "%s dies %s committing %s", node,
                  dice_falls(dice, 500) ? "before" : "after", dice_word(dice, falls_at, FALLS_AT));
        lines_add(lines, later(world, dice, at_ms), "%s starts", node);
    }
}

static void stops(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const char *node = node_draw(world, dice);
        int64_t at_ms = time_draw(world, dice);
        lines_add(lines, at_ms, "%s stops", node);
        if (!dice_falls(dice, 200))
            lines_add(lines, later(world, dice, at_ms), "%s starts", node);
    }
}

static void commits(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++)
        lines_add(lines, time_draw(world, dice), "%s cannot commit %s", node_draw(world, dice),
                  dice_word(dice, falls_at, FALLS_AT));
}

/* Backups of any age: of the beginning, of a moment ago; and some serve twice. */
static void restores(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, 3);
    for (int64_t i = 0; i < times; i++) {
        const char *node = node_draw(world, dice);
        int64_t at_ms = dice_falls(dice, 200) ? 0 : time_draw(world, dice);
        lines_add(lines, at_ms, "%s backs up", node);
        lines_add(lines, later(world, dice, at_ms), "%s restores", node);
        if (dice_falls(dice, 300))
            lines_add(lines, later(world, dice, at_ms), "%s restores", node);
    }
}

static void clocks(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    static const char *const wrongs[] = {"+1s", "-1s", "+90s", "-90s", "+20m", "-20m",
                                         "+2h", "-3h", "+1d",  "-1d",  "+40d", "-40d"};
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++)
        lines_add(lines, time_draw(world, dice), "%s clock %s", node_draw(world, dice),
                  dice_word(dice, wrongs, sizeof wrongs / sizeof *wrongs));
}

/* ---- people at a node ---- */

static void pings(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct two two = two_draw(world, dice);
        lines_add(lines, time_draw(world, dice), "%s pings %s", two.one, two.other);
    }
}

static void hands(const struct draw_world *world, struct dice *dice, struct lines *lines)
{
    int64_t times = dice_between(dice, 1, 3);
    for (int64_t i = 0; i < times; i++) {
        struct two two = two_draw(world, dice);
        int64_t at_ms = time_draw(world, dice);
        lines_add(lines, at_ms, "%s suspends %s", two.one, two.other);
        lines_add(lines, later(world, dice, at_ms), "%s resumes %s", two.one, two.other);
        lines_add(lines, time_draw(world, dice), "%s retries %s", two.one, two.other);
    }
}
