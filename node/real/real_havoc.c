#include "real/real_havoc.h"

#include "real/real_time.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum {
    POINT_PERMILLE = 300,
    POINT_PATIENCE_MS = 1500, /* so much longer it may live, to come to its point */
    DAY = 86400,
    IDLE_MS = 500,
    STOP_PATIENCE_MS = 20000,
};

static const uint64_t havoc_stream = 0x6861766F63;

/* What is done to a node that runs, how often, and for how long. */
struct row {
    enum real_fault fault;
    uint32_t weight;
    uint32_t least_ms, most_ms;
};

static const struct row rows[] = {
    {REAL_FAULT_KILL, 860, 0, 0},
    {REAL_FAULT_FREEZE, 50, 20, 1500},
    {REAL_FAULT_FULL, 45, 50, 1200},
    {REAL_FAULT_CLOCK, 45, 100, 2500},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

/* ---- getting up ---- */

/* Most fall again soon: while they start, while they meet, at their first work. Some live. */
static int64_t life_ms(struct real_havoc *havoc)
{
    static const uint32_t most_ms[] = {60, 150, 400, 400, 900, 2500};
    size_t row = (size_t)real_dice_between(&havoc->dice, 0, sizeof most_ms / sizeof *most_ms - 1);
    return (int64_t)real_dice_between(&havoc->dice, 0, most_ms[row]);
}

static int64_t down_ms(struct real_havoc *havoc)
{
    return (int64_t)real_dice_between(&havoc->dice, 0,
                                      real_dice_permille(&havoc->dice, 60) ? 1500 : 100);
}

static void fell(struct real_havoc *havoc, struct real_life *life)
{
    life->fate = REAL_FATE_DOWN;
    life->next_ms = real_time_ms() + down_ms(havoc);
}

/* The calls of its life among which a point is drawn: some are made while it starts, some only when
 * there is work. */
static const uint32_t calls_most[REAL_POINT_COUNT] = {
    [REAL_POINT_LISTEN] = 3, [REAL_POINT_WRITE] = 300, [REAL_POINT_SYNC] = 50,
    [REAL_POINT_TRIM] = 4,   [REAL_POINT_SEND] = 30,   [REAL_POINT_HEAR] = 30,
};

static uint32_t draw_call(struct real_havoc *havoc, enum real_point point)
{
    uint64_t most = point == REAL_POINT_NONE ? 1 : calls_most[point];
    return (uint32_t)real_dice_between(&havoc->dice, 1, most);
}

static bool start(struct real_havoc *havoc, size_t node, enum real_point point)
{
    struct real_life *life = &havoc->lives[node];
    uint32_t when = draw_call(havoc, point);
    life->point = point;
    life->fate = REAL_FATE_UP;
    life->disturbed = life->clear_ms || life->bent_ms;
    life->next_ms =
        real_time_ms() + life_ms(havoc) + (point == REAL_POINT_NONE ? 0 : POINT_PATIENCE_MS);
    havoc->starts++;
    return real_node_start(&havoc->federation->nodes[node], point, when);
}

static enum real_point draw_point(struct real_havoc *havoc)
{
    bool kills = real_fault_in(havoc->set, REAL_FAULT_KILL);
    bool armed = real_dice_permille(&havoc->dice, kills ? POINT_PERMILLE : 1000);
    enum real_point point =
        (enum real_point)real_dice_between(&havoc->dice, 0, REAL_POINT_COUNT - 1);
    return armed && real_fault_in(havoc->set, REAL_FAULT_POINT) ? point : REAL_POINT_NONE;
}

bool real_havoc_begin(struct real_havoc *havoc, struct real_federation *federation, uint32_t set,
                      uint64_t seed)
{
    bool good = true;
    *havoc =
        (struct real_havoc) {.federation = federation, .set = set, .dice = {seed, havoc_stream, 0}};
    for (size_t i = 0; i < federation->count && good; i++)
        good = start(havoc, i, REAL_POINT_NONE);
    return good;
}

/* ---- falling ---- */

/* It ended, and nobody here killed it just now: at its point, over what was done to it, or over
 * nothing, which is a find. */
static void look_at_end(struct real_havoc *havoc, size_t number)
{
    struct real_node *node = &havoc->federation->nodes[number];
    struct real_life *life = &havoc->lives[number];
    int status = node->process.status;
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (killed && life->point != REAL_POINT_NONE) {
        havoc->counts[REAL_FAULT_POINT]++;
        havoc->points[life->point]++;
        havoc->kills++;
    } else if (WIFEXITED(status) && WEXITSTATUS(status) && life->disturbed) {
        havoc->ended++;
    } else {
        if (!havoc->fallen++)
            snprintf(havoc->text, sizeof havoc->text, "%s ended by itself, with %s %d: see its log",
                     node->schac, WIFSIGNALED(status) ? "signal" : "exit",
                     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    fell(havoc, life);
}

static void clear(struct real_havoc *havoc, size_t number)
{
    real_node_clear(&havoc->federation->nodes[number]);
    havoc->lives[number].clear_ms = 0;
}

static void straighten(struct real_havoc *havoc, size_t number)
{
    if (havoc->lives[number].bent_ms)
        real_node_bend(&havoc->federation->nodes[number], 0);
    havoc->lives[number].bent_ms = 0;
}

/* Where only points are asked for, whoever comes to none is killed, to be given another. */
static uint32_t weight_of(const struct real_havoc *havoc, const struct row *row)
{
    bool wanted = real_fault_in(havoc->set, row->fault) ||
                  (row->fault == REAL_FAULT_KILL && real_fault_in(havoc->set, REAL_FAULT_POINT));
    return wanted ? row->weight : 0;
}

static const struct row *draw_row(struct real_havoc *havoc)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < ROW_COUNT; i++)
        sum += weight_of(havoc, &rows[i]);
    if (!sum)
        return NULL;
    uint64_t at = real_dice_between(&havoc->dice, 0, sum - 1);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (at < weight_of(havoc, &rows[i]))
            return &rows[i];
        at -= weight_of(havoc, &rows[i]);
    }
    return NULL;
}

