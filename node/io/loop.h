/* One thread, one epoll: descriptors that become readable, signals, and a deadline. */
#pragma once

#include "io/reason.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;

/* Blocks SIGTERM, SIGINT and SIGHUP for this thread and those it starts later (so: before any
 * other), and ignores SIGPIPE and SIGXFSZ. */
enum fault loop_open(struct loop **out, struct reason *reason);
void loop_close(struct loop *loop);

/* `ready` is called in loop_wait while the descriptor is readable. At most LOOP_WATCHES_MAX. */
enum { LOOP_WATCHES_MAX = 8 };
enum fault loop_watch(struct loop *loop, int descriptor, void (*ready)(void *self), void *self,
                      struct reason *reason);

/* Waits at most this long (0: looks only; negative: without end), calls what is ready, returns. */
enum fault loop_wait(struct loop *loop, int64_t timeout_ms);

/* SIGTERM or SIGINT has come. */
bool loop_stopping(const struct loop *loop);
/* SIGHUP has come since the last time this was asked. */
bool loop_take_reload(struct loop *loop);
