#include "lab/lab_failure.h"
#include "lab/lab_verbs.h"
#include "swarm/draw.h"
#include "swarm/herd.h"
#include "swarm/probe.h"

#include <jansson.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
    SEEDS = 100,
    FRESH_BITS = 40,
    PATH_SIZE = 4096,
    REPORT_REPLAYS = 600,
    REPORT_SECONDS = 180,
    FAULTS_MAX = 64
};

static const double year_us = 365.2425 * 86400e6;

static const struct lab_flag flags[] = {
    {"seeds", "N", "how many (100)"},
    {"first", "S", "the first of them; without it fresh ones, and the first is said"},
    {"jobs", "J", "processes (as many as there are processors)"},
    {"keep", "DIR", "writes the story of each seed that failed there"},
    {"probes", NULL, "says of each rare path how many seeds were on it"},
    {"report", "DIR", "makes the first one that failed small and draws it: index.html"},
    {NULL, NULL, NULL},
};

/* What the herd tells while it runs. */
struct telling {
    struct lab_call *call;
    struct herd_sum sum;
    uint64_t seeds;
    uint64_t visits[PROBE_MAX];  /* seeds that were on each rare path */
    uint64_t faults[FAULTS_MAX]; /* seeds that had each class of faults */
    uint64_t first_failed;       /* of the failed ones the one that was heard of first */
    bool terminal;               /* progress is for a person */
};

static uint64_t fresh(void)
{
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint64_t)getpid();
    return seed & ((UINT64_C(1) << FRESH_BITS) - 1);
}

static void story_keep(struct lab_call *call, uint64_t seed)
{
    char path[PATH_SIZE];
    const char *folder = lab_value(call, "keep", NULL);
    struct arena_mark mark = arena_mark(call->arena);
    const char *text = folder ? draw_story(seed, 0, call->arena) : NULL;
    snprintf(path, sizeof path, "%s/0x%llx.story", folder ? folder : "", (unsigned long long)seed);
    if (text)
        (void)lab_write(call, path, bytes_text(text));
    arena_rewind(call->arena, mark);
}

static void failure_say(struct telling *telling, const struct herd_result *result)
{
    struct lab_call *call = telling->call;
    char seed[32], replay[64];
    snprintf(seed, sizeof seed, "0x%llx", (unsigned long long)result->seed);
    snprintf(replay, sizeof replay, "peregrin-sim run --seed %s", seed);
    if (!call->json) {
        fprintf(call->out, "failed %s: %s    replay: %s\n", seed, result->wrong, replay);
    } else {
        json_t *line =
            json_pack("{s:s, s:s, s:s}", "seed", seed, "wrong", result->wrong, "replay", replay);
        if (line)
            json_dumpf(line, call->out, JSON_COMPACT);
        fputc('\n', call->out);
        json_decref(line);
    }
    fflush(call->out);
}

static void hear(void *self, const struct herd_result *result, const struct herd_sum *sum)
{
    struct telling *telling = self;
    if (telling->terminal)
        fprintf(telling->call->err, "\r\033[K");
    for (size_t i = 0; i < PROBE_MAX; i++)
        telling->visits[i] += result->probes >> i & 1;
    for (size_t i = 0; i < FAULTS_MAX && draw_class(i); i++)
        telling->faults[i] += draw_has(result->seed, i);
    if (result->failed) {
        if (sum->failed == 1)
            telling->first_failed = result->seed;
        failure_say(telling, result);
        story_keep(telling->call, result->seed);
    }
    if (telling->terminal)
        fprintf(telling->call->err, "%llu of %llu seeds, %llu failed",
                (unsigned long long)sum->seeds, (unsigned long long)telling->seeds,
                (unsigned long long)sum->failed);
}

/* Each path, when that was asked for; otherwise, to a person, those that no seed was on. */
static void probes_say(const struct telling *telling)
{
    FILE *out = telling->call->out;
    bool all = lab_given(telling->call, "probes"), json = telling->call->json;
    const char *name;
    size_t visited = 0, count = 0;
    for (; (name = probe_name(count)); count++) {
        visited += telling->visits[count] > 0;
        if (all)
            fprintf(out, json ? "{\"path\":\"%s\",\"seeds\":%llu}\n" : "%-34s %8llu seeds\n", name,
                    (unsigned long long)telling->visits[count]);
    }
    if (json)
        return;
    fprintf(out, "%zu of %zu rare paths", visited, count);
    for (size_t i = 0, left = count - visited; i < count; i++)
        if (!telling->visits[i])
            fprintf(out, "%s%s", left-- == count - visited ? "; on none of: " : ", ",
                    probe_name(i));
    fputc('\n', out);
}

/* What was played, for the sums of many sessions. */
static void played_say(const struct telling *telling)
{
    FILE *out = telling->call->out;
    double years = (double)telling->sum.node_us / year_us;
    if (!telling->call->json) {
        fprintf(out, "%.3g years of a node\n", years);
        return;
    }
    fprintf(out, "{\"node_years\":%.6f,\"faults\":{", years);
    for (size_t i = 0; i < FAULTS_MAX && draw_class(i); i++)
        fprintf(out, "%s\"%s\":%llu", i ? "," : "", draw_class(i),
                (unsigned long long)telling->faults[i]);
    fputs("}}\n", out);
}

