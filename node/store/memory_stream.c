#include "store/memory.h"

#include "stream/ladder.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* Below it no sums are kept: a slot of an hour seldom holds more points than a sum would cost. */
enum { LOWEST_RUNG = 2 };

struct stream_row {
    struct summary held;
    uint64_t unreceipted;
};

static struct memory_key key_of_point(uint32_t pair, bool ours, const struct span_point *point)
{
    struct memory_key key = memory_key_of_pair(pair, ours);
    memory_key_number(&key, point->minute, 8);
    memory_key_bytes(&key, point->id.bytes, DIGEST_SIZE);
    return key;
}

static struct memory_key key_of_bucket(uint32_t pair, bool ours, uint32_t rung, uint64_t slot)
{
    struct memory_key key = memory_key_of_pair(pair, ours);
    memory_key_number(&key, rung, 1);
    memory_key_number(&key, slot, 8);
    return key;
}

/* The number at a place of a key. */
static uint64_t key_read(struct bytes key, size_t at, size_t size)
{
    assert(at + size <= key.size);
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++)
        number = number << 8 | key.data[at + i];
    return number;
}

/* More in the summary of a stream, and in how many lack a receipt. */
static enum fault stream_change(struct store *store, uint32_t pair, bool ours,
                                const struct summary *more, int unreceipted)
{
    struct stream_row stream;
    uint8_t *value;
    TRY(memory_edit(store, MEMORY_STREAM, memory_key_of_pair(pair, ours), sizeof stream, &value));
    memcpy(&stream, value, sizeof stream);
    summary_merge(&stream.held, more);
    assert(unreceipted >= 0 || stream.unreceipted > 0);
    stream.unreceipted += (uint64_t)(int64_t)unreceipted;
    memcpy(value, &stream, sizeof stream);
    return FAULT_NONE;
}

enum fault memory_stream_unreceipted(struct store *store, uint32_t pair, bool ours, int change)
{
    return stream_change(store, pair, ours, &(struct summary) {0}, change);
}

/* One more id in the stream's summary and in its bucket on each rung that is kept. */
enum fault memory_stream_add(struct store *store, const struct store_record *record)
{
    uint32_t pair = record->place.pair;
    bool ours = record->flags & STORE_OURS;
    struct span_point point = {record->issued_at, record->id};
    struct memory_key span = key_of_point(pair, ours, &point);
    memory_key_number(&span, (uint64_t)record->serial, 8);
    TRY(memory_put_plain(store, MEMORY_SPAN, span, NULL, 0));
    struct summary one = {0};
    summary_add(&one, &record->id);
    for (uint32_t rung = LOWEST_RUNG; rung < LADDER_RUNGS; rung++) {
        struct memory_key key = key_of_bucket(pair, ours, rung, ladder_slot(rung, point.minute));
        struct summary bucket;
        uint8_t *value;
        TRY(memory_edit(store, MEMORY_BUCKET, key, sizeof bucket, &value));
        memcpy(&bucket, value, sizeof bucket);
        summary_merge(&bucket, &one);
        memcpy(value, &bucket, sizeof bucket);
    }
    return stream_change(store, pair, ours, &one, !ours);
}

static enum fault stream_summary(struct store *store, uint32_t pair, bool ours,
                                 struct summary *summary, uint64_t *unreceipted)
{
    struct stream_row stream = {0};
    memory_view_plain(store, MEMORY_STREAM, memory_key_of_pair(pair, ours), &stream, sizeof stream);
    *summary = stream.held;
    *unreceipted = stream.unreceipted;
    return FAULT_NONE;
}

/* The points of a part of a stream, one after the other. */
struct walk {
    struct memory_key from, to;
    struct bytes at;
    struct span_point point;
    int64_t serial;
};

static struct walk walk_begin(uint32_t pair, bool ours, const struct span_part *part)
{
    return (struct walk) {
        .from = key_of_point(pair, ours, &part->from),
        .to = key_of_point(pair, ours, &part->to),
    };
}

