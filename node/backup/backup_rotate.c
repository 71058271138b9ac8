#include "backup/backup.h"

#include "backup/backup_file.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STALE_SECONDS = 86400 };

const char *backup_rotate_name(const char *folder, const char *node, struct instant now,
                               struct arena *arena)
{
    char stamp[BACKUP_FILE_STAMP];
    backup_file_stamp(now, stamp);
    return arena_format(arena, "%s/peregrin-%s-%s.tar", folder, node, stamp);
}

/* `peregrin-NODE-20261122T023454Z` and then this; nothing else is ever removed. */
static bool is_of_node(const char *name, const char *node, const char *suffix)
{
    static const char form[] = "00000000T000000Z";
    static const char before[] = "peregrin-";
    size_t length = strlen(node);
    if (strncmp(name, before, sizeof before - 1) != 0)
        return false;
    name += sizeof before - 1;
    if (strncmp(name, node, length) != 0 || name[length] != '-')
        return false;
    name += length + 1;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
            return false;
    return strcmp(name + sizeof form - 1, suffix) == 0;
}

static bool is_stale(const char *path, struct instant now)
{
    struct stat status;
    return stat(path, &status) == 0 &&
           (uint64_t)status.st_mtim.tv_sec + STALE_SECONDS < instant_seconds(now);
}

enum backup_problem backup_rotate(const char *folder, const char *node, size_t keep,
                                  struct instant now, size_t *removed, struct backup_detail *detail)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    enum backup_problem problem = count < 0 ? backup_file_wrong(detail, folder) : BACKUP_FINE;
    size_t seen = 0;
    assert(keep > 0);
    *removed = 0;
    for (int i = count; i-- > 0;) {
        char path[BACKUP_FILE_PATH];
        const char *name = entries[i]->d_name;
        bool fits = snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path;
        bool old = is_of_node(name, node, ".tar") && ++seen > keep;
        bool left =
            (is_of_node(name, node, ".tar.part") || is_of_node(name, node, ".tar.part.db")) &&
            fits && is_stale(path, now);
        if (fits && (old || left) && !problem) {
            if (unlink(path) == 0)
                ++*removed;
            else
                problem = backup_file_wrong(detail, path);
        }
        free(entries[i]);
    }
    free(entries);
    return problem;
}
