/* Where a node keeps its store: in memory, or as SQLite on a made-up disk of its own, from which
 * what was committed comes back as it would from a real one. */
#pragma once

#include "sim/disk.h"
#include "store/store.h"

struct housing {
    struct store *store; /* NULL: it could never be opened */
    bool dead;           /* it could not be opened again: all that it is asked fails */
    struct disk *disk;   /* NULL: in memory */
};

/* Empty. False when memory is refused. */
bool housing_open(struct housing *housing, bool on_disk);
void housing_close(struct housing *housing);
/* The process is gone, and on a disk everything that it had not committed. It is opened anew. */
void housing_die(struct housing *housing);
/* The power is gone; dice: see disk_cut. In memory it is as if the process had gone. */
void housing_cut(struct housing *housing, uint64_t dice);
/* What could not be opened is tried again; false: it still cannot. */
bool housing_again(struct housing *housing);
/* What was committed, on another disk. False when memory is refused, or it cannot be opened. */
bool housing_copy(const struct housing *housing, struct housing *out);
