#include "study/ordeal.h"

#include "seal/entropy.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERCENT = 100, MONDAY_OFFSET = 4, WEEK = 7, MORNING_HOUR = 6, ACTS_PER_NODE = 4 };

static const int64_t SECOND_US = INSTANT_SECOND;
static const int64_t MINUTE_US = 60 * (int64_t)INSTANT_SECOND;
static const int64_t HOUR_US = 3600 * (int64_t)INSTANT_SECOND;
static const int64_t DAY_US = 86400 * (int64_t)INSTANT_SECOND;

struct plan {
    const struct ordeal_case *subject;
    struct arena *arena;
    struct ordeal *out;
    size_t room;
    uint8_t seed[ENTROPY_SEED_SIZE];
};

/* One for each kind of scenario; false: the arena is spent. */
typedef bool planner(struct plan *plan);
static planner nothing, dark, cut_off, frozen, flood, versions, restored, shutdown_of, slow;

static planner *const planners[] = {
    [SCENARIO_NONE] = nothing,      [SCENARIO_DARK] = dark,
    [SCENARIO_CUT_OFF] = cut_off,   [SCENARIO_CATALOGUE] = frozen,
    [SCENARIO_FLOOD] = flood,       [SCENARIO_VERSIONS] = versions,
    [SCENARIO_RESTORED] = restored, [SCENARIO_SHUTDOWN] = shutdown_of,
    [SCENARIO_SLOW] = slow,
};

static_assert(sizeof planners / sizeof *planners == SCENARIO_COUNT, "one for each");

static int64_t value_of(const struct plan *plan, const char *name)
{
    return scenario_value(plan->subject->choice, name);
}

static size_t node_count(const struct plan *plan)
{
    return plan->subject->network->count;
}

/* ---- when ---- */

size_t ordeal_busiest(const struct flow_year *year, enum flow_kind kind, size_t days)
{
    size_t best = 0, most = 0, within = 0, tail = 0;
    int64_t span = (int64_t)days * DAY_US;
    assert(days > 0);
    for (size_t i = 0; i < year->count; i++) {
        if (year->deeds[i].kind != kind)
            continue;
        within++;
        /* The days end with this deed's own one. */
        int64_t first = (year->deeds[i].at_us / DAY_US + 1) * DAY_US - span;
        while (year->deeds[tail].at_us < first)
            within -= year->deeds[tail++].kind == kind;
        if (within > most) {
            most = within;
            best = first > 0 ? (size_t)(first / DAY_US) : 0;
        }
    }
    return best;
}

/* The day that was asked for, or the scenario's own. */
static int64_t begin_at(const struct plan *plan, size_t own_day)
{
    int64_t day = value_of(plan, "day");
    return (day ? day - 1 : (int64_t)own_day) * DAY_US;
}

static size_t deadline_week(const struct plan *plan)
{
    return ordeal_busiest(plan->subject->year, FLOW_NOMINATE, WEEK);
}

/* The first Monday from this day on. 1970 began with a Thursday. */
static size_t monday_from(const struct plan *plan, size_t day)
{
    int64_t days = plan->subject->beginning.us / DAY_US;
    while ((days + (int64_t)day) % WEEK != MONDAY_OFFSET)
        day++;
    return day;
}

/* ---- whom ---- */

static bool act_add(struct plan *plan, int64_t at_us, enum ordeal_deed deed, uint32_t node)
{
    struct ordeal *out = plan->out;
    if (out->count == plan->room) {
        size_t room = plan->room ? 2 * plan->room : 64;
        struct ordeal_act *acts = arena_take_array(plan->arena, room, sizeof *acts);
        if (!acts)
            return false;
        if (out->count)
            memcpy(acts, out->acts, out->count * sizeof *acts);
        out->acts = acts;
        plan->room = room;
    }
    out->acts[out->count++] = (struct ordeal_act) {.at_us = at_us, .deed = deed, .node = node};
    return true;
}

static uint64_t dice(const struct plan *plan, const char *label, uint64_t counter)
{
    uint8_t bytes[8];
    entropy_expand(plan->seed, label, counter, bytes, sizeof bytes);
    return bytes_read_u64le(bytes);
}

