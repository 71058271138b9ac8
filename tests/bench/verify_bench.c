/* links: base seal record trust verify */
/* Offline verification: how many evidences a second are judged, each with a signature of its own
 * and in batches that share them, on one thread and on all cores; from one bundle, as `peregrin
 * record verify` reads it. Prints `name value unit`, libsodium's own rate in the same run, and the
 * ratios.
 *
 * Each record has a body of 1,024 bytes. A single one has its own seal and no receipt: one
 * signature. In batches, 512 records share a seal and 256 a receipt.
 *
 *   BENCH_VERIFY_SINGLE=40000 BENCH_VERIFY_BATCH=400000 BENCH_RUNS=5 verify_bench */
#include "unit/bundle.h"
#include "verify/verify_pool.h"
#include "verify/verify_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    RUNS_MAX = 99,
    PATH_SIZE = 256,
};

static double clock_read(clockid_t clock)
{
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double now(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

/* Of all threads: what a core has done, also while neighbours have it for a part of the time. */
static double spent(void)
{
    return clock_read(CLOCK_PROCESS_CPUTIME_ID);
}

static void say(const char *name, double value, const char *unit)
{
    printf("%-24s %12.3f %s\n", name, value, unit);
    fflush(stdout);
}

static void must(bool held, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "verify_bench: %s\n", what);
    exit(1);
}

static unsigned setting(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);
    return text ? (unsigned)atoi(text) : otherwise;
}

static void make_bundle(struct federation *federation, const char *path, size_t total, size_t batch)
{
    static struct bundle_maker maker;
    FILE *file = fopen(path, "w");
    must(file != NULL, "a bundle's file");
    bundle_open(&maker, federation);
    struct bytes begin = evidence_bundle_begin(&federation->files, federation->arena);
    must(fwrite(begin.data, 1, begin.size, file) == begin.size, "write");
    while (maker.made < total) {
        bundle_batch(&maker, batch, batch > 1);
        must(bundle_write(&maker, batch, file), "write");
    }
    must(fclose(file) == 0, "write");
    bundle_close(&maker);
}

/* ---- the measurements -------------------------------------------------------------------------
 */

static void count_valid(void *self, const struct verify_pool_result *result)
{
    must(result->verdict == VERDICT_FINE, result->failed);
    ++*(size_t *)self;
}

static bool go_on(void *, uint64_t)
{
    return true;
}

/* Records a second, by the clock on the wall and by one core's time. */
struct rate {
    double wall, core;
};

static struct rate rate_of(const struct federation *federation, const char *path, unsigned jobs)
{
    size_t valid = 0;
    const char *failed;
    struct verify_pool *pool = NULL;
    const struct verify_pool_settings settings = {&federation->anchor, jobs, &valid, count_valid};
    double began = now(), core = spent();
    must(verify_pool_open(&settings, &pool) == FAULT_NONE, "a pool");
    struct verify_source *source =
        verify_source_open(&(struct verify_source_settings) {pool, NULL, go_on});
    must(source && verify_source_read(source, path, &failed) == FAULT_NONE, "the bundle");
    verify_pool_finish(pool);
    double took = now() - began;
    core = spent() - core;
    verify_pool_close(pool);
    verify_source_close(source);
    return (struct rate) {(double)valid / took, (double)valid / core};
}

static struct rate limit_verify(const struct federation *federation)
{
    const struct federation_pair *pair = &federation->signers[PWR];
    uint8_t signature[SEAL_SIGNATURE_SIZE], message[200] = {1};
    struct bytes view = {message, sizeof message};
    long done = 0;
    seal_sign(SEAL_CONTEXT_SEAL, pair->secret_key, view, signature);
    double began = now(), core = spent();
    for (; now() - began < 0.3; done++)
        must(seal_verify(SEAL_CONTEXT_SEAL, pair->public_key, view, signature), "verify");
    return (struct rate) {(double)done / (now() - began), (double)done / (spent() - core)};
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, unsigned count)
{
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

static const struct figure {
    const char *name;
    bool batch, all;
} figures[] = {
    {"verify_single_one", false, false},
    {"verify_single_all", false, true},
    {"verify_batch_one", true, false},
    {"verify_batch_all", true, true},
};
enum { FIGURES = sizeof figures / sizeof *figures };

/* All of them side by side in each run, so that a neighbour's load falls on each. */
static void measure(const struct federation *federation, const char *single, const char *batch)
{
    static double limit[RUNS_MAX], wall[FIGURES][RUNS_MAX], core[FIGURES][RUNS_MAX];
    unsigned cores = (unsigned)sysconf(_SC_NPROCESSORS_ONLN), runs = setting("BENCH_RUNS", 5);
    char label[64];
    must(runs >= 1 && runs <= RUNS_MAX, "BENCH_RUNS is 1 to 99");
    cores = cores > VERIFY_POOL_JOBS_MAX ? VERIFY_POOL_JOBS_MAX : cores;
    for (unsigned run = 0; run < runs; run++) {
        limit[run] = limit_verify(federation).core;
        for (unsigned i = 0; i < FIGURES; i++) {
            const struct figure *figure = &figures[i];
            struct rate rate =
                rate_of(federation, figure->batch ? batch : single, figure->all ? cores : 1);
            wall[i][run] = rate.wall;
            core[i][run] = figure->batch ? rate.core : rate.core / limit[run];
        }
    }
    say("verify_cores", cores, "cores");
    say("limit_verify", median(limit, runs), "1/s/core");
    for (unsigned i = 0; i < FIGURES; i++) {
        say(figures[i].name, median(wall[i], runs), "records/s");
        snprintf(label, sizeof label, "%s_%s", figures[i].name,
                 figures[i].batch ? "core" : "ratio");
        say(label, median(core[i], runs), figures[i].batch ? "records/s/core" : "of limit_verify");
    }
}

int main(void)
{
    static struct federation federation;
    char dir[] = "/tmp/peregrin-verify-XXXXXX", single[PATH_SIZE], batch[PATH_SIZE];
    must(mkdtemp(dir) != NULL, "a folder");
    snprintf(single, sizeof single, "%s/single", dir);
    snprintf(batch, sizeof batch, "%s/batch", dir);
    federation_make(&federation);
    federation_sign(&federation, 7, 7);
    make_bundle(&federation, single, setting("BENCH_VERIFY_SINGLE", 40000), 1);
    make_bundle(&federation, batch, setting("BENCH_VERIFY_BATCH", 400000), BUNDLE_SEALED);
    measure(&federation, single, batch);
    unlink(single);
    unlink(batch);
    return rmdir(dir);
}
