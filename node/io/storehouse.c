#include "io/storehouse.h"

#include "admin/application.h"
#include "store/migrate.h"
#include "store/store_sqlite.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct storehouse_obstacle storehouse_obstacle(const char *database)
{
    static const struct storehouse_obstacle absent = {"its folder is not there",
                                                      "make it, or mount the disk that it is on"};
    static const struct storehouse_obstacle read_only = {
        "its disk is mounted read-only",
        "see the system's log why, and have the disk checked; then mount it writable"};
    static const struct storehouse_obstacle forbidden = {
        "this user may not write there", "chown the folder and all files in it to the node's user"};
    char folder[PATH_MAX];
    struct statvfs disk;
    const char *slash = strrchr(database, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - database) + 1 : 1,
             slash ? database : ".");
    if (statvfs(folder, &disk) != 0)
        return errno == ENOENT || errno == ENOTDIR ? absent : forbidden;
    if (disk.f_flag & ST_RDONLY)
        return read_only;
    bool there = access(database, F_OK) == 0;
    if (access(folder, W_OK | X_OK) != 0 || (there && access(database, R_OK | W_OK) != 0))
        return forbidden;
    return (struct storehouse_obstacle) {0};
}

/* A downgrade: what the older program can read was put aside when the newer one came. */
static enum fault advise(const char *database, struct reason *reason)
{
    char copy[PATH_MAX];
    const struct fault_text *text = fault_text(FAULT_NEWER);
    migrate_find_copy(database, copy, sizeof copy);
    if (!copy[0])
        return reason_give(reason, FAULT_NEWER, "database: %s: %s; %s", database, text->sentence,
                           text->remedy);
    return reason_give(reason, FAULT_NEWER,
                       "database: %s: %s; install that version again, or go back to what it was "
                       "before the upgrade (partners give back what came since): mv %s %s.newer && "
                       "cp -p %s %s",
                       database, text->sentence, database, database, copy, database);
}

/* With all that an earlier version had no row for. */
static enum fault open_followed(const char *database, struct store **out)
{
    TRY(store_sqlite_open(database, out));
    enum fault fault = application_follow(*out);
    if (fault) {
        (*out)->close(*out);
        *out = NULL;
    }
    return fault;
}

enum fault storehouse_open(const char *database, struct store **out, struct reason *reason)
{
    enum fault fault = open_followed(database, out);
    if (!fault)
        return FAULT_NONE;
    if (fault == FAULT_NEWER)
        return advise(database, reason);
    const struct fault_text *text = fault_text(fault);
    struct storehouse_obstacle obstacle = storehouse_obstacle(database);
    bool explained = fault == FAULT_STORAGE && obstacle.sentence;
    return reason_give(reason, fault, "database: %s: %s; %s", database,
                       explained ? obstacle.sentence : text->sentence,
                       explained ? obstacle.remedy : text->remedy);
}
