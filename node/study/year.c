#include "study/year.h"

#include "sim/checks.h"
#include "sim/hazard.h"
#include "study/agenda.h"
#include "study/venue.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { WORK_ARENA = 256 * 1024 * 1024, DRAIN_DAYS = 7, KIB = 1024 };

static const int64_t MINUTE = 60 * (int64_t)INSTANT_SECOND;
static const int64_t HOUR = 3600 * (int64_t)INSTANT_SECOND;
static const int64_t DAY = 86400 * (int64_t)INSTANT_SECOND;

struct run {
    const struct year_settings *settings;
    struct arena *arena, *work;
    struct year *out;
    struct world *world;
    struct gauge *gauge;
    struct flow_settings calendar;
    struct flow_year year;
    struct agenda agenda;
    struct clerk clerk;
    size_t deed, act;     /* the next of each */
    uint32_t *down;       /* of each node: how many reasons it has to be down */
    uint64_t down_count;  /* nodes that have one */
    bool *absent;         /* of each node: it is not on the membership list yet */
    bool *waits_to_join;  /* it would be, and there is no new catalogue */
    bool frozen;          /* there is none */
    size_t crowd_partner; /* of the flood: who is next */
    int64_t began;        /* of the world */
    size_t day;           /* that is played, from 0 */
    uint64_t refused, postponed;
    int64_t postponed_max;
    struct timespec wall;
};

static int64_t now_of(const struct run *run)
{
    return world_now(run->world).us - run->began;
}

static bool stopped(const struct run *run)
{
    return run->settings->stop && *run->settings->stop;
}

/* ---- people ---- */

static void submit(struct run *run, struct agenda_mobility *mobility, const struct flow_deed *deed)
{
    enum agenda_side side = agenda_side(deed->kind);
    struct event_answer answer = clerk_submit(&run->clerk, deed->kind, &mobility->names);
    int64_t late = now_of(run) - deed->at_us;
    run->postponed += late >= MINUTE;
    run->postponed_max = late > run->postponed_max ? late : run->postponed_max;
    if (answer.verdict) {
        run->refused++;
        mobility->ended = true;
        return;
    }
    if (deed->kind == FLOW_NOMINATE)
        mobility->names.dossier = answer.place.dossier;
    struct gauge_record record = {
        .node = deed->from,
        .partner = side == AGENDA_HOME ? mobility->names.host : mobility->names.home,
        .subject = deed->number,
        .kind = clerk_kind(deed->kind),
        .ready = answer.ready,
        .lane = answer.lane,
        .index = answer.index,
        .place = answer.place,
        .id = answer.id,
        .answered = world_now(run->world).us,
    };
    mobility->unseen[side]++;
    gauge_submitted(run->gauge, &record);
}

/* All that can be said of it now. */
static void mobility_go_on(struct run *run, struct agenda_mobility *mobility)
{
    const struct flow_deed *deed;
    while ((deed = agenda_next(&run->agenda, mobility)) && !mobility->ended) {
        uint32_t other =
            deed->from == mobility->names.home ? mobility->names.host : mobility->names.home;
        if (run->down[deed->from] || run->absent[deed->from] || run->absent[other]) {
            agenda_wait_node(&run->agenda, mobility, run->absent[other] ? other : deed->from);
            return;
        }
        if (mobility->unseen[1 - agenda_side(deed->kind)])
            return; /* the other side's record is not seen here yet */
        agenda_done(&run->agenda, mobility);
        submit(run, mobility, deed);
    }
}

static void ready_go_on(struct run *run)
{
    struct agenda_mobility *mobility;
    while ((mobility = agenda_take_ready(&run->agenda)))
        mobility_go_on(run, mobility);
}

static void receipt_came(void *self, const struct gauge_record *record)
{
    struct run *run = self;
    struct agenda_mobility *mobility = agenda_of(&run->agenda, record->subject);
    enum agenda_side side = record->node == mobility->names.home ? AGENDA_HOME : AGENDA_HOST;
    assert(mobility->unseen[side]);
    mobility->unseen[side]--;
    agenda_wake(&run->agenda, mobility);
}

/* ---- nodes ---- */

static void node_stop(struct run *run, uint32_t node)
{
    if (run->down[node]++)
        return;
    run->down_count++;
    if (world_up(run->world, node)) {
        gauge_stops(run->gauge, node);
        world_stop(run->world, node);
    }
}

static void node_start(struct run *run, uint32_t node)
{
    if (run->down[node] == 0 || --run->down[node])
        return;
    run->down_count--;
    world_start(run->world, node);
    agenda_wake_node(&run->agenda, node);
}

