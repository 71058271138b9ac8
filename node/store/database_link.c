#include "store/database_link.h"

#include "store/database.h"

#include <assert.h>

static bool covers(const struct database_link_run *run, int64_t serial)
{
    return serial >= run->first && serial - run->first < run->count;
}

static struct store_receipt_link link_at(const struct database_link_run *run, int64_t serial)
{
    struct store_receipt_link link = run->link;
    if (link.receipt)
        link.index += (uint32_t)(serial - run->first);
    return link;
}

/* What was known to lack a receipt gets one: from its front, as they come. */
static void alike_take(struct database_link_run *alike, int64_t serial)
{
    if (!covers(alike, serial))
        return;
    assert(!alike->link.receipt); /* one receipt for each record */
    alike->count -= serial - alike->first + 1;
    alike->first = serial + 1;
}

enum fault database_link_put(struct database *database, int64_t serial,
                             struct store_receipt_link link)
{
    struct database_link_run *put = &database->links.put;
    assert(database->open);
    TRY(database->broken);
    alike_take(&database->links.alike, serial);
    if (put->count && serial == put->first + put->count && link.receipt == put->link.receipt &&
        link.index == put->link.index + (uint64_t)put->count) {
        put->count++;
        return FAULT_NONE;
    }
    TRY(database_link_flush(database));
    *put = (struct database_link_run) {serial, 1, link};
    return FAULT_NONE;
}

/* The run that begins at or before the serial, or the gap behind it. */
static enum fault look(struct database *database, int64_t serial, struct database_link_run *out)
{
    struct database_link_run run = {0};
    int64_t next = INT64_MAX;
    struct query query = query_open(database, QUERY_LINK_AT);
    query_put_number(&query, serial);
    if (query_next(&query)) {
        run.first = query_number(&query);
        run.count = query_number(&query);
        run.link.receipt = query_number(&query);
        run.link.index = (uint32_t)query_number(&query);
    }
    TRY(query_close(&query));
    if (!covers(&run, serial)) {
        query = query_open(database, QUERY_LINK_AFTER);
        query_put_number(&query, serial);
        if (query_next(&query))
            next = query_number(&query);
        TRY(query_close(&query));
        run.first += run.count;
        run.count = next - run.first;
        run.link = (struct store_receipt_link) {0};
    }
    *out = run;
    return FAULT_NONE;
}

enum fault database_link_find(struct database *database, int64_t serial,
                              struct store_receipt_link *link)
{
    struct database_links *links = &database->links;
    if (covers(&links->put, serial)) {
        *link = link_at(&links->put, serial);
        return FAULT_NONE;
    }
    if (!covers(&links->alike, serial)) {
        TRY(database_link_flush(database));
        TRY(look(database, serial, &links->alike));
    }
    *link = link_at(&links->alike, serial);
    return FAULT_NONE;
}

enum fault database_link_flush(struct database *database)
{
    struct database_link_run put = database->links.put;
    if (!put.count)
        return FAULT_NONE;
    database->links.put = (struct database_link_run) {0};
    struct query query = query_open(database, QUERY_LINK_PUT);
    query_put_number(&query, put.first);
    query_put_number(&query, put.count);
    query_put_number(&query, put.link.receipt);
    query_put_number(&query, put.link.index);
    return query_run(&query);
}

void database_link_settle(struct database *database)
{
    database->links = (struct database_links) {0};
}
