/* The responder's half: openings at the gate, the session that a partner's node keeps to us. */
#pragma once

#include "engine/peer.h"

/* An opening: gate tag, then the durable counter, then the handshake. The live session stays
 * untouched until the first valid transport frame of the new one. */
enum fault answer_opening(struct step *step, const struct frame *frame, enum verdict *verdict);

/* A transport frame on a connection that we did not dial: finds its session, opens it. On success
 * *peer is set and the session is the live one. */
enum verdict answer_open(struct step *step, const struct frame *frame, struct peer **peer,
                         struct bytes *plain);

/* A session that carries streams of ours, because its node cannot be dialled, is over when it falls
 * silent: what waits, waits for the next call, and no timer runs. */
void answer_tick(struct step *step, struct peer *peer);
struct instant answer_wake(const struct peer *peer);
