#include "io/http_exchange.h"

#include "io/clock.h"
#include "io/http_stream.h"
#include "io/log.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BODY_STEP = 64 * 1024,
    UNNAMED_MAX = 64 * 1024, /* of a body over TCP without any credentials: a login is small */
    OVERFLOW_MAX = 4 * HTTP_BODY_MAX, /* then the connection is cut instead of read to its end */
};

const struct http_exchange_refusal http_exchange_stranger = {
    MHD_HTTP_FORBIDDEN, 5, "not_permitted", "only the node's own user and root may ask it",
    "run the command as the node's user"};
const struct http_exchange_refusal http_exchange_stopping = {
    MHD_HTTP_SERVICE_UNAVAILABLE, 4, "stopping", "the node is stopping; nothing was done",
    "ask again when it runs"};

static const struct http_exchange_refusal too_large = {MHD_HTTP_CONTENT_TOO_LARGE, 7, "too_large",
                                                       "the request is larger than 8 MiB",
                                                       "send it in several parts"};
static const struct http_exchange_refusal too_large_unnamed = {
    MHD_HTTP_CONTENT_TOO_LARGE, 7, "too_large", "the request is larger than 64 KiB and has no name",
    "send it with a token, or log in first"};
static const struct http_exchange_refusal no_memory = {MHD_HTTP_INTERNAL_SERVER_ERROR, 1, "memory",
                                                       "the machine has no memory left",
                                                       "give the machine more memory"};
static const struct http_exchange_refusal odd_query = {
    MHD_HTTP_BAD_REQUEST, 2, "usage", "the query has too many parameters or a zero byte",
    "see `GET /api/v1/` for what a route takes"};

