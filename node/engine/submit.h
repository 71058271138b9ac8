/* What users say: records of our own institutions, in their place, sealed at the end of the group.
 */
#pragma once

#include "engine/fold.h"
#include "local.pb-c.h"

/* EVENT_SUBMITTED. The answer stands in the outcome. */
enum fault submit_command(struct step *step, const struct event_submission *submission);

/* The guard was lifted: what waited gets its index now, in the order in which it was asked. */
enum fault submit_ready(struct step *step, struct pair *pair);

/* A row of what waits, as it was kept; in the engine's scratch. */
enum fault submit_kept(struct engine *engine, const struct store_ready *row,
                       Peregrin__Submission **kept);

/* A refusal in our own lane, in the step that judges. */
enum fault submit_refusal(struct step *step, struct pair *pair, const struct store_place *place,
                          const struct fold_view *view, const struct digest *target,
                          const struct rules_finding *finding);
