/* links: base seal record grade trust wire rules channel stream eligibility store engine report sheet elmo admin
 * io */
/* What size costs: many partners, many stored records.
 *
 * partners: one node (the shell in this program, with its bound on open sockets) and up to 1,000
 * partners in 8 processes, each with an identity, a session and a SQLite database of its own. Lists
 * of 128 records go to one partner after the other. The rate stands beside that of one partner,
 * made in the same way.
 *
 * stored: what a node costs that holds many records: start-up, memory, rate. The records are
 * exchanged, not invented.
 *
 *   BENCH_PARTNERS_RECORDS=256000 BENCH_PARTNERS_MIN=1 BENCH_PARTNERS_MAX=1000
 *   BENCH_STORED_MAX=1000000 BENCH_ONLY=partners|stored scale_bench */
#include "support/crowd.h"
#include "support/door.h"
#include "support/figure.h"
#include "support/rig.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STORED_RATE_RECORDS = 20000 };

static const long partner_counts[] = {1, 50, 566, 1000};
static const long stored_counts[] = {10000, 100000, 1000000};

struct bench {
    const char *self, *dir;
};

static void say_of(const char *name, long size, double value, const char *unit)
{
    char label[64];
    snprintf(label, sizeof label, "%s_%ld", name, size);
    figure_say(label, value, unit);
}

static void run(const char *command)
{
    figure_must(system(command) == 0, command);
}

/* ---- partners ---- */

static void catalogue_use(const struct bench *bench, long count)
{
    char command[8 * RIG_PATH];
    snprintf(command, sizeof command,
             "cd %s && cp catalogue-%ld helmo.be/trust/catalogue && rm -f helmo.be/data/* && "
             "for p in p????.be; do rm -f $p/data/*; cp authority/root $p/trust/; "
             "ln -f catalogue-%ld $p/trust/catalogue; done",
             bench->dir, count, count);
    run(command);
}

static double crowd_processor_seconds(const struct crowd *crowd)
{
    double sum = 0;
    for (int i = 0; i < CROWD_PROCESSES; i++)
        sum += figure_processor(crowd->processes[i]);
    return sum;
}

/* Each partner's own rate, from the beginning to its last record: the slowest beside the mean. */
static double slowest_of_mean(const struct crowd *crowd, double began)
{
    double sum = 0, least = 1e300;
    for (long i = 0; i < crowd->count; i++) {
        double rate = (double)crowd->told[i].taken / (crowd->told[i].last - began);
        sum += rate;
        least = rate < least ? rate : least;
    }
    return least / (sum / (double)crowd->count);
}

static double partners_run(const struct bench *bench, long count, double one)
{
    struct crowd crowd;
    struct rig_node sender;
    long records = figure_setting("BENCH_PARTNERS_RECORDS", 256000);
    records -= records % (DOOR_LIST * count);
    figure_must(records > 0, "BENCH_PARTNERS_RECORDS is less than one list for each partner");
    catalogue_use(bench, count);
    crowd_start(&crowd, bench->self, bench->dir, count);
    double began = figure_now();
    rig_sender(&sender, bench->self, bench->dir, &(struct rig_ways) {.partners = count});
    rig_wait_dialled(&sender, count);
    say_of("partners_met_in", count, figure_now() - began, "s");
    double node = figure_processor(sender.pid), others = crowd_processor_seconds(&crowd);
    began = figure_now();
    double rate = rig_pipelined(&sender, records);
    node = figure_processor(sender.pid) - node;
    others = crowd_processor_seconds(&crowd) - others;
    say_of("partners_rate", count, rate, "records/s");
    say_of("partners_cpu_node", count, node * 1e6 / (double)records, "us/record");
    say_of("partners_cpu_others", count, others * 1e6 / (double)records, "us/record");
    say_of("partners_of_one", count, one > 0 ? rate / one : 1, "of 1");
    say_of("partners_slowest_of_mean", count, slowest_of_mean(&crowd, began), "of 1");
    say_of("partners_rss", count, rig_resident_mb(sender.pid), "MB");
    rig_stop(&sender);
    crowd_stop(&crowd);
    return rate;
}

