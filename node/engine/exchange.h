/* A message inside a session: from whom, in which role, to which stage. */
#pragma once

#include "engine/peer.h"

/* dialled: it came on our own session. The plain bytes are scanned and parsed here. */
enum fault exchange_message(struct step *step, struct peer *peer, bool dialled, struct bytes plain,
                            enum verdict *verdict);
