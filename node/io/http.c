#include "io/http.h"

#include "base/verdict.h"
#include "io/clock.h"
#include "io/http_door.h"
#include "io/http_exchange.h"
#include "io/http_listen.h"
#include "io/http_stream.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    CLOSING_MS = 2000,
    MOMENT_MS = 50,
    DOORS = 8, /* the Unix socket's first, then TCP, and those that serve to their end */
};

struct queue {
    struct http_exchange *first, *last;
    size_t count;
};

struct http {
    struct http_door doors[DOORS];
    struct http_door *tcp; /* the one that listens; NULL: none */
    int descriptor;        /* readable when one of the doors is */
    bool shared;           /* a group may open the socket */
    char path[sizeof((struct sockaddr_un) {0}).sun_path];
    uint64_t requests;
    size_t streams; /* exchanges whose answers go on */
    struct queue parked, waiting, held;
    bool wake_due;
    int64_t wake_ms; /* steady: not before */
};

static void queue_put(struct queue *queue, struct http_exchange *exchange,
                      enum http_exchange_stage stage)
{
    exchange->stage = stage;
    exchange->next = NULL;
    if (queue->last)
        queue->last->next = exchange;
    else
        queue->first = exchange;
    queue->last = exchange;
    queue->count++;
}

static struct http_exchange *queue_take(struct queue *queue)
{
    struct http_exchange *taken = queue->first;
    if (!taken)
        return NULL;
    queue->first = taken->next;
    if (!queue->first)
        queue->last = NULL;
    queue->count--;
    return taken;
}

/* --- a request comes
 * ------------------------------------------------------------------------------ */

static enum MHD_Result begin(struct http_door *door, struct MHD_Connection *connection,
                             const char *path, const char *method, void **context)
{
    struct http *http = door->self;
    struct http_exchange *exchange =
        http_exchange_open(connection, method, path, http->requests + 1);
    if (!exchange)
        return MHD_NO;
    http->requests++;
    door->alive++;
    *context = exchange;
    bool permitted = http_door_caller(door, connection, http->shared, &exchange->caller);
    http_exchange_bound(exchange);
    if (permitted)
        return MHD_YES;
    http_exchange_refuse(exchange, &http_exchange_stranger);
    return http_exchange_leave(exchange);
}

/* libmicrohttpd calls this at the headers, for each piece of the body, at its end, and once more
 * after a suspended connection is resumed. */
static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *, const char *data, size_t *size,
                                  void **context)
{
    struct http_door *door = self;
    struct http *http = door->self;
    struct http_exchange *exchange = *context;
    if (!exchange)
        return begin(door, connection, path, method, context);
    if (*size > 0) {
        enum MHD_Result result = http_exchange_collect(exchange, data, *size);
        *size = 0;
        return result;
    }
    if (exchange->stage == HTTP_EXCHANGE_RELEASED || !http_exchange_whole(exchange))
        return http_exchange_leave(exchange);
    assert(exchange->stage == HTTP_EXCHANGE_COLLECTING);
    http_door_waits(connection, false);
    MHD_suspend_connection(connection);
    queue_put(&http->parked, exchange, HTTP_EXCHANGE_PARKED);
    return MHD_YES;
}

static void on_completed(void *self, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode)
{
    struct http_door *door = self;
    struct http *http = door->self;
    struct http_exchange *exchange = *context;
    http_door_waits(connection, true);
    if (!exchange)
        return;
    /* A suspended connection is never completed, so no queue holds this one. */
    assert(exchange->stage == HTTP_EXCHANGE_COLLECTING ||
           exchange->stage == HTTP_EXCHANGE_RELEASED);
    http->streams -= exchange->stream != NULL;
    http_exchange_close(exchange);
    *context = NULL;
    door->alive--;
}

/* --- opening and closing
 * ---------------------------------------------------------------------------- */

static const struct http_door_calls calls = {on_request, on_completed};

static struct http_door *door_free(struct http *http)
{
    for (size_t i = 1; i < DOORS; i++)
        if (!http->doors[i].daemon)
            return &http->doors[i];
    return NULL;
}

/* One descriptor over all doors: epoll looks into epoll. */
static enum fault door_watch(struct http *http, struct http_door *door, struct reason *reason)
{
    struct epoll_event event = {.events = EPOLLIN};
    if (epoll_ctl(http->descriptor, EPOLL_CTL_ADD, http_door_descriptor(door), &event) == 0)
        return FAULT_NONE;
    return reason_give(reason, FAULT_NETWORK, "the API's server: %s", strerror(errno));
}

