/* What a partner's record deserves, decided once: rules and transitions as its author had seen the
 * dossier; a refusal is written in our own lane. */
#pragma once

#include "engine/carry.h"
#include "engine/fold.h"

/* After a record came: loads, judges every record of the partner that is now folded and was never
 * judged, writes refusals, saves the row. fresh: the record that came, where its body is at hand;
 * may be NULL. While the guard is armed nothing is judged: the pair is marked for later. */
enum fault judge_settle(struct step *step, struct pair *pair, const struct store_place *place,
                        const struct carry_record *fresh);
/* The store's name of the mark that records of a pair wait for their judgement; in the arena. */
const char *judge_value(const struct pair *pair, struct arena *arena);

/* Judges what waited for the guard, or for room in the group. Does nothing while it must wait. */
enum fault judge_waiting(struct step *step, struct pair *pair);
