/* The sockets at which the API's server waits. For http.c only. */
#pragma once

#include "io/reason.h"

/* Both give a descriptor that listens, or the fault; nothing is left open then.
 *
 * A Unix socket of mode 0600: a file that nobody listens at is replaced; one that answers is a
 * fault. The caller unlinks it in the end. */
enum fault http_listen_unix(const char *path, int *out, struct reason *reason);
