#include "sim/world.h"

#include "catalogue.pb-c.h"
#include "seal/entropy.h"
#include "seal/key.h"
#include "sim/ceremony.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUP_ARENA = 256 * 1024 * 1024,
    GROUP_FRAMES = 64,
    ROUTE_SIZE = 4,
};

static const int64_t BEGINNING = 1793000000LL * INSTANT_SECOND; /* 2026-10-26 */

/* A frame under way. */
struct flying {
    int64_t due;
    uint64_t tie, serial;
    size_t from, to;
    uint64_t process; /* of the receiver when it was sent on a connection to it: dies with it */
    bool dialled;     /* it travels on a connection that `from` dialled */
    uint8_t *wire;
    size_t size;
};

struct node {
    struct world *world;
    size_t number;
    char id[80];
    struct ceremony_keys keys;
    struct suite_key suite_key;
    struct suite_keys suite_keys;
    struct store *store, *backup;
    struct engine *engine;
    int64_t clock_offset;
    int64_t wake;
    uint64_t process; /* counts the starts */
    bool crash_armed;
    enum world_crash crash;
};

struct world {
    uint8_t seed[ENTROPY_SEED_SIZE];
    uint64_t dice;
    int64_t now;
    uint64_t serial;
    struct node nodes[WORLD_NODES_MAX];
    size_t count;
    struct arena *ground; /* the catalogue */
    struct catalogue *catalogue;
    struct flying *flying; /* a heap */
    size_t flying_count, flying_room;
    struct world_network network;
    bool cut[WORLD_NODES_MAX][WORLD_NODES_MAX];
    int64_t newest[WORLD_NODES_MAX][WORLD_NODES_MAX][2]; /* due time on each connection */
    world_tap *tap;
    void *tap_self;
    world_listener *listener;
    void *listener_self;
};

static uint64_t dice(struct world *world, const char *label)
{
    uint8_t bytes[8];
    entropy_expand(world->seed, label, world->dice++, bytes, sizeof bytes);
    return bytes_read_u64le(bytes);
}

/* ---- the queue ---- */

static bool sooner(const struct flying *left, const struct flying *right)
{
    if (left->due != right->due)
        return left->due < right->due;
    return left->tie != right->tie ? left->tie < right->tie : left->serial < right->serial;
}

static void flying_swap(struct world *world, size_t a, size_t b)
{
    struct flying kept = world->flying[a];
    world->flying[a] = world->flying[b];
    world->flying[b] = kept;
}

static void flying_push(struct world *world, const struct flying *frame)
{
    if (world->flying_count == world->flying_room) {
        world->flying_room = world->flying_room ? 2 * world->flying_room : 64;
        world->flying = realloc(world->flying, world->flying_room * sizeof *world->flying);
        assert(world->flying);
    }
    size_t at = world->flying_count++;
    world->flying[at] = *frame;
    while (at > 0 && sooner(&world->flying[at], &world->flying[(at - 1) / 2])) {
        flying_swap(world, at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}

static struct flying flying_pop(struct world *world)
{
    assert(world->flying_count);
    struct flying first = world->flying[0];
    world->flying[0] = world->flying[--world->flying_count];
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < world->flying_count && sooner(&world->flying[child], &world->flying[least]))
                least = child;
        if (least == at)
            return first;
        flying_swap(world, at, least);
        at = least;
    }
}

static void frame_fly(struct world *world, size_t from, size_t to, struct bytes wire, bool dialled,
                      int64_t delay)
{
    struct flying frame = {
        .due = world->now + delay,
        .tie = dice(world, "tie"),
        .serial = world->serial++,
        .from = from,
        .to = to,
        .process = world->nodes[to].process,
        .dialled = dialled,
        .wire = malloc(wire.size ? wire.size : 1),
        .size = wire.size,
    };
    assert(frame.wire);
    memcpy(frame.wire, wire.data, wire.size);
    flying_push(world, &frame);
}

