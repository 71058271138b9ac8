/* The log that a dead node left beside its database. */
#pragma once

#include "base/fault.h"

struct sqlite3;

/* Before anything is built upon it, by a connection that has the file alone and has read it.
 * Without a log there is nothing to do.
 *
 * All of it is written again and flushed: what its writer could not flush may stand in the kernel's
 * memory and not on the disk, and reads like the rest. FAULT_LOG_DAMAGED, untouched, when it is
 * damaged before its end: SQLite would read as far as the damage, and leave out in silence what was
 * committed behind it. What is torn at its end was never acknowledged. */
enum fault wal_renew(struct sqlite3 *connection);

/* Looks only: FAULT_LOG_DAMAGED as above. */
enum fault wal_check(struct sqlite3 *connection);
