/* links: base seal record trust wire rules channel stream store engine io */
/* Two real nodes on this machine: how many records a second become durable, sealed and receipted,
 * how long one alone takes, what one signature for each record costs, what a slower disk costs.
 *
 * Both databases are SQLite, each record passes scanner, seal and fold on both sides, and the
 * receiver is peregrind as released; only where flushes are made slower it is the shell in this
 * program, as the sender always is. Medians of BENCH_RUNS.
 *
 *   BENCH_RECORDS=50000 BENCH_SEQUENTIAL=350 BENCH_ONLY=plain|alone|flush|reading node_bench */
#include "support/figure.h"
#include "support/machine.h"
#include "support/readers.h"
#include "support/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READING_RECORDS = 150, READING_SECONDS = 3, FLUSH_US = 1000, ALONE_PART = 4 };

struct bench {
    const char *self, *dir;
    struct machine machine;
    struct rig_node receiver, sender;
    long records, sequential;
};

static void meet(struct bench *bench, const struct rig_ways *ways)
{
    rig_receiver(&bench->receiver, bench->dir, "uhasselt.be");
    rig_sender(&bench->sender, bench->self, bench->dir, ways);
    rig_wait_dialled(&bench->sender, 1);
}

static void part(struct bench *bench)
{
    rig_stop(&bench->sender);
    rig_stop(&bench->receiver);
}

/* The medians of p50 and of p99 over the runs. */
static struct rig_times sequential(struct bench *bench, const char *name, long count)
{
    char label[64];
    double p50[FIGURE_RUNS_MAX], p99[FIGURE_RUNS_MAX];
    size_t runs = figure_run_count();
    struct rig_times times;
    for (size_t i = 0; i < runs; i++) {
        times = rig_sequential(&bench->sender, count);
        p50[i] = times.p50_ms;
        p99[i] = times.p99_ms;
    }
    snprintf(label, sizeof label, "%s_p50", name);
    times.p50_ms = figure_median(label, p50, runs, "ms");
    snprintf(label, sizeof label, "%s_p99", name);
    times.p99_ms = figure_median(label, p99, runs, "ms");
    return times;
}

static double pipelined(void *self)
{
    struct bench *bench = self;
    return rig_pipelined(&bench->sender, bench->records);
}

/* From exec to the first answer of the API, with what the node holds by now. */
static double start_up(void *self)
{
    struct bench *bench = self;
    struct rig_node node;
    double seconds = rig_receiver(&node, bench->dir, "uhasselt.be");
    rig_stop(&node);
    return seconds;
}

static void measure_plain(struct bench *bench)
{
    const struct machine *machine = &bench->machine;
    meet(bench, &(struct rig_ways) {0});
    struct rig_times times = sequential(bench, "node_sequential", bench->sequential);
    figure_say("node_sequential_of_bare", times.p50_ms / machine->alone_ms, "times");
    figure_say("node_pipelined_rate_10k", rig_pipelined(&bench->sender, 10000), "records/s");
    figure_say("rss_10k_sender", rig_resident_mb(bench->sender.pid), "MB");
    figure_say("rss_10k_receiver", rig_resident_mb(bench->receiver.pid), "MB");
    double rate = figure_runs("node_pipelined_rate", pipelined, bench, "records/s");
    figure_say("node_pipelined_of_bare", rate / machine->exchanged, "of 1");
    figure_say("node_pipelined_of_sqlite", rate / machine->rows, "of 1");
    figure_say("rss_receiver", rig_resident_mb(bench->receiver.pid), "MB");
    figure_say("rss_sender", rig_resident_mb(bench->sender.pid), "MB");
    part(bench);
    figure_runs("node_start", start_up, bench, "s");
}

/* One signature for each record, on both sides of the pair: what the cryptography alone allows is
 * a signature and its verification. */
