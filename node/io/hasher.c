#include "io/hasher.h"

#include "io/clock.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A job that nobody asks for again (the client has gone) makes room after so long. */
enum { FORGOTTEN_MS = 30000 };

enum job_state { JOB_NONE, JOB_WAITS, JOB_RUNS, JOB_DONE, JOB_FAILED };

struct job {
    enum job_state state;
    uint64_t number, turn;
    int64_t since_ms;
    uint8_t text[PASSWORD_TEXT_MAX];
    size_t size;
    struct password_salt salt;
    struct password_hash hash;
};

struct hasher {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    bool started, stopping;
    int done;
    uint64_t turns;
    struct job jobs[HASHER_JOBS_MAX];
};

/* --- in the thread
 * -------------------------------------------------------------------------------- */

/* The one that waits for longest. */
static struct job *next_job(struct hasher *hasher)
{
    struct job *next = NULL;
    for (size_t i = 0; i < HASHER_JOBS_MAX; i++) {
        struct job *job = &hasher->jobs[i];
        if (job->state == JOB_WAITS && (!next || job->turn < next->turn))
            next = job;
    }
    return next;
}

static void run_job(struct hasher *hasher, struct job *job)
{
    job->state = JOB_RUNS;
    pthread_mutex_unlock(&hasher->lock);
    bool good = password_derive((struct bytes) {job->text, job->size}, &job->salt, &job->hash);
    pthread_mutex_lock(&hasher->lock);
    explicit_bzero(job->text, sizeof job->text);
    job->state = good ? JOB_DONE : JOB_FAILED;
    job->since_ms = clock_steady_ms();
    uint64_t one = 1;
    ssize_t written = write(hasher->done, &one, sizeof one);
    (void)written; /* full means readable, which is what it is for */
}

static void *work(void *self)
{
    struct hasher *hasher = self;
    pthread_mutex_lock(&hasher->lock);
    while (!hasher->stopping) {
        struct job *job = next_job(hasher);
        if (job)
            run_job(hasher, job);
        else
            pthread_cond_wait(&hasher->more, &hasher->lock);
    }
    pthread_mutex_unlock(&hasher->lock);
    return NULL;
}

/* --- in the loop
 * ---------------------------------------------------------------------------------- */

enum fault hasher_open(struct hasher **out, struct reason *reason)
{
    struct hasher *hasher = calloc(1, sizeof *hasher);
    sigset_t all, before;
    if (!hasher)
        return reason_give(reason, FAULT_MEMORY, "no memory for the hasher");
    pthread_mutex_init(&hasher->lock, NULL);
    pthread_cond_init(&hasher->more, NULL);
    hasher->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    sigfillset(&all); /* signals are the loop's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hasher->started = hasher->done >= 0 && pthread_create(&hasher->thread, NULL, work, hasher) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (hasher->started) {
        *out = hasher;
        return FAULT_NONE;
    }
    hasher_close(hasher);
    return reason_give(
        reason, FAULT_MEMORY,
        "the system gives no thread for logins: raise TasksMax in the unit (ulimit -u), or give "
        "the machine more memory");
}

void hasher_close(struct hasher *hasher)
{
    if (!hasher)
        return;
    pthread_mutex_lock(&hasher->lock);
    hasher->stopping = true;
    pthread_cond_signal(&hasher->more);
    pthread_mutex_unlock(&hasher->lock);
    if (hasher->started)
        pthread_join(hasher->thread, NULL);
    if (hasher->done >= 0)
        close(hasher->done);
    pthread_cond_destroy(&hasher->more);
    pthread_mutex_destroy(&hasher->lock);
    explicit_bzero(hasher->jobs, sizeof hasher->jobs);
    free(hasher);
}

static struct job *job_find(struct hasher *hasher, uint64_t number)
{
    for (size_t i = 0; i < HASHER_JOBS_MAX; i++)
        if (hasher->jobs[i].state != JOB_NONE && hasher->jobs[i].number == number)
            return &hasher->jobs[i];
    return NULL;
}

static struct job *job_room(struct hasher *hasher)
{
    int64_t now = clock_steady_ms();
    for (size_t i = 0; i < HASHER_JOBS_MAX; i++) {
        struct job *job = &hasher->jobs[i];
        bool over = job->state == JOB_DONE || job->state == JOB_FAILED;
        if (job->state == JOB_NONE || (over && now - job->since_ms > FORGOTTEN_MS))
            return job;
    }
    return NULL;
}

static enum hasher_state job_begin(struct hasher *hasher, uint64_t number, struct bytes text,
                                   const struct password_salt *salt)
{
    struct job *job = job_room(hasher);
    assert(text.size <= PASSWORD_TEXT_MAX);
    if (!job)
        return HASHER_BUSY;
    *job = (struct job) {.state = JOB_WAITS,
                         .number = number,
                         .turn = ++hasher->turns,
                         .size = text.size,
                         .salt = *salt};
    memcpy(job->text, text.data, text.size);
    pthread_cond_signal(&hasher->more);
    return HASHER_LATER;
}

static enum hasher_state job_take(struct job *job, struct password_salt *salt,
                                  struct password_hash *out)
{
    if (job->state != JOB_DONE && job->state != JOB_FAILED)
        return HASHER_LATER;
    enum hasher_state state = job->state == JOB_DONE ? HASHER_DONE : HASHER_FAILED;
    *salt = job->salt;
    *out = job->hash;
    explicit_bzero(job, sizeof *job);
    return state;
}

enum hasher_state hasher_ask(struct hasher *hasher, uint64_t number, struct bytes text,
                             struct password_salt *salt, struct password_hash *out)
{
    pthread_mutex_lock(&hasher->lock);
    struct job *job = job_find(hasher, number);
    enum hasher_state state =
        job ? job_take(job, salt, out) : job_begin(hasher, number, text, salt);
    pthread_mutex_unlock(&hasher->lock);
    return state;
}

int hasher_descriptor(const struct hasher *hasher)
{
    return hasher->done;
}

void hasher_seen(struct hasher *hasher)
{
    uint64_t count;
    ssize_t got = read(hasher->done, &count, sizeof count);
    (void)got; /* nothing there is fine */
}
