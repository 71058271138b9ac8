#include "io/descriptors.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

enum { WANTED = 65536, NEEDED = 128 };

/* A descriptor for each partner and each caller: the system's first bound is too low for many. */
enum fault descriptors_raise(struct reason *reason)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return FAULT_NONE;
    if (limit.rlim_cur < WANTED) {
        limit.rlim_cur = limit.rlim_max < WANTED ? limit.rlim_max : WANTED;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (descriptors_allowed() >= NEEDED)
        return FAULT_NONE;
    return reason_give(reason, FAULT_CONFIG,
                       "the system allows %zu file descriptors; a node needs %d to begin, and one "
                       "for each who calls it: raise LimitNOFILE in the unit (ulimit -n)",
                       descriptors_allowed(), NEEDED);
}

void descriptors_stand(void)
{
    int taken = 0;
    while (taken >= 0 && taken <= STDERR_FILENO)
        taken = open("/dev/null", O_RDWR); /* the lowest that is free */
    if (taken > STDERR_FILENO)
        close(taken);
}

size_t descriptors_allowed(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    return limit.rlim_cur < SIZE_MAX ? (size_t)limit.rlim_cur : SIZE_MAX;
}

size_t descriptors_used(void)
{
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;
    if (!folder) /* since none is left */
        return descriptors_allowed();
    while (readdir(folder))
        count++;
    closedir(folder);
    return count > 3 ? count - 3 : 0; /* `.`, `..` and the folder itself */
}
