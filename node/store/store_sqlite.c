#include "store/store_sqlite.h"

#include "base/broken.h"
#include "store/database.h"
#include "store/migrate.h"
#include "store/store_copy.h"
#include "store/store_facts.h"
#include "store/wal.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* The log is folded into the file every few megabytes, which keeps that pause short. */
static const struct store_sqlite_scale node_scale = {.page_size = 8192, .log_pages = 2000};

static enum fault execute(struct sqlite3 *connection, const char *sql)
{
    return database_fault(sqlite3_exec(connection, sql, NULL, NULL, NULL));
}

/* ---- transactions -------------------------------------------------------------------------- */

static enum fault run_plain(struct database *database, enum query_name name)
{
    struct query query = query_open(database, name);
    query_next(&query);
    return query_close(&query);
}

/* Folds the log into the file; at the next begin it is told when that failed, and tried again: a
 * log that nobody folds grows until the disk is full. */
static void fold_log(struct database *database)
{
    int code = sqlite3_wal_checkpoint_v2(database->connection, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                         NULL, NULL);
    database->unfolded = database_fault(code);
    database->unflushed |= database->unfolded == FAULT_FLUSH;
}

/* SQLite's own hook does the same, and keeps to itself what went wrong. */
static int committed(void *self, struct sqlite3 *, const char *, int pages)
{
    struct database *database = self;
    if (pages >= database->log_pages)
        fold_log(database);
    return SQLITE_OK;
}

/* The kernel tells once that it could not write a page, and forgets the page. Whoever flushes again
 * hears that all is well. */
static enum fault check_log(struct database *database)
{
    if (database->unflushed)
        return FAULT_FLUSH;
    if (!footing_holds(&database->footing))
        return FAULT_MOVED;
    if (database->unfolded)
        fold_log(database);
    return database->unfolded;
}

static enum fault sqlite_begin(struct store *store)
{
    struct database *database = database_of(store);
    assert(!database->open);
    TRY(check_log(database));
    TRY(run_plain(database, QUERY_BEGIN));
    database->open = true;
    database->broken = FAULT_NONE;
    database_place_forget(database);
    return FAULT_NONE;
}

/* What was kept back is written, or was rolled back. */
static void settle(struct database *database, bool committed)
{
    database_young_settle(database, committed);
    database_place_forget(database);
    database_link_settle(database);
    database_outbox_settle(database);
    database_feed_settle(database, committed);
    database_stream_settle(database, committed);
}

static void sqlite_rollback(struct store *store)
{
    struct database *database = database_of(store);
    assert(database->open);
    database->open = false;
    /* Some failures have ended the transaction already. In WAL mode nothing is written here. */
    if (!sqlite3_get_autocommit(database->connection) &&
        run_plain(database, QUERY_ROLLBACK) != FAULT_NONE)
        assert(sqlite3_get_autocommit(database->connection));
    settle(database, false);
    store->undone++;
}

static enum fault commit(struct database *database)
{
    TRY(database->broken);
    TRY(database_young_flush(database));
    TRY(database_place_flush(database));
    TRY(database_link_flush(database));
    TRY(database_outbox_flush(database));
    TRY(database_feed_flush(database));
    TRY(database_stream_flush(database));
    return run_plain(database, QUERY_COMMIT);
}

static enum fault sqlite_commit(struct store *store)
{
    struct database *database = database_of(store);
    assert(database->open);
    enum fault fault = commit(database);
    if (fault != FAULT_NONE) {
        sqlite_rollback(store);
        return fault;
    }
    database->open = false;
    settle(database, true);
    return FAULT_NONE;
}

static bool sqlite_inside(const struct store *store)
{
    return ((const struct database *)store)->open;
}

static void sqlite_close(struct store *store)
{
    struct database *database = database_of(store);
    if (database->open)
        sqlite_rollback(store);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(database->statements[i]);
    int code = sqlite3_close(database->connection);
    assert(code == SQLITE_OK);
    database_young_close(database);
    database_place_close(database);
    free(database->streams);
    free(database->dirty);
    free(database);
}

/* ---- opening ------------------------------------------------------------------------------- */

/* Bounds and promises of the connection. What is committed is on the disk before commit returns
 * (FULL). */
static const char settings[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -16000;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA foreign_keys = OFF;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = FAST;";

static enum fault prepare(struct sqlite3 *connection, const char *path, int page_size)
{
    char first[128];
    snprintf(first, sizeof first,
             "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = %d;"
             "SELECT count(*) FROM sqlite_schema;",
             page_size);
    /* Before the first look: the lock is then held until the close, and a second process is refused
     * instead of reading along. */
    TRY(execute(connection, first));
    TRY(wal_renew(connection));
    TRY(migrate_run(connection, path));
    TRY(execute(connection, settings));
    return broken_is(BROKEN_NO_SYNC) ? execute(connection, "PRAGMA synchronous = OFF") : FAULT_NONE;
}

static enum fault open_connection(const char *path, int page_size, struct sqlite3 **out)
{
    /* EXRESCODE: a flush that failed is told apart. */
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    struct sqlite3 *connection = NULL;
    enum fault fault = database_fault(sqlite3_open_v2(path, &connection, flags, NULL));
    if (fault == FAULT_NONE)
        fault = prepare(connection, path, page_size);
    if (fault == FAULT_NONE)
        *out = connection;
    else
        sqlite3_close(connection);
    return fault;
}

/* A crash between the new tables and this leaves it to the next time. */
static enum fault facts_follow(struct store *store)
{
    bool behind = false;
    TRY(store_facts_behind(store, &behind));
    return behind ? store_facts_rebuild(store) : FAULT_NONE;
}

enum fault store_sqlite_open_scaled(const char *path, const struct store_sqlite_scale *scale,
                                    struct store **out)
{
    struct database *database = calloc(1, sizeof *database);
    if (!database)
        return FAULT_MEMORY;
    enum fault fault = open_connection(path, scale->page_size, &database->connection);
    if (fault != FAULT_NONE) {
        free(database);
        return fault;
    }
    database->log_pages = scale->log_pages;
    footing_note(database->connection, &database->footing);
    sqlite3_wal_hook(database->connection, committed, database);
    database->store.begin = sqlite_begin;
    database->store.commit = sqlite_commit;
    database->store.rollback = sqlite_rollback;
    database->store.inside = sqlite_inside;
    database->store.close = sqlite_close;
    database_record_calls(&database->store);
    database_stream_calls(&database->store);
    database_desk_calls(&database->store);
    database_outbox_calls(&database->store);
    database_feed_calls(&database->store);
    fault = facts_follow(&database->store);
    if (fault != FAULT_NONE)
        sqlite_close(&database->store);
    else
        *out = &database->store;
    return fault;
}

enum fault store_sqlite_open(const char *path, struct store **out)
{
    return store_sqlite_open_scaled(path, &node_scale, out);
}

/* ---- backup -------------------------------------------------------------------------------- */

enum fault store_sqlite_backup(struct store *store, const char *path)
{
    struct database *database = database_of(store);
    assert(!database->open);
    return store_copy_whole(database->connection, path);
}