/* Takes the descriptor, also when it fails: the door has its own. */
static enum fault door_open(struct http *http, struct http_door *door, int descriptor,
                            const struct http_tcp *tcp, struct reason *reason)
{
    enum fault fault = http_door_open(door, http, descriptor, tcp, &calls, reason);
    close(descriptor);
    return fault ? fault : door_watch(http, door, reason);
}

static enum fault open_unix(struct http *http, const char *path, struct reason *reason)
{
    int descriptor;
    http->descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (http->descriptor < 0)
        return reason_give(reason, FAULT_NETWORK, "the API's server: %s", strerror(errno));
    TRY(http_listen_unix(path, &descriptor, reason));
    snprintf(http->path, sizeof http->path, "%s", path);
    return door_open(http, &http->doors[0], descriptor, NULL, reason);
}

enum fault http_open(const char *path, struct http **out, struct reason *reason)
{
    struct http *http = calloc(1, sizeof *http);
    if (!http)
        return reason_give(reason, FAULT_MEMORY, "no memory for the API's server");
    http->descriptor = -1;
    enum fault fault = open_unix(http, path, reason);
    if (fault) {
        http_close(http);
        return fault;
    }
    *out = http;
    return FAULT_NONE;
}

enum fault http_share(struct http *http, const char *group, struct reason *reason)
{
    TRY(http_listen_share(http->path, group, reason));
    http->shared = true;
    return FAULT_NONE;
}

/* The door that listens now, and another behind which it may be let go. */
static enum fault listen_again(struct http *http, struct http_door *fresh,
                               const struct http_tcp *tcp, struct reason *reason)
{
    struct http_door *old = http->tcp;
    TRY(http_door_open(fresh, http, old->descriptor, tcp, &calls, reason));
    TRY(door_watch(http, fresh, reason));
    http_door_retire(old);
    http->tcp = fresh;
    return FAULT_NONE;
}

enum fault http_listen(struct http *http, const struct http_tcp *tcp, struct reason *reason)
{
    struct http_door *fresh = door_free(http);
    int descriptor;
    if (!fresh)
        return reason_give(reason, FAULT_NETWORK,
                           "too many older certificates are still in use: try again later");
    if (http->tcp)
        return listen_again(http, fresh, tcp, reason);
    TRY(http_listen_tcp(tcp->address, &descriptor, reason));
    TRY(door_open(http, fresh, descriptor, tcp, reason));
    http->tcp = fresh;
    return FAULT_NONE;
}

static size_t alive(const struct http *http)
{
    size_t count = 0;
    for (size_t i = 0; i < DOORS; i++)
        count += http->doors[i].alive;
    return count;
}

/* A door without a descriptor is closed as soon as nobody is answered there. */
static void run(struct http *http)
{
    for (size_t i = 0; i < DOORS; i++) {
        struct http_door *door = &http->doors[i];
        if (door->daemon)
            http_door_run(door);
        if (door->daemon && door->descriptor < 0 && door->alive == 0)
            http_door_close(door);
    }
}

/* What was not served yet will not be. */
static void refuse_waiting(struct http *http, struct queue *queue)
{
    for (struct http_exchange *late; (late = queue_take(queue));) {
        http_exchange_refuse(late, &http_exchange_stopping);
        queue_put(&http->held, late, HTTP_EXCHANGE_HELD);
    }
}

static void drain(struct http *http)
{
    int64_t end = clock_steady_ms() + CLOSING_MS;
    while (alive(http) > 0) {
        int64_t left = end - clock_steady_ms(), wish = http_timeout_ms(http);
        struct pollfd wait = {http_descriptor(http), POLLIN, 0};
        if (left <= 0)
            break;
        poll(&wait, 1, (int)(wish >= 0 && wish < left ? wish : left));
        run(http);
        refuse_waiting(http, &http->parked);
        http_release(http);
    }
}

void http_close(struct http *http)
{
    if (!http)
        return;
    if (http->path[0])
        unlink(http->path);
    for (struct http_exchange *each = http->held.first; each; each = each->next)
        http_exchange_refuse(each, &http_exchange_stopping);
    refuse_waiting(http, &http->waiting);
    http_release(http);
    drain(http);
    for (size_t i = 0; i < DOORS; i++)
        if (http->doors[i].daemon)
            MHD_stop_daemon(http->doors[i].daemon);
    if (http->descriptor >= 0)
        close(http->descriptor);
    free(http);
}

