#include "store/store_look.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/wal.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* The first row of a statement; a parameter is bound when there is one. */
static enum fault first_row(struct sqlite3 *connection, const char *sql, const char *name,
                            struct sqlite3_stmt **out, bool *found)
{
    *found = false;
    TRY(database_fault(sqlite3_prepare_v2(connection, sql, -1, out, NULL)));
    if (name)
        TRY(database_fault(sqlite3_bind_text(*out, 1, name, -1, SQLITE_STATIC)));
    int code = sqlite3_step(*out);
    *found = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAULT_NONE : database_fault(code);
}

static enum fault read_number(struct sqlite3 *connection, const char *sql, int64_t *out)
{
    struct sqlite3_stmt *statement = NULL;
    bool found;
    enum fault fault = first_row(connection, sql, NULL, &statement, &found);
    if (!fault)
        *out = found ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return fault;
}

static enum fault read_value(struct sqlite3 *connection, const char *name, struct arena *arena,
                             struct bytes *out)
{
    static const char sql[] = "SELECT value FROM value WHERE name = ?1";
    struct sqlite3_stmt *statement = NULL;
    bool found;
    enum fault fault = first_row(connection, sql, name, &statement, &found);
    if (!fault && found) {
        const uint8_t *data = sqlite3_column_blob(statement, 0);
        *out = arena_copy(arena, (struct bytes) {data ? data : (const uint8_t *)"",
                                                 (size_t)sqlite3_column_bytes(statement, 0)});
        fault = out->data ? FAULT_NONE : FAULT_MEMORY;
    }
    sqlite3_finalize(statement);
    return fault;
}

/* `quick_check` reads every page and compares what belongs together; it answers `ok` or a list. */
static enum fault read_whole(struct sqlite3 *connection, bool *whole)
{
    struct sqlite3_stmt *statement = NULL;
    bool found;
    enum fault fault = first_row(connection, "PRAGMA quick_check(1)", NULL, &statement, &found);
    const char *said = found ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    *whole = said && strcmp(said, "ok") == 0;
    sqlite3_finalize(statement);
    return fault;
}

static enum fault look(struct sqlite3 *connection, const char *name, bool deep, struct arena *arena,
                       struct store_look *out)
{
    int64_t application, version;
    TRY(read_number(connection, "PRAGMA application_id", &application));
    TRY(read_number(connection, "PRAGMA user_version", &version));
    out->version = (int)version;
    if (application != SCHEMA_APPLICATION)
        return FAULT_CORRUPT;
    if (version > schema_version())
        return FAULT_NEWER;
    TRY(wal_check(connection));
    if (deep)
        TRY(read_whole(connection, &out->whole));
    return version > 0 ? read_value(connection, name, arena, &out->value) : FAULT_NONE;
}

enum fault store_look(const char *path, const char *name, bool deep, struct arena *arena,
                      struct store_look *out)
{
    struct sqlite3 *connection = NULL;
    *out = (struct store_look) {.value = {(const uint8_t *)"", 0}};
    if (access(path, F_OK) != 0)
        return FAULT_NONE;
    out->present = true;
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    enum fault fault = database_fault(sqlite3_open_v2(path, &connection, flags, NULL));
    if (!fault)
        fault = look(connection, name, deep, arena, out);
    sqlite3_close(connection);
    return fault;
}
