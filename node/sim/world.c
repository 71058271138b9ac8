#include "sim/world.h"

#include "sim/founding.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_ARENA = 256 * 1024 * 1024, HAZARD_TOLD_MAX = 64 };

static const int64_t BEGINNING = 1793000000LL * INSTANT_SECOND; /* 2026-10-26 */

/* ---- people ---- */

struct event_answer world_submit(struct world *world, size_t number,
                                 const struct event_submission *submission)
{
    struct event event = {.kind = EVENT_SUBMITTED, .submitted = *submission};
    struct event_answer answer, unanswered = {.verdict = VERDICT_INTERNAL};
    const struct node *node = turn_node(world, number);
    size_t seat = node->twin_of ? node->twin_of->number : node->number;
    struct world_event told = {
        .deed = WORLD_SUBMITTED,
        .at = world_now(world),
        .node = seat,
        .other = seat,
        .submission = submission,
        .answer = &answer,
    };
    world->submitted = &told;
    if (turn_step(world, number, &event, "submission", &answer))
        return answer;
    world->submitted = NULL;
    told.answer = &unanswered;
    annals_tell(&world->annals, &told, (struct bytes) {0});
    return unanswered;
}

void world_ping(struct world *world, size_t number, size_t other)
{
    struct event event = {.kind = EVENT_PING, .ping_node = turn_node(world, other)->id};
    struct event_answer answer;
    turn_step(world, number, &event, "ping", &answer);
}

struct event_answer world_order(struct world *world, size_t number, const struct event_order *order)
{
    struct event event = {.kind = EVENT_ORDERED, .ordered = *order};
    struct event_answer answer;
    return turn_step(world, number, &event, "order", &answer)
               ? answer
               : (struct event_answer) {.verdict = VERDICT_INTERNAL};
}

void world_inject(struct world *world, const struct world_passing *passing)
{
    turn_inject(world, passing);
}

/* ---- running ---- */

void world_run(struct world *world, int64_t for_us)
{
    int64_t until = world->now + for_us;
    while (turn_next(world, until))
        ;
    world->now = until;
}

static bool quiet(const struct world *world)
{
    return !world->busy_count && !traffic_first(&world->network.traffic);
}

bool world_settle(struct world *world, int64_t at_most_us)
{
    int64_t until = world->now + at_most_us;
    while (!quiet(world))
        if (!turn_next(world, until)) {
            world->now = until;
            return false;
        }
    return true;
}

uint64_t world_groups(const struct world *world)
{
    return world->groups;
}

uint64_t world_events(const struct world *world)
{
    return world->events;
}

/* ---- faults ---- */

void world_network(struct world *world, struct world_network faults)
{
    world->network.faults = faults;
}

void world_cut(struct world *world, size_t one, size_t other, bool cut)
{
    struct world_event event = {
        .deed = cut ? WORLD_CUT : WORLD_MENDED,
        .at = world_now(world),
        .node = turn_node(world, one)->number,
        .other = turn_node(world, other)->number,
    };
    network_cut(&world->network, event.node, event.other, cut);
    annals_tell(&world->annals, &event, (struct bytes) {0});
}

/* To whoever draws: each two whom it concerns. Nobody draws large worlds so. */
static void hazard_tell(struct world *world, size_t number, enum world_deed deed)
{
    const struct hazards *hazards = &world->network.hazards;
    for (size_t i = 0; world->count <= HAZARD_TOLD_MAX && i < world->count; i++)
        for (size_t j = 0; j < world->count; j++) {
            struct world_event event = {.deed = deed,
                                        .at = world_now(world),
                                        .node = i,
                                        .other = j,
                                        .what = hazard_name(hazards->list[number].kind)};
            if (i != j && hazard_parts(hazards, number, i, j))
                annals_tell(&world->annals, &event, (struct bytes) {0});
        }
}

static bool *side_copy(const struct world *world, const bool *side)
{
    bool *copy = calloc(world->count, sizeof *copy);
    assert(copy); /* a world without memory proves nothing */
    for (size_t i = 0; i < world->count; i++)
        copy[turn_node(world, i)->number] |= side[i];
    return copy;
}

