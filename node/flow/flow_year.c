#include "flow/flow_year.h"

#include "flow/flow_calendar.h"
#include "flow/flow_dice.h"
#include "flow/flow_member.h"
#include "flow/flow_pause.h"

#include <assert.h>
#include <stdlib.h>

enum {
    DAYS_FOLLOWED = 600,
    STEPS_MAX = 5, /* deeds of one mobility */
    SPRING_PERMILLE = 667,
    LAST_DAYS = 10, /* of a peak, in which its half falls */
    SITTING_OPENS = 8 * 60,
    SITTING_MINUTES = 7 * 60 + 30,
    GAP_SECONDS_LEAST = 20,
    GAP_SECONDS_SPAN = 60,
    DAY_MINUTES = 24 * 60,
    CORRECTED_DAYS = 28,
    SECOND = 1000000,
    MILLION = 1000000,
};

/* From a day to a day, both included; so many years after the one of the 1 April. */
static const struct window {
    uint32_t years, month, day, last_years, last_month, last_day;
} spring_peak = {0, 4, 1, 0, 5, 15}, autumn_peak = {0, 10, 1, 0, 11, 15},
  winter_transcripts = {1, 2, 1, 1, 3, 31}, summer_transcripts = {1, 6, 1, 1, 7, 31};

/* So many of a million are done within so many hours; straight lines in between. */
struct within {
    uint32_t of_million, hours;
};
static const struct within answers[] = {
    {0, 1}, {500000, 3 * 24}, {900000, 10 * 24}, {990000, 21 * 24}, {MILLION, 30 * 24}};
static const struct within recognitions[] = {
    {0, 24}, {500000, 14 * 24}, {900000, 35 * 24}, {MILLION, 70 * 24}};

struct making {
    const struct flow_network *network;
    const struct flow_settings *settings;
    struct flow_calendar calendar;
    uint64_t seed;
    struct flow_pauses pauses;
    const struct flow_member *members;
    struct flow_deed *deeds;
    size_t count;
    uint32_t cut_short;
};

/* ---- when people get to it ---- */

static const char *country(const struct making *making, uint32_t node)
{
    return making->network->institutions[node].country;
}

/* Not before `at`: when somebody works there, and the node is on. */
static int64_t workable(const struct making *making, uint32_t node, int64_t at)
{
    enum { ROUNDS_MAX = 64 };
    for (int round = 0; round < ROUNDS_MAX; round++) {
        int64_t before = at;
        if (making->settings->working_hours)
            at = flow_calendar_working(&making->calendar, country(making, node), at);
        const struct flow_pause *pause = flow_pause_at(&making->pauses, node, at);
        if (pause)
            at = pause->until_us + (at - pause->from_us) % FLOW_CALENDAR_HOUR;
        if (at == before)
            break;
    }
    return at;
}

static int64_t within(struct flow_dice *dice, const struct within *table)
{
    uint64_t place = flow_dice_below(dice, MILLION);
    size_t row = 1;
    while (place >= table[row].of_million)
        row++;
    uint64_t seconds = 3600 * (uint64_t)(table[row].hours - table[row - 1].hours);
    uint64_t part = place - table[row - 1].of_million;
    return table[row - 1].hours * FLOW_CALENDAR_HOUR +
           (int64_t)(seconds * part / (table[row].of_million - table[row - 1].of_million)) * SECOND;
}

/* A day from first to last on which people work; any day where they work on all. */
static int64_t day_draw(const struct making *making, struct flow_dice *dice, int64_t first,
                        int64_t last)
{
    uint64_t days = 0;
    for (int64_t day = first; day <= last; day++)
        days += !making->settings->working_hours || !flow_calendar_weekend(&making->calendar, day);
    assert(days > 0);
    uint64_t wanted = flow_dice_below(dice, days);
    for (int64_t day = first;; day++) {
        bool works =
            !making->settings->working_hours || !flow_calendar_weekend(&making->calendar, day);
        if (works && wanted-- == 0)
            return day;
    }
}

static int64_t time_draw(const struct making *making, struct flow_dice *dice, uint32_t node,
                         int64_t day)
{
    uint32_t opens = making->settings->working_hours ? SITTING_OPENS : 0;
    uint32_t span = making->settings->working_hours ? SITTING_MINUTES : DAY_MINUTES;
    uint32_t minute = opens + (uint32_t)flow_dice_below(dice, span);
    int64_t at = flow_calendar_at(&making->calendar, country(making, node), day, minute) +
                 (int64_t)flow_dice_below(dice, 60) * SECOND;
    return at < 0 ? 0 : at;
}

