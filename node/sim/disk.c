#include "sim/disk.h"

#include "sim/platter.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, PATH_MAX_SIZE = 256, NAME_MAX_SIZE = 32 };

struct content {
    char path[PATH_MAX_SIZE]; /* empty: there is no such file */
    struct platter bytes;
    struct handle *owner; /* of the lock */
};

struct disk {
    sqlite3_vfs vfs;   /* first: SQLite knows the disk by it */
    sqlite3_vfs *real; /* for time and dice */
    char name[NAME_MAX_SIZE];
    struct content files[FILES_MAX];
    uint64_t counts[DISK_CALLS];
    struct disk_failure failure;
    bool failed;
    uint64_t limit;
    uint64_t life; /* counts the deaths: who was open before is dead */
};

/* SQLite's handle. */
struct handle {
    sqlite3_file file; /* first */
    struct disk *disk;
    struct content *content;
    uint64_t life;
    int lock;
};

static struct handle *handle_of(sqlite3_file *file)
{
    return (struct handle *)file;
}

/* ---- what fails ---------------------------------------------------------------------------- */

/* Counts the call; true: it fails. */
static bool fails(struct disk *disk, enum disk_call call, const char *path)
{
    const struct disk_failure *failure = &disk->failure;
    if (failure->path && strcmp(failure->path, path) != 0)
        return false;
    uint64_t number = ++disk->counts[call];
    bool hit = failure->at && failure->call == call &&
               (number == failure->at || (failure->lasts && number > failure->at));
    disk->failed |= hit;
    return hit;
}

static bool dead(const struct handle *handle)
{
    return handle->life != handle->disk->life;
}

/* What a call that fails says: of its own kind, or that there is no room. */
static int wrong(const struct disk *disk, int broken)
{
    return disk->failure.way == DISK_BREAKS ? broken : SQLITE_FULL;
}

void disk_fail(struct disk *disk, struct disk_failure failure)
{
    assert(failure.call < DISK_CALLS && failure.way < DISK_WAYS);
    memset(disk->counts, 0, sizeof disk->counts);
    disk->failure = failure;
    disk->failed = false;
}

uint64_t disk_count(const struct disk *disk, enum disk_call call)
{
    assert(call < DISK_CALLS);
    return disk->counts[call];
}

bool disk_failed(const struct disk *disk)
{
    return disk->failed;
}

void disk_limit(struct disk *disk, uint64_t bytes)
{
    disk->limit = bytes;
}

uint64_t disk_used(const struct disk *disk)
{
    uint64_t used = 0;
    for (size_t i = 0; i < FILES_MAX; i++)
        used += disk->files[i].bytes.size;
    return used;
}

/* ---- contents ------------------------------------------------------------------------------ */

static struct content *find(struct disk *disk, const char *path)
{
    for (size_t i = 0; i < FILES_MAX; i++)
        if (strcmp(disk->files[i].path, path) == 0)
            return &disk->files[i];
    return NULL;
}

static struct content *make(struct disk *disk, const char *path)
{
    struct content *content = find(disk, "");
    if (content && strlen(path) < PATH_MAX_SIZE)
        strcpy(content->path, path);
    return content;
}

static void forget(struct content *content)
{
    platter_free(&content->bytes);
    *content = (struct content) {0};
}

void disk_kill(struct disk *disk)
{
    disk->life++;
    for (size_t i = 0; i < FILES_MAX; i++)
        disk->files[i].owner = NULL;
}

void disk_cut(struct disk *disk, uint64_t dice)
{
    disk_kill(disk);
    for (size_t i = 0; i < FILES_MAX; i++)
        platter_lose(&disk->files[i].bytes, &dice);
}

uint8_t *disk_content(struct disk *disk, const char *path, size_t *size)
{
    struct content *content = find(disk, path);
    *size = content ? content->bytes.size : 0;
    return content ? content->bytes.cache : NULL;
}

bool disk_replace(struct disk *disk, const char *path, const uint8_t *data, size_t size)
{
    struct content *content = find(disk, path);
    assert(!content || !content->owner);
    if (content)
        forget(content);
    if (!data)
        return true;
    content = make(disk, path);
    if (!content || !platter_put(&content->bytes, data, size, 0))
        return false;
    platter_sync(&content->bytes, true);
    return true;
}

