#include "store/store_rest.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/wal.h"

#include <sqlite3.h>
#include <string.h>

static enum fault first_number(struct sqlite3 *connection, const char *sql, uint64_t *out)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = (uint64_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? FAULT_NONE : database_fault(code);
}

static enum fault check_pages(struct sqlite3 *connection, bool *whole)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const unsigned char *said = code == SQLITE_ROW ? sqlite3_column_text(statement, 0) : NULL;
    *whole = said && strcmp((const char *)said, "ok") == 0;
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? FAULT_NONE : database_fault(code);
}

static enum fault read_facts(struct sqlite3 *connection, struct store_rest_facts *out)
{
    uint64_t application = 0, version = 0;
    TRY(first_number(connection, "PRAGMA application_id", &application));
    TRY(first_number(connection, "PRAGMA user_version", &version));
    if (application != SCHEMA_APPLICATION || version < 1)
        return FAULT_CORRUPT;
    if (version > (uint64_t)schema_version())
        return FAULT_NEWER;
    out->version = (int)version;
    TRY(check_pages(connection, &out->whole));
    if (!out->whole)
        return FAULT_NONE;
    TRY(first_number(connection, "SELECT count(*) FROM record", &out->records));
    TRY(first_number(connection, "SELECT count(*) FROM seal", &out->seals));
    TRY(first_number(connection, "SELECT count(*) FROM receipt", &out->receipts));
    return first_number(connection, "SELECT count(*) FROM dossier", &out->dossiers);
}

/* Nothing in a file from elsewhere may run: no function of its schema is trusted. */
static enum fault open_held(const char *path, struct sqlite3 **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    struct sqlite3 *connection = NULL;
    enum fault fault = database_fault(sqlite3_open_v2(path, &connection, flags, NULL));
    if (!fault) {
        sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        fault = database_fault(sqlite3_exec(connection,
                                            "PRAGMA trusted_schema = OFF;"
                                            "PRAGMA locking_mode = EXCLUSIVE;"
                                            "BEGIN IMMEDIATE; COMMIT",
                                            NULL, NULL, NULL));
    }
    if (!fault)
        fault = wal_renew(connection);
    if (fault)
        sqlite3_close(connection);
    else
        *out = connection;
    return fault;
}

enum fault store_rest_look(const char *path, struct store_rest_facts *out)
{
    struct sqlite3 *connection = NULL;
    struct store_rest_facts facts = {0};
    TRY(open_held(path, &connection));
    enum fault fault = read_facts(connection, &facts);
    sqlite3_close(connection);
    if (!fault)
        *out = facts;
    return fault;
}

enum fault store_rest_hold(const char *path, struct sqlite3 **out)
{
    TRY(open_held(path, out));
    enum fault fault =
        database_fault(sqlite3_exec(*out, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL));
    if (fault)
        sqlite3_close(*out);
    return fault;
}

void store_rest_release(struct sqlite3 *held)
{
    sqlite3_close(held);
}