static void measure_alone(struct bench *bench)
{
    const struct machine *machine = &bench->machine;
    double bound = 1 / (1 / machine->signs + 1 / machine->verifies);
    meet(bench, &(struct rig_ways) {.alone = true});
    bench->records /= ALONE_PART;
    double rate = figure_runs("node_one_signature_rate", pipelined, bench, "records/s");
    bench->records *= ALONE_PART;
    figure_say("limit_sign_and_verify", bound, "1/s");
    figure_say("node_one_signature_of_crypto", rate / bound, "of 1");
    part(bench);
}

static void measure_flush(struct bench *bench)
{
    struct machine slow;
    const struct rig_ways here = {.flush_us = FLUSH_US},
                          there = {.flush_us = FLUSH_US, .node = "uhasselt.be"};
    machine_exchange(&slow, bench->dir, FLUSH_US);
    figure_say("limit_flush_1ms_alone", slow.alone_ms, "ms");
    rig_sender(&bench->receiver, bench->self, bench->dir, &there);
    rig_sender(&bench->sender, bench->self, bench->dir, &here);
    rig_wait_dialled(&bench->sender, 1);
    struct rig_times times = sequential(bench, "node_flush_1ms", bench->sequential / 3);
    figure_say("node_flush_1ms_of_bare", times.p50_ms / slow.alone_ms, "times");
    part(bench);
}

/* What a crowd gets that reads what the receiver holds, page by page. Meanwhile the sender says one
 * record after the other, where a time is wanted. */
static void read_pages(struct bench *bench, const char *target, unsigned connections,
                       const char *name, double *p99)
{
    char label[64], socket[RIG_PATH];
    snprintf(socket, sizeof socket, "%s/uhasselt.be/peregrin.sock", bench->dir);
    double began = figure_now();
    struct readers readers = readers_begin(socket, target, connections);
    figure_must(readers.pid > 0, "no readers");
    if (p99)
        *p99 = rig_sequential(&bench->sender, READING_RECORDS).p99_ms;
    else
        sleep(READING_SECONDS);
    double took = figure_now() - began;
    long count = readers_end(&readers);
    figure_must(count > 0, "a reader was not answered");
    snprintf(label, sizeof label, "%s_rate", name);
    figure_say(label, (double)count / took, "reads/s");
}

static void measure_reading(struct bench *bench)
{
    static const char page[] = "/api/v1/nominations?limit=50";
    double crowded;
    meet(bench, &(struct rig_ways) {0});
    rig_pipelined(&bench->sender, 10000);
    read_pages(bench, "/healthz", 8, "limit_trivial", NULL);
    read_pages(bench, page, 1, "reading_one", NULL);
    read_pages(bench, page, 8, "reading", NULL);
    double quiet = rig_sequential(&bench->sender, READING_RECORDS).p99_ms;
    read_pages(bench, page, 8, "crowded", &crowded);
    figure_say("quiet_sequential_p99", quiet, "ms");
    figure_say("crowded_sequential_p99", crowded, "ms");
    figure_say("crowded_p99_factor", crowded / quiet, "times");
    part(bench);
}

static const struct {
    const char *name;
    void (*measure)(struct bench *bench);
} parts[] = {
    {"plain", measure_plain},
    {"alone", measure_alone},
    {"flush", measure_flush},
    {"reading", measure_reading},
};

int main(int count, char **arguments)
{
    rig_be(count, arguments);
    char dir[] = "/tmp/peregrin-bench-XXXXXX", command[RIG_PATH];
    const char *only = getenv("BENCH_ONLY");
    figure_must(mkdtemp(dir) != NULL && getenv("PEREGRIN_BIN"), "a folder, and PEREGRIN_BIN");
    struct bench bench = {.self = arguments[0],
                          .dir = dir,
                          .records = figure_setting("BENCH_RECORDS", 50000),
                          .sequential = figure_setting("BENCH_SEQUENTIAL", 350)};
    machine_look(&bench.machine, dir);
    machine_exchange(&bench.machine, dir, 0);
    figure_say("limit_bare_exchange", bench.machine.exchanged, "records/s");
    figure_say("limit_bare_alone", bench.machine.alone_ms, "ms");
    rig_federation(dir);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!only || strcmp(only, parts[i].name) == 0)
            parts[i].measure(&bench);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : 1;
}