/* ---- SQLite's calls on an open file -------------------------------------------------------- */

static int file_close(sqlite3_file *file)
{
    struct handle *handle = handle_of(file);
    if (!dead(handle) && handle->content->owner == handle)
        handle->content->owner = NULL;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *out, int wanted, sqlite3_int64 from)
{
    struct handle *handle = handle_of(file);
    size_t size = (size_t)wanted, at = (size_t)from;
    if (dead(handle) || fails(handle->disk, DISK_READ, handle->content->path))
        return SQLITE_IOERR_READ;
    const struct content *content = handle->content;
    size_t there = at < content->bytes.size ? content->bytes.size - at : 0;
    size_t got = there < size ? there : size;
    if (got)
        memcpy(out, content->bytes.cache + at, got);
    memset((uint8_t *)out + got, 0, size - got);
    return got == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

/* How much of a write fits on the disk. */
static size_t fitting(const struct disk *disk, const struct content *content, size_t size,
                      size_t at)
{
    uint64_t end = at + size;
    if (!disk->limit || end <= content->bytes.size)
        return size;
    uint64_t used = disk_used(disk);
    if (used + end - content->bytes.size <= disk->limit)
        return size;
    uint64_t left = used < disk->limit ? disk->limit - used : 0;
    uint64_t most = content->bytes.size + left;
    return most > at ? (size_t)(most - at) : 0;
}

static int file_write(sqlite3_file *file, const void *data, int given, sqlite3_int64 to)
{
    struct handle *handle = handle_of(file);
    struct disk *disk = handle->disk;
    size_t size = (size_t)given, at = (size_t)to;
    if (dead(handle))
        return SQLITE_IOERR_WRITE;
    if (fails(disk, DISK_WRITE, handle->content->path)) {
        if (disk->failure.way == DISK_SHORT &&
            !platter_put(&handle->content->bytes, data, size / 2, at))
            return SQLITE_IOERR_NOMEM;
        return wrong(disk, SQLITE_IOERR_WRITE);
    }
    size_t fits = fitting(disk, handle->content, size, at);
    if (!platter_put(&handle->content->bytes, data, fits, at))
        return SQLITE_IOERR_NOMEM;
    return fits == size ? SQLITE_OK : SQLITE_FULL;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *handle = handle_of(file);
    if (dead(handle) || fails(handle->disk, DISK_TRUNCATE, handle->content->path))
        return SQLITE_IOERR_TRUNCATE;
    platter_truncate(&handle->content->bytes, (size_t)size);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *file, int)
{
    struct handle *handle = handle_of(file);
    if (dead(handle))
        return SQLITE_IOERR_FSYNC;
    bool reaches = !fails(handle->disk, DISK_SYNC, handle->content->path);
    platter_sync(&handle->content->bytes, reaches);
    return reaches ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct handle *handle = handle_of(file);
    if (dead(handle) || fails(handle->disk, DISK_SIZE, handle->content->path))
        return SQLITE_IOERR_FSTAT;
    *size = (sqlite3_int64)handle->content->bytes.size;
    return SQLITE_OK;
}

/* Who reads may read with others; who writes is alone. */
static int file_lock(sqlite3_file *file, int level)
{
    struct handle *handle = handle_of(file);
    if (dead(handle))
        return SQLITE_IOERR_LOCK;
    struct content *content = handle->content;
    if (content->owner && content->owner != handle)
        return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED)
        content->owner = handle;
    handle->lock = level;
    return SQLITE_OK;
}

static int file_unlock(sqlite3_file *file, int level)
{
    struct handle *handle = handle_of(file);
    if (!dead(handle) && level < SQLITE_LOCK_RESERVED && handle->content->owner == handle)
        handle->content->owner = NULL;
    handle->lock = level;
    return SQLITE_OK;
}

static int file_reserved(sqlite3_file *file, int *taken)
{
    struct handle *handle = handle_of(file);
    *taken = !dead(handle) && handle->content->owner != NULL;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *)
{
    return PLATTER_SECTOR;
}

