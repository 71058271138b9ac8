/* The press: papers are set by a process of their own, peregrin-paper, which is started for each,
 * sees the one description and nothing else, and is killed when it takes too long. Nobody waits for
 * it: a job is begun under a number, and asked for again. */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "press/press_end.h"

struct press;

enum { PRESS_JOBS_MAX = 4, PRESS_SECONDS = 30 };

enum press_state {
    PRESS_LATER,
    PRESS_DONE,
    PRESS_BUSY, /* too many at once: nothing was begun */
    PRESS_FAILED,
    PRESS_UNKNOWN, /* no job has this number */
};

/* program: the path of peregrin-paper; NULL: beside the program that runs. NULL when the machine
 * has no memory. */
struct press *press_open(const char *program);
/* Kills what still runs. */
void press_close(struct press *press);

/* Takes a job of this number, not 0, on. LATER, BUSY or FAILED: it could not be started. */
enum press_state press_begin(struct press *press, uint64_t number, struct bytes description,
                             struct instant now);

/* How the job stands. DONE and FAILED forget it; *pdf of DONE lives in the arena. */
struct press_result {
    struct bytes pdf;
    enum press_end end; /* of FAILED, as far as the process could say it */
    bool late;          /* of FAILED: it was killed, since it took too long */
};
enum press_state press_look(struct press *press, uint64_t number, struct instant now,
                            struct arena *arena, struct press_result *out);

/* What is to be said of a failure, and what to do. */
struct press_sentence {
    const char *sentence, *remedy;
    bool large; /* it was the paper, not the machine */
};
struct press_sentence press_explain(const struct press_result *result);
