#include "store/store_copy.h"

#include "store/database.h"
#include "store/wal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, ROOM_MARGIN = 1024 * 1024 };

struct store_copy {
    char path[PATH_SIZE];
    struct sqlite3 *source; /* the caller's, unless `own` */
    struct sqlite3 *target;
    sqlite3_backup *backup;
    uint64_t done, total;
    bool own, whole;
};

/* Nothing is flushed piece by piece, for the node would stand still meanwhile: until it is whole,
 * the copy is worth nothing anyway, and it is flushed by whoever keeps it. */
static const char settings[] = "PRAGMA journal_mode = OFF;"
                               "PRAGMA synchronous = OFF;"
                               "PRAGMA cache_size = -1024;";

static enum fault pragma_number(struct sqlite3 *connection, const char *sql, uint64_t *number)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *number = (uint64_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? FAULT_NONE : database_fault(code);
}

/* A copy that must stop for want of room has filled the disk that the node lives on. */
static enum fault check_room(struct sqlite3 *source, const char *path)
{
    uint64_t pages = 0, size = 0;
    struct statvfs room;
    char folder[PATH_SIZE];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;
    snprintf(folder, sizeof folder, "%.*s", length ? length : 1,
             length ? path : (slash ? "/" : "."));
    TRY(pragma_number(source, "PRAGMA page_count", &pages));
    TRY(pragma_number(source, "PRAGMA page_size", &size));
    if (statvfs(folder, &room) != 0)
        return FAULT_STORAGE;
    uint64_t have = (uint64_t)room.f_bavail * room.f_frsize;
    return have < pages * size + ROOM_MARGIN ? FAULT_DISK_FULL : FAULT_NONE;
}

static enum fault take_name(const char *path)
{
    int descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return errno == EEXIST ? FAULT_FILE : errno == ENOSPC ? FAULT_DISK_FULL : FAULT_STORAGE;
    close(descriptor);
    return FAULT_NONE;
}

static enum fault start(struct store_copy *copy)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    TRY(database_fault(sqlite3_open_v2(copy->path, &copy->target, flags, NULL)));
    TRY(database_fault(sqlite3_exec(copy->target, settings, NULL, NULL, NULL)));
    copy->backup = sqlite3_backup_init(copy->target, "main", copy->source, "main");
    return copy->backup ? FAULT_NONE : database_fault(sqlite3_errcode(copy->target));
}

static enum fault open_copy(struct sqlite3 *source, bool own, const char *path,
                            struct store_copy **out)
{
    struct store_copy *copy = calloc(1, sizeof *copy);
    enum fault fault = copy ? check_room(source, path) : FAULT_MEMORY;
    if (!fault && strlen(path) >= sizeof copy->path)
        fault = FAULT_FILE;
    if (!fault)
        fault = take_name(path);
    if (fault) {
        free(copy);
        return fault;
    }
    strcpy(copy->path, path);
    copy->source = source;
    fault = start(copy);
    copy->own = own && !fault;
    if (fault)
        store_copy_close(copy);
    else
        *out = copy;
    return fault;
}

enum fault store_copy_open_connection(struct sqlite3 *source, const char *path,
                                      struct store_copy **out)
{
    return open_copy(source, false, path, out);
}

enum fault store_copy_open(struct store *store, const char *path, struct store_copy **out)
{
    struct database *database = database_of(store);
    assert(!database->open);
    return open_copy(database->connection, false, path, out);
}

enum fault store_copy_open_file(const char *source, const char *path, struct store_copy **out)
{
    struct sqlite3 *connection = NULL;
    uint64_t tables = 0;
    /* Writable, because what a crash has left in the log must be taken in first. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    enum fault fault = database_fault(sqlite3_open_v2(source, &connection, flags, NULL));
    if (!fault)
        fault = database_fault(
            sqlite3_exec(connection, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL));
    if (!fault)
        fault = pragma_number(connection, "SELECT count(*) FROM sqlite_schema", &tables);
    if (!fault)
        fault = wal_renew(connection);
    if (!fault)
        fault = open_copy(connection, true, path, out);
    if (fault)
        sqlite3_close(connection);
    return fault;
}

/* The source's header says that a log stands beside it. In the copy all is in the file. */
static enum fault make_plain(struct store_copy *copy)
{
    return database_fault(
        sqlite3_exec(copy->target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL));
}

enum fault store_copy_step(struct store_copy *copy, int pages, bool *done)
{
    assert(copy->backup && !copy->whole && sqlite3_get_autocommit(copy->source));
    int code = sqlite3_backup_step(copy->backup, pages);
    copy->total = (uint64_t)sqlite3_backup_pagecount(copy->backup);
    copy->done = copy->total - (uint64_t)sqlite3_backup_remaining(copy->backup);
    if (code == SQLITE_OK) {
        *done = false;
        return FAULT_NONE;
    }
    int finished = sqlite3_backup_finish(copy->backup);
    copy->backup = NULL;
    if (code != SQLITE_DONE)
        return database_fault(code);
    TRY(database_fault(finished));
    TRY(make_plain(copy));
    *done = copy->whole = true;
    return FAULT_NONE;
}

void store_copy_progress(const struct store_copy *copy, uint64_t *done, uint64_t *total)
{
    *done = copy->done;
    *total = copy->total;
}

void store_copy_close(struct store_copy *copy)
{
    if (!copy)
        return;
    sqlite3_backup_finish(copy->backup);
    if (sqlite3_close(copy->target) != SQLITE_OK || !copy->whole)
        unlink(copy->path);
    if (copy->own)
        sqlite3_close(copy->source);
    free(copy);
}

enum fault store_copy_whole(struct sqlite3 *source, const char *path)
{
    struct store_copy *copy = NULL;
    bool done = false;
    TRY(store_copy_open_connection(source, path, &copy));
    enum fault fault = FAULT_NONE;
    while (!fault && !done)
        fault = store_copy_step(copy, -1, &done);
    store_copy_close(copy);
    return fault;
}
