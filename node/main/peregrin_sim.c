/* peregrin-sim: test networks. Wiring only: the verbs stand in lab/. */
#include "lab/lab.h"

#include <signal.h>

static volatile int stopped;

static void stop(int)
{
    stopped = 1;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return (int)lab_run_words(argc, argv, stdout, stderr, &stopped);
}
