#include "io/http.h"

#include "base/verdict.h"
#include "io/clock.h"
#include "io/log.h"

#include <assert.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 32 * 1024, /* of one connection, its request line included */
    BODY_STEP = 64 * 1024,
    OVERFLOW_MAX = 4 * HTTP_BODY_MAX, /* then the connection is cut instead of read to its end */
    CLOSING_MS = 2000,
    BACKLOG = 128,
    CORRELATION_SIZE = 24,
};

/* The life of a request: collected, parked until http_run, held until the commit, released. */
enum stage { STAGE_COLLECTING, STAGE_PARKED, STAGE_HELD, STAGE_RELEASED };

struct exchange {
    struct MHD_Connection *connection;
    enum stage stage;
    char *method, *path;
    uint8_t *body;
    size_t size, room, overflow;
    char correlation_id[CORRELATION_SIZE];
    unsigned status;
    bool stands;
    struct MHD_Response *response;
    struct exchange *next;
};

struct queue {
    struct exchange *first, *last;
    size_t count;
};

struct http {
    struct MHD_Daemon *daemon;
    int descriptor;
    char path[sizeof((struct sockaddr_un) {0}).sun_path];
    bool bound;
    uint64_t requests;
    size_t alive; /* exchanges that are not done */
    struct queue parked, held;
};

static void queue_put(struct queue *queue, struct exchange *exchange)
{
    exchange->next = NULL;
    if (queue->last)
        queue->last->next = exchange;
    else
        queue->first = exchange;
    queue->last = exchange;
    queue->count++;
}

static struct exchange *queue_take(struct queue *queue)
{
    struct exchange *taken = queue->first;
    if (!taken)
        return NULL;
    queue->first = taken->next;
    if (!queue->first)
        queue->last = NULL;
    queue->count--;
    return taken;
}

/* --- refusals of our own, in the form of the API's errors
 * ------------------------------------------ */

struct refusal {
    unsigned status;
    int exit_status;
    const char *code, *message, *hint;
};

static const struct refusal too_large = {MHD_HTTP_CONTENT_TOO_LARGE, 7, "too_large",
                                         "the request is larger than 8 MiB",
                                         "send it in several parts"};
static const struct refusal stranger = {MHD_HTTP_FORBIDDEN, 5, "not_permitted",
                                        "only the node's own user and root may ask it",
                                        "run the command as the node's user"};
static const struct refusal stopping = {MHD_HTTP_SERVICE_UNAVAILABLE, 4, "stopping",
                                        "the node is stopping; nothing was done",
                                        "ask again when it runs"};
static const struct refusal no_memory = {MHD_HTTP_INTERNAL_SERVER_ERROR, 1, "memory",
                                         "the machine has no memory left",
                                         "give the machine more memory"};
static const struct refusal odd_query = {MHD_HTTP_BAD_REQUEST, 2, "usage",
                                         "the query has too many parameters or a zero byte",
                                         "see `GET /api/v1/` for what a route takes"};

static struct MHD_Response *make_response(struct bytes body, const char *content_type)
{
    struct MHD_Response *made =
        MHD_create_response_from_buffer(body.size, (void *)body.data, MHD_RESPMEM_MUST_COPY);
    if (made && content_type)
        MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
    if (made)
        MHD_add_response_header(made, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    return made;
}

static void exchange_answer(struct exchange *exchange, unsigned status,
                            struct MHD_Response *response)
{
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    exchange->status = status;
    exchange->response = response;
}

static void exchange_refuse(struct exchange *exchange, const struct refusal *why)
{
    char message[256], hint[256], body[1024];
    log_quote(bytes_text(why->message), message, sizeof message);
    log_quote(bytes_text(why->hint), hint, sizeof hint);
    int length = snprintf(body, sizeof body,
                          "{\"error\":{\"code\":\"%s\",\"exit\":%d,\"message\":\"%s\","
                          "\"hint\":\"%s\",\"field\":null,\"correlation_id\":\"%s\"}}\n",
                          why->code, why->exit_status, message, hint, exchange->correlation_id);
    assert(length > 0 && length < (int)sizeof body);
    struct bytes view = {(const uint8_t *)body, (size_t)length};
    exchange_answer(exchange, why->status, make_response(view, "application/json"));
}

/* --- collecting
 * ----------------------------------------------------------------------------------- */

/* Who is at the other end of the socket: this user, or root. */
static bool is_permitted(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct ucred peer;
    socklen_t size = sizeof peer;
    return info && getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == geteuid() || peer.uid == 0);
}

