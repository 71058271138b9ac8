#include "support/wireline.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GREETING_SIZE = 8, LENGTH_SIZE = 8 };

static const uint8_t greetings[2][GREETING_SIZE] = {
    {0, 'S', 'P', 0, 0, 0x31, 0, 0}, /* REP, called */
    {0, 'S', 'P', 0, 0, 0x30, 0, 0}, /* REQ, dialled */
};

static void buffer_add(struct wireline_buffer *buffer, const void *data, size_t size)
{
    if (buffer->size + size > buffer->room) {
        buffer->room = 2 * (buffer->size + size);
        buffer->data = realloc(buffer->data, buffer->room);
        assert(buffer->data);
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

static void buffer_drop(struct wireline_buffer *buffer, size_t size)
{
    memmove(buffer->data, buffer->data + size, buffer->size - size);
    buffer->size -= size;
}

void wireline_close(struct wireline *line)
{
    if (line->descriptor >= 0)
        close(line->descriptor);
    line->descriptor = -1;
    line->greeted = false;
    line->in.size = line->out.size = 0;
}

void wireline_begin(struct wireline *line, int descriptor, bool dialled)
{
    int yes = 1;
    wireline_close(line);
    line->descriptor = descriptor;
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    buffer_add(&line->out, greetings[dialled], GREETING_SIZE);
}

void wireline_flush(struct wireline *line)
{
    size_t gone = 0;
    while (line->descriptor >= 0 && gone < line->out.size) {
        ssize_t sent =
            send(line->descriptor, line->out.data + gone, line->out.size - gone, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            wireline_close(line);
        if (sent <= 0)
            break;
        gone += (size_t)sent;
    }
    if (line->descriptor >= 0 && gone)
        buffer_drop(&line->out, gone);
}

void wireline_send(struct wireline *line, const uint8_t route[static WIRELINE_ROUTE_SIZE],
                   struct bytes frame)
{
    uint64_t length = htobe64(WIRELINE_ROUTE_SIZE + frame.size);
    if (line->descriptor < 0)
        return;
    buffer_add(&line->out, &length, sizeof length);
    buffer_add(&line->out, route, WIRELINE_ROUTE_SIZE);
    buffer_add(&line->out, frame.data, frame.size);
    wireline_flush(line);
}

void wireline_read(struct wireline *line)
{
    uint8_t piece[1 << 16];
    ssize_t got = recv(line->descriptor, piece, sizeof piece, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        wireline_close(line);
    if (got <= 0)
        return;
    buffer_add(&line->in, piece, (size_t)got);
    if (!line->greeted && line->in.size >= GREETING_SIZE) {
        line->greeted = true;
        buffer_drop(&line->in, GREETING_SIZE);
    }
}

bool wireline_next(struct wireline *line, struct bytes *frame)
{
    uint64_t length;
    if (!line->greeted || line->in.size < LENGTH_SIZE)
        return false;
    memcpy(&length, line->in.data, sizeof length);
    length = be64toh(length);
    if (length < WIRELINE_ROUTE_SIZE || line->in.size - LENGTH_SIZE < length)
        return false;
    memcpy(line->route, line->in.data + LENGTH_SIZE, WIRELINE_ROUTE_SIZE);
    *frame = (struct bytes) {line->in.data + LENGTH_SIZE + WIRELINE_ROUTE_SIZE,
                             length - WIRELINE_ROUTE_SIZE};
    return true;
}

void wireline_drop(struct wireline *line, struct bytes frame)
{
    if (line->in.size)
        buffer_drop(&line->in, LENGTH_SIZE + WIRELINE_ROUTE_SIZE + frame.size);
}
