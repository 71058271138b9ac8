#include "io/http_stream.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024 };

struct http_stream {
    struct MHD_Connection *connection;
    uint8_t *piece;
    size_t size, sent;
    bool over;
    http_stream_left *left;
    void *self, *exchange;
};

struct http_stream *http_stream_open(struct MHD_Connection *connection, struct bytes piece)
{
    struct http_stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return NULL;
    stream->connection = connection;
    if (http_stream_put(stream, piece))
        return stream;
    free(stream);
    return NULL;
}

void http_stream_close(struct http_stream *stream)
{
    if (!stream)
        return;
    free(stream->piece);
    free(stream);
}

void http_stream_watch(struct http_stream *stream, http_stream_left *left, void *self,
                       void *exchange)
{
    stream->left = left;
    stream->self = self;
    stream->exchange = exchange;
}

bool http_stream_put(struct http_stream *stream, struct bytes piece)
{
    assert(stream->sent == stream->size && piece.size > 0);
    uint8_t *copy = malloc(piece.size);
    if (!copy)
        return false;
    memcpy(copy, piece.data, piece.size);
    free(stream->piece);
    stream->piece = copy;
    stream->size = piece.size;
    stream->sent = 0;
    return true;
}

void http_stream_end(struct http_stream *stream)
{
    stream->over = true;
    stream->sent = stream->size;
}

/* libmicrohttpd asks whenever the reader can take more. */
static ssize_t read_piece(void *self, uint64_t, char *out, size_t max)
{
    struct http_stream *stream = self;
    size_t left = stream->size - stream->sent, taken = left < max ? left : max;
    if (taken > 0) {
        memcpy(out, stream->piece + stream->sent, taken);
        stream->sent += taken;
        return (ssize_t)taken;
    }
    if (stream->over)
        return MHD_CONTENT_READER_END_OF_STREAM;
    assert(stream->left);
    MHD_suspend_connection(stream->connection);
    stream->left(stream->self, stream->exchange);
    return 0;
}

struct MHD_Response *http_stream_response(struct http_stream *stream, const char *content_type)
{
    struct MHD_Response *made =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_piece, stream, NULL);
    if (!made)
        return NULL;
    MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
    MHD_add_response_header(made, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    /* A proxy in between hands each piece on as it comes. */
    MHD_add_response_header(made, "X-Accel-Buffering", "no");
    return made;
}
