/* The store of the node: SQLite in WAL mode, synchronous=FULL, numbered migrations, rows in the
 * order of arrival. One connection, one thread. */
#pragma once

#include "store/store.h"

/* Opens or makes the database. FAULT_NEWER when a newer version wrote it; FAULT_CORRUPT when it is
 * no database of ours. path `:memory:` for tests. A second process on the same file is refused with
 * FAULT_TAKEN (exclusive lock held while open). */
enum fault store_sqlite_open(const char *path, struct store **out);

/* How large its files are cut: a node has one store that grows for years, a world has thousands
 * that stay small. What is stored, and when it is safe, is the same. */
struct store_sqlite_scale {
    int page_size; /* of a database that is made; one that exists keeps its own */
    int log_pages; /* as soon as the log has so many, it is folded into the file */
};
enum fault store_sqlite_open_scaled(const char *path, const struct store_sqlite_scale *scale,
                                    struct store **out);

/* A consistent copy while the store is in use (SQLite's backup API), between two transactions.
 * FAULT_FILE when the path is taken: no backup is overwritten. */
enum fault store_sqlite_backup(struct store *store, const char *path);
