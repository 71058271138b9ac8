/* What users say: records of our own institutions, in their place, sealed at the end of the group.
 */
#pragma once

#include "engine/fold.h"

/* EVENT_SUBMITTED. The answer stands in the outcome. */
enum fault submit_command(struct step *step, const struct event_submission *submission);

/* The guard was lifted: what waited gets its index now, in the order in which it was asked. */
enum fault submit_ready(struct step *step, struct pair *pair);

/* A refusal in our own lane, in the step that judges. */
enum fault submit_refusal(struct step *step, struct pair *pair, const struct store_place *place,
                          const struct fold_view *view, const struct digest *target,
                          const struct rules_finding *finding);