static struct exchange *exchange_open(struct http *http, struct MHD_Connection *connection,
                                      const char *method, const char *path)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    exchange->connection = connection;
    exchange->method = strdup(method);
    exchange->path = strdup(path);
    if (!exchange->method || !exchange->path) {
        free(exchange->method);
        free(exchange->path);
        free(exchange);
        return NULL;
    }
    snprintf(exchange->correlation_id, sizeof exchange->correlation_id, "%08llx",
             (unsigned long long)++http->requests);
    http->alive++;
    return exchange;
}

/* What is too much is read and forgotten: a client that still sends would not hear why. */
static enum MHD_Result collect(struct exchange *exchange, const char *data, size_t size)
{
    if (exchange->overflow > 0 || exchange->size + size > HTTP_BODY_MAX) {
        exchange->overflow += size;
        return exchange->overflow > OVERFLOW_MAX ? MHD_NO : MHD_YES;
    }
    if (exchange->size + size > exchange->room) {
        size_t room = 2 * (exchange->size + size) + BODY_STEP;
        uint8_t *body = realloc(exchange->body, room);
        if (!body)
            return MHD_NO;
        exchange->body = body;
        exchange->room = room;
    }
    memcpy(exchange->body + exchange->size, data, size);
    exchange->size += size;
    return MHD_YES;
}

static enum MHD_Result leave(struct exchange *exchange)
{
    exchange->stage = STAGE_RELEASED;
    if (!exchange->response)
        return MHD_NO;
    return MHD_queue_response(exchange->connection, exchange->status, exchange->response);
}

static enum MHD_Result begin(struct http *http, struct MHD_Connection *connection, const char *path,
                             const char *method, void **context)
{
    struct exchange *exchange = exchange_open(http, connection, method, path);
    if (!exchange)
        return MHD_NO;
    *context = exchange;
    if (is_permitted(connection))
        return MHD_YES;
    exchange_refuse(exchange, &stranger);
    return leave(exchange);
}

/* libmicrohttpd calls this at the headers, for each piece of the body, at its end, and once more
 * after a suspended connection is resumed. */
static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *, const char *data, size_t *size,
                                  void **context)
{
    struct http *http = self;
    struct exchange *exchange = *context;
    if (!exchange)
        return begin(http, connection, path, method, context);
    if (*size > 0) {
        enum MHD_Result result = collect(exchange, data, *size);
        *size = 0;
        return result;
    }
    if (exchange->stage == STAGE_RELEASED)
        return leave(exchange);
    if (exchange->overflow > 0) {
        exchange_refuse(exchange, &too_large);
        return leave(exchange);
    }
    assert(exchange->stage == STAGE_COLLECTING);
    exchange->stage = STAGE_PARKED;
    MHD_suspend_connection(connection);
    queue_put(&http->parked, exchange);
    return MHD_YES;
}

static void on_completed(void *self, struct MHD_Connection *, void **context,
                         enum MHD_RequestTerminationCode)
{
    struct http *http = self;
    struct exchange *exchange = *context;
    if (!exchange)
        return;
    /* A suspended connection is never completed, so no queue holds this one. */
    assert(exchange->stage == STAGE_COLLECTING || exchange->stage == STAGE_RELEASED);
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    free(exchange->method);
    free(exchange->path);
    free(exchange->body);
    free(exchange);
    *context = NULL;
    http->alive--;
}

/* --- opening and closing
 * ---------------------------------------------------------------------------- */

/* A socket file may be left over from a node that was killed. */
static enum fault clear_place(const struct sockaddr_un *address, struct reason *reason)
{
    struct stat status;
    if (lstat(address->sun_path, &status) != 0)
        return FAULT_NONE;
    if (!S_ISSOCK(status.st_mode))
        return reason_give(reason, FAULT_CONFIG, "socket: %s exists and is no socket",
                           address->sun_path);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answers =
        probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
    if (probe >= 0)
        close(probe);
    if (answers)
        return reason_give(reason, FAULT_NETWORK, "socket: another node already runs at %s",
                           address->sun_path);
    unlink(address->sun_path);
    return FAULT_NONE;
}

