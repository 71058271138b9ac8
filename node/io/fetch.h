/* One request to a node's API, over its Unix socket or over TLS. */
#pragma once

#include "base/bytes.h"
#include "io/reason.h"

enum {
    FETCH_BODY_MAX = 64 * 1024 * 1024,
    FETCH_HEADERS_MAX = 8,
    FETCH_TYPE_SIZE = 128,
};

struct fetch_request {
    const char *socket;         /* path; NULL: by url */
    const char *url;            /* scheme, host and port; NULL: by socket */
    const char *authority;      /* PEM file that vouches for the url's host; NULL: the system's */
    const char *method;         /* GET, POST, DELETE */
    const char *target;         /* path and query, percent-encoded, from the slash on */
    const char *const *headers; /* `Name: value`; NULL: none; at most FETCH_HEADERS_MAX */
    size_t header_count;
    struct bytes body;  /* data NULL: none */
    int64_t timeout_ms; /* 0: none */
};

struct fetch_reply {
    int status;
    char content_type[FETCH_TYPE_SIZE];
    struct bytes body; /* a zero byte follows; freed by fetch_free */
};

/* FAULT_NETWORK, with the reason, when no node answers at the socket. */
enum fault fetch_call(const struct fetch_request *request, struct fetch_reply *reply,
                      struct reason *reason);
void fetch_free(struct fetch_reply *reply);