static void befall(struct real_havoc *havoc, size_t number, int64_t now)
{
    struct real_node *node = &havoc->federation->nodes[number];
    struct real_life *life = &havoc->lives[number];
    const struct row *row = draw_row(havoc);
    life->next_ms = now + (row ? life_ms(havoc) : IDLE_MS);
    if (!row)
        return;
    int64_t until = now + (int64_t)real_dice_between(&havoc->dice, row->least_ms, row->most_ms);
    havoc->counts[row->fault]++;
    switch (row->fault) {
    case REAL_FAULT_FREEZE:
        real_process_signal(&node->process, SIGSTOP);
        life->fate = REAL_FATE_FROZEN;
        life->next_ms = until;
        return;
    case REAL_FAULT_FULL:
        real_node_fill(node);
        life->clear_ms = until;
        life->disturbed = true;
        return;
    case REAL_FAULT_CLOCK:
        real_node_bend(node, (int64_t)real_dice_between(&havoc->dice, 0, (uint64_t)2 * DAY) - DAY);
        life->bent_ms = until;
        life->disturbed = true;
        return;
    default:
        real_process_kill(&node->process);
        havoc->kills++;
        fell(havoc, life);
    }
}

static void turn(struct real_havoc *havoc, size_t number, int64_t now)
{
    struct real_node *node = &havoc->federation->nodes[number];
    struct real_life *life = &havoc->lives[number];
    if (real_process_ended(&node->process))
        look_at_end(havoc, number);
    if (life->clear_ms && life->clear_ms <= now)
        clear(havoc, number);
    if (life->bent_ms && life->bent_ms <= now)
        straighten(havoc, number);
    if (life->next_ms > now)
        return;
    if (life->fate == REAL_FATE_DOWN) {
        start(havoc, number, draw_point(havoc));
    } else if (life->fate == REAL_FATE_FROZEN) {
        real_process_signal(&node->process, SIGCONT);
        life->fate = REAL_FATE_UP;
        life->next_ms = now + life_ms(havoc);
    } else {
        befall(havoc, number, now);
    }
}

void real_havoc_turn(struct real_havoc *havoc)
{
    int64_t now = real_time_ms();
    for (size_t i = 0; i < havoc->federation->count; i++)
        turn(havoc, i, now);
}

/* ---- healing ---- */

void real_havoc_watch(struct real_havoc *havoc)
{
    for (size_t i = 0; i < havoc->federation->count; i++) {
        struct real_node *node = &havoc->federation->nodes[i];
        if (real_process_ended(&node->process))
            look_at_end(havoc, i);
        if (!node->process.pid)
            start(havoc, i, REAL_POINT_NONE);
    }
}

void real_havoc_heal(struct real_havoc *havoc)
{
    for (size_t i = 0; i < havoc->federation->count; i++) {
        struct real_node *node = &havoc->federation->nodes[i];
        struct real_life *life = &havoc->lives[i];
        clear(havoc, i);
        straighten(havoc, i);
        real_process_signal(&node->process, SIGCONT);
        if (real_process_ended(&node->process))
            look_at_end(havoc, i);
        if (node->process.pid && life->point != REAL_POINT_NONE) {
            /* Its point would still come. */
            real_process_kill(&node->process);
            havoc->counts[REAL_FAULT_KILL]++;
            havoc->kills++;
        }
    }
    real_havoc_watch(havoc);
}

void real_havoc_down(struct real_havoc *havoc, size_t node)
{
    assert(node < havoc->federation->count);
    real_process_stop(&havoc->federation->nodes[node].process, STOP_PATIENCE_MS);
}

bool real_havoc_up(struct real_havoc *havoc, size_t node)
{
    assert(node < havoc->federation->count);
    return start(havoc, node, REAL_POINT_NONE);
}
