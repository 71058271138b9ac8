/* What the engine is busy with, said in memory that outlives the process: the shell hands it in,
 * and finds there, after a death, what was at hand. Saying it costs a copy, and no system call. */
#pragma once

#include "seal/digest.h"

/* Ascending: the later a record was fatal, the more of it is known to be harmless. */
enum crumb_stage {
    CRUMB_NONE,
    CRUMB_MESSAGE, /* a message as a whole; its id is its print, see suspect.h */
    CRUMB_HEADER,
    CRUMB_FOLD, /* kept, and folded with its dossier */
    CRUMB_BODY,
    CRUMB_JUDGE,
    CRUMB_STAGES
};

enum { CRUMB_LAYOUT = 1, CRUMB_FROM_SIZE = 72, CRUMB_VERSION_SIZE = 32 };

struct crumb {
    uint32_t layout; /* CRUMB_LAYOUT; anything else: nothing is said here */
    uint32_t stage;  /* enum crumb_stage */
    uint32_t died;   /* not zero: the process ended by its own fault, not by another's signal */
    struct digest id;
    char from[CRUMB_FROM_SIZE];       /* the node that sent it */
    char version[CRUMB_VERSION_SIZE]; /* of the program that runs now; empty: unknown */
};
