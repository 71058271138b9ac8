#include "engine/draft.h"

#include "base/broken.h"
#include "engine/carry.h"
#include "engine/feed.h"
#include "engine/judge_facts.h"
#include "engine/places.h"

#include <assert.h>
#include <string.h>

static ProtobufCBinaryData binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)data};
}

static bool digest_zero(const struct digest *digest)
{
    static const struct digest zero;
    return digest_equal(digest, &zero);
}

/* ---- the claim: everything the fold reads, taken from the body and the dossier ---- */

/* What is in force is what a record is about, unless its author names something else. A revocation
 * takes back the newest of what it may. */
static struct digest subject_of(const struct draft *draft, const struct dossier *dossier)
{
    switch (draft->kind->number) {
    case PEREGRIN__KIND__KIND_DECISION:
        return digest_zero(&dossier->extending) ? dossier->revision : dossier->extending;
    case PEREGRIN__KIND__KIND_RECOGNITION: return dossier->transcript;
    case PEREGRIN__KIND__KIND_LEARNING: return dossier->decided;
    case PEREGRIN__KIND__KIND_LEARNING_DECISION: return dossier->learning;
    case PEREGRIN__KIND__KIND_APPROVAL:
    case PEREGRIN__KIND__KIND_DECLINATION: return dossier->offers[1 - fold_own_lane(&draft->place)];
    case PEREGRIN__KIND__KIND_TAKE_BACK: return dossier->offers[fold_own_lane(&draft->place)];
    case PEREGRIN__KIND__KIND_TERMINATION: return dossier->in_force;
    case PEREGRIN__KIND__KIND_REVOKE:
        if (dossier_family(dossier->state) == KIND_NOTICE)
            return dossier->revision;
        if (fold_own_lane(&draft->place) == 0)
            return dossier->recognition;
        return digest_zero(&dossier->transcript) ? dossier->decision : dossier->transcript;
    default: return dossier->revision;
    }
}

/* The revision that an amendment changes; NULL where it is not here. */
static enum fault revision_load(struct step *step, const struct fold_view *view,
                                const struct draft *draft, ProtobufCMessage **out)
{
    enum verdict verdict = VERDICT_FINE;
    size_t i = fold_find(view, &draft->target);
    *out = NULL;
    if (i < view->count)
        TRY(judge_facts_body(step, view, i, out, &verdict));
    if (*out && (*out)->descriptor != draft->kind->body)
        *out = NULL;
    return verdict ? FAULT_CORRUPT : FAULT_NONE;
}

/* An agreement that is a dossier here is named in the claim, so that places are counted from
 * headers alone; one on paper has a reference of its own, which is no dossier's name. */
static enum fault nomination_claim(struct step *step, const Peregrin__Nomination *body,
                                   Peregrin__Claim *claim)
{
    struct header_dossier *named;
    claim->year = body->year;
    claim->condition = body->condition;
    if (!body->agreement)
        return FAULT_NONE;
    named = arena_take(step->engine->scratch, sizeof *named);
    if (!named)
        return FAULT_MEMORY;
    claim->has_agreement = header_dossier_from_text(bytes_text(body->agreement), named);
    if (claim->has_agreement)
        claim->agreement = binary(named->bytes, HEADER_DOSSIER_SIZE);
    return FAULT_NONE;
}

/* The same of terms, and of the agreement that they replace. */
static enum fault terms_claim(struct step *step, const Peregrin__Terms *body,
                              Peregrin__Claim *claim)
{
    struct header_dossier *named;
    if (!body->replaces)
        return FAULT_NONE;
    named = arena_take(step->engine->scratch, sizeof *named);
    if (!named)
        return FAULT_MEMORY;
    claim->has_replaces = header_dossier_from_text(bytes_text(body->replaces), named);
    if (claim->has_replaces)
        claim->replaces = binary(named->bytes, HEADER_DOSSIER_SIZE);
    return FAULT_NONE;
}

static void supersedes_fill(Peregrin__Claim *claim, const struct digest *newest)
{
    claim->has_supersedes = !digest_zero(newest);
    claim->supersedes = binary(newest->bytes, DIGEST_SIZE);
}

