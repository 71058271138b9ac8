#include "backup/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static_assert(BACKUP_MANIFEST_SHA256 == (int)crypto_hash_sha256_BYTES);

enum backup_problem backup_file_wrong(struct backup_detail *detail, const char *path)
{
    enum backup_problem problem = errno == ENOSPC || errno == EDQUOT || errno == EFBIG
                                      ? BACKUP_NO_ROOM
                                  : errno == EEXIST ? BACKUP_EXISTS
                                  : errno == ENOMEM ? BACKUP_MEMORY
                                                    : BACKUP_FILE;
    return backup_say(detail, problem, "%s: %s", path, strerror(errno));
}

void backup_file_folder(const char *path, char out[static BACKUP_FILE_PATH])
{
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;
    snprintf(out, BACKUP_FILE_PATH, "%.*s", length ? length : 1,
             length ? path : (slash ? "/" : "."));
}

bool backup_file_flush_folder(const char *path)
{
    char folder[BACKUP_FILE_PATH];
    backup_file_folder(path, folder);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return flushed;
}

void backup_file_stamp(struct instant at, char out[static BACKUP_FILE_STAMP])
{
    char iso[INSTANT_TEXT_SIZE];
    size_t size = 0;
    instant_text(at, iso);
    for (const char *from = iso; *from && size < BACKUP_FILE_STAMP - 1; from++)
        if (*from != '-' && *from != ':')
            out[size++] = *from;
    out[size] = '\0';
}

/* ---- digests -----------------------------------------------------------------------------------
 */

enum backup_problem backup_file_digest(int descriptor, const char *path,
                                       const struct backup_progress *progress, const char *what,
                                       struct backup_manifest_part *out,
                                       struct backup_detail *detail)
{
    crypto_hash_sha256_state state;
    struct stat status;
    uint8_t *chunk = malloc(BACKUP_FILE_CHUNK);
    ssize_t got = fstat(descriptor, &status);
    off_t at = 0;
    if (!chunk)
        return BACKUP_MEMORY;
    crypto_hash_sha256_init(&state);
    while (got >= 0 && (got = pread(descriptor, chunk, BACKUP_FILE_CHUNK, at)) > 0) {
        crypto_hash_sha256_update(&state, chunk, (size_t)got);
        at += got;
        if (progress->report)
            progress->report(progress->self, what, (uint64_t)at, (uint64_t)status.st_size);
    }
    free(chunk);
    if (got < 0)
        return backup_file_wrong(detail, path);
    crypto_hash_sha256_final(&state, out->sha256);
    out->size = (uint64_t)at;
    return BACKUP_FINE;
}

void backup_file_digest_bytes(struct bytes content, struct backup_manifest_part *out)
{
    crypto_hash_sha256(out->sha256, content.data, content.size);
    out->size = content.size;
}

/* ---- small files -------------------------------------------------------------------------------
 */

static enum backup_problem read_open(int descriptor, const char *path, size_t max,
                                     struct arena *arena, struct bytes *out,
                                     struct backup_detail *detail)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return backup_file_wrong(detail, path);
    if (!S_ISREG(status.st_mode) || (uint64_t)status.st_size > max)
        return backup_say(detail, BACKUP_FILE, "%s: is no file of at most %zu bytes", path, max);
    uint8_t *data = arena_take(arena, (size_t)status.st_size + 1);
    if (!data)
        return BACKUP_MEMORY;
    ssize_t got = read(descriptor, data, (size_t)status.st_size);
    if (got != status.st_size)
        return backup_file_wrong(detail, path);
    *out = (struct bytes) {data, (size_t)got};
    return BACKUP_FINE;
}

enum backup_problem backup_file_read(const char *path, size_t max, struct arena *arena,
                                     struct bytes *out, bool *absent, struct backup_detail *detail)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    *absent = descriptor < 0 && errno == ENOENT;
    if (*absent) {
        *out = (struct bytes) {0};
        return BACKUP_FINE;
    }
    if (descriptor < 0)
        return backup_file_wrong(detail, path);
    enum backup_problem problem = read_open(descriptor, path, max, arena, out, detail);
    close(descriptor);
    return problem;
}

enum backup_problem backup_file_own(int descriptor, const char *path, struct backup_detail *detail)
{
    char folder[BACKUP_FILE_PATH];
    struct stat status;
    if (geteuid() != 0)
        return BACKUP_FINE;
    backup_file_folder(path, folder);
    if (stat(folder, &status) != 0 || fchown(descriptor, status.st_uid, status.st_gid) != 0)
        return backup_file_wrong(detail, path);
    return BACKUP_FINE;
}

static enum backup_problem make_folder(const char *path, struct backup_detail *detail)
{
    if (mkdir(path, 0700) != 0)
        return errno == EEXIST ? BACKUP_FINE : backup_file_wrong(detail, path);
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return backup_file_wrong(detail, path);
    enum backup_problem problem = backup_file_own(descriptor, path, detail);
    close(descriptor);
    return problem;
}

enum backup_problem backup_file_make_folders(const char *path, struct backup_detail *detail)
{
    char part[BACKUP_FILE_PATH];
    for (size_t i = 1; path[i]; i++) {
        if (path[i] != '/')
            continue;
        if (i >= sizeof part)
            return backup_say(detail, BACKUP_FILE, "%s: the path is too long", path);
        memcpy(part, path, i);
        part[i] = '\0';
        TRY(make_folder(part, detail));
    }
    return BACKUP_FINE;
}

static bool write_all(int descriptor, struct bytes content)
{
    while (content.size > 0) {
        ssize_t put = write(descriptor, content.data, content.size);
        if (put < 0 && errno != EINTR)
            return false;
        size_t done = put > 0 ? (size_t)put : 0;
        content = (struct bytes) {content.data + done, content.size - done};
    }
    return true;
}

bool backup_file_link(const char *from, const char *path)
{
    if (link(from, path) != 0)
        return false;
    if (backup_file_flush_folder(path))
        return true;
    int kept = errno;
    unlink(path);
    errno = kept;
    return false;
}

/* Linked to its name when it is whole: a name that is taken is not taken away. */
enum backup_problem backup_file_make(const char *path, struct bytes content, unsigned mode,
                                     struct backup_detail *detail)
{
    char fresh[BACKUP_FILE_PATH];
    TRY(backup_file_make_folders(path, detail));
    if (snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= (int)sizeof fresh)
        return backup_say(detail, BACKUP_FILE, "%s: the path is too long", path);
    int descriptor = mkostemp(fresh, O_CLOEXEC);
    if (descriptor < 0)
        return backup_file_wrong(detail, path);
    enum backup_problem problem = backup_file_own(descriptor, path, detail);
    if (!problem && (fchmod(descriptor, mode) != 0 || !write_all(descriptor, content) ||
                     fsync(descriptor) != 0 || !backup_file_link(fresh, path)))
        problem = backup_file_wrong(detail, path);
    close(descriptor);
    unlink(fresh);
    return problem;
}
