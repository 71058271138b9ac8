#include "store/store_sqlite.h"

#include "store/database.h"
#include "store/schema.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PRAGMA_SIZE = 64 };

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

static enum fault sqlite_begin(struct store *store)
{
    struct database *database = database_of(store);
    assert(!database->open);
    TRY(run_plain(database, QUERY_BEGIN));
    database->open = true;
    database->broken = FAULT_NONE;
    return FAULT_NONE;
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
    database_stream_settle(database, false);
}

static enum fault commit(struct database *database)
{
    TRY(database->broken);
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
    database_stream_settle(database, true);
    return FAULT_NONE;
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
    free(database->streams);
    free(database->dirty);
    free(database);
}

/* ---- opening ------------------------------------------------------------------------------- */

/* Bounds and promises of the connection. What is committed is on the disk before commit returns
 * (FULL); the log is folded into the file every few megabytes, which keeps that pause short. */
static const char settings[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -16000;"
                               "PRAGMA wal_autocheckpoint = 4000;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA foreign_keys = OFF;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = FAST;";

static enum fault pragma_number(struct sqlite3 *connection, const char *sql, int64_t *number)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? FAULT_NONE : database_fault(code);
}

/* Whose the file is, and of which version: 0, it is empty. Looks at its first page only. */
static enum fault identify(struct sqlite3 *connection, int64_t *version)
{
    int64_t application = 0, tables = 0;
    TRY(pragma_number(connection, "SELECT count(*) FROM sqlite_schema", &tables));
    TRY(pragma_number(connection, "PRAGMA application_id", &application));
    TRY(pragma_number(connection, "PRAGMA user_version", version));
    if (tables == 0 && application == 0 && *version == 0)
        return FAULT_NONE;
    if (application != SCHEMA_APPLICATION || *version < 1)
        return FAULT_CORRUPT;
    return *version > schema_version() ? FAULT_NEWER : FAULT_NONE;
}

/* Each step with its number in one transaction: a crash in between leaves a whole older version. */
static enum fault migrate(struct sqlite3 *connection, int64_t version)
{
    for (int next = (int)version + 1; next <= schema_version(); next++) {
        char pragmas[2 * PRAGMA_SIZE];
        snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                 SCHEMA_APPLICATION, next);
        TRY(execute(connection, "BEGIN IMMEDIATE"));
        TRY(execute(connection, schema_step(next)));
        TRY(execute(connection, pragmas));
        TRY(execute(connection, "COMMIT"));
    }
    return FAULT_NONE;
}

static enum fault prepare(struct sqlite3 *connection)
{
    int64_t version = 0;
    /* Before the first look: the lock is then held until the close, and a second process is refused
     * instead of reading along. */
    TRY(execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 4096;"));
    TRY(identify(connection, &version));
    TRY(execute(connection, "PRAGMA journal_mode = WAL"));
    TRY(execute(connection, settings));
    return migrate(connection, version);
}

static enum fault open_connection(const char *path, struct sqlite3 **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    struct sqlite3 *connection = NULL;
    enum fault fault = database_fault(sqlite3_open_v2(path, &connection, flags, NULL));
    if (fault == FAULT_NONE)
        fault = prepare(connection);
    if (fault == FAULT_NONE)
        *out = connection;
    else
        sqlite3_close(connection);
    return fault;
}

enum fault store_sqlite_open(const char *path, struct store **out)
{
    struct database *database = calloc(1, sizeof *database);
    if (!database)
        return FAULT_MEMORY;
    enum fault fault = open_connection(path, &database->connection);
    if (fault != FAULT_NONE) {
        free(database);
        return fault;
    }
    database->store.begin = sqlite_begin;
    database->store.commit = sqlite_commit;
    database->store.rollback = sqlite_rollback;
    database->store.close = sqlite_close;
    database_record_calls(&database->store);
    database_stream_calls(&database->store);
    database_desk_calls(&database->store);
    *out = &database->store;
    return FAULT_NONE;
}

/* ---- backup -------------------------------------------------------------------------------- */

static enum fault copy_into(struct database *database, struct sqlite3 *copy)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", database->connection, "main");
    if (!backup)
        return database_fault(sqlite3_errcode(copy));
    int stepped = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (finished != SQLITE_OK)
        return database_fault(finished);
    return stepped == SQLITE_DONE ? FAULT_NONE : FAULT_STORAGE;
}

enum fault store_sqlite_backup(struct store *store, const char *path)
{
    struct database *database = database_of(store);
    assert(!database->open);
    /* An older backup is worth more than a new one that may fail half way. */
    if (access(path, F_OK) == 0)
        return FAULT_FILE;
    struct sqlite3 *copy = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    enum fault fault = database_fault(sqlite3_open_v2(path, &copy, flags, NULL));
    if (fault == FAULT_NONE)
        fault = copy_into(database, copy);
    if (sqlite3_close(copy) != SQLITE_OK && fault == FAULT_NONE)
        fault = FAULT_STORAGE;
    if (fault != FAULT_NONE)
        unlink(path);
    return fault;
}