static void node_joins(struct run *run, uint32_t node)
{
    run->waits_to_join[node] = run->frozen;
    run->absent[node] = run->frozen;
    if (!run->frozen)
        agenda_wake_node(&run->agenda, node);
}

static void catalogue_comes(struct run *run)
{
    run->frozen = false;
    for (uint32_t i = 0; i < run->settings->network->count; i++)
        if (run->waits_to_join[i])
            node_joins(run, i);
}

static void network_heal(struct run *run)
{
    world_heal(run->world);
    venue_network(run->world, run->settings->choice);
}

/* Between the circle and all others. */
static void around(struct run *run, enum hazard_kind kind, int64_t us)
{
    size_t count = run->settings->network->count;
    struct arena_mark mark = arena_mark(run->work);
    bool *others = arena_take_array(run->work, count, sizeof *others);
    for (size_t i = 0; others && i < count; i++)
        others[i] = !run->out->ordeal.circle[i];
    struct hazard hazard = {
        .kind = kind, .from = run->out->ordeal.circle, .to = others, .both = true, .us = us};
    if (others)
        world_hazard(run->world, &hazard);
    arena_rewind(run->work, mark);
}

/* A valid nomination of somebody invented, to each partner in turn. */
static void crowd(struct run *run, const struct ordeal_act *act)
{
    const struct flow_network *network = run->settings->network;
    if (run->down[act->node])
        return;
    for (uint32_t done = 0; done < act->amount;) {
        const struct flow_link *link = &network->links[run->crowd_partner++ % network->link_count];
        if (link->from != act->node && link->to != act->node)
            continue;
        struct clerk_mobility invented = {
            .number = GAUGE_CROWD,
            .home = act->node,
            .host = link->from == act->node ? link->to : link->from,
        };
        struct event_answer answer = clerk_submit(&run->clerk, FLOW_NOMINATE, &invented);
        struct gauge_record record = {.subject = GAUGE_CROWD, .ready = answer.ready};
        if (!answer.verdict)
            gauge_submitted(run->gauge, &record);
        done++;
    }
}

static void act_do(struct run *run, const struct ordeal_act *act)
{
    switch (act->deed) {
    case ORDEAL_STOP: node_stop(run, act->node); break;
    case ORDEAL_START: node_start(run, act->node); break;
    case ORDEAL_BACK_UP: world_backup(run->world, act->node); break;
    case ORDEAL_RESTORE: world_restore(run->world, act->node); break;
    case ORDEAL_APART: around(run, HAZARD_PARTED, 0); break;
    case ORDEAL_DISTANT: around(run, HAZARD_DISTANT, act->amount * 1000); break;
    case ORDEAL_HEAL: network_heal(run); break;
    case ORDEAL_FREEZE: run->frozen = true; break;
    case ORDEAL_THAW: catalogue_comes(run); break;
    case ORDEAL_CROWD: crowd(run, act); break;
    case ORDEAL_DEEDS: break;
    }
}

static void deed_do(struct run *run, size_t number)
{
    const struct flow_deed *deed = &run->year.deeds[number];
    switch (deed->kind) {
    case FLOW_SLEEP: node_stop(run, deed->from); break;
    case FLOW_WAKE: node_start(run, deed->from); break;
    case FLOW_JOIN: node_joins(run, deed->from); break;
    case FLOW_LEAVE: node_stop(run, deed->from); break;
    case FLOW_RENAME:
    case FLOW_CODE:
    case FLOW_KINDS: break;
    default: {
        struct agenda_mobility *mobility = agenda_of(&run->agenda, deed->number);
        agenda_add(&run->agenda, number);
        mobility_go_on(run, mobility);
    }
    }
}

/* ---- time ---- */

static uint64_t elapsed_ms(const struct run *run)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)(now.tv_sec - run->wall.tv_sec) * 1000 +
           (uint64_t)(now.tv_nsec / 1000000 - run->wall.tv_nsec / 1000000);
}

static void day_ends(struct run *run)
{
    gauge_day_ends(run->gauge, run->day, run->agenda.waits, run->down_count);
    run->day++;
    uint64_t events = world_events(run->world), ms = elapsed_ms(run);
    struct year_progress progress = {
        .date = instant_after(run->out->beginning, (int64_t)run->day * DAY),
        .day = run->day,
        .days = run->out->days,
        .events = events,
        .events_per_second = events * 1000 / (ms + 1),
        .backlog = gauge_backlog(run->gauge),
        .postponed = run->agenda.waits,
    };
    if (run->settings->told)
        run->settings->told(run->settings->self, &progress);
}

