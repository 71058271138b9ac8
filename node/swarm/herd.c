#include "swarm/herd.h"

#include "swarm/apart.h"

#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 100 };

static const int64_t PATIENCE_US = 300 * 1000000LL; /* with one seed, on a busy machine */

static_assert(sizeof(struct herd_result) <= 4096); /* so that a pipe takes it whole */

/* What all processes see. */
struct meadow {
    _Atomic uint64_t taken; /* seeds, from the first */
    struct {
        _Atomic uint64_t seed;
        _Atomic int64_t since_us;
    } playing[HERD_JOBS_MAX];
};

struct run {
    const struct herd *herd;
    struct herd_sum *sum;
    struct meadow *meadow;
    int pipe[2];
    pid_t workers[HERD_JOBS_MAX]; /* 0: none */
    size_t alive;
};

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* ---- a worker ---- */

static void work(const struct run *run, size_t job)
{
    struct trial trial;
    uint64_t number;
    while (!*run->herd->stop &&
           (number = atomic_fetch_add(&run->meadow->taken, 1)) < run->herd->seeds) {
        struct herd_result result = {.seed = run->herd->first + number};
        atomic_store(&run->meadow->playing[job].since_us, now_us());
        atomic_store(&run->meadow->playing[job].seed, result.seed);
        if (!trial_play(result.seed, 0, &trial))
            _exit(1);
        result.events = trial.events;
        result.node_us = trial.node_us;
        result.probes = trial.probes;
        result.failed = trial.failed;
        result.twice = trial.twice;
        memcpy(result.wrong, trial.wrong, sizeof result.wrong);
        if (write(run->pipe[1], &result, sizeof result) != sizeof result)
            _exit(1);
        atomic_store(&run->meadow->playing[job].since_us, 0);
    }
    _exit(0);
}

static bool worker_start(struct run *run, size_t job)
{
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        apart_tie(parent);
        work(run, job);
    }
    run->workers[job] = child > 0 ? child : 0;
    run->alive += child > 0;
    return child > 0;
}

/* ---- who watches them ---- */

static void result_count(struct run *run, const struct herd_result *result)
{
    run->sum->seeds++;
    run->sum->failed += result->failed;
    run->sum->twice += result->twice;
    run->sum->events += result->events;
    run->sum->node_us += result->node_us;
    run->herd->hear(run->herd->self, result, run->sum);
}

static void results_read(struct run *run, int patience_ms)
{
    struct pollfd waits = {.fd = run->pipe[0], .events = POLLIN};
    struct herd_result result;
    while (poll(&waits, 1, patience_ms) > 0 &&
           read(run->pipe[0], &result, sizeof result) == sizeof result) {
        result_count(run, &result);
        patience_ms = 0;
    }
}

/* What it was playing has failed; another goes on behind it. */
static void worker_ended(struct run *run, size_t job, int status)
{
    struct herd_result result = {.seed = atomic_load(&run->meadow->playing[job].seed),
                                 .failed = true};
    bool playing = atomic_exchange(&run->meadow->playing[job].since_us, 0);
    run->workers[job] = 0;
    run->alive--;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    if (WIFSIGNALED(status))
        snprintf(result.wrong, sizeof result.wrong, "the process ended: %s",
                 strsignal(WTERMSIG(status)));
    else
        snprintf(result.wrong, sizeof result.wrong, "the process ended with status %d",
                 WEXITSTATUS(status));
    if (playing)
        result_count(run, &result);
    (void)worker_start(run, job);
}

static void workers_look(struct run *run)
{
    for (size_t job = 0; job < run->herd->jobs; job++) {
        int status;
        int64_t since = atomic_load(&run->meadow->playing[job].since_us);
        if (!run->workers[job])
            continue;
        if (since && now_us() - since > PATIENCE_US)
            kill(run->workers[job], SIGKILL);
        if (waitpid(run->workers[job], &status, WNOHANG) == run->workers[job]) {
            results_read(run, 0);
            worker_ended(run, job, status);
        }
    }
}

static void workers_stop(struct run *run)
{
    for (size_t job = 0; job < run->herd->jobs; job++)
        if (run->workers[job]) {
            kill(run->workers[job], SIGKILL);
            waitpid(run->workers[job], NULL, 0);
        }
}

bool herd_run(const struct herd *herd, struct herd_sum *out)
{
    struct run run = {.herd = herd, .sum = out};
    int64_t begun = now_us();
    *out = (struct herd_sum) {0};
    run.meadow =
        mmap(NULL, sizeof *run.meadow, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (run.meadow == MAP_FAILED)
        return false;
    bool made = pipe(run.pipe) == 0;
    for (size_t job = 0; made && job < herd->jobs; job++)
        made = worker_start(&run, job) || run.alive;
    while (made && run.alive && !*herd->stop) {
        results_read(&run, POLL_MS);
        workers_look(&run);
    }
    if (made) {
        workers_stop(&run);
        results_read(&run, 0);
        close(run.pipe[0]);
        close(run.pipe[1]);
    }
    munmap(run.meadow, sizeof *run.meadow);
    out->us = now_us() - begun;
    return made;
}
