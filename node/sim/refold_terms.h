/* The second reading of an agreement: what each record changes, and the state read off what is
 * known in the end. Own to refold.c. */
#pragma once

#include "record/dossier.h"
#include "sim/refold_said.h"

/* Zero-initialised. */
struct refold_terms {
    bool opened, is_void, ended;
    bool dropped;         /* what was open last was taken back, not declined */
    uint64_t spoke;       /* the lane of the newest terms */
    struct digest newest; /* terms of either */
};

/* A record that may be of an agreement: whether these numbers open one. */
bool refold_terms_opens(const struct said *said);
/* Takes the next record that is heard. */
void refold_terms_hear(struct refold_terms *tale, const struct said *said, struct dossier *says);
/* Sets state and revision. */
void refold_terms_end(const struct refold_terms *tale, struct dossier *says);
