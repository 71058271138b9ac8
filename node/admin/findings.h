/* What the rules of eligibility said of partners' records, worked out once when they had come.
 *
 * Soon after the commit that took a record, and in one of its own, so that no exchange waits for
 * it; where the feed was followed to is kept in the same commit, so that no crash forgets one. */
#pragma once

#include "admin/eligible.h"

/* How far the feed was followed. Where nobody has done so yet it is from here on: what came before
 * is asked whenever it is shown. Inside a transaction. */
enum fault findings_begin(struct store *store, struct arena *arena, int64_t *cursor);
/* All events up to this one were gone through. Inside a transaction; what is not said so is gone
 * through again. */
enum fault findings_followed(struct store *store, int64_t cursor);

/* Who asks, and when. */
struct findings_case {
    const struct eligible *eligible;
    struct store *store;
    const struct catalogue *catalogue;
    struct instant now;
};
/* Goes through what has happened since, until `max` records were asked about; inside a transaction.
 * *more: there is more to go through. */
enum fault findings_settle(const struct findings_case *subject, size_t max, struct arena *arena,
                           bool *more);

/* Of the record of this local number; *out NULL: they were not worked out. Any time. */
enum fault findings_get(struct store *store, int64_t serial, struct arena *arena,
                        const Peregrin__Findings **out);
/* As they were found. A rule that this program does not have any more is left out. */
enum fault findings_read(const Peregrin__Findings *kept, struct arena *arena,
                         struct eligible_findings *out);
