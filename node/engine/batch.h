/* Own records under seals: what was said in one transaction, and anew what stands under a key that
 * ended or was revoked before its receipt came. A record's bytes never change, only its seal. */
#pragma once

#include "engine/peer.h"

/* Seals the pair's unsealed records and puts them into the outbox. */
enum fault batch_settle(struct step *step, struct pair *pair);

/* Outbox rows, from the first one on, whose seals' key does not count any more: those without a
 * receipt are sealed with the key of today, as far as one seal holds them, and rows names the new
 * one; who was receipted before is proved by that. *waits: no key of ours is in force. */
enum fault batch_renew(struct step *step, struct pair *pair, struct store_outbox_row *rows,
                       size_t count, bool *waits);

/* What the partner refused for such a seal before we knew is stuck no more. */
enum fault batch_unstick(struct step *step, struct pair *pair);

/* A record of the partner, held under a seal whose key does not count any more, came again in a
 * whole batch under one whose key does: it stands under that from now on. seal: of that batch, put
 * where it has no number yet. */
enum fault batch_replace(struct step *step, struct pair *pair, int64_t serial, uint32_t index,
                         struct store_signed *seal);
