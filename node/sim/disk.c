#include "sim/disk.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, PATH_MAX_SIZE = 256, SECTOR = 512 };

static const char vfs_name[] = "disk";

struct content {
    char path[PATH_MAX_SIZE]; /* empty: there is no such file */
    uint8_t *cache, *platter; /* of `room` bytes, zero behind their sizes */
    uint8_t *dirty;           /* of each sector: not on the platter, and a sync will bring it */
    size_t room, size, platter_size;
    struct handle *owner; /* of the lock */
};

struct disk {
    sqlite3_vfs vfs;   /* first: SQLite knows the disk by it */
    sqlite3_vfs *real; /* for time and dice */
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
        used += disk->files[i].size;
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
    free(content->cache);
    free(content->platter);
    free(content->dirty);
    *content = (struct content) {0};
}

static bool widen(uint8_t **bytes, size_t old, size_t room)
{
    uint8_t *wider = realloc(*bytes, room);
    if (!wider)
        return false;
    memset(wider + old, 0, room - old);
    *bytes = wider;
    return true;
}

static bool make_room(struct content *content, size_t size)
{
    size_t room = content->room ? content->room : 64 * SECTOR;
    while (room < size)
        room *= 2;
    if (room == content->room)
        return true;
    if (!widen(&content->cache, content->room, room) ||
        !widen(&content->platter, content->room, room) ||
        !widen(&content->dirty, content->room / SECTOR, room / SECTOR))
        return false;
    content->room = room;
    return true;
}

/* Into the cache; false: no memory. */
static bool put(struct content *content, const uint8_t *data, size_t size, size_t at)
{
    if (size == 0)
        return true;
    if (!make_room(content, at + size))
        return false;
    memcpy(content->cache + at, data, size);
    memset(content->dirty + at / SECTOR, 1, (at + size - 1) / SECTOR - at / SECTOR + 1);
    if (at + size > content->size)
        content->size = at + size;
    return true;
}

static void cut_off(struct content *content, size_t size)
{
    if (size >= content->size)
        return;
    memset(content->cache + size, 0, content->size - size);
    content->size = size;
}

static void sync_content(struct content *content, bool reaches)
{
    for (size_t i = 0; reaches && i < content->room / SECTOR; i++)
        if (content->dirty[i])
            memcpy(content->platter + i * SECTOR, content->cache + i * SECTOR, SECTOR);
    if (content->room)
        memset(content->dirty, 0, content->room / SECTOR);
    if (!reaches)
        return;
    if (content->size < content->platter_size)
        memset(content->platter + content->size, 0, content->platter_size - content->size);
    content->platter_size = content->size;
}

static uint64_t draw(uint64_t *dice)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice;
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
    for (size_t i = 0; i < FILES_MAX; i++) {
        struct content *content = &disk->files[i];
        bool grown = dice && draw(&dice) % 2;
        for (size_t s = 0; s < content->room / SECTOR; s++)
            if (content->dirty[s] && dice && draw(&dice) % 2)
                memcpy(content->platter + s * SECTOR, content->cache + s * SECTOR, SECTOR);
        if (grown && content->size > content->platter_size)
            content->platter_size = content->size;
        content->size = content->platter_size;
        if (!content->room)
            continue;
        memset(content->platter + content->size, 0, content->room - content->size);
        memcpy(content->cache, content->platter, content->room);
        memset(content->dirty, 0, content->room / SECTOR);
    }
}

uint8_t *disk_content(struct disk *disk, const char *path, size_t *size)
{
    struct content *content = find(disk, path);
    *size = content ? content->size : 0;
    return content ? content->cache : NULL;
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
    if (!content || !put(content, data, size, 0))
        return false;
    sync_content(content, true);
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
    size_t there = at < content->size ? content->size - at : 0;
    size_t got = there < size ? there : size;
    if (got)
        memcpy(out, content->cache + at, got);
    memset((uint8_t *)out + got, 0, size - got);
    return got == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

/* How much of a write fits on the disk. */
static size_t fitting(const struct disk *disk, const struct content *content, size_t size,
                      size_t at)
{
    uint64_t used = disk_used(disk), end = at + size;
    if (!disk->limit || end <= content->size || used + end - content->size <= disk->limit)
        return size;
    uint64_t left = used < disk->limit ? disk->limit - used : 0;
    uint64_t most = content->size + left;
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
        if (disk->failure.way == DISK_SHORT && !put(handle->content, data, size / 2, at))
            return SQLITE_IOERR_NOMEM;
        return wrong(disk, SQLITE_IOERR_WRITE);
    }
    size_t fits = fitting(disk, handle->content, size, at);
    if (!put(handle->content, data, fits, at))
        return SQLITE_IOERR_NOMEM;
    return fits == size ? SQLITE_OK : SQLITE_FULL;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *handle = handle_of(file);
    if (dead(handle) || fails(handle->disk, DISK_TRUNCATE, handle->content->path))
        return SQLITE_IOERR_TRUNCATE;
    cut_off(handle->content, (size_t)size);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *file, int)
{
    struct handle *handle = handle_of(file);
    if (dead(handle))
        return SQLITE_IOERR_FSYNC;
    bool reaches = !fails(handle->disk, DISK_SYNC, handle->content->path);
    sync_content(handle->content, reaches);
    return reaches ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct handle *handle = handle_of(file);
    if (dead(handle) || fails(handle->disk, DISK_SIZE, handle->content->path))
        return SQLITE_IOERR_FSTAT;
    *size = (sqlite3_int64)handle->content->size;
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
    return SECTOR;
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
    *there = content && content->size > 0;
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

struct disk *disk_open(void)
{
    struct disk *disk = calloc(1, sizeof *disk);
    if (!disk)
        return NULL;
    disk->real = sqlite3_vfs_find(NULL);
    assert(disk->real && disk->real->zName != vfs_name);
    disk->vfs = (sqlite3_vfs) {
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = PATH_MAX_SIZE - 1,
        .zName = vfs_name,
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
    sqlite3_vfs_unregister(&disk->vfs);
    for (size_t i = 0; i < FILES_MAX; i++)
        forget(&disk->files[i]);
    free(disk);
}
