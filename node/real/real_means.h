/* What this machine offers for doing harm to processes of our own: looked for, and said. */
#pragma once

#include "real/real_fault.h"

enum real_mean {
    REAL_MEAN_RELAY,   /* always */
    REAL_MEAN_SIGNALS, /* always */
    REAL_MEAN_STRACE,  /* kills at a chosen system call */
    REAL_MEAN_TMPFS,   /* a small disk for each node: in a mount namespace of ours */
    REAL_MEAN_LIMIT,   /* RLIMIT_FSIZE, where there is no small disk */
    REAL_MEAN_CLOCK,   /* libfaketime */
    REAL_MEAN_NETWORK, /* a network namespace of ours */
    REAL_MEAN_NFT,     /* packets lost below TCP, in that namespace */
    REAL_MEAN_COUNT
};

enum { REAL_MEANS_PATH = 256 };

struct real_means {
    bool has[REAL_MEAN_COUNT];
    const char *why[REAL_MEAN_COUNT]; /* it is not there; static text */
    char strace[REAL_MEANS_PATH], nft[REAL_MEANS_PATH], clock[REAL_MEANS_PATH];
};

/* Enters namespaces of its own where it may: from then on its mounts and its loopback are nobody
 * else's. Before any thread is started. Only what `set` has a use for. */
void real_means_find(struct real_means *means, uint32_t set);
const char *real_means_name(enum real_mean mean);
const char *real_means_purpose(enum real_mean mean);
/* The faults that can be done with them. */
uint32_t real_means_faults(const struct real_means *means, uint32_t set);
/* From now on packets are lost in the namespace of our own, or none is; where it has the means. */
void real_means_packets(const struct real_means *means, bool lost);
