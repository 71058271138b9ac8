/* An answer that goes on: pieces given one after the other, each once the one before has left. For
 * http.c and http_exchange.c only.
 *
 * One piece is kept at a time: a reader that is slow costs its piece and nothing more. */
#pragma once

#include "base/bytes.h"

#include <microhttpd.h>

struct http_stream;

/* The first piece is copied. NULL: no memory. */
struct http_stream *http_stream_open(struct MHD_Connection *connection, struct bytes piece);
void http_stream_close(struct http_stream *stream); /* NULL: fine */

/* What libmicrohttpd reads from; the stream lives longer. NULL: no memory. */
struct MHD_Response *http_stream_response(struct http_stream *stream, const char *content_type);

/* Called when the piece has left: the connection is suspended then. */
typedef void http_stream_left(void *self, void *exchange);
void http_stream_watch(struct http_stream *stream, http_stream_left *left, void *self,
                       void *exchange);

/* The next piece, copied; false: no memory. */
bool http_stream_put(struct http_stream *stream, struct bytes piece);
/* What has not left is forgotten, and the answer ends. */
void http_stream_end(struct http_stream *stream);
