/* What is said of a stay in a story, and of one that will not be, as packed bodies; data NULL when
 * the arena is spent. */
#pragma once

#include "base/arena.h"

struct bytes sojourn_day(const char *date, struct arena *arena); /* arrival, departure */
struct bytes sojourn_extension(const char *until, struct arena *arena);
struct bytes sojourn_withdrawal(struct arena *arena);
struct bytes sojourn_revocation(
    struct arena *arena); /* of an acceptance, transcript, recognition */
