/* A session with real processes: a federation is made, work is asked of it while everything goes
 * wrong, it is healed, and an oracle outside compares. Round after round. */
#pragma once

#include "real/real_havoc.h"
#include "real/real_ledger.h"
#include "real/real_reckon.h"

/* Harm on purpose, that the oracle must find. */
enum real_prove {
    REAL_PROVE_NOTHING,
    REAL_PROVE_LOST,    /* two nodes are put back to their beginning */
    REAL_PROVE_DOUBLED, /* a student is nominated once more */
    REAL_PROVE_ALTERED, /* a student's data are not those that were asked for */
    REAL_PROVE_SILENT,  /* a node stands still, and answers nobody */
    REAL_PROVE_COUNT
};
/* NULL past the end, and for nothing. */
const char *real_prove_name(enum real_prove prove);

struct real_settings {
    uint64_t seed;
    size_t nodes;
    uint64_t seconds, kills; /* it ends after so long, or so many; 0: not by this */
    uint32_t faults;
    const char *programs; /* the folder of `peregrin` */
    const char *daemon;   /* peregrind */
    enum real_prove prove;
    volatile int *stop;
    /* Once, what the machine offers; and what is going on, from time to time. Either may be NULL.
     */
    void (*found)(void *self, const struct real_means *means);
    void (*progress)(void *self, const char *text);
    void *self;
};

struct real_result {
    struct real_means means;
    uint32_t faults; /* those that could be done */
    uint64_t rounds, kills, starts, ended, fallen, restores, frames;
    uint64_t counts[REAL_FAULT_COUNT], points[REAL_POINT_COUNT];
    struct real_ledger_sums ledger;
    struct real_reckoning reckoning;
    uint64_t audits, audits_failed;
    uint64_t unsettled; /* rounds that were not quiet within the bound */
    uint64_t silent;    /* nodes that did not answer the oracle */
    uint64_t heal_ms_worst, heal_ms_sum, chaos_ms, all_ms;
    bool compared; /* the last comparison was made */
    bool kept;     /* the folder is still there: something is wrong in it, or it was wanted */
    char folder[REAL_NODE_FOLDER];
    char why[512]; /* why it could not be done at all; or what is wrong besides the reckoning */
};

/* False: it could not be done, and `why` says it. */
bool real_run(const struct real_settings *settings, bool keep, struct real_result *result);
/* Something is lost, doubled, disagrees ... or fell by itself, or does not settle. */
bool real_failed(const struct real_result *result);
