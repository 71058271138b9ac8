/* Idempotency keys: the same request again gets the same answer and has no second effect; another
 * content under the same key is refused. */
#pragma once

#include "engine/peer.h"

struct request {
    bool keyed;
    struct digest key;     /* of the own institution and the caller's key */
    struct digest content; /* of all that was asked */
};

/* Sets answer->repeated, or a verdict, when the key was used before. */
enum fault request_look(struct step *step, const struct event_submission *submission,
                        struct request *out, struct event_answer *answer);
/* In the same transaction as what it answers. */
enum fault request_keep(struct step *step, const struct request *request,
                        const struct event_answer *answer);
