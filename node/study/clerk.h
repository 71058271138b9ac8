/* The people of a year: what they submit, made once where it is the same for everybody. */
#pragma once

#include "flow/flow.h"
#include "sim/world.h"

struct clerk {
    struct world *world;
    struct arena *arena; /* of one submission */
    struct bytes accept, refuse, transcript, correction, recognition;
};

/* The bodies stand in `keep`. False: an arena is spent. */
bool clerk_open(struct clerk *clerk, struct world *world, struct arena *keep, struct arena *work);

/* A student's mobility as its two sides name it. */
struct clerk_mobility {
    uint32_t number, home, host;
    struct header_dossier dossier; /* once it was nominated */
};

/* What kind of record such a deed writes; 0: it is no deed of people. */
uint32_t clerk_kind(enum flow_kind kind);
/* Submits at the node of whoever acts. */
struct event_answer clerk_submit(struct clerk *clerk, enum flow_kind kind,
                                 const struct clerk_mobility *mobility);
