#include "store/database.h"

#include "stream/ladder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Summaries are kept here while the database is open, changed in memory during a transaction and
 * written once, before its commit. What goes into the ladder's slots is collected and written then
 * too, or earlier when somebody asks for a sum. */

/* ---- summaries ----------------------------------------------------------------------------- */

static bool streams_reserve(struct database *database, size_t needed)
{
    if (needed <= database->stream_room)
        return true;
    size_t room = database->stream_room ? database->stream_room : 16;
    while (room < needed)
        room *= 2;
    struct database_stream *streams =
        reallocarray(database->streams, room, sizeof *database->streams);
    if (!streams)
        return false;
    database->streams = streams;
    uint32_t *dirty = reallocarray(database->dirty, room, sizeof *database->dirty);
    if (!dirty)
        return false;
    database->dirty = dirty;
    memset(streams + database->stream_room, 0,
           (room - database->stream_room) * sizeof *database->streams);
    database->stream_room = room;
    return true;
}

static enum fault stream_load(struct database *database, uint32_t pair, bool ours,
                              struct database_stream **out)
{
    size_t index = 2 * (size_t)pair + ours;
    if (!streams_reserve(database, index + 1))
        return FAULT_MEMORY;
    struct database_stream *stream = &database->streams[index];
    if (!stream->loaded) {
        struct database_stream found = {.loaded = true};
        struct query query = query_open(database, QUERY_STREAM_GET);
        query_put_number(&query, pair);
        query_put_number(&query, ours);
        if (query_next(&query)) {
            found.held.count = (uint64_t)query_number(&query);
            query_exact(&query, found.held.sum, sizeof found.held.sum);
            found.unreceipted = (uint64_t)query_number(&query);
        }
        TRY(query_close(&query));
        *stream = found;
    }
    *out = stream;
    return FAULT_NONE;
}

/* The stream, to be changed. */
static enum fault stream_touch(struct database *database, uint32_t pair, bool ours,
                               struct database_stream **out)
{
    assert(database->open);
    enum fault fault = stream_load(database, pair, ours, out);
    if (fault != FAULT_NONE) {
        database_break(database, fault);
        return fault;
    }
    if (!(*out)->dirty) {
        (*out)->dirty = true;
        database->dirty[database->dirty_count++] = 2 * pair + ours;
    }
    return FAULT_NONE;
}

enum fault database_stream_unreceipted(struct database *database, uint32_t pair, bool ours,
                                       int change)
{
    struct database_stream *stream;
    TRY(stream_touch(database, pair, ours, &stream));
    assert(change >= 0 || stream->unreceipted > 0);
    stream->unreceipted += (uint64_t)(int64_t)change;
    return FAULT_NONE;
}

static enum fault stream_summary(struct store *store, uint32_t pair, bool ours,
                                 struct summary *summary, uint64_t *unreceipted)
{
    struct database_stream *stream;
    TRY(stream_load(database_of(store), pair, ours, &stream));
    *summary = stream->held;
    *unreceipted = stream->unreceipted;
    return FAULT_NONE;
}

static enum fault streams_flush(struct database *database)
{
    for (size_t i = 0; i < database->dirty_count; i++) {
        const struct database_stream *stream = &database->streams[database->dirty[i]];
        struct query query = query_open(database, QUERY_STREAM_PUT);
        query_put_number(&query, database->dirty[i] / 2);
        query_put_number(&query, database->dirty[i] % 2);
        query_put_number(&query, (int64_t)stream->held.count);
        query_put_digest(&query, stream->held.sum, sizeof stream->held.sum);
        query_put_number(&query, (int64_t)stream->unreceipted);
        TRY(query_run(&query));
    }
    return FAULT_NONE;
}

void database_stream_settle(struct database *database, bool committed)
{
    for (size_t i = 0; i < database->dirty_count; i++) {
        struct database_stream *stream = &database->streams[database->dirty[i]];
        stream->dirty = false;
        stream->loaded = committed;
    }
    database->dirty_count = 0;
    database->pending_count = 0;
}

/* ---- the ladder ---------------------------------------------------------------------------- */

static enum fault bucket_add(struct database *database, uint32_t rung,
                             const struct database_pending *pending)
{
    struct summary bucket = {0};
    struct query query = query_open(database, QUERY_BUCKET_GET);
    query_put_number(&query, pending->pair);
    query_put_number(&query, pending->ours);
    query_put_number(&query, rung);
    query_put_number(&query, (int64_t)pending->slot);
    if (query_next(&query)) {
        bucket.count = (uint64_t)query_number(&query);
        query_exact(&query, bucket.sum, sizeof bucket.sum);
    }
    TRY(query_close(&query));
    summary_merge(&bucket, &pending->added);
    query = query_open(database, QUERY_BUCKET_PUT);
    query_put_number(&query, pending->pair);
    query_put_number(&query, pending->ours);
    query_put_number(&query, rung);
    query_put_number(&query, (int64_t)pending->slot);
    query_put_number(&query, (int64_t)bucket.count);
    query_put_digest(&query, bucket.sum, sizeof bucket.sum);
    return query_run(&query);
}

/* Finds the slot among the pending ones, or adds it. Looks at the newest first. */
static void pending_add(struct database *database, const struct database_pending *added)
{
    for (size_t i = database->pending_count; i-- > 0;) {
        struct database_pending *pending = &database->pending[i];
        if (pending->slot == added->slot && pending->pair == added->pair &&
            pending->ours == added->ours) {
            summary_merge(&pending->added, &added->added);
            return;
        }
    }
    assert(database->pending_count < DATABASE_PENDING_MAX);
    database->pending[database->pending_count++] = *added;
}

