/* What proves a record to a stranger, put together from the store: evidence before it is packed. */
#pragma once

#include "store/store.h"
#include "trust/catalogue.h"

/* The seal over a record and the place of the record in it; NULL when it has none yet.
 * FAULT_CORRUPT when what is stored cannot be one. */
enum fault proof_seal(struct store *store, const struct store_record *record, struct arena *arena,
                      Peregrin__Proof **out);
/* The receipt for a record; NULL when none has come. */
enum fault proof_receipt(struct store *store, const struct store_record *record,
                         struct arena *arena, Peregrin__Proof **out);

/* All of it. *out is NULL for a record without a seal. */
enum fault proof_evidence(struct store *store, const struct catalogue_files *files,
                          const struct store_record *record, struct arena *arena,
                          Peregrin__Evidence **out);
