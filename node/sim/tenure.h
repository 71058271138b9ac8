/* Whether a key counted for what it signed, by one catalogue: an own reading of both, for whoever
 * checks the nodes. NULL, or what is wrong with it. */
#pragma once

#include "trust/catalogue.h"

/* The bytes of a seal's statement. */
const char *tenure_seal(const struct catalogue *catalogue, const char *signer,
                        struct bytes statement);
/* A receipt as it is kept, with its signature. */
const char *tenure_receipt(const struct catalogue *catalogue, const char *signer,
                           struct bytes wire);