static bool walk_next(struct store *store, struct walk *walk)
{
    struct row row;
    struct bytes key = walk->at.size ? walk->at : memory_key_view(&walk->from);
    if (!rows_after(memory_of(store)->rows, MEMORY_SPAN, key, &row) ||
        bytes_compare(row.key, memory_key_view(&walk->to)) >= 0)
        return false;
    walk->at = row.key;
    walk->point.minute = key_read(row.key, 5, 8);
    memcpy(walk->point.id.bytes, row.key.data + 13, DIGEST_SIZE);
    walk->serial = (int64_t)key_read(row.key, 13 + DIGEST_SIZE, 8);
    return true;
}

static void sum_points(struct store *store, uint32_t pair, bool ours, const struct span_part *part,
                       struct summary *sum)
{
    struct walk walk = walk_begin(pair, ours, part);
    while (walk_next(store, &walk))
        summary_add(sum, &walk.point.id);
}

static void sum_buckets(struct store *store, const struct memory_key *from,
                        const struct memory_key *to, struct summary *sum)
{
    struct rows *rows = memory_of(store)->rows;
    struct row row;
    bool found = rows_from(rows, MEMORY_BUCKET, memory_key_view(from), &row);
    while (found && bytes_compare(row.key, memory_key_view(to)) < 0) {
        struct summary bucket;
        memcpy(&bucket, row.value.data, sizeof bucket);
        summary_merge(sum, &bucket);
        found = rows_after(rows, MEMORY_BUCKET, row.key, &row);
    }
}

/* A run of slots: of their sums, or of the points in them. */
static void sum_run(struct store *store, uint32_t pair, bool ours, const struct ladder_run *run,
                    struct summary *sum)
{
    if (run->rung < LOWEST_RUNG) {
        const struct span_part part = {
            .from = {.minute = run->first << (LADDER_BITS * run->rung)},
            .to = {.minute = run->end << (LADDER_BITS * run->rung)},
        };
        sum_points(store, pair, ours, &part, sum);
        return;
    }
    struct memory_key first = key_of_bucket(pair, ours, run->rung, run->first);
    struct memory_key end = key_of_bucket(pair, ours, run->rung, run->end);
    sum_buckets(store, &first, &end, sum);
}

static enum fault span_sum(struct store *store, uint32_t pair, bool ours, struct span_point from,
                           struct span_point to, struct summary *out)
{
    struct summary sum = {0};
    struct span_cut cut = span_cut(from, to);
    struct ladder_run runs[LADDER_RUNS_MAX];
    size_t count = ladder_runs(cut.first_minute, cut.end_minute, runs);
    for (size_t i = 0; i < count; i++)
        sum_run(store, pair, ours, &runs[i], &sum);
    sum_points(store, pair, ours, &cut.head, &sum);
    sum_points(store, pair, ours, &cut.tail, &sum);
    *out = sum;
    return FAULT_NONE;
}

static enum fault span_list(struct store *store, uint32_t pair, bool ours, struct span_point from,
                            struct span_point to, struct span_point *out, int64_t *serials,
                            size_t max, size_t *count)
{
    const struct span_part part = {from, to};
    struct walk walk = walk_begin(pair, ours, &part);
    size_t found = 0;
    while (found < max && walk_next(store, &walk)) {
        out[found] = walk.point;
        if (serials)
            serials[found] = walk.serial;
        found++;
    }
    *count = found;
    return FAULT_NONE;
}

static enum fault span_find(struct store *store, uint32_t pair, bool ours,
                            const struct span_point *point, int64_t *serial)
{
    struct walk walk = {.from = key_of_point(pair, ours, point)};
    walk.to = walk.from;
    memory_key_number(&walk.to, UINT64_MAX, 8);
    *serial = walk_next(store, &walk) ? walk.serial : 0;
    return FAULT_NONE;
}

void memory_stream_calls(struct store *store)
{
    store->summary = stream_summary;
    store->span_sum = span_sum;
    store->span_list = span_list;
    store->span_find = span_find;
}
