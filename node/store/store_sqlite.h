/* The store of the node: SQLite in WAL mode, synchronous=FULL, numbered migrations, rows in the
 * order of arrival. One connection, one thread. */
#pragma once

#include "store/store.h"

/* Opens or makes the database. FAULT_NEWER when a newer version wrote it; FAULT_CORRUPT when it is
 * no database of ours. path `:memory:` for tests. A second process on the same file is refused with
 * FAULT_TAKEN (exclusive lock held while open). */
enum fault store_sqlite_open(const char *path, struct store **out);

/* A consistent copy while the store is in use (SQLite's backup API), between two transactions.
 * FAULT_FILE when the path is taken: no backup is overwritten. */
enum fault store_sqlite_backup(struct store *store, const char *path);