/* People look whether they can go on once a minute. */
static void world_until(struct run *run, int64_t at)
{
    while (now_of(run) < at && !stopped(run)) {
        int64_t day_end = (int64_t)(run->day + 1) * DAY, next = at < day_end ? at : day_end;
        int64_t most = run->agenda.waits ? MINUTE : HOUR;
        if (next - now_of(run) > most)
            next = now_of(run) + most;
        world_run(run->world, next - now_of(run));
        ready_go_on(run);
        if (next == day_end && run->day < run->out->days)
            day_ends(run);
    }
}

static int64_t deed_at(const struct run *run)
{
    return run->deed < run->year.count ? run->year.deeds[run->deed].at_us : INT64_MAX;
}

static int64_t act_at(const struct run *run)
{
    const struct ordeal *ordeal = &run->out->ordeal;
    return run->act < ordeal->count ? ordeal->acts[run->act].at_us : INT64_MAX;
}

static void days_play(struct run *run)
{
    int64_t end = (int64_t)run->out->days * DAY;
    while (!stopped(run)) {
        int64_t deed = deed_at(run), act = act_at(run), at = deed < act ? deed : act;
        if (at >= end)
            break;
        world_until(run, at);
        if (stopped(run))
            break;
        if (act <= deed)
            act_do(run, &run->out->ordeal.acts[run->act++]);
        else
            deed_do(run, run->deed++);
    }
    world_until(run, end);
}

/* Whoever is down for a while comes back, what is cut is mended, and all goes on until nothing is
 * under way. Who left the list, or never joined, does not. */
static void drain(struct run *run)
{
    for (; run->act < run->out->ordeal.count && !stopped(run); run->act++) {
        enum ordeal_deed deed = run->out->ordeal.acts[run->act].deed;
        if (deed == ORDEAL_START || deed == ORDEAL_HEAL || deed == ORDEAL_THAW)
            act_do(run, &run->out->ordeal.acts[run->act]);
    }
    for (; run->deed < run->year.count; run->deed++)
        if (run->year.deeds[run->deed].kind == FLOW_WAKE)
            deed_do(run, run->deed);
    int64_t from = now_of(run);
    bool quiet = false;
    while (!quiet && !stopped(run) && now_of(run) - from < DRAIN_DAYS * DAY) {
        ready_go_on(run);
        quiet = world_settle(run->world, HOUR);
        quiet = quiet && !run->agenda.ready;
    }
    run->out->measures.values[MEASURE_DRAIN] = (double)(now_of(run) - from) / 1e6;
}

/* ---- the beginning ---- */

static bool calendar_make(struct run *run)
{
    const struct year_settings *settings = run->settings;
    const struct scenario_choice *choice = settings->choice;
    struct year *out = run->out;
    run->calendar = flow_year_defaults();
    run->calendar.nights = scenario_value(choice, "nights");
    run->calendar.patches = scenario_value(choice, "patches");
    run->calendar.summers = scenario_value(choice, "summers");
    run->calendar.membership = scenario_members_change(choice, settings->network->count);
    if (settings->rates.joins || settings->rates.leaves)
        run->calendar.rates = settings->rates;
    if (scenario_has(choice, "joins") && scenario_value(choice, "joins"))
        run->calendar.rates.joins = (uint32_t)scenario_value(choice, "joins");
    out->beginning = flow_year_beginning(&run->calendar);
    if (flow_year(settings->network, settings->seed, &run->calendar, run->arena, &run->year))
        return false;
    int64_t last = run->year.count ? run->year.deeds[run->year.count - 1].at_us : 0;
    out->days = (size_t)(last / DAY) + 1;
    if (settings->days && settings->days < out->days)
        out->days = settings->days;
    struct flow_year played = run->year; /* what lies behind the days is no deadline of theirs */
    while (played.count && run->year.deeds[played.count - 1].at_us >= (int64_t)out->days * DAY)
        played.count--;
    struct ordeal_case subject = {settings->network, &played, out->beginning, choice,
                                  settings->seed};
    return ordeal_plan(&subject, run->arena, &out->ordeal, &out->why);
}

/* Those that join in the course of the year do nothing before; their nodes run. */
static void joiners_wait(struct run *run)
{
    for (size_t i = 0; i < run->year.count; i++)
        if (run->year.deeds[i].kind == FLOW_JOIN)
            run->absent[run->year.deeds[i].from] = true;
}

static void event_pass(void *self, const struct world_event *event)
{
    const struct run *run = self;
    run->settings->watcher(run->settings->self, run->world, event);
}

