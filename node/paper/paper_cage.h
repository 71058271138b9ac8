/* The cage: what the process that sets papers may still do once its fonts are loaded, before it
 * reads the first byte that somebody else has written: read and write what is open, take memory,
 * end. No file, no network, no other program, no other process. */
#pragma once

#include "base/fault.h"

enum {
    PAPER_CAGE_MEMORY = 1024 * 1024 * 1024, /* bytes of address space, libraries and fonts in it */
    PAPER_CAGE_SECONDS = 30,                /* of the processor */
};

/* Limits of memory and time, no core: before anything is loaded. */
enum fault paper_cage_limit(void);
/* The filter of system calls, for all threads and for good. To open anything fails; what else is
 * not listed ends the process. */
enum fault paper_cage_close(void);
