/* The sender's half of a stream: records leave the outbox in order, under credit, and stay in it
 * until their receipt has come. */
#pragma once

#include "engine/peer.h"

/* Sends what the outbox holds beyond the cursor, as far as credit reaches. */
enum fault deliver_pump(struct step *step, struct pair *pair);
/* Goes back to the first record without a receipt when nothing moved for a while. */
enum fault deliver_tick(struct step *step, struct pair *pair);
struct instant deliver_wake(const struct pair *pair);

enum fault deliver_ack(struct step *step, struct pair *pair, const Peregrin__Ack *ack,
                       enum verdict *verdict);
enum fault deliver_receipt(struct step *step, struct peer *peer, const Peregrin__Receipt *receipt,
                           enum verdict *verdict);
enum fault deliver_notice(struct step *step, struct pair *pair, const Peregrin__Notice *notice,
                          enum verdict *verdict);