static bool run_open(struct run *run)
{
    const struct flow_network *network = run->settings->network;
    struct gauge_settings gauge = {.receipted = receipt_came, .self = run};
    clock_gettime(CLOCK_MONOTONIC, &run->wall);
    run->work = arena_open(WORK_ARENA);
    run->down = arena_take_array(run->arena, network->count, sizeof *run->down);
    run->waits_to_join = arena_take_array(run->arena, network->count, sizeof(bool));
    run->absent = arena_take_array(run->arena, network->count, sizeof(bool));
    if (!run->work || !run->down || !run->waits_to_join || !run->absent || !calendar_make(run))
        return false;
    if (*run->out->why.text)
        return true;
    struct venue venue = {network, run->settings->choice, run->settings->seed, run->settings->real,
                          run->settings->on_disk};
    run->world = venue_open(&venue, run->arena);
    if (!run->world)
        return false;
    run->began = world_now(run->world).us;
    gauge.world = run->world;
    gauge.days = run->out->days;
    run->gauge = gauge_open(&gauge);
    if (!run->gauge || !agenda_open(&run->agenda, network, &run->year, run->arena) ||
        !clerk_open(&run->clerk, run->world, run->arena, run->work))
        return false;
    if (run->settings->watcher)
        world_watch(run->world, event_pass, run);
    joiners_wait(run);
    return true;
}

static void run_close(struct run *run)
{
    gauge_close(run->gauge);
    world_close(run->world);
    arena_close(run->work);
}

/* ---- the end ---- */

/* Of pairs spread evenly over all links: both stores are read again and compared. */
static void stores_compare(struct run *run)
{
    const struct flow_network *network = run->settings->network;
    size_t samples = run->settings->samples;
    samples = samples < network->link_count ? samples : network->link_count;
    for (size_t i = 0; i < samples && !run->out->wrong; i++) {
        const struct flow_link *link = &network->links[i * network->link_count / samples];
        struct arena_mark mark = arena_mark(run->work);
        if (run->down[link->from] || run->down[link->to])
            continue;
        const char *wrong = checks_same(run->world, link->from, link->to, run->work);
        if (wrong)
            run->out->wrong = arena_text(run->arena, bytes_text(wrong));
        arena_rewind(run->work, mark);
        run->out->compared++;
    }
}

static void run_measure(struct run *run)
{
    double *values = run->out->measures.values;
    struct rusage usage;
    uint64_t ms = elapsed_ms(run);
    gauge_finish(run->gauge, &run->out->measures);
    values[MEASURE_ABSENT] = (double)run->year.cut_short;
    values[MEASURE_REFUSED] = (double)run->refused;
    values[MEASURE_POSTPONED] = (double)run->postponed;
    values[MEASURE_POSTPONED_MAX] = (double)run->postponed_max / (double)HOUR;
    values[MEASURE_DROPPED] = (double)run->agenda.waits;
    values[MEASURE_WALL] = (double)ms / 1000;
    values[MEASURE_RATE] = values[MEASURE_EVENTS] * 1000 / (double)(ms + 1);
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        values[MEASURE_MEMORY] = (double)usage.ru_maxrss / KIB;
    world_hash(run->world, &run->out->hash);
}

static bool lists_keep(struct run *run)
{
    struct year *out = run->out;
    out->day_list = arena_take_array(run->arena, out->days, sizeof *out->day_list);
    while (gauge_message(run->gauge, out->message_count))
        out->message_count++;
    out->messages = arena_take_array(run->arena, out->message_count + 1, sizeof *out->messages);
    if (!out->day_list || !out->messages)
        return false;
    for (size_t i = 0; i < out->days; i++)
        out->day_list[i] = *gauge_day(run->gauge, i);
    for (size_t i = 0; i < out->message_count; i++)
        out->messages[i] = *gauge_message(run->gauge, i);
    return true;
}

static enum year_end play(struct run *run)
{
    if (!run_open(run))
        return YEAR_SPENT;
    if (*run->out->why.text)
        return YEAR_REFUSED;
    days_play(run);
    drain(run);
    run_measure(run);
    stores_compare(run);
    if (stopped(run)) /* the day that was not over, too */
        run->out->days = run->day < run->out->days ? run->day + 1 : run->out->days;
    if (gauge_spent(run->gauge) || !lists_keep(run))
        return YEAR_SPENT;
    return stopped(run) ? YEAR_STOPPED : YEAR_DONE;
}

void year_run(const struct year_settings *settings, struct arena *arena, struct year *out)
{
    struct run run = {.settings = settings, .arena = arena, .out = out};
    assert(settings->network->count >= 2 && settings->choice->scenario);
    *out = (struct year) {0};
    out->end = play(&run);
    run_close(&run);
}
