#include "engine/submit.h"

#include "base/broken.h"
#include "engine/draft.h"
#include "engine/carry.h"
#include "engine/feed.h"
#include "engine/request.h"
#include "engine/standing.h"
#include "mobility.pb-c.h"
#include "record/codec.h"

#include <assert.h>
#include <string.h>

enum { READY_PAGE = 256 };

static ProtobufCBinaryData binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)data};
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
    kept.has_opens = true;
    kept.opens = draft->opens;
    kept.has_over_quota = kept.over_quota = draft->over;
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
    TRY(engine->store->ready_put(engine->store, &ready));
    return feed_record(step, FEED_SUBMISSION_WAITS, draft->pair->number, 0, 0);
}

/* A new dossier's name. Random at a minute's first one; then ascending by random steps, so that
 * what is opened together lies together in every store that keeps names in order: with names at
 * random within a minute, each record of a busy minute touched pages of its own. */
static struct header_dossier dossier_name(struct step *step, uint64_t minute)
{
    struct engine *engine = step->engine;
    uint8_t *tail = engine->named_tail, dice[DOSSIER_TAIL_SIZE];
    peer_dice(step, "dossier", dice, sizeof dice);
    if (engine->named_minute != minute) {
        engine->named_minute = minute;
        memcpy(tail, dice, sizeof dice);
        tail[0] &= 0x7f; /* room to ascend */
    } else {
        unsigned carry = 1; /* the step is never zero */
        for (size_t i = DOSSIER_TAIL_SIZE; i-- > 0;) {
            carry += tail[i] + (i >= DOSSIER_TAIL_SIZE / 2 ? dice[i] : 0u);
            tail[i] = (uint8_t)carry;
            carry >>= 8;
        }
    }
    return header_dossier_new(minute, tail);
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
    peer_touch(engine, draft->pair->peer);
    if (peer_apart(draft->pair->peer))
        return VERDICT_NOT_PERMITTED; /* it would wait for ever */
    if (peer_is_nowhere(engine, draft->pair->peer) && draft->kind &&
        draft->kind->family != KIND_MOBILITY)
        return VERDICT_NOT_PERMITTED; /* what both must say needs a node on both sides */
    if (!draft->kind || draft->kind->number == PEREGRIN__KIND__KIND_REFUSAL)
        return VERDICT_NOT_UNDERSTOOD;
    if (draft->kind->place != KIND_ANYWHERE &&
        submission->opens != (draft->kind->place == KIND_OPENS))
        return VERDICT_OUT_OF_TURN;
    if (draft_full(draft->pair))
        return VERDICT_UNAVAILABLE;
    if (submission->body.size > HEADER_BODY_MAX)
        return VERDICT_TOO_LARGE;
    draft->body = submission->body;
    TRY(kind_body_read(draft->kind, draft->body, engine->scratch, &draft->message));
    draft->opens = submission->opens;
    draft->over = submission->over_quota;
    draft->issued_at = instant_minutes(step->now);
    draft->place = (struct store_place) {.pair = draft->pair->number};
    if (submission->opens) {
        draft->place.dossier = dossier_name(step, draft->issued_at);
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
    if (broken_is(BROKEN_NAME_SAID) && draft.kind->place == KIND_OPENS)
        trace_say(&step->outcome->trace, TRACE_NOTE, "%s is nominated",
                  ((Peregrin__Nomination *)draft.message)->person->family_name);
    if (!draft.opens) {
        TRY(fold_load(step, &draft.place, NULL, &view));
        if (!view.count)
            answer->verdict = VERDICT_NOT_FOUND;
    }
    if (answer->verdict)
        return FAULT_NONE;
    TRY(standing_look(step, &draft, &view, answer));
    if (answer->repeated)
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

enum fault submit_kept(struct engine *engine, const struct store_ready *row,
                       Peregrin__Submission **kept)
{
    const struct scan_limits limits = {
        .bytes_max = HEADER_BODY_MAX + 4096, .depth_max = 1, .fields_max = 64};
    bool read = !codec_unpack(&peregrin__submission__descriptor, row->wire, &limits,
                              engine->scratch, (ProtobufCMessage **)kept);
    return read && (*kept)->dossier.len == HEADER_DOSSIER_SIZE &&
                   (*kept)->salt.len == DIGEST_SALT_SIZE
               ? FAULT_NONE
               : FAULT_CORRUPT;
}

static enum fault ready_write(struct step *step, struct pair *pair, const struct store_ready *row)
{
    struct engine *engine = step->engine;
    Peregrin__Submission *kept;
    TRY(submit_kept(engine, row, &kept));
    struct draft draft = {.pair = pair, .issued_at = kept->issued_at, .over = kept->over_quota};
    struct fold_view view = {0};
    struct event_answer answer = {0};
    draft.kind = kind_find(kept->kind, 1);
    draft.body = (struct bytes) {kept->body.data, kept->body.len};
    if (!draft.kind || kind_body_read(draft.kind, draft.body, engine->scratch, &draft.message))
        return FAULT_CORRUPT;
    draft.opens = draft.kind->place == KIND_OPENS || kept->opens;
    draft.place =
        (struct store_place) {.pair = pair->number, .opened_by_partner = kept->opened_by_partner};
    memcpy(draft.place.dossier.bytes, kept->dossier.data, HEADER_DOSSIER_SIZE);
    memcpy(draft.salt, kept->salt.data, sizeof draft.salt);
    draft.has_target =
        kept->has_target &&
        digest_from((struct bytes) {kept->target.data, kept->target.len}, &draft.target);
    TRY(fold_load(step, &draft.place, NULL, &view));
    /* It was here when this was asked for, in the same database, and no record is ever removed. */
    if (!draft.opens && !view.count)
        return FAULT_CORRUPT;
    TRY(standing_look(step, &draft, &view, &answer));
    if (!answer.verdict && !answer.repeated && !said_before(&draft, &view))
        TRY(draft_write(step, &draft, &view, &answer));
    if (answer.verdict == VERDICT_UNAVAILABLE)
        return FAULT_NONE; /* the dossier is not whole here yet: it keeps its turn */
    pair->ready--;
    if (!answer.verdict)
        return engine->store->ready_remove(engine->store, row->number);
    /* Its turn came and the dossier has moved on: kept with the reason, shown in the outbox. */
    trace_say(&step->outcome->trace, TRACE_ALARM, "a submission for %s can no longer be sent: %s",
              pair->partner->schac, verdict_text(answer.verdict)->sentence);
    pair->refused++;
    TRY(engine->store->ready_code(engine->store, row->number, answer.verdict));
    return feed_record(step, FEED_SUBMISSION_FAILED, pair->number, 0, answer.verdict);
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
            if (draft_full(pair))
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
