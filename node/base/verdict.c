#include "base/verdict.h"

#include <assert.h>

static const struct verdict_text texts[] = {
    [VERDICT_FINE] = {"fine", "nothing against it", "", 0},
    [VERDICT_MALFORMED] = {"malformed", "not a well-formed message",
                           "ask the sender for the file again, or to update its software", 9},
    [VERDICT_TOO_LARGE] = {"too_large", "larger than the limit",
                           "shorten the comment or split what is sent", 2},
    [VERDICT_FORGED] = {"forged", "a signature or digest does not hold",
                        "do not rely on it; ask the issuer by another way", 9},
    [VERDICT_STALE] = {"stale", "older than what is already known",
                       "fetch the newest catalogue, then try again", 9},
    [VERDICT_UNKNOWN] = {"unknown", "names a key, institution or node that is not in the catalogue",
                         "fetch the newest catalogue; look at `peregrin partner list`", 6},
    [VERDICT_NOT_ADDRESSED] = {"not_addressed", "not for an institution served here",
                               "see which institutions this node serves: `peregrin status`", 9},
    [VERDICT_OUT_OF_TURN] = {"out_of_turn", "the dossier's state does not allow this",
                             "look at the dossier: `peregrin nomination show`", 7},
    [VERDICT_INVALID] = {"invalid", "a field does not follow its rule",
                         "mend the field that is named and try again", 7},
    [VERDICT_CONTRADICTS] = {"contradicts", "the body says something else than its claim",
                             "the sender's software is at fault: tell the partner", 9},
    [VERDICT_NOT_FOUND] = {"not_found", "no such record or dossier here",
                           "look at `peregrin nomination list`", 6},
    [VERDICT_DUPLICATE] = {"duplicate", "the same name or key was used with another content",
                           "use a new idempotency key, or amend the nomination", 7},
    [VERDICT_NOT_UNDERSTOOD] = {"not_understood", "of a schema this version does not know",
                                "upgrade this node: the record is kept and read afterwards", 7},
    [VERDICT_UNAVAILABLE] = {"unavailable", "not possible just now",
                             "wait: what was accepted is kept, see `peregrin outbox list`", 7},
    [VERDICT_NOT_PERMITTED] = {"not_permitted", "not permitted", "ask the node's administrator", 5},
    [VERDICT_EXPIRED] = {"expired", "past its time",
                         "fetch the newest catalogue; see `peregrin catalogue show`", 9},
    [VERDICT_REVOKED] = {"revoked", "signed with a revoked key",
                         "do not rely on it; ask the issuer to sign again", 9},
    [VERDICT_INTERNAL] = {"internal", "this node could not judge it",
                          "look at the node's log and report it", 1},
};

static_assert(sizeof texts / sizeof *texts == VERDICT_COUNT, "one text for each verdict");

const struct verdict_text *verdict_text(enum verdict verdict)
{
    assert((unsigned)verdict < VERDICT_COUNT);
    return &texts[verdict];
}

enum verdict verdict_of(uint32_t number)
{
    return number < VERDICT_COUNT ? (enum verdict)number : VERDICT_COUNT;
}
