#include "flow/flow_pause.h"

#include "flow/flow_calendar.h"
#include "flow/flow_dice.h"

#include <assert.h>
#include <stdlib.h>

enum {
    NIGHT_FROM = 22 * 60,
    NIGHT_HOURS = 8,
    PATCH_FROM = 18 * 60,
    PATCH_SPREAD = 3 * 60,
    PATCH_EVERY = 30, /* days */
    PATCH_LEAST = 2,  /* minutes */
    PATCH_SPAN = 20,
    SUMMER_DAYS = 21,
    SUMMER_SPREAD = 14, /* days in which the nodes of a country go */
    SUMMER_HOUR = 18 * 60,
    SUMMERS = 2,
};

struct drawing {
    const struct flow_settings *settings;
    struct flow_calendar calendar;
    uint64_t seed;
    int64_t days;
    const char *country;
    uint64_t node;
    struct flow_pause *list;
    size_t count;
};

static void pause_add(struct drawing *drawing, int64_t from_us, int64_t long_us, enum flow_rest why)
{
    if (from_us >= 0 && from_us < drawing->days * FLOW_CALENDAR_DAY)
        drawing->list[drawing->count++] = (struct flow_pause) {from_us, from_us + long_us, why};
}

static void nights_draw(struct drawing *drawing)
{
    for (int64_t day = 0; day < drawing->days; day++)
        pause_add(drawing, flow_calendar_at(&drawing->calendar, drawing->country, day, NIGHT_FROM),
                  NIGHT_HOURS * FLOW_CALENDAR_HOUR, FLOW_NIGHT);
}

static void patches_draw(struct drawing *drawing)
{
    struct flow_dice dice = flow_dice(drawing->seed, "patch", drawing->node);
    for (int64_t month = 0; month < drawing->days; month += PATCH_EVERY) {
        int64_t day = month + (int64_t)flow_dice_below(&dice, PATCH_EVERY);
        uint32_t minute = PATCH_FROM + (uint32_t)flow_dice_below(&dice, PATCH_SPREAD);
        int64_t minutes = PATCH_LEAST + (int64_t)flow_dice_below(&dice, PATCH_SPAN);
        pause_add(drawing, flow_calendar_at(&drawing->calendar, drawing->country, day, minute),
                  minutes * FLOW_CALENDAR_MINUTE, FLOW_PATCH);
    }
}

static void summers_draw(struct drawing *drawing)
{
    struct flow_dice dice = flow_dice(drawing->seed, "summer", drawing->node);
    for (uint32_t summer = 0; summer < SUMMERS; summer++) {
        int64_t day = flow_calendar_day(&drawing->calendar, summer, 7, 1) +
                      flow_calendar_summer(drawing->country) +
                      (int64_t)flow_dice_below(&dice, SUMMER_SPREAD);
        pause_add(drawing, flow_calendar_at(&drawing->calendar, drawing->country, day, SUMMER_HOUR),
                  SUMMER_DAYS * FLOW_CALENDAR_DAY, FLOW_SUMMER);
    }
}

static int pause_order(const void *left, const void *right)
{
    const struct flow_pause *one = left, *other = right;
    if (one->from_us != other->from_us)
        return one->from_us < other->from_us ? -1 : 1;
    return one->why < other->why ? -1 : one->why > other->why;
}

/* Those that touch become one. */
static void pauses_join(struct drawing *drawing)
{
    size_t kept = 0;
    if (drawing->count == 0)
        return;
    qsort(drawing->list, drawing->count, sizeof *drawing->list, pause_order);
    for (size_t i = 1; i < drawing->count; i++) {
        struct flow_pause *last = &drawing->list[kept], here = drawing->list[i];
        if (here.from_us > last->until_us)
            drawing->list[++kept] = here;
        else if (here.until_us > last->until_us)
            last->until_us = here.until_us;
    }
    drawing->count = kept + 1;
}

enum fault flow_pause_draw(const struct flow_network *network, uint64_t seed,
                           const struct flow_settings *settings, int64_t days, struct arena *arena,
                           struct flow_pauses *out)
{
    size_t each = (settings->nights ? (size_t)days : 0) + (settings->summers ? SUMMERS : 0) +
                  (settings->patches ? (size_t)(days / PATCH_EVERY + 1) : 0);
    *out = (struct flow_pauses) {
        .list = arena_take_array(arena, network->count * each, sizeof *out->list),
        .first = arena_take_array(arena, network->count + 1, sizeof *out->first)};
    if (!out->list || !out->first)
        return FAULT_MEMORY;
    for (size_t i = 0; i < network->count; i++) {
        struct drawing drawing = {.settings = settings,
                                  .calendar = flow_calendar(settings->year),
                                  .seed = seed,
                                  .days = days,
                                  .country = network->institutions[i].country,
                                  .node = i,
                                  .list = out->list + out->count};
        if (settings->nights)
            nights_draw(&drawing);
        if (settings->patches)
            patches_draw(&drawing);
        if (settings->summers)
            summers_draw(&drawing);
        assert(drawing.count <= each);
        pauses_join(&drawing);
        out->first[i] = out->count;
        out->count += drawing.count;
    }
    out->first[network->count] = out->count;
    return FAULT_NONE;
}

const struct flow_pause *flow_pause_at(const struct flow_pauses *pauses, size_t node, int64_t at_us)
{
    size_t low = pauses->first[node], high = pauses->first[node + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct flow_pause *here = &pauses->list[middle];
        if (at_us < here->from_us)
            high = middle;
        else if (at_us >= here->until_us)
            low = middle + 1;
        else
            return here;
    }
    return NULL;
}
