/* Reads a container and believes nothing of it that it cannot check. */
#pragma once

#include "backup/backup_manifest.h"

struct backup_unpacked {
    struct backup_manifest manifest;
    struct bytes contents[BACKUP_MANIFEST_PARTS]; /* of the small parts; in the arena */
};

/* Regular files only, in the manifest's order and of its names, sizes and digests, and nothing
 * behind them. The database goes into `database`, or (-1) is only read. No name of the archive is
 * used as a path. */
enum backup_problem backup_unpack_read(int descriptor, int database,
                                       const struct backup_progress *progress, struct arena *arena,
                                       struct backup_unpacked *out, struct backup_detail *detail);

/* The same of a file; `database` is a path, made anew (BACKUP_EXISTS) and flushed, or NULL. What is
 * not whole is removed. */
enum backup_problem backup_unpack_file(const char *file, const char *database,
                                       const struct backup_progress *progress, struct arena *arena,
                                       struct backup_unpacked *out, struct backup_detail *detail);