static int64_t window_first(const struct making *making, const struct window *window)
{
    return flow_calendar_day(&making->calendar, window->years, window->month, window->day);
}

static int64_t window_last(const struct making *making, const struct window *window)
{
    return flow_calendar_day(&making->calendar, window->last_years, window->last_month,
                             window->last_day);
}

/* Half of a peak falls into its last ten days. */
static int64_t sitting_draw(const struct making *making, uint32_t node, const struct window *peak,
                            struct flow_dice *dice)
{
    int64_t first = window_first(making, peak), last = window_last(making, peak);
    int64_t late = last - LAST_DAYS + 1;
    int64_t day = flow_dice_falls(dice, 500) ? day_draw(making, dice, late, last)
                                             : day_draw(making, dice, first, late - 1);
    return time_draw(making, dice, node, day);
}

/* ---- the deeds of a mobility ---- */

struct stay {
    const struct flow_link *link;
    uint32_t number;
    int64_t at; /* of its last deed */
    bool spring;
};

/* The next deed of a stay, not before its time nor before the last one. False: one of the two is
 * not a member then, and it ends here. */
static bool step(struct making *making, struct stay *stay, enum flow_kind kind, int64_t at)
{
    bool home_acts = kind == FLOW_NOMINATE || kind == FLOW_RECOGNISE;
    uint32_t from = home_acts ? stay->link->from : stay->link->to;
    uint32_t to = home_acts ? stay->link->to : stay->link->from;
    if (kind != FLOW_NOMINATE && at < stay->at + FLOW_CALENDAR_MINUTE)
        at = stay->at + FLOW_CALENDAR_MINUTE;
    at = workable(making, from, at);
    if (!flow_member_is(&making->members[from], at) || !flow_member_is(&making->members[to], at)) {
        making->cut_short++;
        return false;
    }
    stay->at = at;
    making->deeds[making->count++] = (struct flow_deed) {at, kind, from, to, stay->number};
    return true;
}

static void stay_draw(struct making *making, struct stay *stay, int64_t nominated)
{
    const struct flow_settings *settings = making->settings;
    struct flow_dice answer = flow_dice(making->seed, "answer", stay->number),
                     transcript = flow_dice(making->seed, "transcript", stay->number),
                     correction = flow_dice(making->seed, "correction", stay->number),
                     recognition = flow_dice(making->seed, "recognition", stay->number);
    if (!step(making, stay, FLOW_NOMINATE, nominated))
        return;
    bool refused = flow_dice_falls(&answer, settings->refused_permille);
    int64_t answered = stay->at + within(&answer, answers);
    if (!step(making, stay, refused ? FLOW_REFUSE : FLOW_ACCEPT, answered) || refused)
        return;
    bool in_winter = flow_dice_falls(&transcript, settings->autumn_permille) && stay->spring;
    const struct window *window = in_winter ? &winter_transcripts : &summer_transcripts;
    int64_t day =
        day_draw(making, &transcript, window_first(making, window), window_last(making, window));
    int64_t written = time_draw(making, &transcript, stay->link->to, day);
    if (!step(making, stay, FLOW_TRANSCRIPT, written))
        return;
    bool corrected = flow_dice_falls(&correction, settings->corrected_permille);
    int64_t days = 1 + (int64_t)flow_dice_below(&correction, CORRECTED_DAYS);
    if (corrected && !step(making, stay, FLOW_CORRECT, stay->at + days * FLOW_CALENDAR_DAY))
        return;
    (void)step(making, stay, FLOW_RECOGNISE, stay->at + within(&recognition, recognitions));
}

/* The students of a link, in two sittings. */
static void link_draw(struct making *making, size_t link, uint32_t *number)
{
    struct flow_dice peak = flow_dice(making->seed, "peak", link),
                     gap = flow_dice(making->seed, "gap", link),
                     dice[2] = {flow_dice(making->seed, "spring", link),
                                flow_dice(making->seed, "autumn", link)};
    const struct flow_link *here = &making->network->links[link];
    int64_t at[2] = {sitting_draw(making, here->from, &autumn_peak, &dice[1]),
                     sitting_draw(making, here->from, &spring_peak, &dice[0])};
    for (uint32_t i = 0; i < here->students; i++) {
        bool spring = flow_dice_falls(&peak, SPRING_PERMILLE);
        struct stay stay = {.link = here, .number = (*number)++, .spring = spring};
        stay_draw(making, &stay, at[spring]);
        at[spring] +=
            (int64_t)(GAP_SECONDS_LEAST + flow_dice_below(&gap, GAP_SECONDS_SPAN)) * SECOND;
    }
}

