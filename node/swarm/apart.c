#include "swarm/apart.h"

#include "sim/story.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_MAX = 64 * 1024, NO_PARENT = 98, NO_MEMORY = 99 };

void apart_tie(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(NO_PARENT);
}

/* In the child: `wrong` goes into one file, what a dying process says into the other. */
_Noreturn static void play_and_leave(struct bytes text, unsigned seconds, int result, int said)
{
    struct story story;
    signal(SIGALRM, SIG_DFL);
    alarm(seconds);
    dup2(said, STDERR_FILENO);
    if (!story_play(text, &story))
        _exit(NO_MEMORY);
    if (story.wrong && write(result, story.wrong, strlen(story.wrong)) < 0)
        _exit(NO_MEMORY);
    _exit(0);
}

static bool file_read(int file, char out[static SAID_MAX])
{
    ssize_t size = pread(file, out, SAID_MAX - 1, 0);
    out[size > 0 ? size : 0] = '\0';
    return size >= 0;
}

/* The line that says why a process ended: of an assertion or a sanitizer, else the last one. */
static const char *last_words(char *said)
{
    static const char *const marks[] = {"Assertion", "runtime error", "ERROR:"};
    char *last = said, *rest = said;
    for (char *line; (line = strsep(&rest, "\n"));) {
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (strstr(line, marks[i]))
                return line;
        if (*line)
            last = line;
    }
    return last;
}

static bool death_tell(int status, unsigned seconds, int said, char **wrong)
{
    char text[SAID_MAX];
    int length;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        length = asprintf(wrong, "the process did not end within %u seconds", seconds);
    else if (WIFSIGNALED(status) && !file_read(said, text))
        length = -1;
    else if (file_read(said, text) && *text)
        length = asprintf(wrong, "the process ended: %s", last_words(text));
    else
        length = asprintf(wrong, "the process ended: %s",
                          WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "without a word");
    return length >= 0;
}

static bool outcome_read(int status, unsigned seconds, int result, int said, char **wrong)
{
    char text[SAID_MAX];
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_MEMORY)
        return false;
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        return death_tell(status, seconds, said, wrong);
    if (!file_read(result, text))
        return false;
    *wrong = *text ? strdup(text) : NULL;
    return !*text || *wrong;
}

bool apart_play(void *self, struct bytes text, char **wrong)
{
    const unsigned *patience = self;
    unsigned seconds = patience ? *patience : APART_SECONDS;
    int result = memfd_create("result", MFD_CLOEXEC), said = memfd_create("said", MFD_CLOEXEC);
    int status;
    bool good = result >= 0 && said >= 0;
    *wrong = NULL;
    fflush(NULL);
    pid_t parent = getpid(), child = good ? fork() : -1;
    if (child == 0) {
        apart_tie(parent);
        play_and_leave(text, seconds, result, said);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            child = -1;
    good = child > 0 && outcome_read(status, seconds, result, said, wrong);
    if (result >= 0)
        close(result);
    if (said >= 0)
        close(said);
    return good;
}
