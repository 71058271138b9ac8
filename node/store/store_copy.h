/* A consistent copy of a database, made in pieces: between two pieces the store goes on, and what
 * it commits meanwhile is in the copy too.
 *
 * The copy is one plain file without a log beside it, mode 0600. It is whole when a piece has said
 * so; whoever wants it to outlive a loss of power flushes it then. */
#pragma once

#include "store/store.h"

struct sqlite3;
struct store_copy;

/* FAULT_FILE when `path` is taken: no copy is overwritten. FAULT_DISK_FULL when there is less room
 * than it needs. */
enum fault store_copy_open(struct store *store, const char *path, struct store_copy **out);
/* Of a database that no process has open (else FAULT_TAKEN), whatever its version. */
enum fault store_copy_open_file(const char *source, const char *path, struct store_copy **out);
/* Of a connection that stays the caller's; for the store itself. */
enum fault store_copy_open_connection(struct sqlite3 *source, const char *path,
                                      struct store_copy **out);

/* Copies at most so many pages, in no transaction; *done: the copy is whole. After a fault it can
 * only be closed. */
enum fault store_copy_step(struct store_copy *copy, int pages, bool *done);
/* How far it is, in pages. */
void store_copy_progress(const struct store_copy *copy, uint64_t *done, uint64_t *total);
/* A copy that is not whole is removed. Before the store's own close. */
void store_copy_close(struct store_copy *copy);

/* All of it at once. */
enum fault store_copy_whole(struct sqlite3 *source, const char *path);
