/* links: base seal record grade trust wire rules channel stream eligibility store engine report sheet elmo admin
 * io */
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

/* p50 and p99 of each run, and p50 beside the bare exchange made just before it. */
static void sequential(struct bench *bench, const char *name, long count, long flush_us)
{
    char label[64];
    double p50[FIGURE_RUNS_MAX], p99[FIGURE_RUNS_MAX], bare[FIGURE_RUNS_MAX];
    size_t runs = figure_run_count();
    for (size_t i = 0; i < runs; i++) {
        struct machine machine;
        machine_exchange(&machine, bench->dir, flush_us);
        struct rig_times times = rig_sequential(&bench->sender, count);
        p50[i] = times.p50_ms;
        p99[i] = times.p99_ms;
        bare[i] = times.p50_ms / machine.alone_ms;
    }
    snprintf(label, sizeof label, "%s_p50", name);
    figure_median(label, p50, runs, "ms");
    snprintf(label, sizeof label, "%s_p99", name);
    figure_median(label, p99, runs, "ms");
    snprintf(label, sizeof label, "%s_of_bare", name);
    figure_median(label, bare, runs, "times");
}

/* What nothing of its kind could do without, measured just before a run. */
struct bound {
    double rate;         /* records a second; 0: none is known */
    double processor_us; /* of both nodes together, for one record */
};

struct rates {
    double rate[FIGURE_RUNS_MAX], of_bound[FIGURE_RUNS_MAX];
    double sender_us[FIGURE_RUNS_MAX], receiver_us[FIGURE_RUNS_MAX];
    double apart[FIGURE_RUNS_MAX], times[FIGURE_RUNS_MAX];
};

static void rates_add(struct rates *rates, size_t run, struct bench *bench, long records,
                      struct bound bound)
{
    double sender = figure_processor(bench->sender.pid),
           receiver = figure_processor(bench->receiver.pid);
    rates->rate[run] = rig_pipelined(&bench->sender, records);
    rates->of_bound[run] = bound.rate > 0 ? rates->rate[run] / bound.rate : 0;
    sender = figure_processor(bench->sender.pid) - sender;
    receiver = figure_processor(bench->receiver.pid) - receiver;
    rates->sender_us[run] = sender * 1e6 / (double)records;
    rates->receiver_us[run] = receiver * 1e6 / (double)records;
    rates->apart[run] = (double)records / (sender > receiver ? sender : receiver);
    rates->times[run] = (rates->sender_us[run] + rates->receiver_us[run]) / bound.processor_us;
}

/* Each run beside its bound; and the processor time of both nodes, from which follows what they
 * would do on two cores that nobody else uses. */
static void pipelined(struct bench *bench, const char *name, const char *of, long records,
                      struct bound (*look)(struct bench *bench))
{
    static struct rates rates;
    size_t runs = figure_run_count();
    bool bounded = false;
    for (size_t i = 0; i < runs; i++) {
        struct bound bound = look(bench);
        rates_add(&rates, i, bench, records, bound);
        bounded = bound.rate > 0;
    }
    const struct {
        const char *name, *of, *unit;
        double *values;
        bool said;
    } lines[] = {
        {"rate", "", "records/s", rates.rate, true},
        {"of_", of, "of_1", rates.of_bound, bounded},
        {"cpu_sender", "", "us/record", rates.sender_us, true},
        {"cpu_receiver", "", "us/record", rates.receiver_us, true},
        {"rate_by_cpu", "", "records/s", rates.apart, true},
        {"cpu_of_", of, "times", rates.times, true},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char label[64];
        snprintf(label, sizeof label, "%s_%s%s", name, lines[i].name, lines[i].of);
        if (lines[i].said)
            figure_median(label, lines[i].values, runs, lines[i].unit);
    }
}

static struct bound bound_bare(struct bench *bench)
{
    struct machine machine;
    machine_exchange(&machine, bench->dir, 0);
    return (struct bound) {machine.exchanged, machine.exchanged_us};
}

/* A signature and its verification. */
static struct bound bound_crypto(struct bench *bench)
{
    struct machine *machine = &bench->machine;
    machine_look_crypto(machine);
    return (struct bound) {0, 1e6 / machine->signs + 1e6 / machine->verifies};
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
    meet(bench, &(struct rig_ways) {0});
    sequential(bench, "node_sequential", bench->sequential, 0);
    figure_say("node_pipelined_rate_10k", rig_pipelined(&bench->sender, 10000), "records/s");
    figure_say("rss_10k_sender", rig_resident_mb(bench->sender.pid), "MB");
    figure_say("rss_10k_receiver", rig_resident_mb(bench->receiver.pid), "MB");
    pipelined(bench, "node_pipelined", "bare", bench->records, bound_bare);
    figure_say("rss_receiver", rig_resident_mb(bench->receiver.pid), "MB");
    figure_say("rss_sender", rig_resident_mb(bench->sender.pid), "MB");
    part(bench);
    figure_runs("node_start", start_up, bench, "s");
}

/* One signature for each record. */
static void measure_alone(struct bench *bench)
{
    meet(bench, &(struct rig_ways) {.alone = true});
    pipelined(bench, "node_one_signature", "crypto", bench->records / ALONE_PART, bound_crypto);
    part(bench);
}

static void measure_flush(struct bench *bench)
{
    const struct rig_ways here = {.flush_us = FLUSH_US},
                          there = {.flush_us = FLUSH_US, .node = "uhasselt.be"};
    rig_sender(&bench->receiver, bench->self, bench->dir, &there);
    rig_sender(&bench->sender, bench->self, bench->dir, &here);
    rig_wait_dialled(&bench->sender, 1);
    sequential(bench, "node_flush_1ms", bench->sequential / 3, FLUSH_US);
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
    char dir[RIG_PATH], command[RIG_PATH + 16];
    rig_folder(dir);
    const char *only = getenv("BENCH_ONLY");
    struct bench bench = {.self = arguments[0],
                          .dir = dir,
                          .records = figure_setting("BENCH_RECORDS", 50000),
                          .sequential = figure_setting("BENCH_SEQUENTIAL", 350)};
    machine_look(&bench.machine, dir);
    machine_exchange(&bench.machine, dir, 0);
    figure_say("limit_bare_exchange", bench.machine.exchanged, "records/s");
    figure_say("limit_bare_cpu", bench.machine.exchanged_us, "us/record");
    figure_say("limit_bare_alone", bench.machine.alone_ms, "ms");
    rig_federation(dir, "uhasselt.be:UHasselt:BE");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!only || strcmp(only, parts[i].name) == 0)
            parts[i].measure(&bench);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : 1;
}
