#include "io/shell.h"

#include "io/callers.h"
#include "io/clock.h"
#include "io/copying.h"
#include "io/dispatch.h"
#include "io/http_config.h"
#include "io/loop.h"
#include "io/notify.h"
#include "io/storehouse.h"
#include "io/trail.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUP_EVENTS = 1024,
    GROUP_REQUESTS = 64,
    GROUP_BYTES = 2 * 1024 * 1024, /* of frames that came in */
    GROUP_HEAP = 16 * 1024 * 1024, /* of what is to go out */
    GROUP_MS = 8,
    ARENA_SIZE = 128 * 1024 * 1024,   /* a bound; taken as it is needed */
    EXPIRY_LOOK_MS = 6 * 3600 * 1000, /* how often the catalogue's end is thought of */
    RETRY_MS = 100,                   /* after a fault; doubled each time */
    RETRY_MS_MAX = 5000,
    FAULTS_MAX = 12, /* in a row; then the supervisor may try */
};

struct shell {
    struct shell_settings settings;
    struct loop *loop;
    struct store *store;
    struct trail *trail;
    struct copying *copying;
    struct membership *membership;
    struct engine *engine; /* NULL: could not be opened again yet */
    struct transport *transport;
    struct http *http;
    struct instant started;
    uint8_t run_id[16];

    /* The group. */
    struct outcome outcome;
    bool open, stepped, reload; /* reload: asked for within the group */
    enum fault fault;           /* the first one; nothing more is done in this group */
    size_t events, bytes;
    int64_t began_ms;
    uint8_t
        seed[ENTROPY_SEED_SIZE]; /* drawn at its first event; those of its events come from it */

    int64_t wake_ms;             /* steady: when the engine wants to be woken; INT64_MAX: never */
    int64_t retry_ms;            /* steady: no group before this; 0: none failed */
    unsigned faults;             /* in a row */
    int64_t look_ms;             /* steady: when the catalogue's end was thought of */
    int64_t turn_ms, callers_ms; /* until they want to be called */
    struct callers callers;
    struct tally tally;
};

/* --- what the API may ask --- */

const struct engine *shell_engine(const struct shell *shell)
{
    return shell->engine;
}

bool shell_counter(const struct shell *shell, size_t index, struct engine_counter *out)
{
    size_t before = 0;
    while (shell->engine && engine_counter(shell->engine, before, out))
        if (before++ == index)
            return true;
    return callers_counter(&shell->callers, shell->transport, index - before, out);
}

void shell_reload(struct shell *shell)
{
    shell->reload = true;
}

struct store *shell_store(const struct shell *shell)
{
    return shell->store;
}

const struct membership *shell_membership(const struct shell *shell)
{
    return shell->membership;
}

const struct tally *shell_tally(const struct shell *shell)
{
    return &shell->tally;
}

struct copying *shell_copying(const struct shell *shell)
{
    return shell->copying;
}

struct instant shell_started(const struct shell *shell)
{
    return shell->started;
}

enum fault shell_begin(struct shell *shell)
{
    if (shell->open)
        return FAULT_NONE;
    TRY(shell->store->begin(shell->store));
    shell->open = true;
    return FAULT_NONE;
}

static enum fault step(struct shell *shell, struct event *event)
{
    TRY(shell_begin(shell));
    event->now = clock_now();
    if (!shell->events)
        clock_entropy(shell->seed);
    entropy_expand(shell->seed, "event", shell->events, event->entropy, sizeof event->entropy);
    shell->stepped = true;
    shell->events++;
    return engine_step(shell->engine, event, &shell->outcome);
}

enum fault shell_ask(struct shell *shell, struct event event, struct event_answer *answer)
{
    TRY(step(shell, &event));
    *answer = shell->outcome.answer;
    return FAULT_NONE;
}

enum fault shell_submit(struct shell *shell, const struct event_submission *submission,
                        struct event_answer *answer)
{
    struct event event = {.kind = EVENT_SUBMITTED, .submitted = *submission};
    return shell_ask(shell, event, answer);
}

/* --- one group --- */

static bool group_goes_on(const struct shell *shell)
{
    return !shell->fault && shell->events < GROUP_EVENTS && shell->bytes < GROUP_BYTES &&
           arena_used(shell->outcome.arena) < GROUP_HEAP &&
           clock_steady_ms() - shell->began_ms <= GROUP_MS;
}

