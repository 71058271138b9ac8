#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum fault wrong(struct reason *reason, const char *path, const char *doing)
{
    return reason_give(reason, FAULT_FILE, "%s: %s: %s", path, doing, strerror(errno));
}

/* All there is, up to `max`; -1 and errno on failure. */
static ssize_t read_all(int descriptor, uint8_t *out, size_t max)
{
    size_t size = 0;
    while (size < max) {
        ssize_t got = read(descriptor, out + size, max - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += (size_t)got;
    }
    return (ssize_t)size;
}

/* Opens a regular file; O_NONBLOCK so that a named pipe cannot hold us up. */
static enum fault open_regular(const char *path, int *descriptor, struct stat *status,
                               struct reason *reason)
{
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (opened < 0)
        return wrong(reason, path, "cannot be opened");
    if (fstat(opened, status) != 0 || !S_ISREG(status->st_mode)) {
        close(opened);
        return reason_give(reason, FAULT_FILE, "%s: is not a regular file", path);
    }
    *descriptor = opened;
    return FAULT_NONE;
}

enum fault file_read(const char *path, size_t max, struct bytes *out, struct reason *reason)
{
    int descriptor;
    struct stat status;
    TRY(open_regular(path, &descriptor, &status, reason));
    /* One byte more than is allowed shows what grew meanwhile. */
    size_t room = status.st_size > 0 && (size_t)status.st_size <= max ? (size_t)status.st_size : 0;
    room = room ? room : max;
    uint8_t *data = malloc(room + 2);
    ssize_t size = data ? read_all(descriptor, data, room + 1) : 0;
    enum fault fault = FAULT_NONE;
    if (!data)
        fault = reason_give(reason, FAULT_MEMORY, "%s: no memory to read it", path);
    else if (size < 0)
        fault = wrong(reason, path, "cannot be read");
    else if ((size_t)size > room)
        fault = reason_give(reason, FAULT_FILE, "%s: is larger than %zu bytes", path, max);
    close(descriptor);
    if (fault) {
        free(data);
        return fault;
    }
    data[size] = '\0';
    *out = (struct bytes) {data, (size_t)size};
    return FAULT_NONE;
}

void file_free(struct bytes *content)
{
    free((void *)content->data);
    *content = (struct bytes) {0};
}

/* Whose it is and who may read it. 0400 is as good as 0600. */
static enum fault check_private(const char *path, const struct stat *status, struct reason *reason)
{
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return reason_give(reason, FAULT_KEY,
                           "%s: belongs to another user; make this user its owner (chown)", path);
    if (status->st_mode & (S_IRWXG | S_IRWXO))
        return reason_give(reason, FAULT_KEY,
                           "%s: others may read it (mode %04o); run: chmod 600 %s", path,
                           (unsigned)status->st_mode & 07777u, path);
    return FAULT_NONE;
}

enum fault file_read_descriptor(int descriptor, uint8_t *out, size_t max, size_t *size,
                                struct reason *reason)
{
    ssize_t got = read_all(descriptor, out, max);
    uint8_t further;
    if (got < 0)
        return reason_give(reason, FAULT_FILE, "descriptor %d: %s", descriptor, strerror(errno));
    if ((size_t)got == max && read_all(descriptor, &further, 1) != 0)
        return reason_give(reason, FAULT_FILE, "descriptor %d: more than %zu bytes", descriptor,
                           max);
    *size = (size_t)got;
    return FAULT_NONE;
}

enum fault file_read_secret(const char *path, uint8_t *out, size_t max, size_t *size,
                            struct reason *reason)
{
    int descriptor;
    struct stat status;
    TRY(open_regular(path, &descriptor, &status, reason));
    enum fault fault = check_private(path, &status, reason);
    if (!fault && status.st_size > (off_t)max)
        fault = reason_give(reason, FAULT_FILE, "%s: is larger than %zu bytes", path, max);
    if (!fault)
        fault = file_read_descriptor(descriptor, out, max, size, reason);
    close(descriptor);
    return fault;
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

/* The name of a file is durable only when its folder is. */
static bool flush_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;
    snprintf(folder, sizeof folder, "%.*s", length ? length : 1,
             length ? path : (slash ? "/" : "."));
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return flushed;
}

static bool fill_and_close(int descriptor, struct bytes content, mode_t mode)
{
    bool good =
        fchmod(descriptor, mode) == 0 && write_all(descriptor, content) && fsync(descriptor) == 0;
    int kept = errno;
    good = close(descriptor) == 0 && good;
    if (!good && kept)
        errno = kept;
    return good;
}

enum fault file_write(const char *path, struct bytes content, mode_t mode, struct reason *reason)
{
    char fresh[PATH_MAX];
    if (snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= (int)sizeof fresh)
        return reason_give(reason, FAULT_FILE, "%s: the path is too long", path);
    int descriptor = mkostemp(fresh, O_CLOEXEC);
    if (descriptor < 0)
        return wrong(reason, path, "cannot be made");
    if (!fill_and_close(descriptor, content, mode) || rename(fresh, path) != 0) {
        enum fault fault = wrong(reason, path, "cannot be written");
        unlink(fresh);
        return fault;
    }
    return flush_folder(path) ? FAULT_NONE : wrong(reason, path, "its folder cannot be flushed");
}