static void sum_say(struct lab_call *call, const struct herd_sum *sum)
{
    unsigned long long speed =
        sum->us > 0 ? (unsigned long long)((double)sum->events * 1e6 / (double)sum->us) : 0;
    if (call->json)
        fprintf(call->out,
                "{\"seeds\":%llu,\"failed\":%llu,\"events\":%llu,\"events_per_second\":%llu}\n",
                (unsigned long long)sum->seeds, (unsigned long long)sum->failed,
                (unsigned long long)sum->events, speed);
    else
        fprintf(call->out, "%llu seeds, %llu failed; %llu played twice; %llu events, %llu/s\n",
                (unsigned long long)sum->seeds, (unsigned long long)sum->failed,
                (unsigned long long)sum->twice, (unsigned long long)sum->events, speed);
}

/* The first failure made small and drawn. What cannot be is said, and changes nothing else. */
static void failure_report(struct lab_call *call, uint64_t seed)
{
    struct shrunk shrunk;
    const char *folder = lab_value(call, "report", NULL);
    const char *text = draw_story(seed, 0, call->arena);
    const char *which = arena_format(call->arena, "0x%llx", (unsigned long long)seed);
    if (!folder || !text || !which)
        return;
    const struct lab_failure failure = {
        .title = arena_format(call->arena, "Seed %s", which),
        .command = arena_format(call->arena, "peregrin-sim run --seed %s", which),
        .text = bytes_text(text),
        .replays = REPORT_REPLAYS,
        .seconds = REPORT_SECONDS,
    };
    if (lab_failure_shrink(call, &failure, &shrunk))
        return;
    if (lab_failure_draw(call, &failure, &shrunk, folder))
        fprintf(call->out,
                call->json ? "{\"seed\":\"%s\",\"lines_before\":%zu,\"lines\":%zu,"
                             "\"replays\":%zu}\n"
                           : "seed %s: %zu lines became %zu in %zu replays\n",
                which, shrunk.lines_before, shrunk.lines, shrunk.replays);
    if (!call->json)
        fprintf(call->out, "%s/index.html: %s\n", folder, shrunk.wrong);
    shrink_free(&shrunk);
}

static enum lab_exit swarm(struct lab_call *call)
{
    struct telling telling = {.call = call};
    struct herd herd = {.stop = call->stop, .hear = hear, .self = &telling};
    uint64_t jobs;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!lab_number(call, "seeds", 1, UINT32_MAX, SEEDS, &herd.seeds) ||
        !lab_number(call, "first", 0, UINT64_MAX, fresh(), &herd.first) ||
        !lab_number(call, "jobs", 1, HERD_JOBS_MAX,
                    processors < 1               ? 1
                    : processors > HERD_JOBS_MAX ? HERD_JOBS_MAX
                                                 : (uint64_t)processors,
                    &jobs))
        return LAB_USAGE;
    const char *keep = lab_value(call, "keep", NULL), *report = lab_value(call, "report", NULL);
    if ((keep && !lab_folder(call, keep)) || (report && !lab_folder_could(call, report)))
        return LAB_UNEXPECTED;
    herd.jobs = (size_t)jobs;
    telling.seeds = herd.seeds;
    telling.terminal = !call->json && isatty(fileno(call->err));
    fprintf(call->out, call->json ? "{\"first\":\"0x%llx\"}\n" : "the first seed is 0x%llx\n",
            (unsigned long long)herd.first);
    fflush(call->out);
    if (!herd_run(&herd, &telling.sum))
        return lab_wrong(call, LAB_UNEXPECTED, "processes", "close other programs and try again",
                         "no process or memory could be had");
    if (telling.terminal)
        fprintf(call->err, "\r\033[K");
    probes_say(&telling);
    played_say(&telling);
    if (telling.sum.failed && report)
        failure_report(call, telling.first_failed);
    else if (report && !call->json)
        fprintf(call->out, "nothing is drawn into %s: no seed failed\n", report);
    sum_say(call, &telling.sum);
    if (telling.sum.failed)
        return LAB_PROBLEMS;
    return telling.sum.seeds < herd.seeds ? LAB_INTERRUPTED : LAB_DONE;
}

const struct lab_verb lab_swarm_verb = {
    .name = "swarm",
    .words = "",
    .meaning = "plays many seeds: faults of every class, healing, and what must be so",
    .more =
        "Each seed draws a small world, what its people do and what befalls it. Then everything\n"
        "heals, must come to rest within a bound, and every promise is checked. One in twenty\n"
        "is played twice and must be the same. Exit 11 when a seed failed.",
    .example = "swarm --seeds 300 --keep failing",
    .flags = flags,
    .run = swarm,
};
