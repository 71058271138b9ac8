#include "store/footing.h"

#include <sqlite3.h>
#include <stddef.h>
#include <sys/stat.h>

void footing_note(struct sqlite3 *connection, struct footing *footing)
{
    const char *name = sqlite3_db_filename(connection, "main");
    const char *paths[FOOTING_FILES] = {name, name && *name ? sqlite3_filename_wal(name) : NULL};
    *footing = (struct footing) {0};
    for (int i = 0; i < FOOTING_FILES; i++) {
        struct stat found;
        if (!paths[i] || stat(paths[i], &found) != 0)
            continue;
        footing->files[i].path = paths[i];
        footing->files[i].device = found.st_dev;
        footing->files[i].number = found.st_ino;
    }
}

bool footing_holds(const struct footing *footing)
{
    for (int i = 0; i < FOOTING_FILES; i++) {
        struct stat found;
        if (footing->files[i].path &&
            (stat(footing->files[i].path, &found) != 0 ||
             found.st_ino != footing->files[i].number || found.st_dev != footing->files[i].device))
            return false;
    }
    return true;
}
