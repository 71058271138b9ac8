#include "study/gauge.h"

#include "study/awaited.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGES_MAX = 48, LOOK_ARENA = 16 * 1024 * 1024 };

static const int64_t DAY = 86400 * (int64_t)INSTANT_SECOND;
static const double SECOND = 1e6, HOUR = 3600e6;

struct gauge {
    struct gauge_settings settings;
    struct awaited awaited;
    struct arena *arena; /* of one look */
    int64_t began;
    /* Receipts that came just now, to one node: its group is not committed yet. */
    struct {
        size_t node, count, room;
        int64_t at;
        uint32_t *partners;
    } fresh;
    struct sample receipts, decisions;
    int64_t *nominated; /* by mobility: when; 0: not */
    size_t nominated_room;
    uint64_t backlog, backlog_max, submitted, crowd, guarded, sessions, resends, restarts, alarms;
    int64_t changed; /* when the backlog last did */
    struct gauge_day *days;
    double *areas; /* of each day: backlog by microseconds */
    struct gauge_message messages[MESSAGES_MAX];
    size_t message_count;
    bool spent;
};

static void event_see(void *self, const struct world_event *event);

struct gauge *gauge_open(const struct gauge_settings *settings)
{
    struct gauge *gauge = calloc(1, sizeof *gauge);
    if (!gauge)
        return NULL;
    assert(settings->days > 0);
    gauge->settings = *settings;
    gauge->began = gauge->changed = world_now(settings->world).us;
    gauge->arena = arena_open(LOOK_ARENA);
    gauge->days = calloc(settings->days, sizeof *gauge->days);
    gauge->areas = calloc(settings->days, sizeof *gauge->areas);
    if (gauge->arena && gauge->days && gauge->areas) {
        world_watch(settings->world, event_see, gauge);
        return gauge;
    }
    gauge_close(gauge);
    return NULL;
}

void gauge_close(struct gauge *gauge)
{
    if (!gauge)
        return;
    awaited_free(&gauge->awaited);
    sample_free(&gauge->receipts);
    sample_free(&gauge->decisions);
    free(gauge->nominated);
    free(gauge->fresh.partners);
    free(gauge->days);
    free(gauge->areas);
    arena_close(gauge->arena);
    free(gauge);
}

/* ---- days and backlog ---- */

static size_t day_of(const struct gauge *gauge, int64_t at)
{
    size_t day = (size_t)((at - gauge->began) / DAY);
    return day < gauge->settings.days ? day : gauge->settings.days - 1;
}

/* The backlog stood since it changed last, over all days until now. */
static void backlog_stood(struct gauge *gauge, int64_t until)
{
    while (gauge->changed < until) {
        size_t day = day_of(gauge, gauge->changed);
        int64_t end = gauge->began + (int64_t)(day + 1) * DAY;
        if (end > until || end <= gauge->changed)
            end = until;
        gauge->areas[day] += (double)gauge->backlog * (double)(end - gauge->changed);
        if (gauge->backlog > gauge->days[day].backlog_max)
            gauge->days[day].backlog_max = gauge->backlog;
        gauge->changed = end;
    }
}

static void backlog_change(struct gauge *gauge, int64_t at, int by)
{
    struct gauge_day *day = &gauge->days[day_of(gauge, at)];
    backlog_stood(gauge, at);
    gauge->backlog = by > 0 ? gauge->backlog + 1 : gauge->backlog - 1;
    if (gauge->backlog > gauge->backlog_max)
        gauge->backlog_max = gauge->backlog;
    if (gauge->backlog > day->backlog_max)
        day->backlog_max = gauge->backlog;
    if (by > 0)
        day->submitted++;
    else
        day->receipted++;
}

uint64_t gauge_backlog(const struct gauge *gauge)
{
    return gauge->backlog;
}

bool gauge_spent(const struct gauge *gauge)
{
    return gauge->spent;
}

/* ---- records ---- */

static void nominated_at(struct gauge *gauge, const struct gauge_record *record)
{
    size_t room = gauge->nominated_room ? gauge->nominated_room : 1024;
    while (room <= record->subject)
        room *= 2;
    if (room > gauge->nominated_room) {
        int64_t *more = realloc(gauge->nominated, room * sizeof *more);
        if (!more) {
            gauge->spent = true;
            return;
        }
        memset(more + gauge->nominated_room, 0, (room - gauge->nominated_room) * sizeof *more);
        gauge->nominated = more;
        gauge->nominated_room = room;
    }
    gauge->nominated[record->subject] = record->answered;
}