static enum fault claim_fill(struct step *step, struct draft *draft, const struct fold_view *view,
                             ProtobufCMessage **revision, Peregrin__Claim *claim)
{
    *revision = NULL;
    if (draft->kind->claims_target) {
        if (!draft->has_target)
            draft->target = subject_of(draft, &view->dossier);
        claim->has_target = true;
        claim->target = binary(draft->target.bytes, DIGEST_SIZE);
    }
    switch (draft->kind->number) {
    case PEREGRIN__KIND__KIND_AMENDMENT:
        TRY(revision_load(step, view, draft, revision));
        claim->has_change = true;
        claim->change = *revision ? kind_change_of(*revision, draft->message)
                                  : (uint32_t)PEREGRIN__CHANGE__CHANGE_REOPENS;
        return nomination_claim(step, (Peregrin__Nomination *)draft->message, claim);
    case PEREGRIN__KIND__KIND_NOMINATION:
        return nomination_claim(step, (Peregrin__Nomination *)draft->message, claim);
    case PEREGRIN__KIND__KIND_DECISION:
        claim->has_outcome = true;
        claim->outcome = ((Peregrin__Decision *)draft->message)->outcome;
        break;
    case PEREGRIN__KIND__KIND_TERMS:
        return terms_claim(step, (Peregrin__Terms *)draft->message, claim);
    case PEREGRIN__KIND__KIND_LEARNING: supersedes_fill(claim, &view->dossier.learning); break;
    case PEREGRIN__KIND__KIND_LEARNING_DECISION:
        claim->has_outcome = true;
        claim->outcome = ((Peregrin__LearningDecision *)draft->message)->outcome;
        break;
    case PEREGRIN__KIND__KIND_TERMINATION:
        claim->last_year = ((Peregrin__Termination *)draft->message)->last_year;
        break;
    case PEREGRIN__KIND__KIND_CREDIT_RECORD:
        supersedes_fill(claim, &view->dossier.transcript);
        break;
    case PEREGRIN__KIND__KIND_RECOGNITION:
        supersedes_fill(claim, &view->dossier.recognition);
        break;
    case PEREGRIN__KIND__KIND_REFUSAL:
        claim->has_code = true;
        claim->code = ((Peregrin__Refusal *)draft->message)->code;
        break;
    default: break;
    }
    return FAULT_NONE;
}

/* ---- the header, in its place ---- */

/* Length and head of our lane as held, not as folded: an index is never given twice. */
static uint32_t lane_held(const struct fold_view *view, uint32_t lane, struct digest *head)
{
    uint32_t length = 0;
    for (size_t i = 0; i < view->count; i++)
        if (view->records[i].lane == lane && view->records[i].index >= length) {
            length = view->records[i].index + 1;
            *head = view->records[i].id;
        }
    return length;
}

static struct bytes header_build(struct step *step, struct draft *draft,
                                 const struct fold_view *view, Peregrin__Claim *claim)
{
    struct engine *engine = step->engine;
    struct digest commitment, head;
    uint32_t lane = fold_own_lane(&draft->place);
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    Peregrin__Seen seen = PEREGRIN__SEEN__INIT;
    header.network = (char *)engine->catalogue->network;
    header.issuer = (char *)draft->pair->own->schac;
    header.audience = (char *)draft->pair->partner->schac;
    header.has_dossier = header.has_lane = header.has_index = true;
    header.dossier = binary(draft->place.dossier.bytes, HEADER_DOSSIER_SIZE);
    header.lane = lane;
    header.index = lane_held(view, lane, &head);
    header.has_previous = header.index > 0;
    header.previous = binary(head.bytes, DIGEST_SIZE);
    if (view->dossier.lengths[1 - lane]) {
        seen.has_index = seen.has_id = true;
        seen.index = view->dossier.lengths[1 - lane] - 1;
        seen.id = binary(view->dossier.heads[1 - lane].bytes, DIGEST_SIZE);
        header.seen = &seen;
    }
    header.has_kind = header.has_schema = header.has_issued_at = true;
    header.kind = draft->kind->number;
    header.schema = draft->kind->schema;
    header.issued_at = draft->issued_at;
    header.claim = claim;
    header_commit(draft->salt, draft->body, &commitment);
    header.has_commitment = true;
    header.commitment = binary(commitment.bytes, DIGEST_SIZE);
    return header_pack(&header, engine->scratch);
}

/* The view with one more record in it, folded: what would the dossier be? */
static enum fault view_with(struct step *step, const struct fold_view *view,
                            const struct store_record *record, const struct header *header,
                            struct fold_view *out)
{
    struct arena *scratch = step->engine->scratch;
    out->count = view->count + 1;
    out->records = arena_take_array(scratch, out->count, sizeof *out->records);
    out->headers = arena_take_array(scratch, out->count, sizeof *out->headers);
    out->entries = arena_take_array(scratch, out->count, sizeof *out->entries);
    if (!out->records || !out->headers || !out->entries)
        return FAULT_MEMORY;
    /* Its place in the order: behind all of its own lane. */
    size_t at = 0;
    while (at < view->count && view->records[at].lane <= record->lane)
        at++;
    for (size_t i = 0; i < out->count; i++) {
        bool new = i == at;
        size_t from = i > at ? i - 1 : i;
        out->records[i] = new ? *record : view->records[from];
        out->headers[i] = new ? *header : view->headers[from];
        dossier_entry_of(&out->headers[i], &out->entries[i]);
    }
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    dossier_fold(out->entries, out->count, all, &out->dossier);
    return FAULT_NONE;
}

