/* Processes that are ours: started, signalled and waited for by their own ids. They end with this
 * one, however it ends, and no signal of its terminal reaches them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct real_process {
    pid_t pid;  /* 0: none runs */
    int status; /* of the last one, as waitpid says it */
};

/* How one is started. Both lists end with NULL. */
struct real_process_plan {
    const char *const *words;    /* the program's path first */
    const char *const *settings; /* `NAME=value`, beside the environment; NULL: none */
    const char *log;             /* what it says is added to this file */
};

bool real_process_start(struct real_process *process, const struct real_process_plan *plan);
/* It has ended since: its status stands there. */
bool real_process_ended(struct real_process *process);
void real_process_signal(const struct real_process *process, int number);
/* SIGKILL; when this returns it is dead. */
void real_process_kill(struct real_process *process);
/* SIGTERM, and SIGKILL after so long. */
void real_process_stop(struct real_process *process, int64_t patience_ms);
/* Starts it and waits: its exit status, or -1 when it could not be started, did not end by itself
 * or not in time. */
int real_process_run(const struct real_process_plan *plan, int64_t patience_ms);
