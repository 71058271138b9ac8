/* Partners by the hundred: processes that each host many nodes, every one with keys, catalogue,
 * engine, SQLite database, listener and sessions of its own. What the shell does for one node, a
 * crowd does for each of its nodes in turn. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

enum { CROWD_PROCESSES = 8, CROWD_NODES_MAX = 1000 };

/* What the nodes of all processes tell, in memory that is shared with them. */
struct crowd_told {
    uint64_t taken; /* records */
    double last;    /* when the last of them was committed: figure_now() */
};

struct crowd {
    pid_t processes[CROWD_PROCESSES];
    struct crowd_told *told; /* of each node */
    long count;
};

/* Before anything else in main: a process that was started as a crowd is one, and ends. */
void crowd_be(int count, char **arguments);
/* Starts the first `count` partners of the federation in dir, spread over the processes; returns
 * when all listen. */
void crowd_start(struct crowd *crowd, const char *self, const char *dir, long count);
void crowd_stop(struct crowd *crowd);