bool draft_full(const struct pair *pair)
{
    return !pair->own_key || pair->unsealed.count == PEER_UNSEALED_MAX;
}

static enum fault unsealed_add(struct pair *pair, const struct store_record *record)
{
    assert(pair->unsealed.count < PEER_UNSEALED_MAX);
    struct peer_record added = {
        .serial = record->serial,
        .id = record->id,
        .size = carry_size(record->header, record->body),
    };
    return peer_records_add(&pair->unsealed, added) ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault record_write(struct step *step, const struct draft *draft, struct bytes wire,
                               const struct header *header, struct store_record *record)
{
    struct store *store = step->engine->store;
    *record = (struct store_record) {
        .place = draft->place,
        .lane = header->lane,
        .index = header->index,
        .id = header->id,
        .issued_at = header->issued_at,
        .kind = header->kind,
        .flags = STORE_OURS | STORE_JUDGED,
        .header = wire,
        .salt = {draft->salt, sizeof draft->salt},
        .body = draft->body,
    };
    TRY(store->record_put(store, record));
    TRY(feed_record(step, FEED_RECORD_WRITTEN, record->place.pair, record->serial, 0));
    if (draft->pair->phase == PAIR_COMPARING && !draft->pair->newer)
        draft->pair->newer = record->serial;
    return FAULT_NONE;
}

bool draft_lane_whole(const struct fold_view *view, uint32_t lane)
{
    struct digest head;
    return !view->dossier.forked[lane] &&
           lane_held(view, lane, &head) == view->dossier.lengths[lane];
}

/* Gives the draft its index, judges it as the partner will, and writes it. */
enum fault draft_write(struct step *step, struct draft *draft, const struct fold_view *view,
                       struct event_answer *answer)
{
    struct engine *engine = step->engine;
    struct fold_view with;
    struct header header;
    struct store_record record = {.lane = fold_own_lane(&draft->place)};
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    ProtobufCMessage *revision;
    struct rules_facts facts;
    if (!draft_lane_whole(view, record.lane)) {
        answer->verdict = VERDICT_UNAVAILABLE;
        return FAULT_NONE;
    }
    TRY(claim_fill(step, draft, view, &revision, &claim));
    struct bytes wire = header_build(step, draft, view, &claim);
    if (!wire.data)
        return FAULT_MEMORY;
    enum verdict shape = header_read(wire, engine->scratch, &header);
    if (shape) {
        answer->verdict = shape == VERDICT_MALFORMED ? VERDICT_INVALID : shape;
        return FAULT_NONE;
    }
    record.index = header.index;
    record.id = header.id;
    TRY(view_with(step, view, &record, &header, &with));
    TRY(judge_facts_load(step, view, &view->dossier, draft->kind->number, &facts));
    const struct places_case asked = {
        .place = &draft->place, .view = view, .header = &header, .ours = true, .over = draft->over};
    TRY(places_facts(step, &asked, &facts));
    size_t at = fold_find(&with, &header.id);
    struct rules_case subject = {
        .header = &header,
        .kind = draft->kind,
        .body = draft->message,
        .revision = revision,
        .seen = &view->dossier,
        .facts = &facts,
        .out_of_turn = with.entries[at].out_of_turn || !with.entries[at].folded,
    };
    answer->verdict = rules_judge(&subject, &answer->finding);
    if (answer->verdict)
        return FAULT_NONE;
    TRY(record_write(step, draft, wire, &header, &record));
    with.records[at] = record;
    TRY(unsealed_add(draft->pair, &record));
    peer_count_kind(step, PEER_RECORDS_SUBMITTED, draft->kind->number);
    answer->lane = header.lane;
    answer->index = header.index;
    answer->id = header.id;
    answer->serial = record.serial;
    TRY(fold_save(step, &draft->place, &with, &header.id, draft->message));
    bool waited = view->dossier.state == DOSSIER_WAITLISTED;
    if (broken_is(BROKEN_PLACES_LATE) || (broken_is(BROKEN_WAITLIST_FREE) && waited))
        return FAULT_NONE;
    return places_save(step, &draft->place, &with);
}
