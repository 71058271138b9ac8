#include "engine/submit.h"

#include "engine/carry.h"
#include "engine/request.h"
#include "local.pb-c.h"
#include "mobility.pb-c.h"
#include "record/codec.h"

#include <assert.h>
#include <string.h>

enum { READY_PAGE = 256 };

/* A record on its way into our lane. */
struct draft {
    struct pair *pair;
    struct store_place place;
    bool opens;
    const struct kind *kind;
    struct bytes body;
    ProtobufCMessage *message; /* the body, parsed */
    uint64_t issued_at;
    uint8_t salt[DIGEST_SALT_SIZE];
    struct digest target;
    bool has_target;
};

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

static enum fault revision_load(struct step *step, const struct fold_view *view,
                                const struct digest *id, const struct kind *kind,
                                ProtobufCMessage **out)
{
    struct engine *engine = step->engine;
    struct store_record *record;
    size_t i = fold_find(view, id);
    *out = NULL;
    if (i == view->count)
        return FAULT_NONE;
    const struct kind *named = kind_find(view->headers[i].kind, view->headers[i].schema);
    if (!named || named->body != kind->body)
        return FAULT_NONE;
    TRY(engine->store->record_get(engine->store, view->records[i].serial, engine->scratch,
                                  &record));
    if (record && record->salt.size && kind_body_read(named, record->body, engine->scratch, out))
        return FAULT_CORRUPT;
    return FAULT_NONE;
}

