#include "sim/turn.h"

#include "sim/chance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUP_FRAMES = 64, /* at most, in one group */
    ROUTE_SIZE = 4,
    WRITES_LOOKED_AT = 20000,
};

static const int64_t GROUP_SPAN = 200; /* frames so close together share a commit */

struct node *turn_node(const struct world *world, size_t number)
{
    assert(number < world->count + world->twins);
    return world->nodes[number].host;
}

/* ---- what is told ---- */

/* Whoever watches knows institutions: what a second one does, its node does. */
static size_t seat_of(const struct world *world, size_t number)
{
    const struct node *first = world->nodes[number].twin_of;
    return first ? first->number : number;
}

void turn_tell(struct world *world, enum world_deed deed, size_t node, const char *why)
{
    struct world_event event = {.deed = deed,
                                .at = {world->now},
                                .node = seat_of(world, node),
                                .other = seat_of(world, node),
                                .why = why};
    annals_tell(&world->annals, &event, (struct bytes) {0});
}

static void frame_tell(struct world *world, struct world_event event, const char *why,
                       struct bytes wire)
{
    event.at = (struct instant) {world->now};
    event.why = why;
    if (why)
        event.deed = WORLD_LOST;
    annals_tell(&world->annals, &event, wire);
}

/* ---- who has work, and sleeps until when ---- */

void turn_note(struct world *world, const struct node *node)
{
    bool busy = node->engine ? engine_busy(node->engine) : node->recovers != 0;
    int64_t down = node->recovers ? node->recovers : INT64_MAX;
    world->busy_count += busy;
    world->busy_count -= world->busy[node->number];
    world->busy[node->number] = busy;
    uint64_t tie = chance_draw(world->wake_key, world->marks[node->number], 0);
    wakes_set(&world->wakes, node->number, node->engine ? node->wake : down, tie);
}

/* ---- what leaves a node ---- */

static int by_id(const void *key, const void *member)
{
    const struct node *const *node = member;
    return strcmp(key, (*node)->id);
}

static size_t way_end(const struct world *world, const struct event_way *way)
{
    if (!way->node) {
        assert(way->route.size == ROUTE_SIZE);
        return bytes_read_u32le(way->route.data);
    }
    struct node *const *found =
        bsearch(way->node, world->by_id, world->id_count, sizeof(struct node *), by_id);
    assert(found);
    return (*found)->number;
}

static struct network_trip trip_to(const struct world *world, size_t to, uint64_t frame)
{
    return (struct network_trip) {world->now, world->nodes[to].process, frame};
}

static void frame_leaves(void *self, size_t number, const struct outcome_frame *frame)
{
    struct world *world = self;
    size_t to = way_end(world, &frame->way);
    struct world_passing passing = {
        .from = number,
        .to = to,
        .dialled = frame->way.node != NULL,
        .what = frame->what,
        .wire = (uint8_t *)frame->wire.data,
        .size = frame->wire.size,
    };
    struct world_event event = {
        .deed = WORLD_LEFT,
        .node = seat_of(world, number),
        .other = seat_of(world, to),
        .what = frame->what,
        .frame = ++world->frames,
        .size = frame->wire.size,
        .dialled = passing.dialled,
    };
    const char *why = NULL;
    frame_tell(world, event, NULL, frame->wire);
    if (world->tap && !world->tap(world->tap_self, world, &passing))
        why = "tap";
    else if (!world->nodes[to].engine)
        why = "down";
    else {
        struct network_trip trip = trip_to(world, to, event.frame);
        trip.now += world->nodes[number].slow_us;
        why = network_send(&world->network, &passing, trip);
    }
    if (why)
        frame_tell(world, event, why, (struct bytes) {0});
}

static void sentence_leaves(void *self, size_t number, const struct trace_sentence *sentence)
{
    struct world *world = self;
    struct world_event event = {.deed = WORLD_SAID,
                                .at = (struct instant) {world->now},
                                .node = seat_of(world, number),
                                .other = seat_of(world, number),
                                .sentence = sentence};
    annals_tell(&world->annals, &event, (struct bytes) {0});
    if (world->listener)
        world->listener(world->listener_self, event.at, number, sentence);
}

static void group_kept(void *self, size_t)
{
    struct world *world = self;
    if (world->submitted)
        annals_tell(&world->annals, world->submitted, (struct bytes) {0});
    world->submitted = NULL;
}

static void node_stopped(void *self, size_t number, const char *why)
{
    turn_tell(self, WORLD_STOPPED, number, why);
}

static void node_started(void *self, size_t number)
{
    turn_tell(self, WORLD_STARTED, number, NULL);
}