/* ---- the deeds of nodes ---- */

static void node_deed(struct making *making, size_t node, enum flow_kind kind, int64_t at,
                      uint32_t number)
{
    making->deeds[making->count++] =
        (struct flow_deed) {at, kind, (uint32_t)node, (uint32_t)node, number};
}

static void node_draw(struct making *making, size_t node)
{
    const struct flow_pauses *pauses = &making->pauses;
    const struct flow_member *member = &making->members[node];
    for (size_t i = pauses->first[node]; i < pauses->first[node + 1]; i++) {
        node_deed(making, node, FLOW_SLEEP, pauses->list[i].from_us, pauses->list[i].why);
        node_deed(making, node, FLOW_WAKE, pauses->list[i].until_us, pauses->list[i].why);
    }
    if (member->from_us != INT64_MIN)
        node_deed(making, node, FLOW_JOIN, member->from_us, 0);
    if (member->until_us != FLOW_MEMBER_NEVER)
        node_deed(making, node, FLOW_LEAVE, member->until_us, 0);
    if (member->renamed_us != FLOW_MEMBER_NEVER && flow_member_is(member, member->renamed_us))
        node_deed(making, node, FLOW_RENAME, member->renamed_us, 0);
    if (member->coded_us != FLOW_MEMBER_NEVER && flow_member_is(member, member->coded_us))
        node_deed(making, node, FLOW_CODE, member->coded_us, 0);
}

/* ---- the year ---- */

struct flow_settings flow_year_defaults(void)
{
    return (struct flow_settings) {
        .year = 2026,
        .autumn_permille = 600,
        .refused_permille = 30,
        .corrected_permille = 300,
        .working_hours = true,
        .patches = true,
        .summers = true,
        .membership = true,
        .rates = {.joins = 501, .leaves = 102, .renames = 240, .codes = 30},
    };
}

struct instant flow_year_beginning(const struct flow_settings *settings)
{
    return (struct instant) {flow_calendar(settings->year).day_one * FLOW_CALENDAR_DAY};
}

/* By time; at the same time nodes first, so that who does something then is on and a member. No two
 * deeds are equal in all of these. */
static int deed_order(const void *left, const void *right)
{
    const struct flow_deed *one = left, *other = right;
    if (one->at_us != other->at_us)
        return one->at_us < other->at_us ? -1 : 1;
    if ((one->kind >= FLOW_SLEEP) != (other->kind >= FLOW_SLEEP))
        return one->kind >= FLOW_SLEEP ? -1 : 1;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return one->number < other->number ? -1 : one->number > other->number;
}

enum fault flow_year(const struct flow_network *network, uint64_t seed,
                     const struct flow_settings *settings, struct arena *arena,
                     struct flow_year *out)
{
    enum { NODE_DEEDS = 4 };
    struct making making = {.network = network,
                            .settings = settings,
                            .calendar = flow_calendar(settings->year),
                            .seed = seed};
    struct flow_member *members;
    uint32_t number = 0;
    TRY(flow_member_draw(network, seed, settings, DAYS_FOLLOWED, arena, &members));
    TRY(flow_pause_draw(network, seed, settings, DAYS_FOLLOWED, arena, &making.pauses));
    making.members = members;
    size_t room = (size_t)flow_students(network) * STEPS_MAX + making.pauses.count * 2 +
                  network->count * NODE_DEEDS;
    making.deeds = arena_take_array(arena, room, sizeof *making.deeds);
    if (!making.deeds)
        return FAULT_MEMORY;
    for (size_t i = 0; i < network->link_count; i++)
        link_draw(&making, i, &number);
    for (size_t i = 0; i < network->count; i++)
        node_draw(&making, i);
    assert(making.count <= room);
    qsort(making.deeds, making.count, sizeof *making.deeds, deed_order);
    *out = (struct flow_year) {making.deeds, making.count, making.cut_short};
    return FAULT_NONE;
}