static enum fault claim_fill(struct step *step, struct draft *draft, const struct fold_view *view,
                             ProtobufCMessage **revision, Peregrin__Claim *claim)
{
    *revision = NULL;
    if (draft->kind->claims_target) {
        if (!draft->has_target)
            draft->target = view->dossier.revision;
        claim->has_target = true;
        claim->target = binary(draft->target.bytes, DIGEST_SIZE);
    }
    switch (draft->kind->number) {
    case PEREGRIN__KIND__KIND_AMENDMENT:
        TRY(revision_load(step, view, &draft->target, draft->kind, revision));
        claim->has_change = true;
        claim->change = *revision ? kind_change_of(*revision, draft->message)
                                  : (uint32_t)PEREGRIN__CHANGE__CHANGE_REOPENS;
        claim->year = ((Peregrin__Nomination *)draft->message)->year;
        claim->condition = ((Peregrin__Nomination *)draft->message)->condition;
        break;
    case PEREGRIN__KIND__KIND_NOMINATION:
        claim->year = ((Peregrin__Nomination *)draft->message)->year;
        claim->condition = ((Peregrin__Nomination *)draft->message)->condition;
        break;
    case PEREGRIN__KIND__KIND_DECISION:
        claim->has_outcome = true;
        claim->outcome = ((Peregrin__Decision *)draft->message)->outcome;
        break;
    case PEREGRIN__KIND__KIND_CREDIT_RECORD:
        claim->has_supersedes = !digest_zero(&view->dossier.transcript);
        claim->supersedes = binary(view->dossier.transcript.bytes, DIGEST_SIZE);
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

bool submit_full(const struct pair *pair)
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
    return store->record_put(store, record);
}

bool submit_lane_whole(const struct fold_view *view, uint32_t lane)
{
    struct digest head;
    return !view->dossier.forked[lane] &&
           lane_held(view, lane, &head) == view->dossier.lengths[lane];
}

/* Gives the draft its index, judges it as the partner will, and writes it. */
static enum fault draft_write(struct step *step, struct draft *draft, const struct fold_view *view,
                              struct event_answer *answer)
{
    struct engine *engine = step->engine;
    struct fold_view with;
    struct header header;
    struct store_record record = {.lane = fold_own_lane(&draft->place)};
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    ProtobufCMessage *revision;
    if (!submit_lane_whole(view, record.lane)) {
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
    size_t at = fold_find(&with, &header.id);
    struct rules_case subject = {
        .header = &header,
        .kind = draft->kind,
        .body = draft->message,
        .revision = revision,
        .seen = &view->dossier,
        .out_of_turn = with.entries[at].out_of_turn || !with.entries[at].folded,
    };
    answer->verdict = rules_judge(&subject, &answer->finding);
    if (answer->verdict)
        return FAULT_NONE;
    TRY(record_write(step, draft, wire, &header, &record));
    with.records[at] = record;
    TRY(unsealed_add(draft->pair, &record));
    peer_count(step, PEER_RECORDS_SUBMITTED, 1);
    answer->lane = header.lane;
    answer->index = header.index;
    answer->id = header.id;
    return fold_save(step, &draft->place, &with);
}

/* ---- the command ---- */

static enum fault ready_keep(struct step *step, const struct draft *draft,
                             struct event_answer *answer)
{
    struct engine *engine = step->engine;
    Peregrin__Submission kept = PEREGRIN__SUBMISSION__INIT;
    kept.issuer = (char *)draft->pair->own->schac;
    kept.audience = (char *)draft->pair->partner->schac;
    kept.has_dossier = kept.has_opened_by_partner = kept.has_kind = kept.has_issued_at = true;
    kept.has_salt = kept.has_body = true;
    kept.dossier = binary(draft->place.dossier.bytes, HEADER_DOSSIER_SIZE);
    kept.opened_by_partner = draft->place.opened_by_partner;
    kept.kind = draft->kind->number;
    kept.issued_at = draft->issued_at;
    if (draft->has_target) {
        kept.has_target = true;
        kept.target = binary(draft->target.bytes, DIGEST_SIZE);
    }
    kept.salt = binary(draft->salt, sizeof draft->salt);
    kept.body = binary(draft->body.data, draft->body.size);
    struct store_ready ready = {.pair = draft->pair->number,
                                .wire = codec_pack(&kept.base, engine->scratch)};
    if (!ready.wire.data)
        return FAULT_MEMORY;
    answer->ready = true;
    draft->pair->ready++;
    return engine->store->ready_put(engine->store, &ready);
}

static enum verdict draft_fill(struct step *step, const struct event_submission *submission,
                               struct draft *draft)
{
    struct engine *engine = step->engine;
    draft->pair = peer_pair(engine, submission->own, submission->partner);
    draft->kind =
        kind_find(submission->kind, submission->kind == PEREGRIN__KIND__KIND_REFUSAL ? 0 : 1);
    if (!draft->pair)
        return VERDICT_UNKNOWN;
    if (!draft->kind || draft->kind->number == PEREGRIN__KIND__KIND_REFUSAL)
        return VERDICT_NOT_UNDERSTOOD;
    if (submission->opens != draft->kind->opens)
        return VERDICT_OUT_OF_TURN;
    if (submit_full(draft->pair))
        return VERDICT_UNAVAILABLE;
    if (submission->body.size > HEADER_BODY_MAX)
        return VERDICT_TOO_LARGE;
    draft->body = submission->body;
    TRY(kind_body_read(draft->kind, draft->body, engine->scratch, &draft->message));
    draft->opens = submission->opens;
    draft->issued_at = instant_minutes(step->now);
    draft->place = (struct store_place) {.pair = draft->pair->number};
    if (submission->opens) {
        uint8_t random[10];
        peer_dice(step, "dossier", random, sizeof random);
        draft->place.dossier = header_dossier_new(draft->issued_at, random);
    } else {
        draft->place.dossier = submission->dossier;
        draft->place.opened_by_partner = submission->opened_by_partner;
    }
    /* Whose part it is does not wait for the guard: no home decides, no host amends. */
    if (!kind_stands(draft->kind, fold_own_lane(&draft->place), draft->opens ? 0 : 1))
        return VERDICT_OUT_OF_TURN;
    draft->has_target = digest_from(submission->target, &draft->target);
    peer_dice(step, "salt", draft->salt, sizeof draft->salt);
    return VERDICT_FINE;
}

static void finding_first(void *self, const struct rules_finding *finding)
{
    struct rules_finding *first = self;
    if (!first->rule)
        *first = *finding;
}

static enum fault command_write(struct step *step, const struct event_submission *submission,
                                struct event_answer *answer)
{
    struct draft draft = {0};
    struct fold_view view = {0};
    answer->verdict = draft_fill(step, submission, &draft);
    if (answer->verdict)
        return FAULT_NONE;
    answer->place = draft.place;
    if (!draft.opens) {
        TRY(fold_load(step, &draft.place, &view));
        if (!view.count)
            answer->verdict = VERDICT_NOT_FOUND;
    }
    if (answer->verdict)
        return FAULT_NONE;
    if (!draft.pair->armed)
        return draft_write(step, &draft, &view, answer);
    /* Its place is judged when its turn comes; its form is told at once. */
    if (rules_form(draft.kind, draft.message, finding_first, &answer->finding)) {
        answer->verdict = VERDICT_INVALID;
        return FAULT_NONE;
    }
    return ready_keep(step, &draft, answer);
}

enum fault submit_command(struct step *step, const struct event_submission *submission)
{
    struct event_answer *answer = &step->outcome->answer;
    struct request request;
    *answer = (struct event_answer) {0};
    TRY(request_look(step, submission, &request, answer));
    if (!answer->verdict && !answer->repeated) {
        TRY(command_write(step, submission, answer));
        TRY(request_keep(step, &request, answer));
    }
    answer->finding.verdict = answer->verdict;
    return FAULT_NONE;
}

/* ---- what waited for the guard ---- */

/* It was said before a restore and came back: salt and body name it. */
static bool said_before(const struct draft *draft, const struct fold_view *view)
{
    struct digest commitment;
    header_commit(draft->salt, draft->body, &commitment);
    for (size_t i = 0; i < view->count; i++)
        if ((view->records[i].flags & STORE_OURS) &&
            digest_equal(&view->headers[i].commitment, &commitment))
            return true;
    return false;
}

static enum fault ready_write(struct step *step, struct pair *pair, const struct store_ready *row)
{
    struct engine *engine = step->engine;
    const struct scan_limits limits = {
        .bytes_max = HEADER_BODY_MAX + 4096, .depth_max = 1, .fields_max = 64};
    Peregrin__Submission *kept;
    if (codec_unpack(&peregrin__submission__descriptor, row->wire, &limits, engine->scratch,
                     (ProtobufCMessage **)&kept) ||
        kept->dossier.len != HEADER_DOSSIER_SIZE || kept->salt.len != DIGEST_SALT_SIZE)
        return FAULT_CORRUPT;
    struct draft draft = {.pair = pair, .issued_at = kept->issued_at};
    struct fold_view view = {0};
    struct event_answer answer = {0};
    draft.kind = kind_find(kept->kind, 1);
    draft.body = (struct bytes) {kept->body.data, kept->body.len};
    if (!draft.kind || kind_body_read(draft.kind, draft.body, engine->scratch, &draft.message))
        return FAULT_CORRUPT;
    draft.opens = draft.kind->opens;
    draft.place =
        (struct store_place) {.pair = pair->number, .opened_by_partner = kept->opened_by_partner};
    memcpy(draft.place.dossier.bytes, kept->dossier.data, HEADER_DOSSIER_SIZE);
    memcpy(draft.salt, kept->salt.data, sizeof draft.salt);
    draft.has_target =
        kept->has_target &&
        digest_from((struct bytes) {kept->target.data, kept->target.len}, &draft.target);
    TRY(fold_load(step, &draft.place, &view));
    if (!said_before(&draft, &view))
        TRY(draft_write(step, &draft, &view, &answer));
    if (answer.verdict == VERDICT_UNAVAILABLE)
        return FAULT_NONE; /* the dossier is not whole here yet: it keeps its turn */
    pair->ready--;
    if (!answer.verdict)
        return engine->store->ready_remove(engine->store, row->number);
    /* Its turn came and the dossier has moved on: kept with the reason, shown in the outbox. */
    trace_say(&step->outcome->trace, TRACE_ALARM, "a submission for %s can no longer be sent: %s",
              pair->partner->schac, verdict_text(answer.verdict)->sentence);
    return engine->store->ready_code(engine->store, row->number, answer.verdict);
}

enum fault submit_ready(struct step *step, struct pair *pair)
{
    struct engine *engine = step->engine;
    struct store_ready *rows;
    size_t count = 0;
    int64_t after = 0;
    assert(!pair->armed);
    struct arena_mark page = arena_mark(engine->scratch);
    do {
        TRY(engine->store->ready_list(engine->store, pair->number, after, READY_PAGE,
                                      engine->scratch, &rows, &count));
        struct arena_mark row = arena_mark(engine->scratch);
        for (size_t i = 0; i < count; i++) {
            if (submit_full(pair))
                return FAULT_NONE; /* the rest at the next settling */
            if (!rows[i].code)
                TRY(ready_write(step, pair, &rows[i]));
            after = rows[i].number;
            arena_rewind(engine->scratch, row);
        }
        arena_rewind(engine->scratch, page);
    } while (count == READY_PAGE);
    return FAULT_NONE;
}

/* ---- refusals ---- */

enum fault submit_refusal(struct step *step, struct pair *pair, const struct store_place *place,
                          const struct fold_view *view, const struct digest *target,
                          const struct rules_finding *finding)
{
    struct event_answer answer = {0};
    Peregrin__Refusal refusal = PEREGRIN__REFUSAL__INIT;
    assert(!pair->armed);
    refusal.has_code = true;
    refusal.code = finding->verdict;
    refusal.rule = (char *)finding->rule;
    refusal.expected = (char *)finding->expected;
    refusal.field = (char *)finding->field;
    struct draft draft = {
        .pair = pair,
        .place = *place,
        .kind = kind_find(PEREGRIN__KIND__KIND_REFUSAL, 0),
        .message = &refusal.base,
        .issued_at = instant_minutes(step->now),
        .target = *target,
        .has_target = true,
        .body = codec_pack(&refusal.base, step->engine->scratch),
    };
    if (!draft.body.data)
        return FAULT_MEMORY;
    peer_dice(step, "salt", draft.salt, sizeof draft.salt);
    TRY(draft_write(step, &draft, view, &answer));
    if (answer.verdict) /* our lane is forked or incomplete: said, and the record stays unjudged */
        trace_say(&step->outcome->trace, TRACE_ALARM, "%s: a refusal could not be written: %s",
                  pair->partner->schac, verdict_text(answer.verdict)->sentence);
    return FAULT_NONE;
}
