/* Many seeds on trial, in several processes: a seed that ends its process has failed like any
 * other, and the rest goes on. */
#pragma once

#include "swarm/trial.h"

#include <stddef.h>

enum { HERD_JOBS_MAX = 64 };

struct herd_result {
    uint64_t seed;
    uint64_t events;
    uint64_t node_us, probes; /* see trial.h */
    bool failed, twice;
    char wrong[TRIAL_WRONG_MAX];
};

struct herd_sum {
    uint64_t seeds, failed, twice, events, node_us;
    int64_t us; /* on the wall */
};

struct herd {
    uint64_t first, seeds;
    size_t jobs;        /* at most HERD_JOBS_MAX */
    volatile int *stop; /* set: it ends with what it has */
    /* Called for each seed as it is done; sum has it already. */
    void (*hear)(void *self, const struct herd_result *result, const struct herd_sum *sum);
    void *self;
};

/* False when there are no processes to be had. */
bool herd_run(const struct herd *herd, struct herd_sum *out);
