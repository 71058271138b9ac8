/* Which network a verb is about: the same flags for every verb that needs one. */
#pragma once

#include "flow/flow_year.h"
#include "lab/lab.h"

/* Rows for a verb's own flags, before its last row without a name. */
#define LAB_SOURCE_FLAGS                                                                     \
    {"make", "N", "a network made after the published statistics, of N institutions"},       \
        {"seed", "N", "another seed, another network and year of the same kind; 1"},         \
        {"read", "FILE", "a network of your own: .csv (from,to,students) or .graphml"},      \
        {"nodes", "FILE", "beside a .csv: schac,country,name of its institutions"},          \
        {"data", "DIR", "the published tables; else PEREGRIN_DATA, or ../shared/data"},      \
    {                                                                                        \
        "top", "K", "of it, the K institutions with most students, and the flows among them" \
    }

struct lab_source {
    struct flow_network network;
    struct flow_rates rates; /* of the membership list, as published or built in */
    uint64_t seed;
    enum lab_exit status; /* where there is none: what the verb gives back */
    const char *origin; /* where it is from, in words: `413 institutions of the published sample` */
};

/* Without --make and --read: the published sample where its tables are, else the built-in network
 * of 2,574, and a line on call->err says so. In the call's arena. False after saying why not,
 * with the status to end with. */
bool lab_source_read(struct lab_call *call, struct lab_source *out);