/* As SQLite takes it for granted of any file system: a write harms no byte beside it. */
static int file_characteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: without shared memory, so that a log is only for whoever has the file alone. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_characteristics,
};

/* ---- SQLite's calls on the file system ----------------------------------------------------- */

static int disk_vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                         int *flags_out)
{
    struct disk *disk = (struct disk *)vfs;
    struct handle *handle = handle_of(file);
    *handle = (struct handle) {.disk = disk, .life = disk->life};
    if (!path || fails(disk, DISK_OPEN, path))
        return SQLITE_CANTOPEN;
    handle->content = find(disk, path);
    if (!handle->content && (flags & SQLITE_OPEN_CREATE))
        handle->content = make(disk, path);
    if (!handle->content)
        return SQLITE_CANTOPEN;
    handle->file.pMethods = &methods;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int disk_vfs_delete(sqlite3_vfs *vfs, const char *path, int)
{
    struct content *content = find((struct disk *)vfs, path);
    if (!content)
        return SQLITE_IOERR_DELETE_NOENT;
    if (fails((struct disk *)vfs, DISK_TRUNCATE, path))
        return SQLITE_IOERR_DELETE;
    forget(content);
    return SQLITE_OK;
}

static int disk_vfs_access(sqlite3_vfs *vfs, const char *path, int, int *there)
{
    const struct content *content = find((struct disk *)vfs, path);
    *there = content && content->bytes.size > 0;
    return SQLITE_OK;
}

static int disk_vfs_full_name(sqlite3_vfs *, const char *path, int room, char *out)
{
    return snprintf(out, (size_t)room, "%s", path) < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int disk_vfs_dice(sqlite3_vfs *vfs, int size, char *out)
{
    sqlite3_vfs *real = ((struct disk *)vfs)->real;
    return real->xRandomness(real, size, out);
}

static int disk_vfs_sleep(sqlite3_vfs *, int)
{
    return 0;
}

static int disk_vfs_time(sqlite3_vfs *vfs, double *out)
{
    sqlite3_vfs *real = ((struct disk *)vfs)->real;
    return real->xCurrentTime(real, out);
}

static int disk_vfs_error(sqlite3_vfs *, int, char *)
{
    return 0;
}

/* The machine's own, below whatever disk is in use. */
static sqlite3_vfs *real_vfs(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    assert(vfs);
    return vfs->xOpen == disk_vfs_open ? ((struct disk *)vfs)->real : vfs;
}

void disk_use(struct disk *disk)
{
    int status = sqlite3_vfs_register(disk ? &disk->vfs : real_vfs(), true);
    assert(status == SQLITE_OK);
}

struct disk *disk_open(void)
{
    struct disk *disk = calloc(1, sizeof *disk);
    if (!disk)
        return NULL;
    disk->real = real_vfs();
    snprintf(disk->name, sizeof disk->name, "disk %p", (void *)disk); /* SQLite's, and no other's */
    disk->vfs = (sqlite3_vfs) {
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = PATH_MAX_SIZE - 1,
        .zName = disk->name,
        .xOpen = disk_vfs_open,
        .xDelete = disk_vfs_delete,
        .xAccess = disk_vfs_access,
        .xFullPathname = disk_vfs_full_name,
        .xRandomness = disk_vfs_dice,
        .xSleep = disk_vfs_sleep,
        .xCurrentTime = disk_vfs_time,
        .xGetLastError = disk_vfs_error,
    };
    if (sqlite3_vfs_register(&disk->vfs, true) == SQLITE_OK)
        return disk;
    free(disk);
    return NULL;
}

void disk_close(struct disk *disk)
{
    if (!disk)
        return;
    sqlite3_vfs *real = disk->real;
    bool used = sqlite3_vfs_find(NULL) == &disk->vfs;
    sqlite3_vfs_unregister(&disk->vfs);
    if (used)
        sqlite3_vfs_register(real, true);
    for (size_t i = 0; i < FILES_MAX; i++)
        forget(&disk->files[i]);
    free(disk);
}