static enum fault listen_at(struct http *http, const char *path, struct reason *reason)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return reason_give(reason, FAULT_CONFIG, "socket: %s: the path is longer than %zu bytes",
                           path, sizeof address.sun_path - 1);
    strcpy(address.sun_path, path);
    strcpy(http->path, path);
    TRY(clear_place(&address, reason));
    mode_t before = umask(0177);
    http->descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    http->bound = http->descriptor >= 0 &&
                  bind(http->descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    umask(before);
    if (!http->bound || chmod(path, 0600) != 0 || listen(http->descriptor, BACKLOG) != 0)
        return reason_give(reason, FAULT_NETWORK, "socket: %s: %s", path, strerror(errno));
    return FAULT_NONE;
}

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
    enum fault fault = listen_at(http, path, reason);
    if (!fault) {
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
        for (struct exchange *late; (late = queue_take(&http->parked));) {
            exchange_refuse(late, &stopping);
            late->stage = STAGE_HELD;
            queue_put(&http->held, late);
        }
        http_release(http);
    }
}

void http_close(struct http *http)
{
    if (!http)
        return;
    if (http->bound)
        unlink(http->path);
    if (http->daemon) {
        for (struct exchange *each = http->held.first; each; each = each->next)
            exchange_refuse(each, &stopping);
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

int64_t http_timeout_ms(const struct http *http)
{
    MHD_UNSIGNED_LONG_LONG timeout;
    if (http->parked.count > 0)
        return 0;
    return MHD_get_timeout(http->daemon, &timeout) == MHD_YES ? (int64_t)timeout : -1;
}

/* --- handing out and letting go
 * ---------------------------------------------------------------------- */

struct query_reader {
    struct http_request *request;
    bool odd;
};

static enum MHD_Result read_pair(void *self, enum MHD_ValueKind, const char *name, size_t name_size,
                                 const char *value, size_t value_size)
{
    struct query_reader *reader = self;
    struct http_request *request = reader->request;
    reader->odd = reader->odd || request->query_count == HTTP_QUERY_MAX ||
                  strlen(name) != name_size || (value && strlen(value) != value_size);
    if (reader->odd)
        return MHD_NO;
    request->query[request->query_count++] = (struct http_pair) {name, value ? value : ""};
    return MHD_YES;
}

static const char *header_of(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

static void hand_out(struct exchange *exchange, http_serve *serve, void *self)
{
    struct http_request request = {
        .method = exchange->method,
        .path = exchange->path,
        .content_type = header_of(exchange, MHD_HTTP_HEADER_CONTENT_TYPE),
        .idempotency_key = header_of(exchange, "Idempotency-Key"),
        .correlation_id = exchange->correlation_id,
        .body = {exchange->body, exchange->size},
    };
    struct http_response response = {0};
    struct query_reader reader = {.request = &request};
    MHD_get_connection_values_n(exchange->connection, MHD_GET_ARGUMENT_KIND, read_pair, &reader);
    if (reader.odd) {
        exchange_refuse(exchange, &odd_query);
        return;
    }
    serve(self, &request, &response);
    assert(response.status >= 200 && response.status < 600);
    struct MHD_Response *made = make_response(response.body, response.content_type);
    if (made && response.allow)
        MHD_add_response_header(made, MHD_HTTP_HEADER_ALLOW, response.allow);
    exchange->stands = made && response.stands;
    if (made)
        exchange_answer(exchange, (unsigned)response.status, made);
    else
        exchange_refuse(exchange, &no_memory);
}

size_t http_run(struct http *http, size_t max, http_serve *serve, void *self)
{
    size_t count = 0;
    MHD_run(http->daemon);
    while (count < max && http->parked.count > 0) {
        struct exchange *exchange = queue_take(&http->parked);
        exchange->stage = STAGE_HELD;
        queue_put(&http->held, exchange);
        hand_out(exchange, serve, self);
        count++;
    }
    return count;
}

void http_release(struct http *http)
{
    if (http->held.count == 0)
        return;
    for (struct exchange *exchange; (exchange = queue_take(&http->held));) {
        exchange->stage = STAGE_RELEASED;
        MHD_resume_connection(exchange->connection);
    }
    MHD_run(http->daemon);
}

void http_fail(struct http *http, enum fault fault)
{
    const struct fault_text *text = fault_text(fault);
    const struct refusal why = {MHD_HTTP_SERVICE_UNAVAILABLE, text->exit_status, text->code,
                                text->sentence, text->remedy};
    for (struct exchange *each = http->held.first; each; each = each->next)
        if (!each->stands)
            exchange_refuse(each, &why);
    http_release(http);
}
