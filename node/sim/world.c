#include "sim/world.h"

#include "sim/network.h"
#include "sim/node.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUP_ARENA = 256 * 1024 * 1024,
    GROUP_FRAMES = 64, /* at most, in one group */
    ROUTE_SIZE = 4,
};

static const int64_t BEGINNING = 1793000000LL * INSTANT_SECOND; /* 2026-10-26 */
static const int64_t GROUP_SPAN = 200; /* frames so close together share a commit */

struct world {
    uint8_t seed[ENTROPY_SEED_SIZE];
    int64_t now;
    uint64_t groups;
    struct node nodes[WORLD_NODES_MAX];
    size_t count;
    struct arena *ground; /* the catalogue */
    struct arena *table;  /* the group that is made just now */
    struct catalogue *catalogue;
    struct network network;
    world_tap *tap;
    void *tap_self;
    world_listener *listener;
    void *listener_self;
};

static struct node *node_at(const struct world *world, size_t number)
{
    assert(number < world->count);
    return world->nodes[number].host;
}

/* ---- what leaves a node ---- */

static size_t way_end(const struct world *world, const struct event_way *way)
{
    size_t to = 0;
    if (!way->node) {
        assert(way->route.size == ROUTE_SIZE);
        to = bytes_read_u32le(way->route.data);
    } else {
        while (to < world->count && strcmp(world->nodes[to].id, way->node) != 0)
            to++; /* a lodger has no id */
    }
    assert(to < world->count);
    return to;
}

static struct network_trip trip_to(const struct world *world, size_t to)
{
    return (struct network_trip) {world->now, world->nodes[to].process};
}

static void frame_leaves(void *self, size_t number, const struct outcome_frame *frame)
{
    struct world *world = self;
    struct world_passing passing = {
        .from = number,
        .to = way_end(world, &frame->way),
        .dialled = frame->way.node != NULL,
        .what = frame->what,
        .wire = (uint8_t *)frame->wire.data,
        .size = frame->wire.size,
    };
    if (world->tap && !world->tap(world->tap_self, world, &passing))
        return;
    if (world->nodes[passing.to].engine)
        network_send(&world->network, &passing, trip_to(world, passing.to));
}

static void sentence_leaves(void *self, size_t number, const struct trace_sentence *sentence)
{
    struct world *world = self;
    if (world->listener)
        world->listener(world->listener_self, world_now(world), number, sentence);
}

/* ---- groups ---- */

static void group_begin(struct world *world, struct node *node, struct node_group *group)
{
    world->groups++;
    node_group_begin(group, node, world->table, world->now);
}

static bool group_end(struct world *world, struct node_group *group)
{
    struct node_outlet outlet = {world, sentence_leaves, frame_leaves};
    return node_group_end(group, &outlet);
}

static void frame_step(struct world *world, struct node_group *group,
                       const struct traffic_frame *frame)
{
    uint8_t route[ROUTE_SIZE];
    if (frame->process != group->node->process || world->network.cut[frame->from][frame->to])
        return;
    bytes_write_u32le(route, (uint32_t)frame->from);
    struct event event = {.kind = EVENT_RECEIVED, .received.wire = {frame->wire, frame->size}};
    /* A frame on the sender's own connection is answered along the route; one that comes back on a
     * connection of ours is known by the node that we dialled. */
    if (frame->dialled)
        event.received.way.route = (struct bytes) {route, sizeof route};
    else
        event.received.way.node = world->nodes[frame->from].id;
    node_group_step(group, &event, frame->what);
}

/* The first frame and those for the same node that come right behind it. */
static void node_receive(struct world *world)
{
    struct traffic *traffic = &world->network.traffic;
    const struct traffic_frame *next = traffic_first(traffic);
    struct node *node = &world->nodes[next->to];
    struct node_group group;
    bool up = node->engine != NULL;
    if (up)
        group_begin(world, node, &group);
    for (size_t i = 0; i < GROUP_FRAMES && next && next->to == node->number &&
                       next->due <= world->now + GROUP_SPAN;
         i++) {
        struct traffic_frame frame = traffic_pop(traffic);
        if (up)
            frame_step(world, &group, &frame);
        free(frame.wire);
        next = traffic_first(traffic);
    }
    if (up)
        group_end(world, &group);
}

static void node_wake(struct world *world, struct node *node)
{
    struct node_group group;
    group_begin(world, node, &group);
    group_end(world, &group);
}

/* ---- people ---- */

