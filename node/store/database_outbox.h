/* The outbox inside store_sqlite: rows that follow each other are one row of the table, under one
 * seal or under a seal each, since they are put together, sent together and receipted together. */
#pragma once

#include "base/fault.h"
#include "store/store.h"

struct database;

/* The serials first to first + count - 1 of a pair. count 0: nothing. */
struct database_outbox_run {
    uint32_t pair;
    int64_t first, count;
    int64_t seal, step; /* of the first; what the seal of the next one is more: 0 or 1 */
    uint32_t code;
    uint64_t since;
};

/* Of the open transaction. */
struct database_outbox {
    struct database_outbox_run put; /* not yet written */
    int64_t behind, before;         /* the table has none of its pair between these two */
    struct database_outbox_run
        cut; /* from the table, shortened since; its row still says `stored` */
    int64_t stored;
};

enum fault database_outbox_flush(struct database *database);
void database_outbox_settle(struct database *database);
