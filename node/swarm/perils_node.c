#include "swarm/perils_node.h"

/* At what a node may fall. */
static const char *const falls_at[] = {
    "opening", "answer", "hello",   "summary",    "range",      "return",  "deliver",
    "deliver", "ack",    "receipt", "submission", "submission", "settled", "settled",
};

enum { FALLS_AT = sizeof falls_at / sizeof *falls_at };

/* ---- who is who ---- */

void perils_node_lodging(const struct peril *peril)
{
    size_t lodger = (size_t)dice_between(peril->dice, 1, (int64_t)peril->world->count - 1);
    if (peril->world->count > 2)
        lines_add(peril->lines, 0, "%s lodges at %s", peril->world->names[lodger],
                  peril->world->names[lodger - 1]);
}

void perils_node_calling_out(const struct peril *peril)
{
    lines_add(peril->lines, 0, "%s calls out",
              peril->world->names[dice_below(peril->dice, peril->world->count)]);
}

/* ---- nodes ---- */

void perils_node_deaths(const struct peril *peril)
{
    int64_t times =
        dice_between(peril->dice, 1, peril->world->tiny ? PERILS_TIMES_MAX : 2 * PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const char *node = perils_node(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "%s dies %s committing %s", node,
                  dice_falls(peril->dice, 500) ? "before" : "after",
                  dice_word(peril->dice, falls_at, FALLS_AT));
        lines_add(peril->lines, perils_later(peril, at_ms), "%s starts", node);
    }
}

void perils_node_disks(const struct peril *peril)
{
    lines_add(peril->lines, 0, "stores on disk");
}

void perils_node_power(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const char *node = perils_node(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "%s loses power", node);
        lines_add(peril->lines, perils_later(peril, at_ms), "%s starts", node);
    }
}

void perils_node_stops(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        const char *node = perils_node(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "%s stops", node);
        if (!dice_falls(peril->dice, 200))
            lines_add(peril->lines, perils_later(peril, at_ms), "%s starts", node);
    }
}

void perils_node_commits(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++)
        lines_add(peril->lines, perils_time(peril), "%s cannot commit %s", perils_node(peril),
                  dice_word(peril->dice, falls_at, FALLS_AT));
}

/* Backups of any age: of the beginning, of a moment ago; and some serve twice. */
void perils_node_restores(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, 3);
    for (int64_t i = 0; i < times; i++) {
        const char *node = perils_node(peril);
        int64_t at_ms = dice_falls(peril->dice, 200) ? 0 : perils_time(peril);
        lines_add(peril->lines, at_ms, "%s backs up", node);
        lines_add(peril->lines, perils_later(peril, at_ms), "%s restores", node);
        if (dice_falls(peril->dice, 300))
            lines_add(peril->lines, perils_later(peril, at_ms), "%s restores", node);
    }
}

void perils_node_clocks(const struct peril *peril)
{
    static const char *const wrongs[] = {"+1s", "-1s", "+90s", "-90s", "+20m", "-20m",
                                         "+2h", "-3h", "+1d",  "-1d",  "+40d", "-40d"};
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++)
        lines_add(peril->lines, perils_time(peril), "%s clock %s", perils_node(peril),
                  dice_word(peril->dice, wrongs, sizeof wrongs / sizeof *wrongs));
}

/* ---- people at a node ---- */

void perils_node_pings(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, PERILS_TIMES_MAX);
    for (int64_t i = 0; i < times; i++) {
        struct perils_two two = perils_two(peril);
        lines_add(peril->lines, perils_time(peril), "%s pings %s", two.one, two.other);
    }
}

void perils_node_hands(const struct peril *peril)
{
    int64_t times = dice_between(peril->dice, 1, 3);
    for (int64_t i = 0; i < times; i++) {
        struct perils_two two = perils_two(peril);
        int64_t at_ms = perils_time(peril);
        lines_add(peril->lines, at_ms, "%s suspends %s", two.one, two.other);
        lines_add(peril->lines, perils_later(peril, at_ms), "%s resumes %s", two.one, two.other);
        lines_add(peril->lines, perils_time(peril), "%s retries %s", two.one, two.other);
    }
}