void world_hazard(struct world *world, const struct hazard *hazard)
{
    struct hazard own = *hazard;
    own.from = side_copy(world, hazard->from);
    own.to = side_copy(world, hazard->to);
    hazard_add(&world->network.hazards, &own, world->count);
    hazard_tell(world, world->network.hazards.count - 1, WORLD_CUT);
}

void world_heal(struct world *world)
{
    const struct ways *ways = &world->network.ways;
    for (size_t i = 0; i < world->network.hazards.count; i++)
        hazard_tell(world, i, WORLD_MENDED);
    for (size_t i = 0; i < ways->room; i++)
        if (ways->slots[i] && ways->slots[i]->cut && ways->slots[i]->from < ways->slots[i]->to)
            world_cut(world, ways->slots[i]->from, ways->slots[i]->to, false);
    network_heal(&world->network, world->now);
}

void world_break(struct world *world, const struct world_passing *passing)
{
    network_break(&world->network, passing);
}

void world_tap_set(struct world *world, world_tap *tap, void *self)
{
    world->tap = tap;
    world->tap_self = self;
}

void world_stop(struct world *world, size_t number)
{
    struct node *node = turn_node(world, number);
    bool was_up = node->engine != NULL;
    node_stop(node);
    turn_note(world, node);
    if (was_up)
        turn_tell(world, WORLD_STOPPED, node->number, "told");
}

void world_power_cut(struct world *world, size_t number, uint64_t dice)
{
    struct node *node = turn_node(world, number);
    bool was_up = node->engine != NULL;
    node_cut(node, dice);
    turn_note(world, node);
    if (was_up)
        turn_tell(world, WORLD_STOPPED, node->number, "power");
}

void world_slow(struct world *world, size_t number, int64_t commit_us)
{
    turn_node(world, number)->slow_us = commit_us;
}

struct disk *world_disk(const struct world *world, size_t number)
{
    return turn_node(world, number)->home.disk;
}

bool world_start(struct world *world, size_t number)
{
    struct node *node = turn_node(world, number);
    bool up = node_start(node, world->now);
    turn_note(world, node);
    if (up)
        turn_tell(world, WORLD_STARTED, node->number, NULL);
    return up;
}

bool world_up(const struct world *world, size_t node)
{
    return turn_node(world, node)->engine != NULL;
}

void world_fall(struct world *world, size_t number, enum world_fall fall, const char *what)
{
    turn_node(world, number)->fall = fall;
    turn_node(world, number)->falls_at = what;
}

void world_fall_in(struct world *world, size_t number, enum world_fall fall, uint64_t groups)
{
    turn_node(world, number)->fall = fall;
    turn_node(world, number)->falls_in = groups;
}

void world_backup(struct world *world, size_t number)
{
    world_backup_as(world, number, "");
}

void world_restore(struct world *world, size_t number)
{
    bool restored = world_restore_as(world, number, "");
    assert(restored);
}

void world_backup_as(struct world *world, size_t number, const char *name)
{
    struct node *node = turn_node(world, number);
    struct housing copy;
    bool copied = housing_copy(&node->home, &copy);
    assert(copied); /* a world without memory proves nothing */
    vault_put(&node->vault, name, copy);
    turn_tell(world, WORLD_BACKED_UP, node->number, NULL);
}

void world_house(struct world *world, size_t number, struct store *store)
{
    struct node *node = turn_node(world, number);
    assert(!node->engine);
    housing_close(&node->home);
    node->housed = true;
    node->store = store;
}

bool world_restore_as(struct world *world, size_t number, const char *name)
{
    struct node *node = turn_node(world, number);
    const struct housing *backup = vault_find(&node->vault, name);
    struct housing copy;
    if (!backup)
        return false;
    bool copied = housing_copy(backup, &copy);
    assert(copied);
    node_moves(node, copy);
    turn_tell(world, WORLD_RESTORED, node->number, NULL);
    return true;
}

void world_trusts(struct world *world, size_t number, struct world_trust trust)
{
    struct node *node = turn_node(world, number);
    if (trust.catalogue) {
        node->catalogue = trust.catalogue;
        if (!world_catalogue_of(world, trust.catalogue->version) &&
            world->believed_count < WORLD_CATALOGUES_MAX)
            world->believed[world->believed_count++] = trust.catalogue;
    }
    if (trust.keys)
        node->suite_keys = *trust.keys;
}

