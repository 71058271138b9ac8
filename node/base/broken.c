#include "base/broken.h"

#ifdef PEREGRIN_BROKEN

#    include <assert.h>
#    include <stdio.h>
#    include <stdlib.h>
#    include <string.h>

static const struct broken_text texts[BROKEN_COUNT] = {
    [BROKEN_FRAMES_EARLY] = {"frames-early", "frames leave before their commit"},
    [BROKEN_TWO_TRANSACTIONS] = {"two-transactions",
                                 "a record is committed before its row in the outbox"},
    [BROKEN_NO_SYNC] = {"no-sync", "a commit does not wait for the disk"},
    [BROKEN_NO_DEDUPLICATION] = {"no-deduplication", "a record that is held is taken once more"},
    [BROKEN_KEY_IGNORED] = {"key-ignored", "a submission under a known key is done again"},
    [BROKEN_DONE_ON_ACK] = {"done-on-ack", "an ack is enough to leave the outbox"},
    [BROKEN_FORGETFUL] = {"forgetful", "a new session does not look into the outbox"},
    [BROKEN_RECEIPT_ONCE] = {"receipt-once", "a stored receipt is not repeated"},
    [BROKEN_GAP_TAKEN] = {"gap-taken", "records behind a gap in the positions are taken"},
    [BROKEN_CREDIT_IGNORED] = {"credit-ignored", "records are sent without credit"},
    [BROKEN_BLIND_GUARD] = {"blind-guard", "the write guard lifts and nothing was compared"},
    [BROKEN_NOT_REFILLED] = {"not-refilled", "what the partner lost is not sent again"},
    [BROKEN_ALARM_UNSAID] = {"alarm-unsaid", "nobody is told that the partner lost records"},
    [BROKEN_JUDGED_AGAIN] = {"judged-again",
                             "what came back after a restore is judged a second time"},
    [BROKEN_OLD_SESSION] = {"old-session", "a session that was replaced goes on beside the new"},
    [BROKEN_WINDOW_OPEN] = {"window-open", "the replay window lets everything through"},
    [BROKEN_COUNTER_FORGOTTEN] = {"counter-forgotten", "no counter of openings is kept"},
    [BROKEN_COUNTER_LOWERED] = {"counter-lowered", "a stale opening takes the kept counter back"},
    [BROKEN_SEAL_EACH] = {"seal-each", "a batch's seal is verified anew for each of its records"},
    [BROKEN_BYTES_KEPT] = {"bytes-kept", "what has its receipt weighs on as if it were in flight"},
    [BROKEN_UNVERIFIED] = {"unverified", "signatures are not verified"},
    [BROKEN_EFFECT_FIRST] = {"effect-first", "a record is told of before its seal has held"},
    [BROKEN_ANY_BODY] = {"any-body", "a body is not compared with what its header commits to"},
    [BROKEN_FOLD_BY_ARRIVAL] = {"fold-by-arrival",
                                "of concurrent records the one that came first is first"},
    [BROKEN_HOST_FIRST] = {"host-first", "of concurrent records the host's are folded first"},
    [BROKEN_ANY_REVISION] = {"any-revision",
                             "an answer binds whatever revision of the nomination it names"},
    [BROKEN_FORK_UNSEEN] = {"fork-unseen", "a forked lane is shown as fine"},
    [BROKEN_NAME_SAID] = {"name-said", "a sentence of the log holds what a record says"},
    [BROKEN_RECEIPT_KEY] = {"receipt-key",
                            "a receipt counts under a key that ended or was revoked"},
    [BROKEN_LEFT_BEHIND] = {"left-behind",
                            "what was refused together with another record never goes again"},
    [BROKEN_PLACES_LATE] = {"places-late", "a place is counted after the transaction that gave it"},
    [BROKEN_WAITLIST_FREE] = {"waitlist-free", "who was on a waiting list takes no place"},
    [BROKEN_OTHER_TERMS] = {"other-terms", "places are those of the newest terms, approved or not"},
    [BROKEN_PLACES_ANEW] = {"places-anew", "terms that changed have all their places again"},
    [BROKEN_HOME_COUNTS] = {"home-counts", "the home, too, judges an acceptance by its count"},
    [BROKEN_ANY_TERMS] = {"any-terms", "an approval binds whatever terms it names"},
};

/* The one global of the node, and no release has it. */
static enum broken chosen;

enum broken broken_chosen(void)
{
    return chosen;
}

void broken_choose(enum broken defect)
{
    assert(defect < BROKEN_COUNT);
    chosen = defect;
}

const struct broken_text *broken_text(enum broken defect)
{
    return defect > BROKEN_NONE && defect < BROKEN_COUNT ? &texts[defect] : NULL;
}

enum broken broken_find(const char *name)
{
    for (enum broken defect = BROKEN_NONE + 1; defect < BROKEN_COUNT; defect++)
        if (strcmp(texts[defect].name, name) == 0)
            return defect;
    return BROKEN_NONE;
}

/* Before main: so any program of such a build, and its children, can be told. */
__attribute__((constructor)) static void environment_read(void)
{
    const char *name = getenv("PEREGRIN_BROKEN");
    if (!name || !*name)
        return;
    chosen = broken_find(name);
    if (chosen)
        return;
    fprintf(stderr, "PEREGRIN_BROKEN=%s is none of:\n", name);
    for (enum broken defect = BROKEN_NONE + 1; defect < BROKEN_COUNT; defect++)
        fprintf(stderr, "  %-18s %s\n", texts[defect].name, texts[defect].sentence);
    exit(2);
}

#endif
