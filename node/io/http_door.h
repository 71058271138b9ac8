/* One way into the API's server: the Unix socket, or TCP with or without TLS, each with its own
 * limits, so that a crowd at one does not close the other. For http.c only. */
#pragma once

#include "io/http.h"

#include <microhttpd.h>

enum { HTTP_DOOR_SAID_SIZE = 160 };

/* Kept by the caller, at one place as long as it is open. */
struct http_door {
    void *self; /* whose it is */
    struct MHD_Daemon *daemon;
    int descriptor; /* that listens; -1: another door has it now */
    bool tcp, secure, proxied;
    size_t alive; /* exchanges that are not done */
    struct http_door_guest *guests;
    size_t guest_count;
    int64_t look_ms; /* steady: when the guests were looked at last */
    char said[HTTP_DOOR_SAID_SIZE];
};

/* What libmicrohttpd calls; its own argument is the door. */
struct http_door_calls {
    MHD_AccessHandlerCallback request;
    MHD_RequestCompletedCallback completed;
};

/* tcp NULL: the descriptor is of a Unix socket. The caller keeps it: the door has its own. */
enum fault http_door_open(struct http_door *door, void *self, int descriptor,
                          const struct http_tcp *tcp, const struct http_door_calls *calls,
                          struct reason *reason);
/* No request may wait in it. */
void http_door_close(struct http_door *door);
/* New guests go to whoever has the descriptor next; those within are served to their end. */
void http_door_retire(struct http_door *door);

int http_door_descriptor(const struct http_door *door);
int64_t http_door_timeout_ms(const struct http_door *door);
/* Moves bytes, and shows out who is too slow. */
void http_door_run(struct http_door *door);

/* Who stands there; false: a stranger at the Unix socket. */
bool http_door_caller(const struct http_door *door, struct MHD_Connection *connection, bool shared,
                      struct http_caller *out);
/* A request is whole, or answered: until the next one is whole there is so much time. */
void http_door_waits(struct MHD_Connection *connection, bool for_request);
