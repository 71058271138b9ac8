/* Defects planted on purpose: whoever proves the node is proved too. They are there only in builds
 * made for it (make VARIANT=broken), one at a time, and PEREGRIN_BROKEN=NAME in the environment
 * chooses it. In every other build broken_is() is false before the compiler begins to think, and
 * nothing of them is left (tests/fences/broken.sh looks). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum broken {
    BROKEN_NONE,
    BROKEN_FRAMES_EARLY,
    BROKEN_TWO_TRANSACTIONS,
    BROKEN_NO_SYNC,
    BROKEN_NO_DEDUPLICATION,
    BROKEN_KEY_IGNORED,
    BROKEN_DONE_ON_ACK,
    BROKEN_FORGETFUL,
    BROKEN_RECEIPT_ONCE,
    BROKEN_GAP_TAKEN,
    BROKEN_CREDIT_IGNORED,
    BROKEN_BLIND_GUARD,
    BROKEN_NOT_REFILLED,
    BROKEN_ALARM_UNSAID,
    BROKEN_JUDGED_AGAIN,
    BROKEN_OLD_SESSION,
    BROKEN_WINDOW_OPEN,
    BROKEN_COUNTER_FORGOTTEN,
    BROKEN_COUNTER_LOWERED,
    BROKEN_SEAL_EACH,
    BROKEN_BYTES_KEPT,
    BROKEN_UNVERIFIED,
    BROKEN_EFFECT_FIRST,
    BROKEN_ANY_BODY,
    BROKEN_FOLD_BY_ARRIVAL,
    BROKEN_HOST_FIRST,
    BROKEN_ANY_REVISION,
    BROKEN_FORK_UNSEEN,
    BROKEN_NAME_SAID,
    BROKEN_RECEIPT_KEY,
    BROKEN_LEFT_BEHIND,
    BROKEN_PLACES_LATE,
    BROKEN_WAITLIST_FREE,
    BROKEN_OTHER_TERMS,
    BROKEN_PLACES_ANEW,
    BROKEN_HOME_COUNTS,
    BROKEN_ANY_TERMS,
    BROKEN_COUNT
};

#ifdef PEREGRIN_BROKEN

enum broken broken_chosen(void);
/* For this process from now on. */
void broken_choose(enum broken defect);

struct broken_text {
    const char *name, *sentence;
};
/* NULL for BROKEN_NONE and past the last one. */
const struct broken_text *broken_text(enum broken defect);
/* BROKEN_NONE: there is no such name. */
enum broken broken_find(const char *name);

static inline bool broken_is(enum broken defect)
{
    return broken_chosen() == defect;
}

#else

static inline bool broken_is(enum broken defect)
{
    (void)defect;
    return false;
}

#endif