/* What the network does to one frame. */
static void frame_send(struct world *world, size_t from, size_t to, struct bytes wire, bool dialled)
{
    const struct world_network *network = &world->network;
    int copies = 1;
    if (world->cut[from][to] || !world->nodes[to].engine)
        return;
    if (dice(world, "loss") % 1000 < network->loss_permille)
        copies = 0;
    else if (dice(world, "duplicate") % 1000 < network->duplicate_permille)
        copies = 2;
    for (int i = 0; i < copies; i++) {
        int64_t jitter = network->jitter_us
                             ? (int64_t)(dice(world, "jitter") % (uint64_t)network->jitter_us)
                             : 0;
        int64_t due = world->now + network->delay_us + jitter;
        int64_t *newest = &world->newest[from][to][dialled];
        /* A connection keeps its order, as TCP does, unless this world re-orders. */
        if (due <= *newest && dice(world, "reorder") % 1000 >= network->reorder_permille)
            due = *newest + 1;
        if (due > *newest)
            *newest = due;
        frame_fly(world, from, to, wire, dialled, due - world->now);
    }
}

static void frame_leave(struct node *node, const struct outcome_frame *frame)
{
    struct world *world = node->world;
    size_t to = WORLD_NODES_MAX;
    if (frame->way.node) {
        for (size_t i = 0; i < world->count; i++)
            if (strcmp(world->nodes[i].id, frame->way.node) == 0)
                to = i;
    } else {
        assert(frame->way.route.size == ROUTE_SIZE);
        to = bytes_read_u32le(frame->way.route.data);
    }
    assert(to < world->count);
    struct bytes wire = frame->wire;
    if (world->tap) {
        struct world_passing passing = {node->number, to, (uint8_t *)wire.data, wire.size};
        if (!world->tap(world->tap_self, world, &passing))
            return;
        wire.size = passing.size;
    }
    frame_send(world, node->number, to, wire, frame->way.node != NULL);
}

/* ---- a group: begin, steps, settled, commit, then what leaves ---- */

struct group {
    struct node *node;
    struct arena *arena;
    struct outcome outcome;
};

static struct instant node_clock(const struct node *node)
{
    return (struct instant) {node->world->now + node->clock_offset};
}

static void group_begin(struct group *group, struct node *node)
{
    group->node = node;
    group->arena = arena_open(GROUP_ARENA);
    assert(group->arena);
    group->outcome = (struct outcome) {.arena = group->arena, .trace.arena = group->arena};
    enum fault fault = node->store->begin(node->store);
    assert(!fault);
}

static void group_step(struct group *group, struct event *event)
{
    struct world *world = group->node->world;
    entropy_expand(world->seed, "event", world->dice++, event->entropy, sizeof event->entropy);
    event->now = node_clock(group->node);
    enum fault fault = engine_step(group->node->engine, event, &group->outcome);
    assert(!fault);
}

static void group_end(struct group *group, bool took)
{
    struct node *node = group->node;
    struct world *world = node->world;
    struct event settled = {.kind = EVENT_SETTLED};
    group_step(group, &settled);
    bool crash = took && node->crash_armed;
    if (crash && node->crash == WORLD_CRASH_BEFORE_COMMIT)
        node->store->rollback(node->store);
    else {
        enum fault fault = node->store->commit(node->store);
        assert(!fault);
    }
    if (!crash) {
        node->wake = group->outcome.wake.us == INT64_MAX
                         ? INT64_MAX
                         : group->outcome.wake.us - node->clock_offset;
        if (node->wake <= world->now)
            node->wake = world->now + 1000;
        for (const struct trace_sentence *s = group->outcome.trace.first; s; s = s->next)
            if (world->listener)
                world->listener(world->listener_self, (struct instant) {world->now}, node->number,
                                s);
        for (const struct outcome_frame *f = group->outcome.first; f; f = f->next)
            frame_leave(node, f);
    }
    arena_close(group->arena);
    if (crash)
        world_stop(world, node->number);
}

