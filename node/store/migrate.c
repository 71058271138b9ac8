#include "store/migrate.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/store_copy.h"

#include <assert.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PATH_SIZE = 4096,
    PRAGMA_SIZE = 64,
    SUFFIX_SIZE = 16,
    COPIES_MAX = 9,
    VERSIONS_AHEAD_MAX = 64,
    HEADER_SIZE = 100, /* of SQLite's file format; its numbers are big-endian */
    HEADER_VERSION = 60,
    HEADER_APPLICATION = 68,
};

static enum fault execute(struct sqlite3 *connection, const char *sql)
{
    return database_fault(sqlite3_exec(connection, sql, NULL, NULL, NULL));
}

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

/* ---- the copy before ---------------------------------------------------------------------------
 */

/* The copy must be on the disk, and its name too, before the first change is. */
static enum fault flush(const char *path)
{
    char folder[PATH_SIZE];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;
    snprintf(folder, sizeof folder, "%.*s", length ? length : 1,
             length ? path : (slash ? "/" : "."));
    const char *const names[] = {path, folder};
    for (size_t i = 0; i < 2; i++) {
        int descriptor = open(names[i], O_RDONLY | O_CLOEXEC);
        bool flushed = descriptor >= 0 && fsync(descriptor) == 0;
        if (descriptor >= 0)
            close(descriptor);
        if (!flushed)
            return FAULT_STORAGE;
    }
    return FAULT_NONE;
}

/* `PATH.before-N`, or `PATH.before-N.2` and so on; false: the name is too long. */
static bool name_copy(const char *path, int version, int attempt, char out[static PATH_SIZE])
{
    char suffix[SUFFIX_SIZE] = "";
    if (attempt > 1)
        snprintf(suffix, sizeof suffix, ".%d", attempt);
    return snprintf(out, PATH_SIZE, "%s.before-%d%s", path, version, suffix) < PATH_SIZE;
}

/* The next that is free: what an earlier attempt has left may hold less than the database does now,
 * and is not overwritten. */
static enum fault choose_name(const char *path, char out[static PATH_SIZE])
{
    for (int i = 1; i <= COPIES_MAX; i++)
        if (name_copy(path, schema_version(), i, out) && access(out, F_OK) != 0)
            return FAULT_NONE;
    return FAULT_FILE;
}

/* Made under another name first, so that what is called `before` is always whole. */
static enum fault copy_aside(struct sqlite3 *connection, const char *path,
                             char out[static PATH_SIZE])
{
    char part[PATH_SIZE];
    TRY(choose_name(path, out));
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return FAULT_FILE;
    unlink(part); /* of an attempt that was killed */
    TRY(store_copy_whole(connection, part));
    enum fault fault = flush(part);
    if (!fault && rename(part, out) != 0)
        fault = FAULT_STORAGE;
    if (fault) {
        unlink(part);
        return fault;
    }
    return flush(out);
}

/* ---- the change --------------------------------------------------------------------------------
 */

static enum fault change(struct sqlite3 *connection, int64_t version)
{
    char pragmas[2 * PRAGMA_SIZE];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             SCHEMA_APPLICATION, schema_version());
    TRY(execute(connection, "BEGIN IMMEDIATE"));
    for (int next = (int)version + 1; next <= schema_version(); next++)
        TRY(execute(connection, schema_step(next)));
    TRY(execute(connection, pragmas));
    return execute(connection, "COMMIT");
}

enum fault migrate_run(struct sqlite3 *connection, const char *path)
{
    char copy[PATH_SIZE] = "";
    int64_t version = 0;
    TRY(identify(connection, &version));
    TRY(execute(connection, "PRAGMA journal_mode = WAL"));
    TRY(execute(connection, "PRAGMA synchronous = FULL"));
    if (version == schema_version())
        return FAULT_NONE;
    if (version > 0)
        TRY(copy_aside(connection, path, copy));
    enum fault fault = change(connection, version);
    if (fault && !sqlite3_get_autocommit(connection))
        sqlite3_exec(connection, "ROLLBACK", NULL, NULL, NULL);
    /* Nothing has changed: a copy for each attempt would fill the disk. */
    if (fault && copy[0])
        unlink(copy);
    return fault;
}

/* ---- the way back ------------------------------------------------------------------------------
 */

static uint32_t number_at(const uint8_t *header)
{
    return (uint32_t)header[0] << 24 | (uint32_t)header[1] << 16 | (uint32_t)header[2] << 8 |
           header[3];
}

static bool is_readable(const char *path)
{
    uint8_t header[HEADER_SIZE];
    FILE *file = fopen(path, "rbe");
    bool whole = file && fread(header, 1, sizeof header, file) == sizeof header;
    if (file)
        fclose(file);
    return whole && number_at(header + HEADER_APPLICATION) == SCHEMA_APPLICATION &&
           number_at(header + HEADER_VERSION) <= (uint32_t)schema_version();
}

void migrate_find_copy(const char *path, char *out, size_t size)
{
    struct timespec newest = {0};
    out[0] = '\0';
    for (int ahead = 1; ahead <= VERSIONS_AHEAD_MAX; ahead++) {
        for (int i = 1; i <= COPIES_MAX; i++) {
            char name[PATH_SIZE];
            struct stat status;
            if (!name_copy(path, schema_version() + ahead, i, name) || strlen(name) >= size ||
                stat(name, &status) != 0 || !is_readable(name))
                continue;
            if (out[0] && status.st_mtim.tv_sec < newest.tv_sec)
                continue;
            newest = status.st_mtim;
            strcpy(out, name);
        }
    }
}
