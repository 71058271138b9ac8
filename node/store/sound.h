/* Whether a record is still what was kept. SQLite has no sums over its pages: where a disk rots, a
 * record reads as another one. Its id and its commitment tell. */
#pragma once

#include "store/store.h"

/* The header is the record's own, read. FAULT_CORRUPT when the row is not what its own header says,
 * or salt and body (where they are there) are not those that it commits to. */
enum fault sound_check(const struct store_record *record, const struct header *header);
