/* links: base seal record trust wire rules channel stream store engine sim */
/* What a virtual world costs: memory, and events (frames that arrived, wakes, submissions) for each
 * second of this process's own time. All nodes start, find their partners, and then nominate.
 *
 *   world_bench [NODES [PARTNERS [model|real [memory|disk [RECORDS]]]]]
 *               100    10        model       memory       20000 */
#include "sim/people.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int64_t BEAT = 1000; /* microseconds of the world between two records */

struct bench {
    struct world_member *members;
    struct world_pair *pairs;
    size_t count, pair_count;
    struct world *world;
    struct arena *arena;
    uint64_t dice;
};

static double used_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double used_megabytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return 1e-6 * (double)(info.uordblks + info.hblkhd);
}

static uint64_t draw(struct bench *bench)
{
    bench->dice ^= bench->dice << 13;
    bench->dice ^= bench->dice >> 7;
    bench->dice ^= bench->dice << 17;
    return bench->dice;
}

static void people_make(struct bench *bench)
{
    bench->members = calloc(bench->count, sizeof *bench->members);
    bench->pairs = calloc(bench->pair_count, sizeof *bench->pairs);
    for (size_t i = 0; i < bench->count; i++) {
        char *name;
        if (asprintf(&name, "u%zu.eu", i) > 0)
            bench->members[i].institution = name;
    }
    for (size_t i = 0; i < bench->pair_count; i++) {
        struct world_pair *pair = &bench->pairs[i];
        pair->one = (uint32_t)(i % bench->count);
        do
            pair->other = (uint32_t)(draw(bench) % bench->count);
        while (pair->other == pair->one);
    }
}

static void nominate(struct bench *bench, size_t number)
{
    struct play_dossier student = {0};
    const struct world_pair *pair = &bench->pairs[draw(bench) % bench->pair_count];
    arena_reset(bench->arena);
    snprintf(student.name, sizeof student.name, "S%u", (unsigned)number);
    struct event_submission submission = {
        .own = bench->members[pair->one].institution,
        .partner = bench->members[pair->other].institution,
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, bench->arena),
    };
    world_submit(bench->world, pair->one, &submission);
    world_run(bench->world, BEAT);
}

static void tell(const struct bench *bench, const char *what, double since, uint64_t before)
{
    double seconds = used_seconds() - since;
    uint64_t events = world_events(bench->world) - before;
    printf("%-8s %8.2f s  %9llu events  %8.0f a second  %8.1f MB\n", what, seconds,
           (unsigned long long)events, (double)events / seconds, used_megabytes());
}

int main(int count, char **words)
{
    struct bench bench = {.count = 100, .dice = 88172645463325252u};
    size_t partners = 10, records = 20000;
    bench.count = count > 1 ? strtoul(words[1], NULL, 10) : bench.count;
    partners = count > 2 ? strtoul(words[2], NULL, 10) : partners;
    records = count > 5 ? strtoul(words[5], NULL, 10) : records;
    bench.pair_count = bench.count * partners / 2;
    people_make(&bench);
    struct world_settings settings = {
        .seed = 7,
        .members = bench.members,
        .count = bench.count,
        .pairs = bench.pairs,
        .pair_count = bench.pair_count,
        .model = count <= 3 || strcmp(words[3], "real") != 0,
        .on_disk = count > 4 && strcmp(words[4], "disk") == 0,
    };
    double since = used_seconds();
    bench.arena = arena_open(1 << 20);
    bench.world = world_open_settings(&settings);
    if (!bench.world || !bench.arena)
        return 1;
    tell(&bench, "open", since, 0);
    since = used_seconds();
    uint64_t before = world_events(bench.world);
    world_settle(bench.world, 600 * (int64_t)INSTANT_SECOND);
    tell(&bench, "meet", since, before);
    since = used_seconds();
    before = world_events(bench.world);
    for (size_t i = 0; i < records; i++)
        nominate(&bench, i);
    world_settle(bench.world, 600 * (int64_t)INSTANT_SECOND);
    tell(&bench, "nominate", since, before);
    world_close(bench.world);
    return 0;
}
