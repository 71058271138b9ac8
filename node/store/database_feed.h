/* The feed inside store_sqlite: what one transaction tells is one row, or a few. */
#pragma once

#include "base/fault.h"
#include "store/store.h"

struct database;

enum { DATABASE_FEED_RUN = 256 };

/* Of the open transaction, not yet written. */
struct database_feed {
    struct store_event events[DATABASE_FEED_RUN];
    size_t count;
    int64_t next; /* the next cursor; 0: to be asked for */
};

enum fault database_feed_flush(struct database *database);
void database_feed_settle(struct database *database, bool committed);
