#include "io/backlog.h"

#include "wire/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct backlog_frame {
    struct backlog_frame *next;
    size_t size;
    uint8_t data[];
};

bool backlog_opens(struct bytes wire)
{
    return wire.size > 1 && wire.data[1] == FRAME_OPEN;
}

bool backlog_add(struct backlog *backlog, struct bytes wire)
{
    if (backlog_opens(wire))
        backlog_clear(backlog);
    if (backlog->bytes + wire.size > BACKLOG_BYTES_MAX)
        return false;
    struct backlog_frame *frame = malloc(sizeof *frame + wire.size);
    if (!frame)
        return false;
    *frame = (struct backlog_frame) {.size = wire.size};
    if (wire.size)
        memcpy(frame->data, wire.data, wire.size);
    if (backlog->last)
        backlog->last->next = frame;
    else
        backlog->first = frame;
    backlog->last = frame;
    backlog->bytes += wire.size;
    return true;
}

struct bytes backlog_first(const struct backlog *backlog)
{
    if (!backlog->first)
        return (struct bytes) {0};
    return (struct bytes) {backlog->first->data, backlog->first->size};
}

void backlog_drop_first(struct backlog *backlog)
{
    struct backlog_frame *frame = backlog->first;
    assert(frame);
    backlog->first = frame->next;
    if (!backlog->first)
        backlog->last = NULL;
    backlog->bytes -= frame->size;
    free(frame);
}

void backlog_clear(struct backlog *backlog)
{
    while (backlog->first)
        backlog_drop_first(backlog);
    assert(backlog->bytes == 0);
}
