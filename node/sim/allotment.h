/* Places as the oracle counts them: for each acceptance, when it is first seen, what its host held
 * in that moment. Nothing of engine/places.c is asked, and nothing of the fold: records are read by
 * sim/refold.c, terms by sim/parse.c. */
#pragma once

#include "sim/ledger.h"

struct allotment;

/* The ledger is the caller's, and has noted each event before it comes here. NULL when memory is
 * refused. */
struct allotment *allotment_open(const struct world *world, struct ledger *ledger);
void allotment_close(struct allotment *allotment);

/* NULL, or who gave a place that was not there: `I7: ...`; valid until the next call. */
const char *allotment_note(struct allotment *allotment, const struct world_event *event);
/* The same of what was not said yet, without its name: who asked for it may not have been heard. */
const char *allotment_given(struct allotment *allotment);
/* Acceptances that somebody wanted though no place was left, and that took none that was. */
size_t allotment_over(const struct allotment *allotment);

/* For a world at rest; each gives NULL, or a sentence in the arena. Both ends of each agreement,
 * read by a stranger, have the same terms in force. */
const char *allotment_same(const struct allotment *allotment, struct arena *arena);
/* Nobody refused an acceptance for want of places, nor a nomination because terms changed: terms
 * that were in force for its author were once in force for the other. */
const char *allotment_stays(const struct allotment *allotment, struct arena *arena);