int http_descriptor(const struct http *http)
{
    return http->descriptor;
}

/* The earlier of two times to sleep; -1: without end. */
static int64_t sooner(int64_t left, int64_t right)
{
    if (left < 0 || right < 0)
        return left < 0 ? right : left;
    return left < right ? left : right;
}

int64_t http_timeout_ms(const struct http *http)
{
    int64_t least = -1, now = clock_steady_ms();
    if (http->parked.count > 0)
        return 0;
    for (const struct http_exchange *each = http->waiting.first; each; each = each->next)
        least = sooner(least, each->until_ms > now ? each->until_ms - now : 0);
    if (http->wake_due && http->waiting.count > 0)
        least = sooner(least, http->wake_ms > now ? http->wake_ms - now : 0);
    for (size_t i = 0; i < DOORS; i++)
        if (http->doors[i].daemon)
            least = sooner(least, http_door_timeout_ms(&http->doors[i]));
    return least;
}

/* --- handing out and letting go
 * ---------------------------------------------------------------------- */

static const uint64_t due_only = UINT64_MAX; /* no request has this number */

static void wake(struct http *http, uint64_t number)
{
    struct queue before = http->waiting;
    int64_t now = clock_steady_ms();
    http->waiting = (struct queue) {0};
    for (struct http_exchange *each; (each = queue_take(&before));) {
        if (number == HTTP_WAKE_ALL || each->number == number || each->until_ms <= now)
            queue_put(&http->parked, each, HTTP_EXCHANGE_PARKED);
        else
            queue_put(&http->waiting, each, HTTP_EXCHANGE_WAITING);
    }
}

void http_wake(struct http *http, uint64_t number)
{
    wake(http, number);
}

void http_wake_soon(struct http *http, size_t happened)
{
    http->wake_due = http->wake_due || happened > 0;
}

static void wake_due(struct http *http)
{
    int64_t now = clock_steady_ms();
    bool all = http->wake_due && now >= http->wake_ms;
    wake(http, all ? (uint64_t)HTTP_WAKE_ALL : due_only);
    if (!all)
        return;
    http->wake_due = false;
    http->wake_ms = now + MOMENT_MS;
}

/* A piece has left: the next one is asked for. */
static void piece_left(void *self, void *left)
{
    struct http *http = self;
    struct http_exchange *exchange = left;
    exchange->since_ms = clock_steady_ms();
    queue_put(&http->parked, exchange, HTTP_EXCHANGE_PARKED);
}

static void serve_one(struct http *http, struct http_exchange *exchange, http_serve *serve,
                      void *self)
{
    bool streamed = exchange->stream != NULL;
    const struct http_exchange_crowd crowd = {http->waiting.count, http->streams};
    bool answered = http_exchange_serve(exchange, crowd, serve, self);
    if (exchange->stream && !streamed) {
        http->streams++;
        http_stream_watch(exchange->stream, piece_left, http, exchange);
    }
    if (answered)
        queue_put(&http->held, exchange, HTTP_EXCHANGE_HELD);
    else
        queue_put(&http->waiting, exchange, HTTP_EXCHANGE_WAITING);
}

size_t http_run(struct http *http, size_t max, http_serve *serve, void *self)
{
    size_t count = 0;
    run(http);
    wake_due(http);
    while (count < max && http->parked.count > 0) {
        serve_one(http, queue_take(&http->parked), serve, self);
        count++;
    }
    return count;
}

void http_release(struct http *http)
{
    if (http->held.count == 0)
        return;
    for (struct http_exchange *exchange; (exchange = queue_take(&http->held));) {
        exchange->stage = HTTP_EXCHANGE_RELEASED;
        MHD_resume_connection(exchange->connection);
    }
    run(http);
}

void http_fail(struct http *http, enum fault fault)
{
    const struct fault_text *text = fault_text(fault);
    const struct http_exchange_refusal why = {MHD_HTTP_SERVICE_UNAVAILABLE, text->exit_status,
                                              text->code, text->sentence, text->remedy};
    for (struct http_exchange *each = http->held.first; each; each = each->next)
        if (!each->stands)
            http_exchange_refuse(each, &why);
    http_release(http);
}
