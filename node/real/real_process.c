#include "real/real_process.h"

#include "real/real_time.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SETTINGS_MAX = 512, CANNOT_RUN = 127 };

/* Other threads run here: nothing between fork and exec may take a lock. */
static void become(const struct real_process_plan *plan, char **settings, int log, pid_t parent)
{
    int nothing = open("/dev/null", O_RDONLY);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    bool good = getppid() == parent && nothing >= 0 && dup2(nothing, 0) == 0 && dup2(log, 1) == 1 &&
                dup2(log, 2) == 2;
    if (good)
        execve(plan->words[0], (char *const *)plan->words, settings);
    _exit(CANNOT_RUN);
}

/* The environment with the plan's own settings before it: the first of a name counts. */
static void settings_fill(const struct real_process_plan *plan, char *out[static SETTINGS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; plan->settings && plan->settings[i]; i++)
        out[count++] = (char *)plan->settings[i];
    for (size_t i = 0; environ[i] && count + 1 < SETTINGS_MAX; i++)
        out[count++] = environ[i];
    out[count] = NULL;
}

bool real_process_start(struct real_process *process, const struct real_process_plan *plan)
{
    char *settings[SETTINGS_MAX];
    assert(!process->pid);
    settings_fill(plan, settings);
    int log = open(plan->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0)
        return false;
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        become(plan, settings, log, parent);
    close(log);
    process->pid = child > 0 ? child : 0;
    return child > 0;
}

/* What libfaketime keeps under a process's id outlives a kill -9, and whoever gets that id later
 * could not begin. */
static void forget(struct real_process *process)
{
    static const char *const left[] = {"/dev/shm/faketime_shm_", "/dev/shm/sem.faketime_sem_"};
    char path[64];
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(path, sizeof path, "%s%d", left[i], (int)process->pid);
        unlink(path);
    }
    process->pid = 0;
}

bool real_process_ended(struct real_process *process)
{
    if (!process->pid || waitpid(process->pid, &process->status, WNOHANG) != process->pid)
        return false;
    forget(process);
    return true;
}

void real_process_signal(const struct real_process *process, int number)
{
    if (process->pid)
        kill(process->pid, number);
}

void real_process_kill(struct real_process *process)
{
    if (!process->pid)
        return;
    kill(process->pid, SIGKILL);
    while (waitpid(process->pid, &process->status, 0) < 0 && errno == EINTR)
        ;
    forget(process);
}

static bool wait_for(struct real_process *process, int64_t patience_ms)
{
    int64_t end = real_time_ms() + patience_ms;
    while (!real_process_ended(process)) {
        if (!process->pid || real_time_ms() > end)
            return false;
        real_time_pause(2);
    }
    return true;
}

void real_process_stop(struct real_process *process, int64_t patience_ms)
{
    real_process_signal(process, SIGTERM);
    if (!wait_for(process, patience_ms))
        real_process_kill(process);
}

int real_process_run(const struct real_process_plan *plan, int64_t patience_ms)
{
    struct real_process process = {0};
    if (!real_process_start(&process, plan))
        return -1;
    if (!wait_for(&process, patience_ms)) {
        real_process_kill(&process);
        return -1;
    }
    return WIFEXITED(process.status) ? WEXITSTATUS(process.status) : -1;
}
