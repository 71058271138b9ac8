/* The receiver's half of a stream: a Deliver is checked to the ground, stored, folded, judged, and
 * its receipt is owed, all in one transaction. */
#pragma once

#include "engine/peer.h"

enum { TAKE_DOSSIER_MAX = 1024 }; /* records of one dossier, forked and incomplete ones included */

enum fault take_deliver(struct step *step, struct pair *pair, const Peregrin__Deliver *deliver,
                        enum verdict *verdict);

/* At the end of the group: signs the receipts that are owed, repeats stored ones, tells the credit.
 */
enum fault take_settle(struct step *step, struct pair *pair);

/* The partner has a receipt for all that we hold of it, and we have not for some: a copy of this
 * node that was taken before it could sign was put back. They are signed again. */
enum fault take_receipts_make(struct step *step, struct pair *pair);