static void node_receive(struct node *node, const struct flying *frame)
{
    struct world *world = node->world;
    struct group group;
    uint8_t route[ROUTE_SIZE];
    if (!node->engine || frame->process != node->process)
        return;
    group_begin(&group, node);
    bytes_write_u32le(route, (uint32_t)frame->from);
    struct event event = {
        .kind = EVENT_RECEIVED,
        .received.wire = {frame->wire, frame->size},
    };
    /* A frame on the sender's own connection is answered along the route; one that comes back on a
     * connection of ours is known by the node that we dialled. */
    if (frame->dialled)
        event.received.way.route = (struct bytes) {route, sizeof route};
    else
        event.received.way.node = world->nodes[frame->from].id;
    group_step(&group, &event);
    group_end(&group, frame->size > 256);
}

static void node_wake(struct node *node)
{
    struct group group;
    group_begin(&group, node);
    group_end(&group, false);
}

/* ---- people ---- */

struct event_answer world_submit(struct world *world, size_t number,
                                 const struct event_submission *submission)
{
    struct node *node = &world->nodes[number];
    struct group group;
    assert(node->engine);
    group_begin(&group, node);
    struct event event = {.kind = EVENT_SUBMITTED, .submitted = *submission};
    group_step(&group, &event);
    struct event_answer answer = group.outcome.answer;
    group_end(&group, false);
    return answer;
}

void world_ping(struct world *world, size_t number, size_t other)
{
    struct group group;
    group_begin(&group, &world->nodes[number]);
    struct event event = {.kind = EVENT_PING, .ping_node = world->nodes[other].id};
    group_step(&group, &event);
    group_end(&group, false);
}

void world_inject(struct world *world, size_t from, size_t to, struct bytes wire, bool dialled)
{
    frame_fly(world, from, to, wire, dialled, 0);
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
    int64_t due = world->flying_count ? world->flying[0].due : INT64_MAX;
    if ((due < wake ? due : wake) > until)
        return false;
    if (due <= wake) {
        struct flying frame = flying_pop(world);
        world->now = frame.due > world->now ? frame.due : world->now;
        if (!world->cut[frame.from][frame.to])
            node_receive(&world->nodes[frame.to], &frame);
        free(frame.wire);
    } else {
        world->now = wake > world->now ? wake : world->now;
        node_wake(sleeper);
    }
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
    if (world->flying_count)
        return false;
    for (size_t i = 0; i < world->count; i++) {
        struct engine_partner partner;
        for (size_t p = 0;
             world->nodes[i].engine && engine_partner(world->nodes[i].engine, p, &partner); p++)
            if (partner.guard_armed || partner.outbox > partner.stuck || partner.ready)
                return false;
    }
    return true;
}

bool world_settle(struct world *world, int64_t at_most_us)
{
    int64_t until = world->now + at_most_us;
    while (!quiet(world))
        if (!event_next(world, until))
            return false;
    return true;
}

/* ---- faults ---- */

void world_network(struct world *world, struct world_network network)
{
    world->network = network;
}

void world_cut(struct world *world, size_t one, size_t other, bool cut)
{
    world->cut[one][other] = world->cut[other][one] = cut;
}

void world_tap_set(struct world *world, world_tap *tap, void *self)
{
    world->tap = tap;
    world->tap_self = self;
}

void world_stop(struct world *world, size_t number)
{
    struct node *node = &world->nodes[number];
    engine_close(node->engine);
    node->engine = NULL;
    node->crash_armed = false;
}

void world_crash(struct world *world, size_t number, enum world_crash when)
{
    world->nodes[number].crash_armed = true;
    world->nodes[number].crash = when;
}

void world_start(struct world *world, size_t number)
{
    struct node *node = &world->nodes[number];
    const char *why;
    assert(!node->engine);
    struct engine_settings settings = {
        .node = node->id,
        .transport_secret = node->keys.transport.seed,
        .suite = world_suite(world, number),
        .store = node->store,
        .catalogue = world->catalogue,
        .now = node_clock(node),
    };
    entropy_expand(world->seed, "run", world->dice++, settings.run_id, sizeof settings.run_id);
    enum fault fault = engine_open(&settings, &node->engine, &why);
    assert(!fault);
    node->process++;
    node->wake = world->now;
}

