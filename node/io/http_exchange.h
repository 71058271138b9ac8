/* One request of the API on its way: collected piece by piece, handed out, answered, let go. For
 * http.c and its doors only. */
#pragma once

#include "io/http.h"

#include <microhttpd.h>

/* The life of a request: collected, parked until http_run, held until the commit, released. One
 * that is answered `later` goes back to the waiting, and is parked again when it is woken. */
enum http_exchange_stage {
    HTTP_EXCHANGE_COLLECTING,
    HTTP_EXCHANGE_PARKED,
    HTTP_EXCHANGE_WAITING,
    HTTP_EXCHANGE_HELD,
    HTTP_EXCHANGE_RELEASED
};

enum { HTTP_EXCHANGE_NAME_SIZE = 24 };

struct http_stream;

struct http_exchange {
    struct MHD_Connection *connection;
    enum http_exchange_stage stage;
    struct http_caller caller;
    char *method, *path;
    uint8_t *body;
    size_t size, room, overflow, body_max;
    uint64_t number;
    char correlation_id[HTTP_EXCHANGE_NAME_SIZE];
    int64_t until_ms; /* steady, of WAITING: it is woken then at the latest */
    unsigned status;
    bool stands;
    int64_t mark;               /* what the last response gave */
    int64_t since_ms;           /* steady: it came, or its last piece left */
    struct http_stream *stream; /* NULL: its answer is whole */
    struct MHD_Response *response;
    struct http_exchange *next;
};

/* A refusal of the server's own, in the form of the API's errors. */
struct http_exchange_refusal {
    unsigned status;
    int exit_status;
    const char *code, *message, *hint;
};

extern const struct http_exchange_refusal http_exchange_stranger, http_exchange_stopping;

/* NULL: no memory. */
struct http_exchange *http_exchange_open(struct MHD_Connection *connection, const char *method,
                                         const char *path, uint64_t number);
/* Once the caller is known: who shows no credentials at all sends little. */
void http_exchange_bound(struct http_exchange *exchange);
void http_exchange_close(struct http_exchange *exchange);

/* A piece of the body; MHD_NO cuts the connection. */
enum MHD_Result http_exchange_collect(struct http_exchange *exchange, const char *data,
                                      size_t size);
/* The body is whole: false when it was too large, and is refused. */
bool http_exchange_whole(struct http_exchange *exchange);

/* Replaces the answer that it has. */
void http_exchange_refuse(struct http_exchange *exchange, const struct http_exchange_refusal *why);
/* Asks `serve`; false: the answer comes later. `crowd` says of the others what a request tells. */
struct http_exchange_crowd {
    size_t waiting, streams;
};
bool http_exchange_serve(struct http_exchange *exchange, struct http_exchange_crowd crowd,
                         http_serve *serve, void *self);
/* Gives the answer to the connection. */
enum MHD_Result http_exchange_leave(struct http_exchange *exchange);
