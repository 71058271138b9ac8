#include "io/http.h"

#include "base/verdict.h"
#include "io/clock.h"
#include "io/http_exchange.h"
#include "io/http_listen.h"
#include "io/http_stream.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 32 * 1024, /* of one connection, its request line included */
    CLOSING_MS = 2000,
    MOMENT_MS = 50,
};

struct queue {
    struct http_exchange *first, *last;
    size_t count;
};

struct http {
    struct MHD_Daemon *daemon;
    int descriptor;
    char path[sizeof((struct sockaddr_un) {0}).sun_path];
    uint64_t requests;
    size_t alive;   /* exchanges that are not done */
    size_t streams; /* of them: those whose answers go on */
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

/* Who is at the other end of the socket: this user, or root. */
static bool is_permitted(struct MHD_Connection *connection, struct http_caller *caller)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (!info || getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    *caller = (struct http_caller) {.local = true, .uid = peer.uid};
    return peer.uid == geteuid() || peer.uid == 0;
}

static enum MHD_Result begin(struct http *http, struct MHD_Connection *connection, const char *path,
                             const char *method, void **context)
{
    struct http_exchange *exchange =
        http_exchange_open(connection, method, path, http->requests + 1);
    if (!exchange)
        return MHD_NO;
    http->requests++;
    http->alive++;
    *context = exchange;
    if (is_permitted(connection, &exchange->caller))
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
    struct http *http = self;
    struct http_exchange *exchange = *context;
    if (!exchange)
        return begin(http, connection, path, method, context);
    if (*size > 0) {
        enum MHD_Result result = http_exchange_collect(exchange, data, *size);
        *size = 0;
        return result;
    }
    if (exchange->stage == HTTP_EXCHANGE_RELEASED || !http_exchange_whole(exchange))
        return http_exchange_leave(exchange);
    assert(exchange->stage == HTTP_EXCHANGE_COLLECTING);
    MHD_suspend_connection(connection);
    queue_put(&http->parked, exchange, HTTP_EXCHANGE_PARKED);
    return MHD_YES;
}

static void on_completed(void *self, struct MHD_Connection *, void **context,
                         enum MHD_RequestTerminationCode)
{
    struct http *http = self;
    struct http_exchange *exchange = *context;
    if (!exchange)
        return;
    /* A suspended connection is never completed, so no queue holds this one. */
    assert(exchange->stage == HTTP_EXCHANGE_COLLECTING ||
           exchange->stage == HTTP_EXCHANGE_RELEASED);
    http->streams -= exchange->stream != NULL;
    http_exchange_close(exchange);
    *context = NULL;
    http->alive--;
}

/* --- opening and closing
 * ---------------------------------------------------------------------------- */

static void say_nothing(void *, const char *, va_list)
{
}

/* A path with a zero byte would end there and name something else: it stays as it came, and names
 * nothing. (In the query such a byte is seen by the sizes.) */
static size_t unescape(void *, struct MHD_Connection *, char *text)
{
    return *text == '/' && strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}

static struct MHD_Daemon *start(struct http *http)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, http,
        MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
        MHD_OPTION_LISTEN_SOCKET, http->descriptor, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, http, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
}

enum fault http_open(const char *path, struct http **out, struct reason *reason)
{
    struct http *http = calloc(1, sizeof *http);
    if (!http)
        return reason_give(reason, FAULT_MEMORY, "no memory for the API's server");
    http->descriptor = -1;
    enum fault fault = http_listen_unix(path, &http->descriptor, reason);
    if (!fault) {
        snprintf(http->path, sizeof http->path, "%s", path);
        http->daemon = start(http);
        if (!http->daemon)
            fault = reason_give(reason, FAULT_NETWORK, "socket: %s: the server cannot start", path);
    }
    if (fault) {
        http_close(http);
        return fault;
    }
    *out = http;
    return FAULT_NONE;
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
    while (http->alive > 0) {
        int64_t left = end - clock_steady_ms(), wish = http_timeout_ms(http);
        struct pollfd wait = {http_descriptor(http), POLLIN, 0};
        if (left <= 0)
            break;
        poll(&wait, 1, (int)(wish >= 0 && wish < left ? wish : left));
        MHD_run(http->daemon);
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
    if (http->daemon) {
        for (struct http_exchange *each = http->held.first; each; each = each->next)
            http_exchange_refuse(each, &http_exchange_stopping);
        refuse_waiting(http, &http->waiting);
        http_release(http);
        drain(http);
        MHD_stop_daemon(http->daemon);
    } else if (http->descriptor >= 0) {
        close(http->descriptor);
    }
    free(http);
}

int http_descriptor(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    assert(info);
    return info->epoll_fd;
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
    MHD_UNSIGNED_LONG_LONG timeout;
    int64_t least = -1, now = clock_steady_ms();
    if (http->parked.count > 0)
        return 0;
    for (const struct http_exchange *each = http->waiting.first; each; each = each->next)
        least = sooner(least, each->until_ms > now ? each->until_ms - now : 0);
    if (http->wake_due && http->waiting.count > 0)
        least = sooner(least, http->wake_ms > now ? http->wake_ms - now : 0);
    return sooner(least,
                  MHD_get_timeout(http->daemon, &timeout) == MHD_YES ? (int64_t)timeout : -1);
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
    MHD_run(http->daemon);
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
    MHD_run(http->daemon);
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
