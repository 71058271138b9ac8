/* A crowd that reads lists of a node over kept connections, as fast as it is answered: a process of
 * its own, for measuring what reading costs everything else. */
#pragma once

#include <sys/types.h>

struct readers {
    pid_t pid;
    int stop, count; /* pipes */
};

/* Each of the connections asks for `target`, and goes through its pages by `next` where there are
 * some. A pid below 0: it could not begin. */
struct readers readers_begin(const char *socket, const char *target, unsigned connections);
/* How many whole answers with status 200 came; below 0: another status came, or none. */
long readers_end(struct readers *readers);
