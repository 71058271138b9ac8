/* Which receipt a record has. Receipts cover what arrived together, so that one row serves a run of
 * serials; what was looked up last is remembered as a stretch of serials that are alike. */
#pragma once

#include "base/fault.h"
#include "store/store.h"

struct database;

/* The serials first to first + count - 1 have the receipt's leaves index, index + 1 and so on. */
struct database_link_run {
    int64_t first, count;
    struct store_receipt_link link;
};

struct database_links {
    struct database_link_run put;   /* not yet written; count 0: none */
    struct database_link_run alike; /* what the table says of these; receipt 0: none has one */
};

enum fault database_link_put(struct database *database, int64_t serial,
                             struct store_receipt_link link);
/* Receipt 0: it has none. */
enum fault database_link_find(struct database *database, int64_t serial,
                              struct store_receipt_link *link);
enum fault database_link_flush(struct database *database);
void database_link_settle(struct database *database);
