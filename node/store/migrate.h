/* Brings a database to the newest version of its tables, once it is known whose it is. */
#pragma once

#include "base/fault.h"

#include <stddef.h>

struct sqlite3;

/* An empty file is filled; an older database is copied aside as `PATH.before-N` first (N: the
 * version it becomes), which is only ever removed by hand, and then changed in one transaction: a
 * crash leaves the old one or the new one. FAULT_DISK_FULL, untouched, when there is no room for
 * the copy. FAULT_NEWER when a newer version wrote it; FAULT_CORRUPT when it is not ours. */
enum fault migrate_run(struct sqlite3 *connection, const char *path);

/* After FAULT_NEWER: the copy beside `path` that this program can read, the newest of them; empty
 * when there is none. */
void migrate_find_copy(const char *path, char *out, size_t size);
