#include "store/database_outbox.h"

#include "store/database.h"

#include <assert.h>

static bool covers(const struct database_outbox_run *run, uint32_t pair, int64_t serial)
{
    return run->count && run->pair == pair && serial >= run->first &&
           serial - run->first < run->count;
}

static int64_t seal_at(const struct database_outbox_run *run, int64_t serial)
{
    return run->seal + run->step * (serial - run->first);
}

/* ---- rows of the table --------------------------------------------------------------------- */

static enum fault run_put(struct database *database, const struct database_outbox_run *run)
{
    if (!run->count)
        return FAULT_NONE;
    struct query query = query_open(database, QUERY_OUTBOX_PUT);
    query_put_number(&query, run->pair);
    query_put_number(&query, run->first);
    query_put_number(&query, run->count);
    query_put_number(&query, run->seal);
    query_put_number(&query, run->step);
    query_put_number(&query, run->code);
    query_put_number(&query, (int64_t)run->since);
    return query_run(&query);
}

static enum fault run_remove(struct database *database, uint32_t pair, int64_t first)
{
    struct query query = query_open(database, QUERY_OUTBOX_REMOVE);
    query_put_number(&query, pair);
    query_put_number(&query, first);
    return query_run(&query);
}

static void run_read(struct query *query, struct database_outbox_run *run)
{
    run->first = query_number(query);
    run->count = query_number(query);
    run->seal = query_number(query);
    run->step = query_number(query);
    run->code = (uint32_t)query_number(query);
    run->since = (uint64_t)query_number(query);
}

/* The run in the table that holds the serial; count 0: none does. */
static enum fault run_at(struct database *database, uint32_t pair, int64_t serial,
                         struct database_outbox_run *out)
{
    struct database_outbox_run run = {.pair = pair};
    struct query query = query_open(database, QUERY_OUTBOX_AT);
    query_put_number(&query, pair);
    query_put_number(&query, serial);
    if (query_next(&query))
        run_read(&query, &run);
    TRY(query_close(&query));
    *out = covers(&run, pair, serial) ? run : (struct database_outbox_run) {0};
    return FAULT_NONE;
}

static enum fault cut_flush(struct database *database)
{
    struct database_outbox *outbox = &database->outbox;
    struct database_outbox_run cut = outbox->cut;
    int64_t stored = outbox->stored;
    outbox->cut = (struct database_outbox_run) {0};
    outbox->stored = 0;
    if (!stored)
        return FAULT_NONE;
    TRY(run_remove(database, cut.pair, stored));
    return run_put(database, &cut);
}

enum fault database_outbox_flush(struct database *database)
{
    struct database_outbox_run put = database->outbox.put;
    database->outbox.put = (struct database_outbox_run) {0};
    TRY(run_put(database, &put));
    return cut_flush(database);
}

void database_outbox_settle(struct database *database)
{
    database->outbox = (struct database_outbox) {0};
}

/* ---- the calls ----------------------------------------------------------------------------- */

/* Takes one serial out of its run, wherever it stands in it; *found: it was there. */
static enum fault take_out(struct database *database, uint32_t pair, int64_t serial,
                           struct database_outbox_run *found)
{
    struct database_outbox *outbox = &database->outbox;
    if (!outbox->stored || !covers(&outbox->cut, pair, serial)) {
        TRY(database_outbox_flush(database));
        TRY(run_at(database, pair, serial, &outbox->cut));
        outbox->stored = outbox->cut.first;
    }
    struct database_outbox_run *cut = &outbox->cut, before = *cut;
    *found = (struct database_outbox_run) {0};
    if (!before.count)
        return FAULT_NONE;
    *found = before;
    found->seal = seal_at(&before, serial);
    found->first = serial;
    found->count = 1;
    /* What stands in front of it becomes a row of its own: rare, for receipts come in order. */
    struct database_outbox_run front = before;
    front.count = serial - before.first;
    cut->first = serial + 1;
    cut->seal = seal_at(&before, serial + 1);
    cut->count = before.count - front.count - 1;
    if (!front.count)
        return FAULT_NONE;
    TRY(cut_flush(database));
    return run_put(database, &front);
}

static bool extends(const struct database_outbox *outbox, uint32_t pair,
                    const struct store_outbox_row *row)
{
    const struct database_outbox_run *run = &outbox->put;
    return run->count && row->serial < outbox->before && run->pair == pair &&
           row->serial == run->first + run->count && row->code == run->code &&
           row->since == run->since &&
           (row->seal == seal_at(run, row->serial) ||
            (run->count == 1 && row->seal == run->seal + 1));
}

