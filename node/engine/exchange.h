/* A message inside a session: from whom, in which role, to which stage. */
#pragma once

#include "engine/peer.h"

/* The plain bytes are scanned and parsed here. */
enum fault exchange_message(struct step *step, struct peer *peer, enum peer_session session,
                            struct bytes plain, enum verdict *verdict);
/* The same between institutions of this node: who speaks to whom is known. */
enum fault exchange_errand(struct step *step, const struct peer_errand *errand,
                           enum verdict *verdict);
