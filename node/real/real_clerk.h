/* Clerks: one thread at each node, which asks it for what the ledger says, over its API, and asks
 * again under the same key until there is an answer. */
#pragma once

#include "real/real_federation.h"
#include "real/real_ledger.h"

struct real_clerks;

/* NULL when the machine gives no threads. They rest at first. `alters`: what an oracle must find,
 * the first student's data are not those that the ledger knows of. */
struct real_clerks *real_clerk_open(const struct real_federation *federation,
                                    struct real_ledger *ledger, bool alters);
void real_clerk_close(struct real_clerks *clerks);
/* At rest they ask nothing; when this returns none waits for an answer. */
void real_clerk_rest(struct real_clerks *clerks, bool rests);

/* While they rest and nothing is open: this node is asked for so many nominations, and each that it
 * acknowledges has the excuse that it was not sent. How many. */
size_t real_clerk_unsent(struct real_clerks *clerks, size_t node, size_t wanted);

/* The same student nominated once more under another key: what an oracle must find. */
bool real_clerk_double(const struct real_clerks *clerks, const struct real_matter *matter);
