/* A person's hand on our stream to a partner: suspended and resumed, tried again, given up.
 *
 * Nothing is lost by any of it: what is suspended waits in the outbox, what is tried again is
 * judged again, and only what was never said can be given up. */
#pragma once

#include "engine/peer.h"

/* Unknown: no such pair, or no such submission. Out of turn: it still waits for its turn. */
enum fault steer_order(struct step *step, const struct event_order *order,
                       struct event_answer *answer);
/* Whether the pair was suspended before the engine was opened. */
enum fault steer_read(struct engine *engine, struct pair *pair);
