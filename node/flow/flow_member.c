#include "flow/flow_member.h"

#include "flow/flow_calendar.h"
#include "flow/flow_dice.h"

#include <stdlib.h>

enum {
    LIST_FIRST = 26, /* days after 1 April, at LIST_HOUR UTC */
    LIST_EVERY = 52,
    LISTS_A_YEAR = 7,
    LIST_AUGUST = 2, /* the third has who was accepted in this year's call */
    LIST_HOUR = 6,
    AUGUST_PERMILLE = 850,
    YEAR_DAYS = 365,
    OF = 10000,
};

struct drawing {
    uint64_t seed;
    int64_t days;
    uint64_t lists;
};

static int64_t list_at(uint64_t list)
{
    return (LIST_FIRST + LIST_EVERY * (int64_t)list) * FLOW_CALENDAR_DAY +
           LIST_HOUR * FLOW_CALENDAR_HOUR;
}

/* On which list it happens to this institution; FLOW_MEMBER_NEVER: on none. The rate is for a year,
 * the lists are for longer. */
static int64_t event_draw(const struct drawing *drawing, const char *what, size_t node,
                          uint32_t rate, bool in_august)
{
    struct flow_dice dice = flow_dice(drawing->seed, what, node);
    uint64_t chance = (uint64_t)rate * (uint64_t)drawing->days;
    bool happens = flow_dice_below(&dice, (uint64_t)OF * YEAR_DAYS) < chance;
    uint64_t list = flow_dice_below(&dice, drawing->lists);
    bool august = flow_dice_falls(&dice, AUGUST_PERMILLE);
    uint64_t year = flow_dice_below(&dice, (drawing->lists + LISTS_A_YEAR - 1) / LISTS_A_YEAR);
    uint64_t of_august = year * LISTS_A_YEAR + LIST_AUGUST;
    if (!happens)
        return FLOW_MEMBER_NEVER;
    return list_at(in_august && august && of_august < drawing->lists ? of_august : list);
}

struct size {
    uint64_t students;
    size_t node;
};

static int size_order(const void *left, const void *right)
{
    const struct size *one = left, *other = right;
    if (one->students != other->students)
        return one->students < other->students ? -1 : 1;
    return one->node < other->node ? -1 : one->node > other->node;
}

/* The smaller half first. */
static struct size *sizes(const struct flow_network *network, struct arena *arena)
{
    struct size *list = arena_take_array(arena, network->count, sizeof *list);
    for (size_t i = 0; list && i < network->count; i++)
        list[i].node = i;
    for (size_t i = 0; list && i < network->link_count; i++) {
        list[network->links[i].from].students += network->links[i].students;
        list[network->links[i].to].students += network->links[i].students;
    }
    if (list)
        qsort(list, network->count, sizeof *list, size_order);
    return list;
}

enum fault flow_member_draw(const struct flow_network *network, uint64_t seed,
                            const struct flow_settings *settings, int64_t days, struct arena *arena,
                            struct flow_member **out)
{
    const struct flow_rates *rates = &settings->rates;
    struct drawing drawing = {seed, days,
                              (uint64_t)((days - LIST_FIRST + LIST_EVERY - 1) / LIST_EVERY)};
    struct flow_member *members = arena_take_array(arena, network->count, sizeof *members);
    const struct size *order = sizes(network, arena);
    if (!members || !order)
        return FAULT_MEMORY;
    for (size_t i = 0; i < network->count; i++)
        members[i] = (struct flow_member) {INT64_MIN, FLOW_MEMBER_NEVER, FLOW_MEMBER_NEVER,
                                           FLOW_MEMBER_NEVER};
    for (size_t i = 0; settings->membership && i < network->count; i++) {
        size_t node = order[i].node;
        bool small = i < network->count / 2;
        struct flow_member *member = &members[node];
        /* All of them fall upon the half of them. */
        int64_t joins = event_draw(&drawing, "join", node, small ? rates->joins * 2 : 0, true);
        int64_t leaves = event_draw(&drawing, "leave", node, small ? rates->leaves * 2 : 0, false);
        if (joins != FLOW_MEMBER_NEVER)
            member->from_us = joins;
        else
            member->until_us = leaves;
        member->renamed_us = event_draw(&drawing, "rename", node, rates->renames, false);
        member->coded_us = event_draw(&drawing, "code", node, rates->codes, false);
    }
    *out = members;
    return FAULT_NONE;
}

bool flow_member_is(const struct flow_member *member, int64_t at_us)
{
    return at_us >= member->from_us && at_us < member->until_us;
}
