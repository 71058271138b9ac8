/* Who needs a look at the end of a group. A node with hundreds of partners deals with one or two of
 * them at a time: the others are left alone until something happens to them, or their time comes.
 */
#pragma once

#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>

struct attend {
    struct instant *due; /* of each place: the look that it wants though nothing happens to it */
    bool *touched;       /* something happened to it since it was last looked at */
    bool *busy;          /* it had work then */
    size_t *places;      /* to be looked at in this group, ascending */
    size_t count, busy_count;
};

/* All places are touched, and busy until they were looked at. False when memory is refused. */
bool attend_open(struct attend *attend, size_t count);
void attend_close(struct attend *attend);
void attend_touch(struct attend *attend, size_t place);
void attend_all(struct attend *attend);
/* Fills places with those that were touched or are due, and gives how many; none is touched then.
 */
size_t attend_gather(struct attend *attend, struct instant now);
void attend_settled(struct attend *attend, size_t place, struct instant due, bool busy);
/* The first look that any place wants. */
struct instant attend_wake(const struct attend *attend);
/* Any place had work when it was looked at last. */
bool attend_busy(const struct attend *attend);
