/* One TCP connection as nanomsg speaks it: a greeting of both sides, then messages behind their
 * lengths, each with the four bytes of a request's route before the frame. Nothing blocks. */
#pragma once

#include "base/bytes.h"

enum { WIRELINE_ROUTE_SIZE = 4 };

struct wireline_buffer {
    uint8_t *data;
    size_t size, room;
};

struct wireline {
    int descriptor; /* below 0: none */
    bool greeted;
    uint8_t route[WIRELINE_ROUTE_SIZE]; /* of the last message: whoever answers, answers to it */
    struct wireline_buffer in, out;
};

/* Takes the connected descriptor over, in the place of the one before. */
void wireline_begin(struct wireline *line, int descriptor, bool dialled);
void wireline_close(struct wireline *line);

/* What does not go at once waits in `out`. */
void wireline_send(struct wireline *line, const uint8_t route[static WIRELINE_ROUTE_SIZE],
                   struct bytes frame);
void wireline_flush(struct wireline *line);

/* Reads once. The connection is closed when the other side did so. */
void wireline_read(struct wireline *line);
/* The first whole frame that came, until it is dropped; false: none. */
bool wireline_next(struct wireline *line, struct bytes *frame);
void wireline_drop(struct wireline *line, struct bytes frame);
