#include "rules/rules_place.h"

#include "agreement.pb-c.h"

#include <string.h>

static bool dossier_agrees(const char *said, bool claimed, ProtobufCBinaryData claim)
{
    struct header_dossier named;
    bool names = said && header_dossier_from_text(bytes_text(said), &named);
    if (!names || !claimed)
        return names == claimed;
    return claim.len == sizeof named.bytes && memcmp(claim.data, named.bytes, claim.len) == 0;
}

/* An agreement that is a dossier is named in the claim as well, and no other is. */
static bool agreement_agrees(const Peregrin__Claim *claim, const ProtobufCMessage *body)
{
    if (body->descriptor == &peregrin__terms__descriptor)
        return dossier_agrees(((const Peregrin__Terms *)body)->replaces, claim->has_replaces,
                              claim->replaces);
    return body->descriptor != &peregrin__nomination__descriptor ||
           dossier_agrees(((const Peregrin__Nomination *)body)->agreement, claim->has_agreement,
                          claim->agreement);
}

static bool body_agrees(const struct rules_case *subject, size_t)
{
    return kind_body_matches(subject->header, subject->body) == VERDICT_FINE &&
           agreement_agrees(subject->header->fields->claim, subject->body);
}

static bool change_agrees(const struct rules_case *subject, size_t)
{
    return subject->header->fields->claim->change ==
           kind_change_of(subject->revision, subject->body);
}

static bool in_turn(const struct rules_case *subject, size_t)
{
    return !subject->out_of_turn;
}

/* Which targets bind is the fold's matter (a decision binds across revisions that keep it); here it
 * is only said why it made nothing of the record. */
static bool target_binds(const struct rules_case *subject, size_t)
{
    const struct digest *target = &subject->header->target;
    return !subject->out_of_turn || digest_equal(target, &subject->seen->revision) ||
           digest_equal(target, &subject->seen->decided) ||
           digest_equal(target, &subject->seen->extending);
}

/* No transcript yet: both are zero. */
static bool supersedes_transcript(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->supersedes, &subject->seen->transcript);
}

static bool supersedes_recognition(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->supersedes, &subject->seen->recognition);
}

static bool recognises_newest(const struct rules_case *subject, size_t)
{
    return digest_equal(&subject->header->target, &subject->seen->transcript);
}

static bool revokes_own(const struct rules_case *subject, size_t)
{
    const struct digest *target = &subject->header->target;
    if (dossier_family(subject->seen->state) == KIND_NOTICE)
        return digest_equal(target, &subject->seen->revision);
    if (subject->header->lane == 0)
        return digest_equal(target, &subject->seen->recognition);
    return digest_equal(target, &subject->seen->transcript) ||
           digest_equal(target, &subject->seen->decision);
}

static const struct rung claim_rungs[] = {
    {.row =
         {"record.claim", "claim", "a body that says what its claim says",
          "Have the record made again by your node: its header and body do not belong together."},
     .holds = body_agrees},
};

static const struct rung change_rungs[] = {
    {.row = {"amendment.change", "claim.change",
             "the change class that follows from the two revisions",
             "Have the amendment made again by your node from the revision before it."},
     .holds = change_agrees},
};

/* A transcript climbs both, an answer the second one only. */
static const struct rung target_rungs[] = {
    {.row = {"credit_record.supersedes", "claim.supersedes",
             "the newest transcript of the dossier, nothing where there is none",
             "Make the correction again from the newest transcript."},
     .holds = supersedes_transcript},
    {.row = {"record.target", "claim.target",
             "the revision that is asked about or was decided, or the longer stay asked for",
             "Look at the newest revision of the nomination and say it of that one."},
     .holds = target_binds},
};

static const struct rung recognition_rungs[] = {
    {.row = {"recognition.target", "claim.target", "the newest transcript of the dossier",
             "Look at the newest transcript and recognise that one."},
     .holds = recognises_newest},
    {.row = {"recognition.supersedes", "claim.supersedes",
             "the newest recognition of this transcript, nothing where there is none",
             "Make the correction again from the newest recognition."},
     .holds = supersedes_recognition},
};

static const struct rung revocation_rungs[] = {
    {.row = {"revoke.target", "claim.target",
             "the author's own acceptance, transcript, recognition or notice, in force",
             "Look at the dossier and name the record of yours that is in force."},
     .holds = revokes_own},
};

static const struct rung turn_rungs[] = {
    {.row = {"record.turn", NULL, "a record that the dossier's state allows",
             "Look at the dossier: it has moved on, or is closed."},
     .holds = in_turn},
};

const struct rung_step rules_place_claim = {claim_rungs, 1};
const struct rung_step rules_place_change = {change_rungs, 1};
const struct rung_step rules_place_target = {target_rungs + 1, 1};
const struct rung_step rules_place_transcript = {target_rungs, 2};
const struct rung_step rules_place_recognition = {recognition_rungs, 2};
const struct rung_step rules_place_revocation = {revocation_rungs, 1};
const struct rung_step rules_place_turn = {turn_rungs, 1};