struct event_answer world_submit(struct world *world, size_t number,
                                 const struct event_submission *submission)
{
    struct node_group group;
    struct event event = {.kind = EVENT_SUBMITTED, .submitted = *submission};
    struct event_answer unanswered = {.verdict = VERDICT_INTERNAL};
    if (!world_up(world, number))
        return unanswered;
    group_begin(world, node_at(world, number), &group);
    node_group_step(&group, &event, "submission");
    struct event_answer answer = group.outcome.answer;
    return group_end(world, &group) ? answer : unanswered;
}

void world_ping(struct world *world, size_t number, size_t other)
{
    struct node_group group;
    struct event event = {.kind = EVENT_PING, .ping_node = node_at(world, other)->id};
    if (!world_up(world, number))
        return;
    group_begin(world, node_at(world, number), &group);
    node_group_step(&group, &event, "ping");
    group_end(world, &group);
}

struct event_answer world_order(struct world *world, size_t number, const struct event_order *order)
{
    struct node_group group;
    struct event event = {.kind = EVENT_ORDERED, .ordered = *order};
    struct event_answer unanswered = {.verdict = VERDICT_INTERNAL};
    if (!world_up(world, number))
        return unanswered;
    group_begin(world, node_at(world, number), &group);
    node_group_step(&group, &event, "order");
    struct event_answer answer = group.outcome.answer;
    return group_end(world, &group) ? answer : unanswered;
}

void world_inject(struct world *world, const struct world_passing *passing)
{
    assert(passing->from < world->count && passing->to < world->count);
    network_inject(&world->network, passing, trip_to(world, passing->to));
}

/* ---- running ---- */

static bool event_next(struct world *world, int64_t until)
{
    int64_t wake = INT64_MAX;
    struct node *sleeper = NULL;
    for (size_t i = 0; i < world->count; i++)
        if (world->nodes[i].engine && world->nodes[i].wake < wake) {
            wake = world->nodes[i].wake;
            sleeper = &world->nodes[i];
        }
    const struct traffic_frame *next = traffic_first(&world->network.traffic);
    int64_t due = next ? next->due : INT64_MAX;
    int64_t at = due < wake ? due : wake;
    if (at > until)
        return false;
    world->now = at > world->now ? at : world->now;
    if (due <= wake)
        node_receive(world);
    else
        node_wake(world, sleeper);
    return true;
}

void world_run(struct world *world, int64_t for_us)
{
    int64_t until = world->now + for_us;
    while (event_next(world, until))
        ;
    world->now = until;
}

static bool quiet(const struct world *world)
{
    struct engine_partner partner;
    if (traffic_first(&world->network.traffic))
        return false;
    for (size_t i = 0; i < world->count; i++) {
        const struct engine *engine = world->nodes[i].engine;
        for (size_t p = 0; engine && engine_partner(engine, p, &partner); p++)
            if (partner.guard_armed || partner.ready ||
                (partner.outbox > partner.stuck && !partner.suspended))
                return false;
    }
    return true;
}

bool world_settle(struct world *world, int64_t at_most_us)
{
    int64_t until = world->now + at_most_us;
    while (!quiet(world))
        if (!event_next(world, until)) {
            world->now = until;
            return false;
        }
    return true;
}

uint64_t world_groups(const struct world *world)
{
    return world->groups;
}

/* ---- faults ---- */

void world_network(struct world *world, struct world_network faults)
{
    world->network.faults = faults;
}

void world_cut(struct world *world, size_t one, size_t other, bool cut)
{
    one = node_at(world, one)->number;
    other = node_at(world, other)->number;
    world->network.cut[one][other] = world->network.cut[other][one] = cut;
}

void world_tap_set(struct world *world, world_tap *tap, void *self)
{
    world->tap = tap;
    world->tap_self = self;
}

void world_stop(struct world *world, size_t number)
{
    node_stop(node_at(world, number));
}

bool world_start(struct world *world, size_t number)
{
    return node_start(node_at(world, number), world->now);
}

bool world_up(const struct world *world, size_t node)
{
    return node_at(world, node)->engine != NULL;
}

void world_fall(struct world *world, size_t number, enum world_fall fall, const char *what)
{
    node_at(world, number)->fall = fall;
    node_at(world, number)->falls_at = what;
}

void world_backup(struct world *world, size_t number)
{
    struct node *node = node_at(world, number);
    if (node->backup)
        node->backup->close(node->backup);
    node->backup = store_memory_copy(node->store);
    assert(node->backup);
}