static void measure_partners(struct bench *bench)
{
    double one = 0;
    char command[RIG_PATH];
    long most = figure_setting("BENCH_PARTNERS_MAX", CROWD_NODES_MAX),
         least = figure_setting("BENCH_PARTNERS_MIN", 1);
    size_t sizes = 0;
    int length = snprintf(command, sizeof command, "tests/bench/federation_many %s", bench->dir);
    for (; sizes < sizeof partner_counts / sizeof *partner_counts; sizes++) {
        if (partner_counts[sizes] > most)
            break;
        length += snprintf(command + length, sizeof command - (size_t)length, " %ld",
                           partner_counts[sizes]);
    }
    run(command);
    for (size_t i = 0; i < sizes; i++) {
        if (partner_counts[i] < least)
            continue;
        double rate = partners_run(bench, partner_counts[i], one);
        one = one > 0 ? one : rate;
    }
}

/* ---- stored records ---- */

static double start_up(void *self)
{
    const struct bench *bench = self;
    struct rig_node node;
    double seconds = rig_receiver(&node, bench->dir, "uhasselt.be");
    rig_stop(&node);
    return seconds;
}

static double resident(void *self)
{
    const struct bench *bench = self;
    struct rig_node node;
    rig_receiver(&node, bench->dir, "uhasselt.be");
    double size = rig_resident_mb(node.pid);
    rig_stop(&node);
    return size;
}

static double rate(void *self)
{
    return rig_pipelined(self, STORED_RATE_RECORDS);
}

static void measure_stored(struct bench *bench)
{
    long held = 0, most = figure_setting("BENCH_STORED_MAX", 1000000);
    char label[64];
    rig_federation(bench->dir, "uhasselt.be:UHasselt:BE");
    for (size_t i = 0; i < sizeof stored_counts / sizeof *stored_counts; i++) {
        long wanted = stored_counts[i];
        struct rig_node receiver, sender;
        if (wanted > most)
            break;
        rig_receiver(&receiver, bench->dir, "uhasselt.be");
        rig_sender(&sender, bench->self, bench->dir, &(struct rig_ways) {0});
        rig_wait_dialled(&sender, 1);
        rig_pipelined(&sender, wanted - held);
        say_of("stored_rss_receiver", wanted, rig_resident_mb(receiver.pid), "MB");
        say_of("stored_rss_sender", wanted, rig_resident_mb(sender.pid), "MB");
        snprintf(label, sizeof label, "stored_rate_%ld", wanted);
        double said = figure_processor(sender.pid), took = figure_processor(receiver.pid),
               records = (double)figure_run_count() * STORED_RATE_RECORDS;
        figure_runs(label, rate, &sender, "records/s");
        said = figure_processor(sender.pid) - said;
        took = figure_processor(receiver.pid) - took;
        say_of("stored_cpu_sender", wanted, said * 1e6 / records, "us/record");
        say_of("stored_cpu_receiver", wanted, took * 1e6 / records, "us/record");
        held = wanted + (long)figure_run_count() * STORED_RATE_RECORDS;
        rig_stop(&sender);
        rig_stop(&receiver);
        snprintf(label, sizeof label, "stored_start_%ld", wanted);
        figure_runs(label, start_up, bench, "s");
        say_of("stored_rss_started", wanted, resident(bench), "MB");
    }
}

/* ---- the whole ---- */

static const struct {
    const char *name;
    void (*measure)(struct bench *bench);
} parts[] = {
    {"partners", measure_partners},
    {"stored", measure_stored},
};

int main(int count, char **arguments)
{
    crowd_be(count, arguments);
    rig_be(count, arguments);
    const char *only = getenv("BENCH_ONLY");
    figure_must(getenv("PEREGRIN_BIN") != NULL, "PEREGRIN_BIN is not set");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char dir[RIG_PATH], command[RIG_PATH + 16];
        if (only && strcmp(only, parts[i].name) != 0)
            continue;
        rig_folder(dir);
        parts[i].measure(&(struct bench) {arguments[0], dir});
        snprintf(command, sizeof command, "rm -rf %s", dir);
        run(command);
    }
    return 0;
}