/* ---- groups ---- */

static void group_begin(struct world *world, struct node *node, struct node_group *group)
{
    world->groups++;
    node_group_begin(group, node, world->table, world->now);
}

static bool group_end(struct world *world, struct node_group *group)
{
    struct node_outlet outlet = {
        .self = world,
        .sentence = sentence_leaves,
        .frame = frame_leaves,
        .kept = group_kept,
        .stopped = node_stopped,
        .started = node_started,
    };
    bool ended = node_group_end(group, &outlet);
    turn_note(world, group->node);
    return ended;
}

bool turn_step(struct world *world, size_t number, struct event *event, const char *what,
               struct event_answer *answer)
{
    struct node *node = turn_node(world, number);
    struct node_group group;
    if (!node->engine)
        return false;
    world->events++;
    group_begin(world, node, &group);
    node_group_step(&group, event, what);
    *answer = group.outcome.answer;
    return group_end(world, &group);
}

static void frame_step(struct world *world, struct node_group *group,
                       const struct traffic_frame *frame)
{
    uint8_t route[ROUTE_SIZE];
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

/* NULL: it arrives. */
static const char *lost_on_the_way(const struct world *world, const struct node *node,
                                   const struct traffic_frame *frame)
{
    if (!node->engine)
        return "down";
    if (frame->process != node->process)
        return "restarted";
    return network_arrives(&world->network, frame);
}

/* Everything that a store holds is read for what an adversary injects in one world of sixteen, as
 * long as the store is small. */
static bool looked_through(const struct world *world, const struct traffic_frame *frame,
                           const struct world_work *before)
{
    return frame->number == 0 && world->seed[0] % 16 == 0 && before->writes < WRITES_LOOKED_AT;
}

static struct world_work frame_worked(struct world *world, struct node_group *group,
                                      const struct traffic_frame *frame)
{
    const struct node *node = group->node;
    struct world_work before = node_work(node), work;
    struct digest held, holds;
    bool looked = looked_through(world, frame, &before) && node_holds(node, &held);
    frame_step(world, group, frame);
    work = node_work(node);
    work.writes -= before.writes;
    work.verified -= before.verified;
    work.changed = looked && node_holds(node, &holds) && !digest_equal(&held, &holds);
    return work;
}

static void frame_arrives(struct world *world, struct node_group *group,
                          const struct traffic_frame *frame)
{
    const struct node *node = &world->nodes[frame->to];
    const char *why = lost_on_the_way(world, node, frame);
    struct world_event event = {
        .deed = WORLD_ARRIVED,
        .node = seat_of(world, frame->from),
        .other = seat_of(world, frame->to),
        .what = frame->what,
        .frame = frame->number,
        .size = frame->size,
        .dialled = frame->dialled,
    };
    if (!why) {
        uint64_t before = node_refused(node);
        event.work = frame_worked(world, group, frame);
        event.refused = node_refused(node) > before;
        world->events++;
    }
    frame_tell(world, event, why, (struct bytes) {0});
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
        frame_arrives(world, &group, &frame);
        free(frame.wire);
        next = traffic_first(traffic);
    }
    if (up)
        group_end(world, &group);
}

/* Its pause after a fault is over. */
static void node_tries_again(struct world *world, struct node *node)
{
    static const struct trace_sentence works = {TRACE_NOTE, "the node works again", NULL};
    if (node_recover(node, world->now)) {
        turn_tell(world, WORLD_STARTED, node->number, NULL);
        sentence_leaves(world, node->number, &works);
    }
    turn_note(world, node);
}

static void node_wake(struct world *world, struct node *node)
{
    struct node_group group;
    world->events++;
    if (!node->engine) {
        node_tries_again(world, node);
        return;
    }
    group_begin(world, node, &group);
    group_end(world, &group);
}

bool turn_next(struct world *world, int64_t until)
{
    const struct wakes_sleeper *sleeper = wakes_first(&world->wakes);
    const struct traffic_frame *next = traffic_first(&world->network.traffic);
    int64_t wake = sleeper ? sleeper->at : INT64_MAX;
    int64_t due = next ? next->due : INT64_MAX;
    int64_t at = due < wake ? due : wake;
    if (at > until || (!sleeper && !next))
        return false;
    world->now = at > world->now ? at : world->now;
    if (due <= wake)
        node_receive(world);
    else
        node_wake(world, &world->nodes[sleeper->node]);
    return true;
}

void turn_inject(struct world *world, const struct world_passing *passing)
{
    assert(passing->from < world->count && passing->to < world->count);
    network_inject(&world->network, passing, trip_to(world, passing->to, 0));
}