static const char *header_of(const struct http_exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

struct http_exchange *http_exchange_open(struct MHD_Connection *connection, const char *method,
                                         const char *path, uint64_t number)
{
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    exchange->connection = connection;
    exchange->body_max = HTTP_BODY_MAX;
    exchange->number = number;
    exchange->since_ms = clock_steady_ms();
    exchange->method = strdup(method);
    exchange->path = strdup(path);
    snprintf(exchange->correlation_id, sizeof exchange->correlation_id, "%08llx",
             (unsigned long long)number);
    if (exchange->method && exchange->path)
        return exchange;
    http_exchange_close(exchange);
    return NULL;
}

void http_exchange_bound(struct http_exchange *exchange)
{
    bool named = header_of(exchange, MHD_HTTP_HEADER_AUTHORIZATION) ||
                 header_of(exchange, MHD_HTTP_HEADER_COOKIE);
    if (!exchange->caller.local && !named)
        exchange->body_max = UNNAMED_MAX;
}

void http_exchange_close(struct http_exchange *exchange)
{
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    http_stream_close(exchange->stream);
    if (exchange->body)
        explicit_bzero(exchange->body, exchange->size); /* it may have been a password */
    free(exchange->method);
    free(exchange->path);
    free(exchange->body);
    free(exchange);
}

/* --- collecting
 * ----------------------------------------------------------------------------------- */

/* Not by realloc: what is left behind is wiped, since a password may be in it. */
static bool body_grow(struct http_exchange *exchange, size_t room)
{
    uint8_t *body = malloc(room);
    if (!body)
        return false;
    if (exchange->body) {
        memcpy(body, exchange->body, exchange->size);
        explicit_bzero(exchange->body, exchange->size);
        free(exchange->body);
    }
    exchange->body = body;
    exchange->room = room;
    return true;
}

/* What is too much is read and forgotten: a client that still sends would not hear why. */
enum MHD_Result http_exchange_collect(struct http_exchange *exchange, const char *data, size_t size)
{
    if (exchange->overflow > 0 || exchange->size + size > exchange->body_max) {
        exchange->overflow += size;
        return exchange->overflow > OVERFLOW_MAX ? MHD_NO : MHD_YES;
    }
    if (exchange->size + size > exchange->room &&
        !body_grow(exchange, 2 * (exchange->size + size) + BODY_STEP))
        return MHD_NO;
    memcpy(exchange->body + exchange->size, data, size);
    exchange->size += size;
    return MHD_YES;
}

bool http_exchange_whole(struct http_exchange *exchange)
{
    if (exchange->overflow > 0)
        http_exchange_refuse(exchange,
                             exchange->body_max < HTTP_BODY_MAX ? &too_large_unnamed : &too_large);
    return exchange->overflow == 0;
}

/* --- answering
 * ------------------------------------------------------------------------------------ */

static struct MHD_Response *make_response(struct bytes body, const char *content_type)
{
    struct MHD_Response *made =
        MHD_create_response_from_buffer(body.size, (void *)body.data, MHD_RESPMEM_MUST_COPY);
    if (made && content_type)
        MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
    if (made)
        MHD_add_response_header(made, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    if (made)
        MHD_add_response_header(made, "X-Content-Type-Options", "nosniff");
    return made;
}

static void answer(struct http_exchange *exchange, unsigned status, struct MHD_Response *response)
{
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    exchange->status = status;
    exchange->response = response;
}

void http_exchange_refuse(struct http_exchange *exchange, const struct http_exchange_refusal *why)
{
    char message[256], hint[256], body[1024];
    if (exchange->stream) {
        http_stream_end(exchange->stream);
        return;
    }
    log_quote(bytes_text(why->message), message, sizeof message);
    log_quote(bytes_text(why->hint), hint, sizeof hint);
    int length = snprintf(body, sizeof body,
                          "{\"error\":{\"code\":\"%s\",\"exit\":%d,\"message\":\"%s\","
                          "\"hint\":\"%s\",\"field\":null,\"correlation_id\":\"%s\"}}\n",
                          why->code, why->exit_status, message, hint, exchange->correlation_id);
    assert(length > 0 && length < (int)sizeof body);
    struct bytes view = {(const uint8_t *)body, (size_t)length};
    answer(exchange, why->status, make_response(view, "application/json"));
}

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

/* What `serve` said, as libmicrohttpd wants it; NULL: no memory. */
static struct MHD_Response *response_of(const struct http_exchange *exchange,
                                        const struct http_response *response)
{
    struct MHD_Response *made = make_response(response->body, response->content_type);
    if (made && response->allow)
        MHD_add_response_header(made, MHD_HTTP_HEADER_ALLOW, response->allow);
    if (made && exchange->caller.secure)
        MHD_add_response_header(made, "Strict-Transport-Security", "max-age=31536000");
    if (made && response->cookie)
        MHD_add_response_header(made, MHD_HTTP_HEADER_SET_COOKIE, response->cookie);
    if (made && response->retry_s) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%u", response->retry_s);
        MHD_add_response_header(made, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
    }
    if (made && response->ask_name)
        MHD_add_response_header(made, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                                "Bearer realm=\"peregrin\"");
    return made;
}

/* The first piece of an answer that goes on opens its stream; what is no piece ends it. */
static bool stream_take(struct http_exchange *exchange, const struct http_response *response)
{
    bool piece = response->mark > 0;
    exchange->since_ms = clock_steady_ms();
    if (exchange->stream) {
        if (!piece || !http_stream_put(exchange->stream, response->body))
            http_stream_end(exchange->stream);
        return true;
    }
    if (!piece)
        return false;
    exchange->stream = http_stream_open(exchange->connection, response->body);
    struct MHD_Response *made =
        exchange->stream ? http_stream_response(exchange->stream, response->content_type) : NULL;
    if (made) {
        answer(exchange, (unsigned)response->status, made);
        return true;
    }
    http_stream_close(exchange->stream);
    exchange->stream = NULL;
    http_exchange_refuse(exchange, &no_memory);
    return true;
}

bool http_exchange_serve(struct http_exchange *exchange, struct http_exchange_crowd crowd,
                         http_serve *serve, void *self)
{
    struct http_request request = {
        .method = exchange->method,
        .path = exchange->path,
        .content_type = header_of(exchange, MHD_HTTP_HEADER_CONTENT_TYPE),
        .idempotency_key = header_of(exchange, "Idempotency-Key"),
        .correlation_id = exchange->correlation_id,
        .number = exchange->number,
        .caller = exchange->caller,
        .body = {exchange->body, exchange->size},
        .accept = header_of(exchange, MHD_HTTP_HEADER_ACCEPT),
        .last_event_id = header_of(exchange, "Last-Event-ID"),
        .authorization = header_of(exchange, MHD_HTTP_HEADER_AUTHORIZATION),
        .cookie = header_of(exchange, MHD_HTTP_HEADER_COOKIE),
        .csrf_token = header_of(exchange, "X-CSRF-Token"),
        .origin = header_of(exchange, "Origin"),
        .fetch_site = header_of(exchange, "Sec-Fetch-Site"),
        .host = header_of(exchange, MHD_HTTP_HEADER_HOST),
        .remote_user = header_of(exchange, "X-Remote-User"),
        .mark = exchange->mark,
        .waited_ms = clock_steady_ms() - exchange->since_ms,
        .waiting = crowd.waiting,
        .streams = crowd.streams,
    };
    struct http_response response = {0};
    struct query_reader reader = {.request = &request};
    MHD_get_connection_values_n(exchange->connection, MHD_GET_ARGUMENT_KIND, read_pair, &reader);
    if (reader.odd) {
        http_exchange_refuse(exchange, &odd_query);
        return true;
    }
    serve(self, &request, &response);
    exchange->mark = response.mark;
    if (response.later_ms > 0) {
        exchange->until_ms = clock_steady_ms() + response.later_ms;
        return false;
    }
    assert(response.status >= 200 && response.status < 600);
    if (stream_take(exchange, &response))
        return true;
    struct MHD_Response *made = response_of(exchange, &response);
    exchange->stands = made && response.stands;
    if (made)
        answer(exchange, (unsigned)response.status, made);
    else
        http_exchange_refuse(exchange, &no_memory);
    return true;
}

enum MHD_Result http_exchange_leave(struct http_exchange *exchange)
{
    exchange->stage = HTTP_EXCHANGE_RELEASED;
    if (!exchange->response)
        return MHD_NO;
    return MHD_queue_response(exchange->connection, exchange->status, exchange->response);
}