/* The nearest rows of the pair around a serial that is in none of them. */
static enum fault gap_look(struct database *database, uint32_t pair, int64_t serial)
{
    struct database_outbox_run previous = {0};
    int64_t next = INT64_MAX;
    struct query query = query_open(database, QUERY_OUTBOX_AT);
    query_put_number(&query, pair);
    query_put_number(&query, serial);
    if (query_next(&query))
        run_read(&query, &previous);
    TRY(query_close(&query));
    query = query_open(database, QUERY_OUTBOX_AFTER);
    query_put_number(&query, pair);
    query_put_number(&query, serial);
    if (query_next(&query))
        next = query_number(&query);
    TRY(query_close(&query));
    database->outbox.behind = previous.first + previous.count - 1;
    database->outbox.before = next;
    return FAULT_NONE;
}

static enum fault outbox_put(struct store *store, uint32_t pair, const struct store_outbox_row *row)
{
    struct database *database = database_of(store);
    struct database_outbox_run *put = &database->outbox.put;
    struct database_outbox_run before = {0};
    TRY(database->broken);
    if (extends(&database->outbox, pair, row)) {
        put->step = put->count == 1 ? row->seal - put->seal : put->step;
        put->count++;
        return database_stream_unreceipted(database, pair, true, 1);
    }
    TRY(take_out(database, pair, row->serial, &before));
    TRY(database_outbox_flush(database));
    TRY(gap_look(database, pair, row->serial));
    *put = (struct database_outbox_run) {
        .pair = pair,
        .first = row->serial,
        .count = 1,
        .seal = row->seal,
        .code = row->code,
        .since = row->since,
    };
    return before.count ? FAULT_NONE : database_stream_unreceipted(database, pair, true, 1);
}

/* Runs as the rows that the port speaks of. */
static enum fault rows_make(const struct database_outbox_run *runs, size_t run_count, int64_t after,
                            size_t max, struct arena *arena, struct store_outbox_row **rows,
                            size_t *count)
{
    size_t wanted = 0, made = 0;
    for (size_t i = 0; i < run_count; i++)
        wanted += (size_t)runs[i].count;
    wanted = wanted < max ? wanted : max;
    struct store_outbox_row *list = arena_take_array(arena, wanted + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < run_count; i++) {
        const struct database_outbox_run *run = &runs[i];
        int64_t skip = after >= run->first ? after - run->first + 1 : 0;
        for (int64_t j = skip; j < run->count && made < wanted; j++)
            list[made++] = (struct store_outbox_row) {run->first + j, seal_at(run, run->first + j),
                                                      run->code, run->since};
    }
    *rows = list;
    *count = made;
    return FAULT_NONE;
}

/* What is asked for is what this transaction has just put, and is written at its end. */
static bool is_all_put(const struct database_outbox *outbox, uint32_t pair, int64_t after,
                       bool stuck)
{
    const struct database_outbox_run *put = &outbox->put;
    return put->count && put->pair == pair && after >= outbox->behind &&
           outbox->before == INT64_MAX && (stuck || !put->code);
}

static void run_read_row(struct query *query, struct arena *, void *out)
{
    run_read(query, out);
}

static enum fault outbox_next(struct store *store, uint32_t pair, int64_t after, bool stuck,
                              size_t max, struct arena *arena, struct store_outbox_row **rows,
                              size_t *count)
{
    const struct query_reader reader = {sizeof(struct database_outbox_run), run_read_row};
    struct database *database = database_of(store);
    struct database_outbox_run *runs;
    size_t run_count;
    if (is_all_put(&database->outbox, pair, after, stuck))
        return rows_make(&database->outbox.put, 1, after, max, arena, rows, count);
    TRY(database_outbox_flush(database));
    struct query query = query_open(database, QUERY_OUTBOX_NEXT);
    query_put_number(&query, pair);
    query_put_number(&query, after);
    query_put_number(&query, stuck);
    query_put_limit(&query, max);
    TRY(query_list(&query, reader, arena, &runs, &run_count));
    return rows_make(runs, run_count, after, max, arena, rows, count);
}

static enum fault outbox_remove(struct store *store, uint32_t pair, int64_t serial)
{
    struct database *database = database_of(store);
    struct database_outbox_run before;
    TRY(database->broken);
    TRY(take_out(database, pair, serial, &before));
    return before.count ? database_stream_unreceipted(database, pair, true, -1) : FAULT_NONE;
}

static enum fault outbox_code(struct store *store, uint32_t pair, int64_t serial, uint32_t code)
{
    struct database *database = database_of(store);
    struct database_outbox_run row;
    TRY(database->broken);
    TRY(take_out(database, pair, serial, &row));
    TRY(database_outbox_flush(database));
    row.pair = pair;
    row.code = code;
    return run_put(database, &row);
}

void database_outbox_calls(struct store *store)
{
    store->outbox_put = outbox_put;
    store->outbox_next = outbox_next;
    store->outbox_remove = outbox_remove;
    store->outbox_code = outbox_code;
}