/* Exactly this share of the nodes, each as likely as the other. */
static void circle_share(struct plan *plan, int64_t percent)
{
    size_t left = node_count(plan), wanted = (left * (size_t)percent + PERCENT / 2) / PERCENT;
    plan->out->circled = wanted;
    for (size_t i = 0; i < node_count(plan); i++, left--) {
        plan->out->circle[i] = dice(plan, "share", i) % left < wanted;
        wanted -= plan->out->circle[i];
    }
}

static size_t country_size(const struct plan *plan, const char *country)
{
    size_t size = 0;
    for (size_t i = 0; i < node_count(plan); i++)
        size += strcmp(plan->subject->network->institutions[i].country, country) == 0;
    return size;
}

static void circle_country(struct plan *plan)
{
    const struct flow_institution *list = plan->subject->network->institutions;
    char country[3] = "";
    size_t most = 0;
    if (value_of(plan, "country"))
        scenario_country_text(value_of(plan, "country"), country);
    else
        for (size_t i = 0; i < node_count(plan); i++) {
            size_t size = country_size(plan, list[i].country);
            if (size > most)
                memcpy(country, list[i].country, sizeof country);
            most = size > most ? size : most;
        }
    for (size_t i = 0; i < node_count(plan); i++) {
        plan->out->circle[i] = strcmp(list[i].country, country) == 0;
        plan->out->circled += plan->out->circle[i];
    }
}

static bool circle_each(struct plan *plan, int64_t at_us, enum ordeal_deed deed)
{
    for (size_t i = 0; i < node_count(plan); i++)
        if (plan->out->circle[i] && !act_add(plan, at_us, deed, (uint32_t)i))
            return false;
    return true;
}

/* From the beginning, for so long. */
static void lasts(struct plan *plan, int64_t from_us, int64_t for_us)
{
    plan->out->from_us = from_us;
    plan->out->until_us = from_us + for_us;
}

static bool circle_off(struct plan *plan, int64_t from_us, int64_t for_us)
{
    lasts(plan, from_us, for_us);
    return circle_each(plan, from_us, ORDEAL_STOP) &&
           circle_each(plan, from_us + for_us, ORDEAL_START);
}

/* ---- the scenarios ---- */

static bool nothing(struct plan *)
{
    return true;
}

static bool dark(struct plan *plan)
{
    circle_share(plan, value_of(plan, "share"));
    return circle_off(plan, begin_at(plan, deadline_week(plan)), value_of(plan, "days") * DAY_US);
}

static bool cut_off(struct plan *plan)
{
    circle_country(plan);
    lasts(plan, begin_at(plan, deadline_week(plan)), value_of(plan, "days") * DAY_US);
    return act_add(plan, plan->out->from_us, ORDEAL_APART, 0) &&
           act_add(plan, plan->out->until_us, ORDEAL_HEAL, 0);
}

/* Who would join meanwhile. */
static void circle_joiners(struct plan *plan)
{
    const struct flow_year *year = plan->subject->year;
    for (size_t i = 0; i < year->count; i++) {
        const struct flow_deed *deed = &year->deeds[i];
        if (deed->kind != FLOW_JOIN || deed->at_us < plan->out->from_us ||
            deed->at_us >= plan->out->until_us)
            continue;
        plan->out->circle[deed->from] = true;
        plan->out->circled++; /* nobody joins twice */
    }
    if (!plan->out->circled)
        plan->out->idle = "nobody joins in that time: nothing is meant by it";
}

static bool frozen(struct plan *plan)
{
    size_t days = (size_t)value_of(plan, "days"), week = deadline_week(plan);
    lasts(plan, begin_at(plan, week > days / 2 ? week - days / 2 : 0), (int64_t)days * DAY_US);
    circle_joiners(plan);
    return act_add(plan, plan->out->from_us, ORDEAL_FREEZE, 0) &&
           act_add(plan, plan->out->until_us, ORDEAL_THAW, 0);
}

/* Whoever has most partners. */
static uint32_t best_connected(const struct plan *plan, struct arena *arena)
{
    const struct flow_network *network = plan->subject->network;
    uint32_t *links = arena_take_array(arena, network->count, sizeof *links), best = 0;
    for (size_t i = 0; links && i < network->link_count; i++) {
        links[network->links[i].from]++;
        links[network->links[i].to]++;
    }
    for (uint32_t i = 1; links && i < network->count; i++)
        best = links[i] > links[best] ? i : best;
    return best;
}

