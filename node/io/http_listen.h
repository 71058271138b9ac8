/* The sockets at which the API's server waits. For http.c, and config.c which
 * asks what an address is. */
#pragma once

#include "io/reason.h"

#include <stdbool.h>

/* Both give a descriptor that listens, or the fault; nothing is left open then.
 *
 * A Unix socket of mode 0600: a file that nobody listens at is replaced; one that answers is a
 * fault. The caller unlinks it in the end. */
enum fault http_listen_unix(const char *path, int *out, struct reason *reason);

/* `tcp://ADDRESS:PORT`. */
enum fault http_listen_tcp(const char *address, int *out, struct reason *reason);
/* Whether only this machine can reach it. */
bool http_listen_is_loopback(const char *address);

/* The socket's file is for this group as well. */
enum fault http_listen_share(const char *path, const char *group, struct reason *reason);
