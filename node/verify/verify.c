#include "verify/verify.h"

#include "verify/verify_source.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct work {
    const struct verify_order *order;
    struct verify_report *report;
    uint64_t done, size;
};

static void count(void *self, const struct verify_pool_result *result)
{
    struct verify_report *report = ((struct work *)self)->report;
    report->total++;
    report->verdicts[result->verdict]++;
    report->files += result->number == 1;
    if (result->verdict && report->bad_count < VERIFY_BAD_MAX)
        report->bad[report->bad_count++] = *result;
    report->receipted += !result->verdict && result->has_receipt;
    report->with_body += !result->verdict && result->has_body;
}

static bool go_on(void *self, uint64_t bytes)
{
    struct work *work = self;
    const struct verify_order *order = work->order;
    work->done += bytes;
    uint64_t total = work->size > work->done ? work->size : work->done;
    bool on = !order->progress || order->progress(order->self, work->done, total);
    work->report->stopped = !on;
    return on;
}

static enum fault read_all(const struct verify_order *order, struct verify_source *source,
                           struct verify_report *report)
{
    for (size_t i = 0; i < order->path_count && !report->stopped; i++) {
        enum fault fault = verify_source_read(source, order->paths[i], &report->path);
        report->problem = errno;
        if (fault)
            return fault;
    }
    return FAULT_NONE;
}

/* The names in the report live in the source, and go with it. */
static enum fault keep_names(struct verify_report *report, struct arena *arena)
{
    for (size_t i = 0; i < report->bad_count; i++)
        if (!(report->bad[i].file = arena_text(arena, bytes_text(report->bad[i].file))))
            return FAULT_MEMORY;
    if (report->path && !(report->path = arena_text(arena, bytes_text(report->path))))
        return FAULT_MEMORY;
    return FAULT_NONE;
}

static enum fault run(const struct verify_order *order, struct verify_pool *pool, struct work *work,
                      struct arena *arena)
{
    struct verify_report *report = work->report;
    struct verify_source *source =
        verify_source_open(&(struct verify_source_settings) {pool, work, go_on});
    if (!source)
        return FAULT_MEMORY;
    enum fault fault = read_all(order, source, report);
    verify_pool_finish(pool);
    struct bytes only = verify_source_only(source);
    if (report->total == 1 && only.data)
        report->only = arena_copy(arena, only);
    enum fault kept = keep_names(report, arena);
    verify_source_close(source);
    return fault ? fault : kept;
}

static unsigned core_count(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > VERIFY_POOL_JOBS_MAX ? VERIFY_POOL_JOBS_MAX : (unsigned)online;
}

enum fault verify_run(const struct verify_order *order, struct arena *arena,
                      struct verify_report *out)
{
    assert(order->jobs <= VERIFY_POOL_JOBS_MAX);
    struct work work = {.order = order, .report = out};
    struct verify_pool *pool;
    *out = (struct verify_report) {.jobs = order->jobs ? order->jobs : core_count()};
    for (size_t i = 0; i < order->path_count; i++)
        work.size += verify_source_size(order->paths[i]);
    const struct verify_pool_settings settings = {order->anchor, out->jobs, &work, count};
    TRY(verify_pool_open(&settings, &pool));
    enum fault fault = run(order, pool, &work, arena);
    verify_pool_close(pool);
    return fault;
}