static bool take_frame(void *self, const struct event_frame *frame)
{
    struct shell *shell = self;
    struct event event = {.kind = EVENT_RECEIVED, .received = *frame};
    if (shell->fault)
        return false; /* the rest of its message */
    shell->bytes += frame->wire.size;
    shell->fault = step(shell, &event);
    return group_goes_on(shell);
}

/* While nothing can be kept, frames are dropped: partners send them again. */
static bool drop_frame(void *self, const struct event_frame *)
{
    struct shell *shell = self;
    return ++shell->events < GROUP_EVENTS;
}

static void serve(void *self, const struct http_request *request, struct http_response *response)
{
    struct shell *shell = self;
    const struct shell_settings *settings = &shell->settings;
    if (settings->look && settings->look(settings->self, request, response))
        return;
    if (!shell->fault)
        shell->fault = settings->serve(settings->self, request, response);
    if (shell->fault) /* replaced by http_fail before it leaves */
        *response = (struct http_response) {.status = 503, .content_type = "text/plain"};
}

static void group_begin(struct shell *shell)
{
    struct arena *arena = shell->outcome.arena;
    arena_reset(arena);
    shell->outcome = (struct outcome) {.arena = arena, .trace = {.arena = arena}};
    shell->open = shell->stepped = shell->reload = false;
    shell->fault = FAULT_NONE;
    shell->events = shell->bytes = 0;
    shell->began_ms = clock_steady_ms();
}

static void group_fill(struct shell *shell)
{
    transport_receive(shell->transport, take_frame, shell);
    http_run(shell->http, GROUP_REQUESTS, serve, shell);
    if (!shell->fault && clock_steady_ms() >= shell->wake_ms) {
        struct event event = {.kind = EVENT_WOKE};
        shell->fault = step(shell, &event);
    }
    if (!shell->fault && shell->stepped) {
        struct event event = {.kind = EVENT_SETTLED};
        shell->fault = step(shell, &event);
    }
}

/* A commit that fails has rolled back by itself. */
static enum fault group_commit(struct shell *shell)
{
    if (!shell->open)
        return shell->fault;
    shell->open = false;
    if (shell->fault) {
        shell->store->rollback(shell->store);
        return shell->fault;
    }
    int64_t began_us = clock_steady_us();
    enum fault fault = shell->store->commit(shell->store);
    tally_add(&shell->tally.commits, clock_steady_us() - began_us);
    return fault;
}

static void group_release(struct shell *shell)
{
    if (shell->stepped)
        shell->wake_ms = clock_steady_of(shell->outcome.wake);
    dispatch_frames(shell->transport, shell->membership, &shell->outcome);
    log_trace(shell->settings.log, clock_now(), &shell->outcome.trace);
    http_release(shell->http);
    http_wake_soon(shell->http, shell->outcome.told);
    shell->faults = 0;
    shell->tally.groups++;
    if (shell->events)
        tally_add(&shell->tally.events, (int64_t)shell->events);
}

/* --- opening the engine, at the start and after a fault --- */

static enum fault engine_start(struct shell *shell, struct reason *reason)
{
    const struct config *config = shell->settings.config;
    const char *why = NULL;
    struct instant now = clock_now();
    struct engine_settings settings = {
        .node = config->node,
        .transport_secret =
            membership_transport(shell->membership, config, shell->settings.keeper, now),
        .suite = keeper_suite(shell->settings.keeper),
        .store = shell->store,
        .crumb = trail_crumb(shell->trail),
        .catalogue = shell->membership->catalogue,
        .now = now,
    };
    if (!settings.transport_secret)
        return reason_give(reason, FAULT_KEY,
                           "none of the keys is this node's transport key in the catalogue");
    memcpy(settings.run_id, shell->run_id, sizeof settings.run_id);
    clock_entropy(settings.entropy);
    enum fault fault = engine_open(&settings, &shell->engine, &why);
    if (fault)
        return reason_give(reason, fault, "%s", why ? why : fault_text(fault)->sentence);
    trail_tell(shell->engine, shell->settings.log);
    shell->wake_ms = clock_steady_ms();
    return FAULT_NONE;
}

static void engine_stop(struct shell *shell)
{
    engine_close(shell->engine);
    shell->engine = NULL;
}

