/* Frames that wait for room on a connection, in order: nanomsg says EAGAIN beyond the kernel's
 * buffers, and while a connection is still being made. */
#pragma once

#include "base/bytes.h"

enum { BACKLOG_BYTES_MAX = 8 * 1024 * 1024 };

struct backlog_frame;
struct backlog {
    struct backlog_frame *first, *last;
    size_t bytes;
};

/* The frame begins a new session. */
bool backlog_opens(struct bytes wire);
/* Copies. False when it does not fit or memory is refused: the frame is lost, as on any network. An
 * opening drops what waits before it: that belongs to sessions which it ends. */
bool backlog_add(struct backlog *backlog, struct bytes wire);
/* The oldest; size 0: none. Valid until it is dropped. */
struct bytes backlog_first(const struct backlog *backlog);
void backlog_drop_first(struct backlog *backlog);
void backlog_clear(struct backlog *backlog);