bool gauge_submitted(struct gauge *gauge, const struct gauge_record *record)
{
    bool crowd = record->subject == GAUGE_CROWD;
    gauge->guarded += record->ready && !crowd;
    gauge->crowd += crowd;
    gauge->submitted += !crowd;
    if (crowd) /* seen in messages and bytes; its receipts are nobody's wait */
        return true;
    if (record->kind == PEREGRIN__KIND__KIND_NOMINATION)
        nominated_at(gauge, record);
    backlog_change(gauge, record->answered, 1);
    if (!awaited_add(&gauge->awaited, record))
        gauge->spent = true;
    return !gauge->spent;
}

static void measure_receipt(void *self, const struct gauge_record *record)
{
    struct gauge *gauge = self;
    bool kept = sample_add(&gauge->receipts, record->receipted - record->answered);
    int64_t nominated =
        record->subject < gauge->nominated_room ? gauge->nominated[record->subject] : 0;
    if (record->kind == PEREGRIN__KIND__KIND_DECISION && nominated)
        kept &= sample_add(&gauge->decisions, record->receipted - nominated);
    if (!kept)
        gauge->spent = true;
    backlog_change(gauge, record->receipted, -1);
    gauge->settings.receipted(gauge->settings.self, record);
}

static void fresh_look(struct gauge *gauge)
{
    struct awaited_look look = {
        .world = gauge->settings.world,
        .arena = gauge->arena,
        .node = gauge->fresh.node,
        .at = gauge->fresh.at,
        .receipted = measure_receipt,
        .self = gauge,
    };
    size_t count = gauge->fresh.count;
    gauge->fresh.count = 0;
    for (size_t i = 0; i < count; i++) {
        look.partner = gauge->fresh.partners[i];
        awaited_look(&gauge->awaited, &look);
    }
}

/* ---- events ---- */

static struct gauge_message *message_of(struct gauge *gauge, const char *what)
{
    for (size_t i = 0; i < gauge->message_count; i++)
        if (gauge->messages[i].what == what || strcmp(gauge->messages[i].what, what) == 0)
            return &gauge->messages[i];
    if (gauge->message_count == MESSAGES_MAX)
        return &gauge->messages[MESSAGES_MAX - 1];
    gauge->messages[gauge->message_count].what = what;
    return &gauge->messages[gauge->message_count++];
}

static void frame_left(struct gauge *gauge, const struct world_event *event)
{
    struct gauge_message *message = message_of(gauge, event->what);
    struct gauge_day *day = &gauge->days[day_of(gauge, event->at.us)];
    message->sent++;
    message->bytes += event->size;
    day->messages++;
    day->bytes += event->size;
}

static bool fresh_add(struct gauge *gauge, const struct world_event *event)
{
    if (event->other != gauge->fresh.node || event->at.us != gauge->fresh.at)
        gauge->fresh.count = 0; /* of a group that was not kept */
    for (size_t i = 0; i < gauge->fresh.count; i++)
        if (gauge->fresh.partners[i] == event->node)
            return true;
    if (gauge->fresh.count == gauge->fresh.room) {
        size_t room = gauge->fresh.room ? 2 * gauge->fresh.room : 16;
        uint32_t *partners = realloc(gauge->fresh.partners, room * sizeof *partners);
        if (!partners)
            return false;
        gauge->fresh.partners = partners;
        gauge->fresh.room = room;
    }
    gauge->fresh.node = event->other;
    gauge->fresh.at = event->at.us;
    gauge->fresh.partners[gauge->fresh.count++] = (uint32_t)event->node;
    return true;
}

static void frame_arrived(struct gauge *gauge, const struct world_event *event)
{
    struct gauge_message *message = message_of(gauge, event->what);
    message->arrived++;
    message->refused += event->refused;
    if (!event->refused && strcmp(event->what, "receipt") == 0 && !fresh_add(gauge, event))
        gauge->spent = true;
}

/* Sentences are said after the commit, and of a receipt that was kept there is one. */
static void sentence_said(struct gauge *gauge, const struct world_event *event)
{
    gauge->alarms += event->sentence->level == TRACE_ALARM;
    if (gauge->fresh.count && gauge->fresh.node == event->node)
        fresh_look(gauge);
}

static void event_see(void *self, const struct world_event *event)
{
    struct gauge *gauge = self;
    switch (event->deed) {
    case WORLD_LEFT: frame_left(gauge, event); break;
    case WORLD_ARRIVED: frame_arrived(gauge, event); break;
    case WORLD_LOST: message_of(gauge, event->what)->lost++; break;
    case WORLD_STARTED: gauge->restarts++; break;
    case WORLD_SAID: sentence_said(gauge, event); break;
    default: break;
    }
}