/* The rate by the minute, in one act each. */
static bool flood(struct plan *plan)
{
    uint32_t node = best_connected(plan, plan->arena);
    lasts(plan, begin_at(plan, deadline_week(plan)), value_of(plan, "hours") * HOUR_US);
    plan->out->circle[node] = true;
    plan->out->circled = 1;
    for (int64_t at = plan->out->from_us; at < plan->out->until_us; at += MINUTE_US) {
        if (!act_add(plan, at, ORDEAL_CROWD, node))
            return false;
        plan->out->acts[plan->out->count - 1].amount = (uint32_t)value_of(plan, "rate");
    }
    return true;
}

static bool versions(struct plan *plan)
{
    int64_t spread = value_of(plan, "hours") * HOUR_US,
            down = value_of(plan, "minutes") * MINUTE_US;
    bool good = true;
    circle_share(plan, value_of(plan, "share"));
    lasts(plan, begin_at(plan, deadline_week(plan)), spread + down);
    for (size_t i = 0; good && i < node_count(plan); i++) {
        int64_t at =
            plan->out->from_us +
            (int64_t)(dice(plan, "restart", i) % (uint64_t)(spread / SECOND_US)) * SECOND_US;
        if (plan->out->circle[i])
            good = act_add(plan, at, ORDEAL_STOP, (uint32_t)i) &&
                   act_add(plan, at + down, ORDEAL_START, (uint32_t)i);
    }
    return good;
}

static bool restored(struct plan *plan)
{
    int64_t age = value_of(plan, "age") * DAY_US, morning = MORNING_HOUR * HOUR_US;
    int64_t monday = begin_at(plan, monday_from(plan, deadline_week(plan))) + morning;
    circle_share(plan, value_of(plan, "share"));
    lasts(plan, monday, MINUTE_US);
    return circle_each(plan, monday > age ? monday - age : 0, ORDEAL_BACK_UP) &&
           circle_each(plan, monday, ORDEAL_STOP) && circle_each(plan, monday, ORDEAL_RESTORE) &&
           circle_each(plan, monday + MINUTE_US, ORDEAL_START);
}

static bool shutdown_of(struct plan *plan)
{
    size_t days = (size_t)value_of(plan, "days");
    circle_country(plan);
    return circle_off(plan,
                      begin_at(plan, ordeal_busiest(plan->subject->year, FLOW_TRANSCRIPT, days)),
                      (int64_t)days * DAY_US);
}

static bool slow(struct plan *plan)
{
    circle_country(plan);
    lasts(plan, begin_at(plan, deadline_week(plan)), value_of(plan, "days") * DAY_US);
    bool good = act_add(plan, plan->out->from_us, ORDEAL_DISTANT, 0);
    if (good)
        plan->out->acts[0].amount = (uint32_t)value_of(plan, "slower");
    return good && act_add(plan, plan->out->until_us, ORDEAL_HEAL, 0);
}

/* ---- the plan ---- */

/* Equals as they were said: what is stopped is restored, and then started. */
static int by_time(const void *left, const void *right)
{
    const struct ordeal_act *a = left, *b = right;
    if (a->at_us != b->at_us)
        return a->at_us < b->at_us ? -1 : 1;
    if (a->deed != b->deed)
        return a->deed < b->deed ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

bool ordeal_plan(const struct ordeal_case *subject, struct arena *arena, struct ordeal *out,
                 struct scenario_refusal *why)
{
    struct plan plan = {.subject = subject, .arena = arena, .out = out};
    *why = (struct scenario_refusal) {0};
    *out =
        (struct ordeal) {.circle = arena_take_array(arena, subject->network->count, sizeof(bool))};
    if (!out->circle)
        return false;
    bytes_write_u64le(plan.seed, subject->seed);
    if (!planners[subject->choice->scenario->kind](&plan))
        return false;
    if (!out->circled && scenario_has(subject->choice, "country"))
        snprintf(why->text, sizeof why->text,
                 "nobody in this network is in that country: every institution shows its own in "
                 "the list of the network");
    if (out->count)
        qsort(out->acts, out->count, sizeof *out->acts, by_time);
    return true;
}
