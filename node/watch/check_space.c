#include "watch/check_space.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

/* The file may not be there yet: then its folder tells. */
bool check_space_left(const char *path, uint64_t *out)
{
    char folder[4096] = ".";
    struct statvfs disk;
    const char *slash = strrchr(path, '/');
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
    if (statvfs(folder, &disk) != 0)
        return false;
    *out = (uint64_t)disk.f_bavail * disk.f_frsize;
    return true;
}

void check_space(const char *path, struct check_list *list)
{
    uint64_t left;
    if (!check_space_left(path, &left)) {
        check_add(list, CHECK_SPACE, CHECK_SKIPPED, path, "the disk does not say: %s",
                  strerror(errno));
        return;
    }
    enum check_state state = left < CHECK_SPACE_LEAST  ? CHECK_FAILED
                             : left < CHECK_SPACE_SOON ? CHECK_NOTED
                                                       : CHECK_FINE;
    check_add(list, CHECK_SPACE, state, path, "%llu MiB free",
              (unsigned long long)(left / (1024 * 1024)));
}
