/* A federation of real nodes in a folder of its own: keys, root, catalogue, one directory for each
 * node. Made with the project's own programs, as its people would. */
#pragma once

#include "real/real_node.h"
#include "real/relay.h"

enum { REAL_FEDERATION_LEAST = 2, REAL_FEDERATION_MOST = RELAY_NODES_MAX };
enum { REAL_FEDERATION_PLACE = 10 }; /* bytes of the folder in which it is made */

struct real_federation {
    char folder[REAL_NODE_FOLDER / 2];
    char programs[REAL_MEANS_PATH]; /* the folder of `peregrin` */
    char daemon[REAL_MEANS_PATH];   /* peregrind */
    struct real_node nodes[REAL_FEDERATION_MOST];
    size_t count;
    char why[512]; /* what went wrong, in a sentence */
};

/* The folder in which the federation's own is made: TMPDIR, or /tmp where it says nothing or is
 * longer than the paths of sockets allow; then `longer` says so. */
const char *real_federation_place(bool *longer);
/* Enrolled, and not started. The last of four or more cannot be dialled, and calls out. False, and
 * `why` says it. */
bool real_federation_make(struct real_federation *federation, const struct real_means *means,
                          size_t count);
/* `peregrin audit verify` of a node that runs: 0, or what it ended with. */
int real_federation_audit(const struct real_federation *federation, const struct real_node *node);
/* All nodes are ended, their disks are taken off, and the folder is gone, unless it is kept. */
void real_federation_end(struct real_federation *federation, bool keep);