/* No partner and no user hears of a group that failed. */
static void group_fail(struct shell *shell, enum fault fault)
{
    const struct fault_text *text = fault_text(fault);
    int64_t pause = RETRY_MS << (shell->faults < 6 ? shell->faults : 6);
    http_fail(shell->http, fault);
    log_say(shell->settings.log, clock_now(), TRACE_ALARM, "%s; %s", text->sentence, text->remedy);
    engine_stop(shell);
    shell->faults++;
    shell->tally.faults++;
    shell->tally.fault_at = clock_now();
    shell->fault = shell->tally.fault = fault;
    shell->retry_ms = clock_steady_ms() + (pause < RETRY_MS_MAX ? pause : RETRY_MS_MAX);
}

static void group_run(struct shell *shell)
{
    group_begin(shell);
    group_fill(shell);
    enum fault fault = group_commit(shell);
    if (fault)
        group_fail(shell, fault);
    else
        group_release(shell);
}

/* Between a fault and the next attempt: answers, but takes nothing. */
static void pause_run(struct shell *shell)
{
    enum fault fault = shell->fault;
    assert(fault);
    shell->events = 0;
    transport_receive(shell->transport, drop_frame, shell);
    http_run(shell->http, GROUP_REQUESTS, serve, shell);
    http_fail(shell->http, fault);
    if (clock_steady_ms() < shell->retry_ms)
        return;
    struct reason reason;
    fault = engine_start(shell, &reason);
    if (fault)
        group_fail(shell, fault);
    else
        log_say(shell->settings.log, clock_now(), TRACE_NOTE, "the node works again");
}

/* --- the catalogue --- */

/* Said again and again: only a person can bring a new one. */
static void watch_expiry(struct shell *shell)
{
    struct instant now = clock_now();
    if (shell->look_ms && clock_steady_ms() - shell->look_ms < EXPIRY_LOOK_MS)
        return;
    shell->look_ms = clock_steady_ms();
    const char *alarm = membership_expiry(shell->membership, now);
    if (alarm)
        log_say(shell->settings.log, now, TRACE_ALARM, "%s", alarm);
}

static enum fault load(const struct shell *shell, struct membership **out, struct reason *reason)
{
    return membership_load(shell->settings.config, shell->settings.keeper, shell->store, out,
                           reason);
}

/* SIGHUP. What cannot be believed changes nothing. */
static void reload(struct shell *shell)
{
    struct reason reason;
    struct membership *fresh = NULL, *old = shell->membership;
    struct log *log = shell->settings.log;
    http_config_reload(shell->settings.config, shell->http, log);
    if (shell->settings.reload)
        shell->settings.reload(shell->settings.self);
    if (load(shell, &fresh, &reason)) {
        log_say(log, clock_now(), TRACE_ALARM, "the catalogue stays as it was: %s", reason.text);
        return;
    }
    engine_stop(shell);
    shell->look_ms = 0;
    shell->membership = fresh;
    membership_close(old);
    log_say(log, clock_now(), TRACE_NOTE, "catalogue version %llu is in use",
            (unsigned long long)fresh->catalogue->version);
    enum fault fault = engine_start(shell, &reason);
    if (fault)
        group_fail(shell, fault);
}

/* --- from start to end --- */

/* The readiness itself is what wakes the loop; the group looks everywhere. */
static void nothing(void *)
{
}

static void arrived(void *self)
{
    struct shell *shell = self;
    shell->settings.arrived(shell->settings.self);
    http_wake(shell->http, HTTP_WAKE_ALL);
}

static enum fault open_all(struct shell *shell, struct reason *reason)
{
    const struct config *config = shell->settings.config;
    TRY(loop_open(&shell->loop, reason));
    TRY(storehouse_open(config->database, &shell->store, reason));
    shell->trail = trail_open(config->database, shell->settings.version, shell->settings.log);
    shell->copying = copying_open(shell->store, config->database);
    if (!shell->copying)
        return reason_give(reason, FAULT_MEMORY, "no memory for the node");
    TRY(load(shell, &shell->membership, reason));
    TRY(engine_start(shell, reason));
    TRY(transport_open(config->listen, &shell->transport, reason));
    TRY(http_config_open(config, &shell->http, reason));
    TRY(loop_watch(shell->loop, transport_descriptor(shell->transport), nothing, NULL, reason));
    if (shell->settings.turn)
        TRY(loop_watch(shell->loop, shell->settings.turns, nothing, NULL, reason));
    if (shell->settings.arrived)
        TRY(loop_watch(shell->loop, shell->settings.arrivals, arrived, shell, reason));
    return loop_watch(shell->loop, http_descriptor(shell->http), nothing, NULL, reason);
}

