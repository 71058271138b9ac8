/* What is done with a story that fails: it is made small, and drawn. */
#pragma once

#include "lab/lab.h"
#include "swarm/shrink.h"

struct lab_failure {
    const char *title;   /* `Seed 0x2a` */
    const char *command; /* which shows it as it was found */
    struct bytes text;
    size_t replays;
    unsigned seconds;
    unsigned patience; /* a replay that takes longer fails, too: seconds; 0: APART_SECONDS */
    bool here;         /* plays in this process */
};

/* Says how far it is while a person watches. LAB_PROBLEMS after saying that it does not fail;
 * shrink_free otherwise. */
enum lab_exit lab_failure_shrink(struct lab_call *call, const struct lab_failure *failure,
                                 struct shrunk *out);
/* The page and the drawings of the small story, into a folder. False after saying why not. */
bool lab_failure_draw(struct lab_call *call, const struct lab_failure *failure,
                      const struct shrunk *shrunk, const char *folder);
