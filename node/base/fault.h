/* What the world did to us: a port could not do its work. Never what somebody said. */
#pragma once

#include "base/try.h"

/* It would read the attribute as an initialiser. */
/* clang-format off */
enum [[nodiscard]] fault {
    FAULT_NONE = 0,
    FAULT_MEMORY,    /* the machine has no memory left */
    FAULT_DISK_FULL, /* the database cannot grow */
    FAULT_STORAGE,   /* the database could not be read or written */
    FAULT_FLUSH,     /* what was written did not reach the disk */
    FAULT_MOVED,     /* the database was moved or deleted under us */
    FAULT_LOG_DAMAGED, /* the database's log is damaged before its end */
    FAULT_TAKEN,     /* another process has the database open */
    FAULT_CORRUPT,   /* the database holds what it cannot hold */
    FAULT_NEWER,     /* the database was written by a newer version */
    FAULT_NETWORK,   /* a socket could not be opened, bound or used */
    FAULT_FILE,      /* a file could not be read or written */
    FAULT_KEY,       /* a key is absent or cannot sign */
    FAULT_CONFIG,    /* the configuration cannot be used */
    FAULT_COUNT
};
/* clang-format on */

struct fault_text {
    const char *code;     /* stable, for programs: `disk_full` */
    const char *sentence; /* what happened */
    const char *remedy;   /* what to do */
    int exit_status;      /* of the CLI */
};

const struct fault_text *fault_text(enum fault fault);
