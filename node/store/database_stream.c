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

/* What is young must be in its table, and in the ladder. */
static enum fault points_flush(struct database *database)
{
    TRY(database_young_flush(database));
    return database->pending_count > 0 ? pending_flush(database) : FAULT_NONE;
}

static struct query runs_open(struct database *database, uint32_t pair, bool ours, uint64_t from,
                              uint64_t to)
{
    struct query query = query_open(database, QUERY_SPAN_RUNS);
    query_put_number(&query, pair);
    query_put_number(&query, ours);
    query_put_minute(&query, from);
    query_put_minute(&query, to);
    return query;
}

/* One row: as many ids as it has, of serials that follow each other. */
struct run {
    uint64_t minute;
    int64_t first;
    const struct digest *ids;
    size_t count;
};

static bool run_next(struct query *query, struct run *run)
{
    if (!query_next(query))
        return false;
    run->minute = (uint64_t)query_number(query);
    run->first = query_number(query);
    struct bytes ids = query_view(query);
    run->ids = (const struct digest *)ids.data;
    run->count = ids.size / DIGEST_SIZE;
    return true;
}

static bool within(const struct span_part *part, const struct span_point *point)
{
    return span_point_compare(&part->from, point) <= 0 && span_point_compare(point, &part->to) < 0;
}

static enum fault sum_points(struct database *database, uint32_t pair, bool ours,
                             const struct span_part *part, struct summary *sum)
{
    if (span_point_compare(&part->from, &part->to) >= 0)
        return FAULT_NONE;
    struct query query = runs_open(database, pair, ours, part->from.minute, part->to.minute);
    for (struct run run; run_next(&query, &run);)
        for (size_t i = 0; i < run.count; i++)
            if (within(part, &(struct span_point) {run.minute, run.ids[i]}))
                summary_add(sum, &run.ids[i]);
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
    TRY(points_flush(database));
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

struct found {
    struct span_point point;
    int64_t serial;
};

static int by_point(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    return span_point_compare(&a->point, &b->point);
}

/* Points of one minute, in the order of arrival until they are sorted. */
struct minute {
    struct found *list;
    size_t count, room;
};

static bool minute_add(struct minute *minute, const struct run *run, const struct span_part *part)
{
    if (minute->room - minute->count < run->count) {
        size_t room = 2 * minute->room + run->count;
        struct found *list = reallocarray(minute->list, room, sizeof *list);
        if (!list)
            return false;
        minute->list = list;
        minute->room = room;
    }
    for (size_t i = 0; i < run->count; i++) {
        struct found found = {{run->minute, run->ids[i]}, run->first + (int64_t)i};
        if (within(part, &found.point))
            minute->list[minute->count++] = found;
    }
    return true;
}

struct listing {
    struct span_point *points;
    int64_t *serials; /* NULL: not wanted */
    size_t max, count;
};

static void minute_list(struct minute *minute, struct listing *listing)
{
    if (minute->count)
        qsort(minute->list, minute->count, sizeof *minute->list, by_point);
    for (size_t i = 0; i < minute->count && listing->count < listing->max; i++) {
        listing->points[listing->count] = minute->list[i].point;
        if (listing->serials)
            listing->serials[listing->count] = minute->list[i].serial;
        listing->count++;
    }
    minute->count = 0;
}

static enum fault points_list(struct database *database, uint32_t pair, bool ours,
                              const struct span_part *part, struct listing *listing)
{
    struct minute minute = {0};
    struct query query = runs_open(database, pair, ours, part->from.minute, part->to.minute);
    bool memory = true;
    for (struct run run; memory && listing->count < listing->max && run_next(&query, &run);) {
        if (minute.count && minute.list[0].point.minute != run.minute)
            minute_list(&minute, listing);
        memory = minute_add(&minute, &run, part);
    }
    minute_list(&minute, listing);
    free(minute.list);
    TRY(query_close(&query));
    return memory ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault span_list(struct store *store, uint32_t pair, bool ours, struct span_point from,
                            struct span_point to, struct span_point *out, int64_t *serials,
                            size_t max, size_t *count)
{
    const struct span_part part = {from, to};
    struct listing listing = {out, serials, max, 0};
    *count = 0;
    if (span_point_compare(&from, &to) >= 0)
        return FAULT_NONE;
    TRY(points_flush(database_of(store)));
    TRY(points_list(database_of(store), pair, ours, &part, &listing));
    *count = listing.count;
    return FAULT_NONE;
}

static enum fault span_find(struct store *store, uint32_t pair, bool ours,
                            const struct span_point *point, int64_t *serial)
{
    struct database *database = database_of(store);
    int64_t found = 0;
    TRY(points_flush(database));
    struct query query = runs_open(database, pair, ours, point->minute, point->minute);
    for (struct run run; !found && run_next(&query, &run);)
        for (size_t i = 0; i < run.count && !found; i++)
            if (digest_equal(&run.ids[i], &point->id))
                found = run.first + (int64_t)i;
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
