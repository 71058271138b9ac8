/* Inside store_sqlite: the connection and what is kept beside it. Each subject (database_record,
 * database_stream, database_outbox, database_desk, database_feed) fills in its calls of the port.
 */
#pragma once

#include "store/database_feed.h"
#include "store/database_link.h"
#include "store/database_outbox.h"
#include "store/database_place.h"
#include "store/database_young.h"
#include "store/footing.h"
#include "store/query.h"
#include "store/store.h"

struct sqlite3;

enum {
    DATABASE_PENDING_MAX = 256,
    DATABASE_RECENT_MAX = 8192,
};

/* A stream as the table has it, or newer while it is dirty. */
struct database_stream {
    struct summary held;
    uint64_t unreceipted;
    bool loaded, dirty;
};

/* What a transaction adds to one slot of the ladder, not yet written. */
struct database_pending {
    uint32_t pair;
    bool ours;
    uint64_t slot;
    struct summary added;
};

/* Whose a record is: spares a look into its wide row when the receipt follows at once. A serial
 * that was rolled back is noted anew when it is given again. */
struct database_recent {
    int64_t serial;
    uint32_t pair;
    bool ours;
};

struct database {
    struct store store; /* first: the port is the store */
    struct sqlite3 *connection;
    struct sqlite3_stmt *statements[QUERY_COUNT];
    bool open;           /* a transaction */
    enum fault broken;   /* a write failed in it: it can only be rolled back */
    enum fault unfolded; /* why the log could not be folded into the file */
    int log_pages;       /* see store_sqlite_scale */
    struct footing footing;
    bool unflushed; /* what the log holds may not be on the disk: nothing is begun any more */

    struct database_stream *streams; /* 2 * pair + ours */
    uint32_t *dirty;                 /* which of them are; as many */
    size_t stream_room, dirty_count;
    struct database_pending pending[DATABASE_PENDING_MAX];
    size_t pending_count;
    struct database_recent recent[DATABASE_RECENT_MAX];

    /* What the open transaction has not written yet. */
    struct database_young young;
    struct database_places places;
    struct database_links links;
    struct database_outbox outbox;
    struct database_feed feed;
};

struct database *database_of(struct store *store);

/* What a result code of SQLite means. */
enum fault database_fault(int code);

/* Something failed: an open transaction can only be rolled back. */
void database_break(struct database *database, enum fault fault);

void database_record_calls(struct store *store);
void database_stream_calls(struct store *store);
void database_desk_calls(struct store *store);
void database_outbox_calls(struct store *store);
void database_feed_calls(struct store *store);

/* A record came into a stream. */
enum fault database_stream_add(struct database *database, const struct store_record *record);
/* How many more (or fewer) records lack a receipt. */
enum fault database_stream_unreceipted(struct database *database, uint32_t pair, bool ours,
                                       int change);
/* Writes what is kept back; before a commit. */
enum fault database_stream_flush(struct database *database);
/* Forgets what is kept: committed (it stays true), or rolled back (to be read again). */
void database_stream_settle(struct database *database, bool committed);