void world_house(struct world *world, size_t number, struct store *store)
{
    struct node *node = node_at(world, number);
    assert(!node->engine);
    if (!node->housed)
        node->store->close(node->store);
    node->housed = true;
    node->store = store;
}

void world_restore(struct world *world, size_t number)
{
    struct node *node = node_at(world, number);
    assert(!node->engine && node->backup);
    node->store->close(node->store);
    node->store = store_memory_copy(node->backup);
    assert(node->store);
}

void world_trusts(struct world *world, size_t number, struct world_trust trust)
{
    struct node *node = node_at(world, number);
    if (trust.catalogue)
        node->catalogue = trust.catalogue;
    if (trust.keys)
        node->suite_keys = *trust.keys;
}

void world_clock(struct world *world, size_t number, int64_t offset_us)
{
    struct node *node = node_at(world, number);
    /* It sleeps by its own clock, and looks at it when it was set. */
    node->clock_offset = offset_us;
    node->wake = world->now;
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
    return node_at(world, node)->store;
}

struct engine *world_engine(const struct world *world, size_t node)
{
    return node_at(world, node)->engine;
}

const struct catalogue *world_catalogue(const struct world *world)
{
    return world->catalogue;
}

const char *world_institution(const struct world *world, size_t node)
{
    return world->nodes[node].keys.institution;
}

struct suite world_suite(const struct world *world, size_t node)
{
    return suite_over(&node_at(world, node)->suite_keys);
}

void world_listen(struct world *world, world_listener *listener, void *self)
{
    world->listener = listener;
    world->listener_self = self;
}

/* ---- the beginning ---- */

static bool catalogue_make(struct world *world)
{
    const struct ceremony_keys *keys[WORLD_NODES_MAX];
    for (size_t i = 0; i < world->count; i++)
        keys[i] = &world->nodes[i].keys;
    struct suite suite = world_suite(world, 0);
    return ceremony_catalogue(world->seed, keys, world->count, (struct instant) {BEGINNING}, &suite,
                              world->ground, &world->catalogue);
}

static bool nodes_start(struct world *world)
{
    bool up = true;
    for (size_t i = 0; up && i < world->count; i++) {
        world->nodes[i].catalogue = world->catalogue;
        up = world_up(world, i) || world_start(world, i);
    }
    return up;
}

/* The one before it that it lodges with. */
static struct node *host_find(struct world *world, const char *institution)
{
    for (size_t i = 0; i < world->count; i++)
        if (strcmp(world->nodes[i].keys.institution, institution) == 0)
            return world->nodes[i].host;
    return NULL;
}

static bool member_make(struct world *world, const struct world_member *member)
{
    struct node *host = member->host ? host_find(world, member->host) : NULL;
    size_t number = world->count;
    if (member->host && !host)
        return false;
    struct node *node = &world->nodes[world->count++];
    bool made = host ? node_lodge(node, world->seed, number, member->institution, host)
                     : node_make(node, world->seed, number, member->institution);
    node->keys.calls_out = member->calls_out;
    return made;
}

struct world *world_open(uint64_t seed, const char *const *institutions, size_t count)
{
    struct world_member members[WORLD_NODES_MAX];
    assert(count <= WORLD_NODES_MAX);
    for (size_t i = 0; i < count; i++)
        members[i] = (struct world_member) {.institution = institutions[i]};
    return world_open_members(seed, members, count);
}

struct world *world_open_members(uint64_t seed, const struct world_member *members, size_t count)
{
    assert(count >= 2 && count <= WORLD_NODES_MAX);
    struct world *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    bytes_write_u64le(world->seed, seed);
    entropy_expand(world->seed, "network", 0, world->network.seed, sizeof world->network.seed);
    world->network.faults = (struct world_network) {.delay_us = 5000};
    world->now = BEGINNING;
    world->ground = arena_open(GROUP_ARENA);
    world->table = arena_open(GROUP_ARENA);
    bool made = world->ground && world->table;
    for (size_t i = 0; made && i < count; i++)
        made = member_make(world, &members[i]);
    if (made && catalogue_make(world) && nodes_start(world))
        return world;
    world_close(world);
    return NULL;
}

void world_close(struct world *world)
{
    if (!world)
        return;
    for (size_t i = 0; i < world->count; i++)
        node_free(&world->nodes[i]);
    traffic_clear(&world->network.traffic);
    arena_close(world->ground);
    arena_close(world->table);
    free(world);
}
