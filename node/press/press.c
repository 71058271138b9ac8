#include "press/press.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
    uint64_t number; /* 0: free */
    pid_t process;
    int result; /* a file in memory */
    struct instant since;
};

struct press {
    char program[PATH_MAX];
    struct job jobs[PRESS_JOBS_MAX];
};

/* ---- one process -------------------------------------------------------------------------------
 */

/* A file in memory with these bytes, read from its beginning; -1: none could be had. */
static int file_of(struct bytes content)
{
    int file = memfd_create("paper", MFD_CLOEXEC);
    while (file >= 0 && content.size) {
        ssize_t put = write(file, content.data, content.size);
        if (put < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        if (put > 0)
            content = (struct bytes) {content.data + put, content.size - (size_t)put};
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

/* Nothing of ours is open in it, no signal is held back from it, and it knows no environment. */
static int start(const char *program, int in, int out, pid_t *process)
{
    static char *const environment[] = {(char *)"LC_ALL=C.UTF-8", NULL};
    char *const arguments[] = {(char *)"peregrin-paper", NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&files))
        return ENOMEM;
    if (posix_spawnattr_init(&attributes)) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int problem =
        posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO) ||
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) ||
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) ||
        posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    problem = problem ? ENOMEM
                      : posix_spawn(process, program, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return problem;
}

static void job_end(struct job *job)
{
    if (job->process > 0) {
        kill(job->process, SIGKILL);
        while (waitpid(job->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (job->number)
        close(job->result);
    *job = (struct job) {0};
}

static bool job_late(const struct job *job, struct instant now)
{
    return instant_seconds(now) > instant_seconds(job->since) + PRESS_SECONDS;
}

/* ---- the press ---------------------------------------------------------------------------------
 */

/* Beside the program that runs, as it was built; or where a package puts what nobody types. */
static bool program_find(char program[static PATH_MAX])
{
    static const char *const places[] = {"peregrin-paper", "../libexec/peregrin/peregrin-paper"};
    char own[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", own, sizeof own - 1);
    own[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(own, '/');
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        int length = snprintf(program, PATH_MAX, "%.*s/%s", (int)(slash - own), own, places[i]);
        if (length > 0 && length < PATH_MAX && access(program, X_OK) == 0)
            return true;
    }
    return false;
}

struct press *press_open(const char *program)
{
    struct press *press = calloc(1, sizeof *press);
    if (!press)
        return NULL;
    if (program)
        snprintf(press->program, sizeof press->program, "%s", program);
    else if (!program_find(press->program))
        press->program[0] = '\0'; /* then starting it fails, and that is said */
    return press;
}

void press_close(struct press *press)
{
    for (size_t i = 0; press && i < PRESS_JOBS_MAX; i++)
        job_end(&press->jobs[i]);
    free(press);
}

/* A free place; of what nobody asked for again in its time, that of the first is taken. */
static struct job *place_find(struct press *press, struct instant now)
{
    for (size_t i = 0; i < PRESS_JOBS_MAX; i++)
        if (press->jobs[i].number && job_late(&press->jobs[i], now))
            job_end(&press->jobs[i]);
    for (size_t i = 0; i < PRESS_JOBS_MAX; i++)
        if (!press->jobs[i].number)
            return &press->jobs[i];
    return NULL;
}

enum press_state press_begin(struct press *press, uint64_t number, struct bytes description,
                             struct instant now)
{
    assert(number != 0);
    struct job *job = place_find(press, now);
    if (!job)
        return PRESS_BUSY;
    int in = file_of(description), out = file_of((struct bytes) {0});
    bool started = in >= 0 && out >= 0 && start(press->program, in, out, &job->process) == 0;
    if (in >= 0)
        close(in);
    if (started) {
        *job = (struct job) {number, job->process, out, now};
        return PRESS_LATER;
    }
    if (out >= 0)
        close(out);
    *job = (struct job) {0};
    return PRESS_FAILED;
}

static bool result_read(int file, struct arena *arena, struct bytes *out)
{
    struct stat about;
    if (fstat(file, &about) != 0 || about.st_size <= 0)
        return false;
    size_t size = (size_t)about.st_size, got = 0;
    uint8_t *room = arena_room(arena, size);
    while (room && got < size) {
        ssize_t part = pread(file, room + got, size - got, (off_t)got);
        if (part <= 0 && errno != EINTR)
            return false;
        got += part > 0 ? (size_t)part : 0;
    }
    *out = (struct bytes) {room, size};
    return room != NULL;
}

enum press_state press_look(struct press *press, uint64_t number, struct instant now,
                            struct arena *arena, struct press_result *out)
{
    struct job *job = NULL;
    int status = 0;
    *out = (struct press_result) {.end = PRESS_END_OUTPUT};
    for (size_t i = 0; i < PRESS_JOBS_MAX && !job; i++)
        if (number && press->jobs[i].number == number)
            job = &press->jobs[i];
    if (!job)
        return PRESS_UNKNOWN;
    pid_t ended = waitpid(job->process, &status, WNOHANG);
    if (ended == 0) {
        out->late = job_late(job, now);
        if (out->late)
            job_end(job);
        return out->late ? PRESS_FAILED : PRESS_LATER;
    }
    job->process = 0;
    bool whole = ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == PRESS_END_DONE &&
                 result_read(job->result, arena, &out->pdf);
    if (!whole && ended > 0 && WIFEXITED(status))
        out->end = (enum press_end)WEXITSTATUS(status);
    job_end(job);
    return whole ? PRESS_DONE : PRESS_FAILED;
}

struct press_sentence press_explain(const struct press_result *result)
{
    static const struct {
        enum press_end end;
        struct press_sentence sentence;
    } rows[] = {
        {PRESS_END_TOO_LARGE,
         {"the paper is larger than a paper may be", "ask for a smaller one", true}},
        {PRESS_END_FONTS,
         {"the fonts that papers are set in are not installed", "install fonts-dejavu-core",
          false}},
        {PRESS_END_CAGE,
         {"the system does not shut the process that sets papers in",
          "let the node's service use seccomp filters", false}},
    };
    if (result->late)
        return (struct press_sentence) {"the paper took too long and was given up",
                                        "try again when the machine has less to do", false};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].end == result->end)
            return rows[i].sentence;
    return (struct press_sentence) {"the process that sets papers did not end as it should",
                                    "see that peregrin-paper stands beside peregrind and starts",
                                    false};
}
