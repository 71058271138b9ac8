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
/* The guard was lifted: judges what waited for it. */
enum fault judge_waiting(struct step *step, struct pair *pair);
