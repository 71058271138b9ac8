/* The API's server on a Unix socket (mode 0600), driven by the shell's thread.
 *
 * A request is collected whole, then handed out by http_run. Its response is held until
 * http_release (the group is committed) or replaced by http_fail (it is not). */
#pragma once

#include "base/bytes.h"
#include "io/reason.h"

#include <sys/types.h>

struct http;

enum {
    HTTP_BODY_MAX = 8 * 1024 * 1024,
    HTTP_CONNECTIONS_MAX = 64,
    HTTP_QUERY_MAX = 16,
    HTTP_IDLE_SECONDS = 30,
};

struct http_pair {
    const char *name, *value; /* percent-decoded; without a value: empty */
};

enum { HTTP_ADDRESS_SIZE = 46 };

/* Who is at the other end, as the system says it. */
struct http_caller {
    bool local;                      /* by the Unix socket */
    uid_t uid;                       /* of local */
    bool secure;                     /* by TLS, or by a proxy that has it */
    char address[HTTP_ADDRESS_SIZE]; /* of TCP: what is limited; of IPv6 the network alone */
};

/* Views that die with the call. */
struct http_request {
    const char *method;
    const char *path; /* percent-decoded, without the query */
    struct http_pair query[HTTP_QUERY_MAX];
    size_t query_count;
    const char *content_type;    /* NULL: none */
    const char *idempotency_key; /* NULL: none */
    const char *correlation_id;  /* names this request in errors; never NULL */
    uint64_t number; /* of this request, from 1 on; the same when it is handed out again */
    struct http_caller caller;
    struct bytes body;
    /* Further headers; NULL: absent. */
    const char *accept, *last_event_id;
    const char *authorization, *cookie, *csrf_token, *origin, *fetch_site, *host, *remote_user;
    /* Of one that is handed out again: the mark that the last response gave, and how long it has
     * waited since it came or since its last piece left. */
    int64_t mark, waited_ms;
    size_t waiting, streams; /* other requests: without an answer, and with one that goes on */
};

/* Copied when the call returns. */
struct http_response {
    int status;
    const char *content_type;
    const char *allow;  /* with 405; else NULL */
    const char *cookie; /* to be set; else NULL */
    uint32_t retry_s;   /* above 0: when to come again */
    bool ask_name;      /* with 401: a token would be taken */
    struct bytes body;
    bool stands; /* http_fail leaves it as it is: it tells of the node, not of the group */
    /* Above 0: there is no answer yet, and nothing was changed. The request is handed out again
     * when it is woken, or after so long; the rest is not looked at, except the mark. */
    int64_t later_ms;
    /* Above 0 with a body: a piece of an answer that goes on. The request is handed out again once
     * the piece has left. A reader that takes none of it for HTTP_IDLE_SECONDS is dropped. */
    int64_t mark;
};

/* A socket file that nobody listens at is replaced; one that answers is a fault. */
enum fault http_open(const char *path, struct http **out, struct reason *reason);
/* Members of this group may open the socket as well: then `serve` decides by caller.uid. */
enum fault http_share(struct http *http, const char *group, struct reason *reason);

/* Listens at TCP too. Called again, it takes new certificates; the old ones serve what they began.
 * A fault leaves everything as it was. */
struct http_tcp {
    const char *address;                   /* tcp://ADDRESS:PORT */
    const char *certificate, *private_key; /* PEM files, the key's private; NULL: without TLS */
    bool proxied; /* a reverse proxy on this way ends TLS, and adds to X-Forwarded-For */
};
enum fault http_listen(struct http *http, const struct http_tcp *tcp, struct reason *reason);

/* What is still held is answered as unavailable; then up to two seconds for responses to leave. */
void http_close(struct http *http);

/* Readable while http_run has something to do. */
int http_descriptor(const struct http *http);
/* How long the loop may sleep for our sake: 0: not at all; -1: without end. */
int64_t http_timeout_ms(const struct http *http);

/* Moves bytes, then hands out at most `max` collected requests. Returns how many. */
typedef void http_serve(void *self, const struct http_request *request,
                        struct http_response *response);
size_t http_run(struct http *http, size_t max, http_serve *serve, void *self);

/* What waits with this number is parked again; HTTP_WAKE_ALL: all that waits. */
enum { HTTP_WAKE_ALL = 0 };
void http_wake(struct http *http, uint64_t number);
/* All that waits, within a moment, when anything happened: a busy moment wakes them once. */
void http_wake_soon(struct http *http, size_t happened);

/* Lets the responses go that were made since the last time. */
void http_release(struct http *http);
/* Answers those requests with the fault instead. */
void http_fail(struct http *http, enum fault fault);