enum fault shell_open(const struct shell_settings *settings, struct shell **out,
                      struct reason *reason)
{
    struct shell *shell = calloc(1, sizeof *shell);
    struct arena *arena = arena_open(ARENA_SIZE);
    if (!shell || !arena) {
        free(shell);
        arena_close(arena);
        return reason_give(reason, FAULT_MEMORY, "no memory for the node");
    }
    shell->settings = *settings;
    tally_start(&shell->tally);
    shell->outcome.arena = arena;
    shell->started = clock_now();
    uint8_t entropy[ENTROPY_SEED_SIZE];
    clock_entropy(entropy);
    memcpy(shell->run_id, entropy, sizeof shell->run_id);
    enum fault fault = open_all(shell, reason);
    if (fault)
        shell_close(shell);
    else
        *out = shell;
    return fault;
}

void shell_close(struct shell *shell)
{
    if (!shell)
        return;
    http_close(shell->http);
    transport_close(shell->transport);
    engine_stop(shell);
    membership_close(shell->membership);
    copying_close(shell->copying);
    trail_close(shell->trail);
    if (shell->store)
        shell->store->close(shell->store);
    loop_close(shell->loop);
    arena_close(shell->outcome.arena);
    free(shell);
}

static int64_t wait_ms(const struct shell *shell)
{
    int64_t next = shell->engine ? shell->wake_ms : shell->retry_ms;
    int64_t now = clock_steady_ms(), http = http_timeout_ms(shell->http);
    int64_t wait = next <= now ? 0 : next - now;
    if (http >= 0 && http < wait)
        wait = http;
    if (shell->turn_ms >= 0 && shell->turn_ms < wait)
        wait = shell->turn_ms;
    return wait < shell->callers_ms ? wait : shell->callers_ms;
}

/* What a restart by the supervisor or a person must mend. */
static bool is_hopeless(const struct shell *shell)
{
    static const bool at_once[FAULT_COUNT] = {
        [FAULT_FLUSH] = true,
        [FAULT_MOVED] = true,
        [FAULT_CORRUPT] = true,
        [FAULT_NEWER] = true,
    };
    return !shell->engine && (at_once[shell->fault] || shell->faults > FAULTS_MAX);
}

enum fault shell_run(struct shell *shell, struct reason *reason)
{
    const struct config *config = shell->settings.config;
    bool listens = transport_listens(config->listen);
    log_say(shell->settings.log, clock_now(), TRACE_NOTE, "ready: %s %s%s, catalogue version %llu",
            config->node, listens ? "listens at " : "calls out and listens nowhere",
            listens ? config->listen : "",
            (unsigned long long)shell->membership->catalogue->version);
    struct notify_watch watch = notify_watch();
    bool copies = false;
    notify_ready("partners and people are served");
    while (!loop_stopping(shell->loop)) {
        if (loop_wait(shell->loop, copies ? 0 : wait_ms(shell)))
            return reason_give(reason, FAULT_NETWORK, "the event loop failed");
        int64_t woke_us = clock_steady_us();
        if (shell->engine && (shell->reload || loop_take_reload(shell->loop))) {
            notify_reloading();
            reload(shell);
            notify_ready("partners and people are served");
        }
        notify_alive(&watch);
        watch_expiry(shell);
        if (shell->engine)
            group_run(shell);
        else
            pause_run(shell);
        copies = copying_run(shell->copying);
        shell->turn_ms =
            shell->engine && shell->settings.turn ? shell->settings.turn(shell->settings.self) : -1;
        shell->callers_ms = callers_watch(&shell->callers, shell->transport, shell->settings.log);
        tally_add(&shell->tally.turns, clock_steady_us() - woke_us);
        if (is_hopeless(shell))
            return reason_give(reason, shell->fault, "%s; %s", fault_text(shell->fault)->sentence,
                               fault_text(shell->fault)->remedy);
    }
    notify_stopping();
    log_say(shell->settings.log, clock_now(), TRACE_NOTE, "stopping: what waits is kept");
    return FAULT_NONE;
}
