#include "io/descriptors.h"

#include <dirent.h>
#include <stdint.h>
#include <sys/resource.h>

enum { WANTED = 65536 };

/* A descriptor for each partner and each caller: the system's first bound is too low for many. */
void descriptors_raise(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= WANTED)
        return;
    limit.rlim_cur = limit.rlim_max < WANTED ? limit.rlim_max : WANTED;
    setrlimit(RLIMIT_NOFILE, &limit);
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