/* It sleeps by its own clock, and looks at it when it was set. */
static void clock_look(struct world *world, struct node *node)
{
    node->wake = world->now;
    turn_note(world, node);
    turn_tell(world, WORLD_CLOCK, node->number, NULL);
}

void world_clock(struct world *world, size_t number, int64_t offset_us)
{
    struct node *node = turn_node(world, number);
    drift_set(&node->clock, world->now, offset_us);
    clock_look(world, node);
}

void world_clock_rate(struct world *world, size_t number, int64_t gains_us)
{
    struct node *node = turn_node(world, number);
    drift_set_rate(&node->clock, world->now, gains_us);
    clock_look(world, node);
}

/* ---- looking ---- */

struct instant world_now(const struct world *world)
{
    return (struct instant) {world->now};
}

struct instant world_beginning(void)
{
    return (struct instant) {BEGINNING};
}

size_t world_count(const struct world *world)
{
    return world->count;
}

struct store *world_store(const struct world *world, size_t node)
{
    return turn_node(world, node)->store;
}

struct engine *world_engine(const struct world *world, size_t node)
{
    return turn_node(world, node)->engine;
}

const struct catalogue *world_catalogue(const struct world *world)
{
    return world->catalogue;
}

const struct catalogue *world_catalogue_at(const struct world *world, size_t node)
{
    return turn_node(world, node)->catalogue;
}

const struct catalogue *world_catalogue_of(const struct world *world, uint64_t version)
{
    for (size_t i = 0; i < world->believed_count; i++)
        if (world->believed[i]->version == version)
            return world->believed[i];
    return NULL;
}

const char *world_institution(const struct world *world, size_t node)
{
    return world->nodes[node].keys.institution;
}

static int institution_compare(const void *key, const void *member)
{
    const struct node *const *node = member;
    return strcmp(key, (*node)->keys.institution);
}

bool world_find(const struct world *world, const char *institution, size_t *node)
{
    struct node *const *found = bsearch(institution, world->by_institution, world->count,
                                        sizeof(struct node *), institution_compare);
    if (found)
        *node = (*found)->number;
    return found;
}

bool world_deals(const struct world *world, size_t one, size_t other)
{
    const struct node *left = turn_node(world, one), *right = turn_node(world, other);
    if (one == other)
        return false;
    return left == right || deals_has(&world->deals, left->number, right->number);
}

struct suite world_suite(const struct world *world, size_t node)
{
    return node_suite(turn_node(world, node));
}

void world_listen(struct world *world, world_listener *listener, void *self)
{
    world->listener = listener;
    world->listener_self = self;
}

void world_watch(struct world *world, world_watcher *watcher, void *self)
{
    annals_watch(&world->annals, watcher, self);
}

void world_hash(const struct world *world, struct digest *out)
{
    annals_hash(&world->annals, out);
}

/* ---- the beginning ---- */

static bool nodes_start(struct world *world)
{
    bool up = true;
    for (size_t i = 0; up && i < world->count; i++) {
        up = world_up(world, i) || world_start(world, i);
    }
    return up;
}

struct world *world_open(uint64_t seed, const char *const *institutions, size_t count)
{
    struct world_member *members = calloc(count, sizeof *members);
    if (!members)
        return NULL;
    for (size_t i = 0; i < count; i++)
        members[i].institution = institutions[i];
    struct world *world = world_open_members(seed, members, count);
    free(members);
    return world;
}

struct world *world_open_members(uint64_t seed, const struct world_member *members, size_t count)
{
    struct world_settings settings = {.seed = seed, .members = members, .count = count};
    return world_open_settings(&settings);
}

struct world *world_open_settings(const struct world_settings *settings)
{
    assert(settings->count >= 2 && settings->count <= WORLD_NODES_MAX);
    struct world *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    world->now = BEGINNING;
    if (founding_make(world, settings) && nodes_start(world))
        return world;
    world_close(world);
    return NULL;
}

void world_close(struct world *world)
{
    if (!world)
        return;
    founding_end(world);
    free(world);
}