/* What its engine counts goes with it. */
static void engine_add(struct gauge *gauge, const struct engine *engine)
{
    struct engine_counter counter;
    for (size_t i = 0; engine && engine_counter(engine, i, &counter); i++) {
        if (strcmp(counter.name, "sessions") == 0)
            gauge->sessions += counter.value;
        if (strcmp(counter.name, "resends") == 0)
            gauge->resends += counter.value;
    }
}

void gauge_stops(struct gauge *gauge, size_t node)
{
    engine_add(gauge, world_engine(gauge->settings.world, node));
}

void gauge_day_ends(struct gauge *gauge, size_t day, uint64_t postponed, uint64_t down)
{
    assert(day < gauge->settings.days);
    backlog_stood(gauge, gauge->began + (int64_t)(day + 1) * DAY);
    gauge->days[day].backlog_mean = gauge->areas[day] / (double)DAY;
    gauge->days[day].postponed = postponed;
    gauge->days[day].down = down;
}

/* ---- the end ---- */

static void times_measure(struct gauge *gauge, double *values)
{
    static const struct {
        enum measure receipt, decision;
        unsigned permille;
    } ranks[] = {
        {MEASURE_RECEIPT_P50, MEASURE_DECISION_P50, 500},
        {MEASURE_RECEIPT_P90, MEASURE_DECISION_P90, 900},
        {MEASURE_RECEIPT_P99, MEASURE_DECISION_P99, 990},
        {MEASURE_RECEIPT_MAX, MEASURE_DECISION_MAX, 1000},
    };
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        values[ranks[i].receipt] =
            (double)sample_rank(&gauge->receipts, ranks[i].permille) / SECOND;
        values[ranks[i].decision] =
            (double)sample_rank(&gauge->decisions, ranks[i].permille) / HOUR;
    }
}

static void messages_measure(const struct gauge *gauge, double *values)
{
    struct gauge_message all = {0};
    for (size_t i = 0; i < gauge->message_count; i++) {
        all.sent += gauge->messages[i].sent;
        all.bytes += gauge->messages[i].bytes;
        all.lost += gauge->messages[i].lost;
        all.refused += gauge->messages[i].refused;
    }
    values[MEASURE_MESSAGES] = (double)all.sent;
    values[MEASURE_BYTES] = (double)all.bytes;
    values[MEASURE_MESSAGES_LOST] = (double)all.lost;
    values[MEASURE_MESSAGES_REFUSED] = (double)all.refused;
}

void gauge_finish(struct gauge *gauge, struct measures *out)
{
    struct awaited_audit audit;
    double area = 0, *values = out->values;
    struct world *world = gauge->settings.world;
    backlog_stood(gauge, world_now(world).us);
    for (size_t i = 0; i < world_count(world); i++)
        engine_add(gauge, world_engine(world, i));
    for (size_t i = 0; i < gauge->settings.days; i++)
        area += gauge->areas[i];
    awaited_audit(&gauge->awaited, world, gauge->arena, &audit);
    values[MEASURE_SUBMITTED] = (double)gauge->submitted;
    values[MEASURE_GUARDED] = (double)gauge->guarded;
    values[MEASURE_RECEIPTED] = (double)gauge->receipts.count;
    values[MEASURE_BACKLOG_MAX] = (double)gauge->backlog_max;
    values[MEASURE_BACKLOG_MEAN] = area / (double)(world_now(world).us - gauge->began + 1);
    values[MEASURE_BACKLOG_END] = (double)gauge->backlog;
    values[MEASURE_LOST] = (double)audit.lost;
    values[MEASURE_LOST_RECEIPTED] = (double)audit.lost_receipted;
    values[MEASURE_SESSIONS] = (double)gauge->sessions;
    values[MEASURE_RESENDS] = (double)gauge->resends;
    values[MEASURE_RESTARTS] = (double)gauge->restarts;
    values[MEASURE_ALARMS] = (double)gauge->alarms;
    values[MEASURE_EVENTS] = (double)world_events(world);
    times_measure(gauge, values);
    messages_measure(gauge, values);
}

const struct gauge_day *gauge_day(const struct gauge *gauge, size_t day)
{
    return day < gauge->settings.days ? &gauge->days[day] : NULL;
}

const struct gauge_message *gauge_message(const struct gauge *gauge, size_t index)
{
    return index < gauge->message_count ? &gauge->messages[index] : NULL;
}