bool world_up(const struct world *world, size_t node)
{
    return world->nodes[node].engine != NULL;
}

void world_backup(struct world *world, size_t number)
{
    struct node *node = &world->nodes[number];
    if (node->backup)
        node->backup->close(node->backup);
    node->backup = store_memory_copy(node->store);
    assert(node->backup);
}

void world_restore(struct world *world, size_t number)
{
    struct node *node = &world->nodes[number];
    assert(!node->engine && node->backup);
    node->store->close(node->store);
    node->store = store_memory_copy(node->backup);
    assert(node->store);
}

void world_clock(struct world *world, size_t node, int64_t offset_us)
{
    world->nodes[node].clock_offset = offset_us;
}

/* ---- looking ---- */

struct instant world_now(const struct world *world)
{
    return (struct instant) {world->now};
}

struct store *world_store(const struct world *world, size_t node)
{
    return world->nodes[node].store;
}

struct engine *world_engine(const struct world *world, size_t node)
{
    return world->nodes[node].engine;
}

const struct catalogue *world_catalogue(const struct world *world)
{
    return world->catalogue;
}

const char *world_institution(const struct world *world, size_t node)
{
    return world->catalogue->institutions ? world->nodes[node].id + strlen("node.") : NULL;
}

struct suite world_suite(const struct world *world, size_t node)
{
    return suite_over((struct suite_keys *)&world->nodes[node].suite_keys);
}

void world_listen(struct world *world, world_listener *listener, void *self)
{
    world->listener = listener;
    world->listener_self = self;
}

/* ---- the beginning ---- */

static bool node_make(struct world *world, size_t number, const char *institution)
{
    struct node *node = &world->nodes[number];
    node->world = world;
    node->number = number;
    snprintf(node->id, sizeof node->id, "node.%s", institution);
    ceremony_keys_make(world->seed, number, institution, node->id, &node->keys);
    digest_of(DIGEST_KEY, (struct bytes) {node->keys.sign_public, SEAL_PUBLIC_SIZE},
              &node->suite_key.key);
    node->suite_key.secret = node->keys.sign_secret;
    node->suite_keys = (struct suite_keys) {&node->suite_key, 1};
    node->store = store_memory_open();
    node->wake = INT64_MAX;
    return node->store;
}

static bool catalogue_make(struct world *world)
{
    const struct ceremony_keys *keys[WORLD_NODES_MAX];
    for (size_t i = 0; i < world->count; i++)
        keys[i] = &world->nodes[i].keys;
    struct suite suite = world_suite(world, 0);
    return ceremony_catalogue(world->seed, keys, world->count, (struct instant) {BEGINNING}, &suite,
                              world->ground, &world->catalogue);
}

struct world *world_open(uint64_t seed, const char *const *institutions, size_t count)
{
    assert(count >= 2 && count <= WORLD_NODES_MAX);
    struct world *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    bytes_write_u64le(world->seed, seed);
    world->now = BEGINNING + INSTANT_SECOND;
    world->network = (struct world_network) {.delay_us = 5000};
    world->ground = arena_open(GROUP_ARENA);
    bool made = world->ground != NULL;
    for (size_t i = 0; made && i < count; i++) {
        world->count++;
        made = node_make(world, i, institutions[i]);
    }
    if (!made || !catalogue_make(world)) {
        world_close(world);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        world_start(world, i);
    return world;
}

void world_close(struct world *world)
{
    if (!world)
        return;
    for (size_t i = 0; i < world->count; i++) {
        struct node *node = &world->nodes[i];
        engine_close(node->engine);
        if (node->store)
            node->store->close(node->store);
        if (node->backup)
            node->backup->close(node->backup);
    }
    while (world->flying_count)
        free(flying_pop(world).wire);
    free(world->flying);
    arena_close(world->ground);
    free(world);
}
