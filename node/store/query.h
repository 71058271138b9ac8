/* One SQL statement in use: bind in order, step, read columns in order, close. Statements are
 * prepared once and kept. The first thing that fails is remembered and told by the close. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

struct database;
struct sqlite3_stmt;

enum query_name {
    QUERY_BEGIN,
    QUERY_COMMIT,
    QUERY_ROLLBACK,
    QUERY_PAIR_FIND,
    QUERY_PAIR_PUT,
    QUERY_PAIR_LIST,
    QUERY_RECORD_PUT,
    QUERY_RECORD_NEWEST,
    QUERY_RECORD_NAME,
    QUERY_RECORD_GET,
    QUERY_RECORD_GET_HEADER,
    QUERY_RECORD_SCAN,
    QUERY_RECORD_OWNER,
    QUERY_RECORD_FLAG,
    QUERY_RECORD_FILL,
    QUERY_RECORD_SEALED,
    QUERY_SEAL_PUT,
    QUERY_SEAL_GET,
    QUERY_RECEIPT_PUT,
    QUERY_RECEIPT_GET,
    QUERY_LINK_PUT,
    QUERY_LINK_AT,
    QUERY_LINK_AFTER,
    QUERY_STREAM_GET,
    QUERY_STREAM_PUT,
    QUERY_BUCKET_GET,
    QUERY_BUCKET_PUT,
    QUERY_BUCKET_RUN,
    QUERY_SPAN_PUT,
    QUERY_SPAN_RUNS,
    QUERY_OUTBOX_PUT,
    QUERY_OUTBOX_AT,
    QUERY_OUTBOX_AFTER,
    QUERY_OUTBOX_NEXT,
    QUERY_OUTBOX_REMOVE,
    QUERY_PLACE_PUT,
    QUERY_PLACE_GET,
    QUERY_PLACE_LAST,
    QUERY_DOSSIER_LIST,
    QUERY_DOSSIER_RARE,
    QUERY_READY_PUT,
    QUERY_READY_LIST,
    QUERY_READY_REMOVE,
    QUERY_READY_CODE,
    QUERY_DRAFT_FIND,
    QUERY_DRAFT_PUT,
    QUERY_DRAFT_REPLACE,
    QUERY_DRAFT_LIST,
    QUERY_DRAFT_REMOVE,
    QUERY_REQUEST_GET,
    QUERY_REQUEST_PUT,
    QUERY_VALUE_GET,
    QUERY_VALUE_PUT,
    QUERY_VALUE_REMOVE,
    QUERY_VALUE_LIST,
    QUERY_FEED_PUT,
    QUERY_FEED_RUNS,
    QUERY_FEED_OLDEST,
    QUERY_FEED_NEWEST,
    QUERY_FEED_TRIM,
    QUERY_FEED_PLACE,
    QUERY_COUNT
};

struct query {
    struct database *database;
    struct sqlite3_stmt *statement;
    int bound, column;
    enum fault fault;
};

struct query query_open(struct database *database, enum query_name name);

/* Parameters; bytes and text must live until the close. */
void query_put_number(struct query *query, int64_t number);
void query_put_bytes(struct query *query, struct bytes bytes);
void query_put_text(struct query *query, const char *text);
/* Records are never so late that their minute would not fit; what is asked may be. */
void query_put_minute(struct query *query, uint64_t minute);
void query_put_limit(struct query *query, size_t max);
void query_put_digest(struct query *query, const void *digest, size_t size);

/* True: there is a row, its columns can be read. */
bool query_next(struct query *query);
int64_t query_number(struct query *query);
/* A number without going on to the next column. */
int64_t query_peek(struct query *query);
/* Valid until the next step. */
struct bytes query_view(struct query *query);
/* In the arena. */
struct bytes query_bytes(struct query *query, struct arena *arena);
const char *query_text(struct query *query, struct arena *arena);
/* A blob of exactly this size; anything else is a corrupt database. */
void query_exact(struct query *query, void *out, size_t size);

enum fault query_close(struct query *query);
/* For writes: steps to the end and closes. After a failure the transaction can only be rolled back.
 */
enum fault query_run(struct query *query);

/* How a row becomes a struct. */
struct query_reader {
    size_t size; /* of the struct */
    void (*read)(struct query *query, struct arena *arena, void *out);
};
/* The first row in the arena, NULL when there is none, and closes. out is a pointer to a pointer.
 */
enum fault query_one(struct query *query, struct query_reader reader, struct arena *arena,
                     void *out);
/* All rows as an array in the arena, and closes. out is a pointer to a pointer. */
enum fault query_list(struct query *query, struct query_reader reader, struct arena *arena,
                      void *out, size_t *count);