/* The next rung's slots, of what this rung's slots got. */
static void pending_climb(struct database *database)
{
    size_t count = database->pending_count;
    database->pending_count = 0;
    /* No slot is written over before it is read: each becomes at most one. */
    for (size_t i = 0; i < count; i++) {
        struct database_pending pending = database->pending[i];
        pending.slot = ladder_slot(1, pending.slot);
        pending_add(database, &pending);
    }
}

static enum fault pending_flush(struct database *database)
{
    for (uint32_t rung = 0; rung < LADDER_RUNGS; rung++) {
        for (size_t i = 0; i < database->pending_count; i++)
            TRY(bucket_add(database, rung, &database->pending[i]));
        pending_climb(database);
    }
    database->pending_count = 0;
    return FAULT_NONE;
}

enum fault database_stream_add(struct database *database, const struct store_record *record)
{
    bool ours = record->flags & STORE_OURS;
    struct database_stream *stream;
    TRY(stream_touch(database, record->place.pair, ours, &stream));
    struct database_pending added = {record->place.pair, ours, record->issued_at, {0}};
    summary_add(&added.added, &record->id);
    summary_merge(&stream->held, &added.added);
    stream->unreceipted += !ours;
    if (database->pending_count == DATABASE_PENDING_MAX)
        TRY(pending_flush(database));
    pending_add(database, &added);
    return FAULT_NONE;
}

enum fault database_stream_flush(struct database *database)
{
    TRY(streams_flush(database));
    return pending_flush(database);
}

/* ---- spans --------------------------------------------------------------------------------- */

static void put_part(struct query *query, uint32_t pair, bool ours, const struct span_part *part)
{
    query_put_number(query, pair);
    query_put_number(query, ours);
    query_put_minute(query, part->from.minute);
    query_put_digest(query, part->from.id.bytes, DIGEST_SIZE);
    query_put_minute(query, part->to.minute);
    query_put_digest(query, part->to.id.bytes, DIGEST_SIZE);
}

static enum fault sum_points(struct database *database, uint32_t pair, bool ours,
                             const struct span_part *part, struct summary *sum)
{
    if (span_point_compare(&part->from, &part->to) >= 0)
        return FAULT_NONE;
    struct query query = query_open(database, QUERY_SPAN_IDS);
    put_part(&query, pair, ours, part);
    while (query_next(&query)) {
        struct digest id = {0};
        query_exact(&query, id.bytes, DIGEST_SIZE);
        summary_add(sum, &id);
    }
    return query_close(&query);
}

static enum fault sum_run(struct database *database, uint32_t pair, bool ours,
                          const struct ladder_run *run, struct summary *sum)
{
    struct query query = query_open(database, QUERY_BUCKET_RUN);
    query_put_number(&query, pair);
    query_put_number(&query, ours);
    query_put_number(&query, run->rung);
    query_put_minute(&query, run->first);
    query_put_minute(&query, run->end);
    while (query_next(&query)) {
        struct summary bucket = {.count = (uint64_t)query_number(&query)};
        query_exact(&query, bucket.sum, sizeof bucket.sum);
        summary_merge(sum, &bucket);
    }
    return query_close(&query);
}

static enum fault span_sum(struct store *store, uint32_t pair, bool ours, struct span_point from,
                           struct span_point to, struct summary *out)
{
    struct database *database = database_of(store);
    if (database->pending_count > 0)
        TRY(pending_flush(database));
    struct summary sum = {0};
    struct span_cut cut = span_cut(from, to);
    TRY(sum_points(database, pair, ours, &cut.head, &sum));
    struct ladder_run runs[LADDER_RUNS_MAX];
    size_t count = ladder_runs(cut.first_minute, cut.end_minute, runs);
    for (size_t i = 0; i < count; i++)
        TRY(sum_run(database, pair, ours, &runs[i], &sum));
    TRY(sum_points(database, pair, ours, &cut.tail, &sum));
    *out = sum;
    return FAULT_NONE;
}

static enum fault span_list(struct store *store, uint32_t pair, bool ours, struct span_point from,
                            struct span_point to, struct span_point *out, int64_t *serials,
                            size_t max, size_t *count)
{
    *count = 0;
    if (span_point_compare(&from, &to) >= 0)
        return FAULT_NONE;
    struct query query = query_open(database_of(store), QUERY_SPAN_LIST);
    put_part(&query, pair, ours, &(struct span_part) {from, to});
    query_put_limit(&query, max);
    size_t found = 0;
    while (query_next(&query)) {
        assert(found < max);
        out[found].minute = (uint64_t)query_number(&query);
        query_exact(&query, out[found].id.bytes, DIGEST_SIZE);
        if (serials)
            serials[found] = query_number(&query);
        found++;
    }
    TRY(query_close(&query));
    *count = found;
    return FAULT_NONE;
}

static enum fault span_find(struct store *store, uint32_t pair, bool ours,
                            const struct span_point *point, int64_t *serial)
{
    struct query query = query_open(database_of(store), QUERY_SPAN_FIND);
    query_put_number(&query, pair);
    query_put_number(&query, ours);
    query_put_minute(&query, point->minute);
    query_put_digest(&query, point->id.bytes, DIGEST_SIZE);
    int64_t found = query_next(&query) ? query_number(&query) : 0;
    TRY(query_close(&query));
    *serial = found;
    return FAULT_NONE;
}

void database_stream_calls(struct store *store)
{
    store->summary = stream_summary;
    store->span_sum = span_sum;
    store->span_list = span_list;
    store->span_find = span_find;
}
