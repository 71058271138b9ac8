/* The dialler's half: opening a session to a partner's node, keeping it, giving it up. */
#pragma once

#include "engine/peer.h"

/* Time has passed, or work has come: dials, pings, re-dials and gives up as is due. */
enum fault dial_tick(struct step *step, struct peer *peer);

/* The answer and the stale answer to our opening. */
enum fault dial_answered(struct step *step, struct peer *peer, const struct frame *frame,
                         enum verdict *verdict);
enum fault dial_stale(struct step *step, struct peer *peer, const struct frame *frame,
                      enum verdict *verdict);

/* A transport frame on our own session. */
enum verdict dial_opened(struct step *step, struct peer *peer, const struct frame *frame,
                         struct bytes *plain);
/* Says who we are: first on our own session, or in answer on the partner's. */
void dial_hello(struct step *step, struct peer *peer, enum peer_session session);

/* The session is over: what was in flight goes again in the next one. */
void dial_close(struct step *step, struct peer *peer);

/* The partner's node opened a new session to us. It may have lost what we sent it, and only a
 * summary on a session of our own tells: one is opened, or the one that lives is probed. */
void dial_answer_call(struct step *step, struct peer *peer);
/* Its process is a new one and knows nothing of our session to the old one. */
void dial_again(struct step *step, struct peer *peer);

/* When dial_tick wants to be called next. */
struct instant dial_wake(const struct peer *peer);

/* Asks for a sign of life: a ping in a live session, a new session otherwise. */
void dial_ping(struct step *step, struct peer *peer);
