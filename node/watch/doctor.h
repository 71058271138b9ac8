/* The doctor: every check that can be made now, in the order in which a node stands on them. Says
 * first whether the node runs; where it does not, looks at what lies on the disk and at the network
 * all the same. */
#pragma once

#include "watch/check.h"

struct doctor {
    const char *file;    /* of the configuration; NULL: the one that the running node names */
    const char *socket;  /* NULL: the one that the configuration names */
    const char *partner; /* SCHAC; NULL: all of them */
    const char *known;   /* the socket where the configuration cannot be read; NULL: none */
    bool deep;           /* reads the whole database, when no node has it open */
};

void doctor_run(const struct doctor *doctor, struct check_list *list);
