/* peregrin-sim: test networks. Wiring only: the verbs stand in lab/. */
#include "lab/lab.h"

#include <signal.h>

static volatile int stopped;

static void stop(int)
{
    stopped = 1;
}

/* A second Ctrl-C ends it at once. A closed terminal says so more than once, and each further line
 * into a closed pipe is a signal again: they leave the time to end in order. Who asked that a
 * closed terminal means nothing, as nohup does, is obeyed. */
static void hear(void)
{
    struct sigaction once = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND}, before;
    struct sigaction always = {.sa_handler = stop, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &once, NULL);
    sigaction(SIGTERM, &once, NULL);
    sigaction(SIGPIPE, &always, NULL);
    sigaction(SIGHUP, NULL, &before);
    if (before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &always, NULL);
}

int main(int argc, char **argv)
{
    hear();
    return (int)lab_run_words(argc, argv, stdout, stderr, &stopped);
}
